"""The front page and the page of one indicator: what they say, read from the store."""

from dataclasses import dataclass
from http import HTTPStatus

from duckdb import DuckDBPyConnection

from pipelines.areas import LEVELS
from pipelines.capitals import capital
from pipelines.inert import one_line
from pipelines.periods import parse_period
from pipelines.publishing.protection import shown_when
from pipelines.publishing.workbook_definitions import in_words as formula
from pipelines.publishing.workbook_figures import NOT_OFFICIAL, shown
from pipelines.publishing.workbook_notes import MARKS
from pipelines.publishing.workbook_publication import Entry, Figure, Place, Publication
from pipelines.publishing.workbook_reading import publication_of
from pipelines.publishing.workbook_titles import day, level_name, period_title, subject_title
from pipelines.serving.asking import SHOWN, known
from pipelines.serving.chart import Chart, Point, line_chart
from pipelines.serving.details import details
from pipelines.serving.lists import SEXES
from pipelines.serving.refusals import Refused
from pipelines.serving.words import UNRELIABLE, in_words, read_out

FIGURES = "numerator, denominator, value, areas_reported, areas_expected, status"
DISTRIBUTION = "sebaran"  # in the place of a total that is all of it


@dataclass(frozen=True)
class Line:
    """One indicator of the catalogue with the figure of the place that the page is about; a `whole` one has none."""

    entry: Entry
    read: str
    shown: bool
    coverage: str


@dataclass(frozen=True)
class Front:
    """What the front page says of the newest period; `log` are releases as (period, release, why, changed, RTs)."""

    where: str
    about: str
    period: str
    release: str
    title: str
    day: str
    reported: int
    expected: int
    subjects: list[tuple[str, list[Line]]]
    log: list[tuple[str, str, str, int, int]]


@dataclass(frozen=True)
class IndicatorPage:
    """What the page of one indicator says."""

    entry: Entry
    formula: str
    official: str
    sensitivity: str
    shown_when: list[tuple[str, str]]
    about: str
    title: str
    figures: list[tuple[str, str, str]]
    series: list[tuple[str, str, str]]
    chart: Chart | None
    levels: list[tuple[str, str]]


def front(store: DuckDBPyConnection) -> Front:
    """Read the front page."""
    period = known(store, "public").newest
    publication = publication_of(store, period, by_rt=())
    about = head(publication)
    subjects = [
        (subject_title(name), [_line(publication, about, entry) for entry in entries])
        for name, entries in publication.subjects.items()
    ]
    coverage = [f for (area, _, _), f in publication.figures.items() if area == about.code]
    return Front(
        where=publication.where,
        about=about.title,
        period=period,
        release=publication.release,
        title=period_title(publication),
        day=day(publication.period.reference_date),
        reported=max(f.reported for f in coverage),
        expected=max(f.expected for f in coverage),
        subjects=subjects,
        log=store.execute(
            "SELECT period, release, reason, cells_changed, areas_reported_now FROM revisions ORDER BY number DESC"
        ).fetchall(),
    )


def head(publication: Publication) -> Place:
    """The place whose figures stand first: the one that holds all others, else the first kelurahan."""
    return publication.widest or publication.kelurahan[0]


def indicator_page(store: DuckDBPyConnection, code: str) -> IndicatorPage:
    """Read the page of an indicator. Raises Refused for a code that is not published."""
    period = known(store, "public").newest
    publication = publication_of(store, period, by_rt=())
    entries = {entry.code: entry for listed in publication.subjects.values() for entry in listed}
    if code not in entries:
        raise Refused(HTTPStatus.NOT_FOUND, f"Indikator '{one_line(code[:SHOWN])}' tidak ada. Pilih dari katalog.")
    entry, about = entries[code], head(publication)
    (sensitivity,) = store.execute("SELECT sensitivity FROM indicators WHERE code = ?", [code]).fetchall()[0]
    series = [] if entry.whole else _series(store, about, entry)
    present = {row[0] for row in store.execute("SELECT DISTINCT level FROM areas").fetchall()}
    return IndicatorPage(
        entry=entry,
        formula=formula(entry),
        official=MARKS[NOT_OFFICIAL] if entry.official else "Angka registrasi kelurahan dari pendataan RT.",
        sensitivity=sensitivity,
        shown_when=shown_when(sensitivity),
        about=about.title,
        title=period_title(publication),
        figures=[
            (name, _read(entry, figure), _coverage(figure)) for name, figure in _parts(store, period, about, entry)
        ],
        series=[(point.label, point.read, rts) for point, rts in series],
        chart=line_chart(f"{entry.name}, {about.title} ({entry.unit})", [point for point, _ in series]),
        levels=[(level, level_name(level)) for level in LEVELS if level in present],
    )


def _series(store: DuckDBPyConnection, about: Place, entry: Entry) -> list[tuple[Point, str]]:
    """The total of every published period, old to new, with its RTs."""
    found = store.execute(
        f"SELECT period, {FIGURES} FROM cells_public WHERE area = ? AND indicator = ? AND breakdown = 'total' "
        "ORDER BY period",
        [about.code, entry.code],
    ).fetchall()
    points = []
    for period, *parts in found:
        figure = Figure(*parts)
        cell = shown(entry, figure)
        value = cell.value if isinstance(cell.value, float) else None
        label = capital(parse_period(period).title)
        points.append((Point(label, value, _read(entry, figure), figure.status == "u"), _coverage(figure)))
    return points


def _parts(store: DuckDBPyConnection, period: str, about: Place, entry: Entry) -> list[tuple[str, Figure]]:
    """Its total and both sexes; of a `whole` one each class of what it is split by."""
    found = store.execute(
        f"SELECT breakdown, {FIGURES} FROM cells_public WHERE period = ? AND area = ? AND indicator = ? ORDER BY rowid",
        [period, about.code, entry.code],
    ).fetchall()
    figures = {breakdown: Figure(*parts) for breakdown, *parts in found}
    listed = details(store, figures, entry.whole)
    columns = {code: name for detail in listed for code, name in detail.columns.items()} if entry.whole else SEXES
    return [(name, figures[code]) for code, name in columns.items() if code in figures]


def _line(publication: Publication, about: Place, entry: Entry) -> Line:
    figure = publication.figure(about, entry.code)
    if entry.whole:
        return Line(entry, DISTRIBUTION, False, _coverage(figure))
    return Line(entry, _read(entry, figure), shown(entry, figure).shape == "number", _coverage(figure))


def _read(entry: Entry, figure: Figure | None) -> str:
    read = read_out(in_words(shown(entry, figure)))
    return f"{read} ({UNRELIABLE})" if figure is not None and figure.status == "u" else read


def _coverage(figure: Figure | None) -> str:
    return f"{figure.reported} / {figure.expected}" if figure else ""
