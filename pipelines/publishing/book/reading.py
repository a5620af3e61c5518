"""Reads what the book shows from `published.duckdb`, tier public: one period, and before it what its series need."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.opening import connect_read_only
from pipelines.periods import Period, parse_period
from pipelines.publishing.book.declared import AREAS, PERIODS, Table
from pipelines.publishing.workbook_publication import Entry, Figure, Place, Publication, totals_last
from pipelines.publishing.workbook_reading import read_publication

SMALL = ("rt", "rw")
Key = tuple[str, str, str, str]  # period, area, indicator, breakdown


class Category(NamedTuple):
    """One category of a dimension of breakdowns."""

    code: str
    label: str


class Revised(NamedTuple):
    """One line of the revision log."""

    release: str
    previous: str
    cells_changed: int
    reported_before: int
    reported_now: int
    reason: str


@dataclass(frozen=True)
class Book:
    """One period's public figures and those of the periods before it; `categories` by dimension, in their order.

    `with_line` are the indicators that compare with the poverty line.
    """

    publication: Publication
    periods: tuple[Period, ...]
    entries: dict[str, Entry]
    line: Decimal | None
    with_line: frozenset[str]
    categories: dict[str, tuple[Category, ...]]
    places: tuple[Place, ...]
    figures: dict[Key, Figure]
    revisions: tuple[Revised, ...]

    @property
    def areas(self) -> list[Place]:
        """Kelurahan and above, every area after those that it holds."""
        return self.publication.areas

    def places_of(self, table: Table) -> list[Place]:
        """The areas of a table of areas: down to its level, of several kelurahan the kelurahan only."""
        wanted = {"rt": SMALL, "rw": ("rw",), "kelurahan": ()}[table.level]
        return totals_last([*(p for p in self.places if p.level in wanted), *self.areas])

    def figure(self, place: Place, code: str, breakdown: str, period: Period | None = None) -> Figure | None:
        """The published cell, None where there is none. Without a period of the book's own."""
        return self.figures.get((str(period or self.publication.period), place.code, code, breakdown))


def read_book(store: Path, period: str, declared: Sequence[Table], line: Decimal | None = None) -> Book:
    """Read one period and those before it; `line` is its poverty line in rupiah.

    Raises OfficerError where the period has no release.
    """
    publication = read_publication(store, period, by_rt=())
    small = _codes(declared, AREAS) if len(publication.kelurahan) == 1 else []
    with connect_read_only(store) as published:
        released = [row[0] for row in published.execute("SELECT period FROM releases ORDER BY period").fetchall()]
        rows = published.execute(
            """
            SELECT period, level, area, area_name, indicator, breakdown,
                   numerator, denominator, value, areas_reported, areas_expected, status
            FROM cells_public
            WHERE indicator IN (SELECT unnest($codes)) AND CASE
                WHEN period = $period THEN level NOT IN ('rt', 'rw') OR indicator IN (SELECT unnest($small))
                ELSE period < $period AND level NOT IN ('rt', 'rw') AND breakdown = 'total'
                     AND indicator IN (SELECT unnest($series)) END
            """,
            {"period": period, "codes": _codes(declared), "small": small, "series": _codes(declared, PERIODS)},
        ).fetchall()
        entries, with_line = _entries(published)
        return Book(
            publication=publication,
            periods=tuple(parse_period(p) for p in released if p <= period),
            entries=entries,
            line=line,
            with_line=with_line,
            categories=_categories(published),
            places=tuple(sorted({Place(*row[1:4]) for row in rows if row[1] in SMALL}, key=lambda p: p.code)),
            figures={(row[0], row[2], row[4], row[5]): Figure(*row[6:]) for row in rows},
            revisions=_revisions(published, period),
        )


def _codes(declared: Sequence[Table], rows: str | None = None) -> list[str]:
    return list(dict.fromkeys(code for table in declared if rows in (None, table.rows) for code in table.codes))


def _entries(published: duckdb.DuckDBPyConnection) -> tuple[dict[str, Entry], frozenset[str]]:
    listed = ", ".join(Entry.__dataclass_fields__)
    rows = published.execute(f'SELECT {listed}, poverty_line FROM indicators ORDER BY "order"').fetchall()
    return {row[0]: Entry(*row[:-1]) for row in rows}, frozenset(row[0] for row in rows if row[-1])


def _categories(published: duckdb.DuckDBPyConnection) -> dict[str, tuple[Category, ...]]:
    found: dict[str, list[Category]] = {}
    told = 'SELECT dimension, code, label FROM breakdowns ORDER BY dimension, "order"'
    for dimension, code, label in published.execute(told).fetchall():
        found.setdefault(dimension, []).append(Category(code, label))
    return {dimension: tuple(listed) for dimension, listed in found.items()}


def _revisions(published: duckdb.DuckDBPyConnection, period: str) -> tuple[Revised, ...]:
    rows = published.execute(
        "SELECT release, previous, cells_changed, areas_reported_before, areas_reported_now, reason "
        "FROM revisions WHERE period = ? ORDER BY number",
        [period],
    ).fetchall()
    return tuple(Revised(*row) for row in rows)
