"""Native Excel charts of a table's own cells, each with title, period and source beneath."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.chart import Chart as Drawn
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from pipelines.publishing.book.building import Built, Line
from pipelines.publishing.book.declared import AREAS, PERIODS, Chart
from pipelines.publishing.book.reading import Book
from pipelines.publishing.book.sheets import Laid, Spot, said_of
from pipelines.publishing.workbook_figures import SHOWN
from pipelines.publishing.workbook_layout import HEADING_ROW, SOURCE, WIDEST_ON_A4, Sheet
from pipelines.publishing.workbook_publication import Figure
from pipelines.publishing.workbook_styles import FONT, GREY, INDONESIAN, RULE, Styles
from pipelines.publishing.workbook_titles import day, period_title

COLOURS = ("#1B4F8A", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999")  # told apart by all eyes
HEIGHTS, ROW = {"pyramid": 440}, 20  # pixels, else HEIGHT; the height of an empty row
HEIGHT, NARROWEST, WIDEST, PER_CHARACTER = 330, 560, 900, 7.1
A4_SIDES, A3_SIDES = (842, 595), (1191, 842)  # points, the longer first
SIDES, ENDS, HEAD, PER_WIDTH = 72, 94, 140, 5.35  # points: margins, title with heading, one character of width
STEPS = (1, 2, 2.5, 5, 10)  # between the marks of a scale, times a power of ten
MARKERS = ("circle", "square", "diamond", "triangle")  # lines are told apart without colour, too
MOST_BARS = 40
HELPERS = "Data grafik"
HELPED = (
    "Angka laki-laki dari tabel piramida, diberi tanda minus hanya agar batangnya tergambar ke kiri. "
    "Bukan angka terbitan; kutiplah tabelnya."
)
TOO_FEW = "Grafik belum dibuat: baru ada satu triwulan."
HIDDEN = "Grafik tidak dibuat: ada angka yang disembunyikan atau belum tersedia, dan batang kosong terbaca sebagai nol."
TYPES: dict[str, dict[str, str]] = {
    "pyramid": {"type": "bar", "subtype": "stacked"},
    "column": {"type": "column"},
    "bar": {"type": "bar"},
    "line": {"type": "line"},
    "pie": {"type": "pie"},
}


class Strip(NamedTuple):
    """One series: its name, and the cells of its categories and its values, each in one row or one column."""

    name: str
    label: tuple[Spot, Spot]
    values: tuple[Spot, Spot]
    numbers: tuple[float, ...]


def chart_title(book: Book, built: Built) -> str:
    """`Grafik 2.1. Piramida Penduduk, Kelurahan Kandangan Utara, Triwulan III 2025`."""
    chart = built.table.chart
    assert chart is not None
    when = period_title(book.publication)
    if built.table.rows == PERIODS:
        first = book.periods[0].title
        when = f"{first[0].upper()}{first[1:]} - {when}" if len(book.periods) > 1 else when
    return f"Grafik {built.table.number}. {said_of(book, built, chart.title)}, {book.publication.where}, {when}"


def source_of(book: Book) -> str:
    """What stands beneath every chart."""
    return f"{SOURCE}. Keadaan {day(book.publication.period.reference_date)}, rilis {book.publication.release}."


def strips(book: Book, built: Built, laid: Laid) -> list[Strip] | str:
    """The series of a table's chart, or the sentence that says why there is none."""
    chart = built.table.chart
    assert chart is not None
    if chart.across:
        return _across(book, built, laid, chart)
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


def fits(sheet: Sheet, kind: str) -> bool:
    """Whether a chart prints on the page of its table, which the sheet's columns fill; heights as they are laid."""
    width = sum(column.width for column in sheet.columns)
    paper = A4_SIDES if width <= WIDEST_ON_A4 else A3_SIDES
    across, down = paper if sheet.landscape else reversed(paper)
    scale = min(1.0, (across - SIDES) / (width * PER_WIDTH))
    points = HEAD + 13.5 * len(sheet.rows) + 11.5 * len(sheet.notes) + 0.75 * HEIGHTS.get(kind, HEIGHT)
    return points * scale < down - ENDS


def draw(
    workbook: xlsxwriter.Workbook,
    styles: Styles,
    page: Worksheet,
    top: int,
    title: str,
    chart: Chart,
    series: Sequence[Strip],
    helper: int,
    width: float,
    source: str,
) -> int:
    """Draw a chart below row `top`, as wide as the table of `width` characters; returns the row of its source line.

    `helper` is the column of helpers that a pyramid's left side is drawn from.
    """
    height = HEIGHTS.get(chart.kind, HEIGHT)
    drawn = workbook.add_chart(dict(TYPES[chart.kind]))
    sheet = page.get_name()
    for number, strip in enumerate(series):
        drawn.add_series(_series(chart.kind, sheet, strip, number, helper, alone=len(series) == 1))
    _axes(drawn, chart, series)
    drawn.set_title({"name": title, "name_font": {"name": FONT, "size": 11, "bold": True}, "overlay": False})
    single = len(series) == 1 and chart.kind != "pie"
    drawn.set_legend({"none": True} if single else {"position": "bottom", "font": {"name": FONT, "size": 9}})
    drawn.show_hidden_data()  # a pyramid's helpers stand on a hidden sheet
    drawn.set_chartarea({"border": {"color": RULE}})
    drawn.set_size({"width": min(max(width * PER_CHARACTER, NARROWEST), WIDEST), "height": height})
    page.insert_chart(top + 1, 0, drawn, {"description": _alternative(title, series), "object_position": 1})
    end = top + 2 + height // ROW
    for row in range(top + 1, end):
        page.set_row(row, ROW * 0.75)
    page.write_string(end, 0, source, styles.text("note"))
    return end


