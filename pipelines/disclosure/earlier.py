"""Kept releases as arrays: what the liaison was told of each RT, and the lowest published area over it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.areas import LEVELS, ancestor
from pipelines.disclosure.table import Mask, Numbers
from pipelines.sqltext import literal

Whole = npt.NDArray[np.int64]
NUMBERS = ("numerator", "denominator", "value", "households")
NONE = -1


@dataclass(frozen=True)
class Turn:
    """One release; a row an RT, a column a figure. Areas are numbered in the order of their codes, all releases alike.

    What is empty adds nothing to any sum: as if it were not reported.
    """

    held: Mask  # the RT's own cell, with something in it
    numbers: Numbers  # (numerator, denominator, value, households; RT; figure), NaN for none
    lowest: Whole  # the lowest published area over the RT, NONE where no cell over it was published
    secret: Mask  # the RT's own cell was withheld for its own sake
    withheld: tuple[Whole, Whole]  # area and figure of every cell that was withheld


@dataclass(frozen=True)
class Turns:
    """The releases of a period in their order; the new one, as the liaison sees it, is the last."""

    areas: list[str]
    rts: Whole  # the numbers of the RTs among the areas
    newest: int  # the number of the new one
    read: Iterator[Turn]  # one by one: a province has millions of cells in each


def read_turns(
    warehouse: duckdb.DuckDBPyConnection, period: str, figures: Sequence[tuple[str, str]], releases: Sequence[Path]
) -> Turns:
    """Read the figures of kept releases of a period, and of its measured cells."""
    listed = pd.DataFrame(list(figures), columns=["indicator", "breakdown"]).rename_axis("figure").reset_index()
    warehouse.register("past_figures", listed)
    sources = [f"read_parquet({literal(str(path))})" for path in releases]
    sources.append(f"(SELECT 'liaison' AS tier, * FROM cells WHERE period = {literal(period)})")
    every = " UNION ".join(f"SELECT area, level FROM {source} WHERE areas_reported > 0" for source in sources)
    found = warehouse.execute(f"{every} ORDER BY area").fetchall()
    areas = [area for area, _ in found]
    rts = np.array([n for n, (_, level) in enumerate(found) if level == LEVELS[0]], dtype="int64")
    warehouse.register("past_areas", pd.DataFrame({"area": areas, "place": np.arange(len(areas))}))
    number = {area: n for n, area in enumerate(areas)}
    above = np.array(
        [[number.get(ancestor(areas[rt], level), NONE) for rt in rts.tolist()] for level in LEVELS], dtype="int64"
    )
    read = (_turn(warehouse, source, above, (len(areas), len(figures))) for source in sources)
    return Turns(areas, rts, len(releases), read)


def _turn(warehouse: duckdb.DuckDBPyConnection, source: str, above: Whole, shape: tuple[int, int]) -> Turn:
    numbers = ", ".join(f"coalesce({name}::DOUBLE, 'nan') AS {name}" for name in NUMBERS)
    cells = warehouse.execute(
        f"""
        SELECT place, figure, tier = 'public' AS public, status, {numbers}
        FROM {source} JOIN past_figures USING (indicator, breakdown) JOIN past_areas USING (area)
        WHERE areas_reported > 0 AND (tier = 'public' OR level = '{LEVELS[0]}' AND status <> 'z')
        """
    ).fetchnumpy()
    place, figure, public = (np.asarray(cells[name]) for name in ("place", "figure", "public"))
    status = np.asarray(cells["status"]).astype("U2")
    shown, secret = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for grid, of_cells in ((shown, public & np.isin(status, ("ok", "u", "z"))), (secret, public & (status == "c"))):
        grid[place[of_cells], figure[of_cells]] = True
    numbers_of = np.full((len(NUMBERS), *shape), np.nan)
    held, liaison = np.zeros(shape, dtype=bool), ~public
    held[place[liaison], figure[liaison]] = True
    for grid, name in zip(numbers_of, NUMBERS, strict=True):
        grid[place[liaison], figure[liaison]] = np.asarray(cells[name])[liaison]
    withheld = public & np.isin(status, ("c", "s"))
    return Turn(
        held[above[0]], numbers_of[:, above[0]], _lowest(shown, above), secret[above[0]],
        (place[withheld], figure[withheld]),
    )  # fmt: skip


def _lowest(shown: Mask, above: Whole) -> Whole:
    """For every RT and figure the lowest of the areas above it that was shown. `above` has a row for each level."""
    lowest = np.full((above.shape[1], shown.shape[1]), NONE, dtype="int64")
    for area in above[::-1]:
        there = shown[area] & (area != NONE)[:, None]
        lowest = np.where(there, area[:, None], lowest)
    return lowest
