"""At which levels each indicator of a period stands, and at which the public may see it: read from the release."""

from pathlib import Path

from pipelines.areas import LEVELS
from pipelines.warehouse.store import connect_read_only

NAMES = {"rt": "RT", "rw": "RW"}
WITHHELD = ("c", "s")


def levels_of(store: Path, period: str) -> dict[str, tuple[list[str], list[str]]]:
    """Indicator -> its levels, and those where not every area is withheld from the public; narrowest first."""
    with connect_read_only(store) as published:
        rows = published.execute(
            "SELECT indicator, level, bool_and(status IN ('c', 's')) FROM cells_public WHERE period = ? GROUP BY ALL",
            [period],
        ).fetchall()
    found: dict[str, tuple[list[str], list[str]]] = {}
    for indicator, level, withheld in sorted(rows, key=lambda row: _rank(row[1])):
        every, public = found.setdefault(indicator, ([], []))
        every.append(named(level))
        if not withheld:
            public.append(named(level))
    return found


def named(level: str) -> str:
    """A level as it is written."""
    return NAMES.get(level, level)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
