"""The real scheduler after outages: what was missed becomes one run, what died is buried, and it goes on."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipelines import runlog
from pipelines.scheduler import check_cron, is_overdue
from pipelines.settings import Places
from tests.conftest import Cantik
from tests.warehouse.rows import person, write_people

from .office import PASSPHRASE
from .test_planned_backup import plan
from .test_prefect import prefects

MONTHLY = "0 3 1 * *"
LONGEST = 300  # seconds: a starved machine takes long to start a server
IMPATIENT = """
import datetime, sys
from pipelines import scheduler
from pipelines.cli import main
scheduler.PATIENCE = datetime.timedelta(seconds=int(sys.argv[1]))
scheduler.SECONDS_BETWEEN_LOOKS = 1
sys.exit(main(["schedule"]))
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process groups to kill there")


@contextmanager
def scheduling(home: Path, patience: int) -> Iterator["subprocess.Popen[bytes]"]:
    """`cantik schedule` in a process group of its own, which is killed as a power cut does."""
    with (home / "jadwal.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", IMPATIENT, str(patience)],
            env=os.environ | {"CANTIK_HOME": str(home)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(home: Path, what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST
    while not what():
        assert time.monotonic() < deadline, (home / "jadwal.log").read_text("utf-8", errors="replace")
        time.sleep(0.05)


@pytest.fixture
def scheduled(office: Path) -> Path:
    """An office whose last run was in 2025, with a schedule and one workbook more."""
    with (office / "data/cantik.toml").open("a", encoding="utf-8") as config:
        config.write(f'\n[schedule]\ncron = "{MONTHLY}"\n')
    write_people(office / "data/raw/2025-Q3/susulan.xlsx", person(1, "Ahmad", rt="009"))
    return office


def runs(home: Path) -> list[dict[str, object]]:
    return runlog.read(Places(home))


@pytest.mark.parametrize(
    ("cron", "right"),
    [("0 18 * * *", True), ("0 18 L * 1-5", True), ("0 18 * *", False), ("0 0 18 * * *", False), ("25 * * * *", True)],
)
def test_a_cron_has_five_fields(cron: str, right: bool) -> None:
    assert check_cron(cron) == right


def test_where_prefect_cannot_be_used_the_schedule_goes_on_and_backs_up(scheduled: Path, tmp_path: Path) -> None:
    (tmp_path / "sandi.txt").write_text(PASSPHRASE, encoding="utf-8")
    (tmp_path / "usb").mkdir()
    plan(scheduled, tmp_path / "usb", tmp_path / "sandi.txt")
    folder = scheduled / "data/warehouse/prefect"
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "prefect.db", isolation_level=None)) as holder:
        holder.execute("CREATE TABLE apa (saja)")
        holder.execute("BEGIN EXCLUSIVE")
        with scheduling(scheduled, 0):
            wait_for(scheduled, lambda: len(runs(scheduled)) == 2)
            wait_for(scheduled, lambda: any((tmp_path / "usb").glob("*.cadangan")))
    assert (runs(scheduled)[0]["outcome"], runs(scheduled)[0]["files"]) == ("selesai", 1)
    said = (scheduled / "jadwal.log").read_text("utf-8")
    assert said.count("Prefect tidak dapat dipakai (basis datanya dikunci program lain)") == 1
    assert "Traceback" not in said


def test_a_schedule_is_served_by_one_process(cantik: Cantik, scheduled: Path) -> None:
    from filelock import FileLock

    folder = scheduled / "data/warehouse/prefect"
    folder.mkdir(parents=True)
    with FileLock(folder / "schedule.lock"):
        done = cantik(scheduled, "schedule")
    assert (done.returncode, "sudah berjalan" in done.stderr) == (2, True)


def test_several_missed_times_are_one() -> None:
    monday = dt.datetime(2025, 9, 1, 19, 0)
    assert not is_overdue("0 18 * * *", monday, monday + dt.timedelta(hours=22))
    assert is_overdue("0 18 * * *", monday, monday + dt.timedelta(hours=23))
    assert is_overdue("0 18 * * *", monday, monday + dt.timedelta(days=9))
    assert not is_overdue("0 18 * * *", monday + dt.timedelta(days=9), monday + dt.timedelta(days=9))


def states(home: Path) -> dict[str, int]:
    """How many runs of the whole pipeline stand in each state."""
    told = "SELECT state_name, count(*) FROM flow_run WHERE parent_task_run_id IS NULL GROUP BY 1"
    return {str(name): int(str(many)) for name, many in prefects(home, told)}


def let_time_pass(home: Path) -> int:
    """Move the times of the runs that are scheduled into the past, as an outage does; returns how many."""
    past = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    row, detail = past.strftime("%Y-%m-%d %H:%M:%S.%f"), past.strftime("%Y-%m-%dT%H:%M:%SZ")
    moved = "UPDATE flow_run SET next_scheduled_start_time = ?, expected_start_time = ? WHERE state_type = 'SCHEDULED'"
    told = """UPDATE flow_run_state SET state_details = json_set(state_details, '$.scheduled_time', ?)
              WHERE id IN (SELECT state_id FROM flow_run WHERE state_type = 'SCHEDULED')"""
    with closing(sqlite3.connect(home / "data/warehouse/prefect/prefect.db", timeout=60)) as database, database:
        database.execute(told, (detail,))
        return database.execute(moved, (row, row)).rowcount


@pytest.mark.slow
def test_after_outages_what_was_missed_is_one_run_and_what_died_is_buried(scheduled: Path, tally: Counter[str]) -> None:
    ledger = scheduled / "data/warehouse/receipts.jsonl"
    before = ledger.read_bytes()
    with scheduling(scheduled, 9999):
        wait_for(scheduled, lambda: (scheduled / "data/warehouse/prefect/server.json").exists())
        wait_for(scheduled, lambda: states(scheduled).get("Scheduled", 0) >= 3)
    missed = let_time_pass(scheduled)

    with scheduling(scheduled, 9999):  # the power goes again while the first of the missed is being made up for
        wait_for(scheduled, lambda: ledger.read_bytes() != before)
    assert states(scheduled)["Running"] == 1
    assert states(scheduled)["Cancelled"] == missed - 1

    with scheduling(scheduled, 5):  # Prefect has nothing to start now: the watch makes it up
        wait_for(scheduled, lambda: len(runs(scheduled)) == 2)
        assert (states(scheduled).get("Running", 0), states(scheduled)["Crashed"]) == (0, 1)
        wait_for(scheduled, lambda: states(scheduled).get("Scheduled", 0) >= 3)
        again = let_time_pass(scheduled)  # and what comes next is started by Prefect: nothing is held by the dead
        wait_for(scheduled, lambda: states(scheduled).get("Completed", 0) == 1)
        wait_for(scheduled, lambda: states(scheduled)["Cancelled"] == missed - 1 + again - 1)
    assert [run["outcome"] for run in runs(scheduled)] == ["selesai"] * 3
    tally["outages"] += 2
