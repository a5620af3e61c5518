"""NIK and KK: kept as the text they are, never through a number, never repaired where a digit is in doubt."""

from typing import Any

import pytest

from .taking import take
from .workbooks import KK, NIK, PERSON, csv, each, table, xlsx

WOMAN_IN_PAPUA = "9471017011880003"  # beyond the whole numbers that a float keeps apart


def with_nik(value: Any) -> bytes:
    """One resident with this NIK cell."""
    return xlsx(table([{**PERSON, "NIK": value}]))


@pytest.mark.parametrize(
    "written",
    [NIK, "'" + NIK, f" {NIK} ", NIK + "\u00a0", "\u00a0" + NIK, "\u200b" + NIK, "\ufeff" + NIK, "\u202e" + NIK,
     NIK[:6] + "\u200b" + NIK[6:], NIK.translate({ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"}), NIK + "\n"],
    ids=["plain", "apostrophe", "spaces", "NBSP after", "NBSP before", "zero-width", "BOM", "direction mark",
         "zero-width within", "full-width digits", "line break"],
)  # fmt: skip
def test_what_surrounds_a_nik_is_not_part_of_it(written: str) -> None:
    taken = take(with_nik(written))
    assert taken.values("nik") == [NIK]
    assert taken.total == (1, 1, 0)


@pytest.mark.parametrize("separator", [" ", ".", "-", "\u00a0"], ids=["space", "dot", "hyphen", "NBSP"])
def test_separators_are_taken_out_with_a_warning(separator: str) -> None:
    written = separator.join((NIK[:6], NIK[6:12], NIK[12:]))
    taken = take(with_nik(written))
    assert taken.values("nik") == [NIK]
    assert taken.found == [("ID06", "B2")]
    taken = take(xlsx(table([{**PERSON, "Nomor KK": separator.join((KK[:6], KK[6:12], KK[12:]))}])))
    assert taken.values("no_kk") == [KK]
    assert taken.found == [("ID06", "A2")]


@pytest.mark.parametrize(
    "written",
    ["0", 0, 0.0, "", None, "-", " ", "00", " 0\u00a0",
     *(pytest.param(text) for text in ("'0", "\u200b0"))],
    ids=repr,
)  # fmt: skip
def test_not_yet_issued(written: Any) -> None:
    """Nobody without a NIK is lost, nor counted as having one."""
    taken = take(with_nik(written))
    assert taken.values("nik") == [None]
    assert taken.total == (1, 1, 0)
    assert not taken.problems


@pytest.mark.parametrize(("label", "letter"), [("NIK", "B"), ("Nomor KK", "A")])
def test_number_is_held(label: str, letter: str) -> None:
    """Excel keeps 15 digits of a number; the 16th cannot be known again."""
    values = [int(NIK), float(NIK), int(WOMAN_IN_PAPUA), 3.2e15, int(NIK[:-1] + "0")]
    taken = take(xlsx(each(label, values)))
    assert taken.names == []
    assert taken.found == [("ID05", f"{letter}{row}") for row in range(2, 7)]


WRONG = {
    "15 digits": NIK[:15],
    "17 digits": NIK + "1",
    "15-digit number": int(NIK[:15]),
    "letter O": NIK.replace("0", "O", 1),
    "letter l": NIK.replace("1", "l", 1),
    "exponent": "3.2E+15",
    "exponent with comma": "6,30605E+15",
    "decimals": NIK + ".0",
    "two numbers": f"{NIK}/{NIK}",
    "words": "belum ada",
    "question mark": "?",
    "Arabic digits": NIK.translate({ord(d): chr(ord(d) - 0x30 + 0x660) for d in "0123456789"}),
    "serial 0000": NIK[:12] + "0000",
    "day 32": "6306053205900001",
    "day 72": "6306057205900001",
    "month 13": "6306051213900001",
    "31 February": "6306053102900001",
    "all zeros": "0" * 16,
    "true": True,
}


def test_wrong_niks_are_held() -> None:
    taken = take(xlsx(each("NIK", WRONG.values())))
    assert taken.names == []
    assert dict(zip(WRONG, taken.found, strict=True)) == {
        name: ("ID01", f"B{row}") for row, name in enumerate(WRONG, 2)
    }
    assert all(problem.message.startswith('NIK "') for problem in taken.problems)


def test_wrong_family_numbers_are_held() -> None:
    """Also a woman's NIK in its place: a card is issued on no 52nd day."""
    written = [KK[:15], KK + "1", KK.replace("0", "O", 1), "3.2E+15", "tidak ada", "0", "0" * 16, "6306055205900001"]
    taken = take(xlsx(each("Nomor KK", written)))
    assert taken.names == []
    assert taken.found == [("ID04", f"A{row}") for row in range(2, 10)]


def test_nik_in_the_family_column_is_held() -> None:
    """The same number in both columns: it is one of them only."""
    taken = take(xlsx(table([{**PERSON, "Nomor KK": NIK}])))
    assert taken.total == (1, 0, 1)
    assert ("ID04", "A2") in taken.found


def test_empty_family_number_is_held() -> None:
    assert take(xlsx(table([{**PERSON, "Nomor KK": None}]))).found == [("WAJIB01", "A2")]


def test_neighbours_beyond_float_precision_stay_two_people() -> None:
    """Read as floats, serials 0003 and 0005 of Papua would become one number."""
    rows = [
        {**PERSON, "NIK": f"947101701188000{n}", "Nama Lengkap": f"Orang {n}", "Jenis Kelamin": "P",
         "Tanggal Lahir": "30-11-1988", "Hubungan dalam Keluarga": "Famili Lain" if n > 3 else "Kepala Keluarga"}
        for n in (3, 4, 5)
    ]  # fmt: skip
    taken = take(xlsx(table(rows)))
    assert taken.values("nik") == ["9471017011880003", "9471017011880004", "9471017011880005"]
    assert not taken.problems


def test_temporary_and_foreign_numbers_come_in_with_a_warning() -> None:
    assert take(with_nik("0" + NIK[1:])).found == [("ID07", "B2")]
    assert take(with_nik("99" + NIK[2:])).found == [("ID03", "B2")]


def test_names_that_other_programs_take_for_nothing() -> None:
    names = ["NA", "None", "null", "nan", "N/A", "True", "Nil", "1e5", "Jumlahadi"]
    assert take(xlsx(each("Nama Lengkap", names))).names == names


def test_names_keep_their_letters() -> None:
    names = ["=Ahmad", "+62", "@nama", "O'Neil", "Núr Aïny", "عبد الله", "H. Ahmad 'Amat' S.Pd"]
    assert take(csv(each("Nama Lengkap", names)), "data.csv").names == names


def test_control_character_in_a_cell_is_no_mark() -> None:
    assert take(csv(table([{**PERSON, "Nama Lengkap": "\x02Ahmad"}])), "data.csv").total == (1, 1, 0)
