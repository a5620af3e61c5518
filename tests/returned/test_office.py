"""The pipeline ignores the marks on the way in, and an office program opens the file and keeps them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines.areas import Register
from pipelines.intake.problems import Problem
from pipelines.intake.workbook import read_book
from pipelines.periods import parse_period
from pipelines.returned.mark import mark_workbook, returned_name
from pipelines.warehouse.examine import Examined, examine
from tests.intake.workbooks import NIK, PEOPLE, changed, csv, ods, xlsm
from tests.returned.books import SHEET, colours, error, notes, opened, rich_openpyxl, values, warning, with_x14

FAULTY = changed(PEOPLE, {"A2": "123", "B3": None, "E4": "31-02-1990", "F3": "Bapak", "E3": "#REF!"})
FILES = {
    "faulty.xlsx": FAULTY,
    "x14.xlsx": with_x14(FAULTY),
    "good.xlsm": xlsm(PEOPLE),
    "warga.csv": csv([*PEOPLE, [NIK]], ";"),
    "warga.ods": ods(PEOPLE),
}


def judged(name: str, content: bytes) -> Examined:
    period = parse_period("2025-Q3")
    return examine(Path(name), read_book(name, content), "63.06.05.1002", Register(), period, "RT 005 RW 002")


def said(examined: Examined) -> list[Problem]:
    return sorted(examined.problems, key=lambda p: (p.sheet, p.cell, p.rule))


@pytest.mark.parametrize("name", ["faulty.xlsx", "x14.xlsx", "good.xlsm", "warga.ods"])
def test_the_pipeline_ignores_the_marks(name: str) -> None:
    before = judged(name, FILES[name])
    after = judged(returned_name(name), mark_workbook(FILES[name], name, before.problems))
    assert after.sheets == before.sheets
    assert after.verdict == before.verdict
    assert said(after) == said(before)


def test_problems_of_the_pipeline_stand_in_their_cells() -> None:
    marked = mark_workbook(FAULTY, "faulty.xlsx", judged("faulty.xlsx", FAULTY).problems)
    assert {"A2", "E4", "F3"} <= set(colours(marked, "Sheet1"))
    assert "KODE01" in notes(marked, "Sheet1")["F3"]


def converted(content: bytes, folder: Path, kind: str) -> bytes:
    """The file as LibreOffice opens and saves it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    source = folder / "marked.xlsx"
    source.write_bytes(content)
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    call = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    return (out / f"marked.{kind}").read_bytes()


def test_an_office_program_opens_and_keeps_the_marks(tmp_path: Path) -> None:
    marks = [error("A2"), error("A4"), warning("A6")]
    saved = converted(mark_workbook(rich_openpyxl(), "a.xlsx", marks), tmp_path, "xlsx")
    assert colours(saved) == {"A2": "red", "A4": "red", "A6": "yellow"}
    assert {"A2", "A4", "A6", "B3"} <= set(notes(saved))
    assert values(saved)[SHEET][1][0] == "0000000000000002"
    again = mark_workbook(saved, "a.xlsx", [])
    assert colours(again) == {}
    assert opened(again)[SHEET]["A4"].fill.fgColor.rgb == "FFC6EFCE"
    assert not any("CANTIK" in text for text in notes(again).values())


def test_an_office_program_prints_the_list(tmp_path: Path) -> None:
    assert converted(mark_workbook(FAULTY, "a.xlsx", judged("a.xlsx", FAULTY).problems), tmp_path, "pdf")[:4] == b"%PDF"
