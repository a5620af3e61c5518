"""RT, RW and dusun as people write them: in a cell, in a title, in the file's place; and when they cannot be known."""

from datetime import date
from typing import Any

import pytest

from pipelines.areas import Register

from .taking import register, take
from .workbooks import COUNTS, PERSON, Table, each, person, table, without, xlsx

NOWHERE = without(PERSON, "RW", "RT")
REFUSED = (
    "Sheet 'Sheet1': Judul kolom RT tidak ditemukan. Tambahkan kolom RT, atau tulis RT : 005  RW : 002 di atas tabel."
)
ROWS = table([NOWHERE])
WARD = register("002-005", "002-006", "003-005", "003-007")


def areas(tables: Table, name: str = "data.xlsx", *, known: Register | None = None) -> list[str]:
    """The RTs of the accepted residents of one sheet."""
    return take(xlsx(tables), name, register=known).areas


ONE_RT = ["5", "05", "005", 5, 5.0, "RT 5", "RT 005", "RT.5", "rt 05", "RT-005", "RT: 5", "RT005", " 005 ", "'005"]


def test_writings_of_one_rt() -> None:
    assert areas(each("RT", ONE_RT, RW=None)) == ["000-005"] * len(ONE_RT)
    assert areas(each("RT", ONE_RT, RW="002")) == ["002-005"] * len(ONE_RT)


def test_writings_of_one_rw() -> None:
    written = ["2", "02", "002", 2, "RW 2", "RW.002", "rw 02"]
    assert areas(each("RW", written, RT="005")) == ["002-005"] * len(written)


def test_no_rw() -> None:
    """`000` stands for the RW that is not there."""
    written = [None, "", "-", "0", "000", 0]
    assert areas(each("RW", written, RT="005")) == ["000-005"] * len(written)


BOTH = [
    "RT.005/RW.002", "RT 5 RW 2", "005/002", "5/2", "005 / 002", "RT/RW 005/002", "RT/RW : 005/002", "RW 002 RT 005",
    "RT. 005 RW. 002", "RT005RW002", "RT 05, RW 02", "Rt.005 / Rw.002", "rt 005/rw 002", "RW/RT 002/005",
]  # fmt: skip


@pytest.mark.parametrize("heading", ["RT", "RT/RW"])
def test_rt_and_rw_in_one_cell(heading: str) -> None:
    assert areas(each(heading, BOTH, Dusun=None)) == ["002-005"] * len(BOTH)


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("RT 019 RW 04 DUSUN SEPAKAT TENGAH", "SEPAKATTENGAH.004-019"),
        ("DUSUN SEPAKAT TENGAH RT 019 RW 04", "SEPAKATTENGAH.004-019"),
        ("RT 4 Dusun Mangsit", "MANGSIT.000-004"),
        pytest.param(
            "RT 002 RW 001 DUSUN 02",
            "02.001-002",
        ),
    ],
)
@pytest.mark.parametrize("where", ["cell", "title"])
def test_all_three_at_once(written: str, area: str, where: str) -> None:
    rows = table([{**NOWHERE, "RT": written}]) if where == "cell" else [[written], [], *ROWS]
    assert areas(rows) == [area]


DUSUNS = {
    "Mangsit": "MANGSIT", "DUSUN MANGSIT": "MANGSIT", "Dsn. Mangsit": "MANGSIT", "Sepakat Tengah": "SEPAKATTENGAH",
    "Karang-Anyar 2": "KARANGANYAR2", "I": "I", "3": "3",
}  # fmt: skip


def test_dusun_is_part_of_the_code() -> None:
    """Its name in capitals, letters and digits only, before the RW."""
    assert areas(each("Dusun", DUSUNS, RW="-", RT="004")) == [f"{code}.000-004" for code in DUSUNS.values()]


