"""Schooling that agrees with age: who attends what, who left where, and with which certificate.

Calibrated on Hulu Sungai Selatan: mean years of schooling 7.76 at 25+ (BPS 2021), older women fewer; out of
school 0.67 / 6.37 / 19.20 % at 7-12 / 13-15 / 16-18 (national 2024, Susenas); Kalimantan Selatan: 12.82
expected years (2022).
"""

from math import ceil
from random import Random

from pipelines.sample.draws import Weighted, entry, odds, step
from pipelines.sample.people import Schooling
from pipelines.sample.quarters import Quarter
from schemas.codelists import Entry

STARTS, FROM_SD = 5, 6.0  # the age at which schooling is asked, and the least age for SD on 1 July
NEVER, ATTENDS = entry("partisipasi", "Belum pernah sekolah"), entry("partisipasi", "Masih sekolah")
LEFT = entry("partisipasi", "Tidak sekolah lagi")
PAUD, SD, SMP = (entry("jenjang", label) for label in ("PAUD", "SD", "SMP"))
SM = odds("jenjang", {"SMA": 64, "SMK": 36})
SENIOR = frozenset(SM.items)
NONE, COMPLETED = entry("ijazah", "Tidak punya"), 8  # `kelas` of who completed a level

# Years of schooling that a cohort ends with, by the age of its youngest today: (men, women).
YOUNG = {
    0: 0.2,
    3: 0.2,
    5: 0.3,
    6: 3,
    7: 1.0,
    8: 1.0,
    9: 9,
    10: 2.5,
    11: 2.5,
    12: 47,
    14: 1,
    15: 4,
    16: 28,
    18: 0.3,
}
FINAL_YEARS = {
    0: (Weighted(YOUNG), Weighted(YOUNG)),
    25: (
        Weighted({0: 0.6, 3: 2.5, 5: 4, 6: 21, 8: 5, 9: 22, 11: 3, 12: 30, 15: 2.5, 16: 9, 18: 0.4}),
        Weighted({0: 0.8, 3: 3, 5: 5, 6: 23, 8: 4, 9: 23, 11: 2, 12: 26, 15: 3, 16: 10, 18: 0.3}),
    ),
    40: (
        Weighted({0: 1.2, 3: 6, 5: 8, 6: 29, 8: 4, 9: 17, 11: 2, 12: 25, 15: 2, 16: 6, 18: 0.5}),
        Weighted({0: 1.6, 3: 9, 5: 11, 6: 33, 8: 3, 9: 16, 12: 18, 15: 2, 16: 5.5, 18: 0.3}),
    ),
    55: (
        Weighted({0: 3, 3: 12, 5: 13, 6: 34, 8: 2, 9: 12, 12: 17, 15: 2, 16: 5}),
        Weighted({0: 6, 3: 18, 5: 17, 6: 34, 8: 2, 9: 9, 12: 10, 15: 1, 16: 2.5}),
    ),
    65: (
        Weighted({0: 9, 2: 10, 3: 16, 5: 17, 6: 30, 9: 8, 12: 8, 16: 2}),
        Weighted({0: 19, 2: 14, 3: 18, 5: 15, 6: 25, 9: 4.5, 12: 4, 16: 0.6}),
    ),
}
PAUD_SHARE = {0: 0.58, 6: 0.85}
READS = {0: 0.45, 1: 0.6, 2: 0.75, 3: 0.95, 4: 0.985, 5: 0.995, 6: 1.0}  # by years completed; any script
READS_YOUNG = {5: 0.12, 6: 0.5, 7: 0.88, 8: 0.98, 10: 1.0}  # of who is still at SD, by age
REASONS = Weighted({"Bekerja": 30, "Tidak ada biaya": 28, "Tidak mau": 20, "Menikah": 10, "Disabilitas": 4, "Jauh": 3})


def draw_schooling(rng: Random, woman: bool, age: float, quarter: Quarter) -> Schooling:
    """The schooling of one person aged 5 or more."""
    cohorts = [pair for youngest, pair in FINAL_YEARS.items() if age >= youngest]
    final = cohorts[-1][woman].draw(rng)
    entered = ceil(quarter.last.year + quarter.last.timetuple().tm_yday / 365.25 - age + FROM_SD + rng.random() - 0.5)
    done = quarter.school_year - entered  # school years completed by who never left
    senior = SM.draw(rng)
    if done < 0:
        return _before_school(rng, age)
    if done < final:
        return _attends(rng, age, done, final, senior)
    return _left(rng, age, final, senior)


def _before_school(rng: Random, age: float) -> Schooling:
    reads = rng.random() < step(READS_YOUNG, age)
    if rng.random() < step(PAUD_SHARE, age):
        return Schooling(0, ATTENDS, PAUD, 1 if age < 6 else 2, NONE, reads)
    return Schooling(0, NEVER, None, None, NONE, reads)


def _attends(rng: Random, age: float, done: int, final: int, senior: Entry) -> Schooling:
    level, base = _level(done, final, senior)
    reads = rng.random() < step(READS_YOUNG, age)
    return Schooling(done, ATTENDS, level, done - base + 1, certificate(base, senior), reads)


def _left(rng: Random, age: float, final: int, senior: Entry) -> Schooling:
    reads = rng.random() < step(READS, final)
    reason = REASONS.draw(rng) if age < 19 and final < 12 else None
    if final == 0:
        return Schooling(0, NEVER, None, None, NONE, reads, reason)
    ijazah = certificate(final, senior)
    for level, years in ((SD, 6), (SMP, 9), (senior, 12)):
        if final == years:
            return Schooling(final, LEFT, level, COMPLETED, ijazah, reads, reason)
    if final > 12:
        return Schooling(final, LEFT, entry("jenjang", ijazah.label), COMPLETED, ijazah, reads)
    level, base = _level(final, final, senior)
    return Schooling(final, LEFT, level, final - base + 1, ijazah, reads, reason)


def _level(done: int, final: int, senior: Entry) -> tuple[Entry, int]:
    """The level whose classes follow after so many years, and the years before its first class."""
    if done < 6:
        return SD, 0
    if done < 9:
        return SMP, 6
    if done < 12:
        return senior, 9
    if done >= 16:
        return entry("jenjang", "S2"), 16
    return entry("jenjang", {14: "D1/D2", 15: "D3"}.get(final, "D4/S1")), 12


def certificate(years: int, senior: Entry) -> Entry:
    """The highest certificate after so many years: the BPS table for mean years of schooling, backwards."""
    for least, label in (
        (18, "S2"),
        (16, "D4/S1"),
        (15, "D3"),
        (14, "D1/D2"),
        (12, senior.label),
        (9, "SMP"),
        (6, "SD"),
    ):
        if years >= least:
            return entry("ijazah", label)
    return NONE
