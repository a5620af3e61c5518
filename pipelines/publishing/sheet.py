"""A table of cells as one plain Excel sheet: numbers as numbers, text as text."""

from pathlib import Path

import xlsxwriter
from duckdb import DuckDBPyRelation

from pipelines.inert import INERT_WORKBOOK
from pipelines.publishing.csvout import rows_of
from pipelines.replacing import whole


def write_cells(cells: DuckDBPyRelation, path: Path) -> None:
    """Write the table with its headings frozen and filterable, whole or not at all."""
    with whole(path) as part:
        workbook = xlsxwriter.Workbook(str(part), INERT_WORKBOOK)
        bold = workbook.add_format({"bold": True, "bottom": 1})
        sheet = workbook.add_worksheet("Indikator")
        sheet.write_row(0, 0, list(cells.columns), bold)
        rows = rows_of(cells)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(cells.columns) - 1)
        for column, name in enumerate(cells.columns):
            sheet.set_column(column, column, 26 if name in ("area", "area_name", "indicator") else 13)
        workbook.close()
