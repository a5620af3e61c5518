"""Which rows of which sheets are data, and for which dataset: nothing is lost, nothing is counted twice."""

from datetime import date
from typing import Any

import pytest

from .taking import take
from .workbooks import (
    AID,
    BUDI,
    COUNTS,
    FAMILY,
    PEOPLE,
    PERSON,
    PUPIL,
    PUPILS,
    SITI,
    WORKER,
    Table,
    changed,
    person,
    saved,
    table,
    without,
    workbook,
    xlsx,
)

EMPTY: list[Any] = [None] * 8


def at(column: int, text: object, *more: tuple[int, object]) -> list[Any]:
    """A row with a text in one column of PEOPLE, counted from 0, and more where named."""
    row = list(EMPTY)
    for place, value in ((column, text), *more):
        row[place] = value
    return row


def test_blank_rows_and_hidden_rows() -> None:
    """Blank rows are passed over, hidden rows are rows; row numbers stay those of Excel."""
    rows = [PEOPLE[0], [], PEOPLE[1], EMPTY, ["  "], PEOPLE[2], ["\u00a0"], [], PEOPLE[3]]
    book = workbook({"Data": rows})
    book["Data"].row_dimensions[6].hidden = True
    book["Data"]["C9"].value = None
    taken = take(saved(book))
    assert taken.names == ["Ahmad", "Budi"]
    assert taken.found == [("WAJIB01", "C9")]


@pytest.mark.parametrize(
    "text",
    ["JUMLAH", "Jumlah", "TOTAL", "Total Keseluruhan", "SUB TOTAL", "GRAND TOTAL", " jumlah : 3 orang", "JUMLAH TOTAL",
     pytest.param("Sub-Total")],
)  # fmt: skip
def test_total_row_is_no_data(text: str) -> None:
    """Without NIK, KK and RT, wherever its text stands but in the key columns."""
    taken = take(xlsx([*PEOPLE, at(2, text, (3, 3))]))
    assert taken.total == (3, 3, 0)
    assert not taken.problems


def test_total_in_an_unknown_column() -> None:
    rows = [["No", *PEOPLE[0]], *([number, *row] for number, row in enumerate(PEOPLE[1:], 1))]
    assert take(xlsx([*rows, ["JUMLAH", *at(2, "3 orang")]])).total == (3, 3, 0)


@pytest.mark.parametrize("column", [0, 1], ids=["KK", "NIK"])
def test_total_in_a_key_column(column: int) -> None:
    taken = take(xlsx([*PEOPLE, at(column, "JUMLAH", (3, 3))]))
    assert taken.total == (3, 3, 0)


@pytest.mark.parametrize("cells", [{0: PERSON["Nomor KK"]}, {1: PERSON["NIK"]}, {7: "005"}], ids=["KK", "NIK", "RT"])
def test_person_called_total_is_data(cells: dict[int, str]) -> None:
    """A NIK, a KK or an RT makes the row a person's, whatever the name."""
    taken = take(xlsx([*PEOPLE, at(2, "Total Hidayat", *cells.items())]))
    assert taken.total == (4, 3, 1)


BELOW: dict[str, Table] = {
    "signature": [[], ["Mengetahui,"], ["Ketua RT 005"], [], [], ["AHMAD YANI"]],
    "signature at the right": [
        [],
        at(4, "Kandangan, 30 September 2025"),
        at(4, "Ketua RT 005 RW 002"),
        [],
        at(4, "AHMAD YANI"),
    ],
    "two signatures": [
        [],
        at(0, "Mengetahui,", (5, "Dibuat oleh")),
        at(0, "Lurah", (5, "Ketua RT")),
        at(0, "H. HASAN", (5, "AHMAD")),
    ],
    "remark": [["Catatan : data diambil dari Kartu Keluarga"]],
    "sentence": [["Data ini diambil dari Kartu Keluarga yang dikumpulkan oleh kader RT setempat"]],
    "source": [["Sumber: buku RT"], ["Keterangan: L laki-laki, P perempuan"]],
    "end mark": [["###"]],
    "end mark in the second column": [[None, "###"]],
    "total, then signature": [at(2, "JUMLAH", (3, 3)), [], ["Ketua RT 005,"], ["AHMAD"]],
}


@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW)
def test_notes_and_signatures_below(below: Table) -> None:
    taken = take(xlsx([*PEOPLE, *below]))
    assert taken.total == (3, 3, 0)
    assert not taken.problems