TITLES: dict[str, tuple[Table, str]] = {
    "contract": ([["RT : 005  RW : 002"]], "002-005"),
    "two lines": ([["RT : 005"], ["RW : 002"]], "002-005"),
    "RW first": ([["RW 002"], ["RT 005"]], "002-005"),
    "cells of their own": ([["RT", ":", "005", None, "RW", ":", "002"]], "002-005"),
    "numbers": ([["RT :", 5, "RW :", 2]], "002-005"),
    "in a sentence": ([["DAFTAR PENDUDUK RT 005 RW 002 KELURAHAN X TRIWULAN 3"]], "002-005"),
    "slash": ([["RT/RW : 005/002"]], "002-005"),
    "joined": ([["RT.005/RW.002"]], "002-005"),
    "dusun": ([["DUSUN : SENGGIGI"], ["RT : 001"]], "SENGGIGI.000-001"),
    "dusun in a line": ([["Dusun Senggigi RT 001 RW 003"]], "SENGGIGI.003-001"),
    "between other titles": ([["PEMERINTAH DESA"], [], ["RT 005 RW 002"], ["Jumlah RT : 9"], ["Th. 2025"]], "002-005"),
}


@pytest.mark.parametrize(
    ("above", "area"),
    [
        *(pytest.param(*entry, id=name) for name, entry in TITLES.items()),
        pytest.param([["RT 005 DUSUN MANGSIT DESA SENGGIGI"]], "MANGSIT.000-005", id="dusun, desa"),
        pytest.param(
            [["RT : 005", "Dusun : Mangsit", "Kecamatan : Batu Layar"]],
            "MANGSIT.000-005",
            id="dusun, kecamatan in another cell",
        ),
        pytest.param([["RT 005/002"]], "002-005", id="RT 005/002"),
        pytest.param([["Data Penduduk RT. 05/02"]], "002-005", id="RT. 05/02"),
    ],
)
def test_title_above_the_table(above: Table, area: str) -> None:
    assert areas([*above, [], *ROWS]) == [area]


@pytest.mark.parametrize(
    "line", ["JUMLAH RT : 5", "Banyaknya RT 9", "Total RT: 12", "RT", "START 5", "Th. 2025", "Art 5"]
)
def test_title_that_names_no_rt(line: str) -> None:
    """Without an RT anywhere the sheet is refused by name of what is missing, not counted somewhere."""
    assert take(xlsx([[line], [], *ROWS])).reason == REFUSED


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("RT 005 RW 002.xlsx", "002-005"),
        ("RW 002/RT 005/penduduk.xlsx", "002-005"),
        ("RW02/rt5.xlsx", "002-005"),
        ("rt005_rw002.xlsx", "002-005"),
        ("RT-005-RW-002 (1).xlsx", "002-005"),
        ("Data RT.005 RW.002 triwulan 3 2025.xlsx", "002-005"),
        ("RT 5.xlsx", "000-005"),
        ("DUSUN MANGSIT/RT 004.xlsx", "MANGSIT.000-004"),
        ("Dusun Mangsit RT 004.xlsx", "MANGSIT.000-004"),
        pytest.param(
            "RT 004 Dusun Mangsit.xlsx",
            "MANGSIT.000-004",
        ),
    ],
)
def test_place_in_the_inbox(name: str, area: str) -> None:
    assert areas(ROWS, name) == [area]


def test_nearer_place_wins() -> None:
    """The row before the title, the title before the folder; each completes the nearer one."""
    rows = [["RT : 006"], [], *table([NOWHERE, {**person("Budi", date(1985, 3, 4)), "RW": None, "RT": 7}])]
    assert sorted(areas(rows, "RW 002/RT 009/data.xlsx")) == ["002-006", "002-007"]


def block(title: str, row: dict[str, Any], *, numbered: bool) -> Table:
    """A title, headings and one person; perhaps with a running number before the key columns."""
    return [[title], *table([{"No": 1, **row} if numbered else row]), []]


SECOND = without(person("Budi", date(1985, 3, 4)), "RW", "RT")
SECOND_TITLES = [
    "RT : 006  RW : 002",
    "RT 006 / RW 002",
    "RW 002 RT 006",
    "DATA PENDUDUK RT 006 RW 002",
    *(
        pytest.param(
            title,
        )
        for title in ("DAFTAR PENDUDUK RT 006 RW 002", "Nama RT : 006 RW : 002", "REGISTER WARGA RT.006/RW.002")
    ),
]


