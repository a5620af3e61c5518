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
import pandas as pd

from pipelines.areas import LEVELS, ancestor
from pipelines.disclosure.earlier import NONE, NUMBERS, Turns, Whole, read_turns
from pipelines.disclosure.table import Mask, Numbers, Table
from pipelines.indicators.catalogue import catalogue


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
    turns = read_turns(warehouse, period, table.figures, releases)
    told = _walk(turns, np.array([catalogue()[code].is_share for code, _ in table.figures]))
    row = {area: n for n, area in enumerate(table.areas)}
    rts = [turns.areas[rt] for rt in turns.rts.tolist()]
    figure, rt = (told.entries[name].to_numpy("int64") for name in ("figure", "rt"))
    is_change = told.entries["is_change"].to_numpy(bool)
    place = np.array([_nearest(rt, row) for rt in rts], dtype="int64")[rt]
    reports = np.array([rt in row for rt in rts], dtype=bool)[rt] & table.reported[place, figure]
    part, rest = (np.where(reports, families[place, figure], 0.0) for families in (table.part, table.rest))
    rest_of_change = np.where(np.isnan(table.rest[0, figure]), np.nan, told.entries["rest_differs"])  # a count has none
    now = np.nan_to_num(told.numerator[rt, figure])
    known, fresh = _known(told.entries, told.lowest)
    withheld_last = np.zeros(table.reported.shape, dtype=bool)
    listed = np.array([row.get(area, NONE) for area in turns.areas], dtype="int64")[told.withheld_last[0]]
    withheld_last[listed[listed != NONE], told.withheld_last[1][listed != NONE]] = True
    return Past(
        figure=figure,
        place=place,
        is_rt=~is_change,
        known=known,
        fresh=fresh,
        part=np.where(is_change, told.entries["part_differs"], part),
        rest=np.where(is_change, rest_of_change, rest),
        numerator=np.where(is_change, 0.0, now),
        may_speak=reports & ~told.secret[rt, figure],
        withheld_last=withheld_last,
    )


def _nearest(rt: str, row: dict[str, int]) -> int:
    """The row of an RT, or of the nearest area that holds it and is still listed."""
    return next((row[area] for level in LEVELS if (area := ancestor(rt, level)) in row), 0)


@dataclass(frozen=True)
class _Told:
    """All releases of a period, gone through; grids are a row an RT and a column a figure.

    `entries` have figure, rt, since (the number of the release), is_change, part_differs, rest_differs, in this order.
    """

    entries: pd.DataFrame
    lowest: list[Whole]  # of each earlier release, as in `Turn`
    numerator: Numbers  # as it is now
    secret: Mask  # ever withheld for its own sake
    withheld_last: tuple[Whole, Whole]  # area and figure


def _walk(turns: Turns, is_share: Mask) -> _Told:
    """Go through the releases. `is_share` tells of a figure whether its numerator is a part of its denominator.

    A release that showed no cell over an RT tells nothing of it: changes are those between releases that did, and the
    new one, which is the last.
    """
    started = secret = held = np.zeros((len(turns.rts), len(is_share)), dtype=bool)
    numbers = np.full((len(NUMBERS), *started.shape), np.nan)
    found, lowest, withheld_last = [], [], (np.empty(0, dtype="int64"), np.empty(0, dtype="int64"))
    for since, turn in enumerate(turns.read):
        is_new = since == turns.newest
        told = np.ones_like(started) if is_new else turn.lowest != NONE
        same = (turn.numbers == numbers) | np.isnan(turn.numbers) & np.isnan(numbers)
        differs = (turn.held != held) | ~same.all(axis=0)
        rt, figure = np.nonzero(told & np.where(started, differs, turn.held))
        entries = {"figure": figure, "rt": rt, "since": since, "is_change": started[rt, figure]}
        pairs = zip(("part", "rest"), _parts(turn.numbers, is_share), _parts(numbers, is_share), strict=True)
        for name, now, then in pairs:  # what has no parts, such as a median, is not the same
            entries[f"{name}_differs"] = ~(now[rt, figure] == then[rt, figure])
        found.append(pd.DataFrame(entries))
        started = started | told & turn.held
        held, numbers = np.where(told, turn.held, held), np.where(told, turn.numbers, numbers)
        if not is_new:
            secret, withheld_last = secret | turn.secret, turn.withheld
            lowest.append(turn.lowest)
    in_order = pd.concat(found, ignore_index=True).sort_values(["figure", "rt", "since"], ignore_index=True)
    return _Told(in_order, lowest, numbers[0], secret, withheld_last)


def _parts(numbers: Numbers, is_share: Mask) -> tuple[Numbers, Numbers]:
    """Numerators, and what of the denominators is not in them."""
    numerator, denominator = numbers[:2]
    return numerator, denominator - np.where(is_share, numerator, 0.0)


def _known(entries: pd.DataFrame, lowest: Sequence[Whole]) -> tuple[Whole, Mask]:
    """Numbers for the sets of entries that stood in the same published cells since they are there; and what is fresh.

    Sets are numbered by figure, then by their cells of one release after the other; those in no cell come last.
    """
    figure, rt, since = (entries[name].to_numpy("int64") for name in ("figure", "rt", "since"))
    cells = np.array([np.where(since <= turn, places[rt, figure], NONE) for turn, places in enumerate(lowest)])
    in_no_cell = (cells == NONE).all(axis=0)
    most = int(cells.max(initial=0)) + 1
    known = figure * 2 + in_no_cell
    for turn, cell in enumerate(cells):
        later = (cells[turn + 1 :] != NONE).any(axis=0)  # a list of cells is before a longer one that begins with it
        place = np.where(cell == NONE, np.where(later, most, NONE), cell) + 1
        known = np.unique(known * (most + 2) + place, return_inverse=True)[1]
    return known, in_no_cell