def _series(kind: str, sheet: str, strip: Strip, number: int, helper: int, alone: bool) -> dict[str, Any]:
    colour = COLOURS[number % len(COLOURS)]
    categories = _range(sheet, *strip.label)
    values = _range(sheet, *strip.values)
    if kind == "pyramid" and number == 0:
        values = _range(HELPERS, Spot(2, helper), Spot(1 + len(strip.numbers), helper))
    told: dict[str, Any] = {"name": strip.name, "categories": categories, "values": values}
    font = {"name": FONT, "size": 8}
    if kind == "pie":
        points = [{"fill": {"color": COLOURS[n % len(COLOURS)]}} for n in range(len(strip.numbers))]
        labels = {"percentage": True, "position": "outside_end", "font": font}
        return told | {"points": points, "data_labels": labels | {"num_format": f"{INDONESIAN}0.0%"}}
    if kind == "line":
        marker = {
            "type": MARKERS[number % len(MARKERS)],
            "size": 7,
            "fill": {"color": colour},
            "border": {"color": colour},
        }
        told |= {"line": {"color": colour, "width": 2.25}, "marker": marker}
        labels = {"value": True, "position": "above", "font": font, "num_format": _places(strip)}
        return told | ({"data_labels": labels} if alone else {})
    look: dict[str, Any] = {"fill": {"color": colour}, "gap": 60 if kind != "pyramid" else 12}
    if kind == "pyramid":
        return told | look | {"overlap": 100}
    if len(strip.numbers) <= 12:
        look["data_labels"] = {"value": True, "font": font, "num_format": _places(strip)}
    return told | look


def _axes(drawn: Drawn, chart: Chart, series: Sequence[Strip]) -> None:
    """Scales from zero but for lines, whose changes would vanish; both sides of a pyramid of one length."""
    if chart.kind == "pie":
        return
    font = {"name": FONT, "size": 9}
    unit = {"name": chart.unit, "name_font": {"name": FONT, "size": 9, "bold": False, "color": GREY}}
    numbers: dict[str, Any] = {
        "num_font": font, "num_format": f"{INDONESIAN}#,##0;#,##0",
        "major_gridlines": {"visible": True, "line": {"color": "#E3E8EE"}}, "line": {"none": True}, **unit,
    }  # fmt: skip
    names: dict[str, Any] = {"num_font": font, "line": {"color": RULE}}
    most = max(max(strip.numbers) for strip in series)
    if chart.kind == "pyramid":
        step = _step(most)
        end = math.ceil(most / step) * step
        numbers |= {"min": -end, "max": end, "major_unit": step}
        names |= {"label_position": "low", "major_tick_mark": "none", "interval_unit": 1}
    elif chart.kind == "bar":
        names |= {"reverse": True, "crossing": "max"}  # the first category on top, the scale still below
    if chart.kind in ("bar", "column"):
        numbers |= {"min": 0}
    if chart.unit.startswith("persen") and 50 < most <= 100:
        numbers |= {"max": 100}
    horizontal = chart.kind in ("pyramid", "bar")
    drawn.set_x_axis(numbers if horizontal else names)
    drawn.set_y_axis(names if horizontal else numbers)


def _step(most: float) -> float:
    """A round distance between the marks of a scale, about four to the largest figure."""
    rough = max(most, 1) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    return max(1.0, next(step * power for step in STEPS if step * power >= rough))


def _places(strip: Strip) -> str:
    whole = all(float(number).is_integer() for number in strip.numbers)
    return f"{INDONESIAN}#,##0" if whole else f"{INDONESIAN}#,##0.0"


def _range(sheet: str, first: Spot, last: Spot) -> str:
    return f"='{sheet}'!{xl_range_abs(first.row, first.column, last.row, last.column)}"


def _alternative(title: str, series: Sequence[Strip]) -> str:
    """What a screen reader says: what is shown, and the smallest and the largest figure of each series."""
    told = [f"{s.name} dari {_said(min(s.numbers))} sampai {_said(max(s.numbers))}" for s in series]
    return f"{title}. {'; '.join(told)}. Angkanya ada pada tabel di atasnya."


def _said(number: float) -> str:
    rounded = f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"
    return rounded.translate(str.maketrans(",.", ".,"))
