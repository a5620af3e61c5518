"""Multidimensional poverty by Alkire and Foster (catalogue 1.4.1): weights by hand, plain loops over families."""

from collections.abc import Callable
from fractions import Fraction

from .formulas import Truth, among, both, either, negated
from .measure import Indicator, Measure, Number, family_ratio
from .people import Family, Resident
from .records import Kesejahteraan
from .welfare import safe_water

NEEDS = ("penduduk", "pendidikan", "kesejahteraan")
CUTOFF = Fraction(1, 3)
SIXTH, TWELFTH = Fraction(1, 6), Fraction(1, 12)


def has_own_toilet(row: Kesejahteraan) -> Truth:
    """A goose-neck toilet that nobody shares."""
    return both(among(row.fasilitas_bab, (1,)), among(row.jenis_kloset, (1,)))


def out_of_school(resident: Resident) -> Truth:
    """Seven to 18, not attending, without a certificate of upper secondary school."""
    of_age = 7 <= resident.usia <= 18
    return both(of_age, negated(resident.attends), negated(resident.has_sm_certificate))


def illiterate(resident: Resident) -> Truth:
    """Fifteen or more, and unable to read and write."""
    return both(resident.usia >= 15, None if resident.school is None else negated(resident.school.baca_tulis))


def durable(row: Kesejahteraan) -> Truth:
    """Roof, walls and floor all durable."""
    return both(
        among(row.jenis_atap, (1, 2, 3, 5)),
        among(row.jenis_dinding, (1, 2, 3, 5)),
        among(row.jenis_lantai, (1, 2, 3, 4, 5, 6)),
    )


def deprivations(family: Family, row: Kesejahteraan) -> list[tuple[Fraction, Truth]]:
    """The weight of each indicator, and whether the family is deprived in it."""
    return [
        (SIXTH, negated(has_own_toilet(row))),
        (SIXTH, negated(safe_water(row))),
        (SIXTH, either(*(out_of_school(member) for member in family.members))),
        (SIXTH, either(*(illiterate(member) for member in family.members))),
        (TWELFTH, among(row.bahan_bakar_masak, (7, 8, 9, 10, 11))),
        (TWELFTH, among(row.sumber_penerangan, (4,))),
        (TWELFTH, negated(durable(row))),
        (TWELFTH, negated(among(row.status_rumah, (1,)))),
    ]


def score(family: Family) -> Fraction | None:
    """The weights of a family's deprivations; unknown where any of them is."""
    if family.welfare is None:
        return None
    found = deprivations(family, family.welfare)
    if any(deprived is None for _, deprived in found):
        return None
    return sum((weight for weight, deprived in found if deprived), Fraction(0))


def family_measure(of: Callable[[int, Fraction, bool], tuple[Number, int] | None]) -> Measure:
    """What a family of known score adds to numerator and denominator, from members, score and whether it is poor."""

    def parts(family: Family) -> tuple[Number, int] | None:
        known = score(family)
        if known is None or family.welfare is None:
            return None
        return of(family.welfare.jumlah_anggota, known, known >= CUTOFF)

    return family_ratio(parts)


INDICATORS = (
    Indicator("ikm_h", NEEDS, family_measure(lambda n, _, poor: (n if poor else 0, n)), 100, by_sex=False),
    Indicator("ikm_a", NEEDS, family_measure(lambda n, c, poor: (n * c, n) if poor else None), 100, by_sex=False),
    Indicator("ikm_m0", NEEDS, family_measure(lambda n, c, poor: (n * c if poor else 0, n)), 1, by_sex=False),
)
