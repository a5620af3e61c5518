"""What the public knows already: the earlier releases of a period, as sets of RTs whose sums they give away.

RTs that stood together in every published cell cannot be told apart by sums and differences of cells. So the RTs of a
figure fall into sets, and whoever knows the sum of each set knows at least all that was published. Where an RT was
corrected or withdrew, the change is an entry of its own beside the RT: the difference of two releases shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.areas import LEVELS, ancestor
from pipelines.disclosure.table import Mask, Numbers, Table
from pipelines.indicators.catalogue import catalogue
from pipelines.sqltext import literal

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Past:
    """Arrays with an entry for each figure and RT that ever reported it, and for each later change of its numbers.

    `figure` and `place` are a column and a row of the table; an RT no longer listed has the row of what held it.
    `known` numbers the sets of entries of which the public may know the sum; what is `fresh` was in no published cell.
    `part` and `rest` are the families behind an RT as it is now, none where it reports no more. Behind a change they
    are one where part or rest differ, for it may concern a single family.
    """

    figure: Whole
    place: Whole
    is_rt: Mask
    known: Whole
    fresh: Mask
    part: Numbers
    rest: Numbers
    numerator: Numbers  # of an RT as it is now
    may_speak: Mask  # the RT is listed, reports, and its own cell was never withheld for its own sake
    withheld_last: Mask  # places and figures that the newest of these releases withheld


def read_past(warehouse: duckdb.DuckDBPyConnection, period: str, table: Table, releases: Sequence[Path]) -> Past | None:
    """The past of a period by its kept releases, cells of both tiers; None where nothing was published yet."""
    if not releases:
        return None
    _register(warehouse, period, table, releases)
    now = {"now": len(releases)}
    entries, last = (warehouse.execute(query, now).df() for query in (ENTRIES, WITHHELD))
    row = {area: n for n, area in enumerate(table.areas)}
    figure, is_rt = entries["figure"].to_numpy("int64"), ~entries["is_change"].to_numpy(bool)
    place = np.array([_nearest(rt, row) for rt in entries["rt"]], dtype="int64")
    reports = entries["rt"].isin(row).to_numpy() & table.reported[place, figure]
    part, rest = (np.where(reports, families[place, figure], 0.0) for families in (table.part, table.rest))
    rest_of_change = np.where(np.isnan(table.rest[0, figure]), np.nan, entries["rest_differs"])  # a count has no rest
    withheld_last = np.zeros(table.reported.shape, dtype=bool)
    last = last[last["area"].isin(row)]
    withheld_last[last["area"].map(row), last["figure"]] = True
    return Past(
        figure=figure,
        place=place,
        is_rt=is_rt,
        known=entries["known"].to_numpy("int64"),
        fresh=entries["fresh"].to_numpy(bool),
        part=np.where(is_rt, part, entries["part_differs"]),
        rest=np.where(is_rt, rest, rest_of_change),
        numerator=entries["numerator"].to_numpy("float64"),
        may_speak=reports & ~entries["once_secret"].to_numpy(bool),
        withheld_last=withheld_last,
    )


def _nearest(rt: str, row: dict[str, int]) -> int:
    """The row of an RT, or of the nearest area that holds it and is still listed."""
    return next((row[area] for level in LEVELS if (area := ancestor(rt, level)) in row), 0)


def _register(warehouse: duckdb.DuckDBPyConnection, period: str, table: Table, releases: Sequence[Path]) -> None:
    """`past_cells(turn, tier, level, ...)` of the earlier releases and, last and as the liaison's, of the new one."""
    figures = pd.DataFrame(table.figures, columns=["indicator", "breakdown"]).rename_axis("figure").reset_index()
    figures["is_share"] = [catalogue()[code].is_share for code, _ in table.figures]
    warehouse.register("past_figures", figures)
    columns = "level, area, indicator, breakdown, numerator, denominator, value, households, areas_reported, status"
    kept = [
        f"SELECT {turn} AS turn, tier, {columns} FROM read_parquet({literal(str(path))})"
        for turn, path in enumerate(releases)
    ]
    kept.append(f"SELECT {len(releases)}, 'liaison', {columns} FROM cells WHERE period = '{period}'")
    warehouse.execute(
        "CREATE OR REPLACE TEMP TABLE past_cells AS "
        f"SELECT * FROM ({' UNION ALL '.join(kept)}) JOIN past_figures USING (indicator, breakdown) "
        "WHERE areas_reported > 0"
    )
    rts = [row[0] for row in warehouse.execute("SELECT DISTINCT area FROM past_cells WHERE level = 'rt'").fetchall()]
    above = [(rt, depth, ancestor(rt, level)) for rt in rts for depth, level in enumerate(LEVELS)]
    warehouse.register("past_above", pd.DataFrame(above, columns=["rt", "depth", "area"]))


