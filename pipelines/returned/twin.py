"""A plain .xlsx with the cells of any spreadsheet that was read, for files that cannot be marked themselves."""

import datetime as dt
import io
import re
from typing import Any

import xlsxwriter

from pipelines.inert import INERT_WORKBOOK
from pipelines.intake.cells import BOOLEAN, DATE, FAULT, MARKS, NUMBER, column_index, shown
from pipelines.intake.texts import SheetText
from pipelines.intake.words import is_list
from pipelines.intake.workbook import Book
from pipelines.returned.xmltext import cleaned

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
NUMERAL = re.compile(r"[\s'.0-9-]*[0-9]{2}[\s'.0-9-]*")
IDENTITY = re.compile(r"\s*'?[0-9]{12,20}\s*")
NARROWEST, WIDEST = 9, 42
FIRST_DAY = dt.date(1900, 3, 1)  # Excel counts a 29 February 1900, so earlier days are written as text
MADE = dt.datetime(1980, 1, 1)


def twin_of(book: Book) -> tuple[bytes, dict[str, str]]:
    """The bytes of the twin, and the name of each sheet in it: Excel takes fewer names than others do."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, INERT_WORKBOOK)
    workbook.set_properties({"created": MADE})
    formats = {
        "": None,
        "text": workbook.add_format({"num_format": "@"}),
        "date": workbook.add_format({"num_format": "dd-mm-yyyy"}),
        "clock": workbook.add_format({"num_format": "dd-mm-yyyy hh:mm:ss"}),
    }
    names: dict[str, str] = {}
    kept = [sheet for sheet in book.sheets if not is_list(sheet.name)]
    for sheet in kept:
        names[sheet.name] = _excel_name(sheet.name, set(names.values()))
        written = workbook.add_worksheet(names[sheet.name])
        _write(written, sheet, formats)
        if sheet.hidden:
            written.hide()
    visible = [w for w, s in zip(workbook.worksheets(), kept, strict=True) if not s.hidden]
    if not visible:
        visible = [workbook.add_worksheet("Kosong")]
    visible[0].activate()
    visible[0].set_first_sheet()
    workbook.close()
    return out.getvalue(), names


def _excel_name(name: str, taken: set[str]) -> str:
    base = FORBIDDEN.sub("_", cleaned(name).replace("\n", " ")).strip("' ")[:LONGEST_NAME].strip("' ") or "Data"
    base = f"{base}_" if base.lower() == "history" else base
    used, made, number = {other.lower() for other in taken}, base, 2
    while made.lower() in used:
        made = f"{base[: LONGEST_NAME - len(str(number)) - 1]}~{number}"
        number += 1
    return made


def _write(sheet: Any, text: SheetText, formats: dict[str, Any]) -> None:
    widths: dict[int, int] = {}
    identities: set[int] = set()
    rows = text.rows()
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if not cell:
                continue
            _write_cell(sheet, row, column, cell, formats)
            widths[column] = max(widths.get(column, 0), len(shown(cell)))
            if IDENTITY.fullmatch(cell):
                identities.add(column)
    for address, fault in text.faults.items():
        if found := re.fullmatch(r"([A-Z]{1,3})(\d+)", address):
            _write_cell(sheet, int(found[2]) - 1, column_index(found[1]), FAULT + fault, formats)
    for column, width in widths.items():  # a column of NIK is all text, so that a blank one takes 16 digits too
        wide = min(max(width + 4, NARROWEST), WIDEST)
        sheet.set_column(column, column, wide, formats["text"] if column in identities else None)
    for (top, left), (bottom, right) in text.merged:
        if (top, left) != (bottom, right):
            sheet.merge_range(top, left, bottom, right, "")
            cell = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
            if cell:
                _write_cell(sheet, top, left, cell, formats)


def _write_cell(sheet: Any, row: int, column: int, cell: str, formats: dict[str, Any]) -> None:
    """Write one cell as what it was stored as. Text that looks like a number stays text, also when it is edited."""
    if cell.startswith(NUMBER):
        sheet.write_number(row, column, float(cell[1:]))
    elif cell.startswith(BOOLEAN):
        sheet.write_boolean(row, column, cell[1:] == "Ya")
    elif cell.startswith(DATE) and dt.date.fromisoformat(cell[1:11]) >= FIRST_DAY:
        moment = dt.datetime.fromisoformat(cell[1:])
        sheet.write_datetime(row, column, moment, formats["clock" if len(cell) > 11 else "date"])
    else:
        text = cleaned(shown(cell) if cell.startswith(MARKS) else cell)
        if text:
            sheet.write_string(row, column, text, formats["text" if NUMERAL.fullmatch(text) else ""])
