"""Headings are found wherever they stand and however they are written; what is missing or double is named."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest

from schemas import datasets

from .taking import Taken, take
from .workbooks import AID, COUNTS, FAMILY, PEOPLE, PERSON, PUPIL, PUPILS, WORKER, Table, table, xlsx

HEADINGS = PEOPLE[0]
ROWS = PEOPLE[1:]
ONE_ROW = {
    "penduduk": PERSON,
    "kesejahteraan": FAMILY,
    "pendidikan": PUPIL,
    "ketenagakerjaan": WORKER,
    "rekap_penduduk": COUNTS,
    "rekap_kemiskinan": AID,
    "rekap_pendidikan": PUPILS,
}


def all_in(taken: Taken) -> bool:
    """Whether the three people came in whole, each in the right RT, without a word."""
    return (
        taken.total == (3, 3, 0)
        and taken.names == ["Ahmad", "Budi", "Siti"]
        and taken.areas == ["002-005"] * 3
        and not taken.problems
    )


ABOVE: dict[str, Table] = {
    "nothing": [],
    "one title": [["DAFTAR PENDUDUK"]],
    "titles and blank rows": [["PEMERINTAH KABUPATEN"], [], [None, "Daftar Penduduk"], ["Triwulan III 2025"], []],
    "ten blank rows": [[]] * 10,
    "words that are headings elsewhere": [["Nama", "Kelurahan X"], ["Tanggal", "30-09-2025"]],
}


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
def test_title_rows_above(above: Table) -> None:
    assert all_in(take(xlsx([*above, *PEOPLE])))


def test_table_away_from_the_corner() -> None:
    """Columns and rows before the table are no part of it, and addresses are those of Excel."""
    rows = [[], [], *([None, None, *row] for row in PEOPLE)]
    assert all_in(take(xlsx(rows)))
    rows[4][4] = None
    assert take(xlsx(rows)).found == [("WAJIB01", "E5")]


@pytest.mark.parametrize("seed", range(4))
def test_any_column_order(seed: int) -> None:
    order = list(range(len(HEADINGS)))
    Random(seed).shuffle(order)
    assert all_in(take(xlsx([[row[place] for place in order] for row in PEOPLE])))


@pytest.mark.parametrize(
    "headings",
    [
        ["NO KK", "NIK", "NAMA", "JK", "TGL LAHIR", "SHDK", "RW", "RT"],
        ["No. Kartu Keluarga", "No. KTP", "Nama Anggota Keluarga", "L/P", "Tgl Lahir", "Hubungan", "No RW", "No RT"],
        ["no_kk", "nik", "nama", "jenis_kelamin", "tanggal_lahir", "hubungan_keluarga", "rw", "rt"],
        ["nomor kk", "n.i.k", "nama\nlengkap", " JENIS  KELAMIN ", "Tanggal-Lahir", "S.H.D.K.", "R.W.", "rt"],
        ["NOMOR KK", "NIK :", "Nama Lengkap*", "Jenis\r\nKelamin", "TANGGAL LAHIR", "shdk", "RW.", "(RT)"],
        ["Nomor\u00a0KK", "ＮＩＫ", "Nama\u200bLengkap", "JK", "Tanggal\u00adLahir", "SHDK", "RW", "RT"],
        ["1. Nomor KK", "2. NIK", "3. Nama Lengkap", "(4) JK", "5) Tanggal Lahir", "6. SHDK", "7. RW", "8. RT"],
        ["Nomor KK (16 angka)", "NIK (16 angka)", "Nama Lengkap (sesuai KTP)", "Jenis Kelamin (L/P)",
         "Tanggal Lahir (hh-bb-tttt)", "SHDK (kode)", "RW", "RT"],
        ["Nomer KK", "NIK", "Nama Lgkp", "Jns Kelamin", "Tgl. Lhr", "Stts. Hub. dlm Keluarga", "RW", "RT"],
        ["110. Nomor KK", "R303. NIK", "R.302: Nama Lengkap", "P304 Jenis Kelamin", "308a. Tanggal Lahir",
         "B3 05) SHDK", "106. RW", "107. RT"],
    ],
    ids=["short", "synonyms", "canonical", "case", "punctuation", "unicode", "numbered", "parentheses", "shortened",
         "questions"],
)  # fmt: skip
def test_writing_of_headings(headings: list[str]) -> None:
    assert all_in(take(xlsx([headings, *ROWS])))


@pytest.mark.parametrize("heading", ["Tgl Kel.", "Jml Hub", "Sts", "Hub Tgl", "Akte Kematian"])
def test_a_shortened_heading_that_no_column_has_stays_unknown(heading: str) -> None:
    taken = take(xlsx([[*HEADINGS, heading], *([*row, "1"] for row in ROWS)]))
    assert taken.total == (3, 3, 0)
    assert taken.unknown == [heading]


def writings() -> list[tuple[str, str, str]]:
    """Dataset, column and writing: canonical name, label and every synonym."""
    return [
        (name, column, word)
        for name, dataset in datasets().items()
        for column, spec in dataset.columns().items()
        for word in dict.fromkeys((column, spec.label, spec.label.upper(), *spec.synonyms))
    ]


@pytest.mark.parametrize("dataset", datasets())
def test_every_declared_writing(dataset: str) -> None:
    """Each label, canonical name and synonym stands for its column, alone and beside the starred ones."""
    columns, base = datasets()[dataset].columns(), ONE_ROW[dataset]
    tables, words = [], []
    for _, column, word in (entry for entry in writings() if entry[0] == dataset):
        label = columns[column].label
        row = {name: value for name, value in base.items() if name != label}
        tables.append(table([{**row, word: base.get(label, "?")}]))
        words.append(f"{column}: {word}")
    for start in range(0, len(tables), 150):  # a workbook holds 200 sheets at most
        taken = take(xlsx(*tables[start : start + 150]))
        fed = {sheet for sheet, name in taken.counts if name == dataset}
        assert [word for number, word in enumerate(words[start : start + 150], 1) if f"Sheet{number}" not in fed] == []
        assert taken.unknown == []


TWO_LINES: dict[str, Table] = {
    "second line under a merged first": [
        ["Nomor KK", "NIK", "Nama Lengkap", "Jenis", "Tanggal", "SHDK", "Alamat", None],
        [None, None, None, "Kelamin", "Lahir", None, "RW", "RT"],
    ],
    "groups above": [
        ["Identitas", None, None, "Keterangan", None, None, "Tempat Tinggal", None],
        HEADINGS,
    ],
    "all words cut in two": [
        ["Nomor", "No", "Nama", "Jenis", "Tgl", "Hubungan", "No", "No"],
        ["KK", "NIK", "Lengkap", "Kelamin", "Lahir", "Keluarga", "RW", "RT"],
    ],
}


@pytest.mark.parametrize("headings", TWO_LINES.values(), ids=TWO_LINES)
def test_two_line_headings(headings: Table) -> None:
    assert all_in(take(xlsx([["DAFTAR PENDUDUK"], *headings, *ROWS])))


def test_two_line_recap() -> None:
    """A number's group and its part make one heading: `Jumlah Penduduk` over `L` and `P`."""
    rows = [
        ["RW", "RT", "Jumlah Penduduk", None, None, "Jumlah KK"],
        [None, None, "L", "P", "L+P", None],
        ["002", "005", 60, 50, 110, 30],
    ]
    taken = take(xlsx(rows))
    assert taken.total == (1, 1, 0)
    assert taken.values("penduduk_laki_laki", "rekap_penduduk") == [60]
    assert taken.values("penduduk_perempuan", "rekap_penduduk") == [50]
    assert taken.values("jumlah_penduduk", "rekap_penduduk") == [110]


