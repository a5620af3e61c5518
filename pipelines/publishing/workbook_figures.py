"""How a published figure stands in a cell: a number that its format rounds for reading, or the letter of its flag."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.publishing.workbook_publication import Entry, Figure

NOT_APPLICABLE = "NA"  # the sign that BPS publications use
FEWER_RTS, NOT_OFFICIAL = "²⁾", "¹⁾"
SHOWN = ("ok", "u")
DECIMALS = {"Jumlah": 0, "Persentase": 1, "Rasio": 1, "Indeks": 3, "Median": 1, "Rata-rata": 2, "Harapan": 2,
            "Laju": 2}  # fmt: skip


class Cell(NamedTuple):
    """A number with its decimals and marks, or a text with its shape: text, code, flag or heading of a row."""

    value: str | float | None
    shape: str = "text"
    decimals: int = 0
    marks: str = ""


def text(value: str) -> Cell:
    """Text as it stands; never a formula, a link or a number."""
    return Cell(value)


def whole(value: int | None) -> Cell:
    """A count of RTs."""
    return Cell(NOT_APPLICABLE, "flag") if value is None else Cell(float(value), "number")


def decimals_of(entry: Entry) -> int:
    """Places after the comma that a reader is shown: counts 0, percentages 1, means 2, indices and Gini 3."""
    return 3 if entry.method == "gini" else DECIMALS.get(entry.measure, 1)


def shown(entry: Entry, figure: Figure | None, rts: int | None = None) -> Cell:
    """A figure's value; marked where it is unreliable or rests on fewer than the `rts` that its row states."""
    if figure is None:
        return Cell(NOT_APPLICABLE, "flag")
    if not _is_number(figure.value) or figure.status not in SHOWN:
        return Cell(figure.status, "flag")
    marks = ["u"] if figure.status == "u" else []
    marks += [FEWER_RTS] if rts is not None and figure.reported < rts else []
    return Cell(figure.value, "number", decimals_of(entry), " ".join(marks))


def part(entry: Entry, figure: Figure | None, number: float | None) -> Cell:
    """A figure's numerator or denominator; NA where the method has none, the flag where it is withheld."""
    if figure is None:
        return Cell(NOT_APPLICABLE, "flag")
    if figure.status not in (*SHOWN, "z"):
        return Cell(figure.status, "flag")
    if not _is_number(number):
        return Cell(NOT_APPLICABLE, "flag")
    broken = (entry.fixed_point and number == figure.numerator) or not float(number or 0).is_integer()
    return Cell(number, "number", 3 if broken else 0)  # poverty gaps, and km2


def coverage(figures: Iterable[Figure | None]) -> tuple[int | None, int | None]:
    """RTs reported and expected behind a row: of its best covered figure; the others are marked."""
    known = [figure for figure in figures if figure is not None]
    return max((f.reported for f in known), default=None), max((f.expected for f in known), default=None)


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
