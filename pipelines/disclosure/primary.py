"""Primary suppression: the cells that may not be published for their own sake."""

import numpy as np

from pipelines.areas import LEVELS
from pipelines.disclosure.policy import Policy, Rule
from pipelines.disclosure.table import Mask, Table
from pipelines.indicators.catalogue import Indicator


def primary(table: Table, policy: Policy, indicator: Indicator, breakdowns: tuple[str, ...]) -> Mask:
    """For every place and breakdown whether the cell breaks its class's rule. What was not reported cannot."""
    columns = table.columns(indicator.code, breakdowns)
    hidden = np.zeros((len(table.areas), len(columns)), dtype=bool)
    for depth, level in enumerate(LEVELS):
        rows = table.depth == depth
        hidden[rows] = _breaks(table, policy.rule(indicator.sensitivity, level), columns)[rows]
    return hidden & table.reported[:, columns]


def _breaks(table: Table, rule: Rule, columns: list[int]) -> Mask:
    """A figure over nobody says so unless the level is closed: it tells nothing of anybody."""
    if rule.never:
        return np.ones((len(table.areas), len(columns)), dtype=bool)
    small = (table.population < rule.population) | (table.households < rule.households)
    part, rest = table.part[:, columns], table.rest[:, columns]
    few = (part < rule.contributors) | (rest < rule.contributors)  # a count has no rest: NaN is not less
    dominated = table.dominance[:, columns] > rule.dominance
    return small[:, None] | ((few | dominated) & ~table.empty[:, columns])
