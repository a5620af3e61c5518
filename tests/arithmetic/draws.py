"""Random but valid attributes of people and dwellings: consistent with age, and now and then unknown."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypedDict, TypeVar

from .records import POVERTY_LINE, REFERENCE_DATE

Value = TypeVar("Value")

LAKI_LAKI, PEREMPUAN = 1, 2


class Stage(NamedTuple):
    """A school level: youngest entry, number of classes, certificate before it and after it."""

    entry: int
    classes: int
    before: tuple[int, ...]
    after: int


STAGES: dict[int, Stage] = {
    1: Stage(6, 6, (0,), 1),
    2: Stage(12, 3, (1,), 2),
    3: Stage(15, 3, (2,), 3),
    4: Stage(15, 3, (2,), 4),
    5: Stage(18, 2, (3, 4), 5),
    6: Stage(18, 3, (3, 4), 6),
    7: Stage(18, 4, (3, 4), 7),
    8: Stage(22, 2, (7,), 8),
    9: Stage(24, 3, (8,), 9),
}


class Schooling(TypedDict):
    partisipasi: int
    jenjang: int | None
    kelas: int | None
    ijazah: int | None


def maybe(rng: Random, value: Value, chance: float = 0.06) -> Value | None:
    """The value, or unknown with the given chance."""
    return None if rng.random() < chance else value


def answer(rng: Random, yes: float, unknown: float = 0.06) -> bool | None:
    """A Ya or Tidak, sometimes unknown."""
    return maybe(rng, rng.random() < yes, unknown)


def birth_date(rng: Random, usia: int) -> date:
    """A date of birth that gives this age in completed years, often at the very edge of it."""
    latest = REFERENCE_DATE.replace(year=REFERENCE_DATE.year - usia)
    earliest = REFERENCE_DATE.replace(year=REFERENCE_DATE.year - usia - 1) + timedelta(days=1)
    edge = rng.random()
    if edge < 0.08:
        return latest
    if edge < 0.16:
        return earliest
    return earliest + timedelta(days=rng.randint(0, (latest - earliest).days))


def schooling(rng: Random, usia: int) -> Schooling:
    """Participation, level, class and highest certificate of a person of five or more."""
    if usia < 6 or (usia == 6 and rng.random() < 0.4):
        if rng.random() < 0.3:
            return never_attended(rng)
        return Schooling(partisipasi=2, jenjang=0, kelas=rng.randint(1, 2), ijazah=0)
    if rng.random() < (0.04 if usia < 40 else 0.15):
        return never_attended(rng)
    if 7 <= usia <= 10 and rng.random() < 0.03:
        return Schooling(partisipasi=3, jenjang=0, kelas=1, ijazah=0)
    open_levels = [level for level, stage in STAGES.items() if stage.entry <= usia]
    attends = rng.random() < (0.8 if usia < 16 else 0.55 if usia < 24 else 0.06)
    level = rng.choice(open_levels[-3:] if attends and usia < 24 else open_levels)
    stage = STAGES[level]
    before = rng.choice(stage.before)
    if not attends and usia >= stage.entry + stage.classes and rng.random() < 0.6:
        kelas, ijazah = 8, stage.after
    else:
        kelas, ijazah = rng.randint(1, min(stage.classes, usia - stage.entry + 1)), before
    return Schooling(
        partisipasi=2 if attends else 3,
        jenjang=maybe(rng, level),
        kelas=maybe(rng, kelas),
        ijazah=maybe(rng, ijazah),
    )


def never_attended(rng: Random) -> Schooling:
    """The questionnaire skips level and class for whoever never went to school, and often the certificate."""
    return Schooling(partisipasi=1, jenjang=None, kelas=None, ijazah=rng.choice([None, 0]))


def work_answers(rng: Random) -> dict[str, bool | None]:
    """The weekly questions of a person of fifteen or more."""
    works = rng.random() < 0.5
    return {
        "bekerja": maybe(rng, works),
        "sementara_tidak_bekerja": maybe(rng, not works and rng.random() < 0.1),
        "mencari_kerja": answer(rng, 0.15 if works else 0.2),
        "mempersiapkan_usaha": answer(rng, 0.02 if works else 0.06),
        "putus_asa": answer(rng, 0.0 if works else 0.05),
        "sudah_diterima": answer(rng, 0.0 if works else 0.05),
        "ikut_pelatihan": answer(rng, 0.1),
    }


def spending(rng: Random, persons: int) -> int:
    """Monthly expenditure of a family: anywhere, and often within a rupiah of the poverty line."""
    if rng.random() < 0.15:
        return max(1, persons * POVERTY_LINE + rng.choice([-1, 0, 1]))
    return persons * int(rng.lognormvariate(13.55, 0.45)) + rng.randint(0, 999)


def dwelling(rng: Random, persons: int) -> dict[str, int | None]:
    """Codes of the dwelling; sound ones drawn more often so that every part of the rule matters."""
    good = rng.random() < 0.6
    facility = rng.choice([1, 1, 1, 2, 3]) if good else rng.randint(1, 6)
    toilet = 1 if good else rng.randint(1, 4)
    drain = rng.randint(1, 2) if good else rng.randint(1, 6)
    has_toilet = facility <= 4
    return {
        "status_rumah": maybe(rng, rng.choice([1, 1, 1, rng.randint(2, 5)])),
        "luas_lantai": maybe(rng, rng.choice([36, persons * 8, persons * 7, rng.randint(10, 120)])),
        "jenis_lantai": maybe(rng, rng.randint(1, 6) if good else rng.randint(1, 9)),
        "jenis_dinding": maybe(rng, rng.choice([1, 2, 3, 5]) if good else rng.randint(1, 7)),
        "jenis_atap": maybe(rng, rng.choice([1, 2, 3, 5]) if good else rng.randint(1, 8)),
        "sumber_air_minum": maybe(rng, rng.choice([1, 2, 3, 4, 5, 7, 10]) if good else rng.randint(1, 11)),
        "sumber_air_mandi": maybe(rng, rng.choice([3, 4, 5, 7]) if good else rng.randint(1, 11)),
        "fasilitas_bab": maybe(rng, facility),
        "jenis_kloset": maybe(rng, toilet) if has_toilet else None,
        "pembuangan_tinja": maybe(rng, drain) if has_toilet else None,
        "sumber_penerangan": maybe(rng, rng.randint(1, 4)),
        "bahan_bakar_masak": maybe(rng, rng.choice([1, 4, 4, 4, 7, 10])),
    }


def aid(rng: Random, persons: int) -> dict[str, bool | int | None]:
    """Social assistance received by a family."""
    covered = rng.choice([0, persons, rng.randint(0, persons)])
    return {
        "pkh": answer(rng, 0.35),
        "bpnt": answer(rng, 0.4),
        "blt": answer(rng, 0.15),
        "pbi_jk": maybe(rng, covered),
    }


def optional_count(rng: Random, highest: int) -> int | None:
    """A whole number up to the highest, or not collected."""
    return maybe(rng, rng.randint(0, max(0, highest)), 0.2)


def recap_sheets(rng: Random) -> dict[str, dict[str, int | None]]:
    """The three count sheets of one RT; ages add up to the total whenever all are given."""
    men, women = rng.randint(60, 160), rng.randint(60, 160)
    persons = men + women
    young, old = rng.randint(20, persons // 3), rng.randint(3, persons // 8)
    families = rng.randint(persons // 5, persons // 3)
    toddlers = rng.randint(0, young // 4)
    return {
        "rekap_penduduk": {
            "penduduk_laki_laki": men,
            "penduduk_perempuan": women,
            "jumlah_penduduk": maybe(rng, persons, 0.3),
            "jumlah_kk": families,
            "jumlah_rumah": optional_count(rng, families),
            "umur_0_1": maybe(rng, toddlers, 0.2),
            "umur_2_5": optional_count(rng, young // 4),
            "umur_0_14": maybe(rng, young, 0.15),
            "umur_15_64": maybe(rng, persons - young - old, 0.15),
            "umur_65_ke_atas": maybe(rng, old, 0.15),
            "lansia": maybe(rng, old + rng.randint(0, 10), 0.15),
            "kelahiran": optional_count(rng, 4),
            "kematian": optional_count(rng, 3),
            "pendatang": optional_count(rng, 5),
            "pindah": optional_count(rng, 5),
            "memiliki_ktp_el": optional_count(rng, persons - young),
        },
        "rekap_kemiskinan": {
            "penerima_pkh": rng.randint(0, families // 3),
            "penerima_bpnt": optional_count(rng, families // 3),
            "penerima_bst": optional_count(rng, families // 6),
            "penerima_blt": optional_count(rng, families // 6),
            "penerima_pbi_jk": optional_count(rng, persons // 2),
            "keluarga_miskin": optional_count(rng, families // 4),
            "keluarga_desil_1_4": optional_count(rng, families),
            "rumah_tidak_layak_huni": optional_count(rng, families // 5),
            "tanpa_air_layak": optional_count(rng, families // 5),
            "tanpa_sanitasi_layak": optional_count(rng, families // 5),
        },
        "rekap_pendidikan": {
            "sekolah_sd": rng.randint(0, young // 2),
            "sekolah_tk": optional_count(rng, young // 5),
            "sekolah_smp": optional_count(rng, young // 4),
            "sekolah_sma": optional_count(rng, young // 4),
            "sekolah_tinggi": optional_count(rng, young // 4),
            "putus_sekolah": optional_count(rng, 5),
            "usia_7_12": maybe(rng, young // 2, 0.2),
            "usia_13_15": maybe(rng, young // 5, 0.2),
            "usia_16_18": optional_count(rng, persons // 10),
            "buta_huruf": optional_count(rng, 10),
        },
    }
