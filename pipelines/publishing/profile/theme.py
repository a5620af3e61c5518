"""How every chart looks: quiet, labelled where the eye is, told apart without colour, and no wider than a phone."""

import re
from functools import cache
from typing import Any

import altair as alt
import vl_convert

from pipelines.publishing.typeset import FONTS

WIDTH = 300  # of the drawing, beside which labels stand: the whole is as wide as a phone shows at full size
FONT = "Source Sans Pro, Segoe UI, Roboto, Arial, sans-serif"
INK, QUIET = "#1f2937", "#4b5563"
MEN, WOMEN = "#1f5f99", "#b45309"  # told apart by the colour-blind, and in grey by their lightness
MAIN, FAINT = "#1f5f99", "#7391b5"
SHADES = ("#deebf7", "#b5d0e8", "#7fb0da", "#2f73b0", "#0f4880")  # fewest to most
TEXT, SMALL = 12, 11
SHAPE, LONG = re.compile(r' (?:d|transform)="[^"]*"'), re.compile(r"(\.\d\d)\d+")  # hundredths of a pixel are enough
PADDING = {"left": 2, "right": 14, "top": 4, "bottom": 4}  # other letters than ours may be wider
NUMBERS: Any = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]}
CONFIG = {
    "aria": False,  # the page names each picture and gives its table
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFont": FONT, "labelFontSize": TEXT, "labelColor": INK, "labelLimit": 0, "titleFontSize": SMALL,
        "titleColor": QUIET, "titleFontWeight": "normal", "domain": False, "ticks": False, "grid": False,
        "labelPadding": 6,
    },
    "text": {"fontSize": TEXT, "color": INK, "font": FONT},
    "header": {"labelFontSize": TEXT, "labelColor": INK, "title": None},
    "legend": {"labelFontSize": TEXT, "labelColor": INK, "title": None, "orient": "top", "symbolType": "square"},
}  # fmt: skip


def svg_of(chart: Any, name: str) -> str:
    """The chart as SVG for a page that holds others: its ids begin with `name`, its size follows the page's.

    `chart` is any Altair chart, whose parts were checked against Vega-Lite's schema when they were made.
    """
    _know_letters()
    spec = chart.to_dict(validate=False) | {"config": CONFIG, "padding": PADDING}
    drawn = vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS, show_warnings=False)
    drawn = re.sub(r' (?:role|aria-[a-z]+|pointer-events|class)="[^"]*"', "", drawn)
    drawn = re.sub(r'(id="|url\(#)(clip|gradient)', rf"\1{name}-\2", drawn)
    return SHAPE.sub(lambda found: LONG.sub(r"\1", found[0]), drawn)


def data(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Rows as they go into the chart."""
    return alt.InlineData(values=rows)


@cache
def _know_letters() -> None:
    """So that labels take the same room whatever fonts a computer has."""
    vl_convert.register_font_directory(str(FONTS))
