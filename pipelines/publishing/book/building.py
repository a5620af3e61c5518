"""A declared table filled with a release's figures: the one form that the workbook and the open data are made from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.capitals import capital
from pipelines.periods import Period
from pipelines.publishing.book.declared import AREAS, INDICATORS, PERIODS, Heading, Table
from pipelines.publishing.book.reading import Book
from pipelines.publishing.workbook_figures import coverage
from pipelines.publishing.workbook_publication import Entry, Figure, Place

KINDS = {"rt": "plain", "rw": "subtotal", "kelurahan": "total"}
DEPTHS = {"rt": 2, "rw": 1}


@dataclass(frozen=True)
class Value:
    """One cell of a table: whose figure it is, and the figure; None where the release has none."""

    entry: Entry
    breakdown: str
    figure: Figure | None


@dataclass(frozen=True)
class Line:
    """One row of one area: `code` names it for programs within the area, `label` for readers."""

    place: Place
    code: str
    label: str
    kind: str
    values: tuple[Value, ...]
    period: Period | None = None

    @property
    def coverage(self) -> tuple[int | None, int | None]:
        """RTs reported and expected behind its best covered figure."""
        return coverage(value.figure for value in self.values)


@dataclass(frozen=True)
class Built:
    """A table with its figures. `headings` are the declared columns, a spread one as many as its dimension has."""

    table: Table
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]

    @property
    def available(self) -> bool:
        """Whether the release has any figure of it."""
        return any(value.figure is not None for line in self.lines for value in line.values)

    @cached_property
    def entries(self) -> list[Entry]:
        """The indicators behind it, each once."""
        return list({v.entry.code: v.entry for line in self.lines for v in line.values}.values())

    def of(self, place: Place) -> list[Line]:
        """The lines of one area."""
        return [line for line in self.lines if line.place == place]


def build(book: Book, table: Table) -> Built:
    """Fill a table. An indicator or category that the release lacks leaves its values None."""
    headings = tuple(one for heading in table.columns for one in _spread(book, heading))
    lines = {AREAS: _areas, INDICATORS: _indicators, PERIODS: _periods}.get(table.rows, _categories)
    return Built(table, headings, tuple(lines(book, table, headings)))


def whole_of(breakdown: str) -> str:
    """The breakdown that a dimension's categories are parts of: `umur_L` of men."""
    sex = breakdown.rpartition("_")[2]
    return sex if sex in ("L", "P") else "total"


def _spread(book: Book, heading: Heading) -> list[Heading]:
    if not heading.spread:
        return [heading]
    return [
        replace(heading, name=f"{heading.name}_{slug(code)}", title=label, breakdown=f"{heading.spread}:{code}")
        for code, label in book.categories.get(heading.spread, ())
    ]


def slug(text: str) -> str:
    """A text as a part of a field's name: small letters, digits, `_`."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower().replace("+", " plus")).strip("_")


def _value(book: Book, place: Place, code: str, breakdown: str, period: Period | None = None) -> Value:
    return Value(book.entries[code], breakdown, book.figure(place, code, breakdown, period))


def _areas(book: Book, table: Table, headings: tuple[Heading, ...]) -> Iterator[Line]:
    several = len(book.publication.kelurahan) > 1
    for place in book.places_of(table):
        values = tuple(_value(book, place, h.indicator, h.breakdown) for h in headings)
        kind = "plain" if several and place.level == "kelurahan" else KINDS.get(place.level, "total")
        if table.level == "rw" and place.level == "rw":
            kind = "plain"
        yield Line(place, place.code, place.name if place.level in DEPTHS else place.title, kind, values)


def _indicators(book: Book, table: Table, headings: tuple[Heading, ...]) -> Iterator[Line]:
    for place in book.areas:
        for code, label in zip(table.indicators, table.labels or ("",) * len(table.indicators), strict=True):
            values = tuple(_value(book, place, code, h.breakdown) for h in headings)
            yield Line(place, code, label or book.entries[code].name, "plain", values)


def _periods(book: Book, table: Table, headings: tuple[Heading, ...]) -> Iterator[Line]:
    for place in book.areas:
        for period in book.periods:
            values = tuple(_value(book, place, h.indicator, h.breakdown, period) for h in headings)
            yield Line(place, str(period), capital(period.title), "plain", values, period)


def _categories(book: Book, table: Table, headings: tuple[Heading, ...]) -> Iterator[Line]:
    """One line a category, and last the whole that they are parts of; nothing where the release has no categories."""
    categories = book.categories.get(table.dimension, ())
    for place in book.areas if categories else ():
        for code, label in categories:
            values = tuple(_value(book, place, h.indicator, f"{h.breakdown}:{code}") for h in headings)
            yield Line(place, code, label, "plain", values)
        values = tuple(_value(book, place, h.indicator, whole_of(h.breakdown)) for h in headings)
        yield Line(place, "total", "Jumlah", "total", values)
