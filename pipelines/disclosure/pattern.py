"""Where the series of a linked group are withheld: the places of each, completed so that no sum gives one away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.disclosure.codes import blocks, common_codes
from pipelines.disclosure.groups import Series
from pipelines.disclosure.policy import Policy
from pipelines.disclosure.primary import primary, told, too_few_told
from pipelines.disclosure.secondary import close_down, complete
from pipelines.disclosure.table import POPULATION, Mask, Numbers, Table
from pipelines.indicators.catalogue import BREAKDOWNS

TOTAL = BREAKDOWNS[:1]
EVERYBODY = ("TRUE", "keluarga = 1")  # universes of all residents or all families


@dataclass(frozen=True)
class Withheld:
    """Of a series: its columns, the cells that break the rule themselves, those withheld, the places withheld whole."""

    columns: list[int]
    own: Mask
    cells: Mask
    places: Mask


@dataclass(frozen=True)
class Costs:
    """The families that places withheld together must hold, and what withholding a place costs."""

    least: int
    loss: Numbers


def patterns(
    table: Table,
    rules: Policy,
    members: Sequence[Series],
    base: Mask,
    before: Mapping[str, Mask],
    costs: Costs,
    look_back: Callable[[Sequence[Series], Sequence[Mask], Numbers], Mask] | None = None,
) -> tuple[Mask, list[Withheld]]:
    """The places where a group's series are withheld together, and what is withheld of each.

    `base` are places withheld already, `before` the places where each series of everybody was withheld so far.
    `look_back` says which places more, given the cells of each that are withheld, because of earlier releases.
    """
    hidden = base.copy()
    own, common = [primary(table, rules, series) for series in members], []
    for series, cells in zip(members, own, strict=True):
        codes, helpless = np.zeros_like(cells), np.zeros_like(base)
        if series.dimension:
            codes, helpless = common_codes(table, rules, series)
        common.append(codes)
        hidden |= helpless | (cells & ~codes).any(axis=1) | too_few_told(table, rules, series)
        if series.dimension is None:
            hidden |= _tells_residents(table, series, base)
    rows = [_rows(table, rules, series, codes) for series, codes in zip(members, common, strict=True)]
    present, parts = np.vstack([there for there, _ in rows]), np.vstack([families for _, families in rows])
    hidden = _completed(table, hidden, present, parts, costs)
    while True:
        found = []
        for series, cells, codes, row in zip(members, own, common, rows, strict=True):
            places = _besides(table, series, hidden, before, row, costs) if series.dimension else hidden
            columns = table.columns(series.indicator.code, series.breakdowns)
            whole = (places[:, None] | codes) & table.reported[:, columns]
            found.append(Withheld(columns, cells, whole, places))
        more = look_back(members, [of.cells for of in found], costs.loss) if look_back else np.zeros_like(hidden)
        if not more.any():
            return hidden, found
        # What mends nothing further lets the whole group wait: what is not shown tells nothing.
        hidden = _completed(table, hidden | more | ~(more & ~hidden).any(), present, parts, costs)


def _completed(table: Table, hidden: Mask, present: Mask, parts: Numbers, costs: Costs) -> Mask:
    below = close_down(hidden, table.parent)
    return complete(below, table.parent, table.depth, present, parts, costs.least, costs.loss)


def _rows(table: Table, rules: Policy, series: Series, common: Mask) -> tuple[Mask, Numbers]:
    """For each part of the series whether a place has it, and the families behind it.

    A part that harmlessly nobody has in the wider place tells nothing of the places in it. Of a distribution the parts
    are its codes: one that the wider place has nobody of tells nothing either; of a place with nobody in a block of
    codes, whose sum may be known, nothing is hidden.
    """
    columns = table.columns(series.indicator.code, series.breakdowns)
    there = (table.reported & ~table.empty)[:, columns]
    part, rest = table.part[:, columns], table.rest[:, columns]
    if series.dimension is None:
        is_ratio = ~np.isnan(rest).any(axis=0)
        besides = told(table, series)
        telling, telling_of_rest = there, there
        if series.indicator.code in rules.none:
            telling = there & (table.wider(part) > 0)
        if series.indicator.code in rules.all:
            telling_of_rest = there & (table.wider(rest) > 0)
        present = np.vstack([telling.T, telling_of_rest[:, is_ratio].T, besides > 0])
        return present, np.vstack([part.T, rest[:, is_ratio].T, besides])
    there &= (table.wider(part) > 0) & ~common
    for block in blocks(series.dimension):
        there[:, block] &= (part[:, block] > 0).any(axis=1, keepdims=True)
    known = sorted(place for block in blocks(series.dimension) for place in block)
    return there[:, known].T, part[:, known].T


def _tells_residents(table: Table, series: Series, closed: Mask) -> Mask:
    """Where the residents that a total divides by, of other RTs than all residents, tell those of a closed RT."""
    indicator = series.indicator
    if not counts_everybody(series):
        return np.zeros(len(table.areas), dtype=bool)
    totals = table.columns(POPULATION[0], TOTAL)[0]
    own = table.columns(indicator.code, TOTAL)[0]
    others: Mask = table.rts[:, own] != table.rts[:, totals]
    return table.holds(closed) & table.reported[:, own] & others


def counts_everybody(series: Series) -> bool:
    """Whether the parts of an indicator add up to all residents or all families."""
    return series.indicator.source == "orang" and series.indicator.universe in EVERYBODY


def _besides(
    table: Table,
    series: Series,
    hidden: Mask,
    before: Mapping[str, Mask],
    row: tuple[Mask, Numbers],
    costs: Costs,
) -> Mask:
    """The places where a distribution is withheld: those of its group, and where what its codes add up to tells more.

    A total or sum of codes that counts more RTs, because they sent only count sheets, tells by its difference of these:
    the RTs for which it is withheld are one more part that needs protection.
    """
    dimension = series.dimension
    assert dimension is not None
    (column, *_) = table.columns(series.indicator.code, series.breakdowns)
    present, parts, places = [row[0]], [row[1]], hidden
    for code in dict.fromkeys([series.indicator.code, *(dimension.sums or {}), *dimension.follows]):
        (total,) = table.columns(code, TOTAL)
        more = (table.depth == 0) & table.reported[:, total] & ~table.reported[:, column] & before[code]
        if more.any():
            places = places | more
            for families in (table.part[:, total], table.rest[:, total]):
                if not np.isnan(families).all():
                    present.append(table.holds(more)[None])
                    parts.append(table.summed(np.where(more, families, 0.0))[None])
    if len(present) == 1:
        return hidden
    return _completed(table, places, np.vstack(present), np.vstack(parts), costs)
