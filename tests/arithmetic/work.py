"""Employment indicators (catalogue 1.6): residents aged 15 or more with a work row, joined by NIK."""

from .formulas import Truth, among, both, either, negated
from .measure import Indicator, Measure, aged, person_count, person_share
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


def at_work(resident: Resident) -> Truth:
    """Fifteen or more and employed."""
    return both(resident.usia >= 15, resident.employed)


INFORMAL = (1, 2, 6, 7, 8)


def informal(resident: Resident) -> Truth:
    """Self-employed, helped by casual or unpaid workers, a casual worker or a family worker (EMP06)."""
    return None if resident.work is None else among(resident.work.status_pekerjaan, INFORMAL)


def wants_more_hours(resident: Resident) -> Truth:
    """Worked 1 to 34 hours and looks for work (EMP07)."""
    work = resident.work
    if work is None:
        return None
    short = None if work.jam_kerja is None else 1 <= work.jam_kerja < 35
    return both(work.bekerja, short, work.mencari_kerja)


def by_worker(code: str, measure: Measure, needs: tuple[str, ...] = NEEDS, scale: int | None = 100) -> Indicator:
    """An indicator of the work register."""
    return Indicator(code, needs, measure, scale, by_sex=True)


INDICATORS = (
    by_worker("penduduk_usia_kerja", person_count(aged(15)), ("penduduk",), None),
    by_worker("jumlah_angkatan_kerja", person_count(in_labour_force), scale=None),
    by_worker("jumlah_penduduk_bekerja", person_count(at_work), scale=None),
    by_worker(
        "jumlah_pengangguran", person_count(lambda person: both(person.usia >= 15, person.unemployed)), scale=None
    ),
    by_worker("pekerja_informal", person_share(at_work, informal)),
    by_worker("setengah_pengangguran", person_share(at_work, wants_more_hours)),
    by_worker("tpak", person_share(aged(15), lambda person: person.active)),
    by_worker("tpt", person_share(in_labour_force, lambda person: person.unemployed)),
    by_worker("tkk", person_share(in_labour_force, lambda person: person.employed)),
    by_worker("neet", person_share(aged(15, 24), neither_school_nor_work), NEEDS_SCHOOL),
)
