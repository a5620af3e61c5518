"""Bars and lines as numbers for an SVG that needs no script and no font size that shrinks with the screen.

Lengths are per cent of the drawing's width and pixels of its height, so its letters stay as large as the page's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LINE_HEIGHT, BAR_HEIGHT = 44, 16
MOST_BARS = 60
LEFT, RIGHT, TOP, BOTTOM = 8.0, 92.0, 40, 170


@dataclass(frozen=True)
class Point:
    """One figure to draw: what it is called, its number (none where there is none to show), and how it is read."""

    label: str
    value: float | None
    read: str
    unreliable: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar with its two texts above it; `y` is its upper edge."""

    point: Point
    y: int
    width: float

    @property
    def text_y(self) -> int:
        """Where its texts stand."""
        return self.y - 6


@dataclass(frozen=True)
class Dot:
    """A point of a line; `before` is the one it is joined with."""

    point: Point
    x: float
    y: float
    before: tuple[float, float] | None


@dataclass(frozen=True)
class Chart:
    """A drawing with its title and what it says in words."""

    kind: str
    title: str
    told: str
    height: int
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()


def bar_chart(title: str, points: Sequence[Point]) -> Chart | None:
    """Horizontal bars from zero; None where there is nothing to compare, or too much."""
    most = max((p.value for p in points if p.value is not None), default=None)
    if most is None or not 2 <= len(points) <= MOST_BARS:
        return None
    bars = tuple(
        Bar(point, number * LINE_HEIGHT + LINE_HEIGHT - BAR_HEIGHT - 4, _share(point.value, most))
        for number, point in enumerate(points)
    )
    return Chart("bars", title, told(points), LINE_HEIGHT * len(points), bars=bars)


def line_chart(title: str, points: Sequence[Point]) -> Chart | None:
    """A line from zero through the periods; broken where one has no figure, None below two figures."""
    numbers = [p.value for p in points if p.value is not None]
    if len(numbers) < 2:
        return None
    step = (RIGHT - LEFT) / (len(points) - 1)
    dots: list[Dot] = []
    before: tuple[float, float] | None = None
    for number, point in enumerate(points):
        if point.value is None:
            before = None
            continue
        place = (
            round(LEFT + step * number, 3),
            round(BOTTOM - _share(point.value, max(numbers)) / 100 * (BOTTOM - TOP), 1),
        )
        dots.append(Dot(point, *place, before))
        before = place
    return Chart("line", title, told(points), BOTTOM + 30, dots=tuple(dots))


def told(points: Sequence[Point]) -> str:
    """The drawing in words: its highest, its lowest, and how many have no figure."""
    drawn = [p for p in points if p.value is not None]
    highest, lowest = (find(drawn, key=lambda p: p.value or 0.0) for find in (max, min))
    parts = [f"Tertinggi {highest.label}: {highest.read}."]
    if len(drawn) > 1:
        parts.append(f"Terendah {lowest.label}: {lowest.read}.")
    if missing := len(points) - len(drawn):
        parts.append(f"{missing} tanpa angka.")
    return " ".join([*parts, "Semua angkanya ada pada tabel."])


def _share(value: float | None, most: float) -> float:
    return round(100 * value / most, 3) if value and most > 0 else 0.0
