"""Which RTs bear on each other: rows meet only within an RT, or by the key of a person or a family that they share.

So what is judged or counted in some RTs follows from their own rows, if no RT outside them shares a key with one of
them. The rules of `reconcile.toml` and the views keep to this; what they may compare is tested.
"""

from collections.abc import Mapping

import duckdb

from pipelines.periods import Period
from schemas import datasets

MOST = 2  # from every second RT on, all at once costs no more than those apart


Ties = Mapping[str, set[str]]


def ties_of(connection: duckdb.DuckDBPyConnection, period: Period) -> Ties:
    """RT -> the RTs with which it shares a person or family, of those that share any.

    In any row ever sent for the period: a row that is gone may have decided what stands elsewhere.
    """
    ties: dict[str, set[str]] = {}
    for (together,) in connection.execute(_shared(), {"period": str(period)}).fetchall():
        for area in together:
            ties.setdefault(area, set()).update(together)
    return ties


def bound_together(ties: Ties, areas: set[str]) -> set[str]:
    """The RTs given, and all that share a person or family with one of them, with those again, and so on."""
    bound, ahead = set(areas), list(areas)
    while ahead:
        further = ties.get(ahead.pop(), set()) - bound
        bound |= further
        ahead += further
    return bound


def few(connection: duckdb.DuckDBPyConnection, period: Period, areas: set[str]) -> set[str] | None:
    """The same areas where they are few enough to be worked on apart, else None for all of them."""
    query = "SELECT count(DISTINCT area) FROM slices WHERE period = $1"
    [(all_of_them,)] = connection.execute(query, [str(period)]).fetchall()
    return areas if MOST * len(areas) < all_of_them else None


def _shared() -> str:
    """Of every key that stands in more than one RT, these RTs. They are numbered, because names are slow to compare."""
    keys = " UNION ALL ".join(
        f'SELECT area, "{dataset.stored()[column]}" AS key FROM {name} WHERE period = $period'
        for name, dataset in datasets().items()
        for column, spec in dataset.columns().items()
        if spec.kind.pseudonym
    )
    return f"""
        WITH told AS (SELECT * FROM ({keys}) WHERE key IS NOT NULL),
        places AS (
            SELECT area, row_number() OVER ()::INTEGER AS place
            FROM (SELECT DISTINCT area FROM slices WHERE period = $period)
        ),
        shared AS (SELECT key FROM told JOIN places USING (area) GROUP BY key HAVING min(place) <> max(place))
        SELECT list(DISTINCT area) FROM told SEMI JOIN shared USING (key) GROUP BY key
    """
