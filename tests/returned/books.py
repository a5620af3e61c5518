"""Workbooks with all that marking must leave alone, and what to look at in a marked one."""

import datetime as dt
import io
import re
from typing import Any

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from pipelines.intake.problems import Problem
from pipelines.intake.words import LIST_SHEET
from pipelines.returned.remarks import COLOURS
from tests.intake.workbooks import packed, saved, unpacked

RED, YELLOW = f"FF{COLOURS[True]}", f"FF{COLOURS[False]}"
SHEET = "Data RT"
CHANGEABLE = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/worksheets/_rels/.*"
    r"|xl/comments.*|xl/drawings/.*\.vml"
)
X14 = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b'<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    b'<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Kode!$A$1:$A$2</xm:f></x14:formula1>'
    b"<xm:sqref>D2:D9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def error(cell: str, sheet: str = SHEET, rule: str = "ID01", message: str = "NIK salah. Tulis 16 angka.") -> Problem:
    """A problem that colours its cell red."""
    row = int("0" + re.sub(r"\D", "", cell))
    return Problem(sheet, row, cell, "NIK", rule, "error", "1", message)


def warning(cell: str, sheet: str = SHEET, rule: str = "ID02", message: str = "NIK tidak cocok. Periksa.") -> Problem:
    """A problem that colours its cell yellow."""
    row = int("0" + re.sub(r"\D", "", cell))
    return Problem(sheet, row, cell, "NIK", rule, "warning", "1", message)


def rich_openpyxl() -> bytes:
    """Dropdowns, formats, merges, hidden things, notes, names; four sheets of which the second is selected."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(["NIK", "Nama", "Lahir", "Kelamin", "Nilai"])
    for n in range(2, 9):
        sheet.append([f"{n:016d}", f"Orang {n}", dt.date(1990, 1, n), "L", n])
    side = Side(style="thin")
    sheet["A3"].font, sheet["A3"].border = Font(bold=True, color="FF0000FF"), Border(left=side, right=side)
    sheet["A3"].number_format, sheet["A3"].alignment = "@", Alignment(horizontal="right")
    sheet["A4"].fill = PatternFill("solid", "FFC6EFCE")
    sheet["E9"] = "=SUM(E2:E8)"
    sheet.merge_cells("B6:B7")
    sheet.column_dimensions["B"].width, sheet.row_dimensions[5].hidden = 31, True
    sheet.column_dimensions["E"].hidden = True
    choices = DataValidation(type="list", formula1='"L,P"')
    choices.add("D2:D9")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add("E2:E8", CellIsRule("greaterThan", ["5"], fill=PatternFill(bgColor="FFFFC7CE")))
    sheet["A2"].comment = Comment("Catatan Pak RT", "Pak RT")
    sheet["B3"].comment = Comment("Jangan dihapus", "Pak RT")
    book.create_sheet("Lain").append(["tetap"])
    book.create_sheet("Kode").append(["L"])
    book["Kode"].sheet_state = "hidden"
    book["Lain"].defined_names.add(DefinedName("lokal", attr_text="Lain!$A$1"))
    sheet.print_title_rows = "1:1"
    book.active = 1
    return saved(book)


def seven_people(book: xlsxwriter.Workbook, name: str) -> Worksheet:
    """A sheet with a heading and seven rows: a number kept as text, a name, a value, a formula with its value."""
    sheet = book.add_worksheet(name)
    text = book.add_format({"num_format": "@", "border": 1})
    sheet.write_row(0, 0, ["NIK", "Nama", "Nilai", "Jumlah"])
    for n in range(1, 8):
        sheet.write_string(n, 0, f"{n:016d}", text)
        sheet.write(n, 1, f"Orang {n}")
        sheet.write(n, 2, n)
        sheet.write_formula(n, 3, f"=C{n + 1}*2", None, n * 2)
    return sheet


def rich_xlsxwriter(name: str = SHEET) -> bytes:
    """Formulas with cached values, a picture-less sheet with a table, a dropdown and no notes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = seven_people(book, name)
    sheet.data_validation("B2:B9", {"validate": "list", "source": ["a", "b"]})
    sheet.add_table("F1:G4", {"columns": [{"header": "satu"}, {"header": "dua"}]})
    sheet.autofilter("A1:D8")
    book.add_worksheet("Kode").write_column(0, 0, ["L", "P"])
    book.close()
    return out.getvalue()


def with_x14(content: bytes) -> bytes:
    """The workbook with a dropdown of the newer kind, which openpyxl would drop, and a macro project."""
    parts = unpacked(content)
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b"</worksheet>", X14 + b"</worksheet>")
    return packed(parts)


def with_macros(content: bytes) -> bytes:
    """The same workbook as an .xlsm with a stub of a macro project."""
    parts = unpacked(content)
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    project = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    parts["[Content_Types].xml"] = types.replace(b"</Types>", project)
    relation = (
        b'<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>'
    )
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation)
    return packed({**parts, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0stub"})


def opened(content: bytes, formulas: bool = True) -> Any:
    """The workbook as openpyxl sees it."""
    return load_workbook(io.BytesIO(content), data_only=not formulas, keep_vba=False)


def colours(content: bytes, sheet: str = SHEET) -> dict[str, str]:
    """Cell -> our colour, of the cells that carry one."""
    found = {}
    for row in opened(content)[sheet].iter_rows():
        for cell in row:
            if cell.fill.fgColor.rgb in (RED, YELLOW) and cell.fill.fill_type == "solid":
                found[cell.coordinate] = "red" if cell.fill.fgColor.rgb == RED else "yellow"
    return found


def notes(content: bytes, sheet: str = SHEET) -> dict[str, str]:
    """Cell -> the text of its note."""
    cells = (cell for row in opened(content)[sheet].iter_rows() for cell in row if cell.comment)
    return {cell.coordinate: cell.comment.text for cell in cells}


def values(content: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet's values as calamine reads them, the list apart."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names if n != LIST_SHEET}


def cells(content: bytes, formulas: bool) -> dict[tuple[str, str], Any]:
    """Every filled cell as openpyxl reads it, the list apart."""
    book = opened(content, formulas)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        if sheet.title != LIST_SHEET
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
