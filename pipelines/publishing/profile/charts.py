"""Bars and columns: one figure a row, its number beside it, words where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from pipelines.publishing.profile.model import Shown
from pipelines.publishing.profile.theme import FAINT, MAIN, QUIET, SMALL, TEXT, WIDTH, data, svg_of

ROW, HIGH_ROW, COLUMN_HEIGHT = 27, 38, 170
LABEL, SHORT = 118, 18  # pixels left of the bars, and characters that fit there in any letters; longer ones stand above
BESIDE = alt.Axis(minExtent=LABEL, maxExtent=LABEL)


@dataclass(frozen=True)
class Bar:
    """A figure and what it is called."""

    label: str
    figure: Shown


def bars(name: str, listed: Sequence[Bar], most: float | None = None) -> str:
    """Horizontal bars in the given order. `most` ends the scale, such as 100 for shares."""
    rows = [_row(bar.figure) | {"label": bar.label} for bar in listed]
    above = any(len(bar.label) > SHORT for bar in listed)
    scale = alt.Scale(domain=[0, most or _most(b.figure for b in listed)], nice=False)
    base = alt.Chart(data(rows), width=WIDTH - (20 if above else LABEL), height=alt.Step(HIGH_ROW if above else ROW))
    y = alt.Y("label:N", sort=None, title=None, axis=None if above else BESIDE)
    x = alt.X("value:Q", scale=scale, axis=None)
    down = 8 if above else 0
    drawn = base.mark_bar(height=15, color=MAIN, yOffset=down).encode(x=x, y=y) + _numbers(base, x, y, down)
    if above:
        drawn += base.mark_text(align="left", dy=-9, fontSize=TEXT).encode(x=alt.value(0), y=y, text="label:N")
    return svg_of(drawn, name)


def pairs(name: str, listed: Sequence[tuple[str, Sequence[Bar]]], colours: tuple[str, str], most: float = 100) -> str:
    """Two horizontal bars a group; each says whose it is beside its number."""
    rows: list[dict[str, Any]] = []
    for group, members in listed:
        for place, bar in enumerate(members):
            told = f"{bar.label} {bar.figure.text}"
            rows.append(_row(bar.figure) | {"label": group, "place": place, "text": told})
    base = alt.Chart(data(rows), width=WIDTH - LABEL - 20, height=alt.Step(19, **{"for": "offset"}))
    y = alt.Y("label:N", sort=None, title=None, axis=BESIDE, scale=alt.Scale(paddingInner=0.28))
    offset = alt.YOffset("place:O", scale=alt.Scale(paddingInner=0.1))
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=None)
    colour = alt.Color("place:O", scale=alt.Scale(domain=[0, 1], range=list(colours)), legend=None)
    drawn = base.mark_bar(height=14).encode(x=x, y=y, yOffset=offset, color=colour)
    told = base.mark_text(align="left", dx=5, fontSize=SMALL).encode(x=x, y=y, yOffset=offset, text="text:N")
    return svg_of(drawn + told, name)


def columns(name: str, listed: Sequence[Bar], title: str, strong: int | None = None) -> str:
    """Upright columns in the given order; those after the first `strong` are fainter."""
    rows = [
        _row(bar.figure) | {"label": bar.label, "faint": strong is not None and place >= strong}
        for place, bar in enumerate(listed)
    ]
    base = alt.Chart(data(rows), width=WIDTH + 20, height=COLUMN_HEIGHT)
    x = alt.X("label:N", sort=None, title=title, axis=alt.Axis(labelAngle=0), scale=alt.Scale(paddingInner=0.22))
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, _most(b.figure for b in listed)], nice=False), axis=None)
    colour = alt.condition(alt.datum.faint, alt.value(FAINT), alt.value(MAIN))
    drawn = base.mark_bar().encode(x=x, y=y, color=colour)
    known = base.transform_filter("datum.known")
    told = known.mark_text(dy=-7, fontSize=SMALL).encode(x=x, y=y, text="text:N")
    why = base.transform_filter("!datum.known").mark_text(angle=270, align="left", color=QUIET, fontSize=SMALL)
    return svg_of(drawn + told + why.encode(x=x, y=y, text="text:N"), name)


def _numbers(base: Any, x: alt.X, y: alt.Y, down: int) -> Any:
    known, unknown = base.transform_filter("datum.known"), base.transform_filter("!datum.known")
    told = known.mark_text(align="left", dx=5, dy=down, fontSize=TEXT).encode(x=x, y=y, text="text:N")
    why = unknown.mark_text(align="left", dx=5, dy=down, fontSize=SMALL, color=QUIET, fontStyle="italic")
    return told + why.encode(x=x, y=y, text="text:N")


def _row(figure: Shown) -> dict[str, Any]:
    return {"value": figure.value or 0, "text": figure.text, "known": figure.known}


def _most(figures: Any) -> float:
    return max((figure.value or 0 for figure in figures), default=0) or 1
