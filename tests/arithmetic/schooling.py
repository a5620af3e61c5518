"""Education indicators (catalogue 1.5): residents with an education row, joined by NIK."""

from .formulas import NEVER, Truth, among, both, expected_years, negated, years_of_schooling
from .measure import (
    Holds,
    Indicator,
    Measure,
    Parts,
    People,
    aged,
    person_count,
    person_mean,
    person_ratio,
    person_share,
)
from .people import HIGHER, LINE_OF_SM, SD, SM, SMA, SMK, SMP, Resident

NEEDS = ("penduduk", "pendidikan")
NEEDS_WELFARE = ("penduduk", "pendidikan", "kesejahteraan")
SCHOOL_AGES = ((7, 12), (13, 15), (16, 18))


def attends(resident: Resident) -> Truth:
    """Attending any level."""
    return resident.attends


def attends_level(*levels: int) -> Holds:
    """Attending one of these levels."""
    return lambda resident: resident.attends_level(*levels)


def gross(youngest: int, oldest: int, *levels: int) -> Measure:
    """Attending the level at any age, to those of its age of whom that is known (EDU03)."""
    holds = attends_level(*levels)
    of_age = aged(youngest, oldest)
    return person_ratio(holds, lambda resident: of_age(resident) and holds(resident) is not None)


def net(youngest: int, oldest: int, *levels: int) -> Measure:
    """Attending the level at its age (EDU04)."""
    return person_share(aged(youngest, oldest), attends_level(*levels))


def out_of_school(resident: Resident) -> Truth:
    """Not attending, and without a certificate of upper secondary school (EDU09)."""
    return both(negated(resident.attends), negated(resident.has_sm_certificate))


def aged_and_ever_attended(youngest: int, oldest: int) -> Holds:
    """Of these ages and ever at school: the universe of the drop-outs (EDU08)."""
    return lambda resident: both(youngest <= resident.usia <= oldest, resident.ever_attended)


def dropped_out(resident: Resident) -> Truth:
    """One who left school between 7 and 18 without a certificate of upper secondary school."""
    return both(aged_and_ever_attended(7, 18)(resident), out_of_school(resident))


def drop_outs(youngest: int, oldest: int) -> Measure:
    """Of those of these ages who ever went to school, who left it without a certificate of upper secondary school."""
    return person_share(aged_and_ever_attended(youngest, oldest), out_of_school)


def completion(youngest: int, oldest: int, lowest: int) -> Measure:
    """Of those of these ages, who holds the certificate of the level or a higher one (EDU10)."""
    return person_share(aged(youngest, oldest), lambda resident: resident.certificate_from(lowest))


def eligible_for_pip(resident: Resident) -> Truth:
    """A pupil of SD to SM, 6 to 21 years old, whose family is in the deciles 1 to 4 (EDU11)."""
    poor = None if resident.welfare is None else among(resident.welfare.desil, range(1, 5))
    return both(6 <= resident.usia <= 21, resident.attends_level(SD, SMP, *SM), poor)


def receives_pip(resident: Resident) -> Truth:
    """Receives PIP."""
    return None if resident.school is None else resident.school.pip


def literate(resident: Resident) -> Truth:
    """Reads and writes any script (EDU01)."""
    return None if resident.school is None else resident.school.baca_tulis


def certificate(resident: Resident) -> int | None:
    """The highest certificate; never at school means none (EDU07)."""
    if resident.school is None:
        return None
    return 0 if resident.school.partisipasi == NEVER else resident.school.ijazah


def certificate_known(resident: Resident) -> Truth:
    """True where the certificate is known, else unknown."""
    return None if certificate(resident) is None else True


def years(resident: Resident) -> int | None:
    """Years of schooling of a resident with an education row (EDU05)."""
    row = resident.school
    return None if row is None else years_of_schooling(row.partisipasi, row.jenjang, row.kelas, row.ijazah)


def expected(people: People) -> Parts:
    """Expected years of schooling, recomputed from single years of age in every area (EDU06)."""
    known = [resident for resident in people.residents if resident.attends is not None and resident.usia >= 7]
    families = frozenset(resident.row.no_kk for resident in known)
    value = expected_years((resident.usia, resident.attends is True) for resident in known)
    return Parts(None, None, families, value)


def by_pupil(code: str, scale: int | None, measure: Measure) -> Indicator:
    """An indicator of the education register."""
    return Indicator(code, NEEDS, measure, scale, by_sex=True)


INDICATORS = (
    by_pupil("jumlah_sekolah_sd", None, person_count(attends_level(SD))),
    by_pupil("jumlah_sekolah_smp", None, person_count(attends_level(SMP))),
    by_pupil("jumlah_sekolah_sma", None, person_count(attends_level(SMA, SMK))),
    by_pupil("jumlah_putus_sekolah", None, person_count(dropped_out)),
    by_pupil("amh", 100, person_share(aged(15), literate)),
    by_pupil("aps_5_6", 100, person_share(aged(5, 6), attends)),
    by_pupil("aps_7_12", 100, person_share(aged(7, 12), attends)),
    by_pupil("aps_13_15", 100, person_share(aged(13, 15), attends)),
    by_pupil("aps_16_18", 100, person_share(aged(16, 18), attends)),
    by_pupil("aps_19_23", 100, person_share(aged(19, 23), attends)),
    by_pupil("apk_sd", 100, gross(7, 12, SD)),
    by_pupil("apk_smp", 100, gross(13, 15, SMP)),
    by_pupil("apk_sm", 100, gross(16, 18, *SM)),
    by_pupil("apk_pt", 100, gross(19, 23, *HIGHER)),
    by_pupil("apm_sd", 100, net(7, 12, SD)),
    by_pupil("apm_smp", 100, net(13, 15, SMP)),
    by_pupil("apm_sm", 100, net(16, 18, *SM)),
    by_pupil("apm_pt", 100, net(19, 23, *HIGHER)),
    by_pupil("rls", 1, person_mean(aged(25), years)),
    by_pupil("hls", None, expected),
    by_pupil("anak_tidak_sekolah_7_18", 100, person_share(aged(7, 18), out_of_school)),
    *(by_pupil(f"anak_tidak_sekolah_{a}_{b}", 100, person_share(aged(a, b), out_of_school)) for a, b in SCHOOL_AGES),
    by_pupil("putus_sekolah_7_18", 100, drop_outs(7, 18)),
    *(by_pupil(f"angka_putus_sekolah_{a}_{b}", 100, drop_outs(a, b)) for a, b in SCHOOL_AGES),
    by_pupil("tingkat_penyelesaian_sd", 100, completion(13, 15, SD)),
    by_pupil("tingkat_penyelesaian_smp", 100, completion(16, 18, SMP)),
    by_pupil("tingkat_penyelesaian_sm", 100, completion(19, 21, LINE_OF_SM)),
    by_pupil("ijazah_tertinggi", 100, person_share(aged(15), certificate_known)),
    by_pupil("ijazah_sma_ke_atas", 100, person_share(aged(15), lambda person: person.has_sm_certificate)),
    Indicator("cakupan_pip", NEEDS_WELFARE, person_share(eligible_for_pip, receives_pip), 100, by_sex=True),
)
