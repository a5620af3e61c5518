"""What the public sees of figures that are made of others: no more than it sees of all that they are made of.

A derived figure follows from cells that are published in the same place, this quarter or earlier, and from the size of
the area, which anybody may know. So it gives nothing away that these do not, and whoever knows it, and all of these
but one, knows that one: it is withheld wherever one of them is.
"""

import numpy as np
import numpy.typing as npt

from pipelines.areas import LEVELS
from pipelines.disclosure.table import Table
from pipelines.indicators.derived import cells_of, derived
from pipelines.periods import parse_period

Statuses = npt.NDArray[np.str_]
Seen = dict[str, tuple[Table, Statuses]]  # by period
CLOSER = ("", "u", "m", "s", "c")  # of several parts the most closed one decides


def follow_parts(so_far: Seen, period: str, table: Table, seen: Statuses) -> Statuses:
    """The statuses of a period with those of its derived figures. `so_far` holds the periods before; it gets this one.

    Below the lowest level at which a figure says something it is closed (`c`).
    """
    found = seen.copy()
    so_far[period] = table, found
    for entry in derived():
        (column,) = table.columns(entry.code, ("total",))
        closed = np.where(table.depth < LEVELS.index(entry.lowest), CLOSER.index("c"), 0)
        for code, quarters in cells_of(entry.code):
            there = so_far.get(str(parse_period(period).before(quarters)))
            closed = np.maximum(closed, _closed(there, table.areas, code))
        found[:, column] = np.where(table.reported[:, column], np.array(CLOSER)[closed], "")
    return found


def _closed(there: tuple[Table, Statuses] | None, areas: list[str], code: str) -> npt.NDArray[np.int64]:
    """How closed a part is in each of these areas. Where the public has nothing of the period, it is closed."""
    if there is None:
        return np.full(len(areas), CLOSER.index("c"))
    table, seen = there
    row = {area: number for number, area in enumerate(table.areas)}
    (column,) = table.columns(code, ("total",))
    level = {status: number for number, status in enumerate(CLOSER)}
    return np.array([level[str(seen[row[area], column])] if area in row else level["c"] for area in areas])
