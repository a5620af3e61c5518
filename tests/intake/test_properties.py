"""Whatever is typed below valid headings: every data row is accepted or held, and nothing is changed on the way."""

import re
import unicodedata
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.intake.cells import as_text
from pipelines.intake.parsing import (
    Cleaned,
    Fault,
    read_amount,
    read_date,
    read_family_card,
    read_nik,
    read_whole,
)
from pipelines.intake.texts import SheetText

from .taking import take
from .workbooks import KK, NIK, nik, xlsx

# The same examples each time, so that a failure is one of the code and not of the day.
steady = settings(database=None, deadline=None, derandomize=True)
few = settings(steady, max_examples=30)
many = settings(steady, max_examples=300)

KNOWN = ["Nomor KK", "NIK", "Nama Lengkap", "Jenis Kelamin", "Tanggal Lahir", "Agama", "Tempat Lahir", "KTP-el"]
PLACES = ["RW", "RT"]
UNKNOWN = ["No", "Catatan RT"]
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember"]  # fmt: skip

# Words at which a row stops being data: totals, notes and signatures below the table, titles of a next block.
NO_DATA = re.compile(
    r"\s*(sub|grand|jumlah|total|###|mengetahui|ketua|kepala|lurah|keterangan|catatan|sumber|petugas|dibuat|data|rt|rw"
    r"|dusun|lingkungan|dsn|[a-z ]+,\s*\d)",
    re.IGNORECASE,
)

days = st.dates(date(1920, 1, 1), date(2025, 9, 30))
niks = st.builds(nik, days, woman=st.booleans(), serial=st.integers(1, 9999))
words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), max_codepoint=0x2FFF), max_size=24).filter(
    lambda text: not NO_DATA.match(unicodedata.normalize("NFKC", text)) and not text.startswith("=")
)
values = st.one_of(
    st.none(),
    st.sampled_from(
        ["", " ", "-", "\u00a0", "\u200b", "0", "?", "#REF!", "=A1", "Ya", "L", "2", "Islam", KK, NIK, "5A"]
    ),
    words,
    niks,
    days,
    days.map(lambda day: f"{day:%d-%m-%Y}"),
    st.integers(-(10**16), 10**16),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[Any]]:
    """Headings in any order, rows of anything; the last row is a person, so that the sheet ends in something."""
    headings = draw(st.permutations(KNOWN + PLACES + UNKNOWN))
    whole = {
        "Nomor KK": st.just(KK),
        "NIK": niks,
        "Nama Lengkap": st.sampled_from(["Ahmad", "Siti"]),
        "Jenis Kelamin": st.sampled_from(["L", "P", 1, 2]),
        "Tanggal Lahir": days,
        "RW": st.just("002"),
        "RT": st.sampled_from(["005", 5, "RT 5"]),
    }
    rows = []
    for likely in draw(st.lists(st.booleans(), max_size=8)):
        rows.append([draw(whole[h] if likely and h in whole and draw(st.integers(0, 9)) else values) for h in headings])
    last = [draw(whole[heading]) if heading in whole else None for heading in headings]
    return [headings, *rows, last]


def blank(value: Any) -> bool:
    """Nothing to see: no cell, blanks, invisible characters, an apostrophe or dashes alone."""
    if not isinstance(value, str):
        return value is None
    seen = [c for c in unicodedata.normalize("NFKC", value) if not c.isspace() and unicodedata.category(c) != "Cf"]
    return "".join(seen).removeprefix("'") in ("", "-", "--", "–", "—")


def is_data(headings: list[str], row: list[Any]) -> bool:
    """A row with any filled known column that is not a place column.

    The strategies write no totals, notes, signatures or titles; what is left to leave out is a repeated heading and a
    row of column numbers, which take four cells that agree.
    """
    return any(heading in KNOWN and not blank(value) for heading, value in zip(headings, row, strict=True))


def looks_numbered(row: list[Any]) -> bool:
    """Cells that count up by one, as official forms number their columns."""
    filled = [value for value in row if not blank(value)]
    numbers = [int(value) for value in filled[1:] if re.fullmatch(r"-?\d{1,3}(\.0)?", str(value))]
    return len(numbers) >= 4 and all(abs(b) - abs(a) == 1 for a, b in pairwise(numbers))


@few
@given(tables())
def test_no_row_is_lost(rows: list[list[Any]]) -> None:
    """accepted + held is the number of data rows written, and an accepted NIK is the one that was written."""
    headings, *written = rows
    written = [row for row in written if not looks_numbered(row)]
    taken = take(xlsx([headings, *written]))
    data = {number: row for number, row in enumerate(written, 2) if is_data(headings, row)}
    read, accepted, held = taken.total
    assert accepted + held == read == len(data)
    frame = taken.frames["penduduk"]
    assert set(frame["row"]) <= data.keys()
    errors = {problem.row for problem in taken.problems if problem.severity == "error"}
    assert set(frame["row"]) | errors == data.keys()
    place = headings.index("NIK")
    for number, value in zip(frame["row"], taken.values("nik"), strict=True):
        cell = data[number][place]
        if value is not None:
            assert isinstance(cell, str)
            assert value == re.sub(r"\D", "", unicodedata.normalize("NFKC", cell))
        else:
            assert blank(cell) or not str(cell).strip("0'. ")


