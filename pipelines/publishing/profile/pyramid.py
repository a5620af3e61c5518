"""The population pyramid: men to the left, women to the right, each bar with its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from pipelines.publishing.profile.model import Shown
from pipelines.publishing.profile.theme import MEN, QUIET, SMALL, TEXT, WOMEN, data, svg_of

SIDE, MIDDLE, ROW = 142, 44, 18
BAR_SHARE = 0.74  # of a side, the rest is for numbers


@dataclass(frozen=True)
class AgeGroup:
    """An age group with its men and women."""

    label: str
    men: Shown
    women: Shown


def pyramid(name: str, groups: Sequence[AgeGroup]) -> str:
    """Youngest at the foot. A figure that is not shown leaves words in its place."""
    oldest_first = list(reversed(groups))
    order = [group.label for group in oldest_first]
    most = max((f.value or 0 for g in groups for f in (g.men, g.women)), default=0) or 1
    men = _side([g.men for g in oldest_first], order, most, "Laki-laki", MEN, left=True)
    women = _side([g.women for g in oldest_first], order, most, "Perempuan", WOMEN, left=False)
    labels = alt.Chart(data([{"label": label} for label in order]), width=MIDDLE, height=alt.Step(ROW))
    middle = labels.mark_text(fontSize=SMALL).encode(y=_rows(order), text="label:N")
    titled = middle.properties(title=alt.TitleParams("Umur", fontSize=TEXT, fontWeight="normal", color=QUIET))
    return svg_of(alt.hconcat(men, titled, women, spacing=0), name)


def _side(figures: list[Shown], order: list[str], most: float, title: str, colour: str, left: bool) -> Any:
    rows = [
        {"label": label, "value": figure.value or 0, "text": figure.text, "known": figure.known}
        for label, figure in zip(order, figures, strict=True)
    ]
    heading = alt.TitleParams(title, fontSize=TEXT, color=colour, anchor="end" if left else "start")
    base = alt.Chart(data(rows), width=SIDE, height=alt.Step(ROW), title=heading)
    end = most / BAR_SHARE
    x = alt.X("value:Q", scale=alt.Scale(domain=[end, 0] if left else [0, end], nice=False), axis=None)
    bar = base.mark_bar(color=colour, height=ROW - 4).encode(x=x, y=_rows(order))
    align: Any = "right" if left else "left"
    told = base.mark_text(align=align, dx=-4 if left else 4, fontSize=SMALL).encode(
        x=x, y=_rows(order), text="text:N", color=alt.condition(alt.datum.known, alt.value("#1f2937"), alt.value(QUIET))
    )
    return bar + told


def _rows(order: list[str]) -> alt.Y:
    return alt.Y("label:N", sort=order, axis=None)
