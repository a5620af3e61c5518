"""What is kept of stage 1 between two runs, so that only RTs whose rows changed are counted anew.

Kept are the cells of every RT, as `cells` makes them, and of which rows they were made (`stage_areas`): the receipts of
its current slices and what rules across workbooks set aside in them. Rows of a receipt never change otherwise.
"""

import duckdb

from pipelines.areas import ancestor
from pipelines.indicators.distributions import ABOVE, PLACES
from pipelines.periods import Period
from pipelines.warehouse.shared import bound_together, few, ties_of
from schemas import datasets

# Of each temporary table of stage 1: where it is kept, and its view together with what is kept of the other RTs.
KEPT = {
    "rt_cells": ("stage_cells", "every_cell"),
    "rt_bins": ("stage_bins", "every_bin"),
    "rt_tops": ("stage_tops", "every_top"),
    "split_households": ("stage_split", "every_split"),
}


def make_states(connection: duckdb.DuckDBPyConnection, period: Period) -> None:
    """`states(area, state)` (temporary): of which rows each RT is counted."""
    aside = " UNION ALL ".join(
        f"SELECT '{name}' AS dataset, receipt, area, sheet, \"row\", set_aside FROM {name} "
        "WHERE set_aside IS NOT NULL AND period = $period"
        for name in datasets()
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE states AS
        WITH aside AS (
            SELECT dataset, receipt, area, string_agg(concat_ws(' ', sheet, "row"), ',' ORDER BY sheet, "row") AS aside
            FROM ({aside}) GROUP BY ALL
        )
        SELECT area, md5(string_agg(concat_ws(' ', dataset, receipt, aside), ';' ORDER BY dataset, receipt)) AS state
        FROM slices LEFT JOIN aside USING (dataset, receipt, area)
        WHERE period = $period AND closed_by IS NULL GROUP BY area
        """,
        {"period": str(period)},
    )


def changed(connection: duckdb.DuckDBPyConnection, period: Period) -> set[str] | None:
    """The RTs to be counted anew because their rows or any that bear on them changed; None for all of them.

    Families in several RTs are counted once in their RW and kelurahan: these RTs are counted together. So are, in a
    kabupaten, those of families in several kelurahan.
    """
    query = """
        SELECT area FROM states AS n FULL JOIN (FROM stage_areas WHERE period = $1) AS o USING (area)
        WHERE n.state IS DISTINCT FROM o.state
    """
    found = {area for (area,) in connection.execute(query, [str(period)]).fetchall()}
    query = "SELECT DISTINCT area FROM stage_split WHERE period = $1 AND level = 'rt'"
    split = {area for (area,) in connection.execute(query, [str(period)]).fetchall()}
    ties = ties_of(connection, period)
    spanning = {area for area in split if _span(ties.get(area, set()))}
    while True:
        found = bound_together(ties, found)
        around = {ancestor(area, level) for area in found for level in ("kelurahan", "kabupaten")}
        further = {area for area in split if ancestor(area, "kelurahan") in around}
        further |= {area for area in spanning if ancestor(area, "kabupaten") in around}
        further -= found
        if not further:
            return few(connection, period, found)
        found |= further


def _span(areas: set[str]) -> bool:
    return len({ancestor(area, "kelurahan") for area in areas}) > 1


def complete(connection: duckdb.DuckDBPyConnection, period: Period, among: set[str] | None) -> None:
    """Make views of all RTs' stage 1: of those just counted, and of the others as it is kept."""
    for table, (kept, view) in KEPT.items():
        rest = f"UNION ALL SELECT * EXCLUDE (period) FROM {kept} WHERE period = '{period}' AND NOT {_theirs(kept)}"
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS FROM {table} {'' if among is None else rest}")


def keep(connection: duckdb.DuckDBPyConnection, period: Period, among: set[str] | None) -> None:
    """Store what was just counted, in the caller's transaction.

    Of some RTs only what differs is written: most figures stay, and what is written is packed anew.
    """
    for table, (kept, _) in KEPT.items():
        theirs = "TRUE" if among is None else _theirs(kept)
        _exchange(connection, period, kept, f"SELECT '{period}' AS period, * FROM {table}", theirs)
    _exchange(connection, period, "stage_areas", f"SELECT '{period}' AS period, * FROM states", "TRUE")


def _exchange(connection: duckdb.DuckDBPyConnection, period: Period, table: str, fresh: str, which: str) -> None:
    """Put fresh rows in place of those of a period that are theirs."""
    those = f"period = '{period}' AND {which}"
    if which != "TRUE":
        same = " AND ".join(f'o."{column}" IS NOT DISTINCT FROM n."{column}"' for column in _columns(connection, table))
        old = f"(SELECT *, rowid AS at FROM {table} WHERE {those}) AS o"
        those = f"rowid IN (SELECT o.at FROM {old} ANTI JOIN ({fresh}) AS n ON {same})"
        fresh = f"SELECT n.* FROM ({fresh}) AS n ANTI JOIN {old} ON {same}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE differing AS {fresh}")
        fresh = "FROM differing"
    connection.execute(f"DELETE FROM {table} WHERE {those}")
    connection.execute(f"INSERT INTO {table} {fresh}")


def update_cells(connection: duckdb.DuckDBPyConnection, period: Period) -> None:
    """Write of `new_cells` what differs. The cells of a period are the same from run to run, so each has its number."""
    keys = ("period", "sort")
    said = [column for column in _columns(connection, "cells") if column not in keys]
    connection.execute(
        f"""
        UPDATE cells SET {", ".join(f'"{column}" = n."{column}"' for column in said)} FROM new_cells AS n
        WHERE cells.period = '{period}' AND {" AND ".join(f'cells."{key}" = n."{key}"' for key in keys)}
          AND ({" OR ".join(f'cells."{column}" IS DISTINCT FROM n."{column}"' for column in said)})
        """
    )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]


def _theirs(kept: str) -> str:
    """SQL: whether what is kept is of an RT counted anew, or of a place around it."""
    places = (*PLACES, *ABOVE) if kept == "stage_split" else PLACES[:1]
    return "area IN (" + " UNION ".join(f"SELECT {code} FROM among" for _, code in places) + ")"
