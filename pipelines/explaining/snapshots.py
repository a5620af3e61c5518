"""One figure's rows in two periods, with the keys by which people and families are matched. The keys stay in here.

Between the older figure and the newer stand two steps, so that a difference is told apart by its cause: the newer rows
judged on the older day (answers differ), then on the newer day (ages differ), then by the newer poverty line.
"""

from decimal import Decimal

import duckdb

from pipelines.explaining.asked import Asked
from pipelines.explaining.sources import BASE
from pipelines.explaining.trace import VIEWS, rows_of
from pipelines.periods import Period
from pipelines.warehouse.reconcile import make_views, prepare
from schemas import datasets

BEFORE, ANSWERS, AGED, AFTER = "before", "answers", "aged", "after"


def snapshots(
    connection: duckdb.DuckDBPyConnection, older: Asked, newer: Asked, lines: dict[Period, Decimal], both: list[str]
) -> None:
    """Make the four tables (key, area, inside, n, d, unknown, born, sex); `inside` are those of `both` RTs."""
    old, new = older.period, newer.period
    for name, rows, day, line in (
        (BEFORE, old, old, old),
        (ANSWERS, new, old, old),
        (AGED, new, new, old),
        (AFTER, new, new, new),
    ):
        prepare(connection, rows, lines.get(line))
        connection.execute("UPDATE parameter SET reference_date = $1", [day.reference_date])
        make_views(connection, *VIEWS[newer.entry.source])
        _snapshot(connection, name, newer, both)
    for name, period in ((BEFORE, old), (AFTER, new)):
        _fates(connection, f"{name}_fates", newer, period)


def _snapshot(connection: duckdb.DuckDBPyConnection, name: str, asked: Asked, both: list[str]) -> None:
    base = BASE[asked.entry.source]
    key = datasets()[base].key()
    person = base == "penduduk"
    own = "b.tanggal_lahir AS born, b.jenis_kelamin AS sex" if person else "NULL::DATE AS born, NULL::INTEGER AS sex"
    sex = asked.entry.sex(asked.breakdown)
    of_sex = {None: "TRUE", "L": "b.jenis_kelamin = 1", "P": "b.jenis_kelamin IS DISTINCT FROM 1"}[sex]
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        SELECT b.{key} AS key, v.area, v.area IN (SELECT unnest($both)) AND {of_sex} AS inside,
               v.area IN (SELECT unnest($both)) AS here, v.n, v.d, v.unknown, {own}
        FROM ({rows_of(asked.entry, asked.breakdown, sexed=False)}) AS v
        JOIN {base} AS b ON b.receipt = v.receipt AND b.sheet = v.sheet AND b."row" = v."row"
        """,
        {"both": both},
    )


def _fates(connection: duckdb.DuckDBPyConnection, name: str, asked: Asked, period: Period) -> None:
    """(key, aside, dead, moved, absent): what a period's sheets say of those who are not counted as residents."""
    base = BASE[asked.entry.source]
    key = datasets()[base].key()
    said = "FALSE AS dead, FALSE AS moved, FALSE AS absent"
    if base == "penduduk":
        said = """coalesce(bool_or(b.set_aside IS NULL AND b.status_dasar = 2), FALSE) AS dead,
                  coalesce(bool_or(b.set_aside IS NULL AND b.status_dasar = 3), FALSE) AS moved,
                  coalesce(bool_or(b.set_aside IS NULL AND NOT (b.status_dasar = 1 AND b.tinggal)), FALSE) AS absent"""
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        SELECT b.{key} AS key, bool_or(b.set_aside IS NOT NULL) AS aside, {said}
        FROM {base} AS b
        JOIN slices AS s ON s.dataset = '{base}' AND s.receipt = b.receipt AND s.area = b.area AND s.closed_by IS NULL
        WHERE b.period = $1 AND b.{key} IS NOT NULL GROUP BY b.{key}
        """,
        [str(period)],
    )
