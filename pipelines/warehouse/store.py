"""The warehouse: two DuckDB files that only this room writes, under a lock that a power cut frees at once.

`warehouse.duckdb` holds what figures are counted from and no text of a row; whose rows they are stands in the other one
(`identities`), which is attached to every connection that is opened here.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from pipelines.errors import OfficerError
from pipelines.opening import damaged, open_file, opening, transaction
from pipelines.settings import Places
from pipelines.sqltext import literal
from pipelines.warehouse import identities
from pipelines.warehouse.facts import fact, note_fact
from schemas import datasets
from schemas.dataset import ISSUED

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
    "receipts": """receipt BIGINT PRIMARY KEY, arrival BIGINT, period VARCHAR, kelurahan VARCHAR, sha256 VARCHAR,
        bytes BIGINT, received_at VARCHAR, verdict VARCHAR""",
    "sheets": """receipt BIGINT, sheet INTEGER, dataset VARCHAR, rows BIGINT, accepted BIGINT, held BIGINT,
        columns JSON""",
    "slices": """receipt BIGINT, period VARCHAR, dataset VARCHAR, area VARCHAR, accepted BIGINT, held BIGINT,
        closed_by BIGINT""",
    "cells": """period VARCHAR, level VARCHAR, area VARCHAR, area_name VARCHAR, indicator VARCHAR, breakdown VARCHAR,
        numerator DOUBLE, denominator DOUBLE, value DOUBLE, unit VARCHAR, households BIGINT, areas_reported BIGINT,
        areas_expected BIGINT, status VARCHAR, sort BIGINT, with_part BIGINT, with_rest BIGINT, known BIGINT,
        unknown BIGINT, top_two DOUBLE""",
    "measured": "period VARCHAR PRIMARY KEY, inputs VARCHAR, basis VARCHAR",
    "stage_areas": "period VARCHAR, area VARCHAR, state VARCHAR",
    "stage_cells": """period VARCHAR, area VARCHAR, figure INTEGER, numerator BIGINT, denominator BIGINT,
        households BIGINT, with_part BIGINT, with_rest BIGINT, known BIGINT, unknown BIGINT""",
    "stage_bins": """period VARCHAR, area VARCHAR, figure INTEGER, bin DOUBLE, numerator BIGINT, denominator BIGINT""",
    "stage_tops": "period VARCHAR, area VARCHAR, figure INTEGER, whole BIGINT, largest BIGINT[]",
    "stage_split": "period VARCHAR, level VARCHAR, area VARCHAR, figure INTEGER, households BIGINT",
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
    """Open the warehouse and its identities for writing and make what is missing; None opens both in memory.

    Files of an earlier version go, with all that their pages still hold: everything is folded from the kept files.
    Raises OfficerError where a file is damaged, or identities are lost, or another process has one open.
    """
    spill = path.parent / "spill" if path else None
    if path and spill:
        for left in (spill, path.with_name(path.name + ".tmp")):  # of a run that was killed, of one that only read
            shutil.rmtree(left, ignore_errors=True)  # what lies there holds people
    connection = open_file(":memory:", read_only=False) if path is None else _opened(path)
    try:
        _set_up(connection, path, spill)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: duckdb.DuckDBPyConnection, path: Path | None, spill: Path | None) -> None:
    # One in memory, of a single file, spills nothing into the folder that somebody happens to stand in.
    connection.execute(f"SET temp_directory = {literal(str(spill or ''))}")
    if path:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET checkpoint_threshold = '{LOGGED}'")
    apart = identities.identity_path(path) if path else None
    if apart and not apart.exists():
        raise OfficerError(damaged(apart))
    identities.attach(connection, apart, read_only=False)
    if stored_layout(connection) is None:
        start_anew(connection)
    elif apart:
        identities.require_complete(connection, apart)


def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    """The warehouse's file; an empty one where there is none, or one of another version."""
    if path.exists():
        connection = open_file(str(path), read_only=False)
        try:
            if not is_outdated(connection, path):
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        # The figures' file goes last: without it the identities beside it are nobody's, and made anew.
        identities.remove(path)
    identities.make_empty(identities.identity_path(path))
    return open_file(str(path), read_only=False)


def is_outdated(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether an opened warehouse has the tables of another version. Raises OfficerError where it is damaged."""
    with opening(path):  # a file whose end is lost opens, and then lacks what its tables need
        stored = stored_layout(connection)
        return stored not in (None, _layout()) or (stored is None and bool(identities.tables_of(connection)))


def _tables() -> dict[str, str]:
    return TABLES | {name: table_columns(name) for name in datasets()}


def _layout() -> str:
    """A hash of all tables' columns."""
    told = sorted(_tables().items()), sorted(identities.identity_tables().items())
    return hashlib.sha256(repr(told).encode()).hexdigest()


def stored_layout(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The hash of the tables that a warehouse has; None where it has none yet."""
    if "facts" not in identities.tables_of(connection):
        return None
    return fact(connection, "layout")


def start_anew(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all tables of both files, empty; what was there goes.

    Only then is the layout noted: a warehouse without it holds nothing, and is made anew by whoever opens it next.
    """
    with transaction(connection):
        for name in identities.tables_of(connection):
            connection.execute(f'DROP TABLE "{name}"')
        for name, columns in _tables().items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
    identities.make_tables(connection)
    note_fact(connection, "layout", _layout())


def table_columns(dataset: str) -> str:
    """The DDL of a dataset's table: technical columns, then what figures are counted from."""
    specs = datasets()[dataset].columns()
    kept = datasets()[dataset].declared()
    kinds = {
        column: "UUID" if specs[name].kind.pseudonym else specs[name].kind.sql
        for column, name in kept.items()
        if column != ISSUED
    } | ({ISSUED: "BOOLEAN"} if ISSUED in kept else {})
    return ", ".join(f'"{name}" {kind}' for name, kind in (TECHNICAL | kinds).items())
