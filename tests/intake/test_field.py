"""What real offices send: ticks, headings of three lines, several tables on a sheet, sheets named by RT, lists."""

from typing import Any

import pytest

from .taking import Taken, take
from .workbooks import (
    BUDI,
    COUNTS,
    FAMILY,
    HERE,
    PEOPLE,
    PERSON,
    SITI,
    Table,
    csv,
    saved,
    table,
    without,
    workbook,
    xlsx,
)

NAMES = ["Ahmad", "Budi", "Siti"]
NOWHERE = table(without(row, "RW", "RT") for row in (PERSON, BUDI, SITI))


def ticked(men: list[Any], women: list[Any], *more: list[Any]) -> Table:
    """The three people with their sex ticked below L and P, and rows below them."""
    rows = [[*row[:3], man, woman, *row[4:]] for row, man, woman in zip(PEOPLE[1:], men, women, strict=True)]
    upper = [*PEOPLE[0][:3], "JENIS KELAMIN", None, *PEOPLE[0][4:]]
    return [upper, [None, None, None, "L", "P"], *rows, *more]


@pytest.mark.parametrize("mark", ["v", "V", "x", "√", "✓", 1, "1"])
def test_ticks_below_l_and_p(mark: Any) -> None:
    taken = take(xlsx(ticked([mark, mark, None], [None, "-", mark], ["JUMLAH", None, None, 2, 1])))
    assert (taken.names, taken.values("jenis_kelamin")) == (NAMES, [1, 1, 2])
    assert not taken.problems


def test_ticks_that_say_nothing_certain_are_held() -> None:
    """Both, none, a word; a count betrays that no row is ticked at all."""
    assert take(xlsx(ticked(["v", None, "Ani"], ["v", None, None]))).found == [
        ("KODE01", "D3"), ("WAJIB01", "D4"), ("KODE01", "D5"),
    ]  # fmt: skip
    assert take(xlsx(ticked([1, 1, 2], [0, 1, 3]))).total == (3, 0, 3)


def test_l_and_p_of_one_line() -> None:
    rows = [row for number, row in enumerate(ticked(["v", "v", ""], ["", "", "v"])) if number != 1]
    rows[0][3:5] = ["L", "P"]
    assert take(xlsx(rows)).values("jenis_kelamin") == [1, 1, 2]


def test_three_lines_of_headings() -> None:
    """Merged twice over: the lowest line names the column together with what stands above it."""
    lines = [
        ["NO KK", "IDENTITAS", None, None, None, None, "ALAMAT", None],
        [None, "NIK", "NAMA", "JK", "KELAHIRAN", None, "RW", "RT"],
        [None, None, None, None, "TEMPAT", "TANGGAL", None, None],
    ]
    people = [[*row[:4], "Kandangan", row[4], "002", "005"] for row in PEOPLE[1:]]
    taken = take(xlsx([["DATA WARGA"], *lines, *people]))
    assert (taken.names, taken.areas) == (NAMES, ["002-005"] * 3)
    assert taken.values("tempat_lahir") == ["Kandangan"] * 3
    assert not taken.problems


def counted(*rows: list[Any]) -> list[int]:
    """The men of each RT of a count sheet with these rows."""
    return take(xlsx([["REKAP"], ["RT", "RW", "KK", "L", "P"], *rows])).values("penduduk_laki_laki", "rekap_penduduk")


