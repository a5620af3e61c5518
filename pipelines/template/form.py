"""One sheet to fill in: the place once above the table, headings that stay, prepared rows below."""

import datetime as dt
import math

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipelines.periods import Period
from pipelines.publishing.workbook_titles import day
from pipelines.template.accepted import Rows
from pipelines.template.choices import asked
from pipelines.template.entries import rule_of, width, written
from pipelines.template.looks import Looks
from pipelines.template.recipient import Recipient
from pipelines.template.wording import unit
from schemas.dataset import Column, Dataset
from schemas.kinds import Amount

PREPARED, SPARE = 300, 60  # rows ready for use, and at least so many of them free
HEADING_ROW, FIRST_ROW, ROW_HEIGHT = 4, 5, 19.5
LAST_COLUMN, LAST_ROW = 16_383, 1_048_575
PRINTED_BLANK, PRINTED_SPARE = 40, 15  # a printed form has room to add by hand, but not nine empty pages
A4, PRINTED_MARGIN, READABLE = 9, 0.4, 190  # the last in characters across a page
ALLOWED = ("sort", "insert_rows", "delete_rows", "format_cells", "format_columns", "format_rows", "autofilter")
PROTECTION = dict.fromkeys((*ALLOWED, "select_locked_cells", "select_unlocked_cells"), True)


def write_form(
    sheet: Worksheet, dataset: type[Dataset], rows: Rows, to: Recipient, period: Period, looks: Looks
) -> None:
    """Write the sheet of one dataset; `rows` are what was accepted last time."""
    columns = asked(dataset)
    last = FIRST_ROW + max(PREPARED, len(rows) + SPARE) - 1
    sheet.set_default_row(ROW_HEIGHT)
    _titles(sheet, dataset, to, period, looks)
    for at, spec in enumerate(columns.values()):
        sheet.set_column(at, at, width(spec), looks.cell(spec.kind, ruled=False))
        sheet.write_string(HEADING_ROW, at, *_heading(spec, looks))
        sheet.write_comment(HEADING_ROW, at, _comment(spec), {"x_scale": 1.6, "font_size": 10, "author": "Cantik"})
        look = looks.cell(spec.kind)
        for row in range(FIRST_ROW, last + 1):
            value = written(spec.kind, rows[row - FIRST_ROW][at]) if row - FIRST_ROW < len(rows) else None
            _cell(sheet, row, at, value, look)
        _conditions(sheet, at, last, spec, len(columns), looks)
        if rule := rule_of(spec, xl_rowcol_to_cell(FIRST_ROW, at), period.reference_date):
            # An inserted or later row keeps the rule, so it reaches below the prepared rows.
            sheet.data_validation(FIRST_ROW, at, LAST_ROW, at, rule)
    # Cells beside the table are open too: Excel deletes a row of a protected sheet only where all of it is open.
    sheet.set_column(len(columns), LAST_COLUMN, None, looks.named("beyond"))
    sheet.dim_colmax = len(columns) - 1  # else every row is written and read to its 16,384th cell
    sheet.freeze_panes(FIRST_ROW, _frozen(columns))
    sheet.protect("", PROTECTION)
    _print_setup(sheet, dataset, to, len(rows))


def _titles(sheet: Worksheet, dataset: type[Dataset], to: Recipient, period: Period, looks: Looks) -> None:
    """Three lines and the headings, all of them closed."""
    lines = (
        (dataset.about().title, "title", 30),
        (to.address, "place", 22),
        (f"Keadaan pada {day(period.reference_date)}, {unit(dataset)}.", "note", 20),
        ("Judul biru tua bertanda * wajib diisi. Kolom lain boleh kosong bila belum diketahui.", "note", 20),
    )
    for row, (text, look, height) in enumerate(lines):
        sheet.set_row(row, height, looks.named(look))
        sheet.write_string(row, 0, text, looks.named(look))
    sheet.set_row(HEADING_ROW, 50, looks.named("note"))


def _heading(spec: Column, looks: Looks) -> tuple[str, object]:
    return (f"{spec.label} *", looks.named("required")) if spec.required else (spec.label, looks.named("optional"))


def _comment(spec: Column) -> str:
    return f"{spec.description}\nWajib diisi." if spec.required else spec.description


def _cell(sheet: Worksheet, row: int, at: int, value: str | int | float | dt.date | None, look: Format) -> None:
    if value is None:
        sheet.write_blank(row, at, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, at, value, look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), look)
    else:
        sheet.write_number(row, at, value, look)


def _conditions(sheet: Worksheet, at: int, last: int, spec: Column, columns: int, looks: Looks) -> None:
    """A begun row shows what it still lacks; an amount with decimals shows them."""
    here = xl_rowcol_to_cell(FIRST_ROW, at)
    if spec.required:
        row = ":".join(xl_rowcol_to_cell(FIRST_ROW, end, col_abs=True) for end in (0, columns - 1))
        criteria = f"=AND(COUNTA({row})>0,LEN({here})=0)"
        condition = {"type": "formula", "criteria": criteria, "format": looks.missing()}
        sheet.conditional_format(FIRST_ROW, at, last, at, condition)
    if isinstance(spec.kind, Amount):
        criteria = f"=AND(ISNUMBER({here}),{here}<>INT({here}))"
        condition = {"type": "formula", "criteria": criteria, "format": looks.fraction()}
        sheet.conditional_format(FIRST_ROW, at, last, at, condition)


def _frozen(columns: dict[str, Column]) -> int:
    """The columns that say whom a row is about stay in sight."""
    for at, spec in enumerate(columns.values()):
        if not spec.shared:
            return at
    return 0


def _print_setup(sheet: Worksheet, dataset: type[Dataset], to: Recipient, rows: int) -> None:
    """To be read without glasses: a wide table goes on several pages side by side, each with the names."""
    columns = asked(dataset)
    widths, names = [width(spec) for spec in columns.values()], _frozen(columns)
    across = math.ceil(sum(widths[names:]) / (READABLE - sum(widths[:names])))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(PRINTED_MARGIN, PRINTED_MARGIN, 0.7, 0.6)
    sheet.fit_to_pages(across, 0)
    sheet.repeat_rows(HEADING_ROW)
    if across > 1:
        sheet.repeat_columns(0, names - 1)
    printed = max(PRINTED_BLANK, rows + PRINTED_SPARE)
    sheet.print_area(0, 0, FIRST_ROW + printed - 1, len(columns) - 1)
    sheet.set_header(f"&L{to.kelurahan.replace('&', '&&')}&R{to.name}")
    sheet.set_footer(f"&L{dataset.about().title}&RHalaman &P dari &N")
