"""Secondary suppression: what must be withheld besides, so that no withheld cell follows from the published ones.

Published places are the upper part of the tree of areas: a withheld place withholds all that it holds. So all that an
outsider learns below a published place is the sum of its withheld children, and this sum must be one that the policy
would publish: of two children at least, with families enough in every part. A sum of nothing tells each child's
nothing, and an only child is its parent: there the parent is withheld too. Which further children are withheld to
that end, at the least loss, is decided by HiGHS.
"""

import highspy
import numpy as np
import numpy.typing as npt

from pipelines.disclosure.table import Mask, Numbers

Places = npt.NDArray[np.int64]


def close_down(hidden: Mask, parent: Places) -> Mask:
    """Withhold whatever lies in a withheld place."""
    inside, closed = parent >= 0, hidden.copy()
    while True:  # once a level
        within = inside & closed[parent] & ~closed
        if not within.any():
            return closed
        closed |= within


def complete(
    hidden: Mask, parent: Places, depth: Places, present: Mask, parts: Numbers, least: int, loss: Numbers
) -> Mask:
    """The withheld places, completed.

    `present` and `parts` have a row for each part of each linked figure and a column for each place: whether the
    place has the figure at all, and the families behind it. `loss` is what withholding a place costs.
    """
    hidden = close_down(hidden, parent)
    for level in range(int(depth.max(initial=0))):
        children = np.flatnonzero((depth == level) & (parent >= 0))
        telling, lacking = _unprotected(hidden, parent, children, present, parts, least)
        hidden |= telling
        for place in np.flatnonzero(lacking & ~hidden):
            inside = children[parent[children] == place]
            chosen = _choose(hidden[inside], present[:, inside], parts[:, inside], least, loss[inside])
            hidden[inside[chosen]] = True
        hidden |= _unprotected(hidden, parent, children, present, parts, least)[0]
        hidden = close_down(hidden, parent)
    return hidden


def _unprotected(
    hidden: Mask, parent: Places, children: Places, present: Mask, parts: Numbers, least: int
) -> tuple[Mask, Mask]:
    """The places that tell of a withheld child whatever else is withheld, and those whose withheld ones are too few."""
    size = len(parent)
    telling, lacking = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for there, families in zip(present, parts, strict=True):
        inside = children[there[children]]
        secret = inside[hidden[inside]]
        if not len(secret):
            continue
        all_children, withheld = (np.bincount(parent[some], minlength=size) for some in (inside, secret))
        behind_all, behind_withheld = (
            np.bincount(parent[some], weights=families[some], minlength=size) for some in (inside, secret)
        )
        telling |= (withheld > 0) & ((all_children < 2) | (behind_all == 0))
        lacking |= (withheld > 0) & ((withheld < 2) | (behind_withheld < np.minimum(least, behind_all)))
    return telling, lacking


def _choose(hidden: Mask, present: Mask, parts: Numbers, least: int, loss: Numbers) -> Places:
    """The children of one place to withhold, those already withheld among them, at the least loss.

    In every part two of them at least, or all there are, with `least` families together, or all there are.
    """
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    for already, cost in zip(hidden.tolist(), loss.tolist(), strict=True):
        solver.addVariable(lb=float(already), ub=1.0, obj=cost, type=highspy.HighsVarType.kInteger)
    for there, behind in zip(present, parts, strict=True):
        places = np.flatnonzero(there).astype("int32")
        for weights, needed in ((np.ones(len(places)), 2.0), (behind[places], float(least))):
            solver.addRow(min(needed, weights.sum()), highspy.kHighsInf, len(places), places, weights)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "withholding all children is a solution"
    return np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)