@pytest.mark.parametrize(
    "below",
    [
        [["REKAP AGAMA"], ["RT", "ISLAM", "KRISTEN", "HINDU"], ["003", 9, 8, 7], ["004", 6, 5, 4]],
        [["MENURUT UMUR"], ["RT", "RW", "0-14", "15-64", "65+"], ["003", "002", 9, 8, 7]],
        [["RT", "RW", "KK Miskin", "Lansia", "Balita"], ["003", "002", 9, 8, 7]],
        [["RT", "RW", "KK", "ISLAM", "KRISTEN"], ["003", "002", 9, 8, 7]],
    ],
    ids=["religions", "ages", "no title", "most headings alike"],
)
def test_counts_of_another_table_are_not_taken_for_these(below: Table) -> None:
    """Its columns stand below ours, and its RTs need not be the same."""
    rows: Table = [["001", "002", 30, 50, 60], ["002", "002", 31, 51, 61], [], *below]
    assert counted(*rows) == [50, 51]
    taken = take(xlsx([["RT", "RW", "KK", "L", "P"], *rows]))
    assert taken.total == (2, 2, 0)
    assert [p.rule for p in taken.problems] == ["FILE04"]
    assert "tabel lain" in taken.problems[0].message


def test_a_complete_table_below_hides_no_people_above() -> None:
    """Their headings lack one, or their family stands in lines: a summary below that lacks none is not theirs."""
    summary: Table = [[], ["REKAP"], ["RT", "RW", "KK", "L", "P"], ["005", "002", 30, 50, 60]]
    poor = [row[:3] + row[4:] for row in PEOPLE]
    taken = take(xlsx([*poor, *summary]))
    assert taken.counts == {("Sheet1", "rekap_penduduk"): (1, 1, 0)}
    assert [(p.rule, p.cell) for p in taken.problems] == [("FILE02", "A1")]
    assert "Jenis Kelamin" in taken.problems[0].message
    families = [PEOPLE[0][1:], [f"No. KK : {PERSON['Nomor KK']}"], *(row[1:] for row in PEOPLE[1:])]
    assert take(xlsx([*families, *summary])).names == NAMES


def test_counts_above_a_complete_table_are_told() -> None:
    """A misspelt heading, and last year's table below it: what was passed over is said."""
    rows: Table = [["RT", "RW", "KK", "L", "Wedok"], ["001", "002", 31, 51, 61], [], ["RT", "RW", "KK", "L", "P"]]
    taken = take(xlsx([*rows, ["001", "002", 30, 50, 60]]))
    assert taken.values("penduduk_laki_laki", "rekap_penduduk") == [50]
    assert [p.rule for p in taken.problems] == ["FILE04"]
    assert "baris 1 " in taken.problems[0].message


def test_a_table_in_another_order_below() -> None:
    late = [["RT 006 RW 002"], ["NAMA", "NIK", "NO KK", "TGL LAHIR", "L/P"], [SITI["Nama Lengkap"], *NOWHERE[3][1::-1],
            SITI["Tanggal Lahir"], "P"]]  # fmt: skip
    taken = take(xlsx([["RT 005 RW 002"], *NOWHERE[:3], [], *late]))
    assert (taken.names, taken.areas) == (NAMES, ["002-005", "002-005", "002-006"])


def test_people_below_what_only_looks_like_headings_stay() -> None:
    """Headings that name no data, with people of the table above below them, end no table."""
    odd = ["Nomor", "Uraian", "Keterangan", "Jumlah"]
    assert take(xlsx([*PEOPLE[:3], [], odd, PEOPLE[3]])).names == NAMES


def test_rw_in_a_line_of_its_own() -> None:
    taken = take(xlsx([["RT", "KK", "L", "P"], ["RW 001"], ["001", 30, 50, 60], ["RW 002"], ["001", 31, 51, 61]]))
    assert [area[-7:] for area in taken.values("area", "rekap_penduduk")] == ["001-001", "002-001"]


def test_a_blank_rw_among_others_is_not_no_rw() -> None:
    rows: Table = [
        ["RW", "RT", "KK", "L", "P"],
        ["001", "001", 30, 50, 60],
        [None, "002", 31, 51, 61],
        ["-", "003", 1, 2, 3],
    ]
    assert take(xlsx(rows)).found == [("WAJIB01", "A3")]


