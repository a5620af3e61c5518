"""Dates: the forms of the contract, day before month always; anything else is held, never guessed."""

from datetime import date, datetime
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .taking import Taken, take
from .workbooks import PERSON, csv, each, saved, table, workbook, xlsx

BORN = date(1990, 5, 12)


def born(value: Any) -> Taken:
    """One resident with this birth date cell."""
    return take(xlsx(table([{**PERSON, "Tanggal Lahir": value}])))


def serial(number: float, *, mac: bool = False, shown: str = "dd/mm/yyyy") -> bytes:
    """One resident whose birth date is a number that Excel shows as a date."""
    book = workbook({"Data": table([PERSON])})
    if mac:
        book.epoch = CALENDAR_MAC_1904
    cell = book["Data"]["E2"]
    cell.value, cell.number_format = number, shown
    return saved(book)


RIGHT: list[Any] = [
    BORN, datetime(1990, 5, 12), "12-05-1990", "12/05/1990", "1990-05-12", "12 Mei 1990", "12-5-1990", "12/5/1990",
    "12 mei 1990", "12 MEI 1990", " 12-05-1990 ", "12-05-1990\u00a0", "'12-05-1990", "12 - 05 - 1990",
    "１２-０５-１９９０", "Kandangan, 12-05-1990", "H.S. Selatan,12 Mei 1990", "Kandangan, 12-05-1990 ",
]  # fmt: skip


def test_forms_of_a_date() -> None:
    taken = take(xlsx(each("Tanggal Lahir", RIGHT)))
    assert taken.values("tanggal_lahir") == [BORN] * len(RIGHT)
    assert not taken.problems


MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
]  # fmt: skip
OTHER_SPELLINGS = {
    "Jan": 1, "Pebruari": 2, "Feb": 2, "Peb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Agt": 8, "Agust": 8, "Sep": 9,
    "Sept": 9, "Okt": 10, "Nopember": 11, "Nov": 11, "Des": 12,
}  # fmt: skip


def test_names_of_months() -> None:
    """The twelve names, and the spellings of offices."""
    names = {**{name: number for number, name in enumerate(MONTHS, 1)}, **OTHER_SPELLINGS}
    written = xlsx(each("Tanggal Lahir", [f"5 {name} 1990" for name in names]))
    assert take(written).values("tanggal_lahir") == [date(1990, number, 5) for number in names.values()]


def test_day_comes_before_month() -> None:
    """3 April, also where it could be 4 March; a cell that could be read in two ways is read in one."""
    for written in ("03/04/1990", "3-4-1990", "3 April 1990"):
        assert born(written).values("tanggal_lahir") == [date(1990, 4, 3)]


WRONG: list[Any] = [
    "31/02/1990", "29-02-1991", "31-04-1990", "12-31-1990", "05/31/1990", "32-01-1990", "0-5-1990", "12-13-1990",
    "1990-31-12", "12-05-90", "12/5/90", "12 Mei 90", "12 Foo 1990", "Mei 1990", "Mei 12, 1990", "1990", "05-1990",
    "12051990", "19900512", "12-05-1990 atau 1991", "Kandangan 1990, 12-05-1990",
    "Kandangan,", "12-05-1990, Kandangan", "?", "tidak tahu", "00-00-0000", "12-05-0990", 1990, 33005, 33005.0,
    19900512, True,
]  # fmt: skip


def test_wrong_dates_are_held() -> None:
    taken = take(xlsx(each("Tanggal Lahir", WRONG)))
    assert taken.values("tanggal_lahir") == []
    assert taken.found == [("TGL01", f"E{row}") for row in range(2, 2 + len(WRONG))]
    assert all("hari-bulan-tahun" in problem.message for problem in taken.problems)


def test_empty_dates_are_held() -> None:
    taken = take(xlsx(each("Tanggal Lahir", [None, "", " ", "-"])))
    assert taken.found == [("WAJIB01", f"E{row}") for row in range(2, 6)]


def test_leap_day() -> None:
    assert born("29 Februari 1992").values("tanggal_lahir") == [date(1992, 2, 29)]


@pytest.mark.parametrize("shown", ["dd/mm/yyyy", "[$-421]dd mmmm yyyy", "yyyy-mm-dd", "d mmm yy", "m/d/yy"])
def test_date_cell_however_it_is_shown(shown: str) -> None:
    assert take(serial(33005, shown=shown)).values("tanggal_lahir") == [BORN]


def test_workbook_that_counts_from_1904() -> None:
    """Excel for Mac counts its days from another year."""
    assert take(serial(33005 - 1462, mac=True)).values("tanggal_lahir") == [BORN]


@pytest.mark.parametrize("number", [0, -1, 2_958_466, 19_900_512])
def test_number_that_is_no_day_is_held(number: int) -> None:
    """Excel shows ##### for these, though the cell has the format of a date."""
    taken = take(serial(number))
    assert taken.total == (1, 0, 1)
    assert {rule for rule, _ in taken.found} == {"TGL01"}


def test_29_february_1900_is_held() -> None:
    assert take(serial(60)).total == (1, 0, 1)


def test_year_typed_into_a_date_cell_is_flagged() -> None:
    """1990 shows as 12-06-1905: somebody of 120 years deserves a second look."""
    assert ("LIFE06", "E2") in take(serial(1990)).found


@pytest.mark.parametrize(("day", "held"), [("30-09-2025", False), ("01-10-2025", True), ("01-10-2090", True)])
def test_birth_after_the_reference_date_is_held(day: str, held: bool) -> None:
    """The last day of the quarter is the last that counts."""
    row = {**PERSON, "NIK": "0", "Tanggal Lahir": day, "Hubungan dalam Keluarga": None}
    taken = take(xlsx(table([row])))
    assert taken.total == (1, 1 - held, held)
    assert [rule for rule, _ in taken.found] == ["LIFE03"] * held


def test_dates_in_a_csv() -> None:
    written = csv(each("Tanggal Lahir", [text for text in RIGHT if isinstance(text, str)]))
    assert set(take(written, "data.csv").values("tanggal_lahir")) == {BORN}
