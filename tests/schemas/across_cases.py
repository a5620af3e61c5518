"""Rules over several workbooks: two files of one home, and the few cells of the second to write over to break one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from intake.workbooks import COUNTS, FAMILY, PUPIL, WORKER, Table, nik, person, table, without
from rule_cases import AHMAD, ERROR, SON, WARNING

NEXT_RT = {"RT": "006"}
OTHER_KK = "6306051501100002"
PUPIL_AT = {"NIK": nik(SON), "Nama Lengkap": "Budi"}

FIRST = table(
    [
        AHMAD,
        person("Budi", SON, Hubungan_dalam_Keluarga="Anak"),
        person("Aisyah", date(2022, 6, 1), woman=True, Hubungan_dalam_Keluarga="Anak"),
    ]
)
HASAN = {
    **person("Hasan", date(1980, 2, 3), Nomor_KK=OTHER_KK, Hubungan_dalam_Keluarga="Kepala Keluarga"),
    **NEXT_RT,
}
BADU = {**person("Badu", date(2014, 5, 6), Nomor_KK=OTHER_KK, Hubungan_dalam_Keluarga="Anak"), **NEXT_RT}
SECOND = table([HASAN, BADU])
# Without a column for it, nobody's relation is stated, so a family without a head is no finding.
SECOND_BARE = table([without(row, "Hubungan dalam Keluarga") for row in (HASAN, BADU)])
AID_GIVEN = {**FAMILY, "PKH": "Ya", "BPNT": "Tidak", "BLT": "Tidak"}
COUNTED = table([{**COUNTS, "Penduduk Laki-laki": 2, "Penduduk Perempuan": 1, "Jumlah KK": 1}])


@dataclass(frozen=True)
class Across:
    """`changes` are cells of the second file; `at` are (file, cell); `also` rules that cannot but come with it."""

    rule: str
    dataset: str
    severity: str
    at: tuple[tuple[str, str], ...]
    changes: dict[str, Any]
    first: list[Table]
    second: Table
    held: int = 0
    also: frozenset[str] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        """How a test is called."""
        return f"{self.rule}-{self.dataset}"


def school(**answers: Any) -> Table:
    """One pupil's row for the second file."""
    return table([{**PUPIL, **PUPIL_AT, "Partisipasi Sekolah": "Masih sekolah", **answers}])