def test_sheet_names_say_the_rt() -> None:
    """A title above the table outweighs the sheet's name, and is told where the two differ."""
    taken = take(saved(workbook({"RT 01": NOWHERE[:3], "RT.02 RW 003": [NOWHERE[0], NOWHERE[3]]})), "RW 002.xlsx")
    assert taken.areas == ["002-001", "002-001", "003-002"]
    other = take(saved(workbook({"RT 01": [["RT 005 RW 002"], *NOWHERE]})))
    assert (other.areas, other.found) == (["002-005"] * 3, [("FILE06", "A1")])
    assert "RT 001" in other.problems[0].message
    assert take(saved(workbook({"RT 01-05": NOWHERE}))).reason is not None


def listed(title: str | None = None, **more: Any) -> Taken:
    """The three people below a title, with one more column."""
    rows = [{**row, **more} for row in (PERSON, BUDI, SITI)]
    return take(xlsx([*([[title]] if title else []), *table(rows)]))


@pytest.mark.parametrize(
    "title",
    ["DAFTAR PENERIMA PKH 2025", "Data Lansia RT 005", "DAFTAR PEMILIH TETAP", "BUKU KEMATIAN", "Data Siswa",
     "DATA PENDUDUK PINDAH KELUAR", "Daftar Nama Penyandang Disabilitas", "DATA KEPALA KELUARGA RT 005"],
)  # fmt: skip
def test_a_list_of_some_is_no_register_of_all(title: str) -> None:
    reason = listed(title).reason
    assert reason and title in reason and "bukan seluruh warga" in reason


@pytest.mark.parametrize(
    "title",
    ["DATA PENDUDUK RT 005", "DAFTAR PENDUDUK DAN PENERIMA BANTUAN", "BUKU INDUK PENDUDUK",
     "DAFTAR KEPALA KELUARGA DAN ANGGOTA KELUARGA", "Daftar Warga Tetap"],
)  # fmt: skip
def test_a_register_of_all_stays_one(title: str) -> None:
    assert listed(title).names == NAMES


def test_a_column_betrays_a_list_only_where_all_fill_it() -> None:
    assert "NISN" in (listed(NISN="0051234567").reason or "")
    some = [{**PERSON, "NISN": None}, {**BUDI, "NISN": "0051234567"}, SITI]
    assert take(xlsx(table(some))).names == NAMES


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Tgl Meninggal", "01-02-2025"),
        ("Ket", "Meninggal"),
        ("KETERANGAN", "sudah pindah ke Banjarmasin"),
        ("Ket.", "alm."),
    ],
)
def test_whoever_is_gone_is_no_resident(heading: str, text: str) -> None:
    rows = table([PERSON, {**BUDI, heading: text}, SITI])
    taken = take(xlsx(rows))
    assert (taken.names, taken.found) == (["Ahmad", "Siti"], [("LIFE01", "I3")])
    assert take(xlsx(table([PERSON, {**BUDI, heading: text, "Status Dasar": "Hidup"}, SITI]))).names == NAMES


@pytest.mark.parametrize("text", ["Pindah datang dari Barabai", "pindah KK", "pindahan", "suami meninggal", "-"])
def test_whoever_came_is_a_resident(text: str) -> None:
    assert take(xlsx(table([PERSON, {**BUDI, "Ket": text}, SITI]))).names == NAMES


@pytest.mark.parametrize(
    "row", [["a", "b", "c", "d", "e", "f"], ["I", "II", "III", "IV", "V", "VI"], [1, 2, 3, "4a", "4b", 5]]
)
def test_numbered_columns(row: list[Any]) -> None:
    assert take(xlsx([PEOPLE[0], row, *PEOPLE[1:]])).total == (3, 3, 0)