# Values that Python holds for equal although a sheet shows them differently, and texts that look like our marks.
twins = st.sampled_from([0, 1, True, False, 1.0, 0.0, -0.0, "1", "\x011", " 1", "Ya", "", datetime(2025, 9, 30)])


@steady
@given(st.lists(st.one_of(twins, days, st.integers(-3, 3), st.floats(width=16)), max_size=40))
def test_each_cell_of_a_column_keeps_its_own_text(cells: list[Any]) -> None:
    sheet = SheetText("Sheet1").fill([[*cells, "end"]])
    column = sheet.columns[0]
    assert [column[row] for row in range(len(cells))] == [as_text(cell) for cell in cells]


@few
@given(st.lists(niks, min_size=1, max_size=30, unique=True))
def test_accepted_niks_round_trip(numbers: list[str]) -> None:
    """Valid people of any birth date come in with the number that was typed, in order."""
    rows = []
    for place, number in enumerate(numbers):
        day, woman = int(number[6:8]), int(number[6:8]) > 40
        born = (day - 40 * woman, int(number[8:10]), int(number[10:12]))
        year = 2000 + born[2] if born[2] <= 24 else 1900 + born[2]
        rows.append(
            [KK, number, f"Orang {place}", "P" if woman else "L", f"{born[0]:02}-{born[1]:02}-{year}", "002", "005"]
        )
    headings = ["Nomor KK", "NIK", "Nama Lengkap", "Jenis Kelamin", "Tanggal Lahir", "RW", "RT"]
    taken = take(xlsx([headings, *rows]))
    assert taken.values("nik") == numbers
    assert {rule for rule, _ in taken.found} <= {"LIFE06"}


@many
@given(st.text(st.sampled_from("0123456789"), min_size=16, max_size=16))
def test_sixteen_digits_are_kept_or_held(digits: str) -> None:
    """Never repaired, never cut, whatever the digits."""
    for found in (read_nik(digits), read_family_card(digits)):
        assert found == digits or isinstance(found, Fault)


@many
@given(st.text(max_size=24))
def test_no_digit_is_invented(text: str) -> None:
    """A number that is read holds the digits that were written, in their order, and no others."""
    for found in (read_nik(text), read_family_card(text)):
        value = found.value if isinstance(found, Cleaned) else found
        if isinstance(value, str):
            seen = unicodedata.normalize("NFKC", text)
            assert value == "".join(c for c in seen if c in "0123456789")
            assert re.fullmatch("[0-9]{16}", value)


@many
@given(st.dates(date(1850, 1, 1), date(2100, 12, 31)))
def test_rendered_date_is_itself(day: date) -> None:
    """In every form of the contract, with and without leading zeros."""
    short = (f"{day.day}-{day.month}-{day.year}", f"{day.day}/{day.month}/{day.year}")
    month = MONTHS[day.month - 1]
    named = (f"{day.day} {month} {day.year}", f"{day.day:02} {month.upper()} {day.year}")
    for text in (f"{day:%d-%m-%Y}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", *short, *named):
        assert read_date(text) == day, text


@few
@given(st.lists(st.dates(date(1901, 1, 1), date(2025, 9, 30)), min_size=1, max_size=40))
def test_date_cells_are_themselves(days: list[date]) -> None:
    """Real date cells through a real workbook."""
    headings = ["Nomor KK", "NIK", "Nama Lengkap", "Jenis Kelamin", "Tanggal Lahir", "RW", "RT"]
    rows = [[KK, "0", f"Orang {place}", "L", day, "002", "005"] for place, day in enumerate(days)]
    assert take(xlsx([headings, *rows])).values("tanggal_lahir") == days


@many
@given(st.integers(0, 31), st.integers(0, 13), st.integers(1900, 2030), st.sampled_from("-/"))
def test_impossible_date_is_a_fault(day: int, month: int, year: int, mark: str) -> None:
    """A day that the calendar lacks is never moved to one that it has."""
    try:
        expected: object = date(year, month, day)
    except ValueError:
        expected = Fault("TGL01")
    assert read_date(f"{day}{mark}{month}{mark}{year}") == expected


@many
@given(st.integers(0, 10**12 - 1))
def test_rendered_amount_is_itself(rupiah: int) -> None:
    """With and without `Rp`, grouped by dots, with decimals after a comma."""
    grouped = f"{rupiah:,}".replace(",", ".")
    for text in (str(rupiah), grouped, f"Rp {grouped}", f"Rp{grouped},-", f"Rp. {grouped},00", f"{grouped},0"):
        assert read_amount(text) == rupiah, text
        assert read_whole(text) == rupiah, text


@many
@given(st.text(max_size=20))
def test_no_text_breaks_a_reader(text: str) -> None:
    """Any text is a value, nothing, or a fault with a rule."""
    for read in (read_date, read_amount, read_whole, read_nik, read_family_card):
        found = read(text)
        if isinstance(found, Fault):
            assert re.fullmatch(r"[A-Z]+[0-9]{2}", found.rule)
