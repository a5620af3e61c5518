"""Whatever becomes of Prefect, the pipeline finishes, says so in one sentence, and gives the same."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipelines import runlog
from pipelines.prefect_setup import running_server
from pipelines.settings import Places
from tests.conftest import Cantik

from .office import timeless

WITHOUT = "diteruskan tanpa Prefect"


@pytest.fixture
def home(tiny_sample: Path, tmp_path: Path) -> Path:
    """An office not yet run."""
    folder = tmp_path / "kantor"
    shutil.copytree(tiny_sample, folder)
    return folder


def prefects(home: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of Prefect's own database."""
    with closing(sqlite3.connect(home / "data/warehouse/prefect/prefect.db")) as database:
        return database.execute(query).fetchall()


def done_plainly(
    done: "subprocess.CompletedProcess[str]", home: Path, run_sample: Path, why: str, tally: Counter[str]
) -> None:
    """The run ended well without Prefect, said why in one line, and all is as in an undisturbed run."""
    assert done.returncode == 0, done.stderr
    assert [why in line for line in done.stderr.splitlines() if WITHOUT in line] == [True]
    assert "Traceback" not in done.stderr
    assert timeless(home) == timeless(run_sample)
    [entry] = runlog.read(Places(home))
    assert entry["outcome"] == "selesai"
    assert entry["files"] == runlog.read(Places(run_sample))[0]["files"]
    tally["prefect"] += 1


@pytest.mark.slow
def test_a_database_of_garbage_is_put_aside_and_prefect_goes_on(
    cantik: Cantik, home: Path, run_sample: Path, tally: Counter[str]
) -> None:
    folder = home / "data/warehouse/prefect"
    folder.mkdir(parents=True)
    (folder / "prefect.db").write_bytes(b"bukan basis data" * 500)
    done = cantik(home, "run")
    assert done.returncode == 0, done.stderr
    assert "Basis data Prefect rusak" in done.stderr
    assert WITHOUT not in done.stderr
    assert (folder / "prefect.db.rusak-1").exists()
    assert timeless(home) == timeless(run_sample)
    assert prefects(home, "SELECT DISTINCT state_name FROM flow_run") == [("Completed",)]
    tally["prefect"] += 1


@pytest.mark.slow
def test_a_locked_database(cantik: Cantik, home: Path, run_sample: Path, tally: Counter[str]) -> None:
    folder = home / "data/warehouse/prefect"
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "prefect.db", isolation_level=None)) as holder:
        holder.execute("CREATE TABLE apa (saja)")
        holder.execute("BEGIN EXCLUSIVE")
        done = cantik(home, "run")
    done_plainly(done, home, run_sample, "dikunci program lain", tally)


@pytest.mark.slow
def test_a_server_that_dies_while_files_are_taken_in(home: Path, run_sample: Path, tally: Counter[str]) -> None:
    done_plainly(struck_run(home, "server", "receipts.jsonl"), home, run_sample, "putus", tally)


def struck_run(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tests.reliability.striking", *words],
        env=os.environ | {"CANTIK_HOME": str(home)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def run_with(home: Path, setting: str) -> "subprocess.CompletedProcess[str]":
    """`cantik run` with one constant set otherwise."""
    module = setting.split(".")[0]
    told = f"import sys; from pipelines import {module}; {setting}\n"
    told += "from pipelines.cli import main; sys.exit(main(['run']))"
    return subprocess.run(
        [sys.executable, "-c", told],
        env=os.environ | {"CANTIK_HOME": str(home)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


@contextmanager
def another_program() -> Iterator[str]:
    """A real port on which something answers everything, and is not Prefect."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"true")

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:  # type: ignore[override]
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()


def test_the_port_of_a_noted_server_that_another_program_took(home: Path) -> None:
    folder = home / "data/warehouse/prefect"
    folder.mkdir(parents=True)
    with another_program() as url:
        (folder / "server.json").write_text(f'{{"url": "{url}"}}', encoding="utf-8")
        assert running_server(Places(home)) is None


@pytest.mark.slow
def test_a_configured_server_that_is_another_program(
    cantik: Cantik, home: Path, run_sample: Path, tally: Counter[str]
) -> None:
    with another_program() as url:
        done_plainly(cantik(home, "run", PREFECT_API_URL=url), home, run_sample, "putus", tally)


@pytest.mark.slow
def test_a_server_that_is_not_there(cantik: Cantik, home: Path, run_sample: Path, tally: Counter[str]) -> None:
    done_plainly(cantik(home, "run", PREFECT_API_URL="http://127.0.0.1:9/api"), home, run_sample, "putus", tally)


@pytest.mark.slow
def test_a_server_that_is_not_ready_in_time(home: Path, run_sample: Path, tally: Counter[str]) -> None:
    done = run_with(home, "prefect_server.SECONDS_TO_START = 0")
    done_plainly(done, home, run_sample, "belum siap pada waktunya", tally)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_run_that_died_with_its_server_is_buried_by_the_next_and_forgotten_in_time(
    cantik: Cantik, home: Path, run_sample: Path, tally: Counter[str]
) -> None:
    assert struck_run(home, "semua", "receipts.jsonl").returncode == -9
    assert set(prefects(home, "SELECT state_name FROM flow_run")) == {("Running",)}
    done = cantik(home, "run")
    assert done.returncode == 0, done.stderr
    assert WITHOUT not in done.stderr
    assert timeless(home) == timeless(run_sample)
    states = "SELECT f.name, r.state_name, count(*) FROM flow_run r JOIN flow f ON f.id = r.flow_id GROUP BY 1, 2"
    assert sorted(prefects(home, states)) == [
        ("cantik", "Completed", 1),
        ("cantik", "Crashed", 1),
        ("ingest", "Completed", 1),
        ("ingest", "Crashed", 1),
        ("measure", "Completed", 1),
        ("publish", "Completed", 1),
    ]
    assert run_with(home, "runlog.KEPT = 0").returncode == 0
    assert len(prefects(home, states)) == 4
    assert [prefects(home, f"SELECT count(*) FROM {t}") for t in ("flow_run", "artifact")] == [[(4,)], [(1,)]]
    orphans = "SELECT count(*) FROM task_run WHERE flow_run_id NOT IN (SELECT id FROM flow_run)"
    assert prefects(home, orphans) == [(0,)]
    tally["prefect"] += 1
