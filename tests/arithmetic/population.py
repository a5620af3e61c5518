"""Population indicators (catalogue 1.3); age and sex of a resident are always known."""

from .formulas import Truth, either, median_age
from .measure import (
    Holds,
    Indicator,
    Measure,
    Parts,
    People,
    aged,
    family_count,
    family_ratio,
    person_count,
    person_ratio,
    person_share,
)
from .people import Family, Resident

POPULATION = ("penduduk",)


def of_sex(sex: int) -> Holds:
    """Whether a resident is male (1) or female (2)."""
    return lambda resident: resident.row.jenis_kelamin == sex


def everyone(_resident: Resident) -> Truth:
    """The universe of all residents."""
    return True


def dependent(resident: Resident) -> Truth:
    """Aged 0 to 14 or 65 and above."""
    return resident.usia <= 14 or resident.usia >= 65


def fertile_woman(resident: Resident) -> Truth:
    """A woman aged 15 to 49."""
    return resident.row.jenis_kelamin == 2 and 15 <= resident.usia <= 49


def must_have_id_card(resident: Resident) -> Truth:
    """Seventeen or more, or ever married."""
    status = resident.row.status_perkawinan
    return either(resident.usia >= 17, None if status is None else status != 1)


def is_disabled(resident: Resident) -> Truth:
    """Any disability."""
    return None if resident.row.disabilitas is None else resident.row.disabilitas != 0


def family_size(people: People) -> Parts:
    """Residents by where they live, to families by where their head lives."""
    families = frozenset(family.no_kk for family in people.families)
    return Parts(len(people.residents), len(families), families)


def female_head(family: Family) -> tuple[int, int] | None:
    """Of the families with a resident head, those headed by a woman."""
    if family.head is None:
        return None
    return (1 if family.head.row.jenis_kelamin == 2 else 0), 1


def median(people: People) -> Parts:
    """The median age, recomputed from single years of age in every area."""
    families = frozenset(resident.row.no_kk for resident in people.residents)
    return Parts(None, None, families, median_age(resident.usia for resident in people.residents))


def unknown_to_registers(_people: People) -> Parts:
    """Births and deaths: the registers hold no events, only a recap counts them."""
    return Parts(0, None, frozenset())


def by_person(code: str, scale: int | None, measure: Measure, *, by_sex: bool = True) -> Indicator:
    """An indicator of the population register."""
    return Indicator(code, POPULATION, measure, scale, by_sex)


INDICATORS = (
    by_person("jumlah_penduduk", None, person_count(everyone)),
    by_person("jumlah_keluarga", None, family_count(lambda family: 1), by_sex=False),
    by_person("rasio_jenis_kelamin", 100, person_ratio(of_sex(1), of_sex(2)), by_sex=False),
    by_person("rasio_ketergantungan", 100, person_ratio(dependent, aged(15, 64))),
    by_person("rasio_ketergantungan_muda", 100, person_ratio(aged(0, 14), aged(15, 64))),
    by_person("rasio_ketergantungan_tua", 100, person_ratio(aged(65), aged(15, 64))),
    by_person("rata_rata_anggota_keluarga", 1, family_size, by_sex=False),
    by_person("umur_median", None, median),
    by_person("rasio_anak_wanita", 1000, person_ratio(aged(0, 4), fertile_woman), by_sex=False),
    by_person("persentase_lansia", 100, person_share(everyone, aged(60))),
    by_person("persentase_kepala_keluarga_perempuan", 100, family_ratio(female_head), by_sex=False),
    by_person("jumlah_lansia", None, person_count(aged(60))),
    Indicator("jumlah_kelahiran", (), unknown_to_registers, None, by_sex=False),
    Indicator("jumlah_kematian", (), unknown_to_registers, None, by_sex=False),
    Indicator("migrasi_neto", (), unknown_to_registers, None, by_sex=False),
    by_person("cakupan_nik", 100, person_share(everyone, lambda resident: resident.row.nik is not None)),
    by_person("cakupan_ktp_el", 100, person_share(must_have_id_card, lambda resident: resident.row.ktp_el)),
    by_person("cakupan_akta_lahir", 100, person_share(aged(0, 17), lambda resident: resident.row.akta_lahir)),
    by_person("cakupan_akta_lahir_0_4", 100, person_share(aged(0, 4), lambda resident: resident.row.akta_lahir)),
    by_person("persentase_disabilitas", 100, person_share(everyone, is_disabled)),
)
