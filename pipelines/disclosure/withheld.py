"""Which cells the public does not see, and why: `c` for their own sake, `s` for another's, `m` for want of coverage."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.disclosure.groups import groups
from pipelines.disclosure.policy import Policy, policy
from pipelines.disclosure.primary import primary
from pipelines.disclosure.secondary import close_down, complete
from pipelines.disclosure.table import POPULATION, Mask, Numbers, Table, read_table
from pipelines.indicators.catalogue import BREAKDOWNS, Indicator

TOTALS = "S0"  # an area whose totals are withheld publishes nothing
EVERYBODY = ("TRUE", "keluarga = 1")  # universes of all residents or all families
POPULATION_TOTAL = (POPULATION[0], BREAKDOWNS[:1])
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
    patterns: dict[str, dict[str, bool]] = {}
    closed = np.zeros(len(table.areas), dtype=bool)
    for members in sorted(groups(), key=lambda group: min(i.sensitivity for i in group)):
        name = members[0].code
        loss = table.population + 1.0
        loss[[before.get(name, {}).get(area, False) for area in table.areas]] *= FAVOUR
        least = max(rules.contributors(i.sensitivity) for i in members)
        own = {i.code: primary(table, rules, i, BREAKDOWNS[:1]) for i in members}
        hidden = _pattern(table, members, own, BREAKDOWNS[:1], closed, least, loss)
        _enter(seen, table, own, BREAKDOWNS[:1], hidden)
        sexed = [i for i in members if i.by_sex]
        if sexed:
            own = {i.code: primary(table, rules, i, BREAKDOWNS[1:]) for i in sexed}
            _enter(seen, table, own, BREAKDOWNS[1:], _pattern(table, sexed, own, BREAKDOWNS[1:], hidden, least, loss))
        if all(i.sensitivity == TOTALS for i in members):
            closed |= hidden
        patterns[name] = dict(zip(table.areas, hidden.tolist(), strict=True))
    # Until distributions have their own rule, the public sees none.
    split = np.array([":" in breakdown for _, breakdown in table.figures])
    seen[table.reported & split] = "c"
    shown = table.reported & (seen == "")
    seen[shown & (table.coverage < rules.coverage_flagged) & ~table.empty] = "u"
    seen[shown & (table.coverage < rules.coverage_least)] = "m"
    return seen, patterns


def _pattern(
    table: Table,
    members: list[Indicator],
    own: dict[str, Mask],
    breakdowns: tuple[str, ...],
    closed: Mask,
    least: int,
    loss: Numbers,
) -> Mask:
    """The places where linked indicators are withheld in these breakdowns.

    `own` are the cells of each that are withheld for their own sake; `closed` are places withheld already.
    """
    hidden = closed.copy()
    for indicator in members:
        hidden |= own[indicator.code].any(axis=1)
        hidden |= _tells_residents(table, indicator, closed)
    columns = [column for i in members for column in table.columns(i.code, breakdowns)]
    there = (table.reported & ~table.empty)[:, columns].T
    part, rest = table.part[:, columns].T, table.rest[:, columns].T
    is_ratio = ~np.isnan(rest).any(axis=1)
    present = np.vstack([there, there[is_ratio]])
    parts = np.vstack([part, rest[is_ratio]])
    return complete(close_down(hidden, table.parent), table.parent, table.depth, present, parts, least, loss)


def _tells_residents(table: Table, indicator: Indicator, closed: Mask) -> Mask:
    """Where the residents that an indicator divides by, of other RTs than the totals, tell those of a closed RT."""
    if indicator.source != "orang" or indicator.universe not in EVERYBODY:
        return np.zeros(len(table.areas), dtype=bool)
    totals, own = table.columns(*POPULATION_TOTAL)[0], table.columns(indicator.code, BREAKDOWNS[:1])[0]
    others: Mask = table.rts[:, own] != table.rts[:, totals]
    return table.holds(closed) & table.reported[:, own] & others


def _enter(seen: np.ndarray, table: Table, own: dict[str, Mask], breakdowns: tuple[str, ...], hidden: Mask) -> None:
    """Write a pattern into the statuses: every cell of the indicators where it was reported."""
    for code, primary_cells in own.items():
        columns = table.columns(code, breakdowns)
        status = np.where(primary_cells, "c", "s")
        place = hidden[:, None] & table.reported[:, columns]
        seen[:, columns] = np.where(place, status, seen[:, columns])
