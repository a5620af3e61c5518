"""The count sheets that some RTs send beside their registers, counted from what the registers say."""

from collections.abc import Callable, Iterable

from pipelines.sample.people import DEAD, MOVED, WOMAN, Person
from pipelines.sample.quarters import Quarter
from pipelines.sample.rows import Report, Row, Value
from pipelines.sample.schooling import ATTENDS, LEFT, PAUD, SD, SENIOR, SMP
from schemas import datasets

HOUSES_A_FAMILY = 0.93  # some families share a house
RECAPS = ("rekap_penduduk", "rekap_kemiskinan", "rekap_pendidikan")
Test = Callable[[Person], bool]


def between(least: int, most: int) -> Test:
    """Whether somebody is of such an age in completed years."""
    return lambda person: least <= person.age <= most


def count(people: Iterable[Person], test: Test) -> int:
    """How many pass."""
    return sum(map(test, people))


def attends(*levels: object) -> Test:
    """Whether somebody attends one of these levels."""
    return lambda person: bool(
        person.schooling and person.schooling.partisipasi is ATTENDS and person.schooling.jenjang in levels
    )


def dropped_out(person: Person) -> bool:
    """Aged 7 to 18, attended once, attends no longer, without a certificate of SMA/SMK."""
    school = person.schooling
    return bool(7 <= person.age <= 18 and school and school.partisipasi is LEFT and school.years < 12)


def recap_of(report: Report, columns: tuple[str, ...], quarter: Quarter) -> dict[str, Row]:
    """The rows of the three recaps of one RT; `columns` are those its population register has."""
    rows = [row for row in report.tables["penduduk"] if row.person]
    people = [row.person for row in rows if row.person and row.person.resident]
    listed = [row.person for row in rows if row.person]
    states_death = "status_dasar" in columns
    counts: dict[str, dict[str, Value]] = {
        "rekap_penduduk": {
            "penduduk_laki_laki": count(people, lambda person: not person.woman),
            "penduduk_perempuan": count(people, lambda person: person.jenis_kelamin is WOMAN),
            "jumlah_penduduk": len(people),
            "jumlah_kk": len(report.families),
            "jumlah_rumah": round(len(report.families) * HOUSES_A_FAMILY),
            "umur_0_1": count(people, between(0, 1)),
            "umur_2_5": count(people, between(2, 5)),
            "umur_0_14": count(people, between(0, 14)),
            "umur_15_64": count(people, between(15, 64)),
            "umur_65_ke_atas": count(people, between(65, 200)),
            "lansia": count(people, between(60, 200)),
            "kelahiran": count(people, lambda person: person.tanggal_lahir >= quarter.first),
            "kematian": count(listed, lambda person: person.status_dasar is DEAD) if states_death else None,
            "pindah": count(listed, lambda person: person.status_dasar is MOVED) if states_death else None,
            "memiliki_ktp_el": sum(row.values["ktp_el"] is True for row in rows if row.person and row.person.resident),
        },
        "rekap_kemiskinan": _aid(report),
        "rekap_pendidikan": {
            "sekolah_tk": count(people, attends(PAUD)),
            "sekolah_sd": count(people, attends(SD)),
            "sekolah_smp": count(people, attends(SMP)),
            "sekolah_sma": count(people, attends(*SENIOR)),
            "putus_sekolah": count(people, dropped_out),
            "usia_7_12": count(people, between(7, 12)),
            "usia_13_15": count(people, between(13, 15)),
            "usia_16_18": count(people, between(16, 18)),
        },
    }
    place: dict[str, Value] = {"rt": report.rt.rt, "rw": report.rt.rw}
    return {name: Row(dict.fromkeys(datasets()[name].columns()) | place | counts[name]) for name in RECAPS}


def _aid(report: Report) -> dict[str, Value]:
    families = [family.welfare for family in report.families if family.welfare]
    return {
        "penerima_pkh": sum(family.pkh for family in families),
        "penerima_bpnt": sum(family.bpnt for family in families),
        "penerima_blt": sum(family.blt for family in families),
        "penerima_pbi_jk": sum(family.pbi_jk for family in families),
        "keluarga_miskin": sum(family.poor for family in families),
        "keluarga_desil_1_4": sum(family.desil is not None and family.desil <= 4 for family in families),
    }
