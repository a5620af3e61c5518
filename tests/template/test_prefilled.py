"""A workbook filled with what was accepted last time: only what changed has to be corrected."""

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import pytest

from pipelines.periods import Period
from pipelines.settings import Places, load_office
from pipelines.template.accepted import Accepted, accepted_before, known_rts
from pipelines.template.recipient import recipients
from pipelines.template.workbook import make_workbook
from tests.excel import repairs
from tests.template.forms import FIRST, HOUSEHOLD, PERIOD, RT, columns, fill, make, send
from tests.warehouse.office import NOW, ask, count_in, fold_in

LATER = NOW + dt.timedelta(days=90)
RESIDENTS = """
SELECT area, numerator FROM cells
WHERE indicator = 'jumlah_penduduk' AND breakdown = 'total' AND level IN ('rt', 'kelurahan') AND period = '{}'
ORDER BY ALL
"""
LAST, THIS = Period(2025, 3), PERIOD


def hand_out(home: Path, period: Period) -> list[Path]:
    """Make every RT's workbook and put it in the inbox as its ketua would have sent it."""
    office = load_office(Places(home))
    known = accepted_before(office.places.warehouse, period)
    folder = home / "data" / "raw" / str(period)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for to in recipients(office, known_rts(office.places.warehouse), None, period):
        paths.append(folder / to.file_name(period))
        paths[-1].write_bytes(make_workbook(to, period, known.get(to.area, Accepted())))
    return paths


@pytest.fixture
def taken(home: Path) -> Path:
    """A home that took in the household of one RT for 2025-Q3."""
    people = [row | {"Tanggal Lahir": dt.datetime(1990, 8, 17)} for row in HOUSEHOLD["Penduduk"]]
    household = HOUSEHOLD | {"Penduduk": people}
    fill(make(home / "data" / "raw" / str(LAST) / "RT.xlsx", period=LAST), household)
    fold_in(home)
    return home


def test_a_whole_sample_sent_back_gives_the_same_population(small_sample: Path, tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    shutil.copytree(small_sample, home)
    count_in(home)
    paths = hand_out(home, THIS)
    count_in(home, LATER)
    before, after = (ask(home, RESIDENTS.format(period)) for period in (LAST, THIS))
    assert after == before
    assert len(before) == len(paths) + 1
    held = ask(home, "SELECT count(*) FROM held WHERE period = '2025-Q4'")
    assert held == [(0,)]


def test_each_value_is_written_as_the_officer_would(taken: Path) -> None:
    book = openpyxl.load_workbook(hand_out(taken, THIS)[0])
    for name, rows in HOUSEHOLD.items():
        letters = columns(book[name])
        for label, value in rows[0].items():
            assert book[name][f"{letters[label]}{FIRST}"].value == value
    assert book["Penduduk"][f"B{FIRST + 1}"].value == "0"
    assert book["Penduduk"][f"F{FIRST}"].number_format == "dd-mm-yyyy"


def test_excel_opens_it_without_repairing_it(taken: Path, tmp_path: Path) -> None:
    assert not repairs(hand_out(taken, THIS)[0], tmp_path)


def test_a_name_that_looks_like_a_formula_stays_text(home: Path) -> None:
    person = HOUSEHOLD["Penduduk"][0] | {"Nama Lengkap": "'=1+1"}
    fill(make(home / "data" / "raw" / str(LAST) / "RT.xlsx", period=LAST), {"Penduduk": [person]})
    fold_in(home)
    cell = openpyxl.load_workbook(hand_out(home, THIS)[0])["Penduduk"][f"C{FIRST}"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_who_died_or_moved_is_left_out_with_the_rows_about_them(taken: Path) -> None:
    fill(taken / "data" / "raw" / str(LAST) / "RT.xlsx", {"Penduduk": [{"Status Dasar": "Mati"}]})
    fold_in(taken, LATER)
    found = accepted_before(Places(taken).warehouse, THIS)[RT]
    assert [row[2] for row in found.rows["penduduk"]] == ["Noor Aisyah"]
    assert [len(found.rows.get(name, [])) for name in ("kesejahteraan", "pendidikan", "ketenagakerjaan")] == [1, 0, 0]
    assert found.residents == 1


def test_the_balance_opens_with_the_residents_and_closes_by_a_formula(taken: Path) -> None:
    path = hand_out(taken, THIS)[0]
    guide = openpyxl.load_workbook(path)["Petunjuk"]
    labels = {str(row[1].value): row[2] for row in guide.iter_rows(max_col=3) if row[1].value}
    opening = labels["Penduduk awal (30 September 2025)"]
    closing = labels["Penduduk akhir (31 Desember 2025)"]
    first = opening.row
    assert opening.value == 2
    assert closing.value == f"=C{first}+C{first + 1}+C{first + 2}-C{first + 3}-C{first + 4}"
    for row in range(first + 1, first + 5):
        assert guide[f"C{row}"].value is None
        assert not guide[f"C{row}"].protection.locked
    assert send(path).problems == []


def test_rows_that_were_held_are_told_and_only_earlier_periods_count(taken: Path) -> None:
    warehouse = Places(taken).warehouse
    assert accepted_before(warehouse, LAST) == {}
    fill(taken / "data" / "raw" / str(LAST) / "RT.xlsx", {"Penduduk": [{"NIK": "123"}]})
    fold_in(taken, LATER)
    found = accepted_before(warehouse, Period(2026, 2))[RT]
    assert (found.held, found.period, found.residents) == (1, LAST, 1)
    words = [str(row[1].value) for row in openpyxl.load_workbook(hand_out(taken, THIS)[0])["Petunjuk"].iter_rows()]
    assert any(word.startswith("1 baris pada triwulan III 2025 belum diterima") for word in words)
