"""Sheets on disk: `.xlsx` and `.csv`, the same bytes for the same sheets on every day and every machine."""

import csv
import os
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.inert import INERT_WORKBOOK
from pipelines.sample.quarters import Quarter
from pipelines.sample.sheets import Grid
from pipelines.sample.wording import Cell

WIDEST, NARROWEST, HEADING_HEIGHT = 34, 5, 26
A4 = 9  # as Excel numbers paper
HEADING = {
    "bold": True,
    "border": 1,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "bg_color": "#DDE8CB",
}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 12},
    "heading": HEADING,
    "body": {"border": 1},
    "text": {"border": 1, "num_format": "@"},
    "number": {"border": 1, "num_format": "#,##0"},
    "date": {"border": 1, "num_format": "dd-mm-yyyy"},
    "plain": {},
}


def write(path: Path, grids: list[Grid], quarter: Quarter, font: str) -> None:
    """Write sheets as one workbook, or the only one as CSV, by the path's suffix; dated as sent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        _write_csv(path, grids[0])
    else:
        _write_workbook(path, grids, quarter, font)
    sent = datetime.combine(quarter.last, time(8), tzinfo=UTC).timestamp() + 5 * 86_400
    os.utime(path, (sent, sent))


def _write_csv(path: Path, grid: Grid) -> None:
    """As Excel saves it in Indonesia: semicolons, UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines, delimiter=";").writerows(grid.cells)


def _write_workbook(path: Path, grids: list[Grid], quarter: Quarter, font: str) -> None:
    with xlsxwriter.Workbook(path, INERT_WORKBOOK) as book:
        book.set_properties({"created": datetime.combine(quarter.last, time(8), tzinfo=UTC), "author": "Pengurus RT"})
        formats = {role: book.add_format({"font_name": font, "font_size": 10} | look) for role, look in LOOKS.items()}
        for grid in grids:
            _write_sheet(book.add_worksheet(grid.name[:31]), grid, formats)


def _write_sheet(sheet: xlsxwriter.worksheet.Worksheet, grid: Grid, formats: dict[str, object]) -> None:
    body, headings = grid.body, grid.headings
    for at, cells in enumerate(grid.cells):
        outside = "title" if at < grid.titles else "plain"
        role = "heading" if at in headings else "body" if at in body else outside
        for column, cell in enumerate(cells):
            if cell is None:
                if role in {"body", "heading"}:
                    sheet.write_blank(at, column, None, formats[role])
            elif isinstance(cell, str):
                sheet.write_string(at, column, cell, formats["text" if role == "body" else role])
            elif isinstance(cell, date):
                sheet.write_datetime(at, column, datetime.combine(cell, time()), formats["date"])
            else:
                sheet.write_number(at, column, cell, formats["number" if 999 < cell < 10**12 else role])
    for top, left, bottom, right in grid.merges:
        sheet.merge_range(top, left, bottom, right, grid.cells[top][left], formats["heading"])
    for row in grid.hidden_rows:
        sheet.set_row(row, None, None, {"hidden": True})
    _shape(sheet, grid)


def _shape(sheet: xlsxwriter.worksheet.Worksheet, grid: Grid) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    if grid.hidden:
        sheet.hide()
    if not grid.headings:
        sheet.set_column(0, 0, 80)
        return
    sheet.freeze_panes(grid.headings[-1] + 1, 0)
    for row in grid.headings:
        sheet.set_row(row, HEADING_HEIGHT)
    top, seen = grid.cells[grid.headings[0]], grid.cells[grid.headings[-1] : grid.headings[-1] + 12]
    for column, heading in enumerate(top):
        longest = max(len(word) for word in str(heading).split())
        longest = max([longest, *(_length(cells[column]) for cells in seen if len(cells) > column)])
        sheet.set_column(column, column, max(NARROWEST, min(WIDEST, longest + 2)))


def _length(cell: Cell) -> int:
    return 0 if cell is None else 10 if isinstance(cell, date) else len(str(cell))
