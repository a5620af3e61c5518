"""Excel errors and formulas that were never calculated are filled cells: never read as empty in silence."""

import re
from typing import Any

import pytest

from .taking import take
from .workbooks import BUDI, FAMILY, PEOPLE, PERSON, SHEET, Table, changed, ods, patched, table, unpacked, xlsx

ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!"]
UNCALCULATED = "=A1"
OPTIONAL = table([{**PERSON, "Tempat Lahir": "Kandangan", "Agama": "Islam", "Sedang Hamil": "Tidak", "KTP-el": "Ya"}])
DUSUN = table([{**PERSON, "Dusun": "Mangsit"}])


@pytest.mark.parametrize("error", ERRORS)
def test_error_cell_is_held_with_what_excel_shows(error: str) -> None:
    taken = take(changed(PEOPLE, {"C3": error}))
    assert taken.names == ["Ahmad", "Siti"]
    assert taken.found == [("TEKS01", "C3")]
    assert error in taken.problems[0].message


RULES = dict(zip("ABCDEFGH", ["ID04", "ID01", "TEKS01", "KODE01", "TGL01", "KODE01", "GEO04", "GEO04"], strict=True))


@pytest.mark.parametrize("cell", ["#REF!", UNCALCULATED], ids=["error", "formula"])
@pytest.mark.parametrize(("letter", "rule"), RULES.items())
def test_fault_in_every_column(letter: str, rule: str, cell: str) -> None:
    taken = take(changed(PEOPLE, {f"{letter}3": cell}))
    assert taken.total == (3, 2, 1)
    assert taken.found == [(rule, f"{letter}3")]


@pytest.mark.parametrize("cell", ["#REF!", UNCALCULATED], ids=["error", "formula"])
@pytest.mark.parametrize("letter", "IJKL")
def test_fault_in_a_column_that_may_be_empty(letter: str, cell: str) -> None:
    """Empty would mean unknown; this is filled and unreadable."""
    taken = take(changed(OPTIONAL, {f"{letter}2": cell}))
    assert taken.total == (1, 0, 1)
    assert [at for _, at in taken.found] == [f"{letter}2"]


@pytest.mark.parametrize("cell", ["#REF!", UNCALCULATED], ids=["error", "formula"])
def test_fault_in_the_dusun(cell: str) -> None:
    assert take(changed(DUSUN, {"I2": cell})).total == (1, 0, 1)


@pytest.mark.parametrize("value", [1, 4_000_000, "4000000"])
def test_calculated_formula_is_its_value(value: Any) -> None:
    """What Excel kept beside the formula counts; text and number alike."""
    kind = (
        b'<c r="D2" t="str"><f>A1</f><v>%s</v></c>' if isinstance(value, str) else b'<c r="D2"><f>A1</f><v>%s</v></c>'
    )
    content = xlsx(table([FAMILY]))
    cell = re.search(rb'<c r="D2"[^>]*>.*?</c>', unpacked(content)[SHEET])
    assert cell
    taken = take(patched(content, SHEET, cell[0], kind % str(value).encode()))
    assert taken.values("pengeluaran_bulanan", "kesejahteraan") == [float(value)]


def test_formula_that_gave_an_empty_text_is_empty() -> None:
    """`=IF(A2="";"";...)` is how offices prepare blank rows."""
    content = xlsx(table([{**PERSON, "Tempat Lahir": "Kandangan"}]))
    cell = re.search(rb'<c r="I2"[^>]*>.*?</c>', unpacked(content)[SHEET])
    assert cell
    taken = take(patched(content, SHEET, cell[0], b'<c r="I2" t="str"><f>A1</f><v></v></c>'))
    assert taken.values("tempat_lahir") == [None]
    assert not taken.problems


def of_faults(rows: Table, first: int, last: int, cell: str) -> bytes:
    """The table with every cell of some rows at fault."""
    return changed(rows, {f"{letter}{row}": cell for letter in "ABCDEFGH" for row in range(first, last + 1)})


@pytest.mark.parametrize("cell", ["#REF!", UNCALCULATED], ids=["error", "formula"])
@pytest.mark.parametrize(("first", "last"), [(2, 2), (3, 3), pytest.param(4, 4), pytest.param(2, 4)])
def test_row_of_faults_is_a_row(first: int, last: int, cell: str) -> None:
    assert take(of_faults(PEOPLE, first, last, cell)).total == (3, 3 - (last - first + 1), last - first + 1)


@pytest.mark.parametrize("error", [b"#SPILL!", b"#CALC!", b"#GETTING_DATA"])
def test_errors_of_newer_excel(error: bytes) -> None:
    assert take(patched(changed(PEOPLE, {"C3": "#REF!"}), SHEET, b"#REF!", error)).total == (3, 2, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b't="e"', b"t='e'"), (b'r="J2"', b"r='J2'"), (b't="e"', b't = "e"'), (b' r="J2"', b"")],
    ids=["type in apostrophes", "address in apostrophes", "spaces", "no addresses"],
)
def test_error_cell_written_by_other_programs(old: bytes, new: bytes) -> None:
    content = changed(OPTIONAL, {"J2": "#REF!"})
    if not new:
        bare = re.sub(rb' r="[A-Z]+[0-9]+"', b"", unpacked(content)[SHEET])
        content = patched(content, SHEET, unpacked(content)[SHEET], bare)
    else:
        content = patched(content, SHEET, old, new)
    assert take(content).total == (1, 0, 1)


def test_error_in_an_ods_holds_where_the_column_is_starred() -> None:
    rows = [list(row) for row in PEOPLE]
    rows[2][2] = "#REF!"
    assert take(ods(rows), "data.ods").total == (3, 2, 1)


def test_error_in_an_ods_in_a_column_that_may_be_empty() -> None:
    rows = [PERSON | {"Agama": "#REF!"}, BUDI | {"Agama": "Islam"}]
    assert take(ods(table(rows)), "data.ods").total == (2, 1, 1)


def test_error_in_the_headings_names_the_missing_column() -> None:
    assert "Judul kolom NIK tidak ditemukan" in str(take(changed(PEOPLE, {"B1": "#REF!"})).reason)
