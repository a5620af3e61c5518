"""A filled template broken in many ways: each fault comes back in its cell, with a sentence, and nothing else does."""

import argparse
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipelines.commands import template
from pipelines.intake.words import LIST_SHEET
from pipelines.returned.mark import returned_name
from pipelines.returned.remarks import WORDS
from pipelines.template import form
from tests.conftest import CONFIG
from tests.returned.books import RED, YELLOW
from tests.template.forms import RT, fill, through_libreoffice
from tests.template.village import ROWS, VILLAGE
from tests.template.ways import BOOKS, WAYS, Finding, Way, together

AREAS = "code,level,name,parent,bps_code,rw,rt,dusun,km2\n" + "".join(
    f"63.06.05.1002-002-00{rt},rt,RT,63.06.05.1002-002,,002,00{rt},,\n" for rt in (4, 5, 6)
)
TOLD = re.compile(r"\b(isi|tulis|ketik|pilih|salin|periksa|perbaiki|hapus|ubah|tampilkan|biarkan)\b", re.IGNORECASE)
FEW_ROWS = 16  # prepared in each sheet, so that many workbooks are opened in little time
FIRST_LINE = 8  # of the list


class Office:
    """A home whose register knows three RTs, and the template of one, filled in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "kantor"
        (self.home / "data" / "raw").mkdir(parents=True)
        (self.home / "data" / "cantik.toml").write_text(CONFIG, encoding="utf-8")
        (self.home / "data" / "areas.csv").write_text(AREAS, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CANTIK_HOME", str(self.home))
            patch.setattr(form, "PREPARED", FEW_ROWS)
            patch.setattr(form, "SPARE", FEW_ROWS)
            template.run(argparse.Namespace(period="2025-Q4", rt=RT, output=str(folder)))
        self.filled = fill(next(folder.glob("*.xlsx")), VILLAGE).read_bytes()

    def book(self) -> Workbook:
        """The filled template, opened."""
        return openpyxl.load_workbook(io.BytesIO(self.filled))

    def broken(self, way: Way, folder: Path) -> Path:
        """The template broken in one way, saved in a folder of its own."""
        book = self.book()
        way.edit(book)
        folder.mkdir(parents=True)
        book.save(folder / way.file)
        return folder / way.file

    def check(self, files: Iterable[Path]) -> list[dict[str, Any]]:
        """What the program says of these files, in one call."""
        call = [sys.executable, "-m", "pipelines", "check", "--period", "2025-Q4", "--format", "json"]
        environment = os.environ | {"CANTIK_HOME": str(self.home)}
        done = subprocess.run([*call, *map(str, files)], env=environment, capture_output=True, check=False, timeout=300)
        said: list[dict[str, Any]] = json.loads(done.stdout)
        return said


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("rusak"))


@pytest.fixture(scope="module")
def judged(office: Office) -> dict[str, dict[str, Any]]:
    """What is said of every broken workbook, by its name."""
    files = [office.broken(way, office.folder / f"{number:02}") for number, way in enumerate(BOOKS)]
    return {way.name: said for way, said in zip(BOOKS, office.check(files), strict=True)}


def found(said: dict[str, Any]) -> list[Finding]:
    """The findings of one file."""
    return [(p["sheet"], p["cell"], p["rule"], p["severity"]) for p in said["problems"]]


def returned(said: dict[str, Any]) -> Path:
    """Where the marked workbook of a file lies."""
    file = Path(said["file"])
    return file.with_name(returned_name(file.name))


def colours(book: Workbook) -> dict[tuple[str, str], str]:
    """The cells of all sheets that carry one of our colours."""
    shades = {RED: "error", YELLOW: "warning"}
    return {
        (sheet.title, cell.coordinate): shades[cell.fill.fgColor.rgb]
        for sheet in book.worksheets
        if sheet.title != LIST_SHEET
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in shades
    }


def worst(findings: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """The colour that each cell must have."""
    wanted: dict[tuple[str, str], str] = {}
    for sheet, cell, _, severity in findings:
        if cell:
            wanted[sheet, cell] = "error" if "error" in (severity, wanted.get((sheet, cell))) else severity
    return wanted


def assert_marked(path: Path, said: dict[str, Any]) -> None:
    """The workbook carries the marks of these problems and no others: colours, notes, and a line each in the list."""
    book = openpyxl.load_workbook(path)
    assert colours(book) == worst(found(said))
    notes = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and "CANTIK" in cell.comment.text
    }
    assert notes.keys() == worst(found(said)).keys()
    lines = {}
    for line in book[LIST_SHEET].iter_rows(min_row=FIRST_LINE, max_col=6):
        link = line[3].hyperlink.location if line[3].hyperlink else None
        lines[line[2].value, line[3].value, line[5].value] = (line[1].value, link)
    for problem in said["problems"]:
        sheet, cell, message = problem["sheet"], problem["cell"], problem["message"]
        if cell:
            assert f"{problem['rule']}: {message}" in notes[sheet, cell]
        word, link = lines.pop((sheet, cell or "-", f"{message} [{problem['rule']}]"))
        assert word == WORDS[problem["severity"] == "error"]
        assert link == (f"'{sheet}'!{cell}" if cell else None)
    assert lines == {}
    assert book.sheetnames[0] == LIST_SHEET


def test_the_filled_template_has_no_fault(office: Office) -> None:
    path = office.folder / "utuh" / Way.file
    path.parent.mkdir()
    path.write_bytes(office.filled)
    (said,) = office.check([path])
    assert (said["verdict"], said["problems"]) == ("accepted", [])
    assert {sheet["dataset"]: sheet["accepted"] for sheet in said["sheets"]} == ROWS
    assert not returned(said).exists()


@pytest.mark.parametrize("way", BOOKS, ids=str)
def test_each_fault_comes_back_in_its_cell(judged: dict[str, dict[str, Any]], way: Way) -> None:
    said = judged[way.name]
    assert sorted(found(said)) == sorted(way.findings)
    assert said["verdict"] == way.verdict
    assert all(sheet["accepted"] + sheet["held"] == sheet["rows"] for sheet in said["sheets"])
    assert returned(said).exists() == bool(way.findings)
    if way.findings:
        assert_marked(returned(said), said)
    for sentence in [p["message"] for p in said["problems"]] + [said["reason"] or "Tulis."]:
        assert TOLD.search(sentence), sentence  # it says what to do,
        assert not re.search(r"\{|\}|\bNone\b|\bnan\b", sentence), sentence  # and nothing that only we understand


def test_what_is_mended_in_the_returned_workbook_is_accepted(
    office: Office, judged: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    files = []
    for number, way in enumerate(BOOKS):
        if way.findings and way.mended and number % 3 == 0:
            book = openpyxl.load_workbook(returned(judged[way.name]))
            way.mended(book)
            files.append(tmp_path / str(number) / returned_name(way.file))
            files[-1].parent.mkdir()
            book.save(files[-1])
    assert len(files) > 9
    for said in office.check(files):
        assert (said["verdict"], found(said)) == ("accepted", []), said["file"]
        assert {sheet["dataset"]: sheet["accepted"] for sheet in said["sheets"]} == ROWS


# A fault of every kind that a conversion could hide or move.
CONVERTED = (
    ("NIK sebagai angka", "tanggal 31/02", "jumlah anggota pecahan"),
    ("NIK kosong atau strip", "kode tak dikenal di Penduduk"),
    ("RT lain yang tidak terdaftar",),
    ("disaring dan disembunyikan", "sheet disembunyikan"),
)


@pytest.mark.parametrize(
    "over", [["ods"], *(pytest.param(w, marks=pytest.mark.slow) for w in (["xls"], ["ods", "xlsx"]))]
)
def test_a_detour_by_libreoffice_hides_and_moves_nothing(office: Office, tmp_path: Path, over: list[str]) -> None:
    named = {way.name: way for way in WAYS}
    ways = [together(*(named[name] for name in names)) for names in CONVERTED]
    detour = [tmp_path / f"RT 005 RW 002 - {number:02}.xlsx" for number in range(len(ways))]
    for way, path in zip(ways, detour, strict=True):
        office.broken(way, tmp_path / path.stem).rename(path)
    for suffix in over:
        detour = through_libreoffice(detour, suffix, tmp_path)
    for way, said in zip(ways, office.check(detour), strict=True):
        assert sorted(found(said)) == sorted(way.findings), said["file"]
        assert said["verdict"] == way.verdict
        if way.findings:
            assert_marked(returned(said), said)
