"""What the warehouse notes of itself: one value under each name."""

import duckdb

from pipelines.periods import Period


def reconciled(period: Period) -> str:
    """The name under which stands which receipts of a period were reconciled."""
    return f"reconciled {period}"


def fact(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """The value noted under a name; None where there is none."""
    found = connection.execute("SELECT value FROM facts WHERE name = $1", [name]).fetchone()
    return found[0] if found else None


def note_fact(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Note a value, in place of what was noted under the name before."""
    connection.execute("INSERT OR REPLACE INTO facts VALUES ($1, $2)", [name, value])
