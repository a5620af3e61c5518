"""The comparison itself must be able to fail: each planted difference is found, and nothing else is."""

from fractions import Fraction

import pytest

from .comparison import compare, report
from .indicators import Cell, Key, Oracle
from .measure import Number
from .village import make_village

Row = dict[str, str]
WHOLE: Key = ("kelurahan", "63.06.05.1002", "apk_sd", "total")
DEPTH: Key = ("kelurahan", "63.06.05.1002", "p1", "total")


@pytest.fixture(scope="module")
def expected() -> dict[Key, Cell]:
    return Oracle(make_village(6, rts=8, recap_rts=2, silent_rts=1)).cells()


@pytest.fixture
def rows(expected: dict[Key, Cell]) -> dict[Key, Row]:
    """What a faultless pipeline would publish."""
    published = {}
    for key, cell in expected.items():
        row = dict(zip(("level", "area", "indicator", "breakdown"), key, strict=True))
        for column in ("numerator", "denominator", "value", "households"):
            row[column] = typed(getattr(cell, column))
        for column in ("areas_reported", "areas_expected", "status"):
            row[column] = str(getattr(cell, column))
        published[key] = row
    return published


def typed(number: Number | None) -> str:
    """A number as a table holds it."""
    if number is None:
        return ""
    return str(number) if Fraction(number).denominator == 1 else repr(float(number))


def test_a_faultless_table_passes(expected: dict[Key, Cell], rows: dict[Key, Row]) -> None:
    complaints = compare(expected, list(rows.values()))
    assert not complaints, report(complaints)


def test_the_province_may_be_left_out_altogether(expected: dict[Key, Cell], rows: dict[Key, Row]) -> None:
    kept = [row for row in rows.values() if row["level"] != "provinsi"]
    assert compare(expected, kept) == []
    some = [row for row in rows.values() if row["level"] != "provinsi" or row["indicator"] != "p0"]
    assert {key[2] for key, _ in compare(expected, some)} == {"p0"}


@pytest.mark.parametrize(
    ("column", "planted"),
    [
        ("numerator", "1"),
        ("numerator", ""),
        ("denominator", "1"),
        ("denominator", ""),
        ("value", "99.000001"),
        ("value", ""),
        ("households", "1"),
        ("households", ""),
        ("areas_reported", "1"),
        ("areas_expected", "1"),
        ("status", "m"),
        ("status", "c"),
    ],
)
def test_every_part_is_compared(expected: dict[Key, Cell], rows: dict[Key, Row], column: str, planted: str) -> None:
    rows[WHOLE][column] = planted
    assert [key for key, _ in compare(expected, list(rows.values()))] == [WHOLE]


@pytest.mark.parametrize("column", ["numerator", "value"])
def test_a_decimal_numerator_has_a_little_room(expected: dict[Key, Cell], rows: dict[Key, Row], column: str) -> None:
    exact = float(rows[DEPTH][column])
    rows[DEPTH][column] = repr(exact * 1.0001)
    assert {key for key, _ in compare(expected, list(rows.values()))} == {DEPTH}


def test_missing_unexpected_and_double_cells_are_found(expected: dict[Key, Cell], rows: dict[Key, Row]) -> None:
    assert [key for key, _ in compare(expected, [row for key, row in rows.items() if key != WHOLE])] == [WHOLE]
    stray = {**rows[WHOLE], "breakdown": "umur:7"}
    assert [problem for _, problem in compare(expected, [*rows.values(), stray])] == ["unexpected"]
    assert len(compare(expected, [*rows.values(), rows[WHOLE]])) == 1


def test_few_observations_are_a_warning_only(expected: dict[Key, Cell], rows: dict[Key, Row]) -> None:
    rows[WHOLE]["status"] = "u"
    assert compare(expected, list(rows.values())) == []