def test_four_numbered_columns_are_no_rt() -> None:
    """RT 1 with two families, three men and four women is told from column numbers by where the row stands."""
    rows: Table = [["RT", "KK", "L", "P"], [1, 2, 3, 4], ["002", 31, 51, 61]]
    assert take(xlsx(rows)).values("penduduk_laki_laki", "rekap_penduduk") == [51]
    assert take(xlsx([rows[0], rows[2], rows[1]])).values("penduduk_laki_laki", "rekap_penduduk") == [51, 3]


def test_share_is_no_count() -> None:
    """A column of percentages is not the column of men."""
    rows = table([{**without(COUNTS, "Penduduk Laki-laki"), "% Laki-laki": 45}])
    assert take(xlsx(rows)).reason is not None


def test_lines_that_count_the_table() -> None:
    below = [[None, None, "Laki-laki", 2], [None, None, "Perempuan", ": 1 orang"]]
    assert take(xlsx([*PEOPLE, *below])).total == (3, 3, 0)


def test_the_number_of_whoever_signs_is_nobodys() -> None:
    below = [[], ["Mengetahui,"], [], ["AHMAD YANI, S.Sos"], ["NIP. 196504121990031005"]]
    assert take(xlsx([*PEOPLE, *below])).total == (3, 3, 0)


def test_digits_that_a_csv_keeps_as_text() -> None:
    rows = [PEOPLE[0], *([f'="{row[0]}"', f'="{row[1]}"', *row[2:]] for row in PEOPLE[1:])]
    taken = take(csv(rows, ";"), "data.csv")
    assert (taken.names, taken.problems) == (NAMES, [])


@pytest.mark.parametrize(
    "text", ["Kandangan / 12-05-1990", "KANDANGAN 12 Mei 1990", "H. S. Selatan. 12/05/1990", "12 – 05 – 1990"]
)
def test_place_and_date_of_birth_in_one_cell(text: str) -> None:
    assert [str(day) for day in take(xlsx(table([{**PERSON, "Tanggal Lahir": text}]))).values("tanggal_lahir")] == [
        "1990-05-12"
    ]


def test_about_a_date_is_no_date() -> None:
    for text in ("sekitar 12-05-1990", "kira-kira 12 Mei 1990", "tahun 12-05-1990"):
        assert take(xlsx(table([{**PERSON, "Tanggal Lahir": text}]))).total == (1, 0, 1)


def test_family_beside_its_people() -> None:
    """Families below the title of a list come in; that they may not be all is told."""
    assert take(xlsx([["DATA KELUARGA RT 005"], *table([{**FAMILY, **HERE}])])).problems == []
    taken = take(xlsx([["DATA KELUARGA MISKIN"], *table([{**FAMILY, **HERE}])]))
    assert (taken.total, [p.rule for p in taken.problems]) == ((1, 1, 0), ["FILE04"])


FAMILY_ABOVE: dict[str, Table] = {
    "one cell": [["No. KK : {}"]],
    "two cells": [["NOMOR KK", "{}"]],
    "a form": [[], ["No. Kartu Keluarga :", None, "{}"], ["Kepala Keluarga :", None, "AHMAD"], PEOPLE[0][1:]],
}


@pytest.mark.parametrize("above", FAMILY_ABOVE.values(), ids=FAMILY_ABOVE)
def test_card_numbers_above_the_members(above: Table) -> None:
    """A family's number stands in a line of its own, in no column."""
    cards = [PERSON["Nomor KK"], "6306051501100002"]
    families = [
        [*([str(cell).format(card) if cell else cell for cell in row] for row in above), *members]
        for card, members in zip(cards, ([PEOPLE[1][1:], PEOPLE[2][1:]], [PEOPLE[3][1:]]), strict=True)
    ]
    taken = take(xlsx([PEOPLE[0][1:], *families[0], *families[1]]))
    assert (taken.names, taken.values("no_kk")) == (NAMES, [cards[0], cards[0], cards[1]])
    assert taken.total == (3, 3, 0)


