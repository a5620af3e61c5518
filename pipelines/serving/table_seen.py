"""The table that a visitor has picked: areas down the side, breakdowns across, every figure with its coverage.

It is the sheet that Excel gets, so page, workbook and CSV cannot differ.
"""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace

from duckdb import DuckDBPyConnection

from pipelines.capitals import capital
from pipelines.periods import parse_period
from pipelines.publishing.query import Selection, selected
from pipelines.publishing.workbook_definitions import RECOMPUTED
from pipelines.publishing.workbook_figures import NOT_OFFICIAL, Cell, coverage, part, shown, text, whole
from pipelines.publishing.workbook_layout import SOURCE, Column, Row, Sheet
from pipelines.publishing.workbook_notes import FLAGS, MARKS, named
from pipelines.publishing.workbook_publication import Entry, Figure, Place
from pipelines.publishing.workbook_titles import day, level_name
from pipelines.serving.chart import Chart, Point, bar_chart
from pipelines.serving.details import Detail, details
from pipelines.serving.served import Served
from pipelines.serving.table_asked import Choices, Picked
from pipelines.serving.words import STATUS, UNRELIABLE, in_words, read_out

NAME = "Tabel"
WIDER = ("kecamatan", "kabupaten")
ONLY_THESE = "Hanya memuat kelurahan dan desa yang datanya ada di sini, belum tentu seluruh wilayah itu."


@dataclass(frozen=True)
class Seen:
    """A table as it is seen; `said` are notices about the choice, `details` and `around` what else may be picked."""

    picked: Picked
    sheet: Sheet
    chart: Chart | None
    said: list[str]
    details: list[Detail]
    around: list[Place]


def see(store: DuckDBPyConnection, served: Served, there: Choices, picked: Picked) -> Seen:
    """The table of a choice. A detail or an area that the choice does not have is left out, and that is said."""
    wanted = Selection((picked.entry.code,), level=picked.level, period=picked.period, tier=picked.tier)
    with selected(served.published, wanted, lambda _: nullcontext(store)) as cells:
        found = cells.project(
            "level, area, area_name, breakdown, numerator, denominator, value, areas_reported, areas_expected, status, "
            "households"
        ).fetchall()
    there_are = details(store, dict.fromkeys(str(row[3]) for row in found), picked.entry.whole)
    around, said = there.around(picked.level), []
    detail = next((d for d in there_are if d.key == picked.detail), None)
    if picked.detail and detail is None:
        said.append("Indikator ini tidak memiliki rincian yang dipilih; yang tampak ialah rincian yang ada.")
    within = next((place for place in around if place.code == picked.within), None)
    if picked.within and within is None:
        said.append("Wilayah yang dipilih tidak memuat tingkat ini; yang tampak ialah semua wilayah.")
    detail = detail or there_are[0]
    places = list(dict.fromkeys(Place(*row[:3]) for row in found))
    places = [place for place in places if within is None or within.holds(place)]
    figures = {(row[1], row[3]): Figure(*row[4:10]) for row in found}
    families = {(row[1], row[3]): row[10] for row in found}
    picked = replace(picked, detail=detail.key, within=within.code if within else "")
    names = {place: there.called(place) for place in places}
    sheet = _sheet(picked, detail, names, figures, families, _where(there, within))
    return Seen(picked, sheet, _chart(picked, detail, sheet, names, figures), said, there_are, around)


def _sheet(
    picked: Picked,
    detail: Detail,
    names: dict[Place, str],
    figures: dict[tuple[str, str], Figure],
    families: dict[tuple[str, str], int | None],
    where: str,
) -> Sheet:
    period = parse_period(picked.period)
    rows = [_row(picked.entry, detail, place, name, figures, families) for place, name in names.items()]
    worded = {place for row in rows for place, cell in enumerate(row.cells) if cell.shape == "flag"}
    columns = [Column("Wilayah", 32), Column("Kode wilayah", 22)]
    columns += [
        Column(name, 18 if place in worded else 13, numeric=True)
        for place, name in enumerate(detail.columns.values(), start=len(columns))
    ]
    if len(detail.columns) == 1:
        columns += [Column(name, 11, numeric=True) for name in ("Pembilang", "Penyebut", "Keluarga")]
    columns += [
        Column("RT masuk", 9, numeric=True),
        Column("RT seharusnya", 13, numeric=True),
        Column("Keterangan", 34),
    ]
    return Sheet(
        name=NAME,
        title=f"{named(picked.entry)} menurut {level_name(picked.level)}",
        territory=f"{where}, {capital(period.title)}",
        subtitle=f"Satuan: {picked.entry.unit}. Tanggal acuan: {day(period.reference_date)}. Rilis: {picked.release}.",
        columns=columns,
        rows=rows,
        codes=(picked.entry.code,),
        notes=_notes(
            picked.entry, picked.level, {figures[key].status for key in figures if _is_seen(key, detail, names)}
        ),
        filtered=True,
    )