@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW)
def test_people_below_a_note_are_people(below: Table) -> None:
    """Whoever adds residents under the signature has not lost them."""
    late = table([person("Rusdi", date(1970, 1, 2))])[1]
    assert take(xlsx([*PEOPLE, *below, late])).names == ["Ahmad", "Budi", "Siti", "Rusdi"]


@pytest.mark.parametrize(
    ("row", "held"),
    [(at(0, PERSON["Nomor KK"]), 1), (at(1, "0", (2, "Udin")), 1), (at(2, "Udin"), 1), (at(4, "01-01-1980"), 1),
     (at(3, "L"), 1), (at(6, "002", (7, "005")), 0)],
    ids=["KK", "NIK and name", "name", "date", "sex", "place alone"],
)  # fmt: skip
def test_poor_row_is_held_not_lost(row: list[Any], held: int) -> None:
    """Any filled column that is not a place makes a row data; a pre-filled RT alone does not."""
    assert take(xlsx([*PEOPLE, row])).total == (3 + held, 3, held)


@pytest.mark.parametrize("work", ["Kepala Desa", "Lurah", "Petugas Kebersihan"])
def test_poor_row_with_an_official_is_no_signature(work: str) -> None:
    rows = [PERSON, {"Nama Lengkap": "H. Hasan", "Pekerjaan": work, "RW": "002", "RT": "005"}]
    assert take(xlsx(table(rows))).total == (2, 1, 1)


def test_merged_family_number() -> None:
    """A KK merged over its members is the number of each."""
    book = workbook({"Data": PEOPLE})
    book["Data"].merge_cells("A2:A4")
    taken = take(saved(book))
    assert taken.values("no_kk") == [PERSON["Nomor KK"]] * 3


