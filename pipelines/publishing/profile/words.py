"""Figures and their absence in words, as Indonesians read them."""

import math
from decimal import Decimal

from pipelines.capitals import capital
from pipelines.publishing.numbers import number, rounded
from pipelines.publishing.profile.model import Sentence, Shown
from pipelines.publishing.profile.reading import Source, title_of
from pipelines.publishing.workbook_figures import SHOWN, decimals_of
from pipelines.publishing.workbook_publication import Entry, Figure, Place

UNRELIABLE = "*"  # behind a number that is shown and not reliable
WITHHELD, NOT_REPORTED, UNKNOWN, NOTHING_TO_DIVIDE = (
    "disembunyikan",
    "belum dilaporkan",
    "jawaban belum cukup",
    "tidak ada",
)
ABSENT = "belum ada"  # of a release that has no such cell
LEGEND = (
    (UNRELIABLE, "kurang andal: hanya sedikit orang atau keluarga di baliknya, atau jawabannya belum diketahui untuk "
     "lebih dari sepersepuluh; jangan dipakai untuk membandingkan wilayah atau waktu"),
    (WITHHELD, "tidak ditampilkan untuk melindungi keterangan warga, atau agar angka lain yang dilindungi tidak dapat "
     "dihitung dari selisihnya"),
    (NOT_REPORTED, "RT belum melaporkannya, atau luas wilayah atau triwulan lalu yang menyusunnya belum ada; "
     "bukan nol"),
    (UNKNOWN, "jawabannya belum diketahui untuk lebih dari seperempat; bukan nol"),
    (NOTHING_TO_DIVIDE, "tidak dapat dihitung karena penyebutnya nol, misalnya tidak ada anak pada umur itu"),
    (ABSENT, "tidak termasuk dalam rilis ini"),
)  # fmt: skip


def reason(figure: Figure) -> str:
    """Why the public sees no number."""
    if figure.status == "z":
        return NOTHING_TO_DIVIDE
    if figure.status == "m":
        return NOT_REPORTED if figure.reported == 0 else UNKNOWN
    return WITHHELD


def shown(source: Source, code: str, breakdown: str = "total", place: Place | None = None) -> Shown:
    """A cell of this release, by default the place's."""
    where = place or source.place
    figure = source.publication.figure(where, code, breakdown) if place else source.figure(code, breakdown)
    return _shown(source.entries.get(code), figure, code, breakdown, where.code, source.period)


def shown_then(source: Source, period: str, code: str) -> Shown:
    """The place's total of a released period, this or an earlier one."""
    if period == source.period:
        return shown(source, code)
    figure = source.before.get((period, code))
    return _shown(source.entries.get(code), figure, code, "total", source.place.code, period)


def _shown(entry: Entry | None, figure: Figure | None, code: str, breakdown: str, area: str, period: str) -> Shown:
    if figure is None or entry is None:
        return Shown(ABSENT, code, breakdown, area, period, "", None)
    if figure.status not in SHOWN or figure.value is None or not math.isfinite(figure.value):
        return Shown(reason(figure), code, breakdown, area, period, figure.status, None)
    mark = UNRELIABLE if figure.status == "u" else ""
    text = number(figure.value, decimals_of(entry)) + mark
    return Shown(text, code, breakdown, area, period, figure.status, figure.value)


def coverage(figure: Figure | None) -> str:
    """`23 dari 24 RT`."""
    return f"{figure.reported} dari {figure.expected} RT" if figure else "0 RT"


def change(source: Source, code: str) -> Sentence:
    """What became of the place's total since the period released before, and whether the same RTs stand behind it."""
    period = source.previous
    if period is None:
        return ("Rilis pertama; belum ada pembanding",)
    now, then = source.figure(code), source.before.get((period, code))
    was = shown_then(source, period, code)
    if now is None or now.value is None or now.status not in SHOWN:
        return (f"{capital(title_of(period))}: ", was) if was.known else ()
    if then is None or was.value is None:
        return (f"{capital(title_of(period))}: {was.text}",)
    entry = source.entries[code]
    places = decimals_of(entry)  # of the rounded figures, as a reader would reckon it
    moved = _moved(entry, rounded(now.value, places) - rounded(was.value, places), title_of(period), was)
    return (*moved, f"; RT berbeda ({coverage(then)})") if then.reported != now.reported else moved


def _moved(entry: Entry, difference: Decimal, since: str, was: Shown) -> Sentence:
    size = number(float(abs(difference)), decimals_of(entry))
    if not difference:
        return ("Tetap sejak ", since, " (", was, ")")
    points = " poin" if entry.unit == "persen" else ""
    return ("Naik " if difference > 0 else "Turun ", f"{size}{points} sejak {since} (", was, ")")
