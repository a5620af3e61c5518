"""The variables in `published.duckdb`, beside the indicators: what every column of every dataset means."""

import duckdb
import pandas as pd

from pipelines.publishing.metadata.ms_var import ASKS, ms_var
from schemas import datasets

TABLE = ("dataset", *(ask.nama for ask in ASKS))


def add_variables(store: duckdb.DuckDBPyConnection) -> None:
    """Write the table `variables`: one row a column, the questions of MS-Var as its columns."""
    names = [dataset.about().name for dataset in datasets().values() for _ in dataset.columns()]
    rows = [
        [name, *(record.answers[ask.nama] for ask in ASKS)]
        for name, record in zip(names, ms_var({}).records, strict=True)
    ]
    store.register("variable_rows", pd.DataFrame(rows, columns=list(TABLE), dtype="str"))
    store.execute("CREATE TABLE variables AS SELECT * FROM variable_rows")


def meanings() -> str:
    """All that the table says, as one text: a release is named after it too."""
    return "".join(str(sorted(record.answers.items())) for record in ms_var({}).records)
