"""A workbook comes and goes several times: marks never pile up, and mended cells get their look back."""

import io

from openpyxl import load_workbook

from pipelines.returned.mark import mark_workbook
from tests.intake.workbooks import saved, unpacked
from tests.returned.books import SHEET, colours, error, notes, opened, rich_openpyxl, rich_xlsxwriter, warning

MARKS = [error("A2"), error("A4"), warning("A6"), error("C30")]


def test_marking_twice_is_marking_once() -> None:
    for content in (rich_openpyxl(), rich_xlsxwriter()):
        once = mark_workbook(content, "a.xlsx", MARKS)
        assert mark_workbook(once, "a - diperiksa.xlsx", MARKS) == once


def test_mended_cells_get_their_look_back() -> None:
    once = mark_workbook(rich_openpyxl(), "a.xlsx", MARKS)
    again = mark_workbook(once, "a.xlsx", [error("A6")])
    assert colours(again) == {"A6": "red"}
    assert opened(again)[SHEET]["A4"].fill.fgColor.rgb == "FFC6EFCE"
    assert notes(again)["A2"] == "Catatan Pak RT"
    assert set(notes(again)) == {"A2", "B3", "A6"}


def test_nothing_of_ours_stays_when_all_is_mended() -> None:
    before = rich_xlsxwriter()
    after = unpacked(mark_workbook(mark_workbook(before, "a.xlsx", MARKS), "a.xlsx", []))
    assert not any("comments" in part or part.endswith(".vml") for part in after)
    assert b"legacyDrawing" not in after["xl/worksheets/sheet1.xml"]
    assert after.keys() - unpacked(before).keys() == {"xl/worksheets/sheet3.xml"}


def resaved(content: bytes) -> bytes:
    """The workbook as another program saves it: styles renumbered, parts renamed, texts shared."""
    return saved(load_workbook(io.BytesIO(content)))


def test_looks_come_back_after_another_program_saved_the_file() -> None:
    once = resaved(mark_workbook(rich_openpyxl(), "a.xlsx", MARKS))
    again = mark_workbook(once, "a.xlsx", [])
    assert colours(again) == {}
    assert opened(again)[SHEET]["A4"].fill.fgColor.rgb == "FFC6EFCE"
    assert opened(again)[SHEET]["A6"].fill.fill_type is None
    assert notes(again) == {"A2": "Catatan Pak RT", "B3": "Jangan dihapus"}


def test_marks_that_moved_with_their_rows_are_found() -> None:
    book = load_workbook(io.BytesIO(mark_workbook(rich_openpyxl(), "a.xlsx", [error("A4")])))
    sheet = book[SHEET]
    sheet.unmerge_cells("B6:B7")
    sheet.move_range("A2:E8", rows=3)
    again = mark_workbook(saved(book), "a.xlsx", [])
    assert colours(again) == {}
    assert opened(again)[SHEET]["A7"].fill.fgColor.rgb == "FFC6EFCE"
    assert not any("CANTIK" in text for text in notes(again).values())


def test_marks_go_even_where_the_list_was_deleted() -> None:
    book = load_workbook(io.BytesIO(mark_workbook(rich_openpyxl(), "a.xlsx", MARKS)))
    del book["Perbaiki dulu"]
    again = mark_workbook(saved(book), "a.xlsx", [])
    assert colours(again) == {}
    assert not any("CANTIK" in text for text in notes(again).values())
    assert opened(again)[SHEET]["A4"].fill.fill_type is None
    assert opened(again).sheetnames.count("Perbaiki dulu") == 1
