"""What stage 1 adds up of a view: the SQL of every indicator's parts, each distinct expression once.

Many indicators ask alike (of adults, of children of an age), and DuckDB would work out each of their parts anew.
"""

from dataclasses import dataclass, field

from pipelines.indicators.catalogue import Indicator
from pipelines.indicators.reporting import counted_if

SUMS, FAMILY = "ndku", "hwr"  # of an indicator's parts, those that rows add up and those that families do
BITS = 60  # of a whole number, each for one question to a family


@dataclass
class Sums:
    """Numerator (n), denominator (d), rows counted (k) and rows that could not be (u) of each indicator.

    `columns` are the aggregates by name; `parts` says how an indicator's part follows from them.
    """

    columns: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=lambda: {part: [] for part in SUMS})

    def add(self, indicator: Indicator) -> None:
        """The next indicator's parts."""
        counted, one = counted_if(indicator), indicator.denominator == "1"
        known = self._column(f"count(CASE WHEN {counted} THEN 1 END)")
        asked = self._column(f"count(CASE WHEN ({indicator.universe}) IS NOT FALSE THEN 1 END)")
        self.parts["n"].append(self._sum(counted, indicator.numerator))
        self.parts["d"].append(known if one else self._sum(counted, indicator.denominator or "0"))
        self.parts["k"].append(known)
        self.parts["u"].append(f"{asked} - {known}")  # whoever is counted is of the universe

    def _sum(self, counted: str, units: str) -> str:
        return "0" if units == "0" else self._column(f"coalesce(sum(CASE WHEN {counted} THEN {units} END), 0)::BIGINT")

    def _column(self, aggregate: str) -> str:
        return self.columns.setdefault(aggregate, f"s{len(self.columns)}")

    @property
    def selected(self) -> str:
        """The aggregates over rows of a view."""
        return ", ".join(f"{aggregate} AS {name}" for aggregate, name in self.columns.items())

    @property
    def added(self) -> str:
        """The same added up once more."""
        return ", ".join(f"sum({name})::BIGINT AS {name}" for name in self.columns.values())


@dataclass
class Families:
    """Which families stand behind a figure (h), behind its numerator (w), behind the rest (r): bits of `m0`, `m1`, ...

    The rest of a share is what is not in the numerator; of any other ratio it is the denominator.
    """

    conditions: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=lambda: {part: [] for part in FAMILY})

    def add(self, indicator: Indicator) -> None:
        """The next indicator's parts."""
        counted, numerator = counted_if(indicator), f"({indicator.numerator})"
        within = self._counted(f"{counted} AND {numerator} > 0")
        behind, rest = within, "0"
        if indicator.denominator:
            behind = rest = self._counted(f"{counted} AND ({indicator.denominator}) > 0")
        if indicator.denominator and indicator.is_share:
            rest = self._counted(f"{counted} AND ({indicator.denominator}) > {numerator}")
        for part, name in zip(FAMILY, (behind, within, rest), strict=True):
            self.parts[part].append(name)

    def _counted(self, condition: str) -> str:
        return f"f{self.conditions.setdefault(condition, len(self.conditions))}"

    @property
    def of_a_row(self) -> str:
        """What a row says of its family."""
        bits = [f"CASE WHEN {condition} THEN {1 << n % BITS} ELSE 0 END" for condition, n in self.conditions.items()]
        masks = [_added(bits[first : first + BITS]) for first in range(0, len(bits), BITS)]
        return ", ".join(f"bit_or({mask}) AS m{number}" for number, mask in enumerate(masks))

    @property
    def together(self) -> str:
        """What several rows say."""
        return ", ".join(f"bit_or(m{number}) AS m{number}" for number in range(-(-len(self.conditions) // BITS)))

    @property
    def counts(self) -> str:
        """How many families each question is true of."""
        return ", ".join(f"count_if(m{n // BITS} & {1 << n % BITS} <> 0) AS f{n}" for n in self.conditions.values())


def _added(terms: list[str]) -> str:
    """Terms added up by halves: a chain of sixty additions takes DuckDB longer to plan than to work out."""
    if len(terms) < 3:
        return " + ".join(terms)
    middle = len(terms) // 2
    return f"({_added(terms[:middle])}) + ({_added(terms[middle:])})"
