"""The pipeline against plain arithmetic: every cell that it publishes, both ways."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.indicators.run import measure_changed
from pipelines.publishing.release import publish_cells
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import ingest
from tests.conftest import Cantik
from tests.warehouse.office import NOW, nothing

from .comparison import NOT_RECOMPUTED, compare, report
from .derived import DERIVED
from .indicators import Oracle, defined_pairs
from .records import PERIOD, Village
from .village import make_village, make_year
from .workbooks import write_home

COLUMNS = (
    "period level area area_name indicator breakdown numerator denominator value unit "
    "households areas_reported areas_expected status release"
)

VILLAGES = {
    "ordinary-1": lambda: make_village(1),
    "ordinary-2": lambda: make_village(2),
    "ordinary-3": lambda: make_village(3, rts=4, families_per_rt=8),
    "larger": lambda: make_village(7, rts=9, families_per_rt=60),
    "recap-only-and-silent": lambda: make_village(4, rts=8, recap_rts=3, silent_rts=1),
    "a-year": lambda: make_year(8, 5, recap_rts=5, blanks=0.1),
    "a-year-of-gaps": lambda: make_year(9, 8, recap_rts=6, blanks=0.4),
    "odd-mixes": lambda: make_village(5, rts=12, families_per_rt=10, recap_rts=2, silent_rts=1, partial_rts=4),
}
AT_LENGTH = {"ordinary-2", "ordinary-3", "larger", "a-year-of-gaps"}


@dataclass
class Outcome:
    """A village and what the pipeline made of it."""

    village: Village
    cells: list[dict[str, str]]
    held: int


def run_pipeline(home: Path, here: Cantik) -> tuple[list[dict[str, str]], int]:
    """All cells of the liaison's tier, and how many rows were held."""
    office = load_office(Places(home))
    ingest(office, None, NOW, nothing)
    measure_changed(office)
    publish_cells(office, NOW)
    pulled = here(home, "pull", "--tier", "liaison", "--period", PERIOD)
    lines = csv.DictReader(io.StringIO(pulled.stdout))
    rows = list(lines)
    assert " ".join(lines.fieldnames or []) == COLUMNS
    status = json.loads(here(home, "status", "--period", PERIOD, "--format", "json").stdout)
    return rows, status["rows"]["held"]


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.slow if name in AT_LENGTH else ()) for name in VILLAGES],
)
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, here: Cantik) -> Outcome:
    """A village, written as workbooks and run through the pipeline once."""
    village = VILLAGES[request.param]()
    home = tmp_path_factory.mktemp(request.param)
    write_home(village, home)
    return Outcome(village, *run_pipeline(home, here))


def test_nothing_is_held(outcome: Outcome) -> None:
    """The villages hold valid rows only, so that a difference below is one of arithmetic."""
    assert outcome.held == 0


def test_indicators_and_breakdowns_are_all_recomputed(outcome: Outcome) -> None:
    """A pair that is unknown here must be listed as such, not passed over."""
    defined = {(indicator.code, breakdown) for indicator, breakdown in defined_pairs()} | {
        (c, "total") for c in DERIVED
    }
    published = {(row["indicator"], row["breakdown"]) for row in outcome.cells}
    assert sorted(published - defined - NOT_RECOMPUTED) == []


def test_every_cell(outcome: Outcome) -> None:
    """No cell missing, none too many, and each equal in all its parts."""
    assert {row["period"] for row in outcome.cells} == {PERIOD}
    complaints = compare(Oracle(outcome.village).cells(), outcome.cells)
    assert not complaints, report(complaints)


def test_a_year_gives_every_derived_figure_here_and_there() -> None:
    """The villages of a year are no empty trial: each derived figure exists in some area, and is lacking in another."""
    found: dict[str, set[bool]] = {code: set() for code in DERIVED}
    for name in ("a-year", "a-year-of-gaps"):
        for (level, _, indicator, _), cell in Oracle(VILLAGES[name]()).cells().items():
            if indicator in DERIVED and level in ("kelurahan", "rw"):
                found[indicator].add(cell.value is not None)
    assert found == {code: {True, False} for code in DERIVED}
