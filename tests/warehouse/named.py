"""The warehouse with its identities beside it: the tables as an officer knows them, under their names."""

from pathlib import Path

import duckdb

from schemas import datasets
from schemas.dataset import KEYS

TECHNICAL = ("receipt", "sheet", "row", "period", "area", "set_aside")


def open_named(store: Path) -> duckdb.DuckDBPyConnection:
    """A connection in whose tables nothing is keyed: views over both files, which are opened to be read only."""
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{store}' AS w (READ_ONLY)")
    connection.execute(f"ATTACH '{store.with_name('identitas.duckdb')}' AS i (READ_ONLY)")
    there = {(row[0], row[1]) for row in connection.execute(
        "SELECT database_name, table_name FROM duckdb_tables()").fetchall()}  # fmt: skip
    views = {
        "receipts": "w.receipts JOIN i.files USING (receipt)",
        "sheets": "w.sheets JOIN i.sheet_names USING (receipt, sheet, dataset)",
        "held": "i.held",
        "findings": "i.findings",
        "facts": "w.facts WHERE name <> 'kunci'",  # a key is another one in every office
    }
    views |= {table: f"w.{table}" for at, table in there if at == "w" and table not in views}
    for name, dataset in datasets().items():
        texts = {column for column, spec in dataset.columns().items() if spec.kind.identifies}
        told = ", ".join(f't."{c}"' for c in TECHNICAL) + "".join(
            f', {"p" if column in texts else "t"}."{column}"' for column in dataset.columns()
        )
        views[name] = f"""(SELECT {told} FROM w.{name} AS t
            JOIN i.{name} AS p ON p.receipt = t.receipt AND p.sheet = t.sheet AND p."row" = t."row")"""
    for name, source in views.items():
        connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {source}')
    return connection


def views_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The names of all of them."""
    rows = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
    return [row[0] for row in rows]


def one_key_each(store: Path) -> None:
    """Fail where two numbers have one key, or one number two."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{store}' AS w (READ_ONLY)")
        connection.execute(f"ATTACH '{store.with_name('identitas.duckdb')}' AS i (READ_ONLY)")
        for number, key in KEYS.items():
            pairs = " UNION ".join(
                f'SELECT DISTINCT "{number}" AS number, "{key}" AS key FROM i.{name} JOIN w.{name} '
                'USING (receipt, sheet, "row")'
                for name, dataset in datasets().items()
                if number in dataset.columns()
            )
            counts = "count(DISTINCT number), count(DISTINCT key), count(*) FILTER (number IS NOT NULL)"
            [(numbers, keys, both)] = connection.execute(f"SELECT {counts} FROM ({pairs})").fetchall()
            assert numbers == keys == both, (number, numbers, keys, both)
