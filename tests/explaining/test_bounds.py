"""What a figure can become once held rows are accepted: against every way it can go, and against a mended village."""

from itertools import product
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.explaining.held import extremes, held
from pipelines.explaining.places import sheets
from pipelines.explaining.trace import make_rows, trace
from pipelines.indicators.catalogue import catalogue
from tests.arithmetic.records import KELURAHAN
from tests.arithmetic.village import make_village
from tests.arithmetic.workbooks import write_home
from tests.warehouse.office import take_in

from .asking import ask, opened

# What one more row may add to (numerator, denominator), itself left out; by the formula's two parts.
MAY_ADD = {
    ("flag", None): [(0, 0), (1, 0)],
    ("flag", "1"): [(0, 0), (0, 1), (1, 1)],
    ("1", "flag"): [(0, 0), (1, 0), (1, 1)],
    ("flag", "flag"): [(0, 0), (1, 0), (0, 1), (1, 1)],
}
SPOILT = 9  # every so many rows of a sheet its number is damaged


@given(st.sampled_from(list(MAY_ADD)), st.integers(0, 6), st.integers(0, 6), st.integers(1, 4))
def test_extremes_are_those_of_all_that_may_happen(
    parts: tuple[str, str | None], above: int, below: int, rows: int
) -> None:
    if parts[1] == "1":
        above = min(above, below)
    if parts[0] == "1":
        below = min(above, below)
    least, most = extremes(parts[0], parts[1], above, below, rows, 100)
    values = []
    for added in product(MAY_ADD[parts], repeat=rows):
        n, d = above + sum(a for a, _ in added), below + sum(b for _, b in added)
        if parts[1] is None or d:
            values.append(float(n) if parts[1] is None else 100 * n / d)
    assert least == pytest.approx(min(values))
    assert most is None or most == pytest.approx(max(values))
    assert (most is None) == (parts[1] not in (None, "1") and below == 0)


def spoil(home: Path, name: str) -> None:
    """Damage the number of every ninth row of one RT's sheets, so that those rows are held."""
    path = home / "data" / "raw" / "2025-Q3" / name
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        heading = next(row for row in sheet.iter_rows(max_row=6) if any(c.value in ("NIK", "nik") for c in row) or any(
            "KK" in str(c.value) for c in row))  # fmt: skip
        place = next(c.column for c in heading if "NIK" in str(c.value).upper() or "KK" in str(c.value).upper())
        for row in range(heading[0].row + 3, sheet.max_row + 1, SPOILT):
            sheet.cell(row, place, "12")
    book.save(path)


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_the_mended_village_lies_within_the_bounds(tmp_path: Path, every: int) -> None:
    """For every so many indicators."""
    village = make_village(8, rts=4, families_per_rt=12)
    for home in ("faulty", "mended"):
        write_home(village, tmp_path / home)
    name = sorted(p.name for p in (tmp_path / "faulty" / "data" / "raw" / "2025-Q3").iterdir())[-1]
    spoil(tmp_path / "faulty", name)
    spoilt = next(rt for rt in village.rts() if name == f"RT {rt[-3:]} RW {rt[-7:-4]}.xlsx")
    for home in ("faulty", "mended"):
        take_in(tmp_path / home)
    with opened(tmp_path / "mended") as (connection, _):
        query = "SELECT area, indicator, breakdown, value, areas_reported FROM cells"
        mended = {row[:3]: row[3:] for row in connection.execute(query).fetchall()}
    tried = 0
    with opened(tmp_path / "faulty") as (connection, office):
        all_sheets = sheets(connection, office, "2025-Q3")
        for entry in [entry for entry in catalogue().values() if not entry.is_derived][::every]:
            areas = (spoilt, spoilt.rsplit("-", 1)[0], KELURAHAN)
            codes = [
                dimension.breakdowns[turn % len(dimension.codes)] for turn, dimension in enumerate(entry.dimensions)
            ]
            for number, (area, breakdown) in enumerate(
                [*((area, "total") for area in areas), *((KELURAHAN, c) for c in codes)]
            ):
                before = ask((connection, office), entry.code, area, breakdown)
                if not number:
                    make_rows(connection, office, before)
                found = held(connection, before, trace(connection, before), all_sheets)
                value, reported = mended[area, entry.code, breakdown]
                if found.bound and value is not None and reported == before.cell.areas_reported:
                    assert found.bound.least <= value + 1e-9
                    assert found.bound.most is None or value <= found.bound.most + 1e-9
                    tried += 1
    assert tried > 100 / every
