"""Many runs of one office whose inbox changes: does memory, the disk or Prefect's database grow with them?

Run on demand: `uv run python -m tests.benchmarks.soak` (200 runs in one process without Prefect, some minutes) and
`uv run python -m tests.benchmarks.soak --prefect 20` (through Prefect, a process each, as an office runs).

On most days a workbook is sent again mended or spoiled, on some nothing comes. By design the kept workbooks, the
ledger and the releases grow with what is sent; they are shown apart. The rest is to be flat.
"""

import argparse
import datetime as dt
import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.conducting import PLAIN, conduct
from pipelines.sample import make_sample
from pipelines.settings import Places
from pipelines.stages import one_run
from tests.warehouse.rows import person, write_people

PERIOD = "2025-Q3"
KEPT_BY_DESIGN = ("kept", "releases", "receipts.jsonl")
SHOWN = ("memory MB", "open files", "kept MB", "rest MB", "Prefect MB")


def make_office(home: Path) -> None:
    """Three RTs, with the mistakes of the field."""
    make_sample(home, rts=3, persons_per_rt=15, seed=7)


def change(home: Path, day: int) -> None:
    """What comes in on a day: nothing on every fifth; else an RT's workbook, on every third day with a row held."""
    if day % 5 == 0:
        return
    rows = [person(number, f"Warga {number}", kk=number, rt="001", rw="001") for number in range(1, 20 + day % 7)]
    if day % 3 == 0:
        rows.append(("123", *person(99, "Noor", kk=99, rt="001", rw="001")[1:]))
    write_people(home / f"data/raw/{PERIOD}/susulan.xlsx", *rows)


def measured(home: Path, memory: float, files: int) -> dict[str, float]:
    """What is held now."""
    store = Places(home).store
    prefect = size(store / "prefect")
    kept = sum(size(store / name) for name in KEPT_BY_DESIGN)
    rest = size(home) - size(home / "data/raw") - kept - prefect
    return dict(zip(SHOWN, (memory, files, kept, rest, prefect), strict=True))


def size(path: Path) -> float:
    """Megabytes of a file or a folder's files."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def memory_now() -> float:
    """Resident megabytes of this process (Linux)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def in_this_process(home: Path) -> tuple[float, int]:
    """One run without Prefect; returns memory and open files after it."""
    with one_run():
        conduct(str(home), None, PLAIN)
    return memory_now(), len(list(Path("/proc/self/fd").iterdir()))


def through_prefect(home: Path) -> tuple[float, int]:
    """One `cantik run` in a process of its own; returns its greatest memory, and 0."""
    told = "import resource, sys; from pipelines.cli import main; code = main(['run']);"
    told += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3); sys.exit(code)"
    environment = os.environ | {"CANTIK_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=False)
    if done.returncode or "tanpa Prefect" in done.stderr:
        sys.exit(done.stderr)
    return float(done.stdout.split()[-1]), 0


def soak(home: Path, runs: int, once: Callable[[Path], tuple[float, int]]) -> list[dict[str, float]]:
    """What is held after each run."""
    make_office(home)
    held = []
    for day in range(1, runs + 1):
        change(home, day)
        held.append(measured(home, *once(home)))
        print(f"{dt.datetime.now():%H:%M:%S} {day} {json.dumps(held[-1])}", file=sys.stderr, flush=True)
    return held


def main() -> None:
    """Soak, and print the first, the quarter, the half and the last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--prefect", type=int, default=0, help="so many runs through Prefect instead")
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        once = through_prefect if call.prefect else in_this_process
        held = soak(Path(folder) / "kantor", call.prefect or call.runs, once)
    table = Table("after run", *SHOWN)
    for at in sorted({0, min(9, len(held) - 1), len(held) // 4, len(held) // 2, len(held) - 1}):
        table.add_row(str(at + 1), *(f"{held[at][name]:.1f}" for name in SHOWN))
    Console().print(table)


if __name__ == "__main__":
    main()
