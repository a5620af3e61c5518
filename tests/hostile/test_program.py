"""All hostile files together, as an officer gives them to the program: `check` on every one, `run` on a full inbox."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import CONFIG, Cantik
from tests.intake.test_bad_files import sentence_of
from tests.intake.workbooks import NIK, PEOPLE, changed

from .case import ACCEPTED, REJECTED, Case
from .cells import VALUES
from .test_names import BROKEN, NAMES
from .test_verdicts import CASES

COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COMMANDING = re.compile("name: (terminal|mark)|sheet named|heading: a script|csv with .*terminal")
SECONDS = 240  # for a program that reads all of them
# Values that are merely wrong are judged one by one in test_verdicts.
QUICK = [case for case in CASES if not case.slow and case not in VALUES]


@pytest.fixture(scope="module", params=[4, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def cases(request: pytest.FixtureRequest) -> list[Case]:
    """Every so many cases, and those that try to command the screen."""
    return [case for n, case in enumerate(QUICK) if n % request.param == 0 or COMMANDING.match(case.name)]


@pytest.fixture(scope="module")
def folder(cases: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file in a folder of its own, for many bear the same name."""
    home = tmp_path_factory.mktemp("musuh")
    for case in cases:
        number = QUICK.index(case)
        place = home / f"{number:03}"
        place.mkdir()
        (place / case.file).write_bytes(case.make())
    return home


@pytest.fixture(scope="module")
def checked(folder: Path, cases: list[Case]) -> tuple[list[dict[str, Any]], str]:
    """What `cantik check --format json` says of all files, and what it writes on the screen."""
    return _check(folder, "json", cases)


def _check(folder: Path, form: str, cases: list[Case]) -> Any:
    files = [str(folder / f"{QUICK.index(case):03}" / case.file) for case in cases]
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "check", "--period", "2025-Q3", "--format", form, *files],
        env=os.environ | {"CANTIK_HOME": str(folder / "rumah")},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    said = done.stdout.decode()
    return (json.loads(said) if form == "json" else said), done.stderr.decode() + said


def test_every_verdict_is_the_expected_one(checked: tuple[list[dict[str, Any]], str], cases: list[Case]) -> None:
    """With several readers at once, some of which die: no file takes the blame for another."""
    verdicts, _ = checked
    assert {case.name: found["verdict"] for case, found in zip(cases, verdicts, strict=True)} == {
        case.name: case.verdict for case in cases
    }


def test_every_row_is_accounted_for(checked: tuple[list[dict[str, Any]], str], cases: list[Case]) -> None:
    for case, found in zip(cases, checked[0], strict=True):
        assert all(sheet["rows"] == sheet["accepted"] + sheet["held"] for sheet in found["sheets"]), case.name
        if case.verdict == REJECTED:
            assert case.says in sentence_of(found["reason"])
            assert found["sheets"] == []
        else:
            counts = tuple(sum(sheet[fate] for sheet in found["sheets"]) for fate in ("accepted", "held"))
            assert counts == case.rows, case.name
        if case.rules is not None:
            assert {p["rule"] for p in found["problems"]} == case.rules, case.name


def test_nothing_on_the_screen_commands_it(checked: tuple[list[dict[str, Any]], str], folder: Path) -> None:
    assert COMMANDS.findall(checked[1]) == []
    _, text = _check(
        folder,
        "text",
        [case for case in QUICK if COMMANDING.match(case.name)],
    )
    assert COMMANDS.findall(text) == []
    assert "Traceback" not in text


def test_marked_workbooks_hold_no_formula_that_was_not_sent(
    checked: tuple[list[dict[str, Any]], str], folder: Path, cases: list[Case]
) -> None:
    marked = sorted(folder.glob("*/* - diperiksa.xls?"))
    assert len(marked) > len(cases) / 9
    for path in marked:
        sent = QUICK[int(path.parent.name)]
        before = _formulas(sent.make()) if sent.make().startswith(b"PK") and not sent.file.endswith(".ods") else set()
        assert _formulas(path.read_bytes()) <= before, sent.name


