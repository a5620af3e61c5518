"""The table `breakdowns` of `published.duckdb`: what every breakdown of a cell is called, for whoever prints one."""

import duckdb
import pandas as pd

from pipelines.indicators.dimensions import dimensions

PLAIN = {"total": "Jumlah", "L": "Laki-laki", "P": "Perempuan"}
SEX = "Jenis Kelamin"
COLUMNS = ("breakdown", "dimension", "code", "label", "order", "dimension_label")


def breakdown_rows() -> list[tuple[str, str, str, str, int, str]]:
    """(breakdown, dimension, code, label, order, label of the dimension), the plain ones first."""
    plain = [(code, "", code, label, "" if code == "total" else SEX) for code, label in PLAIN.items()]
    split = [
        (f"{name}:{code}", name, code, label, dimension.label)
        for name, dimension in dimensions().items()
        for code, label in dimension.codes.items()
    ]
    return [(*row[:4], place, row[4]) for place, row in enumerate([*plain, *split])]


def add_breakdowns(store: duckdb.DuckDBPyConnection) -> None:
    """Write the table."""
    store.register("breakdown_rows", pd.DataFrame(breakdown_rows(), columns=list(COLUMNS)))
    store.execute('CREATE TABLE breakdowns AS SELECT * FROM breakdown_rows ORDER BY "order"')
