"""Files that cannot be marked themselves come back as an .xlsx with the same cells."""

from pathlib import Path

import pytest

from pipelines.intake.cells import shown
from pipelines.intake.workbook import read_book
from pipelines.returned.mark import mark_workbook, returned_name, returned_names
from tests.excel import repairs
from tests.intake.workbooks import NIK, PEOPLE, csv, ods, unpacked
from tests.returned.books import colours, error, opened


@pytest.mark.parametrize(("name", "content"), [("warga.csv", csv(PEOPLE, ";")), ("warga.ods", ods(PEOPLE))])
def test_the_twin_holds_the_same_cells(name: str, content: bytes) -> None:
    before = read_book(name, content).sheets[0]
    marked = mark_workbook(content, name, [error("B3", before.name)])
    after = next(s for s in read_book(returned_name(name), marked).sheets if s.name == before.name)
    assert [list(map(shown, row)) for row in after.rows()] == [list(map(shown, row)) for row in before.rows()]
    assert colours(marked, before.name) == {"B3": "red"}
    nik = opened(marked)[before.name]["B2"]
    assert (nik.value, nik.data_type, nik.number_format) == (NIK, "s", "@")


def test_a_blank_cell_of_an_identity_column_takes_sixteen_digits() -> None:
    rows = [*PEOPLE, ["6306051501100001", None, "Tanpa NIK"]]
    rows = [[*row, *[None] * (len(PEOPLE[0]) - len(row))] for row in rows]
    marked = mark_workbook(csv(rows, ";"), "warga.csv", [error("B5", "warga")])
    assert opened(marked)["warga"]["B5"].number_format == "@"
    assert colours(marked, "warga") == {"B5": "red"}


def test_a_sheet_name_that_excel_refuses_is_made_fit() -> None:
    name = "Data: warga [RT 5] yang sangat panjang sekali.csv"
    marked = mark_workbook(csv(PEOPLE, ";"), name, [error("B3", name[:-4])])
    title = opened(marked).sheetnames[1]
    assert len(title) <= 31
    assert colours(marked, title) == {"B3": "red"}


def test_excel_opens_the_twin_without_repairing_it(tmp_path: Path) -> None:
    assert not repairs(
        mark_workbook(ods(PEOPLE), "warga.ods", [error("B3", "Sheet1"), error("C9", "Sheet1")]), tmp_path
    )


def test_the_twin_is_the_same_bytes_each_time() -> None:
    assert mark_workbook(csv(PEOPLE), "a.csv", []) == mark_workbook(csv(PEOPLE), "a.csv", [])


def test_a_twin_named_xlsm_says_so() -> None:
    marked = mark_workbook(ods(PEOPLE), "a.xlsm", [])
    assert b"macroEnabled.main+xml" in unpacked(marked)["[Content_Types].xml"]


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("Data RT 5.xls", "Data RT 5 - diperiksa.xlsx"),
        ("Data RT.005.csv", "Data RT.005 - diperiksa.xlsx"),
        ("a.XLSM", "a - diperiksa.xlsm"),
        ("a - diperiksa.xlsx", "a - diperiksa.xlsx"),
        ("a - diperiksa - diperiksa.xlsm", "a - diperiksa.xlsm"),
        ("tanpa akhiran", "tanpa akhiran - diperiksa.xlsx"),
    ],
)
def test_the_name_it_comes_back_with(name: str, back: str) -> None:
    assert returned_name(name) == back
    assert returned_name(back) == back


def test_a_long_name_is_cut() -> None:
    assert len(returned_name("a" * 300 + ".xlsx")) < 200
    assert returned_name("a" * 300 + ".xlsx").endswith(" - diperiksa.xlsx")


def test_files_of_one_folder_never_share_a_returned_name() -> None:
    """Two files that differ in their kind alone come back as two, whichever is looked at first."""
    names = ["a.xls", "a.csv", "A.xlsx", "b.ods", "a - diperiksa.xlsx", "a (csv).xlsx"]
    back = returned_names(names)
    assert back == returned_names(reversed(names))
    assert len({name.casefold() for name in back.values()}) == len(names)
    assert back["A.xlsx"] == "A - diperiksa.xlsx"
    assert back["a.xls"] == "a (xls) - diperiksa.xlsx"
    assert back["b.ods"] == "b - diperiksa.xlsx"
    assert returned_names(["a.csv"]) == {"a.csv": "a - diperiksa.xlsx"}
