"""A workbook is taken back and the power goes: taken back again or not, the next run ends the same."""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.settings import Places
from pipelines.warehouse.ledger import read_ledger

from .office import results, whole_run
from .steps import steps_of, struck

SAME = ("warehouse", "kept", "returned")  # when a release went out is its own business


def withdrawing(home: Path) -> None:
    os.environ["CANTIK_HOME"] = str(home)
    main(["withdraw", first_of(home), "--period", "2025-Q3", "--ya"])  # refused where it is withdrawn already


def first_of(home: Path) -> str:
    return read_ledger(Places(home))[0].path


@pytest.mark.slow
def test_a_withdrawal_that_is_killed_is_finished_by_the_next_one(
    office: Path, tmp_path: Path, tally: Counter[str]
) -> None:
    (office / "data/raw/2025-Q3" / first_of(office)).unlink()
    ledger, calm = read_ledger(Places(office)), tmp_path / "tenang"
    shutil.copytree(office, calm)
    steps = steps_of(withdrawing, calm, tmp_path / "langkah.txt")
    whole_run(calm)
    expected = results(calm)
    assert expected["warehouse"] != results(office)["warehouse"]
    for deadly in range(1, len(steps) + 1, max(1, len(steps) // 40)):
        home = tmp_path / "padam"
        shutil.copytree(office, home)
        assert struck(withdrawing, home, deadly)
        whole_run(home)
        withdrawing(home)
        whole_run(home)
        found = results(home)
        assert {kind: found[kind] for kind in SAME} == {kind: expected[kind] for kind in SAME}, steps[deadly - 1]
        assert read_ledger(Places(home)) == ledger
        shutil.rmtree(home)
        tally["other"] += 1
