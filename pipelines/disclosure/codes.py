"""Which codes of a distribution are withheld everywhere from the kelurahan up, so that the others can be shown.

Below the kelurahan a distribution is shown whole or not at all. From there up the codes with too few families at the
widest place are withheld at every place, and with them the next smallest until nobody learns more than the sum of
several codes with families enough. That sum must hold within each part of the codes that another figure tells the sum
of (the desils 1 to 4): a lone code there would follow.
"""

import numpy as np

from pipelines.areas import LEVELS
from pipelines.disclosure.groups import Series
from pipelines.disclosure.policy import Policy
from pipelines.disclosure.primary import primary
from pipelines.disclosure.table import Mask, Table
from pipelines.indicators.dimensions import UNKNOWN, Dimension

COMMON_FROM = LEVELS.index("kelurahan")


def common_codes(table: Table, rules: Policy, series: Series) -> tuple[Mask, Mask]:
    """(for every place and code whether the code is withheld there in common, the widest places that none protects).

    What is shown by sex, too, has no common codes: either all of it is shown or nothing.
    """
    assert series.dimension is not None
    columns = table.columns(series.indicator.code, series.breakdowns)
    common = np.zeros((len(table.areas), len(columns)), dtype=bool)
    helpless = np.zeros(len(table.areas), dtype=bool)
    if series.dimension.sex or series.is_refined:
        return common, helpless
    unsafe = primary(table, rules, series)
    top = table.tops()
    for widest in np.flatnonzero((table.parent < 0) & unsafe.any(axis=1)):
        least = rules.contributors(series.sensitivity)
        chosen = _chosen(unsafe[widest], table.part[widest, columns], blocks(series.dimension), least)
        if chosen is None:
            helpless[widest] = True
        else:
            common[(top == widest) & (table.judged() >= COMMON_FROM)] = chosen
    return common, helpless


def blocks(dimension: Dimension) -> list[list[int]]:
    """The codes by the sums that other figures tell: those of a block stand in the same sums. Who is unknown hides
    nobody: how many they are follows from how many are known."""
    sums = (dimension.sums or {}).values()
    blocks: dict[tuple[bool, ...], list[int]] = {}
    for place, code in enumerate(dimension.codes):
        if code != UNKNOWN:
            blocks.setdefault(tuple(code in codes for codes in sums), []).append(place)
    return list(blocks.values())


def _chosen(unsafe: Mask, families: np.ndarray, blocks: list[list[int]], least: int) -> Mask | None:
    """The unsafe codes, and the smallest others that make each block safe; None where all of a block are too few."""
    chosen = unsafe.copy()
    for block in blocks:
        others = sorted((p for p in block if families[p] > 0 and not chosen[p]), key=lambda p: (families[p], p))
        hidden = [p for p in block if chosen[p]]
        while hidden and (len(hidden) < 2 or families[hidden].sum() < least):
            if not others:
                return None
            hidden.append(others.pop(0))
        chosen[hidden] = True
    return chosen
