"""What gives each other away is withheld together, in the same places: the figures of linked indicators and splits."""

import re
from dataclasses import dataclass

from pipelines.indicators.catalogue import BREAKDOWNS, Indicator, catalogue
from pipelines.indicators.dimensions import Dimension, dimensions

NAME = re.compile(r"[a-z]\w*")
WHOLE, SEXES = "whole", "sexes"  # what is of everybody is decided first; of one sex no more is shown than of both


@dataclass(frozen=True)
class Series:
    """Figures of an indicator that are shown or withheld as one: its total, its two sexes, or one distribution."""

    indicator: Indicator
    stage: str
    dimension: Dimension | None = None

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """The breakdowns of its figures, in order."""
        if self.dimension:
            return self.dimension.breakdowns
        return BREAKDOWNS[:1] if self.stage == WHOLE else BREAKDOWNS[1:]

    @property
    def sensitivity(self) -> str:
        """The class of the indicator, or that of the split where this is more sensitive."""
        return max(self.indicator.sensitivity, self.dimension.sensitivity if self.dimension else "")

    @property
    def name(self) -> str:
        """The indicator, and of a distribution the codes that both sexes share."""
        split = f" {self.dimension.like or self.dimension.name}" if self.dimension else ""
        return self.indicator.code + split

    @property
    def key(self) -> str:
        """Its name, and whether it is of the two sexes."""
        return self.name if self.stage == WHOLE else f"{self.name} {SEXES}"

    @property
    def follows(self) -> set[str]:
        """The keys of the series that it is withheld with, though they may be shown without it."""
        if self.dimension is None:
            others = {Series(catalogue()[code], self.stage).key for code in self.indicator.follows}
            return others | ({self.indicator.code} if self.stage == SEXES else set())
        if self.stage == SEXES:
            return {self.indicator.code, self.name}
        return {self.indicator.code, *self.dimension.follows}

    @property
    def marks(self) -> set[str]:
        """Who shares one of these is withheld together.

        Two numerators over one column and one universe are one number or parts of one another; what else follows from
        what (the employed are the labour force without the unemployed; of 6 pupils of the level no more than 6 are of
        its age) is declared with the indicators. A median or an index shows no parts, so it gives nothing away.
        """
        if self.dimension:
            return {*self.dimension.linked, self.name}
        columns = NAME.findall(self.indicator.numerator) if self.indicator.method == "ratio" else []
        shared = {f"{self.indicator.source}.{name} {self.indicator.universe}" for name in columns}
        by_sex = self.indicator.linked_by_sex if self.stage == SEXES else ()
        return shared | {*self.indicator.linked, *by_sex, self.name}

    @property
    def is_refined(self) -> bool:
        """Whether its codes are shown by sex, too."""
        return self.dimension is not None and any(d.like == self.dimension.name for d in dimensions().values())


def groups() -> list[list[Series]]:
    """All series but derived ones in linked groups, each after those that it follows; the least sensitive first."""
    found: list[tuple[set[str], list[Series]]] = []
    for series in _all_series():
        marks, members = {f"{series.stage} {mark}" for mark in series.marks}, [series]
        for other in [group for group in found if group[0] & marks]:
            marks |= other[0]
            members = other[1] + members
            found.remove(other)
        found.append((marks, members))
    return sorted((members for _, members in found), key=_turn)


def _all_series() -> list[Series]:
    found = []
    for indicator in (i for i in catalogue().values() if not i.is_derived):
        found.append(Series(indicator, WHOLE))
        if indicator.by_sex:
            found.append(Series(indicator, SEXES))
        found += [Series(indicator, SEXES if d.sex else WHOLE, d) for d in indicator.dimensions]
    return found


def follows(members: list[Series]) -> set[str]:
    """The keys of the series outside the group that it is withheld with."""
    own = {series.key for series in members}
    return {name for series in members for name in series.follows} - own


def _turn(members: list[Series]) -> tuple[bool, bool, str]:
    return members[0].stage == SEXES, bool(follows(members)), min(series.sensitivity for series in members)
