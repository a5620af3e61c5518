"""Two runs at once, a disk that is full, a clock that is wrong, readers while the store is replaced."""

import datetime as dt
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from pipelines.diagnosis import DISK_FULL, diagnosed
from pipelines.errors import OfficerError
from pipelines.opening import connect_read_only
from pipelines.replacing import part_of, replace_file
from pipelines.settings import Places
from pipelines.warehouse.ledger import read_ledger
from tests.conftest import Cantik
from tests.warehouse.office import NOW
from tests.warehouse.rows import person, write_people

from .office import results, timeless, whole_run
from .steps import context

WRONG_CLOCKS = (
    dt.datetime(1970, 1, 1, 0, 0, 1),
    dt.datetime(2038, 1, 19, 3, 14, 8),
    NOW - dt.timedelta(days=1),
    NOW + dt.timedelta(days=1),
)
QUICK, SLOW = (300_000,), (400, 6_000, 30_000, 2_500_000)  # bytes a file may have: each stops another writer
LIMITS = (*QUICK, *(pytest.param(limit, marks=pytest.mark.slow) for limit in SLOW))


@pytest.mark.parametrize("pairs", [1, pytest.param(50, marks=pytest.mark.slow)])
def test_of_two_runs_at_once_one_waits_and_finds_nothing_to_do(office: Path, pairs: int, tally: Counter[str]) -> None:
    for number in range(pairs):
        before = len(read_ledger(Places(office)))
        write_people(office / f"data/raw/2025-Q3/{number}.xlsx", person(1, f"Warga {number}", rt=f"{50 + number:03}"))
        both = [context().Process(target=whole_run, args=(office,)) for _ in range(2)]
        for run in both:
            run.start()
        for run in both:
            run.join()
        assert [run.exitcode for run in both] == [0, 0]
        assert len(read_ledger(Places(office))) == before + 1
        with duckdb.connect(str(Places(office).warehouse), read_only=True) as connection:
            folded = connection.execute("SELECT receipt FROM receipts ORDER BY receipt").fetchall()
        assert folded == [(n,) for n in range(1, before + 2)]
        tally["pairs"] += 1


