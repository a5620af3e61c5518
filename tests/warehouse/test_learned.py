"""What an office learns of a period: when workbooks came, and what is most often wrong, counted by hand."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.periods import parse_period
from pipelines.settings import Places, load_office
from pipelines.status_words import lateness, mistakes_of_all, mistakes_of_areas
from pipelines.warehouse.arrivals import Arrival, days_late
from pipelines.warehouse.learned import Before, Learned
from pipelines.warehouse.mistakes import Mistake
from pipelines.warehouse.standing import standing
from tests.warehouse.office import NOW, fold_in
from tests.warehouse.rows import Row, person, write_people

FIRST, SECOND = "63.06.05.1002-002-001", "63.06.05.1002-002-002"
DUE = dt.date(2025, 10, 14)
NIK, BORN = 0, 4


def wrong(row: Row, place: int, value: str) -> Row:
    """The row with one cell written over."""
    return (*row[:place], value, *row[place + 1 :])


def received(home: Path, day: int, **files: tuple[Row, ...]) -> None:
    """Lay workbooks into the inbox and run the pipeline so many days after the first of October."""
    for name, rows in files.items():
        write_people(home / "data" / "raw" / "2025-Q3" / f"{name}.xlsx", *rows)
    fold_in(home, NOW + dt.timedelta(days=day))


def learned(home: Path, period: str = "2025-Q3") -> Learned:
    """What the office knows now."""
    office = load_office(Places(home))
    return standing(office.places.warehouse, parse_period(period), office.register).learned


@pytest.mark.parametrize(
    ("came", "reported", "today", "days"),
    [
        (dt.date(2025, 10, 14), True, dt.date(2025, 12, 1), 0),
        (dt.date(2025, 10, 20), True, dt.date(2025, 12, 1), 6),
        (dt.date(2025, 10, 1), True, dt.date(2025, 12, 1), 0),
        (None, False, dt.date(2025, 10, 10), 0),
        (None, False, dt.date(2025, 10, 15), 1),
        # Reported once, but of what was sent since not a row is accepted: still awaited.
        (dt.date(2025, 10, 1), False, dt.date(2025, 10, 24), 10),
        # A clock that was off, then or now.
        (dt.date(1980, 1, 1), True, dt.date(2025, 12, 1), 0),
        (dt.date(2099, 1, 1), True, dt.date(2025, 10, 16), 2),
        (dt.date(2025, 10, 20), True, dt.date(1980, 1, 1), 0),
    ],
)
def test_days_late(came: dt.date | None, reported: bool, today: dt.date, days: int) -> None:
    assert days_late(Arrival(1, came, came), reported, DUE, today) == days


def test_lateness_in_words() -> None:
    assert [lateness(True, 0), lateness(True, 3), lateness(False, 0), lateness(False, 3)] == [
        "tidak",
        "3 hari",
        "belum",
        "3 hari",
    ]


def test_arrivals_count_every_workbook_of_an_rt(home: Path) -> None:
    """The first RT sends three times, its first workbook held whole; the second once, in the first one's last."""
    received(home, 0, a=(wrong(person(1, "Ahmad"), NIK, "123"),))
    received(home, 3, a=(person(1, "Ahmad"),))
    received(home, 19, b=(person(1, "Ahmad"), person(2, "Noor", kk=2, rt="002")))
    first, last = dt.date(2025, 10, 1), dt.date(2025, 10, 20)
    assert learned(home).arrivals == {
        FIRST: Arrival(3, first, dt.date(2025, 10, 4)),
        SECOND: Arrival(1, last, last),
    }


def test_the_most_frequent_mistake_is_one_that_holds_rows(home: Path) -> None:
    """The first RT: two wrong NIKs, one wrong date, three families without a head (a warning). The second: warnings."""
    people = [person(n, name, kk=n, head=False) for n, name in enumerate(("Ahmad", "Noor", "Siti"), 1)]
    others = [person(n, name, kk=n, rt="002", head=False) for n, name in enumerate(("Umar", "Budi"), 7)]
    rows = (wrong(people[0], NIK, "1"), wrong(people[1], NIK, "2"), wrong(people[2], BORN, "?"))
    received(home, 0, a=rows, b=tuple(others))
    found = learned(home)
    assert found.most_frequent == {
        FIRST: Mistake("ID01", "NIK", 2, 1),
        SECOND: Mistake("KK01", "Hubungan dalam Keluarga", 2, 1),
    }
    assert [(m.rule, m.count, m.areas, m.previous) for m in found.mistakes] == [
        ("ID01", 2, 1, None),
        ("TGL01", 1, 1, None),
        ("KK01", 5, 2, None),
    ]