@pytest.mark.parametrize("numbered", [False, True], ids=["key first", "number first"])
@pytest.mark.parametrize("title", SECOND_TITLES)
def test_two_blocks_with_titles_in_one_sheet(title: str, numbered: bool) -> None:
    rows = [*block("RT : 005  RW : 002", NOWHERE, numbered=numbered), *block(title, SECOND, numbered=numbered)]
    taken = take(xlsx(rows))
    assert taken.areas == ["002-005", "002-006"]
    assert taken.total == (2, 2, 0)


def test_rw_once_at_the_top_of_two_blocks() -> None:
    rows = [["RW : 002"], *block("RT : 005", NOWHERE, numbered=True), *block("RT : 006", SECOND, numbered=True)]
    assert areas(rows) == ["002-005", "002-006"]


def test_rows_of_many_rts_in_one_sheet() -> None:
    rows = [
        {**person(f"Orang {rt}", date(1980, 1, rt)), "RW": rw, "RT": rt} for rw, rt in ((2, 5), (2, 6), (3, 5), (3, 7))
    ]
    assert areas(table(rows), known=WARD) == ["002-005", "002-006", "003-005", "003-007"]


def found_in(column: str, written: list[Any], **more: Any) -> list[tuple[str, str]]:
    """Rule and cell for each writing, all of them held, in a file whose place states an RT."""
    taken = take(xlsx(each(column, written, **more)), "RW 002/RT 005/data.xlsx")
    assert taken.total == (len(written), 0, len(written))
    return taken.found


def test_unreadable_rt_is_held() -> None:
    """Also where title or folder name one: the row says another."""
    written = ["X", "RT", "5A", "1000", "RT 5 (lima)", "005/002/001", "lima", "?"]
    assert found_in("RT", written, RW=None) == [("GEO04", f"G{row}") for row in range(2, 10)]


@pytest.mark.parametrize(("column", "written"), [("RW", ["X", "IIX", "1000"]), ("Dusun", ["?", "..."])])
def test_unreadable_place_is_held(column: str, written: list[str]) -> None:
    """Filled and unreadable is an error in every column, starred or not."""
    rows = range(2, 2 + len(written))
    assert found_in(column, written, RT="005") == [("GEO04", f"G{row}") for row in rows]


def test_empty_rt_is_held() -> None:
    taken = take(xlsx(each("RT", [None, "", "-", "0", "000"], RW="002")))
    assert taken.total == (5, 0, 5)
    assert taken.found == [("WAJIB01", f"G{row}") for row in range(2, 7)]


def test_sheet_that_says_nowhere_which_rt_is_refused() -> None:
    assert take(xlsx(ROWS)).reason == REFUSED


def test_problem_without_a_column_still_names_the_row() -> None:
    """The first block states no RT, the second does."""
    taken = take(xlsx([*ROWS, [], ["RT : 006   RW : 002"], [], *ROWS]))
    assert taken.found[0] == ("WAJIB01", "A2")


def test_unknown_rt_with_a_register() -> None:
    """The sentence names the RT that is not there, and the nearest that is."""
    taken = take(xlsx(table([{**NOWHERE, "RW": "002", "RT": "007"}])), register=WARD)
    assert taken.found == [("GEO04", "H2")]
    assert "RT 007 RW 002" in taken.problems[0].message
    assert "mungkin maksudnya" in taken.problems[0].message


@pytest.mark.parametrize(
    ("number", "message"),
    [("005", "tulis juga RW-nya"), ("007", "tulis juga RW-nya"), ("009", "tidak ada dalam daftar")],
)
def test_rt_number_alone_is_never_a_key(number: str, message: str) -> None:
    """Not where it recurs, not where it happens to stand in one RW only."""
    taken = take(xlsx(table([{**NOWHERE, "RT": number}])), register=WARD)
    assert taken.total == (1, 0, 1)
    assert taken.found == [("GEO04", "G2")]
    assert message in taken.problems[0].message


def test_rt_number_alone_where_there_is_no_rw() -> None:
    """`000` is the RW of a kelurahan without RWs."""
    assert areas(table([{**NOWHERE, "RT": "5"}]), known=register("000-004", "000-005")) == ["000-005"]


