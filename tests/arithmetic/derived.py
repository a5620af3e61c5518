"""Figures made of other figures: an RT at a time, and only where the same RTs told all that is needed."""

from collections.abc import Callable
from fractions import Fraction

from .measure import Number
from .records import PERIOD, Area, Village

Told = dict[str, Number | None]
"""RT -> what it told, None where it did not."""
DERIVED = {
    "kepadatan_penduduk": 1,
    "laju_pertumbuhan_penduduk": 100,
    "angka_kelahiran_kasar": 1000,
    "angka_kematian_kasar": 1000,
    "angka_migrasi_neto": 1000,
}
"""Their scale."""
A_YEAR_AGO, MIDDLE = "2024-Q3", "2025-Q1"
FOUR_QUARTERS = ("2024-Q4", "2025-Q1", "2025-Q2", PERIOD)


def made_of(
    village: Village, area: Area, code: str, rts: list[str], residents: dict[str, Number | None]
) -> tuple[Number, Number, int] | None:
    """Numerator, denominator and how many RTs stand behind both; None where there is no figure."""
    if code == "kepadatan_penduduk":
        size, told = size_of(village, area), [residents.get(rt) for rt in rts]
        known = [number for number in told if number is not None]
        return None if size is None or not rts or len(known) < len(told) else (sum(known), size, len(rts))
    now: Told = {rt: residents.get(rt) for rt in rts}
    if code == "laju_pertumbuhan_penduduk":
        then = earlier(village, A_YEAR_AGO, rts, people)
        return together([now, then], lambda rt: (now[rt] or 0) - (then[rt] or 0), lambda rt: then[rt] or 0)
    event = {"angka_kelahiran_kasar": births, "angka_kematian_kasar": deaths, "angka_migrasi_neto": moves}[code]
    quarters = [earlier(village, period, rts, event) for period in FOUR_QUARTERS]
    middle = earlier(village, MIDDLE, rts, people)
    return together(
        [*quarters, middle], lambda rt: sum(quarter[rt] or 0 for quarter in quarters), lambda rt: middle[rt] or 0
    )


def together(
    told: list[Told], above: Callable[[str], Number], below: Callable[[str], Number]
) -> tuple[Number, Number, int] | None:
    """The sums over the RTs that told everything; None where other RTs told only something, or none anything."""
    those = [{rt for rt, number in part.items() if number is not None} for part in told]
    if not those[0] or any(rts != those[0] for rts in those):
        return None
    numerator: Number = 0
    denominator: Number = 0
    for rt in those[0]:
        numerator += above(rt)
        denominator += below(rt)
    return numerator, denominator, len(those[0])


def earlier(village: Village, period: str, rts: list[str], part: Callable[[dict[str, int | None]], int | None]) -> Told:
    """What the count sheets of a period told."""
    sheets = village.recaps.get("rekap_penduduk", {}) if period == PERIOD else village.earlier.get(period, {})
    return {rt: part(sheets[rt]) if rt in sheets else None for rt in rts}


def people(recap: dict[str, int | None]) -> int | None:
    """Both sexes."""
    return (recap["penduduk_laki_laki"] or 0) + (recap["penduduk_perempuan"] or 0)


def births(recap: dict[str, int | None]) -> int | None:
    """Births of the quarter."""
    return recap["kelahiran"]


def deaths(recap: dict[str, int | None]) -> int | None:
    """Deaths of the quarter."""
    return recap["kematian"]


def moves(recap: dict[str, int | None]) -> int | None:
    """Who came less who left."""
    came, left = recap["pendatang"], recap["pindah"]
    return None if came is None or left is None else came - left


def size_of(village: Village, area: Area) -> Fraction | None:
    """Its own km2 up to the kelurahan, else the sum of all its parts."""
    if area.km2 and area.level in ("rt", "rw", "kelurahan"):
        return Fraction(area.km2)
    parts = [size_of(village, inside) for inside in village.areas if inside.parent == area.code]
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if parts and len(known) == len(parts) else None
