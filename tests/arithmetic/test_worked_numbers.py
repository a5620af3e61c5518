"""The plain arithmetic itself: the worked numbers of the catalogue, and villages with every awkward case."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from .derived import DERIVED
from .formulas import (
    both,
    completed_years,
    either,
    expected_years,
    gini,
    median_age,
    poverty,
    years_of_schooling,
)
from .indicators import Oracle
from .records import PERIOD, POVERTY_LINE, REGISTERS
from .village import make_village
from .workbooks import write_home

RT_A = [450_000, 700_000, 900_000, 1_200_000]
RT_B = [580_000] * 2 + [800_000] * 10 + [2_000_000] * 4
NOT_ADDITIVE = ("umur_median", "hls", "gini")


def fgt(spending: list[int], power: int) -> float:
    """P0, P1 or P2 times 100 of families of one person."""
    total = sum((poverty(1, each, POVERTY_LINE, power) for each in spending), Fraction(0))
    return round(float(100 * total / len(spending)), 4)


def gini_of(spending: list[int]) -> float:
    """Gini of families of one person, to four places."""
    value = gini((1, each) for each in spending)
    assert value is not None
    return round(float(value), 4)


@pytest.mark.parametrize(
    ("ages", "median"),
    [([5, 6, 7], 6.5), ([30, 31, 60, 61], 32), ([5, 6, 7, 30, 31, 60, 61], 30.5), ([], None)],
)
def test_median_age(ages: list[int], median: float | None) -> None:
    assert median_age(ages) == median


@pytest.mark.parametrize(
    ("power", "values"),
    [(0, (25.0, 12.5, 15.0)), (1, (6.2044, 0.3873, 1.5507)), (2, (1.5398, 0.0120, 0.3176))],
)
def test_poverty(power: int, values: tuple[float, float, float]) -> None:
    assert (fgt(RT_A, power), fgt(RT_B, power), fgt(RT_A + RT_B, power)) == values


def test_poor_is_strictly_below_the_line() -> None:
    assert poverty(3, 3 * POVERTY_LINE, POVERTY_LINE, 0) == 0
    assert poverty(3, 3 * POVERTY_LINE - 1, POVERTY_LINE, 0) == 3


def test_gini() -> None:
    assert (gini_of(RT_A), gini_of(RT_B), gini_of(RT_A + RT_B)) == (0.1885, 0.2322, 0.2378)
    assert gini([(4, 2_000_000)]) == 0
    assert gini([]) is None


def test_gini_weighs_by_persons() -> None:
    assert gini([(2, 1_000_000), (3, 6_000_000)]) == gini([(1, 500_000)] * 2 + [(1, 2_000_000)] * 3)


@pytest.mark.parametrize(
    ("partisipasi", "jenjang", "kelas", "ijazah", "years"),
    [
        (3, 1, 4, 0, 3),
        (3, 2, 2, 1, 7),
        (3, 4, 8, 4, 12),
        (2, 7, 3, 3, 14),
        (2, 8, 1, 7, 17),
        (2, 9, None, 8, 19),
        (3, 9, 8, 9, 18),
        (1, None, None, None, 0),
        (3, 2, None, 1, None),
        (3, 2, 2, None, None),
        (3, None, 8, 2, 9),
    ],
)
def test_years_of_schooling(
    partisipasi: int, jenjang: int | None, kelas: int | None, ijazah: int | None, years: int | None
) -> None:
    assert years_of_schooling(partisipasi, jenjang, kelas, ijazah) == years


def test_expected_years_of_schooling() -> None:
    assert expected_years([(6, True), (7, True), (7, False), (8, True), (40, False)]) == Fraction(3, 2)
    assert expected_years([(6, True)]) is None


def test_age_changes_on_the_birthday() -> None:
    assert completed_years(date(2018, 9, 30), date(2025, 9, 30)) == 7
    assert completed_years(date(2018, 10, 1), date(2025, 9, 30)) == 6


def test_three_valued_logic() -> None:
    assert either(None, True) is True
    assert either(None, False) is None
    assert either(False, False) is False
    assert both(None, False) is False
    assert both(None, True) is None


@pytest.mark.parametrize("seed", range(1, 6))
def test_areas_add_up(seed: int) -> None:
    """Each area is counted from its own rows, and yet the parts of the RTs sum to those of the kelurahan."""
    village = make_village(seed, rts=10, recap_rts=2, silent_rts=1, partial_rts=3)
    cells = Oracle(village).cells()
    for (level, _, indicator, breakdown), whole in cells.items():
        if level != "kelurahan" or indicator in NOT_ADDITIVE:
            continue
        parts = [cell for key, cell in cells.items() if key[0] == "rt" and key[2:] == (indicator, breakdown)]
        assert (whole.numerator or 0) == sum(cell.numerator or 0 for cell in parts)
        assert (whole.denominator or 0) == sum(cell.denominator or 0 for cell in parts)
        assert whole.areas_reported == sum(cell.areas_reported for cell in parts)
        assert whole.areas_expected == len(parts) == 10


def test_identities() -> None:
    """TPT and TKK make 100, both sexes make the total, poor persons are the numerator of P0."""
    for (level, area, indicator, breakdown), cell in (cells := Oracle(make_village(1)).cells()).items():
        if indicator == "tpt" and cell.value is not None:
            assert cell.value + (cells[level, area, "tkk", breakdown].value or 0) == 100
        if indicator == "p0":
            assert cell.numerator == cells[level, area, "jumlah_penduduk_miskin", breakdown].numerator
        if breakdown == "L" and cell.numerator is not None:
            other, both_sexes = (cells[level, area, indicator, each].numerator for each in ("P", "total"))
            assert cell.numerator + (other or 0) == both_sexes


def test_villages_hold_the_awkward_cases() -> None:
    village = make_village(1)
    oracle = Oracle(village)
    families = oracle.families
    known = {family.no_kk for family in families}
    rts_of = {family.no_kk: {member.row.rt for member in family.members} for family in families}
    assert any(len(rts) > 1 for rts in rts_of.values())
    assert any(family.head is None for family in families)
    assert any(family.welfare and family.welfare.rt != family.rt for family in families)
    assert any(row.no_kk not in known for row in village.kesejahteraan)
    assert len(village.penduduk) > len(oracle.residents)
    assert any(resident.row.nik is None for resident in oracle.residents)
    assert any(resident.school and resident.school.rt != resident.row.rt for resident in oracle.residents)
    at_the_line = {row.pengeluaran_bulanan - POVERTY_LINE * row.jumlah_anggota for row in village.kesejahteraan}
    assert {-1, 0, 1} <= at_the_line
    assert oracle.cells()["rt", village.rts()[0], "aps_7_12", "total"].status == "z"


def test_a_larger_village_gives_every_indicator_a_figure() -> None:
    """Nothing is compared by zeros alone; events come from recaps only, and what is made of others from years."""
    cells = Oracle(make_village(7, rts=9, families_per_rt=60)).cells()
    empty = {key[2] for key, cell in cells.items() if key[0] == "kelurahan" and not cell.value}
    assert empty == {"jumlah_kelahiran", "jumlah_kematian", "migrasi_neto", *DERIVED}


def test_identifiers_are_unique_and_valid() -> None:
    village = make_village(2, rts=8, families_per_rt=30)
    niks = [row.nik for row in village.penduduk if row.nik]
    cards = {row.no_kk for row in village.penduduk}
    assert len(niks) == len(set(niks))
    assert not cards & set(niks)
    assert all(len(number) == 16 and number.isdigit() for number in [*niks, *cards])
    assert all(1 <= int(card[6:8]) <= 31 and 1 <= int(card[8:10]) <= 12 for card in cards)
    assert not any(number.endswith("0000") for number in [*niks, *cards])


def test_workbooks_hold_all_rows(tmp_path: Path) -> None:
    village = make_village(4, rts=8, recap_rts=2, silent_rts=1)
    write_home(village, tmp_path)
    files = sorted((tmp_path / "data" / "raw" / PERIOD).glob("*.xlsx"))
    assert len(files) == 7
    typed = 0
    for file in files:
        for sheet in load_workbook(file).worksheets:
            lines = [line for line in sheet.iter_rows(values_only=True) if any(line)]
            heading = next(number for number, line in enumerate(lines) if len([c for c in line if c]) > 2)
            typed += len(lines) - heading - 1
            if "NIK" in lines[heading]:
                column = lines[heading].index("NIK")
                assert all(isinstance(line[column], str | None) for line in lines[heading + 1 :])
    registers = sum(len(village.register(dataset)) for dataset in REGISTERS)
    assert typed == registers + sum(len(recaps) for recaps in village.recaps.values())