@pytest.mark.parametrize(
    ("row", "area"),
    [
        ({"RW": "2", "RT": "5"}, "MANGSIT.002-005"),
        ({"Dusun": "Mangsit", "RT": "5"}, "MANGSIT.002-005"),
        ({"Dusun": "Dusun Mangsit", "RW": "02", "RT": "05"}, "MANGSIT.002-005"),
        ({"Dusun": "Loco", "RT": "5"}, "LOCO.003-005"),
    ],
)
def test_register_completes_what_fits_one_rt_only(row: dict[str, str], area: str) -> None:
    known = register("MANGSIT.002-005", "LOCO.003-005", "LOCO.003-006")
    assert areas(table([{**NOWHERE, **row}]), known=known) == [area]


def test_dusun_misspelt_against_the_register_is_held() -> None:
    known = register("SENGGIRING.001-002")
    taken = take(xlsx(table([{**NOWHERE, "Dusun": "Senggiiring", "RW": "1", "RT": "2"}])), register=known)
    assert taken.total == (1, 0, 1)
    assert "SENGGIRING" in taken.problems[0].message


def test_recap_rows_state_their_place_too() -> None:
    rows = table([without(COUNTS, "RW", "RT") | {"Nama RT": "RT 019 RW 04 DUSUN SEPAKAT TENGAH"}])
    assert take(xlsx(rows)).values("area", "rekap_penduduk")[0].endswith("-SEPAKATTENGAH.004-019")


LINES: dict[str, Table] = {
    "a line each": [["RT : 006"], ["RW : 003"]],
    "RW first": [["RW : 003"], ["RT : 006"]],
    "in cells": [["RT", ":", "006"], ["RW", ":", "003"]],
    "two cells": [["RT", 6], ["RW", 3]],
    "a form": [
        ["Kelurahan", ":", "Kandangan", None, "RT", ":", "006"],
        ["Kecamatan", ":", "X", None, "RW", ":", "003"],
    ],
    "amid others": [["KELURAHAN KANDANGAN"], ["Kecamatan", ":", "Kandangan"], ["RT", ":", "006"], ["RW : 003"]],
}


@pytest.mark.parametrize("again", ["the same headings", "no headings", "headings in another order"])
@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_people_of_several_rts_one_below_another(lines: Table, again: str) -> None:
    """Nobody of the second RT may live in the first, however its lines are written."""
    headings, ahmad = ROWS
    first = [[str(cell).replace("6", "5").replace("3", "2") if cell else cell for cell in row] for row in lines]
    below = {"the same headings": [headings, ahmad], "no headings": [ahmad]}.get(again, [headings[::-1], ahmad[::-1]])
    ahmad = [*ahmad[:1], "0", "Budi", *ahmad[3:]]
    assert areas([["DATA WARGA"], *first, headings, ahmad, [], *lines, *below]) == ["002-005", "003-006"]


def test_an_rw_alone_does_not_move_an_rt() -> None:
    """Which RT of the other RW is meant, nobody says."""
    headings, ahmad = ROWS
    taken = take(xlsx([["RT 005 RW 002"], headings, ahmad, ["RW 003"], [*ahmad[:1], "0", "Budi", *ahmad[3:]]]))
    assert (taken.areas, taken.found[0]) == (["002-005"], ("WAJIB01", "A5"))


def test_roman_numbers() -> None:
    """Of RT and RW, in a cell of their own or behind their word; a dusun keeps its name, and X may be a gap."""
    assert areas(each("RW", ["I", "RW II", "rw iv", "XI", "IX"], RT="005")) == [
        "001-005", "002-005", "004-005", "011-005", "009-005",
    ]  # fmt: skip
    assert areas(each("RT", ["V/II", "005/II", "RT V RW II", "RT 5 / RW II"])) == ["002-005"] * 4
    assert areas([["DATA WARGA RT 05 RW III"], *ROWS]) == ["003-005"]
    assert areas(each("RT", ["RT 05 DUSUN V"])) == ["V.002-005"]
    assert take(xlsx(each("RW", ["IIII", "VX", "A"], RT="005"))).total == (3, 0, 3)
    assert areas([["FORMULIR RT X RW X"], *ROWS], "RT 005.xlsx") == ["000-005"]
