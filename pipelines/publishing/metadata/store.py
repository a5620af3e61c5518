"""The variables in `published.duckdb`, beside the indicators: what every column of every dataset means."""

import duckdb

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
    store.execute(f"CREATE TABLE variables ({', '.join(f'{name} VARCHAR' for name in TABLE)})")
    store.executemany(f"INSERT INTO variables VALUES ({', '.join('?' * len(TABLE))})", rows)


def meanings() -> str:
    """All that the table says, as one text: a release is named after it too."""
    return "".join(str(sorted(record.answers.items())) for record in ms_var({}).records)
