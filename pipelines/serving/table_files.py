"""The table that is seen as a file: an Excel workbook with title, period and source, or CSV with the same columns."""

import csv
import datetime as dt
import io
from pathlib import Path

import xlsxwriter

from pipelines.periods import parse_period
from pipelines.publishing.csvout import BLANKS, FORMULA_STARTS, plain_value
from pipelines.publishing.sheet import PLAIN_TEXT
from pipelines.publishing.workbook_layout import SOURCE, Sheet, clean, place
from pipelines.publishing.workbook_styles import DEFAULTS, Styles
from pipelines.serving.table_seen import Seen


def as_workbook(seen: Seen, path: Path) -> None:
    """Write the table as one sheet; the same release gives the same bytes."""
    workbook = xlsxwriter.Workbook(str(path), PLAIN_TEXT | {"default_format_properties": dict(DEFAULTS)})
    noon = dt.datetime.combine(parse_period(seen.picked.period).reference_date, dt.time(12))
    workbook.set_properties({"title": clean(seen.sheet.title), "comments": f"{SOURCE}.", "created": noon})
    place(workbook, Styles(workbook), seen.sheet, (seen.sheet.territory, f"Rilis {seen.picked.release}"))
    workbook.close()


def as_csv(sheet: Sheet) -> str:
    """The table as CSV: figures unrounded with a decimal point, flags in words, text that no spreadsheet runs."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([column.heading for column in sheet.columns])
    rows.writerows([[_inert(plain_value(cell.value)) for cell in row.cells] for row in sheet.rows])
    return "\ufeff" + text.getvalue()


def _inert(value: object) -> object:
    runs = isinstance(value, str) and value.lstrip(BLANKS).startswith(FORMULA_STARTS)
    return f"'{value}" if runs else value
