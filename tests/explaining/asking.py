"""Explains figures of a home from within a test, many of them over one open warehouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.explaining.asked import Asked, find_cell, find_period
from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.settings import Office, Places, load_office
from pipelines.warehouse.identities import connect_named

Open = tuple[duckdb.DuckDBPyConnection, Office]


@contextmanager
def opened(home: Path) -> Iterator[Open]:
    """The home's warehouse, with its identities, read only."""
    office = load_office(Places(home))
    with connect_named(office.places.warehouse) as connection:
        yield connection, office


def ask(at: Open, code: str, area: str, breakdown: str = "total", period: str | None = None) -> Asked:
    """One cell."""
    connection, office = at
    return find_cell(connection, office, catalogue()[code], breakdown, area, find_period(connection, period))


def places_of(at: Open, entry: Indicator, period: str | None = None) -> list[tuple[str, str, str]]:
    """(level, area, breakdown) of all cells of an indicator in a period, the newest where none is named."""
    connection, _ = at
    return connection.execute(
        "SELECT level, area, breakdown FROM cells WHERE period = $1 AND indicator = $2 ORDER BY sort",
        [str(find_period(connection, period)), entry.code],
    ).fetchall()


def cells_of(at: Open, entry: Indicator, period: str | None = None) -> list[Asked]:
    """These cells."""
    return [ask(at, entry.code, area, breakdown, period) for _, area, breakdown in places_of(at, entry, period)]


def expanded(ranges: str) -> list[int]:
    """`5-7, 9` as numbers."""
    parts = [part.partition("-") for part in ranges.split(", ") if part]
    return [number for first, _, last in parts for number in range(int(first), int(last or first) + 1)]
