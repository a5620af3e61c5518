"""A filled table as one sheet. Of one area as declared; of several, one row an area and a band for each column."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.publishing.book.building import Built, Line, Value
from pipelines.publishing.book.declared import AREAS, INDICATORS, PERIODS
from pipelines.publishing.book.notes import NOT_YET, notes_of
from pipelines.publishing.book.reading import Book
from pipelines.publishing.workbook_figures import NOT_APPLICABLE, NOT_OFFICIAL, Cell, coverage, shown, text, whole
from pipelines.publishing.workbook_layout import HEADING_ROW, Column, Row, Sheet
from pipelines.publishing.workbook_titles import subtitle, territory

WIDE = 92  # characters that a portrait page holds
WIDEST_PORTRAIT = 150  # characters that still read well when shrunk to one portrait page
NARROWEST_LABEL, WIDEST_LABEL, WIDEST_UNIT = 20, 44, 20  # widths in characters
SMALLEST = {"rt": "RT", "rw": "RW", "kelurahan": "Desa/Kelurahan"}
RTS = (9, 12)
WIDEST_FIGURE, NARROWEST_FIGURE = 20, 11
COVERAGE = [Column("RT masuk", RTS[0], numeric=True), Column("RT seharusnya", RTS[1], numeric=True)]


@dataclass(frozen=True)
class Spot:
    """Where a value stands on its sheet, row and column counted from 0."""

    row: int
    column: int


@dataclass(frozen=True)
class Laid:
    """A sheet and where its figures stand: of each line and heading, by their places in the filled table."""

    sheet: Sheet
    spots: dict[tuple[int, int], Spot]
    label: dict[int, Spot]


def sheet_name(number: str) -> str:
    """The name of a table's sheet."""
    return f"T{number}"


def said_of(book: Book, built: Built, title: str) -> str:
    """A title as it is printed: `{wilayah}` is the smallest area that the table lists."""
    single = len(book.publication.kelurahan) == 1
    return title.format(wilayah=SMALLEST[built.table.level] if single else SMALLEST["kelurahan"])


def lay(book: Book, built: Built) -> Laid:
    """Lay a filled table on its sheet."""
    pivoted = built.table.rows != AREAS and len(book.areas) > 1
    columns, rows, spots, label = _pivoted(built) if pivoted else _plain(built)
    sheet = Sheet(
        name=sheet_name(built.table.number),
        title=f"Tabel {built.table.number}. {said_of(book, built, built.table.title)}",
        territory=territory(book.publication),
        subtitle=subtitle(book.publication, built.table.unit),
        columns=_filling(columns),
        rows=rows,
        codes=built.table.codes,
        notes=notes_of(book, built, rows),
        landscape=sum(column.width for column in columns) > WIDEST_PORTRAIT,
    )
    return Laid(sheet, spots, label)


def figure_cell(value: Value, rts: int | None = None) -> Cell:
    """A value as it stands: a number, its flag, or a sign that the release has none."""
    if value.figure is None:
        applies = value.entry.by_sex or value.breakdown not in ("L", "P")
        return Cell(NOT_YET if applies else NOT_APPLICABLE, "flag")
    return shown(value.entry, value.figure, rts)


Layout = tuple[list[Column], list[Row], dict[tuple[int, int], Spot], dict[int, Spot]]


def _plain(built: Built) -> Layout:
    """Lines down, headings across, as the table is declared."""
    with_unit, with_rts = built.table.rows == INDICATORS, not built.table.dimension
    before = 1 + with_unit
    labels = [_label(built, line).value for line in built.lines]
    columns = [
        Column(built.table.row, max(NARROWEST_LABEL, _longest(labels, WIDEST_LABEL))),
        *([Column("Satuan", _longest([entry.unit for entry in built.entries], WIDEST_UNIT))] if with_unit else []),
        *(Column(heading.title, _width(heading.title), numeric=True) for heading in built.headings),
        *(COVERAGE if with_rts else []),
    ]
    rows: list[Row] = []
    spots: dict[tuple[int, int], Spot] = {}
    label: dict[int, Spot] = {}
    for number, line in enumerate(built.lines):
        row = HEADING_ROW + 1 + number
        label[number] = Spot(row, 0)
        spots |= {(number, h): Spot(row, before + h) for h in range(len(built.headings))}
        reported, expected = line.coverage
        rts = reported if with_rts else None
        cells = (
            _label(built, line),
            *([text(line.values[0].entry.unit)] if with_unit else []),
            *(figure_cell(value, rts) for value in line.values),
            *((whole(reported), whole(expected)) if with_rts else ()),
        )
        rows.append(Row(cells, line.kind, {"rt": 2, "rw": 1}.get(line.place.level, 0) if _outlined(built) else 0))
    return columns, rows, spots, label


