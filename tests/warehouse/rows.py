"""Small population sheets for tests of the warehouse."""

from pathlib import Path

import openpyxl

HEADINGS = ("NIK", "Nomor KK", "Nama Lengkap", "Jenis Kelamin", "Tanggal Lahir", "Hubungan dalam Keluarga", "RW", "RT")
Row = tuple[str, ...]


def person(serial: int, name: str, *, kk: int = 1, rt: str = "001", rw: str = "002", head: bool = True) -> Row:
    """A man born on 17-08-1990 with a valid NIK."""
    relation = "Kepala Keluarga" if head else "Anak"
    return (f"630605170890{serial:04d}", f"630605010120{kk:04d}", name, "L", "17-08-1990", relation, rw, rt)


def changed(row: Row, place: int, value: str) -> Row:
    """The row with one cell written over."""
    return (*row[:place], value, *row[place + 1 :])


def write_people(path: Path, *rows: Row) -> Path:
    """A real workbook with one population sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path
