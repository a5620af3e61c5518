"""Primary suppression: the cells that may not be published for their own sake."""

import numpy as np

from pipelines.areas import LEVELS
from pipelines.disclosure.groups import WHOLE, Series
from pipelines.disclosure.policy import Policy, Rule
from pipelines.disclosure.table import Mask, Numbers, Table
from pipelines.indicators.dimensions import UNKNOWN


def primary(table: Table, policy: Policy, series: Series) -> Mask:
    """For every place and figure whether the cell breaks its class's rule. What was not reported cannot."""
    columns = table.columns(series.indicator.code, series.breakdowns)
    hidden = np.zeros((len(table.areas), len(columns)), dtype=bool)
    judged = table.judged()
    for depth, level in enumerate(LEVELS):
        rows = judged == depth
        rule = policy.rule(series.sensitivity, level)
        breaks = _code_breaks(table, rule, series, columns) if series.dimension else _breaks(table, rule, columns)
        hidden[rows] = breaks[rows]
    return hidden & table.reported[:, columns]


def told(table: Table, series: Series) -> Numbers:
    """A row for each sum of codes that follows from a series' total: the families behind it, at least, by place."""
    sums = series.indicator.tells if series.stage == WHOLE and series.dimension is None else ()
    found = np.zeros((len(sums), len(table.areas)))
    for row, codes in zip(found, sums, strict=True):
        row[:] = table.part[:, [table.place[_figure(code)] for code in codes]].max(axis=1)
    return found


def _figure(named: str) -> tuple[str, str]:
    indicator, _, breakdown = named.partition(" ")
    return indicator, breakdown


def too_few_told(table: Table, policy: Policy, series: Series) -> Mask:
    """The places where a series' total would tell of too few families in the codes of a distribution."""
    least = np.array([policy.rule(series.sensitivity, level).contributors for level in LEVELS])[table.judged()]
    families = told(table, series)
    few: Mask = (families > 0) & (families < least)
    return np.asarray(few.any(axis=0))


def _breaks(table: Table, rule: Rule, columns: list[int]) -> Mask:
    """A figure over nobody says so unless the level is closed: it tells nothing of anybody."""
    if rule.never:
        return np.ones((len(table.areas), len(columns)), dtype=bool)
    small = (table.population < rule.population) | (table.households < rule.households)
    part, rest = table.part[:, columns], table.rest[:, columns]
    few = (part < rule.contributors) | (rest < rule.contributors)  # a count has no rest: NaN is not less
    dominated = table.dominance[:, columns] > rule.dominance
    return small[:, None] | ((few | dominated) & ~table.empty[:, columns])


def _code_breaks(table: Table, rule: Rule, series: Series, columns: list[int]) -> Mask:
    """A code that nobody has tells of nobody, unless its sexes are split: there it says what they are made of.

    Whose code is unknown tells nothing either. What is not in the code stands in the other codes, each judged itself.
    """
    assert series.dimension is not None
    known = np.array([code != UNKNOWN for code in series.dimension.codes])
    if rule.never:
        return np.tile(known, (len(table.areas), 1))
    part = table.part[:, columns]
    few = (part > 0) & (part < rule.contributors)
    if series.is_refined and rule.contributors:
        few |= (part == 0) & (table.wider(part) > 0)
    small = (table.population < rule.population) | (table.households < rule.households)
    breaks: Mask = (small[:, None] | few) & known
    return breaks
