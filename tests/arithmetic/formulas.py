"""Formulas that are more than a count: three-valued logic, age, median, Gini, poverty, years of schooling.

Numbers in brackets are sections of the indicator catalogue that the programme works from.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

Truth = bool | None
"""True, False, or None where the answer is unknown."""


def either(*parts: Truth) -> Truth:
    """True if any part is True; unknown if none is and any is unknown."""
    if any(part is True for part in parts):
        return True
    return None if any(part is None for part in parts) else False


def both(*parts: Truth) -> Truth:
    """False if any part is False; unknown if none is and any is unknown."""
    return negated(either(*(negated(part) for part in parts)))


def negated(part: Truth) -> Truth:
    """The opposite; the opposite of unknown is unknown."""
    return None if part is None else not part


def among(code: int | None, codes: Iterable[int]) -> Truth:
    """Whether a code is one of these, unknown for an unknown code."""
    return None if code is None else code in set(codes)


def completed_years(born: date, on: date) -> int:
    """Age at the last birthday (1.2)."""
    had_birthday = (born.month, born.day) <= (on.month, on.day)
    return on.year - born.year - (0 if had_birthday else 1)


def median_age(ages: Iterable[int]) -> Fraction | None:
    """Median of grouped data in single-year ages: l + (N/2 - F)/f (1.3 POP10); None for nobody."""
    counts = Counter(ages)
    half = Fraction(counts.total(), 2)
    younger = 0
    for age in sorted(counts):
        if younger + counts[age] >= half:
            return age + (half - younger) / counts[age]
        younger += counts[age]
    return None


def gini(families: Iterable[tuple[int, int]]) -> Fraction | None:
    """Person-weighted Gini of (persons, expenditure): 2 sum(i x_i) / (n sum x) - (n+1)/n (1.4 POV06)."""
    people: list[Fraction] = []
    for persons, expenditure in families:
        people += [Fraction(expenditure, persons)] * persons
    people.sort()
    count, total = len(people), sum(people, Fraction(0))
    if not total:
        return None
    ranked = sum((rank * each for rank, each in enumerate(people, start=1)), Fraction(0))
    return 2 * ranked / (count * total) - Fraction(count + 1, count)


def poverty(persons: int, expenditure: int, line: int, power: int) -> Fraction:
    """What a family adds to the numerator of P0, P1, P2: persons * ((z-y)/z)**a for y < z (1.4 POV02-05)."""
    per_head = Fraction(expenditure, persons)
    if per_head >= line:
        return Fraction(0)
    return persons * ((line - per_head) / line) ** power


CERTIFICATE_YEARS = {0: 0, 1: 6, 2: 9, 3: 12, 4: 12, 5: 14, 6: 15, 7: 16, 8: 18, 9: 18}
NEVER, ATTENDING, NO_LONGER = 1, 2, 3
COMPLETED = 8


def years_of_schooling(
    partisipasi: int | None, jenjang: int | None, kelas: int | None, ijazah: int | None
) -> int | None:
    """Years of schooling by the conversion table (1.5.1); unknown where a value the table asks for is."""
    if partisipasi == NEVER:
        return 0
    if partisipasi is None or ijazah is None:
        return None
    years = CERTIFICATE_YEARS[ijazah]
    if jenjang == 0:
        return years
    if partisipasi == ATTENDING:
        if jenjang is None:
            return None
        if jenjang >= 8:
            return years + 1
    if kelas is None:
        return None
    return years if kelas == COMPLETED else years + kelas - 1


def expected_years(people: Iterable[tuple[int, bool]]) -> Fraction | None:
    """Expected years of schooling from (age, attends): sum of E_a / P_a over ages from 7, FK = 1 (EDU06)."""
    population: Counter[int] = Counter()
    attending: Counter[int] = Counter()
    for age, attends in people:
        if age >= 7:
            population[age] += 1
            attending[age] += attends
    if not population:
        return None
    return sum((Fraction(attending[age], population[age]) for age in population), Fraction(0))
