"""What a table's chart shows: its title, its source, and the cells of its series; or why it is not drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.capitals import capital
from pipelines.publishing.book.building import Built, Line
from pipelines.publishing.book.declared import AREAS, PERIODS, Chart
from pipelines.publishing.book.reading import Book
from pipelines.publishing.book.sheets import Laid, Spot, said_of
from pipelines.publishing.workbook_figures import SHOWN
from pipelines.publishing.workbook_layout import HEADING_ROW, SOURCE
from pipelines.publishing.workbook_publication import Figure
from pipelines.publishing.workbook_titles import day, period_title

MOST_BARS = 40
TOO_FEW = "Grafik belum dibuat: baru ada satu triwulan."
HIDDEN = "Grafik tidak dibuat: ada angka yang disembunyikan atau belum tersedia, dan batang kosong terbaca sebagai nol."


class Strip(NamedTuple):
    """One series: its name, and the cells of its categories and its values, each in one row or one column."""

    name: str
    label: tuple[Spot, Spot]
    values: tuple[Spot, Spot]
    numbers: tuple[float, ...]


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be drawn, or with `missing` the sentence that stands in its place."""

    chart: Chart
    title: str
    source: str
    series: tuple[Strip, ...] = ()
    missing: str = ""


def drawing_of(book: Book, built: Built, laid: Laid) -> Drawing | None:
    """The chart of a laid table; None where it declares none."""
    chart = built.table.chart
    if chart is None:
        return None
    date, release = day(book.publication.period.reference_date), book.publication.release
    title, source = _title(book, built, chart), f"{SOURCE}. Keadaan {date}, rilis {release}."
    found = _across(book, built, laid, chart) if chart.across else _strips(book, built, laid, chart)
    if isinstance(found, str):
        return Drawing(chart, title, source, missing=found)
    return Drawing(chart, title, source, tuple(found))


def _title(book: Book, built: Built, chart: Chart) -> str:
    """`Grafik 2.1. Piramida Penduduk, Kelurahan Kandangan Utara, Triwulan III 2025`."""
    when = period_title(book.publication)
    if built.table.rows == PERIODS:
        when = f"{capital(book.periods[0].title)} - {when}" if len(book.periods) > 1 else when
    return f"Grafik {built.table.number}. {said_of(book, built, chart.title)}, {book.publication.where}, {when}"


def _strips(book: Book, built: Built, laid: Laid, chart: Chart) -> list[Strip] | str:
    """The series of a table's chart, or the sentence that says why there is none."""
    lines = _charted(book, built, chart)
    if built.table.rows == PERIODS and len(lines) < 2:
        return TOO_FEW
    names = [heading.name for heading in built.headings]
    found = []
    for name in chart.series:
        h = names.index(name)
        numbers = _numbers([line.values[h].figure for _, line in lines])
        if len(numbers) < len(lines) or not lines:
            return HIDDEN
        first, last = lines[0][0], lines[-1][0]
        label = (laid.label[first], laid.label[last])
        found.append(Strip(built.headings[h].title, label, (laid.spots[first, h], laid.spots[last, h]), numbers))
    return found


def _across(book: Book, built: Built, laid: Laid, chart: Chart) -> list[Strip] | str:
    """The parts of the widest area as one series, their headings as its categories."""
    names = [heading.name for heading in built.headings]
    columns = [names.index(name) for name in chart.series]
    for number, line in enumerate(built.lines):
        if line.place != book.publication.widest:
            continue
        numbers = _numbers([line.values[h].figure for h in columns])
        first, last = laid.spots[number, columns[0]], laid.spots[number, columns[-1]]
        label = (Spot(HEADING_ROW, first.column), Spot(HEADING_ROW, last.column))
        return [Strip(line.label, label, (first, last), numbers)] if len(numbers) == len(columns) else HIDDEN
    return HIDDEN


def _numbers(figures: Sequence[Figure | None]) -> tuple[float, ...]:
    """The figures that are shown; a withheld one is none."""
    return tuple(f.value for f in figures if f is not None and f.value is not None and f.status in SHOWN)


def _charted(book: Book, built: Built, chart: Chart) -> list[tuple[int, Line]]:
    """The lines that a chart shows, with their places: of areas the smallest, else those of the widest area."""
    numbered = list(enumerate(built.lines))
    if built.table.rows == AREAS:
        level = built.table.level if len(book.publication.kelurahan) == 1 else "kelurahan"
        lines = [(n, line) for n, line in numbered if line.place.level == level]
        return lines if len(lines) <= MOST_BARS else []
    widest = book.publication.widest
    wanted = [(n, line) for n, line in numbered if line.place == widest and line.kind == "plain"]
    return [(n, line) for n, line in wanted if not chart.rows or line.code in chart.rows]
