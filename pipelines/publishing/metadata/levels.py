"""At which levels each indicator of a period stands, and at which the public may see it: read from the release."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.areas import LEVELS
from pipelines.opening import connect_read_only

NAMES = {"rt": "RT", "rw": "RW"}
WITHHELD = ("c", "s")


@dataclass(frozen=True)
class Levels:
    """Where an indicator stands, narrowest level first; `shown` to the public, `withheld` where any area is."""

    every: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


def levels_of(store: Path, period: str) -> dict[str, Levels]:
    """Indicator -> its levels. Only figures tell: an RT that has not reported neither shows nor withholds anything."""
    with connect_read_only(store) as published:
        rows = published.execute(
            "SELECT indicator, level, bool_or(status IN ('ok', 'u', 'z')), bool_or(status IN ('c', 's')) "
            "FROM cells_public WHERE period = ? GROUP BY ALL",
            [period],
        ).fetchall()
    rows.sort(key=lambda row: _rank(row[1]))
    return {
        indicator: Levels(
            tuple(named(level) for i, level, _, _ in rows if i == indicator),
            tuple(named(level) for i, level, shown, _ in rows if i == indicator and shown),
            tuple(named(level) for i, level, _, withheld in rows if i == indicator and withheld),
        )
        for indicator in dict.fromkeys(row[0] for row in rows)
    }


def named(level: str) -> str:
    """A level as it is written."""
    return NAMES.get(level, level)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
