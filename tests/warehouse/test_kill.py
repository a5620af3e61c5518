"""Killed at a random moment, the next run ends where an undisturbed one would have."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import Places
from tests.warehouse.office import contents, take_in_and_hand_out

KILLS = 5  # here by the clock; tests/reliability kills at every step
RUN = "import sys, pathlib as p, tests.warehouse.office as o; o.take_in_and_hand_out(p.Path(sys.argv[1]))"


def state(home: Path) -> dict[str, str]:
    """Everything that follows from the inbox; when a file was received does not."""
    places = Places(home)
    with duckdb.connect(str(places.warehouse)) as connection:
        connection.execute("UPDATE receipts SET received_at = ''")
    reports = {p.name: p.read_bytes().hex() for p in sorted(places.reports.rglob("*")) if p.is_file()}
    kept = {p.name: p.read_bytes().hex() for p in sorted(places.releases.iterdir())}
    return contents(places.warehouse) | contents(places.published) | reports | kept


@pytest.mark.slow
def test_a_killed_run_is_made_good_by_the_next(small_sample: Path, tmp_path: Path) -> None:
    calm = tmp_path / "tenang"
    shutil.copytree(small_sample, calm)
    start = time.monotonic()
    run(calm, None)
    usual = time.monotonic() - start
    undisturbed = state(calm)
    moments = random.Random(20250930)
    struck = 0
    for number in range(KILLS):
        home = tmp_path / f"padam{number}"
        shutil.copytree(small_sample, home)
        struck += run(home, moments.uniform(0.2, 0.95) * usual)
        take_in_and_hand_out(home)
        assert state(home) == undisturbed
        shutil.rmtree(home)
    assert struck, "no run was killed before it ended"


def run(home: Path, seconds: float | None) -> bool:
    """Run the pipeline in a process of its own; kill it after `seconds`. True where the kill struck."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen([sys.executable, "-c", RUN, str(home)], env=environment)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    assert process.returncode == 0
    return False
