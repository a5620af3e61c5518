"""Every rule of `schemas/rules.toml` on a real workbook that breaks it, and on the same workbook without the fault."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from intake.taking import KELURAHAN, PERIOD
from intake.workbooks import PEOPLE, Table, changed, csv, saved, table, without, workbook
from rule_cases import AHMAD, CASES, ERROR, WARNING, Case

from pipelines.areas import Register
from pipelines.errors import OfficerError
from pipelines.intake.workbook import read_book
from pipelines.warehouse.examine import Examined, examine
from schemas.dataset import Rule, rules

ACROSS_ONLY = {"DUP02", "KK03", "WARGA02", "FILE05", "KIRIM01", "KIRIM02"}  # test_across, test_resent
CORRECTIONS = {"KOREKSI01", "KOREKSI02"}  # need a correction of the office: tests/warehouse/test_correct


def judged(content: bytes, name: str = "data.xlsx") -> Examined:
    """What `cantik check` finds in one file."""
    try:
        book: Any = read_book(name, content)
    except OfficerError as unreadable:
        book = unreadable
    return examine(Path(name), book, KELURAHAN, Register(), PERIOD, name)


def written(sheets: list[Table], changes: dict[str, Any]) -> bytes:
    """The workbook, some cells of its last sheet written over."""
    book = workbook({f"Sheet{number}": rows for number, rows in enumerate(sheets, 1)})
    for cell, value in changes.items():
        book.worksheets[-1][cell].value = value
    return saved(book)


@cache
def broken(rule: str) -> Examined:
    """The workbook of the rule's case, with the fault."""
    case = next(case for case in CASES if case.rule == rule)
    return judged(written(case.sheets, case.changes))


@cache
def faultless(*tables: int) -> Examined:
    """The tables as they are; many cases share them, so they are known by their identity."""
    sheets = next(case.sheets for case in CASES if tuple(map(id, case.sheets)) == tables)
    return judged(written(sheets, {}))


def findings(found: Examined) -> list[tuple[str, str, str]]:
    """Rule, severity and cell of every problem."""
    return [(p.rule, p.severity, p.cell) for p in found.problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_broken_cell(case: Case) -> None:
    """The rule marks its cell and no other rule speaks; an error holds the row, a warning lets it in."""
    found = broken(case.rule)
    assert findings(found) == [(case.rule, case.severity, cell) for cell in case.at]
    assert sum(sheet["held"] for sheet in found.sheets) == case.held
    assert (case.held > 0) == (case.severity == ERROR)
    assert found.verdict == ("held" if case.held else "accepted")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_same_file_without_the_fault(case: Case) -> None:
    """Nothing is found where nothing is wrong."""
    found = faultless(*map(id, case.sheets))
    assert found.verdict == "accepted"
    assert findings(found) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_sentence(case: Case) -> None:
    """A problem names sheet, column and the value met, and says what to do in whole sentences."""
    for problem in broken(case.rule).problems:
        assert problem.sheet == f"Sheet{len(case.sheets)}"
        assert problem.column
        assert problem.message.endswith(".")
        assert "{" not in problem.message


def hidden_sheet(visible: bool) -> bytes:
    """A second sheet with data, hidden or about something else."""
    book = workbook({"Data": PEOPLE, "Catatan": PEOPLE if not visible else [["Catatan rapat"]]})
    book["Catatan"].sheet_state = "visible" if visible else "hidden"
    return saved(book)


def refused_sheet(whole: bool) -> bytes:
    """A second sheet of people that lacks a starred column, or does not."""
    other = {**AHMAD, "NIK": "0", "Nama Lengkap": "Lain", "Hubungan dalam Keluarga": "Famili Lain"}
    return written([PEOPLE, table([other if whole else without(other, "Nomor KK")])], {})


def another_rt(_: bool) -> bytes:
    """People whose RT stands once above the table; the file's name says the same, or another."""
    rows = table([without(AHMAD, "RT", "RW")])
    return written([[["RT : 005", *[None] * (len(rows[0]) - 1)], *rows]], {})


def incomplete_register(whole: bool) -> bytes:
    """Two columns of schooling beside the people, without the starred one, or with it."""
    school = {"Jenjang": "D4/S1", "Kelas": 8}
    if whole:
        school["Partisipasi Sekolah"] = "Tidak sekolah lagi"
    return written([table([{**AHMAD, **school}])], {})


# The rules over a whole file: how to write it without and with the fault, its name, the sheet and cell that are named.
FILES: dict[str, tuple[str, Callable[[bool], bytes], tuple[str, str], str, str]] = {
    "FILE01": (WARNING, hidden_sheet, ("data.xlsx", "data.xlsx"), "Catatan", ""),
    "FILE02": (ERROR, refused_sheet, ("data.xlsx", "data.xlsx"), "Sheet2", "A1"),
    "FILE03": (WARNING, lambda whole: written([PEOPLE], {}), ("data.xlsx", "data.xls"), "", ""),
    "FILE06": (WARNING, another_rt, ("RT 005.xlsx", "RT 006.xlsx"), "Sheet1", "A1"),
    "FILE04": (WARNING, incomplete_register, ("data.xlsx", "data.xlsx"), "Sheet1", ""),
}


@pytest.mark.parametrize("rule", FILES)
def test_broken_file(rule: str) -> None:
    """The file's rule names the sheet; its good rows come in all the same."""
    severity, write, (good_name, bad_name), sheet, cell = FILES[rule]
    good, bad = judged(write(True), good_name), judged(write(False), bad_name)
    assert good.verdict == "accepted"
    assert findings(good) == []
    assert findings(bad) == [(rule, severity, cell)]
    assert bad.problems[0].sheet == sheet
    assert bad.problems[0].message.endswith(".")
    assert bad.verdict == ("held" if severity == ERROR else "accepted")
    assert sum(s["held"] for s in bad.sheets) == 0
    assert sum(s["accepted"] for s in bad.sheets) > 0


def test_ragged_csv_row_is_held() -> None:
    """FILE02 also marks the first cell of a CSV row with more cells than the others."""
    found = judged(csv([*PEOPLE[:2], [*PEOPLE[2], "x"], PEOPLE[3]]), "data.csv")
    assert findings(found) == [("FILE02", ERROR, "A3")]
    assert [(s["accepted"], s["held"]) for s in found.sheets] == [(2, 1)]


def test_every_rule_has_a_case() -> None:
    """A rule without a workbook that breaks it is a rule that nobody has seen work."""
    covered = {case.rule for case in CASES} | FILES.keys() | ACROSS_ONLY | CORRECTIONS
    assert covered == rules().keys()


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_every_rule_has_advice_to_pass_on(rule: Rule) -> None:
    """One short sentence of no cell: only the column may be named in it."""
    said = rule.advice.format(label="NIK")
    assert said.endswith(".")
    assert len(said) <= 130
    assert "{" not in said


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_severity_is_declared(case: Case) -> None:
    """The severity a case expects is the declared one."""
    assert rules()[case.rule].severity == case.severity


def test_held_head_is_still_a_head() -> None:
    """Rules over several rows look at held rows too: the family keeps its head though the row lacks a name."""
    rows = table([AHMAD, {**AHMAD, "NIK": "0", "Nama Lengkap": "Bayi", "Hubungan dalam Keluarga": "Anak"}])
    assert findings(judged(changed(rows, {"C2": None}))) == [("WAJIB01", ERROR, "C2")]
