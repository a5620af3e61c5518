"""Small real workbooks: rows of valid data, and the bytes of an .xlsx that holds them."""

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from openpyxl import Workbook

Row = list[Any]
Table = list[Row]

PERSON = {
    "Nomor KK": "6306051501100001",
    "NIK": "6306051205900001",
    "Nama Lengkap": "Ahmad",
    "Jenis Kelamin": "Laki-laki",
    "Tanggal Lahir": "12-05-1990",
    "Hubungan dalam Keluarga": "Kepala Keluarga",
    "RW": "002",
    "RT": "005",
}
FAMILY = {
    "Nomor KK": "6306051501100001",
    "Nama Kepala Keluarga": "Ahmad",
    "Jumlah Anggota Keluarga": 4,
    "Pengeluaran Bulanan": 4_000_000,
    "RW": "002",
    "RT": "005",
}
PUPIL = {
    "NIK": "6306051205900001",
    "Nama Lengkap": "Ahmad",
    "Partisipasi Sekolah": "Masih sekolah",
    "RW": "002",
    "RT": "005",
}
WORKER = {"NIK": "6306051205900001", "Nama Lengkap": "Ahmad", "Bekerja": "Ya", "RW": "002", "RT": "005"}
COUNTS = {"RW": "002", "RT": "005", "Penduduk Laki-laki": 60, "Penduduk Perempuan": 50, "Jumlah KK": 30}
AID = {"RW": "002", "RT": "005", "Penerima PKH": 7}
PUPILS = {"RW": "002", "RT": "005", "Sekolah SD": 12}


def nik(born: date, *, woman: bool = False, serial: int = 1) -> str:
    """The NIK of somebody born on that day."""
    return f"630605{born.day + 40 * woman:02}{born:%m%y}{serial:04}"


def person(name: str, born: date, *, woman: bool = False, serial: int = 1, **more: Any) -> dict[str, Any]:
    """A valid resident other than the head; `more` names columns by their label, `_` for a blank."""
    return {
        **PERSON,
        "NIK": nik(born, woman=woman, serial=serial),
        "Nama Lengkap": name,
        "Jenis Kelamin": "Perempuan" if woman else "Laki-laki",
        "Tanggal Lahir": f"{born:%d-%m-%Y}",
        "Hubungan dalam Keluarga": "Famili Lain",
        **{label.replace("_", " "): value for label, value in more.items()},
    }


def table(rows: Iterable[dict[str, Any]]) -> Table:
    """Headings and rows; every column that any of the rows has."""
    rows = list(rows)
    labels = list(dict.fromkeys(label for row in rows for label in row))
    return [labels, *([row.get(label) for label in labels] for row in rows)]


def workbook(sheets: dict[str, Table]) -> Workbook:
    """The tables as sheets of one workbook, text kept as text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook's file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(*tables: Table) -> bytes:
    """An .xlsx with one sheet a table."""
    return saved(workbook({f"Sheet{number}": rows for number, rows in enumerate(tables, 1)}))
