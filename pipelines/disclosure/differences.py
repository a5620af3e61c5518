"""No two releases of a period subtract to what the policy does not show.

What is published now splits the sets of RTs that the public knew before. Each piece must be one that the policy would
publish as an area: a single RT only where its own cell is shown, several where their families are enough. Else figures
wait: they are withheld until more RTs report.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.areas import LEVELS
from pipelines.disclosure.earlier import Whole
from pipelines.disclosure.groups import Series
from pipelines.disclosure.past import Past
from pipelines.disclosure.policy import Policy, Rule
from pipelines.disclosure.table import Mask, Numbers, Table
from pipelines.indicators.dimensions import UNKNOWN

NOWHERE = -1
NEVER = Rule(contributors=2**31)


def must_wait(
    past: Past, table: Table, rules: Policy, members: Sequence[Series], hidden: Sequence[Mask], loss: Numbers
) -> Mask:
    """The places whose figures must wait, given the cells withheld of each series; none where no piece tells too much.

    To be asked again when the pattern is completed with these places: they change what the others give away.
    `loss` is what withholding a place costs.
    """
    pieces = _pieces(past, table, rules, members, hidden)
    more = np.zeros(len(table.areas), dtype=bool)
    telling = np.flatnonzero(pieces.telling()).tolist()
    # From the bottom: what is withheld below may be enough to cover what is above.
    lowest = min((pieces.depth(piece) for piece in telling), default=0)
    for piece in telling:
        if pieces.depth(piece) == lowest:
            more[pieces.remedy(piece, loss)] = True
    return more


@dataclass(frozen=True)
class _Pieces:
    """The entries of some figures: `cell` is the lowest published place over each, `piece` what they fall into."""

    table: Table
    figure: Whole
    place: Whole
    is_rt: Mask
    known: Whole
    fresh: Mask
    part: Numbers
    rest: Numbers
    numerator: Numbers
    speaks: Mask  # the RT's own cell is published, and may be
    cell: Whole
    piece: Whole
    first: Whole  # the first entry of each piece
    rules: dict[int, Rule]  # by figure, of several RTs
    nobody: Mask  # by figure: that nobody has it tells of nobody
    everybody: Mask  # by figure: nor does it that everybody has

    def telling(self) -> Mask:
        """The pieces of which too much is told: new sums that the policy would not publish."""
        size = np.bincount(self.piece)
        together = np.unique(self.figure * (len(self.table.areas) + 1) + self.cell + 1, return_inverse=True)[1]
        known_before = (size == np.bincount(self.known)[self.known[self.first]]) & ~self.fresh[self.first]
        unpublished = (self.cell == NOWHERE) & self.fresh
        an_area = (size == np.bincount(together)[together[self.first]]) & (self.cell[self.first] != NOWHERE)
        harmless: Mask = known_before | unpublished[self.first] | an_area | self.publishable(self.piece)
        return ~harmless

    def publishable(self, group: Whole) -> Mask:
        """For each number in `group` whether the policy would publish its entries as one area."""
        many = int(group.max(initial=-1)) + 1

        def total(values: Numbers | Mask) -> Numbers:
            return np.bincount(group, weights=values, minlength=many).astype("float64")

        rts = total(self.is_rt)
        counted = np.where(rts[group] > 0, self.is_rt, True)  # beside an RT a change is only a little more or less
        of_group = np.zeros(many, dtype="int64")
        of_group[group[::-1]] = self.figure[::-1]
        rules = [self.rules[figure] for figure in of_group.tolist()]
        part, rest = (total(np.where(counted, families, 0.0)) for families in (self.part, self.rest))
        fewest = np.array([rule.contributors for rule in rules])
        # A count has no rest, and a code has the other codes: NaN is not less.
        enough = (part >= fewest) | (self.nobody[of_group] & (part == 0))
        enough &= ~(rest < fewest) | (self.everybody[of_group] & (rest == 0))
        for condition, numbers in (("population", self.table.population), ("households", self.table.households)):
            asked = np.array([getattr(rule, condition) for rule in rules])
            enough &= total(np.where(self.is_rt, numbers[self.place], 0.0)) >= asked
        limits = np.array([rule.dominance for rule in rules])
        for number in np.flatnonzero(enough & (limits < 1)).tolist():
            enough[number] = self._dominance(group == number) <= limits[number]
        together = enough & (rts != 1) & (total(counted) > 1)
        allowed: Mask = (total(~self.speaks) == 0) | together
        return allowed

    def _dominance(self, among: Mask) -> float:
        """At most the part that the two largest families have in the sum of these RTs."""
        among = among & self.is_rt
        of_two, numerator = self.table.dominance[self.place, self.figure][among], self.numerator[among]
        if np.isnan(numerator).any():  # an index has no parts; the part in a sum is at most the largest in any addend
            return float(of_two.max(initial=0.0))
        return float(np.sort(of_two * numerator)[-2:].sum() / numerator.sum()) if numerator.sum() > 0 else 1.0

    def depth(self, piece: int) -> int:
        """The level of the published place that tells of a piece; above all where other pieces tell of it."""
        cell = self.cell[self.first[piece]]
        return len(LEVELS) if cell == NOWHERE else int(self.table.depth[cell])

    def remedy(self, piece: int, loss: Numbers) -> Whole:
        """The places to withhold, so that a piece is told no more: those inside its own that cover it, or its own."""
        first = self.first[piece]
        own, same = int(self.cell[first]), self.known == self.known[first]
        if own == NOWHERE:
            return np.unique(self.cell[same & (self.cell != NOWHERE)])
        inside = self._at(int(self.table.depth[own])) == own
        if not self._covered(same & inside, inside & (self.figure == self.figure[first])):
            return np.array([own])
        below = self._at(int(self.table.depth[own]) - 1)
        children = np.unique(below[same & inside & (self.cell != own)])
        chosen = children[np.argsort(loss[children], kind="stable")]
        for count in range(1, len(chosen)):
            merged = (self.piece == piece) | (same & inside & np.isin(below, chosen[:count]))
            if self.publishable(np.where(merged, 0, 1))[0]:
                return chosen[:count]
        return chosen

    def _covered(self, entries: Mask, area: Mask) -> bool:
        """Whether entries of one known set may be told together: as an area, as all that is in one, or as before."""
        before = not self.fresh[entries].any() and entries.sum() == (self.known == self.known[entries][0]).sum()
        return bool(before or entries.sum() == area.sum() or self.publishable(np.where(entries, 0, 1))[0])

    def _at(self, depth: int) -> Whole:
        """The place at a level that each entry lies in; NOWHERE where the entry lies higher."""
        place = self.place.copy()
        for _ in LEVELS:
            lower = (place != NOWHERE) & (self.table.depth[place] < depth)
            place = np.where(lower, self.table.parent[place], place)
        return np.where(self.table.depth[place] == depth, place, NOWHERE)


def _pieces(past: Past, table: Table, rules: Policy, members: Sequence[Series], hidden: Sequence[Mask]) -> _Pieces:
    unseen = ~table.reported
    no_rest, nobody, everybody = np.zeros((3, len(table.figures)), dtype=bool)
    several: dict[int, Rule] = {}
    for series, cells in zip(members, hidden, strict=True):
        columns = table.columns(series.indicator.code, series.breakdowns)
        unseen[:, columns] |= cells
        no_rest[columns] = series.dimension is not None
        is_code, code = series.dimension is not None, series.indicator.code
        nobody[columns] = not series.is_refined if is_code else code in rules.none
        everybody[columns] = not is_code and code in rules.all
        rule, tells_nothing = _of_several(rules, series.sensitivity), f":{UNKNOWN}"
        of_series = zip(columns, series.breakdowns, strict=True)
        several |= {column: rule for column, breakdown in of_series if not breakdown.endswith(tells_nothing)}
    of = np.flatnonzero(np.isin(past.figure, list(several)))
    figure, place = past.figure[of], past.place[of]
    cell = place.copy()
    for _ in LEVELS:
        higher = (cell != NOWHERE) & unseen[cell, figure]
        cell = np.where(higher, table.parent[cell], cell)
    known = np.unique(past.known[of], return_inverse=True)[1]
    _, first, piece = np.unique(known * (len(table.areas) + 1) + cell + 1, return_index=True, return_inverse=True)
    return _Pieces(
        table=table,
        figure=figure,
        place=place,
        is_rt=past.is_rt[of],
        known=known,
        fresh=past.fresh[of],
        part=past.part[of],
        rest=np.where(no_rest[figure], np.nan, past.rest[of]),
        numerator=past.numerator[of],
        speaks=past.may_speak[of] & (cell == place),
        cell=cell,
        piece=piece,
        first=first,
        rules=several,
        nobody=nobody,
        everybody=everybody,
    )


def _of_several(rules: Policy, sensitivity: str) -> Rule:
    """What the policy asks of several RTs: as of an RW, and where the class is closed there, as of the next level."""
    wider = (rules.rule(sensitivity, level) for level in LEVELS[1:])
    return next((rule for rule in wider if not rule.never), NEVER)