A, B = "a.xlsx", "b.xlsx"
ACROSS = [
    # One number, two people: the birth date within it can fit one of them only.
    Across(
        "DUP01",
        "penduduk",
        ERROR,
        ((A, "B3"), (B, "B3")),
        {"B3": nik(SON)},
        [FIRST],
        SECOND,
        2,
        frozenset({"ID02"}),
    ),
    Across(
        "DUP02",
        "penduduk",
        ERROR,
        ((B, "B3"),),
        {"B3": nik(SON), "C3": "Budi", "E3": f"{SON:%d-%m-%Y}"},
        [FIRST],
        SECOND,
        1,
    ),
    Across(
        "DUP02",
        "kesejahteraan",
        ERROR,
        ((B, "A2"),),
        {"A2": FAMILY["Nomor KK"]},
        [FIRST, SECOND, table([FAMILY])],
        table([{**FAMILY, "Nomor KK": OTHER_KK, **NEXT_RT}]),
        1,
    ),
    Across(
        "DUP02",
        "pendidikan",
        ERROR,
        ((B, "A2"),),
        {"A2": nik(SON)},
        [FIRST, SECOND, school()],
        school(NIK=BADU["NIK"], **NEXT_RT),
        1,
    ),
    Across(
        "DUP02",
        "ketenagakerjaan",
        ERROR,
        ((B, "A2"),),
        {"A2": WORKER["NIK"]},
        [FIRST, SECOND, table([WORKER])],
        table([{**WORKER, "NIK": HASAN["NIK"], **NEXT_RT}]),
        1,
    ),
    Across(
        "EDU06",
        "pendidikan",
        ERROR,
        ((B, "F2"),),
        {"F2": "SMP"},
        [FIRST],
        school(**{"Ijazah Tertinggi": "Tidak punya"}),
        1,
    ),
    Across(
        "EDU08",
        "pendidikan",
        WARNING,
        ((B, "G2"),),
        {"A2": AHMAD["NIK"], "B2": "Ahmad", "C2": "Tidak sekolah lagi", "G2": "SMP"},
        [FIRST],
        school(Jenjang="SD", **{"Ijazah Tertinggi": "Tidak punya"}),
    ),
    Across("EDU02", "pendidikan", WARNING, ((B, "F2"),), {"F2": "SMP"}, [FIRST], school(Jenjang="SD")),
    Across(
        "EDU07",
        "pendidikan",
        WARNING,
        ((B, "A2"),),
        {"A2": nik(date(2022, 6, 1), woman=True)},
        [FIRST],
        school(),
    ),
    Across(
        "EMP03",
        "ketenagakerjaan",
        WARNING,
        ((B, "A2"),),
        {"A2": nik(SON)},
        [FIRST],
        table([WORKER]),
    ),
    Across(
        "KK03",
        "penduduk",
        WARNING,
        ((A, "A3"), (B, "A3")),
        {"A3": AHMAD["Nomor KK"]},
        [FIRST],
        SECOND_BARE,
    ),
    Across("WARGA01", "kesejahteraan", WARNING, ((B, "A2"),), {"A2": OTHER_KK}, [FIRST], table([FAMILY])),
    Across("WARGA01", "pendidikan", WARNING, ((B, "A2"),), {"A2": nik(date(2013, 1, 1))}, [FIRST], school()),
    Across(
        "WARGA01",
        "ketenagakerjaan",
        WARNING,
        ((B, "A2"),),
        {"A2": nik(date(1988, 1, 1))},
        [FIRST],
        table([WORKER]),
    ),
    # A row in the sheet of RT 006 about somebody of RT 005, which sent nothing of the kind.
    Across(
        "WARGA02",
        "kesejahteraan",
        WARNING,
        ((B, "A2"),),
        {"A2": FAMILY["Nomor KK"]},
        [FIRST, SECOND],
        table([{**FAMILY, "Nomor KK": OTHER_KK, **NEXT_RT}]),
    ),
    Across(
        "WARGA02",
        "pendidikan",
        WARNING,
        ((B, "A2"),),
        {"A2": nik(SON)},
        [FIRST, SECOND],
        school(NIK=BADU["NIK"], **NEXT_RT),
    ),
    Across(
        "WARGA02",
        "ketenagakerjaan",
        WARNING,
        ((B, "A2"),),
        {"A2": WORKER["NIK"]},
        [FIRST, SECOND],
        table([{**WORKER, "NIK": HASAN["NIK"], **NEXT_RT}]),
    ),
    Across("REK04", "rekap_penduduk", WARNING, ((B, "C2"),), {"C2": 3}, [FIRST], COUNTED),
    Across(
        "REK04",
        "rekap_kemiskinan",
        WARNING,
        ((B, "C2"),),
        {"C2": 2},
        [FIRST, table([AID_GIVEN])],
        table([{"RW": "002", "RT": "005", "Penerima PKH": 1}]),
    ),
    Across(
        "REK04",
        "rekap_pendidikan",
        WARNING,
        ((B, "C2"),),
        {"C2": 2},
        [FIRST, school(Jenjang="SD")],
        table([{"RW": "002", "RT": "005", "Sekolah SD": 1}]),
    ),
    # The second workbook replaces the first for its RT: two people in the place of three others.
    Across(
        "FILE05",
        "penduduk",
        WARNING,
        ((B, ""),),
        {"H2": "005", "H3": "005"},
        [FIRST],
        SECOND,
        also=frozenset({"KIRIM01"}),
    ),
    Across(
        "KIRIM01",
        "penduduk",
        WARNING,
        ((B, ""),),
        {"H2": "005", "H3": "005"},
        [FIRST],
        SECOND,
        also=frozenset({"FILE05"}),
    ),
]
