"""An office may choose that the public sees no more than totals of an area before all its RTs have reported.

`[publication] public = "complete"` in `cantik.toml`. No clock decides: an area is complete when its last RT is in.
"""

import numpy as np

from pipelines.areas import LEVELS
from pipelines.disclosure.table import POPULATION, Mask, Table
from pipelines.indicators.catalogue import BREAKDOWNS, catalogue

TOTALS = "S0"  # the sensitivity of an area's totals; where these are withheld it publishes nothing
KELURAHAN = LEVELS.index("kelurahan")


def of_the_unfinished(table: Table) -> Mask:
    """The reported figures, totals aside, of the places that are not complete.

    An RT has reported when its residents are known; an RT and an RW are complete when their kelurahan is.
    """
    lacking = table.rts[:, table.figures.index(POPULATION)] < table.expected
    for place in range(len(table.areas) - 1, -1, -1):
        if table.depth[place] < KELURAHAN:
            lacking[place] = lacking[table.parent[place]]
    more_than_totals = np.array(
        [catalogue()[code].sensitivity != TOTALS or breakdown not in BREAKDOWNS for code, breakdown in table.figures]
    )
    unfinished: Mask = lacking[:, None] & more_than_totals & table.reported
    return unfinished
