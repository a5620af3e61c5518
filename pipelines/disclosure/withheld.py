"""Which cells the public does not see, and why: `c` for their own sake, `s` for another's, `m` for want of coverage."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.disclosure.groups import WHOLE, follows, groups
from pipelines.disclosure.pattern import Costs, patterns
from pipelines.disclosure.policy import Policy, policy
from pipelines.disclosure.table import Mask, Table, read_table

TOTALS = "S0"  # an area whose totals are withheld publishes nothing
FAVOUR = 0.5  # what was withheld last time costs less to withhold again, so that patterns stay


def withheld(warehouse: duckdb.DuckDBPyConnection, periods: list[str]) -> pd.DataFrame:
    """The status that the public sees instead of the liaison's: period, area, indicator, breakdown, seen."""
    frames = []
    before: dict[str, dict[str, bool]] = {}
    for period in sorted(periods):
        table = read_table(warehouse, period)
        seen, before = statuses(table, policy(), before)
        rows, columns = np.nonzero(seen)
        frames.append(
            pd.DataFrame(
                {
                    "period": period,
                    "area": [table.areas[row] for row in rows],
                    "indicator": [table.figures[column][0] for column in columns],
                    "breakdown": [table.figures[column][1] for column in columns],
                    "seen": seen[rows, columns],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def statuses(
    table: Table, rules: Policy, before: dict[str, dict[str, bool]]
) -> tuple[np.ndarray, dict[str, dict[str, bool]]]:
    """For every place and figure `c`, `s`, `m`, `u` or nothing, and per group the places withheld.

    `before` is the second result of the period before.
    """
    seen = np.full(table.reported.shape, "", dtype="<U1")
    names: dict[str, dict[str, bool]] = {}
    places: dict[str, Mask] = {}  # where the series of everybody are withheld
    closed = np.zeros(len(table.areas), dtype=bool)
    for members in groups():
        name = " ".join((members[0].name, *members[0].breakdowns[:1]))
        loss = table.population + 1.0
        loss[[before.get(name, {}).get(area, False) for area in table.areas]] *= FAVOUR
        costs = Costs(max(rules.contributors(series.sensitivity) for series in members), loss)
        base = closed.copy()
        for followed in follows(members):
            base |= places[followed]
        hidden, found = patterns(table, rules, members, base, places, costs)
        for series, withheld in zip(members, found, strict=True):
            status = np.where(withheld.own, "c", "s")
            seen[:, withheld.columns] = np.where(withheld.cells, status, seen[:, withheld.columns])
            if series.stage == WHOLE:
                places[series.name] = withheld.places
        if members[0].stage == WHOLE and all(series.sensitivity == TOTALS for series in members):
            closed |= hidden
        names[name] = dict(zip(table.areas, hidden.tolist(), strict=True))
    shown = table.reported & (seen == "")
    seen[shown & (table.coverage < rules.coverage_flagged) & ~table.empty] = "u"
    seen[shown & (table.coverage < rules.coverage_least)] = "m"
    return seen, names