def _row(
    entry: Entry,
    detail: Detail,
    place: Place,
    name: str,
    figures: dict[tuple[str, str], Figure],
    families: dict[tuple[str, str], int | None],
) -> Row:
    found = [figures.get((place.code, breakdown)) for breakdown in detail.columns]
    reported, expected = coverage(found)
    cells = [in_words(shown(entry, figure, reported)) for figure in found]
    if len(found) == 1:
        top, bottom = (getattr(found[0], name, None) for name in ("numerator", "denominator"))
        cells += [in_words(part(entry, found[0], number)) for number in (top, bottom)]
        counted = families.get((place.code, next(iter(detail.columns))))
        cells.append(in_words(part(entry, found[0], counted)._replace(decimals=0)))
    return Row(
        (
            text(name),
            Cell(place.code, "code"),
            *cells,
            whole(reported),
            whole(expected),
            text(_remark(detail, found)),
        )
    )


def _remark(detail: Detail, found: list[Figure | None]) -> str:
    """What stands beside the row: which of its figures rest on few observations."""
    names = list(detail.columns.values())
    few = [name for name, figure in zip(names, found, strict=True) if figure and figure.status == "u"]
    if not few:
        return ""
    return UNRELIABLE if len(few) == len(names) else f"{UNRELIABLE}: {', '.join(few)}"


def _notes(entry: Entry, level: str, statuses: set[str]) -> list[str]:
    notes = [f"{NOT_OFFICIAL} {MARKS[NOT_OFFICIAL]}"] if entry.official else []
    spelled = STATUS | {"u": UNRELIABLE}
    notes += [f"{capital(spelled[s])}: {FLAGS[s]}" for s in FLAGS if s in statuses and s in spelled]
    notes += [ONLY_THESE] if level in WIDER else []
    return [*notes, RECOMPUTED, f"{SOURCE}."]


def _is_seen(key: tuple[str, str], detail: Detail, places: Iterable[Place]) -> bool:
    return key[1] in detail.columns and key[0] in {place.code for place in places}


def _where(there: Choices, within: Place | None) -> str:
    kelurahan = there.kelurahan
    if within is not None:
        return there.called(within) + (f", {kelurahan[0].title}" if len(kelurahan) == 1 else "")
    return kelurahan[0].title if len(kelurahan) == 1 else f"{len(kelurahan)} kelurahan dan desa"


def _chart(
    picked: Picked, detail: Detail, sheet: Sheet, names: dict[Place, str], figures: dict[tuple[str, str], Figure]
) -> Chart | None:
    """One bar an area for the first breakdown; of a single area one bar a breakdown."""
    first, name = next(iter(detail.columns.items()))
    if len(names) == 1:
        ((only, called),) = names.items()
        drawn = [(label, (only.code, breakdown)) for breakdown, label in detail.columns.items()]
        title = f"{picked.entry.name}, {called}"
    else:
        drawn = [(called, (place.code, first)) for place, called in names.items()]
        title = sheet.title + (f", {name.lower()}" if len(detail.columns) > 1 else "")
    points = [_point(picked.entry, label, figures.get(key)) for label, key in drawn]
    return bar_chart(f"{title} ({picked.entry.unit}), {capital(parse_period(picked.period).title)}", points)


def _point(entry: Entry, label: str, figure: Figure | None) -> Point:
    cell = in_words(shown(entry, figure))
    unreliable = figure is not None and figure.status == "u"
    read = read_out(cell) + (f", {UNRELIABLE}" if unreliable else "")
    return Point(label, cell.value if isinstance(cell.value, float) else None, read, unreliable)
