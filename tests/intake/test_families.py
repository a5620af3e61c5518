"""Forms of families: card and address above the members go to each of them, and faults point to those lines."""

import datetime as dt
import io

import openpyxl
import pytest

from pipelines.returned.mark import mark_workbook

from .families import CARDS, bip_2012, bip_2016, bip_ektp, luwu_timur
from .taking import Taken, register, take
from .workbooks import Table, xlsx

FORMS: dict[str, tuple[Table, bool]] = {
    "BIP 2012": (
        bip_2012("DUSUN LOCO, RT:001, RW:002, Kodepos:83355,-", "DUSUN LOCO, RT:003, RW:001, Kodepos,-"),
        True,
    ),
    "BIP 2016": (
        bip_2016("Alamat : X, Nama Dusun : LOCO, RT/RW : 001/002", "Alamat : X, Nama Dusun : LOCO, RT/RW : 003/001"),
        False,
    ),
    "BIP 2016 Luwu Timur": (
        luwu_timur(("DSN. LOCO,Kodepos :92974,Telp :,-", "001/002"), ("DSN. LOCO,Kodepos :92974,Telp :,-", "003/001")),
        True,
    ),
    "BIP e-KTP": (
        bip_ektp("DESA BESAR RT/RW : 001/002 DUSUN : LOCO", "DESA BESAR RT/RW : 003/001 DUSUN : DUSUN LOCO"),
        True,
    ),
}


def errors(taken: Taken) -> list[tuple[str, str]]:
    """Rule and cell of what holds rows."""
    return [(p.rule, p.cell) for p in taken.problems if p.severity == "error"]


@pytest.mark.parametrize("form", FORMS)
def test_every_member_has_its_family(form: str) -> None:
    table, marital = FORMS[form]
    taken = take(xlsx(table))
    assert taken.layouts == {"Sheet1": form}
    assert (taken.reason, taken.total, errors(taken), taken.unknown) == (None, (5, 5, 0), [], [])
    assert taken.names == ["AHMAD", "SITI", "BUDI", "HASAN", "RANI"]
    assert taken.values("no_kk") == [CARDS[0]] * 3 + [CARDS[1]] * 2
    assert taken.areas == ["LOCO.002-001"] * 3 + ["LOCO.001-003"] * 2
    assert taken.values("jenis_kelamin") == [1, 2, 1, 1, 2]
    assert taken.values("tanggal_lahir")[2] == dt.date(2015, 4, 3)
    assert taken.values("hubungan_keluarga") == [1, 3, 4, 1, 4]
    assert taken.values("status_perkawinan") == ([2, 2, 1, 4, 3] if marital else [None] * 5)
    assert taken.values("pekerjaan") == ["Petani/Pekebun"] * 5
    has_card = {"BIP 2012": [None] * 5, "BIP e-KTP": [True, True, False, False, False]}
    assert taken.values("ktp_el") == has_card.get(form, [None] * 5)


@pytest.mark.parametrize("form", FORMS)
def test_several_sheets_are_joined(form: str) -> None:
    """One sheet a dusun is usual."""
    table, _ = FORMS[form]
    other = [[cell.replace("LOCO", "MANGSIT") if isinstance(cell, str) else cell for cell in row] for row in table]
    other = [[cell.replace("5202", "5203") if isinstance(cell, str) else cell for cell in row] for row in other]
    taken = take(xlsx(table, other))
    assert taken.total == (10, 10, 0)
    assert {area.split(".")[0] for area in taken.areas} == {"LOCO", "MANGSIT"}


def test_a_family_without_rt_is_held_at_its_address() -> None:
    """RT 000 is none; the file's place in the inbox may say it."""
    table = bip_ektp("DESA BESAR RT/RW : 000/000 DUSUN : -", "DESA BESAR RT/RW : 003/001 DUSUN :")
    taken = take(xlsx(table))
    assert taken.total == (5, 2, 3)
    assert errors(taken) == [("WAJIB01", "L5")] * 3
    assert taken.areas == ["001-003"] * 2
    assert take(xlsx(table), "RT 007 RW 001/bip.xlsx").areas == ["001-007"] * 3 + ["001-003"] * 2


def test_marks_stand_at_the_line_of_the_family() -> None:
    """In the workbook handed back the address is coloured, once for the whole family."""
    content = xlsx(bip_ektp("DESA BESAR RT/RW : 000/000 DUSUN : -", "DESA BESAR RT/RW : 003/001 DUSUN :"))
    marked = openpyxl.load_workbook(io.BytesIO(mark_workbook(content, "bip.xlsx", take(content).problems)))
    comments = {cell.coordinate for row in marked["Sheet1"] for cell in row if cell.comment}
    assert comments == {"L5"}


