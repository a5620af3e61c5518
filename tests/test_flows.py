"""The flows in real Prefect: a whole run, its artifact, a scheduled run that the real scheduler fires."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.settings import Places
from tests.conftest import Cantik
from tests.warehouse.office import ask, contents
from tests.warehouse.rows import person, write_people

SECONDS_FOR_THE_SCHEDULER = 240  # a slow machine starts the server in one minute; the cron fires every minute
LONG_NUMBER = re.compile(r"\d{16}")


def test_the_demo_twice_changes_nothing_and_leaves_a_clean_artifact(cantik: Cantik, tmp_path: Path) -> None:
    home = tmp_path / "contoh"
    first = cantik(None, "demo", str(home))
    assert first.returncode == 0, first.stderr
    assert "Menyiapkan Prefect" in first.stderr
    places = Places(home)
    seen = contents(places.warehouse), contents(places.published), reports(places)
    names = {str(person[0]) for person in ask(home, "SELECT DISTINCT nama FROM penduduk LIMIT 500")}
    second = cantik(None, "demo", str(home))
    assert second.returncode == 0, second.stderr
    assert (contents(places.warehouse), contents(places.published), reports(places)) == seen
    assert "Tidak ada berkas baru" in second.stderr

    [artifact, _] = artifacts(places)
    assert "Baris diterima" in artifact
    assert "rilis 2025-Q3-" in artifact
    everything = (places.store / "prefect" / "prefect.db").read_bytes().decode("latin-1")
    assert not LONG_NUMBER.search(artifact)
    assert not [name for name in names if len(name) > 12 and name in everything]


def reports(places: Places) -> dict[str, bytes]:
    """What is handed out, byte by byte."""
    files = sorted(p for p in places.reports.rglob("*") if p.is_file())
    assert {f.suffix for f in files} >= {".csv", ".xlsx"}
    return {f.name: f.read_bytes() for f in files}


def artifacts(places: Places) -> list[str]:
    """The texts of the run artifacts, oldest first, as Prefect stored them."""
    with sqlite3.connect(places.store / "prefect" / "prefect.db") as prefect:
        rows = prefect.execute("SELECT data FROM artifact WHERE key = 'ringkasan-olah' ORDER BY created").fetchall()
    return [json.loads(row[0]) for row in rows]


@pytest.mark.parametrize("how", ["--tanpa-prefect", pytest.param("--strict", marks=pytest.mark.slow)])
def test_strict_exits_1_where_rows_are_held(cantik: Cantik, home: Path, how: str) -> None:
    write_people(home / "data/raw/2025-Q3/a.xlsx", ("123", *person(1, "Ahmad")[1:]))
    done = cantik(home, "run", "--strict", how)
    assert done.returncode == 1, done.stderr
    assert ("Menyiapkan Prefect" in done.stderr) == (how == "--strict")
    assert done.stdout == ""


def test_the_real_scheduler_fires_a_run(small_sample: Path, tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    shutil.copytree(small_sample, home)
    with (home / "data" / "cantik.toml").open("a", encoding="utf-8") as config:
        config.write('\n[schedule]\ncron = "* * * * *"\n')
    log = (tmp_path / "schedule.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "schedule"],
        env=os.environ | {"CANTIK_HOME": str(home)},
        cwd=tmp_path,  # a service starts it from anywhere
        stdout=log,
        stderr=log,
    )
    try:
        runs = home / "data" / "warehouse" / "runs.jsonl"
        deadline = time.monotonic() + SECONDS_FOR_THE_SCHEDULER
        while time.monotonic() < deadline and process.poll() is None and not runs.exists():
            time.sleep(1)
        said = (tmp_path / "schedule.log").read_text("utf-8", errors="replace")
        assert runs.exists(), said
        assert json.loads(runs.read_text("utf-8").splitlines()[0])["outcome"] == "selesai"
        assert Places(home).published.exists()
    finally:
        process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()
