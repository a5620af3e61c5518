"""A workbook that was filled in and sent: accepted without one finding, or with problems at the right cells."""

from pathlib import Path

import openpyxl
import pytest

from pipelines.template import form
from tests.template.forms import (
    FIRST,
    HOUSEHOLD,
    KELURAHAN,
    KK,
    NIK,
    RT,
    columns,
    fill,
    make,
    send,
    through_libreoffice,
)
from tests.template.village import ROWS as VILLAGE_ROWS
from tests.template.village import VILLAGE

ROWS = {"penduduk": 2, "kesejahteraan": 1, "pendidikan": 1, "ketenagakerjaan": 1}


def accepted(path: Path, area: str = RT) -> dict[str, object]:
    """Accepted rows by dataset of a workbook that must have no finding at all."""
    examined = send(path, area=area)
    assert examined.problems == []
    assert examined.unknown == []
    assert examined.verdict == "accepted"
    assert all(sheet["held"] == 0 for sheet in examined.sheets)
    return {str(sheet["dataset"]): sheet["accepted"] for sheet in examined.sheets}


def test_a_blank_workbook_is_no_problem(tmp_path: Path) -> None:
    assert accepted(make(tmp_path / "kosong.xlsx")) == dict.fromkeys(ROWS, 0)


def test_a_filled_workbook_is_accepted(tmp_path: Path) -> None:
    assert accepted(fill(make(tmp_path / "data.xlsx"), HOUSEHOLD)) == ROWS


@pytest.mark.parametrize(
    "suffix", ["xls", *(pytest.param(suffix, marks=pytest.mark.slow) for suffix in ("xlsx", "ods"))]
)
def test_a_workbook_saved_by_libreoffice_is_accepted(tmp_path: Path, suffix: str) -> None:
    filled = fill(make(tmp_path / "data.xlsx"), HOUSEHOLD)
    assert accepted(*through_libreoffice([filled], suffix, tmp_path)) == ROWS


def test_a_template_that_libreoffice_saved_before_it_was_filled_is_accepted(tmp_path: Path) -> None:
    (empty,) = through_libreoffice([make(tmp_path / "data.xlsx")], "xlsx", tmp_path)
    sheet = openpyxl.load_workbook(empty)["Penduduk"]
    letters = columns(sheet)
    formats = {label: sheet[f"{letters[label]}{FIRST}"].number_format for label in ("NIK", "Nomor KK", "Tanggal Lahir")}
    assert formats == {"NIK": "@", "Nomor KK": "@", "Tanggal Lahir": "dd\\-mm\\-yyyy"}
    (saved,) = through_libreoffice([fill(empty, VILLAGE)], "ods", tmp_path)
    assert accepted(empty) == accepted(saved) == VILLAGE_ROWS


def test_rows_left_blank_between_others_and_below_the_prepared_ones_do_not_matter(tmp_path: Path) -> None:
    path = fill(make(tmp_path / "data.xlsx"), {"Penduduk": HOUSEHOLD["Penduduk"][:1]}, first=FIRST + 7)
    fill(path, {"Penduduk": HOUSEHOLD["Penduduk"][1:]}, first=FIRST + 500)
    assert accepted(path)["penduduk"] == 2


PLACES = [
    ("000-007", "RT : 007"),
    ("MANGSIT.000-001", "Dusun : MANGSIT   RT : 001"),
    ("LOANGBALOQ2.003-012", "Dusun : LOANGBALOQ2   RT : 012   RW : 003"),
]


@pytest.mark.parametrize(("area", "title"), PLACES)
def test_the_title_alone_states_the_rt_without_rw_or_in_a_dusun(tmp_path: Path, area: str, title: str) -> None:
    code = f"{KELURAHAN}-{area}"
    path = fill(make(tmp_path / "data.xlsx", code), {"Penduduk": HOUSEHOLD["Penduduk"]})
    assert accepted(path, code)["penduduk"] == 2
    assert openpyxl.load_workbook(path)["Penduduk"]["A2"].value == title


BROKEN = [
    ("Penduduk", "NIK", "630605170890", "ID01"),
    ("Penduduk", "Nomor KK", None, "WAJIB01"),
    ("Penduduk", "Jenis Kelamin", "X", "KODE01"),
    ("Penduduk", "Tanggal Lahir", "01-01-2026", "LIFE03"),
    ("Penduduk", "Tanggal Lahir", "kemarin", "TGL01"),
    ("Kesejahteraan Keluarga", "Desil", 11, "RENTANG01"),
    ("Kesejahteraan Keluarga", "Pengeluaran Bulanan", "banyak", "ANGKA01"),
    ("Pendidikan", "Kelas", 9, "RENTANG01"),
    ("Ketenagakerjaan", "Lapangan Usaha", "Z", "KODE01"),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with few prepared rows, so that it is opened in little time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form, "PREPARED", 16)
        patch.setattr(form, "SPARE", 16)
        return fill(make(tmp_path_factory.mktemp("isi") / "data.xlsx"), HOUSEHOLD)


@pytest.mark.parametrize(("sheet", "label", "value", "rule"), BROKEN)
def test_a_broken_cell_is_found_where_it_stands(
    filled: Path, tmp_path: Path, sheet: str, label: str, value: object, rule: str
) -> None:
    path = tmp_path / "data.xlsx"
    book = openpyxl.load_workbook(filled)
    cell = f"{columns(book[sheet])[label]}{FIRST}"
    book[sheet][cell].value = value
    book.save(path)
    found = [(p.sheet, p.cell, p.column, p.rule) for p in send(path).problems if p.severity == "error"]
    assert found == [(sheet, cell, label, rule)]


def test_a_nik_typed_as_a_number_is_told_apart(tmp_path: Path) -> None:
    path = fill(make(tmp_path / "data.xlsx"), {"Penduduk": [HOUSEHOLD["Penduduk"][0] | {"NIK": int(NIK)}]})
    assert [(p.cell, p.rule) for p in send(path).problems] == [(f"B{FIRST}", "ID05")]
    assert KK in str(openpyxl.load_workbook(path)["Penduduk"][f"A{FIRST}"].value)
