"""Whether the figure computed again from its rows is the stored one. If not, nothing may be explained."""

import math
from collections.abc import Iterable

from pipelines.errors import OfficerError
from pipelines.explaining.asked import Asked
from pipelines.explaining.trace import Trace, units


def check(asked: Asked, found: Trace) -> None:
    """Raises OfficerError where rows and stored figure differ: data or settings have changed, or we are wrong."""
    cell, entry = asked.cell, asked.entry
    has_parts = entry.method == "ratio" and found.reported > 0
    numerator = units(entry, found.numerator) if has_parts else None
    denominator = found.denominator if has_parts and not entry.is_count else None
    pairs = [
        (numerator, cell.numerator),
        (denominator, cell.denominator),
        (found.value, cell.value),
        (found.reported, cell.areas_reported),
        (len(asked.rts), cell.areas_expected),
    ]
    require_equal(asked, "barisnya", pairs)


def require_equal(asked: Asked, of: str, pairs: Iterable[tuple[float | None, float | None]]) -> None:
    """Raises OfficerError where a number computed again from what it is made `of` differs from the stored one."""
    for again, stored in pairs:
        if (again is None) != (stored is None) or not math.isclose(again or 0, stored or 0, rel_tol=1e-12):
            raise OfficerError(
                f"Angka {asked.entry.code} {asked.cell.area} yang dihitung ulang dari {of} ({again}) berbeda dari yang "
                f"tersimpan ({stored}). Jalankan cantik run, lalu ulangi; bila tetap berbeda, hubungi pengelola."
            )
