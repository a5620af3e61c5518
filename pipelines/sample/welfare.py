"""Spending, DTSEN decile and aid of a family.

Spending per person is log-normal with the spread of Kalimantan Selatan (Gini about 0.30) and a level that
leaves 4 to 6 in a hundred below the line (P0 of Hulu Sungai Selatan: 4.84 % in 2021, 4.01 % in 2023, BPS).
Families of the poor are large (Kalimantan Selatan: 4.8 to 4.9 members, BPS). Aid follows the national
programmes of 2025: PKH 10 million, Sembako/BPNT 18.3 million of 95 million families, PBI-JK 96.8 million of
289 million persons (DTSEN, 23 January 2026).
"""

from math import exp, log
from random import Random
from statistics import NormalDist

from pipelines.sample.dwelling import draw_dwelling
from pipelines.sample.people import ABLE, Family, Welfare
from pipelines.sample.schooling import ATTENDS, PAUD, SD, SENIOR, SMP

LINE_SOURCE = "BPS, Garis Kemiskinan Kabupaten Hulu Sungai Selatan 2025 (WebAPI, variabel 624)"
LINE = 598_545  # rupiah a person a month
MEDIAN, SPREAD = 1_405_000, 0.505  # Rp a person a month for a mean family; of the logarithm
A_MEMBER = 0.075  # less, in the logarithm, for every member above the mean
SCHOOLED, DECILE_FIT = 0.40, 0.80  # how far spending follows the head's schooling, and the decile spending
MEAN_YEARS, YEARS_SPREAD, MEAN_SIZE = 8.0, 4.0, 3.3
LEAST, MOST = 260_000, 15_000_000  # Rp a person: answers outside are not believed
NOT_IN_DTSEN = 0.06
NORMAL = NormalDist()


def give_welfare(rng: Random, family: Family) -> None:
    """Fill the welfare of a family whose members and their residence are known."""
    size = len(family.residents)
    years = family.head.schooling.years if family.head.schooling else 0
    schooled = SCHOOLED * (years - MEAN_YEARS) / YEARS_SPREAD
    level = schooled + (1 - SCHOOLED**2) ** 0.5 * rng.gauss(0, 1)
    each = exp(log(MEDIAN) + SPREAD * level - A_MEMBER * (size - MEAN_SIZE))
    spending = round(max(LEAST, min(MOST, each)) * size / 10_000) * 10_000
    ranked = DECILE_FIT * level + (1 - DECILE_FIT**2) ** 0.5 * rng.gauss(0, 1)
    decile = min(10, int(10 * NORMAL.cdf(ranked)) + 1)
    pkh, bpnt, blt, insured = _aid(rng, family, decile)
    family.welfare = Welfare(
        family.head.nama,
        size,
        spending,
        None if rng.random() < NOT_IN_DTSEN else decile,
        pkh,
        bpnt,
        blt,
        insured,
        spending < LINE * size,
        draw_dwelling(rng, NORMAL.cdf(level), size),
    )
    _give_pip(rng, family, decile)


def _aid(rng: Random, family: Family, decile: int) -> tuple[bool, bool, bool, int]:
    """PKH, BPNT, BLT, and the number of persons insured by PBI-JK."""
    pkh = rng.random() < (0.36 if decile <= 4 and has_component(family) else 0.01)
    bpnt = rng.random() < ((0.85 if pkh else 0.26) if decile <= 5 else 0.02)
    blt = decile <= 2 and not pkh and rng.random() < 0.12
    insured = rng.random() < (0.62 if decile <= 5 else 0.08)
    size = len(family.residents)
    return pkh, bpnt, blt, 0 if not insured else size if rng.random() < 0.9 else rng.randint(1, size)


def has_component(family: Family) -> bool:
    """Whether a member makes the family eligible for PKH (Kementerian Sosial: health, schooling, age)."""
    return any(
        person.hamil
        or person.age <= 6
        or person.age >= 60
        or person.disabilitas is not ABLE
        or bool(person.schooling and person.schooling.partisipasi is ATTENDS and person.schooling.jenjang is not PAUD)
        for person in family.residents
    )


def _give_pip(rng: Random, family: Family, decile: int) -> None:
    """Whether each pupil of SD to SMA/SMK receives PIP."""
    for person in family.residents:
        school = person.schooling
        if school and school.partisipasi is ATTENDS and school.jenjang in {SD, SMP, *SENIOR}:
            school.pip = rng.random() < (0.48 if decile <= 4 else 0.05)
