"""Employment indicators (catalogue 1.6): residents aged 15 or more with a work row, joined by NIK."""

from .formulas import Truth, both, either, negated
from .measure import Indicator, Measure, aged, person_share
from .people import Resident

NEEDS = ("penduduk", "ketenagakerjaan")
NEEDS_SCHOOL = ("penduduk", "pendidikan", "ketenagakerjaan")


def in_labour_force(resident: Resident) -> Truth:
    """Fifteen or more, and employed or unemployed."""
    return both(resident.usia >= 15, resident.active)


def neither_school_nor_work(resident: Resident) -> Truth:
    """Not in school, not employed, not in training; known as soon as one of the three is true (EMP05)."""
    training = None if resident.work is None else resident.work.ikut_pelatihan
    return negated(either(resident.attends, resident.employed, training))


def by_worker(code: str, measure: Measure, needs: tuple[str, ...] = NEEDS) -> Indicator:
    """An indicator of the work register."""
    return Indicator(code, needs, measure, 100, by_sex=True)


INDICATORS = (
    by_worker("tpak", person_share(aged(15), lambda person: person.active)),
    by_worker("tpt", person_share(in_labour_force, lambda person: person.unemployed)),
    by_worker("tkk", person_share(in_labour_force, lambda person: person.employed)),
    by_worker("neet", person_share(aged(15, 24), neither_school_nor_work), NEEDS_SCHOOL),
)
