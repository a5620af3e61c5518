"""Whether the figure computed again from its rows is the stored one. If not, nothing may be explained."""

import math

from pipelines.errors import OfficerError
from pipelines.explaining.asked import Asked
from pipelines.explaining.trace import Trace, units


def check(asked: Asked, found: Trace) -> None:
    """Raises OfficerError where rows and stored figure differ: data or settings have changed, or we are wrong."""
    cell, entry = asked.cell, asked.entry
    has_parts = entry.method == "ratio" and found.reported > 0
    numerator = units(entry, found.numerator) if has_parts else None
    denominator = found.denominator if has_parts and not entry.is_count else None
    pairs = (
        (numerator, cell.numerator),
        (denominator, cell.denominator),
        (found.value, cell.value),
        (found.reported, cell.areas_reported),
        (len(asked.rts), cell.areas_expected),
    )
    for again, stored in pairs:
        if (again is None) != (stored is None) or not math.isclose(again or 0, stored or 0, rel_tol=1e-12):
            raise OfficerError(
                f"Angka {entry.code} {cell.area} yang dihitung ulang dari barisnya ({again}) berbeda dari yang "
                f"tersimpan ({stored}). Jalankan cantik run, lalu ulangi; bila tetap berbeda, hubungi pengelola."
            )
