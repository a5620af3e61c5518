"""Runs the pipeline's functions on a home, without Prefect."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import duckdb

from pipelines.indicators.run import measure_changed
from pipelines.intake.child import read_file
from pipelines.intake.reader import Readers
from pipelines.publishing.release import publish_cells, write_handouts
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import Ingested, ingest

from .named import one_key_each, open_named, views_of

NOW = dt.datetime(2025, 10, 1, 18, 0)


def nothing(_done: int, _of: int) -> None:
    """No screen in a test."""


@contextmanager
def reading_here() -> Iterator[None]:
    """Workbooks are read as a reading process does, but without one, which takes half a second to start."""
    with patch.object(Readers, "read", lambda _, files: (read_file(str(path), name) for path, name in files)):
        yield


def fold_in(home: Path, now: dt.datetime = NOW) -> Ingested:
    """Ingest a home, where no figure is looked at."""
    with reading_here():
        return ingest(load_office(Places(home)), None, now, nothing)


def count_in(home: Path, now: dt.datetime = NOW) -> Ingested:
    """Ingest and measure a home, where nothing published is looked at."""
    taken = fold_in(home, now)
    measure_changed(load_office(Places(home)))
    return taken


def take_in(home: Path, now: dt.datetime = NOW) -> Ingested:
    """Ingest and measure a home and publish its cells; nothing is handed out, which takes five times as long."""
    taken = count_in(home, now)
    publish_cells(load_office(Places(home)), now)
    return taken


def take_in_and_hand_out(home: Path, now: dt.datetime = NOW) -> Ingested:
    """The same, with all that is handed out."""
    taken = take_in(home, now)
    write_handouts(load_office(Places(home)))
    return taken


def contents(store: Path) -> dict[str, str]:
    """A hash of every table of a store, rows in order of all columns; of the warehouse with its identities."""
    if store.name == "warehouse.duckdb":
        one_key_each(store)
        with open_named(store) as connection:
            return {name: _hashed(connection, name) for name in views_of(connection)}
    with duckdb.connect(str(store), read_only=True) as connection:
        tables = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: _hashed(connection, name) for name in sorted(tables)}


def _hashed(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    return hashlib.sha256(repr(connection.execute(f"FROM {table} ORDER BY ALL").fetchall()).encode()).hexdigest()


def ask(home: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of a query on the warehouse and its identities."""
    with open_named(Places(home).warehouse) as connection:
        return connection.execute(query).fetchall()
