"""A marked workbook is the sender's own package: only the parts that must change do."""

import re

import pytest

from pipelines.intake.problems import Problem
from pipelines.returned.mark import mark_workbook
from tests.intake.workbooks import packed, unpacked
from tests.returned.books import (
    CHANGEABLE,
    SHEET,
    X14,
    cells,
    colours,
    error,
    opened,
    rich_openpyxl,
    rich_xlsxwriter,
    values,
    warning,
    with_macros,
    with_x14,
)

MARKS = [error("A3"), warning("A4"), error("C12"), error("", SHEET), error("A1", "Tidak ada")]
BOOKS = {
    "openpyxl.xlsx": rich_openpyxl(),
    "xlsxwriter.xlsx": rich_xlsxwriter(),
    "x14.xlsx": with_x14(rich_xlsxwriter()),
    "macros.xlsm": with_macros(with_x14(rich_openpyxl())),
}


@pytest.mark.parametrize("name", BOOKS)
def test_untouched_parts_are_byte_for_byte_the_same(name: str) -> None:
    before, after = unpacked(BOOKS[name]), unpacked(mark_workbook(BOOKS[name], name, MARKS))
    assert not before.keys() - after.keys()
    changed = {part for part in before if before[part] != after[part]}
    selected = {part for part in before if b"tabSelected" in before[part]}
    allowed = {part for part in changed if CHANGEABLE.fullmatch(part)}
    assert changed - allowed <= {"xl/worksheets/sheet1.xml"} | selected
    assert all(CHANGEABLE.fullmatch(p) or p.startswith("xl/worksheets/sheet") for p in after.keys() - before.keys())


@pytest.mark.parametrize("name", BOOKS)
def test_the_marked_sheet_differs_in_marks_only(name: str) -> None:
    part = "xl/worksheets/sheet1.xml"
    before, after = unpacked(BOOKS[name])[part], unpacked(mark_workbook(BOOKS[name], name, MARKS))[part]
    plain = rb'\s(?:s|spans)="[\d:]*"|\stabSelected="1"|<legacyDrawing [^>]*>|\s(?=/>)'
    made = b'<row r="12"><c r="C12"/></row>'
    assert re.sub(plain, b"", after).replace(made, b"") == re.sub(plain, b"", before)
    assert (X14 in after) == (X14 in before)


@pytest.mark.parametrize("name", BOOKS)
def test_values_and_formulas_stay_for_every_reader(name: str) -> None:
    marked = mark_workbook(BOOKS[name], name, MARKS)
    assert values(marked) == values(BOOKS[name])
    assert cells(marked, formulas=True) == cells(BOOKS[name], formulas=True)
    assert cells(marked, formulas=False) == cells(BOOKS[name], formulas=False)
    assert colours(marked) == {"A3": "red", "A4": "yellow", "C12": "red"}


def test_names_follow_their_sheet_and_the_list_opens() -> None:
    before, after = opened(BOOKS["openpyxl.xlsx"]), opened(mark_workbook(BOOKS["openpyxl.xlsx"], "a.xlsx", MARKS))
    assert after.sheetnames == ["Perbaiki dulu", *before.sheetnames]
    assert after["Lain"].defined_names["lokal"].attr_text == "Lain!$A$1"
    assert after[SHEET].print_title_rows == before[SHEET].print_title_rows == "$1:$1"
    assert after["Kode"].sheet_state == "hidden"
    assert after.active.title == "Perbaiki dulu"
    assert [sheet.title for sheet in after if sheet.sheet_view.tabSelected] == ["Perbaiki dulu"]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert mark_workbook(BOOKS["x14.xlsx"], "a.xlsx", MARKS) == mark_workbook(BOOKS["x14.xlsx"], "a.xlsx", MARKS)


def test_prefixed_elements_keep_their_prefix() -> None:
    parts = unpacked(rich_xlsxwriter())
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        prefixed = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", parts[part])
        parts[part] = prefixed.replace(b' xmlns="', b' xmlns:x="', 1)
    content = packed(parts)
    after = unpacked(mark_workbook(content, "a.xlsx", MARKS))
    assert b"x:dataValidation" in after["xl/worksheets/sheet1.xml"]
    assert re.findall(rb"<x:row r=\"12\"><x:c [^>]*/></x:row>", after["xl/worksheets/sheet1.xml"])
    assert values(mark_workbook(content, "a.xlsx", MARKS)) == values(content)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<!-- <sheetData> --><sheetData>"),
        (
            "xl/workbook.xml",
            b"schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        ("xl/styles.xml", b"</cellXfs>", b"</cellXfs><!-- -->"),
    ],
)
def test_what_cannot_be_patched_with_certainty_comes_as_a_twin(part: str, old: bytes, new: bytes) -> None:
    parts = unpacked(rich_xlsxwriter())
    assert old in parts[part]
    content = packed({**parts, part: parts[part].replace(old, new, 1)})
    marked = mark_workbook(content, "a.xlsx", MARKS)
    assert colours(marked) == {"A3": "red", "A4": "yellow", "C12": "red"}
    assert cells(marked, formulas=False) == cells(rich_xlsxwriter(), formulas=False)


def test_a_big_sheet_with_many_problems_is_marked_whole() -> None:
    many: list[Problem] = [error(f"{'ABCD'[n % 4]}{n + 2}") for n in range(1_500)]
    marked = mark_workbook(rich_xlsxwriter(), "a.xlsx", many)
    assert len(colours(marked)) == 1_500
