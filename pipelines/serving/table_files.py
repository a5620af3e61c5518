"""The table that is seen as a file: an Excel workbook with title, period and source, or CSV with the same columns."""

from pathlib import Path

from pipelines.periods import parse_period
from pipelines.publishing.csvout import rows_text
from pipelines.publishing.workbook_file import write_sheets
from pipelines.publishing.workbook_layout import SOURCE, Sheet
from pipelines.serving.table_seen import Seen


def as_workbook(seen: Seen, path: Path) -> None:
    """Write the table as one sheet; the same release gives the same bytes."""
    running = (seen.sheet.territory, f"Rilis {seen.picked.release}")
    date = parse_period(seen.picked.period).reference_date
    write_sheets(path, [seen.sheet], running, date, title=seen.sheet.title, comments=f"{SOURCE}.")


def as_csv(sheet: Sheet) -> str:
    """The table as CSV: figures unrounded with a decimal point, flags in words, text that no spreadsheet runs."""
    headings = [column.heading for column in sheet.columns]
    return "\ufeff" + rows_text(headings, ([cell.value for cell in row.cells] for row in sheet.rows))
