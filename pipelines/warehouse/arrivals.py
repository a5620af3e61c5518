"""When an RT's workbooks came, and how late that is. The ledger knows when a run first saw a file, nothing earlier.

A clock that is off breaks nothing: lateness is never below zero, and never more than what has passed until today.
"""

import datetime as dt
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Arrival:
    """An RT's workbooks of a period: how many, the day of the first, and of the first with an accepted row."""

    sent: int = 0
    first: dt.date | None = None
    first_accepted: dt.date | None = None


def arrivals(connection: duckdb.DuckDBPyConnection, period: str) -> dict[str, Arrival]:
    """By RT; a workbook counts for every RT that its rows name, re-sent ones too."""
    rows = connection.execute(
        """
        SELECT s.area, count(DISTINCT s.receipt), min(r.received_at),
               min(r.received_at) FILTER (s.accepted > 0)
        FROM slices AS s JOIN receipts AS r USING (receipt) WHERE s.period = $1 GROUP BY s.area
        """,
        [period],
    ).fetchall()
    return {area: Arrival(sent, _day(first), _day(accepted)) for area, sent, first, accepted in rows}


def days_late(arrival: Arrival, reported: bool, due: dt.date, today: dt.date) -> int:
    """Days from the due day to the first accepted row; of an RT that has not reported, until today."""
    came = arrival.first_accepted if reported else None
    until = today if came is None else min(came, today)
    return max(0, (until - due).days)


def _day(moment: str | None) -> dt.date | None:
    return None if moment is None else dt.datetime.fromisoformat(moment).date()
