"""Reads one release for its profile: the public tier of `published.duckdb`, and nothing else."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from pipelines.opening import connect_read_only
from pipelines.periods import parse_period
from pipelines.publishing.workbook_publication import Entry, Figure, Place, Publication
from pipelines.publishing.workbook_reading import publication_of, read_entries

TILED = "jumlah_penduduk"
FIGURE = "numerator, denominator, value, areas_reported, areas_expected, status"


@dataclass(frozen=True)
class Class:
    """One class of a distribution, such as `umur_L:0-4`, and how it is called."""

    breakdown: str
    label: str

    @property
    def code(self) -> str:
        """`0-4` of `umur_L:0-4`; `x` is who is unknown."""
        return self.breakdown.partition(":")[2]


@dataclass(frozen=True)
class Source:
    """All that the profile of one place and period is made of.

    `classes` by dimension; `parts` the distributions of the place by indicator and breakdown; `before` its totals of
    earlier released periods by period and indicator; `below` how many cells of RTs and RWs bear each status;
    `entries` every indicator by code, also one that has only distributions.
    """

    publication: Publication
    place: Place
    periods: tuple[str, ...]
    classes: dict[str, tuple[Class, ...]]
    parts: dict[tuple[str, str], Figure]
    before: dict[tuple[str, str], Figure]
    below: dict[tuple[str, str], int]
    entries: dict[str, Entry]

    @property
    def period(self) -> str:
        """The period of the release, as `2025-Q3`."""
        return str(self.publication.period)

    @property
    def previous(self) -> str | None:
        """The newest released period before this one."""
        return self.periods[-2] if len(self.periods) > 1 else None

    def figure(self, code: str, breakdown: str = "total") -> Figure | None:
        """The place's cell; None where the release has none."""
        found = self.publication.figure(self.place, code, breakdown)
        return found if found is not None else self.parts.get((code, breakdown))


def read_source(store: Path, period: str) -> Source:
    """Read one released period. Raises OfficerError where it has no release."""
    with connect_read_only(store) as published:
        publication = publication_of(published, period, by_rt=(TILED,))
        place = _place(publication)
        known = published.execute("SELECT period FROM releases WHERE period <= ? ORDER BY period", [period]).fetchall()
        periods = tuple(row[0] for row in known)
        return Source(
            publication=publication,
            place=place,
            periods=periods,
            classes=_classes(published),
            parts=_parts(published, period, place.code),
            before=_before(published, periods[:-1], place.code),
            below=_below(published, period),
            entries={entry.code: entry for entry in read_entries(published)},
        )


def releases_until(store: Path, period: str) -> list[str]:
    """The names of the releases of a period and of those before it, oldest period first."""
    with connect_read_only(store) as published:
        listed = "SELECT release FROM releases WHERE period <= ? ORDER BY period"
        return [row[0] for row in published.execute(listed, [period]).fetchall()]


def _place(publication: Publication) -> Place:
    """The area that holds all others; where none does, the office's own or the first kelurahan."""
    kelurahan = publication.kelurahan
    if len(kelurahan) == 1:
        return replace(kelurahan[0], name=publication.office or kelurahan[0].name)
    own = [place for place in kelurahan if place.name == publication.office]
    return publication.widest or (own or kelurahan)[0]


def _classes(published: duckdb.DuckDBPyConnection) -> dict[str, tuple[Class, ...]]:
    """None where the store is older than the distributions."""
    try:
        rows = published.execute('SELECT dimension, breakdown, label FROM breakdowns ORDER BY "order"').fetchall()
    except duckdb.CatalogException:
        return {}
    classes: dict[str, tuple[Class, ...]] = {}
    for dimension, breakdown, label in rows:
        classes[dimension] = (*classes.get(dimension, ()), Class(breakdown, label))
    return classes


def _figures(
    published: duckdb.DuckDBPyConnection, keys: str, where: str, values: dict[str, Any]
) -> dict[tuple[str, str], Figure]:
    rows = published.execute(f"SELECT {keys}, {FIGURE} FROM cells_public WHERE {where}", values).fetchall()
    return {(row[0], row[1]): Figure(*row[2:]) for row in rows}


def _parts(published: duckdb.DuckDBPyConnection, period: str, area: str) -> dict[tuple[str, str], Figure]:
    where = "period = $period AND area = $area AND breakdown NOT IN ('total', 'L', 'P')"
    return _figures(published, "indicator, breakdown", where, {"period": period, "area": area})


def _before(published: duckdb.DuckDBPyConnection, periods: tuple[str, ...], area: str) -> dict[tuple[str, str], Figure]:
    where = "period IN (SELECT unnest($periods)) AND area = $area AND breakdown = 'total'"
    return _figures(published, "period, indicator", where, {"periods": list(periods), "area": area})


def _below(published: duckdb.DuckDBPyConnection, period: str) -> dict[tuple[str, str], int]:
    rows = published.execute(
        "SELECT level, status, count(*) FROM cells_public WHERE period = ? AND level IN ('rt', 'rw') GROUP BY ALL",
        [period],
    ).fetchall()
    return {(level, status): count for level, status, count in rows}


def title_of(period: str) -> str:
    """`triwulan III 2025`."""
    return parse_period(period).title
