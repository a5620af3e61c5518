"""The last sheet: every code list, to read, and for the dropdowns that are too long to stand in their column's rule."""

import xlsxwriter
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from pipelines.template.choices import listed
from pipelines.template.looks import Looks
from pipelines.template.wording import LISTS

CODE, CHOICE = 0, 1  # columns
A4 = 9


def write_lists(workbook: xlsxwriter.Workbook, sheet: Worksheet, looks: Looks) -> None:
    """Write the lists one below the other. The sheet is visible: intake warns of hidden ones."""
    sheet.hide_gridlines(2)
    sheet.set_column(CODE, CODE, 9)
    sheet.set_column(CHOICE, CHOICE, 76)
    sheet.set_row(0, 30)
    sheet.write_string(0, CODE, LISTS, looks.named("title"))
    sheet.write_string(
        1, CODE, "Semua pilihan kolom berdaftar, untuk dibaca. Sheet ini tidak perlu diisi.", looks.named("note")
    )
    row = 3
    for title, choices in listed():
        sheet.write_blank(row, CODE, None, looks.named("band"))
        sheet.write_string(row, CODE, title, looks.named("band"))
        sheet.write_blank(row, CHOICE, None, looks.named("band"))
        first = row + 1
        for row, (code, word) in enumerate(choices.offered.items(), start=first):
            sheet.write_string(row, CODE, code, looks.named("code"))
            sheet.write_string(row, CHOICE, word, looks.named("choice"))
        if not choices.inline:
            place = xl_range_abs(first, CHOICE, row, CHOICE)
            workbook.define_name(choices.defined_name, f"='{LISTS}'!{place}")
        row += 2
    sheet.protect("", {"select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True})
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{LISTS}&RHalaman &P dari &N")
