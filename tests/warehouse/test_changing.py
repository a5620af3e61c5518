"""What is judged and counted anew after a change, and only there, against everything anew: the same to the last row."""

from pathlib import Path

import pytest

from pipelines.indicators import stored
from pipelines.indicators.run import measure_changed
from pipelines.periods import parse_period
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import ingest
from pipelines.warehouse.store import connect
from tests.warehouse.changing import PERIOD, Office
from tests.warehouse.office import NOW, contents, nothing

SEEDS = [(1, 2), *(pytest.param(seed, 4, marks=pytest.mark.slow) for seed in (0, *range(2, 40)))]


def run(home: Path) -> set[str] | None:
    """Ingest and measure; returns the RTs that were counted anew, None where it was all of them."""
    office, period = load_office(Places(home)), parse_period(PERIOD)
    ingest(office, None, NOW, nothing)
    with connect(office.places.warehouse) as connection:
        stored.make_states(connection, period)
        among = stored.changed(connection, period)
    measure_changed(office)
    return among


def forget_what_was_done(home: Path) -> None:
    """As if nothing had ever been judged or counted."""
    with connect(Places(home).warehouse) as connection:
        connection.execute("DELETE FROM facts WHERE name LIKE 'reconciled %'")
        connection.execute("DELETE FROM measured")


@pytest.mark.parametrize(("seed", "steps"), SEEDS)
def test_a_change_gives_what_everything_anew_gives(tmp_path: Path, seed: int, steps: int) -> None:
    home = tmp_path / "kantor"
    sending, alone = Office(home, seed), 0
    run(home)
    for _ in range(steps):
        sending.change()
        alone += run(home) is not None
        after = contents(Places(home).warehouse)
        forget_what_was_done(home)
        run(home)
        assert contents(Places(home).warehouse) == after
    assert alone, "never was a part of the RTs counted alone"
