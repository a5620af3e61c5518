"""The warehouse: one DuckDB file that only this room writes, under a lock that a power cut frees at once."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from pipelines.errors import OfficerError
from pipelines.opening import connect_read_only as connect_read_only  # how the rooms after this one read its file
from pipelines.opening import open_file
from pipelines.settings import Places
from schemas import datasets

LOCK = "writer.lock"
SECONDS_TO_WAIT = 600  # a run of a whole kabupaten takes less
MEMORY = "600MB"
LOGGED = "128MB"  # of a run is written to the log before it is packed: packing each batch anew costs more
TECHNICAL = {
    "receipt": "BIGINT",
    "sheet": "INTEGER",
    "row": "INTEGER",
    "period": "VARCHAR",
    "area": "VARCHAR",
    "set_aside": "VARCHAR",
}
TABLES = {
    "receipts": """receipt BIGINT PRIMARY KEY, arrival BIGINT, period VARCHAR, kelurahan VARCHAR, path VARCHAR,
        sha256 VARCHAR, bytes BIGINT, received_at VARCHAR, verdict VARCHAR, reason VARCHAR""",
    "sheets": """receipt BIGINT, sheet INTEGER, name VARCHAR, dataset VARCHAR, rows BIGINT, accepted BIGINT,
        held BIGINT, unknown JSON, columns JSON""",
    "slices": """receipt BIGINT, period VARCHAR, dataset VARCHAR, area VARCHAR, accepted BIGINT, held BIGINT,
        closed_by BIGINT""",
    "held": """receipt BIGINT, sheet INTEGER, sheet_name VARCHAR, row INTEGER, period VARCHAR, dataset VARCHAR,
        area VARCHAR, cells VARCHAR""",
    "findings": """receipt BIGINT, period VARCHAR, stage VARCHAR, dataset VARCHAR, area VARCHAR, sheet VARCHAR,
        row INTEGER, cell VARCHAR, label VARCHAR, rule VARCHAR, severity VARCHAR, value VARCHAR, message VARCHAR""",
    "cells": """period VARCHAR, level VARCHAR, area VARCHAR, area_name VARCHAR, indicator VARCHAR, breakdown VARCHAR,
        numerator DOUBLE, denominator DOUBLE, value DOUBLE, unit VARCHAR, households BIGINT, areas_reported BIGINT,
        areas_expected BIGINT, status VARCHAR, sort BIGINT, with_part BIGINT, with_rest BIGINT, known BIGINT,
        unknown BIGINT, top_two DOUBLE""",
    "measured": "period VARCHAR PRIMARY KEY, inputs VARCHAR",
    "facts": "name VARCHAR PRIMARY KEY, value VARCHAR",
}


@contextmanager
def writer_lock(places: Places) -> Iterator[None]:
    """Hold the one writer's lock. Raises OfficerError where another run still holds it after the wait."""
    places.store.mkdir(parents=True, exist_ok=True)
    lock = FileLock(places.store / LOCK, timeout=SECONDS_TO_WAIT)
    try:
        with lock:
            yield
    except Timeout as busy:
        raise OfficerError("Proses lain sedang menulis gudang data. Tunggu sampai selesai, lalu ulangi.") from busy


def connect(path: Path | None) -> duckdb.DuckDBPyConnection:
    """Open the warehouse for writing and make what is missing; None opens one in memory (for `check`).

    Raises OfficerError where the file is damaged or another process has it open.
    """
    spill = path.parent / "spill" if path else None
    if spill:
        shutil.rmtree(spill, ignore_errors=True)  # what a killed run left there holds people
    connection = open_file(":memory:" if path is None else str(path), read_only=False)
    if spill:
        connection.execute(f"SET temp_directory = '{str(spill).replace(chr(39), chr(39) * 2)}'")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET checkpoint_threshold = '{LOGGED}'")
    if _stored_layout(connection) != _layout():
        start_anew(connection)  # tables of an earlier version go: all they hold is folded from the kept files
    return connection


def _tables() -> dict[str, str]:
    return TABLES | {name: table_columns(name) for name in datasets()}


def _layout() -> str:
    """A hash of all tables' columns."""
    return hashlib.sha256(repr(sorted(_tables().items())).encode()).hexdigest()


def _existing(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def _stored_layout(connection: duckdb.DuckDBPyConnection) -> str | None:
    if "facts" not in _existing(connection):
        return None
    found = connection.execute("SELECT value FROM facts WHERE name = 'layout'").fetchone()
    return found[0] if found else None


def start_anew(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all tables, empty, in one transaction; what was there goes."""
    tables = _tables()
    connection.begin()
    for name in _existing(connection):
        connection.execute(f'DROP TABLE "{name}"')
    for name, columns in tables.items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
    connection.execute("INSERT INTO facts VALUES ('layout', $1)", [_layout()])
    connection.commit()


def table_columns(dataset: str) -> str:
    """The DDL of a dataset's table: technical columns, then the declared ones by their kind."""
    columns = TECHNICAL | {name: spec.kind.sql for name, spec in datasets()[dataset].columns().items()}
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
