"""A workbook is taken back and the power goes: taken back again or not, the next run ends the same."""

import os
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.settings import Places
from pipelines.warehouse.ledger import read_ledger

from .office import results, whole_run
from .steps import steps_of, struck

SAME = ("warehouse", "kept", "returned")  # when a release went out is its own business


def withdrawing(home: Path, period: str) -> None:
    os.environ["CANTIK_HOME"] = str(home)
    main(["withdraw", first_of(home, period), "--period", period, "--ya"])  # refused where it is withdrawn already


def first_of(home: Path, period: str) -> str:
    return next(receipt.path for receipt in read_ledger(Places(home)) if receipt.period == period)


def handed_out(home: Path) -> list[str]:
    return sorted(folder.name for folder in Places(home).reports.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("period", "left"), [("2025-Q3", ["2025-Q3"]), ("2025-Q4", ["2025-Q3", "2025-Q4 - tidak berlaku"])]
)
def test_a_withdrawal_that_is_killed_is_finished_by_the_next_one(
    office: Path, tmp_path: Path, tally: Counter[str], period: str, left: list[str]
) -> None:
    """One of many workbooks of a quarter, and the only one of another."""
    file = Path("data/raw") / period / first_of(office, "2025-Q3")
    if period != "2025-Q3":
        (office / file).parent.mkdir()
        shutil.copy(office / "data/raw/2025-Q3" / file.name, office / file)
        whole_run(office)
    (office / file).unlink()
    withdraw = partial(withdrawing, period=period)
    ledger, calm = read_ledger(Places(office)), tmp_path / "tenang"
    shutil.copytree(office, calm)
    steps = steps_of(withdraw, calm, tmp_path / "langkah.txt")
    whole_run(calm)
    expected = results(calm)
    assert expected["warehouse"] != results(office)["warehouse"]
    assert handed_out(calm) == left
    for deadly in range(1, len(steps) + 1, max(1, len(steps) // 40)):
        home = tmp_path / "padam"
        shutil.copytree(office, home)
        assert struck(withdraw, home, deadly)
        whole_run(home)
        withdraw(home)
        whole_run(home)
        found = results(home)
        assert {kind: found[kind] for kind in SAME} == {kind: expected[kind] for kind in SAME}, steps[deadly - 1]
        assert read_ledger(Places(home)) == ledger
        assert handed_out(home) == left, steps[deadly - 1]
        shutil.rmtree(home)
        tally["other"] += 1
