"""A blank workbook: what it asks, how its cells help, and what it lets nobody change."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.intake.parsing import read_code
from pipelines.template.accepted import Accepted
from pipelines.template.choices import asked, choices_of, registers
from pipelines.template.form import HEADING_ROW, PREPARED
from pipelines.template.recipient import Recipient
from pipelines.template.workbook import make_workbook
from schemas.dataset import Column
from schemas.kinds import Amount, Date, FamilyCard, Nik, Whole
from tests.template.forms import FIRST, PERIOD, RT, columns, make, through_libreoffice


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank workbook."""
    return make(tmp_path_factory.mktemp("templat") / "RT 005 RW 002 - 2025-Q4.xlsx")


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    """The blank workbook, opened."""
    return openpyxl.load_workbook(path)


def every_column(book: Workbook) -> Iterator[tuple[Worksheet, Column, str]]:
    """Sheet, column and letters of all that is asked."""
    for dataset in registers():
        sheet = book[dataset.about().title]
        for spec in asked(dataset).values():
            yield sheet, spec, columns(sheet)[spec.label]


def rule_of(sheet: Worksheet, letters: str) -> DataValidation | None:
    """The validation that holds for the first prepared cell of a column."""
    found = [rule for rule in sheet.data_validations.dataValidation if f"{letters}{FIRST}" in rule.sqref]
    assert len(found) <= 1
    return found[0] if found else None


def offered(book: Workbook, rule: DataValidation) -> list[str]:
    """What a dropdown shows, wherever its list stands."""
    formula = str(rule.formula1)
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    where = book.defined_names[formula].attr_text if formula in book.defined_names else formula
    name, cells = re.fullmatch(r"'?([^'!]+)'?!(.+)", where).groups()  # type: ignore[union-attr]
    return [str(row[0].value) for row in book[name.removeprefix("$")][cells.replace("$", "")]]


def test_every_column_stands_under_its_label_with_its_description(book: Workbook) -> None:
    for sheet, spec, letters in every_column(book):
        cell = sheet[f"{letters}{HEADING_ROW + 1}"]
        assert cell.value == (f"{spec.label} *" if spec.required else spec.label)
        assert cell.comment is not None
        assert cell.comment.text.startswith(spec.description)


def test_the_place_stands_once_above_each_table(book: Workbook) -> None:
    for dataset in registers():
        assert book[dataset.about().title]["A2"].value == "RT : 005   RW : 002"
        assert set(dataset.columns()) - set(asked(dataset)) == {"dusun", "rw", "rt"}


def test_every_code_list_is_a_dropdown_whose_words_are_read_back(book: Workbook) -> None:
    seen = 0
    for sheet, spec, letters in every_column(book):
        choices = choices_of(spec.kind)
        if choices is None:
            continue
        rule = rule_of(sheet, letters)
        assert rule is not None
        assert offered(book, rule) == list(choices.offered.values())
        if choices.closed:
            assert [str(read_code(word, choices.name, number=False)) for word in choices.offered.values()] == list(
                choices.offered
            )
        seen += 1
    assert seen > 30


def test_dropdowns_survive_libreoffice(path: Path, tmp_path: Path) -> None:
    saved = openpyxl.load_workbook(*through_libreoffice([path], "xlsx", tmp_path))
    for sheet, spec, letters in every_column(saved):
        choices = choices_of(spec.kind)
        if choices:
            rule = rule_of(sheet, letters)
            assert rule is not None, spec.label
            assert offered(saved, rule) == list(choices.offered.values())


def test_numbers_dates_and_identities_are_guarded_and_kept_as_text(book: Workbook) -> None:
    kinds = {Whole: ("whole", "0"), Amount: ("decimal", "#,##0"), Date: ("custom", "dd-mm-yyyy")}
    kinds |= {Nik: ("custom", "@"), FamilyCard: ("custom", "@")}
    for sheet, spec, letters in every_column(book):
        cells = [sheet[f"{letters}{row}"] for row in (FIRST, FIRST + PREPARED - 1)]
        rule = rule_of(sheet, letters)
        guard, number_format = kinds.get(type(spec.kind), (None, "@"))
        assert {cell.number_format for cell in cells} == {number_format}
        if guard:
            assert rule is not None
            assert rule.type == guard
            assert rule.error


def test_headings_are_locked_cells_are_open_and_rows_may_be_added(book: Workbook) -> None:
    for sheet, _, letters in every_column(book):
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert not (sheet.protection.sort or sheet.protection.insertRows or sheet.protection.deleteRows)
        assert sheet[f"{letters}{HEADING_ROW + 1}"].protection.locked
        assert not sheet[f"{letters}{FIRST}"].protection.locked
        beside = sheet.column_dimensions[get_column_letter(sheet.max_column + 1)]
        assert (beside.max, beside.protection.locked) == (16_384, False)  # else Excel deletes no row


def test_the_workbook_opens_on_the_guide_and_hides_no_sheet(book: Workbook) -> None:
    titles = [dataset.about().title for dataset in registers()]
    assert book.sheetnames == ["Petunjuk", *titles, "Daftar Kode"]
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    words = " ".join(str(cell.value) for row in book["Petunjuk"] for cell in row if cell.value)
    assert "31 Desember 2025" in words
    assert "Neraca" not in words


def test_equal_contents_give_equal_bytes() -> None:
    to = Recipient(RT, "Kelurahan Kandangan Utara")
    assert make_workbook(to, PERIOD, Accepted()) == make_workbook(to, PERIOD, Accepted())
