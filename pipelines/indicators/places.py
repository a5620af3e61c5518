"""The places of a period at every level, in the order of publication, and the RTs that each expects."""

import duckdb

from pipelines.areas import LEVELS, ancestor
from pipelines.inert import one_line
from pipelines.periods import Period
from pipelines.settings import Office

# Its number, depth, level, area, name and how many RTs are expected; and these.
Place = tuple[tuple[int, int, str, str, str, int], list[str]]


def places(connection: duckdb.DuckDBPyConnection, office: Office, period: Period) -> list[Place]:
    """Every place. With a register the RTs are those it holds, else those that the period's workbooks name."""
    named = connection.execute(
        "SELECT DISTINCT area FROM slices WHERE period = $1 AND closed_by IS NULL", [str(period)]
    ).fetchall()
    rts = sorted(office.register.expected(period, (row[0] for row in named)))
    inside: dict[tuple[int, str], list[str]] = {}
    for rt in rts:
        for depth, level in enumerate(LEVELS):
            inside.setdefault((depth, ancestor(rt, level)), []).append(rt)
    return [
        ((number, depth, LEVELS[depth], area, one_line(office.area_name(area, LEVELS[depth])), len(within)), within)
        for number, ((depth, area), within) in enumerate(sorted(inside.items()))
    ]