def test_empty_cell_is_not_filled_down() -> None:
    """Outside a merge nothing is guessed."""
    assert take(changed(PEOPLE, {"A3": None})).found == [("WAJIB01", "A3")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_is_skipped_with_a_warning(state: str) -> None:
    book = workbook({"Lama": table([person("Rusdi", date(1970, 1, 2))]), "Data": PEOPLE})
    book["Lama"].sheet_state = state
    taken = take(saved(book))
    assert taken.names == ["Ahmad", "Budi", "Siti"]
    assert [(p.rule, p.sheet) for p in taken.problems] == [("FILE01", "Lama")]


def test_only_hidden_data() -> None:
    book = workbook({"Kosong": [[]], "Data": PEOPLE})
    book["Data"].sheet_state = "hidden"
    assert str(take(saved(book)).reason).startswith("Semua sheet tersembunyi.")


@pytest.mark.parametrize("name", ["Sheet1", "penduduk", "kesejahteraan", "Rekap Penduduk", "2025", "RT 009", "###"])
def test_sheet_name_is_irrelevant(name: str) -> None:
    taken = take(saved(workbook({name: PEOPLE})))
    assert taken.counts == {(name, "penduduk"): (3, 3, 0)}
    assert taken.areas == ["002-005"] * 3


def test_several_datasets_in_one_workbook() -> None:
    """A sheet each, in any order, between sheets about something else."""
    tables = [table([row]) for row in (PUPILS, WORKER, AID, PERSON, COUNTS, FAMILY, PUPIL)]
    taken = take(xlsx([["Daftar isi"]], *tables, [["Catatan"], ["apa saja"]]))
    assert taken.datasets == {
        "penduduk",
        "kesejahteraan",
        "pendidikan",
        "ketenagakerjaan",
        "rekap_penduduk",
        "rekap_kemiskinan",
        "rekap_pendidikan",
    }
    assert taken.total == (7, 7, 0)


def test_one_sheet_feeds_several_recaps() -> None:
    """Each dataset takes its own columns."""
    taken = take(xlsx(table([{**COUNTS, **AID, **PUPILS, "Lansia": None}])))
    assert taken.total == (3, 3, 0)
    assert taken.values("jumlah_kk", "rekap_penduduk") == [30]
    assert taken.values("lansia", "rekap_penduduk") == [None]
    assert taken.values("penerima_pkh", "rekap_kemiskinan") == [7]
    assert taken.values("sekolah_sd", "rekap_pendidikan") == [12]
    assert taken.unknown == []


def test_one_sheet_feeds_several_registers() -> None:
    """Whoever fills no column of a dataset has no row in it."""
    school = {"Partisipasi Sekolah": "Masih sekolah", "Jenjang": "SD"}
    taken = take(xlsx(table([PERSON, BUDI, {**SITI, **school, "Bekerja": "Tidak"}])))
    assert taken.names == ["Ahmad", "Budi", "Siti"]
    assert taken.values("nama", "pendidikan") == ["Siti"]
    assert taken.values("nama", "ketenagakerjaan") == ["Siti"]


def test_another_table_below_is_read_too() -> None:
    """Each table of a sheet feeds what its own headings say."""
    taken = take(xlsx([*PEOPLE, [], *table([FAMILY])]))
    assert taken.names == ["Ahmad", "Budi", "Siti"]
    assert taken.counts == {("Sheet1", "penduduk"): (3, 3, 0), ("Sheet1", "kesejahteraan"): (1, 1, 0)}


def test_register_beats_recap() -> None:
    """A sheet that fits a register never feeds a recap."""
    taken = take(xlsx(table([{**PERSON, **COUNTS, **AID}])))
    assert taken.datasets == {"penduduk"}


def test_sheets_of_one_rt_are_joined() -> None:
    """Two visible sheets of one workbook, one RT."""
    taken = take(xlsx(table([PERSON]), table([{**BUDI, "RT": 5}])))
    assert taken.names == ["Ahmad", "Budi"]
    assert taken.areas == ["002-005"] * 2


def test_same_row_twice_counts_once() -> None:
    """Also from sheet to sheet, and where the date is written another way; the copy is held."""
    taken = take(xlsx(table([PERSON]), table([{**PERSON, "Tanggal Lahir": date(1990, 5, 12)}])))
    assert taken.total == (2, 1, 1)
    assert [p.rule for p in taken.problems if p.severity == "error"] == ["DUP05"]


def test_same_row_with_its_rt_written_another_way() -> None:
    assert take(xlsx(table([PERSON, {**PERSON, "RT": "5"}]))).total == (2, 1, 1)


def test_two_people_with_one_nik_are_held() -> None:
    taken = take(xlsx(table([PERSON, {**PERSON, "Nama Lengkap": "Lain"}, BUDI])))
    assert taken.names == ["Budi"]
    assert [entry for entry in taken.found if entry[0] == "DUP01"] == [("DUP01", "B2"), ("DUP01", "B3")]


def test_people_without_nik_are_no_duplicates() -> None:
    """Not yet issued is no number that two people could share."""
    rows = [{**PERSON, "NIK": "0"}, {**BUDI, "NIK": None}, {**SITI, "NIK": 0}]
    assert take(xlsx(table(rows))).total == (3, 3, 0)


def test_unreadable_cells_do_not_make_two_rows_the_same() -> None:
    """Two rows that differ only where they cannot be read are not called copies of each other."""
    rows = [{**PERSON, "NIK": "0", "Tanggal Lahir": text} for text in ("30/02/2015", "31/02/2015")]
    taken = take(xlsx(table(rows)))
    assert taken.total == (2, 0, 2)
    assert "DUP05" not in {rule for rule, _ in taken.found}


def test_total_row_of_a_recap_is_checked_not_counted() -> None:
    rows = [COUNTS, {**COUNTS, "RT": "006"}, {"RW": "Jumlah", "Penduduk Laki-laki": 120, "Penduduk Perempuan": 101}]
    taken = take(xlsx(table(rows)))
    assert taken.total == (2, 2, 0)
    assert taken.found == [("REK03", "D4")]


def test_blank_is_unknown_not_zero() -> None:
    """What a count sheet does not say was not collected."""
    taken = take(xlsx(table([{**COUNTS, "Lansia": None, "Kelahiran": 0}])))
    assert taken.values("lansia", "rekap_penduduk") == [None]
    assert taken.values("kelahiran", "rekap_penduduk") == [0]
    assert take(xlsx(table([{**COUNTS, "Penduduk Perempuan": None}]))).total == (1, 0, 1)


def test_refused_sheet_beside_a_good_one() -> None:
    """The good one comes in, the other is named with what it lacks."""
    taken = take(xlsx(PEOPLE, table([without(BUDI, "NIK")])))
    assert taken.names == ["Ahmad", "Budi", "Siti"]
    assert [(p.rule, p.sheet) for p in taken.problems] == [("FILE02", "Sheet2")]
    assert "NIK" in taken.problems[0].message
