"""LKE 11a: every variable across the media, equal or not. Nothing is taken from a store."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.lke.media import Medium, Seen, Variable
from pipelines.publishing.numbers import rounded

SAME, DIFFERENT, ABSENT = "sama", "BERBEDA", "tidak dimuat"
CLOSE = 1e-12  # relative: a workbook keeps 16 digits of a figure, the other files all 17
NEEDED = 20  # LKE 11a: more variables than this in all media
OF_SEX = {"total": "", "L": ", laki-laki", "P": ", perempuan"}


@dataclass(frozen=True)
class Compared:
    """One variable: what each medium says of it, in the order of the media, and whether that is `expected`."""

    variable: Variable
    seen: tuple[tuple[Seen, ...], ...]
    expected: Seen

    @property
    def name(self) -> str:
        """Its name for readers."""
        return catalogue()[self.variable.indicator].name + OF_SEX[self.variable.breakdown]

    @property
    def unit(self) -> str:
        """Its unit."""
        return catalogue()[self.variable.indicator].unit

    @property
    def states(self) -> tuple[str, ...]:
        """Of each medium: sama, BERBEDA or tidak dimuat."""
        return tuple(_state(seen, self.expected) for seen in self.seen)

    @property
    def verdict(self) -> str:
        """Of the variable."""
        return DIFFERENT if DIFFERENT in self.states else SAME

    @property
    def everywhere(self) -> bool:
        """Whether every medium has it, and all say the same."""
        return set(self.states) == {SAME}

    @property
    def decimals(self) -> int | None:
        """The decimals that the media which round were compared to."""
        return max((one.decimals for seen in self.seen for one in seen if one.decimals is not None), default=None)


def compared(media: Sequence[Medium]) -> list[Compared]:
    """The variables that at least two media have and at least one has a number of, those of most media first."""
    order = {code: number for number, code in enumerate(catalogue())}
    variables = {variable for medium in media for variable in medium.said}
    found = []
    for variable in sorted(variables, key=lambda v: (order[v.indicator], list(OF_SEX).index(v.breakdown))):
        seen = tuple(medium.said.get(variable, ()) for medium in media)
        has_number = any(one.number is not None for readings in seen for one in readings)
        if has_number and sum(map(bool, seen)) > 1:
            found.append(Compared(variable, seen, _expected(seen)))
    return sorted(found, key=lambda one: one.states.count(ABSENT))


def _expected(seen: Sequence[Sequence[Seen]]) -> Seen:
    """What most media say without rounding, the earlier where as many say another."""
    first = [next((one for one in readings if one.decimals is None), None) for readings in seen]
    return Counter(one for one in first if one is not None).most_common(1)[0][0]


def _state(seen: Sequence[Seen], expected: Seen) -> str:
    if not seen:
        return ABSENT
    return SAME if all(is_same(one, expected) for one in seen) else DIFFERENT


def is_same(one: Seen, exact: Seen) -> bool:
    """Whether a figure says what an unrounded one says, to as many decimals as it is printed with."""
    if one.number is None or exact.number is None:
        return one.number is exact.number
    if one.decimals is None:
        return math.isclose(one.number, exact.number, rel_tol=CLOSE)
    # As Excel and the page round: halves away from zero, of the decimals that are written.
    return Decimal(repr(one.number)) == rounded(exact.number, one.decimals)


def in_words(rows: Sequence[Compared]) -> str:
    """The result in one line."""
    same, everywhere = sum(row.verdict == SAME for row in rows), [row for row in rows if ABSENT not in row.states]
    said = f"{same} dari {len(rows)} variabel sama di semua media yang memuatnya"
    return f"{said}; {sum(row.everywhere for row in everywhere)} dari {len(everywhere)} dimuat dan sama di semua media."
