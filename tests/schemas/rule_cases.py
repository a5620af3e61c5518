"""One workbook a rule: a faultless table, and the few cells to write over so that exactly this rule is broken."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from intake.workbooks import (
    COUNTS,
    FAMILY,
    HERE,
    NIK,
    PERSON,
    Table,
    nik,
    person,
    table,
)

ERROR, WARNING = "error", "warning"

SON, TODDLER = date(2015, 3, 4), date(2022, 6, 1)
AHMAD = {**PERSON, "Status Perkawinan": "Kawin"}
PEOPLE = table(
    [
        AHMAD,
        person("Budi", SON, Hubungan_dalam_Keluarga="Anak"),
        person("Rusdi", SON, serial=2, Hubungan_dalam_Keluarga="Anak"),
        person("Hasan", date(1950, 3, 4)),
        person("Aisyah", TODDLER, woman=True, Hubungan_dalam_Keluarga="Anak"),
    ]
)
WELFARE = table([{**FAMILY, "Desil": 3, "Luas Lantai": 40, "PBI-JK": 4}])
SCHOOL = table(
    [
        {
            "NIK": nik(SON),
            "Nama Lengkap": "Budi",
            "Partisipasi Sekolah": "Masih sekolah",
            "Jenjang": "SD",
            "Ijazah Tertinggi": "Tidak punya",
            **HERE,
        }
    ]
)
WORK = table([{"NIK": NIK, "Nama Lengkap": "Ahmad", "Bekerja": "Ya", **HERE}])
RECAP = table(
    [
        {
            **COUNTS,
            "Jumlah Penduduk": 110,
            "Umur 0-14 Tahun": 30,
            "Umur 15-64 Tahun": 70,
            "Umur 65 Tahun ke Atas": 10,
            "Lansia": 15,
        },
        {**COUNTS, "RT": "006"},
        {"RW": "JUMLAH", "Penduduk Laki-laki": 120, "Penduduk Perempuan": 100, "Jumlah KK": 60},
    ]
)
# What the register of PEOPLE gives.
TRUE_RECAP = table([{**HERE, "Penduduk Laki-laki": 4, "Penduduk Perempuan": 1, "Jumlah KK": 1}])


@dataclass(frozen=True)
class Case:
    """`changes` are the cells of the last sheet; `at` the cells that the rule marks; `held` the rows set aside."""

    rule: str
    severity: str
    at: tuple[str, ...]
    changes: dict[str, Any]
    sheets: list[Table] = field(default_factory=lambda: [PEOPLE])
    held: int = 0


CASES = [
    Case("WAJIB01", ERROR, ("C3",), {"C3": None}, held=1),
    Case("TEKS01", ERROR, ("C3",), {"C3": "#REF!"}, held=1),
    Case("KODE01", ERROR, ("D3",), {"D3": "X"}, held=1),
    Case("TGL01", ERROR, ("E3",), {"E3": "31/02/2015"}, held=1),
    Case("ANGKA01", ERROR, ("D2",), {"D2": "banyak"}, [WELFARE], held=1),
    Case("RENTANG01", ERROR, ("G2",), {"G2": 11}, [WELFARE], held=1),
    Case("GEO04", ERROR, ("H3",), {"H3": "belakang"}, held=1),
    Case("ID01", ERROR, ("B3",), {"B3": nik(SON, serial=0)}, held=1),
    Case("ID02", WARNING, ("B3",), {"B3": nik(date(2015, 4, 4))}),
    Case("ID03", WARNING, ("B3",), {"B3": "99" + nik(SON)[2:]}),
    Case("ID04", ERROR, ("A3",), {"A3": nik(SON, woman=True)}, held=1),
    Case("ID05", ERROR, ("B3",), {"B3": int(nik(SON))}, held=1),
    Case("ID06", WARNING, ("B3",), {"B3": f"{nik(SON)[:6]} {nik(SON)[6:12]} {nik(SON)[12:]}"}),
    Case("ID07", WARNING, ("B3",), {"B3": "0" + nik(SON)[1:]}),
    Case("DUP01", ERROR, ("B3", "B4"), {"B4": nik(SON)}, held=2),
    Case("DUP03", WARNING, ("B3", "B4"), {"C4": "Budi"}),
    Case("DUP05", ERROR, ("B4",), {"B4": nik(SON), "C4": "Budi"}, held=1),
    Case("KK01", WARNING, ("F2",), {"F2": "Famili Lain"}),
    Case("KK02", WARNING, ("E5",), {"F5": "Anak"}),
    Case("KK04", WARNING, ("F3",), {"F3": "Istri"}),
    Case("KK05", WARNING, ("I6",), {"I6": "Kawin", "I3": "Kawin"}),  # Budi is 10
    Case("LIFE01", ERROR, ("J3",), {"J1": "Ket", "J3": "Meninggal"}, held=1),
    Case("LIFE06", WARNING, ("E5",), {"B5": nik(date(1914, 3, 4)), "E5": "04-03-1914"}),
    Case("LIFE03", ERROR, ("E3",), {"B3": nik(date(2025, 10, 1)), "E3": "01-10-2025"}, held=1),
    Case("HH01", WARNING, ("H2",), {"H2": 2}, [WELFARE]),
    Case("HH02", WARNING, ("I2",), {"I2": 9}, [WELFARE]),
    Case("EDU02", WARNING, ("D2",), {"D2": "SMP"}, [PEOPLE, SCHOOL]),
    Case("EDU06", ERROR, ("E2",), {"E2": "SMP"}, [PEOPLE, SCHOOL], held=1),
    Case(
        "EDU07",
        WARNING,
        ("A2",),
        {
            "A2": nik(TODDLER, woman=True),
            "B2": "Aisyah",
            "C2": "Belum pernah sekolah",
            "D2": None,
            "E2": None,
        },
        [PEOPLE, SCHOOL],
    ),
    Case(
        "EDU08",
        WARNING,
        ("E2",),
        {"A2": NIK, "B2": "Ahmad", "C2": "Tidak sekolah lagi", "E2": "SMP"},
        [PEOPLE, SCHOOL],
    ),
    Case("EMP03", WARNING, ("A2",), {"A2": nik(SON), "B2": "Budi"}, [PEOPLE, WORK]),
    Case("WARGA01", WARNING, ("A2",), {"A2": nik(date(2014, 3, 4)), "B2": "Orang Lain"}, [PEOPLE, SCHOOL]),
    Case("REK01", WARNING, ("F2",), {"F2": 111}, [RECAP]),
    Case("REK02", WARNING, ("H2",), {"H2": 71}, [RECAP]),
    Case("REK03", WARNING, ("C4",), {"C4": 121}, [RECAP]),
    Case("REK04", WARNING, ("C2",), {"C2": 5}, [PEOPLE, TRUE_RECAP]),
    Case("REK05", WARNING, ("J2",), {"J2": 111}, [RECAP]),
]
