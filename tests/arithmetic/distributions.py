"""Distributions: each code of each split measured by a loop of its own over the residents or families of an area."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from .formulas import NEVER, Truth
from .measure import Measure, aged, family_count, person_count, person_share
from .people import SD, SMP, Family, Resident
from .schooling import certificate, out_of_school
from .welfare import share

UNKNOWN = "x"


class Split(NamedTuple):
    """One cell beside an indicator's plain ones: who is looked at, and how it is measured."""

    sex: int | None
    measure: Measure


def age_group(resident: Resident) -> str:
    """Five years from 0-4 to 70-74, then 75 and above (POP09)."""
    for youngest in range(0, 75, 5):
        if youngest <= resident.usia < youngest + 5:
            return f"{youngest}-{youngest + 4}"
    return "75+"


AGE_GROUPS = [f"{youngest}-{youngest + 4}" for youngest in range(0, 75, 5)] + ["75+"]

OCCUPATIONS = {
    "Belum/Tidak Bekerja": "belum_bekerja",
    "IRT": "rumah_tangga",
    "Pelajar/Mahasiswa": "pelajar",
    "Pensiunan": "pensiunan",
    "PNS": "aparatur",
    "Kepala Desa": "aparatur",
    "Petani": "tani",
    "Buruh Tani/Perkebunan": "tani",
    "Nelayan/Perikanan": "nelayan",
    "Pedagang": "dagang",
    "Karyawan Swasta": "karyawan",
    "Buruh Harian Lepas": "buruh",
    "Tukang Kayu": "tukang",
    "Sopir": "angkutan",
    "Bidan": "pendidikan_kesehatan",
    "Ustadz/Mubaligh": "profesional",
    "Lainnya": "lain",
    "Pendulang Emas": "lain",
}
"""As the villages write them, with the group each belongs to; the last stands in no official list."""


def occupation_group(resident: Resident) -> str:
    """The group of the text on the family card."""
    return UNKNOWN if resident.row.pekerjaan is None else OCCUPATIONS[resident.row.pekerjaan]


def family_size(family: Family) -> str:
    """Residents of a family, wherever they live."""
    return str(len(family.members)) if len(family.members) < 8 else "8+"


def has_certificate(code: int) -> Callable[[Resident], Truth]:
    """Whether this is the highest certificate."""
    return lambda resident: None if certificate(resident) is None else certificate(resident) == code


def reason(resident: Resident) -> str:
    """Why a child is out of school (EDU09): never there, finished a level and went no further, left within one."""
    row = resident.school
    assert row is not None
    if row.partisipasi == NEVER:
        return "BPB"
    if row.kelas == 8:
        return "LTM"
    if row.ijazah == 0:
        return "DO"
    if row.jenjang is None:
        return UNKNOWN
    finished = (row.jenjang == SD) or (row.jenjang == SMP and row.ijazah == 2)
    return "LTM" if finished else "DO"


def out_of_school_for(code: str) -> Callable[[Resident], Truth]:
    """Whether a child is out of school for this reason."""

    def holds(resident: Resident) -> Truth:
        answer = out_of_school(resident)
        return reason(resident) == code if answer else answer

    return holds


def coded(column: str, codes: range) -> Iterator[tuple[str, Measure]]:
    """Residents by a code of the register; nobody is left out."""

    def count(code: str) -> Measure:
        def holds(resident: Resident) -> Truth:
            value = getattr(resident.row, column)
            return (UNKNOWN if value is None else str(value)) == code

        return person_count(holds)

    for code in [*map(str, codes), UNKNOWN]:
        yield code, count(code)


def grouped(group: Callable[[Resident], str], codes: list[str]) -> Iterator[tuple[str, Measure]]:
    """Residents by the group that each belongs to."""

    def count(code: str) -> Measure:
        return person_count(lambda resident: group(resident) == code)

    for code in codes:
        yield code, count(code)


def of_size(code: str) -> Measure:
    """Families of one size."""
    return family_count(lambda family: int(family_size(family) == code))


def in_desil(desil: int) -> Measure:
    """Families of one national decile, of those whose decile is known (POV07)."""
    return share(lambda row: None if row.desil is None else row.desil == desil)


Codes = Iterator[tuple[str, Measure]]


def _splits() -> Iterator[tuple[str, str, int | None, Codes]]:
    for dimension, sex in (("umur", None), ("umur_L", 1), ("umur_P", 2)):
        yield "jumlah_penduduk", dimension, sex, grouped(age_group, AGE_GROUPS)
    yield "jumlah_penduduk", "agama", None, coded("agama", range(1, 8))
    yield "jumlah_penduduk", "status_perkawinan", None, coded("status_perkawinan", range(1, 5))
    occupations = [*dict.fromkeys(OCCUPATIONS.values()), UNKNOWN]
    yield "jumlah_penduduk", "pekerjaan", None, grouped(occupation_group, occupations)
    yield "jumlah_penduduk", "disabilitas", None, coded("disabilitas", range(7))
    sizes = [*map(str, range(1, 8)), "8+"]
    yield "jumlah_keluarga", "anggota", None, ((size, of_size(size)) for size in sizes)
    reasons = ["DO", "LTM", "BPB", UNKNOWN]
    of_school_age = aged(7, 18)
    yield (
        "anak_tidak_sekolah_7_18",
        "alasan_ats",
        None,
        ((code, person_share(of_school_age, out_of_school_for(code))) for code in reasons),
    )
    certificates = ((str(code), person_share(aged(15), has_certificate(code))) for code in range(10))
    yield "ijazah_tertinggi", "ijazah", None, certificates
    yield "keluarga_menurut_desil", "desil", None, ((str(desil), in_desil(desil)) for desil in range(1, 11))


SPLITS: dict[str, dict[str, Split]] = {}
"""Indicator, then breakdown, to how it is measured."""
for _indicator, _dimension, _sex, _codes in _splits():
    for _code, _measure in _codes:
        SPLITS.setdefault(_indicator, {})[f"{_dimension}:{_code}"] = Split(_sex, _measure)