MONTHLY: Table = [
    ["NO", "RT/RW", "PENDUDUK AWAL BULAN INI", None, None, "LAHIR", None, None, "MATI", None, None,
     "PENDUDUK AKHIR BULAN INI", None, None, "JUMLAH KK", None, None],
    [None, None, "L", "P", "JML", "L", "P", "JML", "LK", "PR", "JML", "L", "P", "L+P", "L", "P", "JML"],
    [1, "005/002", 59, 49, 108, 1, 2, 3, 1, 0, 1, 60, 50, 110, 25, 5, 30],
]  # fmt: skip


def test_monthly_report() -> None:
    """Each group has its men, women and sum; residents are those at the end, and heads of families are no residents."""
    taken = take(xlsx(MONTHLY))
    assert taken.total == (1, 1, 0)
    assert {
        column: taken.values(column, "rekap_penduduk")
        for column in ("penduduk_laki_laki", "penduduk_perempuan", "jumlah_penduduk", "jumlah_kk", "kelahiran")
    } == {
        "penduduk_laki_laki": [60],
        "penduduk_perempuan": [50],
        "jumlah_penduduk": [110],
        "jumlah_kk": [30],
        "kelahiran": [3],
    }
    assert taken.values("kematian", "rekap_penduduk") == [1]