def test_a_file_named_after_another_rt_is_warned_of_once() -> None:
    """At the first line that says so; a form of several RTs may be named after any of them."""
    one = xlsx(bip_ektp(*["DESA BESAR RT/RW : 003/001 DUSUN : LOCO"] * 2))
    warned = [(p.rule, p.severity, p.cell) for p in take(one, "RT 007 RW 001/bip.xlsx").problems if p.rule == "FILE06"]
    assert warned == [("FILE06", "warning", "L5")]
    assert take(one, "RT 007 RW 001/bip.xlsx").areas == ["LOCO.001-003"] * 5
    several = xlsx(FORMS["BIP e-KTP"][0])
    for content, name in ((one, "RT 003 RW 001/bip.xlsx"), (several, "RT 007 RW 001/bip.xlsx")):
        assert "FILE06" not in {p.rule for p in take(content, name).problems}


def test_an_rt_that_the_register_does_not_know_is_shown_at_the_family() -> None:
    """With what its line says, not with the empty cell of a member."""
    content = xlsx(luwu_timur(("DSN. LOCO", "001/002"), ("DSN. LOCO", "003/001")))
    taken = take(content, register=register("001-003"))
    assert errors(taken) == [("GEO04", "L6")] * 3
    assert all('RT "001/002" tidak dikenal' in p.message for p in taken.problems if p.rule == "GEO04")


def test_a_member_without_number_and_nik_is_no_furniture() -> None:
    table = [list(row) for row in FORMS["BIP e-KTP"][0]]
    child = next(row for row in table if row[1] == "BUDI")
    child[0] = child[2] = None
    taken = take(xlsx(table))
    assert taken.total == (5, 5, 0)
    assert taken.values("nik")[2] is None


def test_an_address_is_not_that_of_the_family_above() -> None:
    """Where a family's line says no RW, it has none."""
    taken = take(xlsx(bip_2012("DUSUN LOCO, RT:001, RW:002, Kodepos", "RT:003, Kodepos:83355,-")))
    assert taken.areas == ["LOCO.002-001"] * 3 + ["000-003"] * 2


@pytest.mark.parametrize("form", ["BIP 2016", "BIP e-KTP", "BIP 2016 Luwu Timur"])
def test_a_faulty_card_is_shown_where_it_stands(form: str) -> None:
    at = {"BIP 2016": "A9", "BIP e-KTP": "A14", "BIP 2016 Luwu Timur": "L21"}[form]
    table, _ = FORMS[form]
    wrong = CARDS[1][:15] + ("X" if form == "BIP 2016" else "0")
    damaged = [[cell.replace(CARDS[1], wrong) if isinstance(cell, str) else cell for cell in row] for row in table]
    if form != "BIP 2016":  # as Excel leaves a long number: sixteen digits, the last one lost
        damaged = [[int(cell) if cell == wrong else cell for cell in row] for row in damaged]
    taken = take(xlsx(damaged))
    assert taken.total == (5, 3, 2)
    assert errors(taken) == [("ID04" if form == "BIP 2016" else "ID05", at)] * 2


def test_a_member_with_a_faulty_cell() -> None:
    """Its own cells are named as in any sheet."""
    table, _ = FORMS["BIP 2016"]
    table = [list(row) for row in table]
    table[5][2], table[6][4] = "52020", "31-02-1992"
    taken = take(xlsx(table))
    assert taken.total == (5, 3, 2)
    assert errors(taken) == [("ID01", "C6"), ("TGL01", "E7")]


def test_a_form_without_family_lines_is_refused() -> None:
    table, _ = FORMS["BIP 2016"]
    taken = take(xlsx([row for row in table if not str(row[0]).startswith("No. KK")]))
    assert taken.reason is not None
    assert "Dikenal sebagai BIP 2016: nomor KK di atas anggota keluarga tidak ditemukan" in taken.reason


@pytest.mark.parametrize("form", FORMS)
def test_a_flattened_form_is_an_ordinary_sheet(form: str) -> None:
    """An officer who wrote card and RT on each row keeps the form's headings and words."""
    taken = take(xlsx(FORMS[form][0]))
    heading = next(row for row in FORMS[form][0] if "NIK" in row)
    index = FORMS[form][0].index(heading)
    double = form in ("BIP 2016", "BIP e-KTP")
    members = [row for row in FORMS[form][0] if str(row[heading.index("NIK")] or "").strip("\xa0").isdigit()]
    table: Table = [[*heading, "No KK", "RT"]]
    table += [[*FORMS[form][0][index + 1], None, None]] if double else []
    table += [[*row, CARDS[0], "009"] for row in members]
    flat = take(xlsx(table))
    assert (flat.reason, flat.total, errors(flat)) == (None, (5, 5, 0), [])
    assert set(flat.areas) == {"000-009"}
    assert flat.values("status_perkawinan") == taken.values("status_perkawinan")
    assert flat.values("ktp_el") == taken.values("ktp_el")
