"""Plain loops over residents and families that give the parts of an indicator."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from .formulas import Truth
from .people import Family, Resident

Number = int | Fraction
Holds = Callable[[Resident], Truth]


@dataclass(frozen=True)
class People:
    """Those who are counted in an area, for one indicator and breakdown."""

    residents: list[Resident]
    families: list[Family]


@dataclass(frozen=True)
class Parts:
    """Numerator, denominator (none for a count), the families behind them; or a value that has no parts."""

    numerator: Number | None
    denominator: Number | None
    families: frozenset[str]
    value: Number | None = None


Measure = Callable[[People], Parts]


@dataclass(frozen=True)
class Indicator:
    """An indicator: what it measures, the registers it needs, whether it has cells for each sex.

    The last of `needs` is the register that goes before a recap. A scale of None is a count or a bare value.
    """

    code: str
    needs: tuple[str, ...]
    measure: Measure
    scale: int | None
    by_sex: bool


def person_count(holds: Holds) -> Measure:
    """Residents of whom it is known to be true, and their families."""

    def loop(people: People) -> Parts:
        number, families = 0, set()
        for resident in people.residents:
            if holds(resident):
                number += 1
                families.add(resident.row.no_kk)
        return Parts(number, None, frozenset(families))

    return loop


def person_ratio(top: Holds, bottom: Holds) -> Measure:
    """Residents for whom one thing holds, to residents for whom another does; families are of the latter."""

    def loop(people: People) -> Parts:
        numerator, denominator, families = 0, 0, set()
        for resident in people.residents:
            if top(resident):
                numerator += 1
            if bottom(resident):
                denominator += 1
                families.add(resident.row.no_kk)
        return Parts(numerator, denominator, frozenset(families))

    return loop


def person_share(universe: Holds, holds: Holds) -> Measure:
    """Of the residents in the universe of whom the answer is known, those for whom it is yes."""

    def loop(people: People) -> Parts:
        numerator, denominator, families = 0, 0, set()
        for resident in people.residents:
            answer = holds(resident)
            if not universe(resident) or answer is None:
                continue
            denominator += 1
            families.add(resident.row.no_kk)
            if answer:
                numerator += 1
        return Parts(numerator, denominator, frozenset(families))

    return loop


def person_mean(universe: Holds, amount: Callable[[Resident], int | None]) -> Measure:
    """The sum of a known amount over the residents in the universe who have it, and their number."""

    def loop(people: People) -> Parts:
        numerator, denominator, families = 0, 0, set()
        for resident in people.residents:
            known = amount(resident)
            if not universe(resident) or known is None:
                continue
            numerator += known
            denominator += 1
            families.add(resident.row.no_kk)
        return Parts(numerator, denominator, frozenset(families))

    return loop


def family_ratio(parts: Callable[[Family], tuple[Number, int] | None]) -> Measure:
    """The sums of what each family adds to numerator and denominator; None keeps a family out of both."""

    def loop(people: People) -> Parts:
        numerator, denominator, families = Fraction(0), 0, set()
        for family in people.families:
            added = parts(family)
            if added is None:
                continue
            numerator += added[0]
            denominator += added[1]
            families.add(family.no_kk)
        return Parts(numerator, denominator, frozenset(families))

    return loop


def family_count(parts: Callable[[Family], int]) -> Measure:
    """The sum of what each family adds, and the families that add something."""

    def loop(people: People) -> Parts:
        number, families = 0, set()
        for family in people.families:
            added = parts(family)
            if added:
                number += added
                families.add(family.no_kk)
        return Parts(number, None, frozenset(families))

    return loop


def aged(youngest: int, oldest: int = 200) -> Holds:
    """Whether a resident is of these ages, both ends included."""
    return lambda resident: youngest <= resident.usia <= oldest