@pytest.mark.parametrize("group", ["Lahir", "Datang", "Penduduk Awal Bulan Ini"])
def test_men_of_another_group_are_not_the_men(group: str) -> None:
    """Boys born are not the men who live there: without residents the sheet is refused by name of their heading."""
    rows = [
        ["RW", "RT", group, None, None, "Jumlah KK", "Jumlah Rumah"],
        [None, None, "L", "P", "Jml", None, None],
        ["002", "005", 3, 4, 7, 30, 28],
    ]
    taken = take(xlsx(rows))
    assert taken.counts == {}
    assert "Penduduk Laki-laki, Penduduk Perempuan tidak ditemukan" in str(taken.reason)


def test_repeated_headings_are_no_data() -> None:
    """A table printed over several pages repeats its headings."""
    rows = [ROWS[0], HEADINGS, ROWS[1], [], HEADINGS, ROWS[2], HEADINGS]
    assert all_in(take(xlsx([HEADINGS, *rows])))


@pytest.mark.parametrize("label", ["NIK", "Nomor KK", "Agama", "RT"])
def test_double_heading_is_refused(label: str) -> None:
    """Nobody can know which of the two columns is meant; the sentence names heading and columns."""
    extra = [label] if label in HEADINGS else [label, label]
    taken = take(xlsx([[*HEADINGS, *extra], *([*row, *["x"] * len(extra)] for row in ROWS)]))
    assert taken.counts == {}
    assert f"Judul kolom {label} muncul dua kali" in str(taken.reason)
    assert taken.reason.endswith(".")


def test_two_writings_of_one_column_are_not_mixed() -> None:
    """The label wins over a synonym, and the other column is reported."""
    taken = take(xlsx([["No KTP", *HEADINGS], *(["x", *row] for row in ROWS)]))
    assert all_in(taken)
    assert taken.unknown == ["No KTP"]


def starred() -> list[tuple[str, str]]:
    """Dataset and label of each starred column; an RT may stand elsewhere."""
    return [
        (name, spec.label)
        for name, dataset in datasets().items()
        for spec in dataset.columns().values()
        if spec.required and spec.label != "RT"
    ]


# Whoever leaves a starred column out fills others.
OTHERS = {
    "pendidikan": {"Jenjang": "SD", "Kelas": 3},
    "rekap_kemiskinan": {"Penerima BPNT": 1, "Penerima BST": 2, "RTLH": 3},
    "rekap_pendidikan": {"Sekolah SMP": 1, "Sekolah SMA": 2, "Buta Huruf": 3},
}


