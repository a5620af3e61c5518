"""What an office can learn from a period's reporting: when it came, what was mended, what is most often wrong."""

from dataclasses import dataclass, field

import duckdb

from pipelines.warehouse.arrivals import Arrival, arrivals
from pipelines.warehouse.mistakes import Mistake, found_in, mistakes, most_frequent, period_before
from pipelines.warehouse.resent import Resent, corrected, match_resent, resent


@dataclass(frozen=True)
class Before:
    """The period that this one is compared with, and how many RTs had reported in it."""

    period: str
    reported: int


@dataclass(frozen=True)
class Learned:
    """By RT its arrival, its mended rows and its most frequent mistake; what was re-sent; the mistakes of all."""

    arrivals: dict[str, Arrival] = field(default_factory=dict)
    corrected: dict[str, int] = field(default_factory=dict)
    most_frequent: dict[str, Mistake] = field(default_factory=dict)
    resent: list[Resent] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    before: Before | None = None


def learned(connection: duckdb.DuckDBPyConnection, period: str) -> Learned:
    """Everything there is to learn of one period."""
    found, earlier = found_in(connection, period), period_before(connection, period)
    again = match_resent(connection, period)
    return Learned(
        arrivals(connection, period),
        corrected(connection) if again else {},
        most_frequent(found),
        resent(connection, period) if again else [],
        mistakes(found, None if earlier is None else found_in(connection, earlier)),
        None if earlier is None else Before(earlier, _reported(connection, earlier)),
    )


def _reported(connection: duckdb.DuckDBPyConnection, period: str) -> int:
    query = "SELECT count(DISTINCT area) FROM slices WHERE period = $1 AND closed_by IS NULL AND accepted > 0"
    [(areas,)] = connection.execute(query, [period]).fetchall()
    return int(areas)
