"""Measures the periods whose inputs changed and stores their cells in the warehouse."""

import hashlib
from pathlib import Path

import duckdb

from pipelines.indicators.measure import measure
from pipelines.opening import transaction
from pipelines.periods import Period, parse_period
from pipelines.settings import Office
from pipelines.warehouse.store import connect

MANY_ROWS = 1_000_000
MUCH_MEMORY = "2500MB"
HERE = Path(__file__).parent


def measure_changed(office: Office) -> list[Period]:
    """Measure every period whose receipts, definitions or parameters changed since its cells were stored."""
    measured = []
    with connect(office.places.warehouse) as connection:
        for period in periods(connection):
            inputs = _inputs(connection, office, period)
            stored = connection.execute("SELECT inputs FROM measured WHERE period = $1", [str(period)]).fetchone()
            if stored and stored[0] == inputs:
                continue
            _make_room(connection, period)
            measure(connection, office, period)
            _store(connection, period, inputs)
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


def _inputs(connection: duckdb.DuckDBPyConnection, office: Office, period: Period) -> str:
    """A hash of everything that the cells of a period follow from."""
    facts = dict(connection.execute("SELECT name, value FROM facts").fetchall())
    digest = hashlib.sha256()
    for part in (
        facts.get("rules", ""),
        facts.get(f"reconciled {period}", ""),
        str(office.poverty_line.get(period)),
        str(office.unreliable_below),
        office.name,
        *(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.py"))),
    ):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def _store(connection: duckdb.DuckDBPyConnection, period: Period, inputs: str) -> None:
    """Replace a period's cells by `new_cells` in one transaction."""
    with transaction(connection):
        connection.execute("DELETE FROM cells WHERE period = $1", [str(period)])
        connection.execute("INSERT INTO cells SELECT * FROM new_cells")
        connection.execute("INSERT OR REPLACE INTO measured VALUES ($1, $2)", [str(period), inputs])