def test_a_mistake_repeated_in_a_re_sent_workbook_counts_once_and_a_mended_one_is_still_known(home: Path) -> None:
    """Two wrong NIKs, of which one is mended, then both: two mistakes, each time."""
    people = [person(n, name, kk=n) for n, name in enumerate(("Ahmad", "Noor"), 1)]
    received(home, 0, a=(wrong(people[0], NIK, "1"), wrong(people[1], NIK, "2")))
    received(home, 1, a=(people[0], wrong(people[1], NIK, "2")))
    assert learned(home).most_frequent[FIRST].count == 2
    received(home, 2, a=tuple(people))
    assert learned(home).most_frequent[FIRST].count == 2


def test_what_a_workbook_of_one_rt_has_wrong_as_a_whole_is_that_rt_s(home: Path) -> None:
    """A row of no RT in a workbook of one RT is that RT's mistake; in one of two RTs it is nobody's in particular."""
    nowhere = wrong(person(3, "Siti", kk=3), 7, "abc")
    received(home, 0, a=(person(1, "Ahmad"), nowhere))
    assert learned(home).most_frequent == {FIRST: Mistake("GEO04", "RT", 1, 1)}
    received(home, 1, a=(person(1, "Ahmad"), person(2, "Noor", kk=2, rt="002"), nowhere))
    [mistake] = learned(home).mistakes
    assert (mistake.rule, mistake.count) == ("GEO04", 2)


def test_a_period_is_compared_with_the_newest_one_before_it(home: Path) -> None:
    """Wrong NIKs fell from two to one, the wrong date is no more, a missing name is new. Older periods do not count."""
    people = [person(n, name, kk=n) for n, name in enumerate(("Ahmad", "Noor", "Siti"), 1)]
    now = (wrong(people[0], NIK, "1"), wrong(people[1], 2, ""), people[2])
    before = (
        wrong(people[0], NIK, "1"),
        wrong(people[1], NIK, "2"),
        wrong(people[2], BORN, "?"),
        person(4, "Umar", kk=4),
    )
    long_ago = tuple(wrong(row, BORN, "?") for row in people)
    for period, rows in (("2025-Q3", now), ("2025-Q1", before), ("2024-Q1", long_ago)):
        write_people(home / "data" / "raw" / period / "a.xlsx", *rows)
    fold_in(home)
    found = learned(home)
    assert found.before == Before("2025-Q1", 1)
    assert [(m.rule, m.column, m.count, m.previous) for m in found.mistakes] == [
        ("ID01", "NIK", 1, 2),
        ("WAJIB01", "Nama Lengkap", 1, 0),
        ("TGL01", "Tanggal Lahir", 0, 1),
    ]
    assert mistakes_of_all(found) == [
        "Kesalahan tersering di semua RT (dibandingkan triwulan I 2025, 1 RT melapor):",
        "  ID01 1x di 1 RT (dulu 2x, turun 1): "
        "NIK salah ketik: salin 16 angkanya dari KTP atau KK; bila NIK belum terbit tulis 0.",
        "  WAJIB01 1x di 1 RT (dulu 0x, naik 1): Kolom Nama Lengkap sering dibiarkan kosong: isi di setiap baris.",
        "  Tidak ada lagi: TGL01 Tanggal Lahir (dulu 1x)",
    ]
    assert learned(home, "2024-Q1").before is None


def test_advice_names_the_column_most_often_at_fault(home: Path) -> None:
    """Two names are missing and one birth date: two mistakes of one rule, of which the names are the more frequent."""
    people = [person(n, name, kk=n) for n, name in enumerate(("Ahmad", "Noor", "Siti"), 1)]
    received(home, 0, a=(wrong(people[0], 2, ""), wrong(people[1], 2, ""), wrong(people[2], BORN, "")))
    found = learned(home)
    assert mistakes_of_areas(found) == [
        "Paling sering salah, untuk disampaikan ke RT:",
        "  RT 001 RW 002: Kolom Nama Lengkap sering dibiarkan kosong: isi di setiap baris. (2x, WAJIB01)",
    ]
    assert [(m.rule, m.column, m.count) for m in found.mistakes] == [
        ("WAJIB01", "Nama Lengkap", 2),
        ("WAJIB01", "Tanggal Lahir", 1),
    ]


def test_nothing_is_learned_of_an_office_without_a_warehouse(home: Path) -> None:
    assert learned(home) == Learned()