def homes(*rows: list[Any], members: Table | None = None) -> Taken:
    """A sheet that names where families live, and one of their members without any RT."""
    return take(saved(workbook({"Keluarga": [["No KK", "Kepala", "RT", "RW"], *rows], "Anggota": members or NOWHERE})))


def test_families_on_one_sheet_and_members_on_another() -> None:
    """Joined by the card number, where both have it as text; otherwise the finding says why not."""
    card = PERSON["Nomor KK"]
    joined = homes([card, "Ahmad", "005", "002"])
    assert (joined.areas, joined.found) == (["002-005"] * 3, [("FILE04", "")])
    assert "'Keluarga'" in joined.problems[0].message
    two = homes([card, "Ahmad", "005", "002"], [card, "Ahmad", "006", "002"])
    assert two.reason is not None and "RT" in two.reason
    assert "tersimpan sebagai angka" in str(homes([int(card), "Ahmad", "005", "002"]).reason)
    lost = homes(["6306051501100009", "Rusdi", "005", "002"])
    assert lost.total == (3, 0, 3)
    assert {p.rule for p in lost.problems} == {"FILE04", "GEO04"}


@pytest.mark.parametrize("title", ["REKAP KEMATIAN", "DATA LANSIA PER RT", "Rekap Penerima PKH", "JUMLAH BALITA"])
def test_men_and_women_of_whom_only_the_title_says(title: str) -> None:
    """Below `Penduduk` they are residents, whatever the title; below L and P alone it decides."""
    rows: Table = [["RT", "KK", "L", "P"], ["001", 3, 1, 2]]
    assert title in str(take(xlsx([[title], *rows])).reason)
    named: Table = [["RT", "KK", "Penduduk Laki-laki", "Penduduk Perempuan"], rows[1]]
    assert take(xlsx([[title], *named])).total == (1, 1, 0)
    assert take(xlsx([["REKAP PENDUDUK"], *rows])).total == (1, 1, 0)


@pytest.mark.parametrize(
    "above",
    [[["PENDUDUK MENURUT PENDIDIKAN TERAKHIR"]], [[None, "TAMATAN"]], [[None, "IJAZAH"]]],
    ids=["title", "1", "2"],
)
def test_what_people_completed_is_not_what_they_attend(above: Table) -> None:
    rows: Table = [["RT", "SD/MI", "SMP/MTs", "SMA/MA/SMK"], ["001", 30, 40, 50]]
    assert "ditamatkan" in str(take(xlsx([*above, *rows])).reason)
    assert take(xlsx([["Pemutakhiran terakhir Juli 2025"], *rows])).total == (1, 1, 0)


@pytest.mark.parametrize(
    ("heading", "label"),
    [("Pengeluaran (per tahun)", "Pengeluaran Bulanan"), ("Pengeluaran (ribu Rp)", "Pengeluaran Bulanan"),
     ("Jumlah Anggota (lama)", "Jumlah Anggota Keluarga"), ("Nomor KK (ayah)", "Nomor KK")],
)  # fmt: skip
def test_parentheses_that_say_something_else(heading: str, label: str) -> None:
    """Of another time, in another unit, of somebody else: no synonym."""
    rows = table([{heading if name == label else name: value for name, value in FAMILY.items()}])
    assert label in str(take(xlsx(rows)).reason)


def test_a_list_of_heads_is_no_register() -> None:
    people = [
        {**row, "Nomor KK": f"630605150110000{n}", "Jml Anggota": 4} for n, row in enumerate((PERSON, BUDI, SITI), 1)
    ]
    assert "12 orang" in str(take(xlsx(table(people))).reason)
    whole = [{**row, "Jml Anggota": 3} for row in (PERSON, BUDI, SITI)]
    assert take(xlsx(table(whole))).names == NAMES


