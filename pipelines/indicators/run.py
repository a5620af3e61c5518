"""Measures the periods whose inputs changed and stores their cells in the warehouse."""

import hashlib
from pathlib import Path

import duckdb

from pipelines.indicators import stored
from pipelines.indicators.derived import earlier_figures
from pipelines.indicators.measure import count, roll_up
from pipelines.indicators.places import places
from pipelines.opening import transaction
from pipelines.periods import Period, parse_period
from pipelines.settings import Office
from pipelines.warehouse.facts import fact, reconciled
from pipelines.warehouse.store import connect

MANY_ROWS = 1_000_000
MUCH_MEMORY = "2500MB"
HERE = Path(__file__).parent


def measure_changed(office: Office) -> list[Period]:
    """Measure every period whose receipts, definitions or parameters changed since its cells were stored.

    Where only receipts did, the RTs that they bear on are counted anew, and the places around these.
    """
    measured = []
    with connect(office.places.warehouse) as connection:
        for period in periods(connection):
            basis = _basis(connection, office, period)
            inputs = _inputs(connection, basis, period)
            query = "SELECT inputs, basis FROM measured WHERE period = $1"
            before = connection.execute(query, [str(period)]).fetchone()
            if before and before[0] == inputs:
                continue
            _make_room(connection, period)
            stored.make_states(connection, period)
            among = stored.changed(connection, period) if before and before[1] == basis else None
            count(connection, office, period, among)
            _store(connection, office, period, among, inputs, basis)
            measured.append(period)
    return measured


def _make_room(connection: duckdb.DuckDBPyConnection, period: Period) -> None:
    """More memory and a second processor for a province, which a kelurahan is faster without."""
    many = connection.execute("SELECT sum(accepted) FROM slices WHERE period = $1", [str(period)]).fetchall()[0][0]
    if many > MANY_ROWS:
        connection.execute(f"SET memory_limit = '{MUCH_MEMORY}'")
        connection.execute("SET threads = 2")


def periods(connection: duckdb.DuckDBPyConnection) -> list[Period]:
    """The periods that have at least one accepted row."""
    rows = connection.execute("SELECT DISTINCT period FROM slices WHERE accepted > 0").fetchall()
    return sorted(parse_period(row[0]) for row in rows)


def _basis(connection: duckdb.DuckDBPyConnection, office: Office, period: Period) -> str:
    """A hash of everything beside receipts that the cells of a period follow from."""
    return _hash(
        str(fact(connection, "rules")),
        str(office.poverty_line.get(period)),
        earlier_figures(connection, period),
        str(office.unreliable_below),
        repr([place for place, _ in places(connection, office, period)]),
        repr(sorted(office.register.at(period).territories().items())),
        *(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.py"))),
    )


def _inputs(connection: duckdb.DuckDBPyConnection, basis: str, period: Period) -> str:
    """A hash of everything that the cells of a period follow from."""
    return _hash(basis, str(fact(connection, reconciled(period))))


def _hash(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def _store(
    connection: duckdb.DuckDBPyConnection,
    office: Office,
    period: Period,
    among: set[str] | None,
    inputs: str,
    basis: str,
) -> None:
    """Replace a period's cells and its stage 1 by what was just counted, in one transaction."""
    if among is not None:
        roll_up(connection, office, "new_cells")
    with transaction(connection):
        if among is None:
            connection.execute("DELETE FROM cells WHERE period = $1", [str(period)])
            roll_up(connection, office, "cells")
        else:
            stored.update_cells(connection, period)
        stored.keep(connection, period, among)
        connection.execute("INSERT OR REPLACE INTO measured VALUES ($1, $2, $3)", [str(period), inputs, basis])