# What is empty adds nothing to any sum: as if it were not reported. A release that showed no cell over an RT tells
# nothing of it, so that changes are those between releases that did.
ENTRIES = """
    WITH held AS (
        SELECT turn, figure, area AS rt, numerator, row(numerator, denominator, value, households) AS numbers,
               denominator - CASE WHEN is_share THEN numerator ELSE 0 END AS remainder
        FROM past_cells WHERE tier = 'liaison' AND level = 'rt' AND status <> 'z'
    ),
    rts AS (SELECT DISTINCT figure, rt FROM held),
    shown AS (  -- the lowest published cell over an RT; the areas decide in which others it stood
        SELECT turn, figure, rt, min_by(area, depth) AS cell
        FROM rts JOIN past_above USING (rt) JOIN past_cells USING (figure, area)
        WHERE tier = 'public' AND status IN ('ok', 'u', 'z') GROUP BY ALL
    ),
    turns AS (
        SELECT turn, figure, rt, cell FROM shown UNION ALL SELECT $now, figure, rt, NULL FROM rts
    ),
    told AS (
        SELECT *, min(turn) FILTER (numbers IS NOT NULL) OVER of_rt AS first_turn,
               numbers IS DISTINCT FROM lag(numbers) OVER upto AS differs,
               numerator IS NULL OR coalesce(numerator <> lag(numerator) OVER upto, TRUE) AS part_differs,
               remainder IS NULL OR coalesce(remainder <> lag(remainder) OVER upto, TRUE) AS rest_differs
        FROM turns LEFT JOIN held USING (turn, figure, rt)
        WINDOW of_rt AS (PARTITION BY figure, rt), upto AS (PARTITION BY figure, rt ORDER BY turn)
    ),
    entries AS (
        SELECT turn AS since, figure, rt, turn > first_turn AS is_change, part_differs, rest_differs
        FROM told WHERE turn = first_turn OR turn > first_turn AND differs
    ),
    traced AS (
        SELECT e.*, list((turn, cell) ORDER BY turn) FILTER (cell IS NOT NULL) AS cells,
               max(numerator) FILTER (turn = $now AND NOT is_change) AS numerator
        FROM entries AS e JOIN told AS t ON (t.figure, t.rt) = (e.figure, e.rt) AND turn >= since GROUP BY ALL
    ),
    secret AS (
        SELECT DISTINCT figure, area AS rt FROM past_cells WHERE tier = 'public' AND level = 'rt' AND status = 'c'
    )
    SELECT figure, rt, is_change, part_differs, rest_differs, coalesce(numerator, 0) AS numerator,
           cells IS NULL AS fresh, dense_rank() OVER (ORDER BY figure, cells) - 1 AS known,
           s.rt IS NOT NULL AS once_secret
    FROM traced LEFT JOIN secret AS s USING (figure, rt)
    ORDER BY figure, rt, since
"""
WITHHELD = """
    SELECT figure, area FROM past_cells WHERE turn = $now - 1 AND tier = 'public' AND status IN ('c', 's')
"""
