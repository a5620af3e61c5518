"""The identity store: all that says who a row is about, in a file beside the figures' one, `identitas.duckdb`.

Here stand the texts of every dataset (names, NIK, card numbers, places as written, free text), the cells of held rows,
findings with the sentences that quote them, which cells a correction changed, the names of files and sheets. In
`warehouse.duckdb` stands what figures are counted from, under keys (`pseudonyms`). A row is the same in both by
dataset, receipt, sheet and row number.

A transaction of DuckDB writes to one file. The identities of a batch are committed first, replacing what an interrupted
run left of the same receipts; what has no receipt in the warehouse is no row yet, and nobody asks for it.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipelines.errors import OfficerError
from pipelines.opening import connect_read_only, damaged, open_file, opening, transaction
from pipelines.replacing import remove_file
from pipelines.settings import IDENTITIES
from pipelines.sqltext import literal
from schemas import datasets
from schemas.dataset import Dataset

NAME = IDENTITIES  # of the attached store in every query
TABLES = {
    "files": "receipt BIGINT, path VARCHAR, reason VARCHAR",
    "sheet_names": "receipt BIGINT, sheet INTEGER, dataset VARCHAR, name VARCHAR, unknown JSON",
    "held": """receipt BIGINT, sheet INTEGER, sheet_name VARCHAR, row INTEGER, period VARCHAR, dataset VARCHAR,
        area VARCHAR, cells VARCHAR""",
    "findings": """receipt BIGINT, period VARCHAR, stage VARCHAR, dataset VARCHAR, area VARCHAR, sheet VARCHAR,
        row INTEGER, cell VARCHAR, label VARCHAR, rule VARCHAR, severity VARCHAR, value VARCHAR, message VARCHAR""",
    "corrections": """receipt BIGINT, period VARCHAR, sheet INTEGER, row INTEGER, dataset VARCHAR, area VARCHAR,
        "column" VARCHAR, cell VARCHAR, correction INTEGER, outcome VARCHAR, made VARCHAR""",
}


def identity_path(warehouse: Path) -> Path:
    """Where the identities of a warehouse stand."""
    return warehouse.with_name(f"{NAME}.duckdb")


def identity_tables() -> dict[str, str]:
    """The DDL of every table."""
    return TABLES | {name: _columns(dataset) for name, dataset in datasets().items()}


def identifying(dataset: type[Dataset]) -> list[str]:
    """The declared columns whose texts stand here and not with the figures."""
    return [name for name, spec in dataset.columns().items() if spec.kind.identifies]


def named(dataset: type[Dataset]) -> str:
    """A query of a dataset's rows with all that was declared, as it was read; needs both stores."""
    name, texts = dataset.about().name, set(identifying(dataset))
    columns = ", ".join(f'{"i" if column in texts else "t"}."{column}"' for column in dataset.columns())
    keys = "".join(f', t."{kept}"' for declared, kept in dataset.stored().items() if declared != kept)
    return (
        f'(SELECT t.receipt, t.sheet, t."row", t.period, t.area, t.set_aside, {columns}{keys} FROM {name} AS t '
        f'JOIN {NAME}.{name} AS i ON i.receipt = t.receipt AND i.sheet = t.sheet AND i."row" = t."row")'
    )


def attach(connection: duckdb.DuckDBPyConnection, path: Path | None, read_only: bool) -> None:
    """Open the identity store beside the warehouse; None makes one in memory. Raises OfficerError as `open_file`."""
    if path is None:
        connection.execute(f"ATTACH ':memory:' AS {NAME}")
        return
    with opening(path):
        connection.execute(f"ATTACH {literal(str(path))} AS {NAME}{' (READ_ONLY)' if read_only else ''}")


def make_empty(path: Path) -> None:
    """An identity store without tables in place of whatever was there."""
    remove(path)
    open_file(str(path), read_only=False).close()


def remove(store: Path) -> None:
    """Delete a store with its log."""
    remove_file(store.with_name(store.name + ".wal"))
    remove_file(store)


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """All tables, empty, in one transaction; what was there goes."""
    with transaction(connection):
        for name in tables_of(connection, NAME):
            connection.execute(f'DROP TABLE {NAME}."{name}"')
        for name, columns in identity_tables().items():
            connection.execute(f"CREATE TABLE {NAME}.{name} ({columns})")


def tables_of(connection: duckdb.DuckDBPyConnection, store: str | None = None) -> set[str]:
    """The tables of one of the attached stores, or of the one that was opened."""
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = coalesce($1, current_database())", [store]
    ).fetchall()
    return {row[0] for row in rows}


def connect_named(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open a warehouse for reading together with its identities.

    Raises OfficerError as `open_file` does, and where the identities are not those of this warehouse.
    """
    connection = connect_read_only(warehouse)
    try:
        require_identities(connection, identity_path(warehouse))
    except BaseException:
        connection.close()
        raise
    return connection


def require_identities(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach the identities to a warehouse that is open to be read. Raises OfficerError where they are not its own."""
    if not path.exists():
        raise OfficerError(damaged(path))
    attach(connection, path, read_only=True)
    require_complete(connection, path)


def require_complete(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """See that every receipt of the warehouse has its identities. Raises OfficerError where one has not."""
    if "receipts" not in tables_of(connection):
        return
    if (
        not identity_tables().keys() <= tables_of(connection, NAME)
        or connection.execute(f"SELECT 1 FROM receipts ANTI JOIN {NAME}.files USING (receipt) LIMIT 1").fetchone()
    ):
        raise OfficerError(damaged(path))


def forget_batch(connection: duckdb.DuckDBPyConnection, receipts: Iterable[int]) -> None:
    """Take away what an interrupted run wrote of these receipts."""
    for name in identity_tables():
        connection.execute(f"DELETE FROM {NAME}.{name} WHERE receipt IN (SELECT unnest($1))", [list(receipts)])


def _columns(dataset: type[Dataset]) -> str:
    specs = dataset.columns()
    texts = "".join(f', "{name}" {specs[name].kind.sql}' for name in identifying(dataset))
    return f'receipt BIGINT, sheet INTEGER, "row" INTEGER{texts}'
