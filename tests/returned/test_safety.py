"""What the sender wrote and we repeat stays text: no formula, no link, no markup."""

import re
from xml.etree import ElementTree

import pytest

from pipelines.intake.problems import Problem
from pipelines.returned.mark import mark_workbook
from tests.intake.workbooks import csv, unpacked
from tests.returned.books import SHEET, error, notes, opened, rich_openpyxl, rich_xlsxwriter

HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "http://example.org/",
    "</t></is></c><c><f>1+1</f></c>",
    "]]><!--&amp;<script>alert(1)</script>",
    "\x00\x01\x0b\x1f\ufffe\ud800_x0000_",
    "-1\r\n=2",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    problems = [Problem(SHEET, 3, "A3", text, "ID01", "error", text, f"{text} salah"), error("A1", text)]
    for content in (rich_openpyxl(), rich_xlsxwriter()):
        marked = mark_workbook(content, "a.xlsx", problems)
        parts = unpacked(marked)
        for name, xml in parts.items():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(xml)
        sheet = opened(marked)["Perbaiki dulu"]
        texts = [cell for row in sheet.iter_rows(min_row=8) for cell in row[1:6] if cell.value]
        assert {cell.data_type for cell in texts} == {"s"}
        assert all(cell.number_format == "@" for cell in texts)
        assert "salah" in notes(marked)["A3"]
        lists = [p for p in parts if b"Perbaiki sel yang merah" in parts[p]]
        assert all(b"<f" not in parts[p] for p in lists)
        assert b'TargetMode="External"' not in b"".join(parts.values())


def test_a_twin_has_no_formula_and_no_link() -> None:
    rows = [["NIK", "Nama"], *[[str(n), text.replace("\r\n", " ")] for n, text in enumerate(HOSTILE[:4])]]
    parts = unpacked(mark_workbook(csv(rows, ";"), "a.csv", [error("B2", "a")]))
    sheets = [xml for name, xml in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert all(re.search(rb"<f[ >]", xml) is None for xml in sheets)
    assert b'TargetMode="External"' not in b"".join(parts.values())


@pytest.mark.parametrize("cell", ["XFE1", "A1048577", "A0", "a1", "$A$1", "A1:B2", "C17'!A1", "ZZZZ1"])
def test_what_is_no_cell_is_listed_only(cell: str) -> None:
    marked = mark_workbook(rich_xlsxwriter(), "a.xlsx", [error(cell)])
    assert notes(marked) == {}
    assert opened(marked)["Perbaiki dulu"]["D8"].hyperlink is None


def test_a_sheet_name_with_quotes_is_linked_as_such() -> None:
    sheet = opened(mark_workbook(rich_xlsxwriter('RT\'s <5>&"6"'), "a.xlsx", [error("A2", 'RT\'s <5>&"6"')]))
    assert sheet["Perbaiki dulu"]["D8"].hyperlink.location == "'RT''s <5>&\"6\"'!A2"
