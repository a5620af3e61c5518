"""Figures of a whole area, made of other figures of that area (`schemas/views/wilayah.toml`): rates and density.

They are made of rolled-up figures, at every level alike. One exists where the same RTs stand behind everything that it
is made of, and all expected ones where it is divided by the size of the area: else a rate would set the births of some
beside the residents of others.
"""

import re
from functools import cache

import duckdb
import pandas as pd

from pipelines.areas import LEVELS, Register
from pipelines.indicators.catalogue import Indicator, catalogue, first_figure
from pipelines.indicators.parts import SIZE, Part, declared
from pipelines.periods import Period

NAME = re.compile(r"[a-z]\w*")


def derived() -> list[Indicator]:
    """The indicators that are made of others."""
    return [entry for entry in catalogue().values() if entry.is_derived]


@cache
def parts_of(code: str) -> tuple[Part, ...]:
    """What a derived indicator is made of, in order. Raises KeyError for a column that is not declared."""
    entry = catalogue()[code]
    names = NAME.findall(f"{entry.numerator} {entry.denominator}")
    return tuple(declared()[name] for name in dict.fromkeys(names))


def is_sized(code: str) -> bool:
    """Whether a derived indicator is divided by the size of the area."""
    return any(part.name == SIZE for part in parts_of(code))


def cells_of(code: str) -> tuple[tuple[str, int], ...]:
    """(indicator, quarters before) of every cell that a derived indicator is made of."""
    return tuple(dict.fromkeys(cell for part in parts_of(code) for cell in part.cells))


def derive(connection: duckdb.DuckDBPyConnection, register: Register, period: Period, unreliable_below: int) -> None:
    """Make `derived_cells(place, figure, numerator, denominator, rts, status)` (temporary) for the roll-up to enter.

    Needs `every_cell`, `places` and `tree` of the period, and `cells` of the periods before.
    """
    sizes = [(area, float(km2)) for area, km2 in register.territories().items()]
    connection.register("size_rows", pd.DataFrame(sizes, columns=["area", SIZE]).astype({"area": "str"}))
    connection.execute("CREATE OR REPLACE TEMP TABLE sizes AS SELECT * FROM size_rows")
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE figures_made_of AS
        WITH own AS (
            SELECT c.area, indicator, numerator / fixed AS numerator
            FROM every_cell AS c JOIN wanted USING (figure)
            WHERE breakdown = 'total' AND indicator IN (SELECT unnest($figures))
        )
        SELECT area, indicator, 0 AS quarter, numerator, 1::BIGINT AS rts FROM own
        UNION ALL
        SELECT p.area, indicator, 0, sum(numerator), count(*)
        FROM own JOIN tree ON rt = own.area JOIN places AS p USING (place) WHERE level <> 'rt' GROUP BY ALL
        """,
        {"figures": sorted({figure for entry in derived() for figure, _ in cells_of(entry.code)})},
    )
    connection.execute(f"INSERT INTO figures_made_of {_earlier('*', period)}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE derived_cells "
        "(place INTEGER, figure INTEGER, numerator DOUBLE, denominator DOUBLE, rts BIGINT, status VARCHAR)"
    )
    for entry in derived():
        _derive(connection, entry, unreliable_below)


def earlier_figures(connection: duckdb.DuckDBPyConnection, period: Period) -> str:
    """A hash of the earlier cells that the derived figures of a period are made of."""
    order = "quarter, indicator, area"
    said = f"md5(string_agg(concat_ws('|', area, indicator, quarter, numerator, rts), ',' ORDER BY {order}))"
    return str(connection.execute(_earlier(said, period)).fetchall()[0][0])


def _earlier(what: str, period: Period) -> str:
    cells = sorted({cell for entry in derived() for cell in cells_of(entry.code) if cell[1]})
    listed = ", ".join(f"('{figure}', {quarter}, '{period.before(quarter)}')" for figure, quarter in cells)
    return f"""
        SELECT {what} FROM (
            SELECT area, indicator, quarter, numerator, areas_reported AS rts
            FROM cells JOIN (VALUES {listed}) AS made (indicator, quarter, period) USING (indicator, period)
            WHERE breakdown = 'total' AND areas_reported > 0
        )
    """


def _derive(connection: duckdb.DuckDBPyConnection, entry: Indicator, unreliable_below: int) -> None:
    cells, parts = cells_of(entry.code), parts_of(entry.code)
    listed = ", ".join(f"('{figure}', {quarter})" for figure, quarter in cells)
    sums = ", ".join(
        f"sum(numerator) FILTER (indicator = '{part.figure}' AND quarter IN {list(part.quarters)}) AS {part.name}"
        for part in parts
        if part.figure
    )
    sized = is_sized(entry.code)
    known = f"{SIZE} IS NOT NULL AND s.rts = p.areas_expected" if sized else "TRUE"
    below = ", ".join(f"'{level}'" for level in LEVELS[: LEVELS.index(entry.lowest)]) or "NULL"
    few = "FALSE" if sized else f"d < {unreliable_below}"
    # In steps: of the whole in one the planner sees no sizes, and pairs every place with every other.
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE whole AS
        SELECT area, min(rts) AS least, max(rts) AS most, {sums}
        FROM figures_made_of WHERE (indicator, quarter) IN ({listed})
        GROUP BY area HAVING count(*) = {len(cells)}
        """
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE same AS "
        "SELECT place, count(*) AS rts FROM whole JOIN tree ON rt = area GROUP BY place"
    )
    connection.execute(
        f"""
        INSERT INTO derived_cells
        SELECT place, {first_figure(entry.code)}, n, d, rts,
               CASE WHEN d = 0 THEN 'z' WHEN level IN ({below}) OR {few} THEN 'u' ELSE 'ok' END
        FROM (
            SELECT place, level, s.rts, {entry.numerator} AS n, {entry.denominator} AS d
            FROM places AS p JOIN same AS s USING (place) JOIN whole AS w USING (area) LEFT JOIN sizes USING (area)
            WHERE least = s.rts AND most = s.rts AND {known}
        )
        """
    )
