"""Marking carries along all that a workbook may hold: each part is the same bytes, or differs by the marks alone."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from pipelines.returned.mark import mark_workbook
from tests.excel import repairs
from tests.intake.workbooks import packed, unpacked
from tests.returned.books import (
    CHANGEABLE,
    cells,
    colours,
    error,
    notes,
    opened,
    rich_openpyxl,
    values,
    warning,
    with_macros,
)
from tests.returned.everything import ADDED, BOOK_RELATIONS, DATA_SHEET, SHEET_RELATIONS, everything

MARKS = [error("A3"), warning("A4"), error("A5"), error("C30"), error("B21")]
MARKED = {"A3": "red", "A4": "yellow", "A5": "red", "C30": "red", "B20": "red"}
COUNT = re.compile(rb'\scount="\d+"')


def converted(content: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    source = folder / "buku.xlsx"
    source.write_bytes(content)
    call = [program, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*call, "--outdir", str(folder / "keluar"), str(source)], check=True, capture_output=True, timeout=180
    )
    return (folder / "keluar" / "buku.xlsx").read_bytes()


@pytest.fixture(scope="module", params=["excel", "macros", "libreoffice"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A workbook as it was sent and as it goes back."""
    sent = everything()
    if request.param == "libreoffice":
        sent = converted(sent, tmp_path_factory.mktemp("kantor"))
    name = "a.xlsx"
    if request.param == "macros":
        sent, name = with_macros(sent), "a.xlsm"
    return sent, mark_workbook(sent, name, MARKS)


def parts(pair: tuple[bytes, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return unpacked(pair[0]), unpacked(pair[1])


def elements(xml: bytes) -> list[bytes]:
    """The tags and texts of a part, without how many items its lists have."""
    return [element.strip() for element in COUNT.sub(b"", xml).split(b">")]


def test_unlisted_parts_are_byte_for_byte_the_same(pair: tuple[bytes, bytes]) -> None:
    before, after = parts(pair)
    assert before.keys() <= after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert {name for name in changed if not CHANGEABLE.fullmatch(name)} <= {DATA_SHEET}
    assert all(CHANGEABLE.fullmatch(p) or p.startswith("xl/worksheets/sheet") for p in after.keys() - before.keys())


def test_nothing_is_taken_out_of_a_listed_part(pair: tuple[bytes, bytes]) -> None:
    """Every declaration, relationship, style, name and note that was there is there still, in the same order."""
    before, after = parts(pair)
    for name in before:
        if name.endswith(".rels") or name in ("[Content_Types].xml", "xl/styles.xml"):
            kept = iter(elements(after[name]))
            assert all(element in kept for element in elements(before[name])), name
    book = re.sub(rb' (localSheetId|activeTab|firstSheet)="\d+"', b"", after["xl/workbook.xml"])
    book = re.sub(rb"<definedName name=\"_xlnm.Print_Titles\">'Perbaiki dulu'![^<]*</definedName>", b"", book)
    book = re.sub(rb"<sheet [^>]*Perbaiki dulu[^>]*/>", b"", book)
    assert book == re.sub(rb' (localSheetId|activeTab|firstSheet)="\d+"', b"", before["xl/workbook.xml"])


def test_the_marked_sheet_differs_in_marks_only(pair: tuple[bytes, bytes]) -> None:
    before, after = parts(pair)
    plain = rb'\s(?:s|spans)="[\d:]*"|\stabSelected="(?:1|true)"|\s(?=/>)'
    made = rb"<row r=\"(?:20|21|30)\"[^>]*>(?:<c r=\"[A-Z]+\d+\"[^>]*/>)+</row>|<c r=\"(?:B20|B21|C30)\"[^>]*/>"
    sheet = re.sub(plain, b"", after[DATA_SHEET])
    assert re.sub(made, b"", sheet) == re.sub(made, b"", re.sub(plain, b"", before[DATA_SHEET]))


def test_every_reader_sees_the_same_cells_and_the_marks(pair: tuple[bytes, bytes]) -> None:
    sent, back = pair
    assert values(back) == values(sent)
    assert cells(back, formulas=True) == cells(sent, formulas=True)
    assert cells(back, formulas=False) == cells(sent, formulas=False)
    assert colours(back) == MARKED
    assert "CANTIK" in notes(back)["A3"]
    assert notes(back)["A4"].startswith("Tanda tangan menyusul\n== CANTIK")


def test_excel_has_nothing_more_to_repair(pair: tuple[bytes, bytes], tmp_path: Path) -> None:
    sent, back = (repairs(content, tmp_path) for content in pair)
    assert back - sent == Counter()


def test_an_element_out_of_its_order_is_what_excel_repairs(tmp_path: Path) -> None:
    """The judge is not blind."""
    parts = unpacked(mark_workbook(rich_openpyxl(), "a.xlsx", MARKS))
    parts[DATA_SHEET] = parts[DATA_SHEET].replace(b"</worksheet>", b'<cols><col min="1" max="2"/></cols></worksheet>')
    assert repairs(packed(parts), tmp_path)


def test_looks_and_rules_of_the_sheet_stay(pair: tuple[bytes, bytes]) -> None:
    before, after = (opened(content)["Data RT"] for content in pair)
    assert after.protection.sheet == before.protection.sheet
    assert after.freeze_panes == before.freeze_panes
    assert after.tables.keys() == before.tables.keys()
    assert len(after.conditional_formatting) == len(before.conditional_formatting)
    assert len(after.data_validations.dataValidation) == len(before.data_validations.dataValidation)
    assert {key: d.width for key, d in after.column_dimensions.items()} == {
        key: d.width for key, d in before.column_dimensions.items()
    }
    assert after.row_dimensions[7].hidden


def test_what_excel_alone_writes_is_still_referred_to() -> None:
    after = unpacked(mark_workbook(everything(), "a.xlsx", MARKS))
    for name, content, kind, referring, _ in ADDED:
        assert after[name] == content
        assert f'PartName="/{name}" ContentType="{kind}"'.encode() in after["[Content_Types].xml"]
        assert f'Target="/{name}"'.encode() in after[referring]
    assert b"dataValidations" in after[DATA_SHEET]
    assert b"x14:dataValidation" in after[DATA_SHEET]
    assert b'<f t="shared" si="0"/><v>3</v>' in after[DATA_SHEET]
    assert {BOOK_RELATIONS, SHEET_RELATIONS} <= after.keys()


def test_a_threaded_comment_keeps_its_note() -> None:
    assert notes(mark_workbook(everything(), "a.xlsx", MARKS))["A5"] == "[Komentar beralur]"


def test_marked_twice_is_marked_once_and_mended_is_as_sent() -> None:
    for content in (everything(), rich_openpyxl()):
        once = mark_workbook(content, "a.xlsx", MARKS)
        assert mark_workbook(once, "a.xlsx", MARKS) == once
        mended = unpacked(mark_workbook(once, "a.xlsx", []))
        assert b"CANTIK" not in b"".join(mended.values())
