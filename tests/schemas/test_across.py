"""The rules of `schemas/reconcile.toml`: two workbooks of one home through ingest, with the fault and without."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from across_cases import ACROSS, Across
from intake.taking import KELURAHAN, PERIOD
from intake.workbooks import saved, workbook

from pipelines.periods import Period
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import ingest
from pipelines.warehouse.reconcile import across_rules
from pipelines.warehouse.standing import Standing, standing
from tests.warehouse.office import reading_here


@dataclass
class Outcome:
    """What the warehouse knows of the two workbooks, with the fault and without."""

    case: Across
    faulty: Standing
    faultless: Standing


def send(home: Path, period: Period, case: Across, changes: dict[str, Any]) -> None:
    """Lay both workbooks of the case into the inbox."""
    inbox = home / "data" / "raw" / str(period)
    inbox.mkdir(parents=True)
    first = workbook({f"Sheet{number}": rows for number, rows in enumerate(case.first, 1)})
    second = workbook({"Sheet1": case.second})
    for cell, value in changes.items():
        second.worksheets[0][cell].value = value
    (inbox / "a.xlsx").write_bytes(saved(first))
    (inbox / "b.xlsx").write_bytes(saved(second))


@pytest.fixture(scope="module", params=ACROSS, ids=lambda case: case.name)
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One home a case: the quarter before without the fault, this quarter with it."""
    home, case, before = tmp_path_factory.mktemp("home"), request.param, Period(2025, 2)
    send(home, before, case, {})
    send(home, PERIOD, case, case.changes)
    (home / "data" / "cantik.toml").write_text(
        f'[kelurahan]\ncode = "{KELURAHAN}"\nname = "Kandangan Utara"\n', encoding="utf-8"
    )
    office = load_office(Places(home))
    with reading_here():
        ingest(office, None, dt.datetime(2025, 10, 1), lambda done, of: None)
    warehouse = office.places.warehouse
    return Outcome(case, standing(warehouse, PERIOD, office.register), standing(warehouse, before, office.register))


def test_fault_across_files(outcome: Outcome) -> None:
    """The finding names file and cell; an error sets the row aside, a warning lets it in."""
    case, found = outcome.case, outcome.faulty
    own = [f for f in found.findings if f["rule"] == case.rule]
    assert {f["rule"] for f in found.findings} - {case.rule} == case.also
    assert sorted((f["file"], f["cell"]) for f in own) == sorted(case.at)
    assert {f["severity"] for f in own} == {case.severity}
    assert found.held == case.held
    assert found.accepted + found.held == found.read


def test_same_files_without_the_fault(outcome: Outcome) -> None:
    """Nothing is found where nothing is wrong."""
    assert outcome.faultless.findings == []
    assert outcome.faultless.held == 0


def test_sentences(outcome: Outcome) -> None:
    """Which RT counts the person, and which two workbooks clash, is said in the sentence."""
    case, said = outcome.case, " ".join(str(f["message"]) for f in outcome.faulty.findings)
    assert "{" not in said
    if case.name == "DUP02-penduduk":
        # Both files came at once, so the lower area code counts.
        assert "RT 005 RW 002" in said
        assert outcome.faulty.findings[0]["area"] == f"{KELURAHAN}-002-006"
    if case.rule == "KIRIM01":
        assert "3 dari 3 baris Penduduk RT 005 RW 002" in said
    if case.rule == "FILE05":
        assert "'a.xlsx'" in said
        assert "'b.xlsx'" in said
        # The later name replaces the other whole: three people gave way to two.
        assert (outcome.faulty.read, outcome.faulty.accepted) == (2, 2)


def test_every_rule_across_has_a_case() -> None:
    """Each entry of reconcile.toml, by rule and dataset."""
    declared = {(rule.code, rule.dataset) for rule in across_rules()}
    assert declared | {("FILE05", "penduduk"), ("KIRIM01", "penduduk")} == {
        (case.rule, case.dataset) for case in ACROSS
    }
