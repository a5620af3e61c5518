"""Lays one table on one sheet: title, marked headings, rows, notes, and how it prints. No merged cells."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipelines.publishing.workbook_figures import Cell
from pipelines.publishing.workbook_styles import Styles

HEADING_ROW = 4
A3, A4 = 8, 9
WIDEST_ON_A4 = 220  # characters that still read well when shrunk to one landscape page
SOURCE = "Sumber: pendataan RT, diolah dengan Cantik"
LONGEST_HEADING = 200  # Excel refuses a heading of a table above 255 characters
LINE, PADDING = 11.5, 2.0  # points
# Letters that fit for each digit of a column's width, which Excel counts in digits.
CHARACTERS_PER_WIDTH, BOLD_PER_WIDTH = 1.25, 1.1


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and whether it holds figures."""

    heading: str
    width: float
    numeric: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table. `kind` is a key of `ROWS`; `level` its depth in Excel's outline."""

    cells: tuple[Cell, ...]
    kind: str = "plain"
    level: int = 0


@dataclass(frozen=True)
class Sheet:
    """One sheet with one table. `fixed` columns stay in sight when scrolling; `codes` are its indicators.

    With `page_per_band` every band but the first begins a new printed page; `repeated` headings stand on every page.
    """

    name: str
    title: str
    territory: str
    subtitle: str
    columns: list[Column]
    rows: list[Row]
    codes: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    fixed: int = 1
    landscape: bool = True
    filtered: bool = False
    page_per_band: bool = False
    repeated: bool = True


def place(
    workbook: xlsxwriter.Workbook, styles: Styles, sheet: Sheet, running: tuple[str, str]
) -> tuple[Worksheet, int]:
    """Write the sheet. `running` is the left and the right text at the head of each printed page.

    Returns the worksheet and its last row, counted from 0, so that a chart may follow.
    """
    page = workbook.add_worksheet(sheet.name)
    width, last = len(sheet.columns) - 1, HEADING_ROW + len(sheet.rows)
    page.write_string(0, 0, sheet.title, styles.text("title"))
    page.write_string(1, 0, sheet.territory, styles.text("territory"))
    page.write_string(2, 0, sheet.subtitle, styles.text("subtitle"))
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
    write_table(page, styles, HEADING_ROW, sheet.columns, sheet.rows, f"Tabel_{sheet.name}", sheet.filtered)
    notes = [line for note in sheet.notes for line in _lines(note, sheet.columns)]
    for number, line in enumerate(notes, start=last + 2):
        page.set_row(number, LINE)
        page.write_string(number, 0, line, styles.text("note"))
    page.freeze_panes(HEADING_ROW + 1, sheet.fixed)
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, width)}"})
    if sheet.repeated:
        page.repeat_rows(HEADING_ROW)
    if sheet.page_per_band:
        bands = [number for number, row in enumerate(sheet.rows, start=HEADING_ROW + 1) if row.kind == "band"]
        page.set_h_pagebreaks(bands[1:])
    page.print_area(0, 0, last + 1 + len(notes), width)
    total = sum(column.width for column in sheet.columns)
    set_up_page(page, running, sheet.landscape, A3 if total > WIDEST_ON_A4 else A4)
    return page, last + 1 + len(notes)


def write_table(
    page: Worksheet,
    styles: Styles,
    top: int,
    columns: list[Column],
    rows: list[Row],
    name: str,
    filtered: bool = False,
) -> None:
    """Write headings and rows as a real Excel table: screen readers then announce its heading row."""
    headings = [
        {"header": heading, "header_format": styles.heading(column.numeric, filtered)}
        for heading, column in zip(_distinct(c.heading for c in columns), columns, strict=True)
    ]
    options = {"columns": headings, "style": None, "autofilter": filtered, "name": re.sub(r"\W", "_", name)}
    lines = [_line_count(str(h["header"]), c.width, BOLD_PER_WIDTH) for h, c in zip(headings, columns, strict=True)]
    page.set_row(top, LINE * (max(lines) + filtered) + PADDING)
    page.add_table(top, 0, top + len(rows), len(columns) - 1, options)
    for number, row in enumerate(rows, start=top + 1):
        write_row(page, styles, number, row, columns, last=number == top + len(rows))


def write_row(
    page: Worksheet, styles: Styles, number: int, row: Row, columns: list[Column], last: bool = False
) -> None:
    """Write one row, numbers as numbers and text as text, as high as its longest text needs in every program."""
    lines = [
        _line_count(cell.value, column.width)
        for cell, column in zip(row.cells, columns, strict=True)
        if isinstance(cell.value, str) and cell.shape in ("text", "indented", "link")
    ]
    page.set_row(number, LINE * max(lines, default=1) + PADDING, None, {"level": row.level})
    for column, cell in enumerate(row.cells):
        look = styles.cell(row.kind, cell, last)
        if cell.value is None:
            page.write_blank(number, column, None, look)
        elif isinstance(cell.value, str):
            page.write_string(number, column, cell.value, look)
        else:
            page.write_number(number, column, cell.value, look)


def set_up_page(page: Worksheet, running: tuple[str, str], landscape: bool, paper: int = A4) -> None:
    """One page wide, with running head and page numbers; no grid on the screen or on paper."""
    left, right = (clean(part)[:80].replace("&", "&&") for part in running)
    page.hide_gridlines(2)
    page.set_paper(paper)
    if landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    page.set_header(f'&L&"Arial"&8 {left}&R&"Arial"&8 {right}')
    page.set_footer(f'&L&"Arial"&8 {SOURCE}&R&"Arial"&8 Halaman &P dari &N')


def _distinct(headings: Iterable[str]) -> list[str]:
    """Headings as Excel accepts them in a table: short, on one line, no two alike whatever their case."""
    kept: dict[str, str] = {}
    for heading in headings:
        name, number = clean(heading)[:LONGEST_HEADING], 2
        while name.lower() in kept:
            name, number = f"{clean(heading)[:LONGEST_HEADING]} ({number})", number + 1
        kept[name.lower()] = name
    return list(kept.values())


def _line_count(text: str, width: float, characters: float = CHARACTERS_PER_WIDTH) -> int:
    """Lines that a text takes in a column of this width, broken between words."""
    room = max(1, int(width * characters))
    return 1 if len(text) <= room else len(textwrap.wrap(text, room))


def _lines(note: str, columns: list[Column]) -> list[str]:
    """A note in lines that end inside the printed width; it spills over empty cells, for cells are never merged."""
    width = sum(column.width for column in columns) * CHARACTERS_PER_WIDTH
    return textwrap.wrap(note, int(width), break_on_hyphens=False)


def clean(text: str) -> str:
    """Text on one line without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
