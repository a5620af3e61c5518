"""A small line of one indicator over the released periods, every point with its number."""

from collections.abc import Sequence

import altair as alt

from pipelines.periods import parse_period
from pipelines.publishing.profile.model import Shown
from pipelines.publishing.profile.theme import INK, MAIN, QUIET, SMALL, WIDTH, data, svg_of

HEIGHT, AT_LEAST, LABELLED = 84, 2, 6
NARROWEST = 0.1  # of the largest figure: a hair's breadth must not look like a leap


def line(name: str, figures: Sequence[Shown]) -> str:
    """Oldest period first; a period without a figure leaves a gap and says why. Of many only the ends are labelled."""
    ends = (0, len(figures) - 1)
    rows = [
        {"at": short(f.period), "value": f.value, "text": f.text if place in ends or len(figures) <= LABELLED else ""}
        for place, f in enumerate(figures)
    ]
    known = [f.value for f in figures if f.value is not None]
    low, high = min(known), max(known)
    room = max(high - low, NARROWEST * abs(high)) or 1
    middle = (low + high) / 2
    base = alt.Chart(data(rows), width=WIDTH + 10, height=HEIGHT)
    order = [short(figure.period) for figure in figures]
    x = alt.X(
        "at:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelFontSize=SMALL), scale=alt.Scale(type="point")
    )
    y = alt.Y("value:Q", scale=alt.Scale(domain=[middle - 0.75 * room, middle + 0.85 * room], nice=False), axis=None)
    drawn = base.mark_line(color=MAIN, strokeWidth=2.5, point=alt.OverlayMarkDef(color=MAIN, size=45)).encode(x=x, y=y)
    there = base.transform_filter("isValid(datum.value)")
    told = there.mark_text(dy=-12, color=INK, fontSize=SMALL).encode(x=x, y=y, text="text:N")
    gone = base.transform_filter("!isValid(datum.value)")
    why = gone.mark_text(color=QUIET, fontSize=SMALL, fontStyle="italic").encode(
        x=x, y=alt.value(HEIGHT / 2), text="text:N"
    )
    return svg_of(drawn + told + why, name)


def short(period: str) -> str:
    """`III 2025` for `2025-Q3`."""
    return parse_period(period).title.removeprefix("triwulan ")