def _label(built: Built, line: Line) -> Cell:
    if built.table.rows == INDICATORS:
        return text(_marked(line))
    return Cell(line.label, "indented") if _outlined(built) and line.place.level == "rt" else text(line.label)


def _outlined(built: Built) -> bool:
    return built.table.rows == AREAS and built.table.level == "rt"


def _pivoted(built: Built) -> Layout:
    """One row an area under a band for each heading; the lines of an area become columns, so that areas compare."""
    places = list(dict.fromkeys(line.place for line in built.lines))
    first = built.of(places[0]) if places else []
    columns = [Column("Wilayah", 30), *(Column(_head(built, line), 12, numeric=True) for line in first), *COVERAGE]
    numbers = {(line.place, line.code): number for number, line in enumerate(built.lines)}
    rows: list[Row] = []
    spots: dict[tuple[int, int], Spot] = {}
    label: dict[int, Spot] = {}
    for h, heading in enumerate(built.headings):
        if len(built.headings) > 1:
            title = Cell(_band(built, heading.title, h), "heading")
            rows.append(Row((title, *(Cell(None) for _ in columns[1:])), "band"))
        for place in places:
            row, lines = HEADING_ROW + 1 + len(rows), built.of(place)
            figures = [line.values[h] for line in lines]
            reported, expected = coverage(value.figure for value in figures)
            for column, line in enumerate(lines, start=1):
                spots[numbers[place, line.code], h] = Spot(row, column)
                label[numbers[place, line.code]] = Spot(HEADING_ROW, column)
            name = place.name if place.level == "kelurahan" else place.title
            cells = (text(name), *(figure_cell(v, reported) for v in figures), whole(reported), whole(expected))
            rows.append(Row(cells, "plain" if place.level == "kelurahan" else "total"))
    return columns, rows, spots, label


def _head(built: Built, line: Line) -> str:
    if built.table.rows != INDICATORS:
        return line.label
    return f"{_marked(line)} ({line.values[0].entry.unit})"


def _marked(line: Line) -> str:
    """The line's name, marked where BPS has an official figure of that name."""
    return f"{line.label} {NOT_OFFICIAL}" if line.values[0].entry.official else line.label


def _band(built: Built, title: str, heading: int) -> str:
    """What a band holds; of periods its indicator with the unit, unless the title says it."""
    if built.table.rows != PERIODS or not built.lines or title.endswith(")"):
        return title
    return f"{title} ({built.lines[0].values[heading].entry.unit})"


def _width(title: str) -> float:
    return max(NARROWEST_FIGURE, min(16, len(title) * 0.6), max(map(len, title.split())) + 1)


def _longest(texts: Sequence[object], most: float) -> float:
    """A width that holds the longest text, within bounds."""
    return max(min(max((len(str(text)) for text in texts), default=0) * 0.95, most), NARROWEST_FIGURE)


def _filling(columns: list[Column]) -> list[Column]:
    """Columns that fill a portrait page where they are few, so that titles and notes print in full."""
    spare = WIDE - sum(column.width for column in columns)
    figures = [column for column in columns if column.numeric]
    if spare <= 0 or not figures:
        return columns
    each = min(spare / len(figures), WIDEST_FIGURE - NARROWEST_FIGURE)
    wider = [Column(c.heading, c.width + each, True) if c.numeric else c for c in columns]
    spare = WIDE - sum(column.width for column in wider)
    return [Column(wider[0].heading, wider[0].width + max(0, spare)), *wider[1:]]
