"""Draws charts as Excel's own: colours that all eyes tell apart, Indonesian numbers, words for a screen reader."""

import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart as Drawn
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from pipelines.publishing import numbers
from pipelines.publishing.book.charts import Drawing, Strip
from pipelines.publishing.book.declared import Chart
from pipelines.publishing.book.sheets import Spot
from pipelines.publishing.workbook_layout import WIDEST_ON_A4, Sheet
from pipelines.publishing.workbook_styles import FONT, GREY, INDONESIAN, RULE, Styles

COLOURS = ("#1B4F8A", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999")  # told apart by all eyes
ROW, BAR, AROUND = 20, 17, 120  # pixels: an empty row, a bar lying on its side, what is around the bars
HEIGHT, NARROWEST, WIDEST, PER_CHARACTER = 330, 560, 900, 7.1
A4_SIDES, A3_SIDES = (842, 595), (1191, 842)  # points, the longer first
SIDES, ENDS, HEAD, PER_WIDTH = 72, 94, 140, 5.35  # points: margins, title with heading, one character of width
STEPS = (1, 2, 2.5, 5, 10)  # between the marks of a scale, times a power of ten
MARKERS = ("circle", "square", "diamond", "triangle")  # lines are told apart without colour, too
HELPERS = "Data grafik"
HELPED = (
    "Angka laki-laki dari tabel piramida, diberi tanda minus hanya agar batangnya tergambar ke kiri. "
    "Bukan angka terbitan; kutiplah tabelnya."
)
TYPES: dict[str, dict[str, str]] = {
    "pyramid": {"type": "bar", "subtype": "stacked"},
    "column": {"type": "column"},
    "bar": {"type": "bar"},
    "line": {"type": "line"},
    "pie": {"type": "pie"},
}


def fits(sheet: Sheet, drawing: Drawing) -> bool:
    """Whether a chart prints on the page of its table, which the sheet's columns fill; heights as they are laid."""
    width = sum(column.width for column in sheet.columns)
    paper = A4_SIDES if width <= WIDEST_ON_A4 else A3_SIDES
    across, down = paper if sheet.landscape else reversed(paper)
    scale = min(1.0, (across - SIDES) / (width * PER_WIDTH))
    points = HEAD + 13.5 * len(sheet.rows) + 11.5 * len(sheet.notes) + 0.75 * _height(drawing)
    return points * scale < down - ENDS


def draw(
    workbook: xlsxwriter.Workbook,
    styles: Styles,
    page: Worksheet,
    top: int,
    drawing: Drawing,
    width: float,
    helper: int,
) -> int:
    """Draw a chart below row `top`, as wide as the table of `width` characters; returns the row of its source line.

    `helper` is the column of helpers that a pyramid's left side is drawn from.
    """
    chart, series, height = drawing.chart, drawing.series, _height(drawing)
    drawn = workbook.add_chart(dict(TYPES[chart.kind]))
    for number, strip in enumerate(series):
        drawn.add_series(_series(chart.kind, page.get_name(), strip, number, helper, alone=len(series) == 1))
    _axes(drawn, chart, series)
    drawn.set_title({"name": drawing.title, "name_font": {"name": FONT, "size": 11, "bold": True}, "overlay": False})
    single = len(series) == 1 and chart.kind != "pie"
    drawn.set_legend({"none": True} if single else {"position": "bottom", "font": {"name": FONT, "size": 9}})
    drawn.show_hidden_data()  # a pyramid's helpers stand on a hidden sheet
    drawn.set_chartarea({"border": {"color": RULE}})
    drawn.set_size({"width": min(max(width * PER_CHARACTER, NARROWEST), WIDEST), "height": height})
    page.insert_chart(top + 1, 0, drawn, {"description": _alternative(drawing), "object_position": 1})
    end = top + 2 + height // ROW
    for row in range(top + 1, end):
        page.set_row(row, ROW * 0.75)
    page.write_string(end, 0, drawing.source, styles.text("note"))
    return end


def add_helpers(workbook: xlsxwriter.Workbook, styles: Styles, helpers: Sequence[Strip]) -> None:
    """The left sides of pyramids, with the minus that draws them to the left; hidden, for they are no figures."""
    page = workbook.add_worksheet(HELPERS)
    page.write_string(0, 0, HELPED, styles.text("note"))
    for column, strip in enumerate(helpers):
        page.write_string(1, column, strip.name, styles.text("note"))
        for row, number in enumerate(strip.numbers, start=2):
            page.write_number(row, column, -number, styles.text("note"))
    page.hide()


def _height(drawing: Drawing) -> int:
    """The height of a chart in pixels: bars that lie need room for each name."""
    kind, series = drawing.chart.kind, drawing.series
    bars = len(series[0].numbers) * (1 if kind == "pyramid" else len(series))
    return max(HEIGHT, BAR * bars + AROUND) if kind in ("pyramid", "bar") else HEIGHT


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
        names |= {"label_position": "low", "major_tick_mark": "none"}
    elif chart.kind == "bar":
        names |= {"reverse": True, "crossing": "max"}  # the first category on top, the scale still below
    if chart.kind in ("bar", "column"):
        numbers |= {"min": 0}
    if chart.unit.startswith("persen") and 50 < most <= 100:
        numbers |= {"max": 100}
    horizontal = chart.kind in ("pyramid", "bar")
    names |= {"interval_unit": 1} if horizontal else {}  # no name is left out
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


def _alternative(drawing: Drawing) -> str:
    """What a screen reader says: what is shown, and the smallest and the largest figure of each series."""
    told = [f"{s.name} dari {_said(min(s.numbers))} sampai {_said(max(s.numbers))}" for s in drawing.series]
    return f"{drawing.title}. {'; '.join(told)}. Angkanya ada pada tabel di atasnya."


def _said(value: float) -> str:
    return numbers.number(value, 0 if value.is_integer() else 1)
