"""Population numbers: NIK and family card (KK), valid in form, none of them of a living person."""

from array import array
from datetime import date

WOMAN = 40  # added to the day of birth in the NIK of a woman
DAYS, MONTHS, YEARS = 31 + WOMAN, 12, 100


class Registry:
    """Issues 16-digit numbers: region (6), day-month-year (6), serial (4).

    NIK and KK share their serials, so that no two numbers are ever equal. Memory does not grow with the
    people: one counter for every date a number can carry, in every region.
    """

    def __init__(self, first: int = 1) -> None:
        self._first = first
        self._issued: dict[str, array[int]] = {}

    def nik(self, region: str, born: date, woman: bool) -> str:
        """A NIK of who was born on this day and first registered in `region` (six digits)."""
        return self._issue(region, born.day + WOMAN * woman, born)

    def card(self, region: str, issued: date) -> str:
        """A family card number, dated with the day of its issue."""
        return self._issue(region, issued.day, issued)

    def _issue(self, region: str, day: int, when: date) -> str:
        if region not in self._issued:
            self._issued[region] = array("H", bytes(2 * DAYS * MONTHS * YEARS))
        serials = self._issued[region]
        year = when.year % YEARS
        at = ((day - 1) * MONTHS + when.month - 1) * YEARS + year
        serial = self._first + serials[at]
        serials[at] += 1
        return f"{region}{day:02}{when.month:02}{year:02}{serial:04}"
