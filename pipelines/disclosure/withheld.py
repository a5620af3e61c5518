"""Which cells the public does not see, and why: `c` for their own sake, `s` for another's, `m` for want of coverage."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.disclosure.derived import Seen, follow_parts
from pipelines.disclosure.differences import must_wait
from pipelines.disclosure.groups import WHOLE, follows, groups
from pipelines.disclosure.past import Past, read_past
from pipelines.disclosure.pattern import Costs, counts_everybody, patterns
from pipelines.disclosure.policy import Policy, policy
from pipelines.disclosure.table import Mask, Table, read_table
from pipelines.disclosure.unfinished import TOTALS, of_the_unfinished

FAVOUR = 0.5  # what was withheld last time costs less to withhold again, so that patterns stay


def withheld(
    warehouse: duckdb.DuckDBPyConnection,
    periods: list[str],
    earlier: Mapping[str, Sequence[Path]] | None = None,
    only_complete: bool = False,
) -> pd.DataFrame:
    """The status that the public sees instead of the liaison's: period, area, indicator, breakdown, seen, waits.

    `earlier` are the kept releases of each period that the public has; `waits` marks what is withheld on their account
    alone. With `only_complete` the public sees nothing but totals of an area before its last RT has reported.
    """
    frames = []
    before: dict[str, dict[str, bool]] = {}
    so_far: Seen = {}
    so_far_alone: Seen = {}
    for period in sorted(periods):
        table = read_table(warehouse, period)
        past = read_past(warehouse, period, table, (earlier or {}).get(period, ()))
        alone, without = statuses(table, policy(), before)
        seen, before = (alone, without) if past is None else statuses(table, policy(), before, past)
        if only_complete:
            unfinished = of_the_unfinished(table)
            seen, alone = (np.where(unfinished, "m", shown) for shown in (seen, alone))
        seen, alone = follow_parts(so_far, period, table, seen), follow_parts(so_far_alone, period, table, alone)
        waits = np.isin(seen, ("c", "s")) & ~np.isin(alone, ("c", "s", "m"))
        rows, columns = np.nonzero(seen)
        frames.append(
            pd.DataFrame(
                {
                    "period": period,
                    "area": [table.areas[row] for row in rows],
                    "indicator": [table.figures[column][0] for column in columns],
                    "breakdown": [table.figures[column][1] for column in columns],
                    "seen": seen[rows, columns],
                    "waits": waits[rows, columns],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def statuses(
    table: Table, rules: Policy, before: dict[str, dict[str, bool]], past: Past | None = None
) -> tuple[np.ndarray, dict[str, dict[str, bool]]]:
    """For every place and figure `c`, `s`, `m`, `u` or nothing, and per group the places withheld.

    `before` is the second result of the period before, `past` what the public knows of this period already.
    """
    seen = np.full(table.reported.shape, "", dtype="<U1")
    names: dict[str, dict[str, bool]] = {}
    places: dict[str, Mask] = {}  # where each series is withheld
    closed = np.zeros(len(table.areas), dtype=bool)
    waiting = closed.copy()  # totals that close nothing: they only wait for further reports
    look_back = None if past is None else partial(must_wait, past, table, rules)
    for members in groups():
        name = " ".join((members[0].name, *members[0].breakdowns[:1]))
        loss = table.population + 1.0
        loss[[before.get(name, {}).get(area, False) for area in table.areas]] *= FAVOUR
        if past is not None:
            (column, *_) = table.columns(members[0].indicator.code, members[0].breakdowns)
            loss[past.withheld_last[:, column]] *= FAVOUR
        costs = Costs(max(rules.contributors(series.sensitivity) for series in members), loss)
        base = closed | waiting if any(map(counts_everybody, members)) else closed.copy()
        for followed in follows(members):
            base |= places[followed]
        hidden, found = patterns(table, rules, members, base, places, costs, look_back)
        for series, withheld in zip(members, found, strict=True):
            status = np.where(withheld.own, "c", "s")
            seen[:, withheld.columns] = np.where(withheld.cells, status, seen[:, withheld.columns])
            places[series.key] = withheld.places
        if members[0].stage == WHOLE and all(series.sensitivity == TOTALS for series in members):
            small = hidden if past is None else patterns(table, rules, members, closed, places, costs)[0]
            waiting |= hidden if members[0].dimension is None else False
            closed |= small
        names[name] = dict(zip(table.areas, hidden.tolist(), strict=True))
    shown = table.reported & (seen == "")
    seen[shown & (table.coverage < rules.coverage_flagged) & ~table.empty] = "u"
    seen[shown & (table.coverage < rules.coverage_least)] = "m"
    return seen, names
