"""Figures of a whole area, made of other figures of that area (`schemas/views/wilayah.toml`): rates and density.

They are made last, of cells that are rolled up already, at every level alike. One exists where the same RTs stand
behind everything that it is made of, and all expected ones where it is divided by the size of the area: else a rate
would set the births of some beside the residents of others.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

import duckdb
import pandas as pd

from pipelines.areas import LEVELS
from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.periods import Period
from pipelines.settings import Office
from schemas.dataset import SCHEMAS

NAME = re.compile(r"[a-z]\w*")
SIZE = "luas"


@dataclass(frozen=True)
class Part:
    """A column that derived figures are made of: the total of `figure` in so many `quarters` before, added up."""

    name: str
    label: str
    figure: str | None = None
    quarters: tuple[int, ...] = ()

    @property
    def cells(self) -> tuple[tuple[str, int], ...]:
        """(indicator, quarters before) of the cells that it adds up."""
        return tuple((self.figure, quarter) for quarter in self.quarters) if self.figure else ()


@cache
def declared() -> dict[str, Part]:
    """The columns by name."""
    entries = tomllib.loads((SCHEMAS / "views" / "wilayah.toml").read_text(encoding="utf-8"))
    return {
        name: Part(name, entry["label"], entry.get("figure"), tuple(entry.get("quarters", ())))
        for name, entry in entries.items()
    }


def derived() -> list[Indicator]:
    """The indicators that are made of others."""
    return [entry for entry in catalogue().values() if entry.is_derived]


@cache
def parts_of(code: str) -> tuple[Part, ...]:
    """What a derived indicator is made of, in order. Raises KeyError for a column that is not declared."""
    entry = catalogue()[code]
    names = NAME.findall(f"{entry.numerator} {entry.denominator}")
    return tuple(declared()[name] for name in dict.fromkeys(names))


def cells_of(code: str) -> tuple[tuple[str, int], ...]:
    """(indicator, quarters before) of every cell that a derived indicator is made of."""
    return tuple(dict.fromkeys(cell for part in parts_of(code) for cell in part.cells))


def derive(connection: duckdb.DuckDBPyConnection, office: Office, period: Period, into: str) -> None:
    """Fill the derived figures of `places` into a table of cells, from its own and `cells` of the periods before.

    Needs `places` and `tree`, and in the table the cells of all RTs in these places.
    """
    sizes = [(area, float(km2)) for area, km2 in office.register.territories().items()]
    connection.register("size_rows", pd.DataFrame(sizes, columns=["area", SIZE]).astype({"area": "str"}))
    connection.execute("CREATE OR REPLACE TEMP TABLE sizes AS SELECT * FROM size_rows")
    figures = sorted({figure for entry in derived() for figure, _ in cells_of(entry.code)})
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE figures_made_of AS
        SELECT area, indicator, 0 AS quarter, numerator, areas_reported AS rts FROM {into}
        WHERE period = $period AND breakdown = 'total' AND areas_reported > 0 AND indicator IN (SELECT unnest($figures))
        """,
        {"period": str(period), "figures": figures},
    )
    connection.execute(f"INSERT INTO figures_made_of {_earlier('*', period)}")
    for entry in derived():
        _derive(connection, entry, period, into, office.unreliable_below)


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


def _derive(
    connection: duckdb.DuckDBPyConnection, entry: Indicator, period: Period, into: str, unreliable_below: int
) -> None:
    cells, parts = cells_of(entry.code), parts_of(entry.code)
    listed = ", ".join(f"('{figure}', {quarter})" for figure, quarter in cells)
    sums = ", ".join(
        f"sum(numerator) FILTER (indicator = '{part.figure}' AND quarter IN {list(part.quarters)}) AS {part.name}"
        for part in parts
        if part.figure
    )
    sized = any(part.name == SIZE for part in parts)
    known = f"{SIZE} IS NOT NULL AND s.rts = p.areas_expected" if sized else "TRUE"
    below = ", ".join(f"'{level}'" for level in LEVELS[: LEVELS.index(entry.lowest)]) or "NULL"
    few = "FALSE" if sized else f"d < {unreliable_below}"
    connection.execute(
        f"""
        WITH found AS (
            FROM figures_made_of JOIN (VALUES {listed}) AS asked (indicator, quarter) USING (indicator, quarter)
        ),
        whole AS (
            SELECT area, min(rts) AS least, max(rts) AS most, {sums}
            FROM found GROUP BY area HAVING count(*) = {len(cells)}
        ),
        same AS (SELECT place, count(*) AS rts FROM whole JOIN tree ON rt = area GROUP BY place),
        made AS (
            SELECT p.area AS place_area, s.rts, {entry.numerator} AS n, {entry.denominator} AS d
            FROM places AS p JOIN same AS s USING (place) JOIN whole AS w USING (area) LEFT JOIN sizes USING (area)
            WHERE least = s.rts AND most = s.rts AND {known}
        )
        UPDATE {into} SET numerator = n, denominator = d, areas_reported = rts,
            value = CASE WHEN d > 0 THEN {entry.scale} * n / d END,
            status = CASE WHEN d = 0 THEN 'z' WHEN level IN ({below}) OR {few} THEN 'u' ELSE 'ok' END
        FROM made WHERE period = '{period}' AND area = place_area AND indicator = '{entry.code}'
        """
    )
