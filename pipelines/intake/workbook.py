"""Reads one file into sheets of marked text. Runs in a child process, so it imports nothing heavy.

Whatever the file is, the answer is a `Book` or an `Unreadable` with one sentence for the officer.
"""

import io
import zipfile
from dataclasses import dataclass, field

from pipelines.errors import Unreadable
from pipelines.intake.cells import CELL_END, LONGEST, ROW_END, as_text

OOXML, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
MOST_UNPACKED = 512 * 2**20  # bytes of all parts of a workbook once unpacked
MOST_PARTS, MOST_SHEETS = 3_000, 200

DAMAGED = "Berkas rusak atau terpotong sehingga tidak terbaca. Salin ulang dari komputer asalnya."
LOCKED = "Berkas memakai kata sandi. Buka di Excel, hapus kata sandinya, lalu simpan ulang sebagai .xlsx."
TOO_BIG = "Isi berkas jauh lebih besar daripada data satu kelurahan. Salin barisnya ke workbook baru, lalu simpan."


@dataclass
class SheetText:
    """One sheet as text: rows joined by ROW_END, cells by CELL_END, from cell A1."""

    name: str
    text: str = ""
    hidden: bool = False
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    faults: dict[str, str] = field(
        default_factory=dict
    )  # address -> what Excel shows there (#REF!, or "" uncalculated)
    uneven: dict[int, int] = field(default_factory=dict)  # csv row number -> its cells, where not those of the others

    def rows(self) -> list[list[str]]:
        """The rows as lists of cells, top row first."""
        return [line.split(CELL_END) for line in self.text.split(ROW_END)] if self.text else []


@dataclass
class Book:
    """A file that was read: its sheets, and what the officer should know of it."""

    sheets: list[SheetText]
    notes: list[str] = field(default_factory=list)


def read_book(name: str, content: bytes) -> Book:
    """Read a spreadsheet by its content; `name` only says what it claims to be.

    Raises Unreadable with the officer's sentence for anything that is no spreadsheet.
    """
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix not in SPREADSHEETS:
        raise Unreadable(f"Berkas {suffix or 'tanpa akhiran'} tidak dapat dibaca. Simpan sebagai .xlsx.")
    if not content:
        raise Unreadable("Berkas kosong (0 byte). Kirim ulang berkasnya.")
    if not content.strip(b"\0"):
        raise Unreadable(
            "Berkas hanya berisi nol, biasanya akibat listrik padam saat menyimpan. Kirim ulang berkasnya."
        )
    claimed: tuple[str, ...]
    if content.startswith(OOXML):
        book = _read_package(content)
        claimed = (".xlsx", ".xlsm", ".ods")
    elif content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable(LOCKED)
        book = Book(_read_calamine(content))
        claimed = (".xls",)
    elif suffix == ".csv":
        from pipelines.intake.csvfile import read_csv

        return Book([read_csv(name, content)])
    else:
        raise Unreadable(_not_a_workbook(content))
    if suffix not in claimed:
        book.notes.append(
            f"Akhiran {suffix} tidak sesuai dengan isi berkas. Isinya tetap dibaca; simpan ulang sebagai .xlsx."
        )
    return book


def _not_a_workbook(content: bytes) -> str:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<table", b"<!doctype", b"<?xml")):
        return "Berkas ini halaman web yang diberi nama Excel. Buka di Excel, pilih Simpan Sebagai, jenis .xlsx."
    return "Isi berkas bukan workbook Excel. Buka dengan program asalnya, lalu simpan sebagai .xlsx."


def _read_package(content: bytes) -> Book:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable(TOO_BIG)
            if not any(part.filename in ("[Content_Types].xml", "content.xml") for part in parts):
                raise Unreadable("Berkas arsip (zip), bukan workbook. Keluarkan isinya, lalu kirim workbook-nya.")
            sheets = _read_calamine(content)
            if any(part.filename == "xl/workbook.xml" for part in parts):
                from pipelines.intake.formulas import mark_faults

                mark_faults(package, sheets)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable(DAMAGED) from error
    return Book(sheets)


def _read_calamine(content: bytes) -> list[SheetText]:
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        if len(tables) > MOST_SHEETS:
            raise Unreadable(TOO_BIG)
        sheets = []
        for table in tables:
            hidden = table.visible != SheetVisibleEnum.Visible
            sheet = workbook.get_sheet_by_name(table.name)
            merged = [] if hidden else list(sheet.merged_cell_ranges or ())
            sheets.append(SheetText(table.name, _joined(sheet), hidden, merged))
    except PasswordError as error:
        raise Unreadable(LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    return sheets


def _joined(sheet: object) -> str:
    """All rows down to the last filled one as one string: cheap to hand from process to process."""
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    lines = []
    filled = 0
    for row in rows:
        line = CELL_END.join([c if c.__class__ is str else as_text(c) for c in row])
        lines.append(line)
        if line.strip(" \t\r\n" + CELL_END):
            filled = len(lines)
    width = max(map(len, rows), default=0)
    text = ROW_END.join(lines[:filled])
    if text.count(CELL_END) != max(0, filled * (width - 1)) or text.count(ROW_END) != max(0, filled - 1):
        cleaned = str.maketrans({CELL_END: " ", ROW_END: " "})
        text = ROW_END.join(CELL_END.join(as_text(c).translate(cleaned) for c in row) for row in rows[:filled])
    if len(text) > LONGEST and max(map(len, text.replace(ROW_END, CELL_END).split(CELL_END))) > LONGEST:
        raise Unreadable(TOO_BIG)
    return text
