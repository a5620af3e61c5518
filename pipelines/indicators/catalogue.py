"""The indicator catalogue: `schemas/indicators/*.toml` as frozen entries."""

import tomllib
from dataclasses import dataclass, field
from functools import cache

from schemas.dataset import SCHEMAS

METHODS = ("ratio", "median", "sum_of_ratios", "gini")
VIEWS = ("orang", "keluarga", "rekap")
BREAKDOWNS = ("total", "L", "P")


@dataclass(frozen=True)
class Indicator:
    """One indicator. `numerator` and `denominator` are whole-number SQL expressions over the columns of `source`.

    Without a denominator it is a count. A row whose numerator is NULL is unknown and out of both. `recap` holds the
    same for an RT that sent only its count sheet. `needs` are the datasets that an RT must have sent to have reported
    (`pendidikan`) and their columns that it must have asked (`pendidikan.ijazah`); starred ones go without saying.
    `exceeds` marks a percentage that may exceed 100 because its numerator is no part of its denominator.
    `latex` is the formula where the words of the two parts do not show it.
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
    linked: tuple[str, ...] = ()
    latex: str | None = None
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
    def is_share(self) -> bool:
        """Whether the numerator is a part of the denominator, so that the rest is a count of its own."""
        return self.measure == "Persentase" and not self.exceeds

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """`total`, and both sexes where the grain is the person."""
        return BREAKDOWNS if self.by_sex else BREAKDOWNS[:1]


@cache
def catalogue() -> dict[str, Indicator]:
    """Every indicator by code, in the order of publication."""
    found = []
    for path in sorted((SCHEMAS / "indicators").glob("*.toml")):
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            entry["needs"], entry["linked"] = tuple(entry["needs"]), tuple(entry.get("linked", ()))
            found.append(Indicator(code=code, **entry))
    return {entry.code: entry for entry in sorted(found, key=lambda i: i.order)}


@cache
def first_figure(code: str) -> int:
    """The number of an indicator's total; those of its other breakdowns follow in the order of BREAKDOWNS."""
    return list(catalogue()).index(code) * len(BREAKDOWNS)