def _formulas(content: bytes) -> set[str]:
    try:
        book = load_workbook(io.BytesIO(content))
    except (KeyError, ValueError, TypeError):  # a package that openpyxl does not take as a workbook
        return set()
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {str(getattr(cell.value, "text", cell.value)) for cell in cells if cell.data_type == "f"}


@pytest.mark.slow
def test_an_inbox_full_of_them(cantik: Cantik, tmp_path: Path) -> None:
    """`run` takes in what can be taken, refuses the rest by name, and what it hands out is inert."""
    home = tmp_path / "kantor"
    inbox = home / "data" / "raw" / "2025-Q3"
    inbox.mkdir(parents=True)
    (home / "data" / "cantik.toml").write_text(CONFIG, encoding="utf-8")
    chosen = QUICK[::3]
    for number, case in enumerate(chosen):
        place = inbox / f"{number:03}"
        place.mkdir()
        (place / case.file).write_bytes(case.make())
    strange = [*NAMES.values(), BROKEN] if sys.platform != "win32" else [NAMES["a NIK"]]
    for number, name in enumerate(strange, 3):
        (inbox / name).write_bytes(changed(PEOPLE, {"B3": str(number)}))
    done = cantik(home, "run", timeout=str(SECONDS))
    assert done.returncode == 0, done.stderr
    state = json.loads(cantik(home, "status", "--format", "json").stdout)
    lines = (home / "data" / "warehouse" / "receipts.jsonl").read_text(encoding="utf-8").splitlines()
    taken = {json.loads(line)["path"] for line in lines}
    assert {name for name in strange if not name.startswith(".") and name != BROKEN} <= taken
    refused = {found["file"].split("/")[0] for found in state["findings"] if found["rule"] == "DITOLAK"}
    rejected = {f"{number:03}" for number, case in enumerate(chosen) if case.verdict == REJECTED}
    assert {place for place in refused if place.isdecimal()} <= rejected
    assert len(refused) > 20
    assert any("huruf yang rusak" in found["message"] for found in state["findings"]) or sys.platform == "win32"
    kept = [path.name for path in (home / "data" / "warehouse" / "kept").rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[0-9a-f]{64}(\.[a-z]+)?", name) for name in kept)
    assert state["rows"]["read"] == state["rows"]["accepted"] + state["rows"]["held"]
    assert COMMANDS.findall(done.stderr + done.stdout) == []
    assert COMMANDS.findall(cantik(home, "status").stdout) == []
    _nothing_runs(home)
    _nobody_is_named(home)


def _nothing_runs(home: Path) -> None:
    for path in (home / "reports").rglob("*.csv"):
        cells = (cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row)
        assert not [c for c in cells if c.lstrip(" \u00a0").startswith(FORMULA_STARTS) and not _is_number(c)], path
    for path in (home / "reports").rglob("*.xlsx"):
        assert _formulas(path.read_bytes()) == set()


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text) is not None


def _nobody_is_named(home: Path) -> None:
    """A file's name may hold a NIK: it stays in the store of the office, and reaches no log, report or figure."""
    written = [
        *(home / "reports").rglob("*"),
        home / "data" / "warehouse" / "published.duckdb",
        *home.rglob("*.log"),
        *home.rglob("runs.jsonl"),
        *home.rglob("prefect.db*"),
    ]
    for path in written:
        if path.is_file():
            assert NIK.encode() not in path.read_bytes(), path


def test_kinds_of_verdicts() -> None:
    """The corpus tries all three; most of it is refused or held."""
    counts = {verdict: sum(case.verdict == verdict for case in CASES) for verdict in {c.verdict for c in CASES}}
    assert len(counts) == 3
    assert counts[ACCEPTED] < len(CASES) / 2
