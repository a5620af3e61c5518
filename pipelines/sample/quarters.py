"""The quarter that the sample reports on, and the ages and school years that follow from it."""

from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.periods import Period, parse_period

YEAR_DAYS = 365.2425
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
          "Juli", "Agustus", "September", "Oktober", "November", "Desember")  # fmt: skip


@dataclass(frozen=True)
class Quarter:
    """A period such as `2025-Q3`; its reference date is its last day."""

    period: Period
    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> "Quarter":
        """The quarter of a period. Raises OfficerError when it is not written like 2025-Q3."""
        period = parse_period(text)
        return cls(period, date(period.year, period.quarter * 3 - 2, 1), period.reference_date)

    @property
    def title(self) -> str:
        """As an RT writes it: `TRIWULAN III 2025`."""
        return self.period.title.upper()

    @property
    def school_year(self) -> int:
        """The year in which the running school year began; it begins in July."""
        return self.last.year if self.period.quarter > 2 else self.last.year - 1

    def born(self, age: float) -> date:
        """The birth date of somebody who is `age` years old (with a fraction) on the reference date."""
        return self.last - timedelta(days=int(age * YEAR_DAYS))

    def age(self, born: date) -> int:
        """Completed years on the reference date."""
        return self.last.year - born.year - ((self.last.month, self.last.day) < (born.month, born.day))


def in_words(day: date) -> str:
    """A date as it is spoken: `5 Oktober 2025`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
