"""The ways in which a filled template comes back broken, and what must be said of each, in which cell.

Expectations were written by what a ketua RT needs to be told, before the program was asked. Ways that touch other rows
share a workbook: what is marked in it must be what all of them together deserve.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.template.village import AHMAD, AISYAH, FAJAR, FIRST_KK, SITI

SHEETS = {"P": "Penduduk", "W": "Kesejahteraan Keluarga", "S": "Pendidikan", "K": "Ketenagakerjaan"}
HEADING_ROW = 5
FAMILY = "P!G6 P!G7 P!G10"  # the head, his wife and the baby, by whose relations the family is judged
FREE_ROW = 13  # the first free row of the sheet Penduduk
Finding = tuple[str, str, str, str]  # sheet, cell, rule, severity
Edit = Callable[[Workbook], None]
Cells = dict[str, Any]


@dataclass(frozen=True)
class Way:
    """One broken workbook: what was done to it, and the findings that must come back, no fewer and no more."""

    name: str
    edit: Edit
    findings: frozenset[Finding]
    verdict: str
    file: str = "RT 005 RW 002 - 2025-Q4.xlsx"
    mended: Edit | None = None  # what the ketua RT then does in the returned workbook
    touched: frozenset[tuple[str, str]] = frozenset()  # sheets and rows of what was typed, is found or must be whole

    def __str__(self) -> str:
        return self.name

    def stands_alone(self) -> bool:
        """Whether it concerns rows of one sheet, and neither titles nor headings."""
        return len({sheet for sheet, _ in self.touched}) == 1 and all(int(row) > HEADING_ROW for _, row in self.touched)


def red(cell: str, rule: str) -> Finding:
    """An error at `P!B9`."""
    return _at(cell, rule, "error")


def yellow(cell: str, rule: str) -> Finding:
    """A warning at `P!B9`."""
    return _at(cell, rule, "warning")


def _at(cell: str, rule: str, severity: str) -> Finding:
    sheet, _, address = cell.partition("!")
    return SHEETS.get(sheet, sheet), address, rule, severity


def put(book: Workbook, cells: Cells) -> None:
    """Type values into cells named `P!B9`."""
    for address, value in cells.items():
        sheet, _, cell = address.partition("!")
        book[SHEETS[sheet]][cell].value = value


def typed(name: str, cells: Cells, *findings: Finding, file: str = Way.file, needs: str = "") -> Way:
    """Something typed into cells; it is mended by typing what stood there before. `needs`: cells in rows to keep."""
    before: Cells = {}

    def edit(book: Workbook) -> None:
        for address in cells:
            sheet, _, cell = address.partition("!")
            before[address] = book[SHEETS[sheet]][cell].value
        put(book, cells)

    places = [_at(address, "", "")[:2] for address in [*cells, *needs.split()]] + [finding[:2] for finding in findings]
    touched = frozenset((sheet, cell.lstrip(ascii_uppercase)) for sheet, cell in places)
    return Way(name, edit, frozenset(findings), _verdict(findings), file, lambda book: put(book, before), touched)


def together(*ways: Way) -> Way:
    """Several ways in one workbook."""

    def edit(book: Workbook) -> None:
        for way in ways:
            way.edit(book)

    def mended(book: Workbook) -> None:
        for way in ways:
            if way.mended:
                way.mended(book)

    findings = frozenset().union(*(way.findings for way in ways))
    touched = frozenset().union(*(way.touched for way in ways))
    name = f"{ways[0].name} dan {len(ways) - 1} lagi"
    return Way(name, edit, findings, _verdict(findings), ways[0].file, mended, touched)


def packed(ways: Iterable[Way]) -> list[Way]:
    """The ways in few workbooks: those that stand alone are joined with the first that touch none of their rows."""
    books: list[list[Way]] = []
    for way in ways:
        fitting = [book for book in books if all(_apart(way, other) for other in book)]
        if fitting:
            fitting[0].append(way)
        else:
            books.append([way])
    return [together(*book) if len(book) > 1 else book[0] for book in books]


def _apart(one: Way, other: Way) -> bool:
    return one.stands_alone() and other.stands_alone() and one.touched.isdisjoint(other.touched)


def done(name: str, edit: Edit, *findings: Finding, file: str = Way.file, verdict: str = "") -> Way:
    """Something done to the whole workbook or one of its sheets."""
    return Way(name, edit, frozenset(findings), verdict or _verdict(findings), file)


def _verdict(findings: Iterable[Finding]) -> str:
    return "held" if any(severity == "error" for *_, severity in findings) else "accepted"


def people(change: Callable[[Worksheet], None]) -> Edit:
    """A change of the sheet Penduduk."""
    return lambda book: change(book["Penduduk"])


def copied(sheet: Worksheet, row: int, to: int, **instead: Any) -> None:
    """Copy a row and paste it elsewhere; `instead` names cells by their letters."""
    for cell in sheet[row]:
        target = sheet.cell(to, cell.column, instead.get(cell.column_letter, cell.value))
        target.number_format, target.protection = cell.number_format, copy(cell.protection)


def _rows_above(sheet: Worksheet) -> None:
    sheet.insert_rows(1, 3)
    sheet["A2"].value = "PEMERINTAH KABUPATEN HULU SUNGAI SELATAN"
    sheet["B12"].value = AISYAH[:15]


def _column_inserted(sheet: Worksheet) -> None:
    sheet.insert_cols(3)
    sheet["C5"].value = "Nomor Rumah"
    for row in range(6, 13):
        sheet.cell(row, 3, row)


def _column_before_the_titles(sheet: Worksheet) -> None:
    sheet.insert_cols(1)
    sheet["A5"].value = "No."
    for row in range(6, 13):
        sheet.cell(row, 1, row - 5)


def _columns_swapped(sheet: Worksheet) -> None:
    for row in range(5, 13):
        first, second = sheet.cell(row, 4), sheet.cell(row, 9)
        first.value, second.value = second.value, first.value


def _merged(sheet: Worksheet) -> None:
    sheet.merge_cells("A6:A10")
    sheet.merge_cells("A11:A12")


def _blank_rows(sheet: Worksheet) -> None:
    sheet.insert_rows(8, 2)
    sheet.insert_rows(12)


def _signature(sheet: Worksheet) -> None:
    lines = ("Kandangan, 31 Desember 2025", "Mengetahui,", "Ketua RT 005", None, "AHMAD RIFANI")
    for row, text in enumerate(lines, 15):
        sheet.cell(row, 7, text)


def _filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A5:Q12"
    for row in (8, 9):
        sheet.row_dimensions[row].hidden = True
    sheet["B9"].value = AISYAH[:15]


def _neighbours(sheet: Worksheet) -> None:
    sheet.cell(FREE_ROW, 1, "RT : 006   RW : 002")
    copied(sheet, 10, FREE_ROW + 1, A="6306050303200003", C="Tetangga", G="Kepala Keluarga", F=dt.date(1980, 1, 2))


def _extra_sheets(book: Workbook) -> None:
    for row in (["Iuran warga"], ["Nama", "Januari", "Februari"], ["Ahmad", 10_000, 10_000]):
        if "Iuran" not in book.sheetnames:
            book.create_sheet("Iuran", 0)
        book["Iuran"].append(row)
    book.create_sheet("Sheet1")


def _all_titles(text: str | None) -> Edit:
    return lambda book: put(book, {f"{sheet}!A2": text for sheet in SHEETS})


def _hidden(book: Workbook) -> None:
    book[SHEETS["W"]].sheet_state = "hidden"


def _renamed(book: Workbook) -> None:
    for number, sheet in enumerate(list(book.worksheets), 1):
        sheet.title = f"Sheet{number}"


def _removed(book: Workbook) -> None:
    for name in ("Petunjuk", "Daftar Kode", "Ketenagakerjaan"):
        del book[name]


def _no_validation(book: Workbook) -> None:
    """Pasted from elsewhere: formats and dropdowns gone, codes as bare numbers, capitals, dates as texts."""
    sheet = book["Penduduk"]
    sheet.data_validations.dataValidation.clear()
    put(book, {"P!D6": 1, "P!D7": "PEREMPUAN", "P!D8": "L", "P!G7": "3", "P!I6": "ISLAM", "P!P6": "ya"})
    put(book, {"P!F6": "17 Agustus 1990", "P!F7": "05/03/1992", "P!F8": "2016-05-10", "P!F9": "1-6-2022"})


NUMBER_OF_NIK = [
    typed("NIK sebagai angka", {"P!B9": int(AISYAH)}, red("P!B9", "ID05")),
    typed("NIK 15 angka", {"P!B9": AISYAH[:15]}, red("P!B9", "ID01")),
    typed("NIK 17 angka", {"P!B9": AISYAH + "1"}, red("P!B9", "ID01")),
    typed("NIK berhuruf O", {"P!B9": AISYAH.replace("0", "O")}, red("P!B9", "ID01")),
    typed("NIK terpotong Excel", {"P!B9": AISYAH[:12] + "0000"}, red("P!B9", "ID01")),
    typed("NIK galat Excel", {"P!B9": "#REF!"}, red("P!B9", "ID01")),
    typed("NIK berspasi", {"P!B9": "6306 0541 0622 0004"}, yellow("P!B9", "ID06")),
    typed("NIK berapostrof", {"P!B9": f"'{AISYAH}"}),
    typed("NIK kosong atau strip", {"P!B9": None, "P!B10": "-"}),
    typed("NIK dipakai dua orang", {"P!B10": AISYAH}, red("P!B9", "DUP01"), red("P!B10", "DUP01"),
          yellow("P!B10", "ID02")),
    typed("NIK tidak cocok jenis kelamin", {"P!D9": "Laki-laki"}, yellow("P!B9", "ID02")),
    typed("NIK tidak cocok tanggal lahir", {"P!F9": dt.date(2022, 7, 1)}, yellow("P!B9", "ID02")),
    typed("NIK provinsi aneh", {"P!B9": f"99{AISYAH[2:]}"}, yellow("P!B9", "ID03")),
    typed("NIK di sheet Ketenagakerjaan sebagai angka", {"K!A7": int(SITI)}, red("K!A7", "ID05")),
    typed("KK 13 angka", {"P!A9": FIRST_KK[:13]}, red("P!A9", "ID04")),
    typed("KK sebagai angka", {"P!A9": int(FIRST_KK)}, red("P!A9", "ID05")),
    typed("KK kosong", {"P!A9": None}, red("P!A9", "WAJIB01")),
    typed("KK berisi NIK", {"P!A9": SITI}, red("P!A9", "ID04")),
    typed("KK dan NIK tertukar", {"P!A9": AISYAH, "P!B9": FIRST_KK}, red("P!A9", "ID04"), red("P!B9", "ID01"),
          yellow("P!B9", "ID02")),
]  # fmt: skip
PEOPLE_WAYS = [
    typed("tanpa kepala keluarga", {"P!G6": "Famili Lain"}, yellow("P!G6", "KK01"), needs=FAMILY),
    typed("dua kepala keluarga", {"P!G7": "Kepala Keluarga"}, yellow("P!G7", "KK01"), needs=FAMILY),
    typed("anak lebih tua dari kepala keluarga", {"P!F10": dt.date(1985, 1, 1)}, yellow("P!F10", "KK02"),
          needs=FAMILY),
    typed("tanggal 31/02", {"P!F9": "31/02/2022"}, red("P!F9", "TGL01")),
    typed("tanggal sesudah triwulan", {"P!F10": dt.date(2026, 1, 15)}, red("P!F10", "LIFE03")),
    typed("tahun saja di sel tanggal", {"P!F10": 2025}, yellow("P!F10", "LIFE06"), yellow("P!F10", "KK02"),
          needs=FAMILY),
    typed("tahun saja sebagai teks", {"P!F10": "2025"}, red("P!F10", "TGL01")),
    typed("tahun dua angka", {"P!F10": "30-11-25"}, red("P!F10", "TGL01")),
    typed("tanggal urutan Amerika", {"P!F10": "11/30/2025"}, red("P!F10", "TGL01")),
    typed("tanggal terbalik tetapi terbaca", {"P!F9": "06/01/2022"}, yellow("P!B9", "ID02")),
    typed("tanggal kosong", {"P!F10": None}, red("P!F10", "WAJIB01")),
    typed("umur 120 tahun", {"P!F11": dt.date(1905, 11, 20), "P!B11": "0"}, yellow("P!F11", "LIFE06"),
          yellow("S!A9", "WARGA01"), yellow("K!A8", "WARGA01")),
    typed("nama kosong", {"P!C9": None}, red("P!C9", "WAJIB01")),
    typed("nama galat Excel", {"P!C9": "#REF!"}, red("P!C9", "TEKS01")),
    typed("orang yang sama dengan NIK lain", {"P!C10": "Noor Aisyah", "P!F10": dt.date(2022, 6, 1),
          "P!B10": "6306050106220009"}, yellow("P!B9", "DUP03"), yellow("P!B10", "DUP03")),
    typed("kode tak dikenal di Penduduk",
          {f"P!{letter}9": "zzz" for letter in "DGHIKLMNOPQ"}, *(red(f"P!{c}9", "KODE01") for c in "DGHIKLMNOPQ")),
    typed("kode angka di luar daftar", {"P!D9": 3, "P!G9": 12}, red("P!D9", "KODE01"), red("P!G9", "KODE01")),
    typed("rumus tanpa hasil", {"P!F10": "=DATE(2025,11,30)"}, red("P!F10", "TGL01")),
]  # fmt: skip
OTHER_WAYS = [
    typed("kode tak dikenal di Kesejahteraan",
          {f"W!{letter}7": "zzz" for letter in "FHIJKLMNOPQRST"},
          *(red(f"W!{c}7", "KODE01") for c in "FHIJKLMNOPQRST")),
    typed("jumlah anggota 0", {"W!C7": 0}, red("W!C7", "RENTANG01")),
    typed("jumlah anggota minus", {"W!C7": -2}, red("W!C7", "RENTANG01")),
    typed("jumlah anggota pecahan", {"W!C7": 2.5}, red("W!C7", "ANGKA01")),
    typed("jumlah anggota 25", {"W!C6": 25}, yellow("W!C6", "HH01")),
    typed("uang ditulis 1.500.000,-", {"W!D7": "1.500.000,-"}),
    typed("uang ditulis Rp 1.500.000", {"W!D7": "Rp 1.500.000"}),
    typed("uang dengan kata", {"W!D7": "1,5 juta"}, red("W!D7", "ANGKA01")),
    typed("uang dalam ribuan", {"W!D7": 1500}, yellow("W!D7", "HH01")),
    typed("uang kosong", {"W!D7": None}, red("W!D7", "WAJIB01")),
    typed("desil 11", {"W!E7": 11}, red("W!E7", "RENTANG01")),
    typed("luas lantai 2", {"W!G7": 2}, yellow("W!G7", "HH01")),
    typed("PBI-JK melebihi anggota", {"W!U7": 3}, yellow("W!U7", "HH02")),
    typed("keluarga dua kali dengan isi berbeda", {"W!A7": FIRST_KK}, red("W!A6", "DUP01"), red("W!A7", "DUP01")),
    typed("keluarga yang tidak ada di Penduduk", {"W!A7": "6306050909090009"}, yellow("W!A7", "WARGA01")),
    typed("kode tak dikenal di Pendidikan", {f"S!{letter}8": "zzz" for letter in "CDGI"} | {"S!F8": "zzz"},
          *(red(f"S!{c}8", "KODE01") for c in "CDFGI")),
    typed("murid terlalu muda", {"S!D8": "SMA"}, yellow("S!D8", "EDU02")),
    typed("murid terlalu tua untuk SD", {"S!C7": "Masih sekolah", "S!D7": "SD", "S!F7": "Tidak punya"},
          yellow("S!D7", "EDU02")),
    typed("ijazah terlalu tinggi untuk umurnya", {"S!F8": "SMA"}, red("S!F8", "EDU06")),
    typed("ijazah di atas jenjang", {"S!D7": "SD", "S!F7": "D4/S1"}, yellow("S!F7", "EDU08")),
    typed("kelas 9", {"S!E8": 9}, red("S!E8", "RENTANG01")),
    typed("murid yang tidak ada di Penduduk", {"S!A10": "6306051402100099"}, yellow("S!A10", "WARGA01")),
    typed("balita didata sekolahnya", {"S!A11": AISYAH, "S!B11": "Noor Aisyah", "S!C11": "Belum pernah sekolah"},
          yellow("S!A11", "EDU07"), needs="P!A9"),
    typed("kode tak dikenal di Ketenagakerjaan", {f"K!{letter}7": "zzz" for letter in "CDEFGHJKL"},
          *(red(f"K!{c}7", "KODE01") for c in "CDEFGHJKL")),
    typed("anak 9 tahun bekerja", {"K!A10": FAJAR, "K!B10": "Muhammad Fajar", "K!C10": "Ya"}, yellow("K!A10", "EMP03")),
    typed("jam kerja 200", {"K!I6": 200}, red("K!I6", "RENTANG01")),
    typed("kepala keluarga salah NIK, baris lain menunggu", {"P!B6": AHMAD[:15]}, red("P!B6", "ID01"),
          yellow("S!A6", "WARGA01"), yellow("K!A6", "WARGA01")),
    typed("RT lain yang tidak terdaftar", {"P!A2": "RT : 099   RW : 002"}, red("P!A2", "GEO04"),
          yellow("P!A2", "FILE06")),
    typed("nomor RT lain di satu sheet", {"P!A2": "RT : 004   RW : 002"}, yellow("P!A2", "FILE06")),
    typed("nomor RT lain di semua sheet", {f"{sheet}!A2": "RT : 004   RW : 002" for sheet in "PWSK"},
          *(yellow(f"{sheet}!A2", "FILE06") for sheet in "PWSK")),
    typed("tanpa RW, nama berkas menyebutnya", {"P!A2": "RT : 005"}),
    typed("tanpa RW di mana pun", {"P!A2": "RT : 005"}, red("P!A2", "GEO04"), file="laporan.xlsx"),
    typed("judul wajib diganti", {"P!D5": "Orangnya"}, red("P!A5", "FILE02")),
    typed("judul wajib dihapus", {"S!C5": None}, red("S!A5", "FILE02")),
    typed("judul tidak wajib diganti", {"P!I5": "Keyakinan Warga"}),
    typed("judul tidak wajib dihapus", {"P!I5": None}),
    typed("judul ditulis dua kali", {"P!E5": "NIK"}, red("P!E5", "FILE02")),
    typed("baris jumlah di bawah", {f"P!A{FREE_ROW}": "JUMLAH", f"P!C{FREE_ROW}": 7}),
]  # fmt: skip
SHEET_WAYS = [
    done("baris di atas judul", people(_rows_above), red("P!B12", "ID01")),
    done("kolom disisipkan", people(_column_inserted)),
    done("kolom nomor di depan", people(_column_before_the_titles)),
    done("kolom ditukar tempatnya", people(_columns_swapped)),
    done("sel KK digabung", people(_merged)),
    done("baris kosong di antaranya", people(_blank_rows)),
    done("tanda tangan di bawah", people(_signature)),
    done("disaring dan disembunyikan", people(_filtered), red("P!B9", "ID01")),
    done("baris tersalin dua kali", people(lambda s: copied(s, 9, FREE_ROW)), red(f"P!B{FREE_ROW}", "DUP05")),
    done("baris tanpa NIK tersalin", people(lambda s: copied(s, 10, FREE_ROW)), red(f"P!B{FREE_ROW}", "DUP05")),
    done("RT lain ditempel di bawah", people(_neighbours)),
    done("sheet diganti nama", _renamed),
    done("sheet disembunyikan", _hidden, yellow("W!", "FILE01")),
    done("sheet dihapus", _removed),
    done("sheet tambahan", _extra_sheets),
    done("nomor RT dihapus semua, nama berkas menyebutnya", _all_titles(None)),
    done("nomor RT dihapus semua", _all_titles(None), *(red(f"{sheet}!A5", "FILE02") for sheet in "PWSK"),
         file="laporan.xlsx", verdict="rejected"),
    done("ditempel tanpa bentuk", _no_validation),
]  # fmt: skip
WAYS = [*NUMBER_OF_NIK, *PEOPLE_WAYS, *OTHER_WAYS, *SHEET_WAYS]
BOOKS = packed(WAYS)