@pytest.mark.parametrize(
    ("dataset", "label"),
    [pytest.param(*pair, id="-".join(pair)) for pair in starred()],
)
def test_missing_starred_heading_is_named(dataset: str, label: str) -> None:
    row = {name: value for name, value in ONE_ROW[dataset].items() if name != label}
    taken = take(xlsx(table([{**row, **OTHERS.get(dataset, {})}])))
    assert taken.counts == {}
    assert f"Judul kolom {label} tidak ditemukan" in str(taken.reason)
    assert str(taken.reason).endswith(".")


def test_several_missing_headings_are_all_named() -> None:
    rows = [[row[place] for place in (1, 2, 4, 6, 7)] for row in PEOPLE]
    reason = str(take(xlsx(rows)).reason)
    assert "Nomor KK" in reason
    assert "Jenis Kelamin" in reason


def test_missing_headings_of_a_poor_sheet_are_named() -> None:
    rows = [[row[place] for place in (1, 2, 5, 6, 7)] for row in PEOPLE]
    assert "Jenis Kelamin" in str(take(xlsx(rows)).reason)


def test_unknown_columns_are_reported() -> None:
    """Never an error: the rows come in, and each unknown heading is named as written."""
    taken = take(xlsx([["No", *HEADINGS, "Nomor HP", "Hobi"], *([1, *row, "0812", "mancing"] for row in ROWS)]))
    assert all_in(taken)
    assert taken.unknown == ["No", "Nomor HP", "Hobi"]


NUMBERINGS: list[list[Any]] = [
    [1, 2, 3, 4, 5, 6, 7, 8],
    ["1", "2", "3", "4", "5", "6", "7", "8"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    [-1, -2, -3, -4, -5, -6, -7, -8],
]


@pytest.mark.parametrize("numbering", NUMBERINGS, ids=["numbers", "text", "parentheses", "negative"])
def test_row_of_column_numbers(numbering: list[Any]) -> None:
    """Official forms number their columns below the headings."""
    assert all_in(take(xlsx([HEADINGS, numbering, *ROWS])))


def test_any_recap_row_is_not_taken_for_column_numbers() -> None:
    """Counts that happen to grow by one are counts."""
    taken = take(xlsx(table([{**COUNTS, "Penduduk Laki-laki": 3, "Penduduk Perempuan": 4, "Jumlah KK": 5,
                              "Lansia": 6}])))  # fmt: skip
    assert taken.total == (1, 1, 0)


def test_headings_without_rows() -> None:
    """A blank template is no mistake."""
    taken = take(xlsx([HEADINGS]))
    assert taken.reason is None
    assert taken.total == (0, 0, 0)


@pytest.mark.parametrize("rows", [[["Halo"], ["apa kabar"]], [["NIK"], ["123"]], [[1, 2], [3, 4]]])
def test_no_table_is_rejected(rows: Table) -> None:
    assert str(take(xlsx(rows)).reason).startswith("Tidak ada judul kolom yang dikenal.")


def test_no_synonym_stands_for_two_columns() -> None:
    """Within a dataset a writing means one column, or the same sheet would be read in two ways."""
    for name, dataset in datasets().items():
        words = sorted(
            (word.casefold().replace(" ", ""), column)
            for column, spec in dataset.columns().items()
            for word in dict.fromkeys((column, spec.label, *spec.synonyms))
        )
        assert all(a[0] != b[0] or a[1] == b[1] for a, b in pairwise(words)), name


def test_questions_about_the_last_week_stay_below_their_group() -> None:
    """The week before is what is asked; only a count of an earlier month is another count."""
    upper = ["NIK", "Nama", "RT", "RW", "SEMINGGU YANG LALU", None]
    rows = [upper, [None, None, None, None, "Bekerja", "Mencari Kerja"], ["0", "Ahmad", "005", "002", "Ya", "Tidak"]]
    assert take(xlsx(rows)).values("bekerja", "ketenagakerjaan") == [True]
