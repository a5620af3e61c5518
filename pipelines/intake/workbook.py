"""Reads one file into sheets of marked text. Runs in a child process, so it imports nothing heavy.

Whatever the file is, the answer is a `Book` or an `Unreadable` with one sentence for the officer.
"""

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from pipelines.errors import Unreadable
from pipelines.intake.cells import column_index
from pipelines.intake.refusals import DAMAGED, LOCKED, NO_WORKBOOK
from pipelines.intake.texts import TOO_BIG, SheetText

OOXML, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST_ROW = 1_048_576  # of an Excel sheet
LAST_COLUMN = 16_384
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
MOST_SHEETS = 200
LINKED = (
    "Workbook ini mengambil isi dari berkas lain; yang dibaca ialah nilai yang tersimpan. Periksa nilainya, lalu "
    "tempel sebagai nilai."
)
AS_A_PAGE = (
    "Berkas ini halaman web yang diberi nama Excel; tabelnya tetap dibaca. Jangan menyimpannya ulang dari Excel tanpa "
    "menjadikan kolom NIK dan Nomor KK teks: angka terakhirnya hilang."
)


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
        from pipelines.intake.biff import find_xls_faults

        book = Book(_read_calamine(content, find_xls_faults(content)))
        claimed = (".xls",)
    elif suffix == ".csv":
        from pipelines.intake.csvfile import read_csv

        sheet, notes = read_csv(name, content)
        return Book([sheet], notes)
    else:
        from pipelines.intake.lookalikes import WEB_PAGE, sentence_for
        from pipelines.intake.webpage import read_web_page

        sentence = sentence_for(content)
        page = read_web_page(content) if sentence == WEB_PAGE else None
        if page is None:
            raise Unreadable(sentence)
        return Book([page], [AS_A_PAGE])
    if suffix not in claimed:
        book.notes.append(
            f"Akhiran {suffix} tidak sesuai dengan isi berkas. Isinya tetap dibaca; simpan ulang sebagai .xlsx."
        )
    return book


def _read_package(content: bytes) -> Book:
    from pipelines.intake.archive import Archive

    notes = []
    try:
        archive = Archive(content)
        if "xl/workbook.xml" in archive:
            from pipelines.intake.formulas import find_faults

            faults, linked = find_faults(archive)
            notes = [LINKED] if linked else []
        elif "content.xml" in archive:
            from pipelines.intake.odsfaults import find_ods_faults

            faults = find_ods_faults(archive)
        elif "[content_types].xml" in archive:
            raise Unreadable(NO_WORKBOOK)
        else:
            raise Unreadable("Berkas arsip (zip), bukan workbook. Keluarkan isinya, lalu kirim workbook-nya.")
        sheets = _read_calamine(content, faults)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        ParseError,
    ) as error:
        raise Unreadable(DAMAGED) from error
    return Book(sheets, notes)


def _room_for(rows: list[list[Any]], faults: dict[str, str]) -> tuple[list[list[Any]], int]:
    """The rows, widened and lengthened to hold the faulty cells beyond what the reader gives, and the last of these."""
    numbers = [int(address.lstrip(LETTERS)) for address in faults]
    last = min(max(numbers, default=0), LAST_ROW)
    width = max((column_index(address.rstrip("0123456789")) + 1 for address in faults), default=0)
    if rows and width > len(rows[0]):
        rows = [row + [""] * (width - len(row)) for row in rows]
    if last > len(rows):
        blank = [""] * (len(rows[0]) if rows else width)
        rows = rows + [blank] * (last - len(rows))
    return rows, last


def _read_calamine(content: bytes, faults: dict[str, dict[str, str]]) -> list[SheetText]:
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
            faulty = {} if hidden else faults.get(table.name, {})
            if sheet.height > LAST_ROW or sheet.width > LAST_COLUMN:
                raise Unreadable(TOO_BIG)
            rows, last = _room_for(sheet.to_python(skip_empty_area=False), faulty)
            sheets.append(SheetText(table.name, hidden, merged, faulty).fill(zip(*rows, strict=True), last))
    except PasswordError as error:
        raise Unreadable(LOCKED) from error
    except CalamineError as error:
        if content.startswith(OOXML) and "cell error value" in str(error):
            from pipelines.intake.fallback import read_openpyxl

            return read_openpyxl(content, faults, [table.name for table in tables])
        raise Unreadable(DAMAGED) from error
    except (OSError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    return sheets