def test_people_of_several_villages_are_told() -> None:
    rows = [
        {**row, "Desa": name} for row, name in zip((PERSON, BUDI, SITI), ("Desa Baru", "BARU", "Lama"), strict=True)
    ]
    taken = take(xlsx(table(rows)))
    assert [p.rule for p in taken.problems] == ["FILE04"]
    assert "lebih dari satu desa" in taken.problems[0].message
    assert not take(xlsx(table(rows[:2]))).problems


def test_too_few_known_headings_are_named() -> None:
    assert "hanya RT, Jumlah KK" in str(take(xlsx([["RT", "KK", "Balita", "Remaja"], ["001", 3, 1, 2]])).reason)


def test_a_sheet_a_month_is_told() -> None:
    """The sheets are joined, as always; why the rows come again is said in words."""
    rows: Table = [["RT", "KK", "L", "P"], ["001", 30, 50, 60]]
    later: Table = [rows[0], ["001", 31, 51, 61]]
    taken = take(saved(workbook({"JULI": rows, "Agt 2025": later})))
    assert taken.total == (2, 0, 2)
    assert [p.rule for p in taken.problems] == ["FILE04", "DUP01", "DUP01"]
    assert "bulan terakhir" in taken.problems[0].message


def test_people_without_headings_are_told() -> None:
    """A list that goes on on the next sheet, without its headings, is not passed over."""
    taken = take(saved(workbook({"Hal 1": PEOPLE[:3], "Hal 2": [[], *PEOPLE[3:]], "Catatan": [["Data RT"]]})))
    assert (taken.names, taken.found) == (NAMES[:2], [("FILE02", "A2")])
    assert "tanpa judul kolom" in taken.problems[0].message
    assert PERSON["NIK"] not in taken.problems[0].message


def test_a_further_table_hides_no_word_about_another_sheet() -> None:
    """People that are passed over are told of also where another sheet has two tables, and each refusal once."""
    passed: Table = [["NIK", "NAMA"], [PERSON["NIK"], "Ahmad"]]
    below: Table = [[], ["REKAP"], ["RT", "RW", "KK", "L", "P"], ["005", "002", 30, 50, 60]]
    taken = take(saved(workbook({"Lain": passed, "Data": [*PEOPLE, *below]})))
    assert [(p.rule, p.sheet) for p in taken.problems] == [("FILE04", "Lain")]
    dead: Table = [["RT", "RW", "KK", "L", "P"], ["005", "002", 30, 50, 60], [], ["DAFTAR KEMATIAN"], *PEOPLE]
    taken = take(xlsx(dead))
    assert [(p.rule, p.cell) for p in taken.problems] == [("FILE02", "A5")]


def test_a_recap_of_pkk() -> None:
    """Lampiran 4.16: toddlers and the sum of all have men and women, too."""
    rows: Table = [
        ["NO", "NOMOR RT", "JML KRT", "JML KK", "JUMLAH ANGGOTA KELUARGA", None, None, None, None, "KET"],
        [None, None, None, None, "TOTAL", None, "BALITA", None, "PUS", None],
        [None, None, None, None, "L", "P", "L", "P", None, None],
        [1, "001", 28, 30, 60, 50, 5, 4, 20, None],
    ]
    taken = take(xlsx(rows), "RW 002.xlsx")
    columns = ("penduduk_laki_laki", "penduduk_perempuan", "jumlah_kk")
    assert [taken.values(column, "rekap_penduduk") for column in columns] == [[60], [50], [30]]


def test_a_sheet_a_family() -> None:
    """Its number and its RT stand above the only table."""
    cards = {"KK 1": PERSON["Nomor KK"], "KK 2": "6306051501100002"}
    people = {"KK 1": NOWHERE[1][1:], "KK 2": NOWHERE[2][1:]}
    taken = take(saved(workbook({
        name: [[f"No. KK : {card}"], ["RT 005 RW 002"], NOWHERE[0][1:], people[name]] for name, card in cards.items()
    })))  # fmt: skip
    assert (taken.values("no_kk"), taken.areas) == (list(cards.values()), ["002-005"] * 2)