def test_a_second_run_says_that_another_one_writes(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.warehouse.store.SECONDS_TO_WAIT", 0.1)
    from pipelines.warehouse.store import writer_lock

    with writer_lock(Places(office)), pytest.raises(OfficerError, match="sedang menulis"), writer_lock(Places(office)):
        pass


def limited_run(home: Path, limit: int, told: Path) -> None:
    """A run whose files may not grow beyond a limit; what an officer would read goes to `told`."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    said = "selesai"
    try:
        whole_run(home)
    except OfficerError as sentence:
        said = str(sentence)
    except Exception as fault:  # noqa: BLE001 - what the flow does with any fault
        said = str(diagnosed(Places(home), fault) or repr(fault))
    told.write_text(said, encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
@pytest.mark.parametrize("limit", LIMITS)
def test_a_file_that_cannot_grow_is_a_full_disk_and_nothing_is_lost(
    tiny_sample: Path, run_sample: Path, tmp_path: Path, limit: int, tally: Counter[str]
) -> None:
    home, told = tmp_path / "kantor", tmp_path / "kata.txt"
    shutil.copytree(tiny_sample, home)
    process = context().Process(target=limited_run, args=(home, limit, told))
    process.start()
    process.join()
    assert process.exitcode == 0
    assert told.read_text("utf-8") == DISK_FULL
    before = read_ledger(Places(home))
    whole_run(home)
    assert read_ledger(Places(home))[: len(before)] == before
    assert results(home) == results(run_sample)
    tally["limits"] += 1


def on_small_disk(home: Path, kilobytes: int) -> bool:
    """Mount a small disk there; False where that is not allowed."""
    home.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(home)]
    return shutil.which("mount") is not None and subprocess.run(words, capture_output=True, check=False).returncode == 0


def run_and_tell(home: Path, told: Path) -> None:
    limited_run(home, -1, told)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no tmpfs there")
def test_a_shrinking_disk_stops_every_writer_in_turn_and_nothing_is_lost(
    tiny_sample: Path, run_sample: Path, tmp_path: Path, tally: Counter[str]
) -> None:
    """From a disk that holds the inbox alone to one that holds everything, in steps of 250 kB."""
    expected, inbox = results(run_sample), sum(p.stat().st_size for p in tiny_sample.rglob("*")) // 1024 + 60
    size, stopped = inbox, 0
    while True:
        disk, told = tmp_path / f"disk{size}", tmp_path / "kata.txt"
        if not on_small_disk(disk, size):
            pytest.skip("mounting is not allowed here")
        try:
            shutil.copytree(tiny_sample, disk / "kantor")
            process = context().Process(target=run_and_tell, args=(disk / "kantor", told))
            process.start()
            process.join()
            said = told.read_text("utf-8")
            assert said in (DISK_FULL, "selesai"), (size, said)
            home = tmp_path / f"pindah{size}"
            shutil.copytree(disk / "kantor", home)
        finally:
            subprocess.run(["umount", str(disk)], check=True)
        before = read_ledger(Places(home))
        whole_run(home)
        assert read_ledger(Places(home))[: len(before)] == before
        assert results(home) == expected, size
        shutil.rmtree(home)
        if said == "selesai":
            break
        size, stopped = size + 250, stopped + 1
    tally["disks"] += stopped
    assert stopped > 10


@pytest.mark.parametrize(
    "clock", [WRONG_CLOCKS[2], *(pytest.param(c, marks=pytest.mark.slow) for c in WRONG_CLOCKS if c != WRONG_CLOCKS[2])]
)
def test_a_wrong_clock_changes_no_table(
    tiny_sample: Path, run_sample: Path, tmp_path: Path, clock: dt.datetime, tally: Counter[str]
) -> None:
    home = tmp_path / "kantor"
    shutil.copytree(tiny_sample, home)
    whole_run(home, clock)
    assert timeless(home) == timeless(run_sample)
    tally["clocks"] += 1


def test_a_clock_that_jumps_back_between_runs_changes_no_order(
    office: Path, tiny_sample: Path, tmp_path: Path, cantik: Cantik, tally: Counter[str]
) -> None:
    """The workbook that came second replaces the first, though its clock says that it came decades before."""
    home = tmp_path / "maju mundur"
    shutil.copytree(tiny_sample, home)
    whole_run(home, WRONG_CLOCKS[1])
    later = write_people(tmp_path / "susulan.xlsx", person(1, "Ahmad"))
    for place, clock in ((office, NOW), (home, WRONG_CLOCKS[0])):
        shutil.copy(later, place / "data/raw/2025-Q3")
        whole_run(place, clock)
    assert timeless(home) == timeless(office)
    assert cantik(home, "status").returncode == 0
    tally["clocks"] += 1


READER = """
import sys, pathlib
from pipelines.opening import connect_read_only
store, stop = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
opened = 0
while not stop.exists():
    with connect_read_only(store) as connection:
        least, most, rows = connection.execute("SELECT min(n), max(n), count(*) FROM t").fetchone()
    assert (least, rows) == (most, 20000), (least, most, rows)
    opened += 1
    if opened == 1:
        print("siap", flush=True)
print(opened)
"""


@pytest.mark.parametrize(("replacements", "readers"), [(20, 2), pytest.param(100, 8, marks=pytest.mark.slow)])
def test_readers_never_see_a_torn_store(tmp_path: Path, replacements: int, readers: int, tally: Counter[str]) -> None:
    store, stop = tmp_path / "published.duckdb", tmp_path / "berhenti"

    def replaced(number: int) -> None:
        part = part_of(store)
        with duckdb.connect(str(part)) as connection:
            connection.execute(f"CREATE TABLE t AS SELECT {number} AS n, repeat('x', 20) FROM range(20000)")
            connection.execute("CHECKPOINT")
        replace_file(part, store)

    replaced(0)
    words = [sys.executable, "-c", READER, str(store), str(stop)]
    reading = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(readers)]
    for reader in reading:
        assert reader.stdout is not None
        assert reader.stdout.readline().strip() == b"siap"
    for number in range(1, replacements + 1):
        replaced(number)
        time.sleep(0.02)
    with connect_read_only(store) as connection:
        assert connection.execute("SELECT DISTINCT n FROM t").fetchall() == [(replacements,)]
    stop.touch()
    opened = []
    for reader in reading:
        out, err = reader.communicate(timeout=120)
        assert reader.returncode == 0, err.decode()
        opened.append(int(out))
    assert min(opened) > 1
    tally["opened"] += sum(opened)
    tally["replaced"] += replacements
