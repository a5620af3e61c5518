"""A tiny kelurahan whose figures can be worked by hand: RT 001 sends its registers, 002 a count sheet, 003 nothing."""

from pathlib import Path

import openpyxl

from tests.conftest import CONFIG

KELURAHAN, RW = "63.06.05.1002", "63.06.05.1002-002"
RT1, RT2, RT3 = f"{RW}-001", f"{RW}-002", f"{RW}-003"
PEOPLE_HEAD = (
    "NIK",
    "Nomor KK",
    "Nama Lengkap",
    "L/P",
    "Tanggal Lahir",
    "Hubungan dalam Keluarga",
    "KTP-el",
    "RW",
    "RT",
)
PEOPLE = (  # ages on 30-09-2025: 45, 40, 10, 12, 75, and one whose birth date is none
    ("6306051503800001", "6306050101200001", "Ahmad Rifai", "L", "15-03-1980", "Kepala Keluarga", "Ya", "002", "001"),
    ("6306055503850001", "6306050101200001", "Siti Aminah", "P", "15-03-1985", "Istri", "Tidak", "002", "001"),
    ("6306051503150001", "6306050101200001", "Hasan Basri", "L", "15-03-2015", "Anak", "", "002", "001"),
    ("6306054503130001", "6306050101200001", "Norhayati", "P", "05-03-2013", "Anak", "", "002", "001"),
    ("6306051503500001", "6306050101200002", "Yusuf Mansur", "L", "15-03-1950", "Kepala Keluarga", "Ya", "002", "001"),
    ("6306053103900001", "6306050101200002", "Rusdiansyah", "L", "31-02-1990", "Anak", "Ya", "002", "001"),
)
SCHOOL_HEAD = ("NIK", "Nama Lengkap", "Partisipasi Sekolah", "Jenjang", "Kelas", "Ijazah", "Baca Tulis", "RW", "RT")
SCHOOL = (  # Norhayati has no row; of Yusuf nobody asked whether he reads; Darmansyah is no resident
    ("6306051503150001", "Hasan Basri", "Masih sekolah", "SD", "4", "Tidak punya", "Ya", "002", "001"),
    ("6306051503800001", "Ahmad Rifai", "Tidak sekolah lagi", "SMA", "8", "SMA", "Ya", "002", "001"),
    ("6306055503850001", "Siti Aminah", "Tidak sekolah lagi", "SD", "3", "Tidak punya", "Tidak", "002", "001"),
    ("6306051503500001", "Yusuf Mansur", "Tidak sekolah lagi", "SD", "2", "Tidak punya", "", "002", "001"),
    ("6306051503600001", "Darmansyah", "Tidak sekolah lagi", "SD", "2", "Tidak punya", "Ya", "002", "001"),
)
RECAP = (("RW", "RT", "Penduduk Laki-laki", "Penduduk Perempuan", "Jumlah KK"), ("002", "002", 10, 12, 6))


def write_tiny(home: Path, period: str = "2025-Q3") -> Path:
    """The settings, the register of three RTs, and two workbooks; the population sheet has two rows of titles."""
    inbox = home / "data" / "raw" / period
    inbox.mkdir(parents=True)
    (home / "data" / "cantik.toml").write_text(CONFIG, encoding="utf-8")
    rts = "".join(f"{rt},rt,RT {rt[-3:]} RW 002,{RW}\n" for rt in (RT1, RT2, RT3))
    (home / "data" / "areas.csv").write_text(
        f"code,level,name,parent\n{KELURAHAN},kelurahan,Kandangan Utara,63.06.05\n{rts}", encoding="utf-8"
    )
    write_book(inbox / "RT 001.xlsx", {
        "Warga": [("DATA WARGA",), (), PEOPLE_HEAD, *PEOPLE], "Sekolah": [SCHOOL_HEAD, *SCHOOL],
    })  # fmt: skip
    write_book(inbox / "rekap" / "RT 002.xlsx", {"Rekap": list(RECAP)})
    return home


def write_book(path: Path, sheets: dict[str, list[tuple[object, ...]]]) -> None:
    """A real workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
