"""Quarters: `2025-Q3`, with the quarter's last day as reference date."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from pipelines.errors import OfficerError

QUARTER = re.compile(r"(19|20|21)(\d\d)-Q([1-4])")


@dataclass(frozen=True, order=True)
class Period:
    """One quarter of a year."""

    year: int
    quarter: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}"

    @property
    def reference_date(self) -> dt.date:
        """The last day of the quarter; ages are completed years on it."""
        month = self.quarter * 3
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def before(self, quarters: int) -> "Period":
        """The period so many quarters earlier."""
        year, quarter = divmod(self.year * 4 + self.quarter - 1 - quarters, 4)
        return Period(year, quarter + 1)

    @property
    def title(self) -> str:
        """As an officer reads it."""
        return f"triwulan {('I', 'II', 'III', 'IV')[self.quarter - 1]} {self.year}"


def parse_period(text: str) -> Period:
    """Read `2025-Q3`. Raises OfficerError for anything else."""
    found = QUARTER.fullmatch(text.strip())
    if not found:
        raise OfficerError(f"Periode '{text}' tidak dikenal. Tulis tahun dan triwulan, misalnya 2025-Q3.")
    return Period(int(found[1] + found[2]), int(found[3]))


def current_period(today: dt.date) -> Period:
    """The quarter that `today` falls in."""
    return Period(today.year, (today.month + 2) // 3)
