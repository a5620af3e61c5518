"""The indicator catalogue: `schemas/indicators/*.toml` as frozen entries."""

import tomllib
from dataclasses import dataclass, field
from functools import cache

from pipelines.indicators.dimensions import Dimension, dimensions
from pipelines.indicators.parts import DERIVED
from pipelines.warehouse.ikm import index
from schemas.dataset import SCHEMAS

VIEWS = ("orang", "keluarga", "rekap")
BREAKDOWNS = ("total", "L", "P")  # of every indicator whose grain is the person; distributions come besides


@dataclass(frozen=True)
class Indicator:
    """One indicator. `numerator` and `denominator` are whole-number SQL expressions over the columns of `source`.

    Without a denominator it is a count. A row whose numerator is NULL is unknown and out of both. `recap` holds the
    same for an RT that sent only its count sheet. `needs` are the datasets that an RT must have sent to have reported
    (`pendidikan`) and their columns that it must have asked (`pendidikan.ijazah`); starred ones go without saying.
    `exceeds` marks a percentage that may exceed 100 because its numerator is no part of its denominator.
    Figures that give each other away name one mark in `linked` (`linked_by_sex` for those of one sex); `tells` are the
    codes of distributions, as "indicator dimension:code", whose sum follows from it and what is published beside it;
    `follows` are indicators that it is withheld with, though they may be shown without it.
    `by` names the dimensions that its numerator is split by, `whole` marks a share that says something only so: its
    total is all of its denominator. `latex` is the formula where the words of the two parts do not show it.
    An entry over `wilayah` is made of other figures, declared in `schemas/views/wilayah.toml`; below the `lowest` level
    at which it says something the liaison's is marked unreliable and the public has none.
    `composite` lists what a composite index is made of. In `definition` and `composite`, `{ikm}` stands for what
    `schemas/ikm.toml` declares.
    """

    code: str
    name: str
    order: int
    source: str
    needs: tuple[str, ...]
    numerator: str
    unit: str
    measure: str
    concept: str
    definition: str
    interpretation: str
    reference: str
    direction: str
    sensitivity: str
    official: bool
    by_sex: bool
    denominator: str | None = None
    universe: str = "TRUE"
    scale: int = 1
    method: str = "ratio"
    bin: str | None = None
    fixed_point: bool = False
    poverty_line: bool = False
    exceeds: bool = False
    whole: bool = False
    lowest: str = "rt"
    by: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    linked_by_sex: tuple[str, ...] = ()
    tells: tuple[tuple[str, ...], ...] = ()
    follows: tuple[str, ...] = ()
    latex: str | None = None
    composite: str | None = None
    recap: dict[str, str] = field(default_factory=dict)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that it needs, in order."""
        return tuple(dict.fromkeys(need.partition(".")[0] for need in self.needs))

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The (dataset, column) pairs that it needs answered."""
        parts = (need.partition(".") for need in self.needs)
        return tuple((dataset, column) for dataset, _, column in parts if column)

    @property
    def is_count(self) -> bool:
        """A count has an empty denominator, and its value is its numerator."""
        return self.method == "ratio" and self.denominator is None

    @property
    def is_derived(self) -> bool:
        """Whether it is made of other figures of the same area, not counted from rows."""
        return self.source == DERIVED

    @property
    def is_share(self) -> bool:
        """Whether the numerator is a part of the denominator, so that the rest is a count of its own."""
        return self.measure == "Persentase" and not self.exceeds and not self.whole

    @property
    def plain(self) -> tuple[str, ...]:
        """`total`, and both sexes where the grain is the person."""
        return BREAKDOWNS if self.by_sex else BREAKDOWNS[:1]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that it is split by, in order. Raises KeyError for one that is not declared."""
        return tuple(dimensions()[name] for name in self.by)

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """All its breakdowns in the order of publication: the plain ones, then each distribution's codes."""
        return (*self.plain, *(breakdown for dimension in self.dimensions for breakdown in dimension.breakdowns))

    def split(self, breakdown: str) -> tuple[Dimension, str] | None:
        """The dimension and code of a breakdown; None for a plain one."""
        name, _, code = breakdown.partition(":")
        return (dimensions()[name], code) if code else None

    def sex(self, breakdown: str) -> str | None:
        """The one sex that a breakdown is of, if it is."""
        split = self.split(breakdown)
        return split[0].sex if split else None if breakdown == "total" else breakdown


@cache
def catalogue() -> dict[str, Indicator]:
    """Every indicator by code, in the order of publication."""
    found = []
    for path in sorted((SCHEMAS / "indicators").glob("*.toml")):
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for name in ("needs", "linked", "linked_by_sex", "follows", "by"):
                entry[name] = tuple(entry.get(name, ()))
            entry["tells"] = tuple(map(tuple, entry.get("tells", ())))
            entry["definition"] = entry["definition"].replace("{ikm}", index().described())
            if "composite" in entry:
                entry["composite"] = entry["composite"].replace("{ikm}", index().listed())
            found.append(Indicator(code=code, **entry))
    return {entry.code: entry for entry in sorted(found, key=lambda i: i.order)}


@cache
def figures() -> dict[tuple[str, str], int]:
    """(indicator, breakdown) -> the number of the figure, in the order of publication.

    The sexes have their numbers everywhere: stage 1 sums by sex before it asks which indicators are split by it.
    """
    numbers: dict[tuple[str, str], int] = {}
    first = 0
    for entry in catalogue().values():
        split = [breakdown for dimension in entry.dimensions for breakdown in dimension.breakdowns]
        slots = enumerate([*BREAKDOWNS, *split], first)
        numbers |= {(entry.code, breakdown): number for number, breakdown in slots if breakdown in entry.breakdowns}
        first += len(BREAKDOWNS) + len(split)
    return numbers


def first_figure(code: str) -> int:
    """The number of an indicator's total; those of the sexes follow."""
    return figures()[code, BREAKDOWNS[0]]
