"""Spoiled stores: each is noticed or harmless, never a wrong figure, never a traceback, and one command mends it."""

import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.diagnosis import diagnosed, troubles
from pipelines.errors import OfficerError
from pipelines.journal import LINK
from pipelines.publishing.revisions import LOG
from pipelines.settings import Places
from pipelines.warehouse.ledger import LEDGER, kept_file, read_ledger
from tests.warehouse.rows import person, write_people

from .damage import damage
from .office import results, whole_run

FEW, MANY = 1, 30  # rounds for each kind of file
Call = Callable[..., tuple[int, str, str]]
COMMANDS = ("cantik rebuild", "cantik run", "cantik restore")
KINDS: dict[str, Callable[[Places], Path]] = {
    "warehouse": lambda places: places.warehouse,
    "identities": lambda places: places.identities,
    "published": lambda places: places.published,
    "ledger": lambda places: places.store / LEDGER,
    "release": lambda places: next(places.releases.glob("*.parquet")),
    "sum": lambda places: next(places.releases.glob("*.sha256")),
    "log": lambda places: places.releases / LOG,
    "kept": lambda places: kept_file(places, read_ledger(places)[0]),
    "runs": lambda places: places.store / "runs.jsonl",
    "notes": lambda places: next(places.returned.rglob(".tanda.json")),
}


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """Run a command in this process; returns its exit code and what it printed."""

    def run(home: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.setenv("CANTIK_HOME", str(home))
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(words)
        out.flush()
        return code, out.buffer.getvalue().decode(), err.getvalue()

    yield run


def told_or_whole(home: Path) -> str | None:
    """What a run says of a damaged home; None where it ended well. Anything else is an error of the test."""
    try:
        whole_run(home)
    except OfficerError as told:
        return str(told)
    except Exception as fault:  # noqa: BLE001 - what the flow and the program do with any fault
        found = diagnosed(Places(home), fault)
        assert found is not None, repr(fault)
        return str(found)
    return None


def names_a_command(said: str) -> bool:
    """Whether a sentence for the officer says what to do."""
    return any(command in said for command in COMMANDS) and "Traceback" not in said and "pengelola" not in said


def spoil_and_use(home: Path, kind: str, moment: random.Random, call: Call) -> str:
    """One round: spoil, pull, look at the status, run, mend by the command that was named, compare everything."""
    undisturbed = results(home) | {"kept": {}}
    pulls = [("pull", "--tier", "liaison"), ("pull", "--tier", "liaison", "--release", released(home))]
    figures = call(home, *pulls[0])[1]
    places = Places(home)
    way = damage(KINDS[kind](places), moment)
    for words in pulls:
        code, out, err = call(home, *words)
        assert out == figures if code == 0 else names_a_command(err), (kind, way, words, err)
    code, out, err = call(home, "status")
    assert code == 0 or names_a_command(err), (kind, way, err)
    told = told_or_whole(home)
    assert told is None or names_a_command(told), (kind, way, told)
    if told is None and not troubles(places):
        assert results(home) | {"kept": {}} == undisturbed, (kind, way)
        return "selesai"
    if "cantik rebuild" not in (told or " ".join(troubles(places))):
        return "cadangan"
    assert call(home, "rebuild")[0] == 0, (kind, way)
    whole_run(home)
    assert results(home) | {"kept": {}} == undisturbed, (kind, way)
    assert not troubles(places)
    return "rebuild"


def released(home: Path) -> str:
    """The only release of the sample."""
    return next(Places(home).releases.glob("*.parquet")).stem


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rounds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_a_spoiled_file_never_gives_a_wrong_figure(
    run_sample: Path, tmp_path: Path, kind: str, rounds: int, call: Call, tally: Counter[str]
) -> None:
    moment = random.Random(f"{kind}{rounds}")
    for number in range(rounds):
        home = tmp_path / f"kantor{number}"
        shutil.copytree(run_sample, home)
        spoil_and_use(home, kind, moment, call)
        shutil.rmtree(home)
    tally["spoiled"] += rounds


def test_a_kept_file_that_is_lost_is_taken_from_the_inbox_or_told(office: Path, call: Call) -> None:
    undisturbed, places = results(office), Places(office)
    first = read_ledger(places)[0]
    kept_file(places, first).unlink()
    assert call(office, "rebuild")[0] == 0
    assert results(office) == undisturbed
    kept_file(places, first).write_bytes(kept_file(places, first).read_bytes().replace(b"P", b"Q", 1))
    shutil.rmtree(places.inbox)
    places.inbox.mkdir()
    code, _, err = call(office, "rebuild")
    assert (code, "cantik restore" in err, len(err.strip().splitlines())) == (2, True, 1)
    assert results(office) | {"kept": {}} == undisturbed | {"kept": {}}  # nothing was put aside for a rebuild


@pytest.mark.parametrize("lost", ["baris", "berkas"])
def test_a_ledger_that_lost_lines_is_told_and_mended_from_the_warehouse(office: Path, call: Call, lost: str) -> None:
    undisturbed, ledger = results(office), Places(office).store / LEDGER
    whole = ledger.read_bytes()
    if lost == "baris":
        ledger.write_bytes(b"".join(whole.splitlines(keepends=True)[:-2]))
    else:
        ledger.unlink()
    write_people(office / "data/raw/2025-Q3/susulan.xlsx", person(1, "Ahmad"))  # must not take a lost one's number
    assert "cantik rebuild" in str(told_or_whole(office))
    (office / "data/raw/2025-Q3/susulan.xlsx").unlink()
    assert call(office, "rebuild")[0] == 0
    assert ledger.read_bytes() == whole
    assert results(office) == undisturbed


def test_without_ledger_and_warehouse_only_a_backup_helps(office: Path, call: Call) -> None:
    (Places(office).store / LEDGER).unlink()
    Places(office).warehouse.unlink()
    next((office / "data/raw/2025-Q3").iterdir()).unlink()  # what is kept is no more all in the inbox
    assert "cantik restore" in str(told_or_whole(office))
    assert call(office, "rebuild")[0] == 2


def test_a_ledger_of_an_earlier_version_goes_on_linked(office: Path) -> None:
    ledger = Places(office).store / LEDGER
    rows = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    ledger.write_text("".join(json.dumps({k: v for k, v in r.items() if k != LINK}) + "\n" for r in rows), "utf-8")
    write_people(office / "data/raw/2025-Q3/susulan.xlsx", person(1, "Ahmad"))
    whole_run(office)
    assert len(read_ledger(Places(office))) == len(rows) + 1
    content = ledger.read_bytes()
    ledger.write_bytes(content.replace(b'"arrival": 1', b'"arrival": 2', 1))
    with pytest.raises(OfficerError, match="rusak"):
        read_ledger(Places(office))  # the first line with a link covers those before it


def test_readers_that_cannot_start_refuse_no_file(tiny_sample: Path, tmp_path: Path) -> None:
    """A reading process starts with the main module of its parent; where that fails, none comes up."""
    home = tmp_path / "kantor"
    shutil.copytree(tiny_sample, home)
    script = tmp_path / "tanpa_penjaga.py"
    script.write_text(
        "import sys\n"
        "if __name__ != '__main__': sys.exit(1)\n"
        "from pathlib import Path\n"
        "from tests.reliability.office import whole_run\n"
        "whole_run(Path(sys.argv[1]))\n",
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, str(script), str(home)], env=environment, capture_output=True, check=False)
    assert b"Pembaca berkas tidak mau mulai" in done.stderr
    whole_run(home)
    with duckdb.connect(str(Places(home).warehouse), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM receipts WHERE verdict = 'rejected'").fetchall() == [(0,)]
