"""What would be read without a fault and wrong: part of a number for all of it, some people for all of them."""

from typing import Any

import pytest

from .taking import take
from .workbooks import (
    AID,
    BUDI,
    COUNTS,
    FAMILY,
    KK,
    NIK,
    PERSON,
    SITI,
    WORKER,
    Table,
    each,
    saved,
    table,
    workbook,
    xlsx,
)

PLACE = ["005", "002"]
GROUPS: dict[str, Table] = {
    "men by age": [["RT", "RW", "KK", "L", None, "P", None], [None, None, None, "0-14", "15+", "0-14", "15+"],
                   [*PLACE, 30, 10, 50, 11, 39]],
    "men by kind": [["RT", "RW", "KK", "LAKI-LAKI", None, "PEREMPUAN", None],
                    [None, None, None, "DEWASA", "ANAK", "DEWASA", "ANAK"], [*PLACE, 30, 40, 20, 30, 20]],
    "the poor": [["RT", "RW", "JUMLAH KK", None, "PENDUDUK", None], [None, None, "MISKIN", "LAINNYA", "L", "P"],
                 [*PLACE, 4, 26, 60, 50]],
    "boys": [["RT", "RW", "SEKOLAH SD", None], [None, None, "L", "P"], [*PLACE, 10, 12]],
    "food": [["No KK", "Kepala Keluarga", "RT", "RW", "Jml Anggota", "PENGELUARAN", None],
             [None, None, None, None, None, "MAKANAN", "BUKAN MAKANAN"], [KK, "Ahmad", *PLACE, 4, 1_000_000, 500_000]],
}  # fmt: skip


@pytest.mark.parametrize("rows", GROUPS.values(), ids=GROUPS)
@pytest.mark.parametrize("merged", [True, False])
def test_a_heading_above_several_numbers_is_none_of_them(rows: Table, merged: bool) -> None:
    """Whether the upper line is merged or its further cells are blank; a number of its own would name the column."""
    book = workbook({"Data": rows})
    if merged:
        for place, cell in enumerate(rows[0], 1):
            if cell and place < len(rows[0]) and rows[0][place] is None:
                book.worksheets[0].merge_cells(start_row=1, end_row=1, start_column=place, end_column=place + 1)
    taken = take(saved(book))
    assert taken.counts == {}
    assert "udul" in str(taken.reason)


def test_a_sum_below_a_group_is_the_number() -> None:
    rows: Table = [["RT", "RW", "JUMLAH KK", None, None, "PENDUDUK", None],
                   [None, None, "MISKIN", "LAINNYA", "JML", "L", "P"], [*PLACE, 4, 26, 30, 60, 50]]  # fmt: skip
    assert take(xlsx(rows)).values("jumlah_kk", "rekap_penduduk") == [30]


def test_families_of_the_end_of_the_month() -> None:
    upper = ["RT", "RW", "PENDUDUK AWAL BULAN", None, None, "PENDUDUK BULAN INI", None, None]
    rows = [upper, [None, None, "L", "P", "JML KK", "L", "P", "JML KK"], [*PLACE, 60, 50, 30, 61, 51, 31]]
    assert take(xlsx(rows)).values("jumlah_kk", "rekap_penduduk") == [31]


@pytest.mark.parametrize(
    ("row", "label", "heading", "read"),
    [
        (FAMILY, "Pengeluaran Bulanan", "Pengeluaran (makanan)", False),
        (FAMILY, "Pengeluaran Bulanan", "Pengeluaran (per thn)", False),
        (FAMILY, "Pengeluaran Bulanan", "Pengeluaran (minggu)", False),
        (FAMILY, "Pengeluaran Bulanan", "Pengeluaran (per jiwa)", False),
        (FAMILY, "Pengeluaran Bulanan", "Pengeluaran (rb)", False),
        (FAMILY, "Pengeluaran Bulanan", "Pengeluaran (Rp/bulan)", True),
        (FAMILY, "Pengeluaran Bulanan", "Pengeluaran (sebulan terakhir)", True),
        (FAMILY, "Pengeluaran Bulanan", "Pengeluaran/bln (Rp)", True),
        (FAMILY, "Jumlah Anggota Keluarga", "Jumlah Anggota Keluarga (termasuk KK)", True),
        (FAMILY, "Jumlah Anggota Keluarga", "Jumlah ART (14)", True),
        (COUNTS, "Penduduk Laki-laki", "Laki-laki (balita)", False),
        (COUNTS, "Penduduk Laki-laki", "L (KK)", False),
        (COUNTS, "Penduduk Laki-laki", "Laki-laki (jiwa)", True),
        (COUNTS, "Penduduk Laki-laki", "Laki-laki (L)", True),
        (COUNTS, "Penduduk Laki-laki", "LK (Laki-laki)", True),
        (COUNTS, "Penduduk Laki-laki", "Laki-laki (P)", False),
        (COUNTS, "Jumlah KK", "Jumlah KK (miskin)", False),
        (COUNTS, "Jumlah KK", "Jumlah KK (KK)", True),
        (AID, "Penerima PKH", "Penerima PKH (orang)", False),
        (AID, "Penerima PKH", "Jumlah KPM PKH (keluarga)", True),
        (PERSON, "Tanggal Lahir", "Tanggal Lahir (hari/bulan/tahun)", True),
        (PERSON, "Tanggal Lahir", "Tanggal Lahir (mm/dd/yyyy)", False),
    ],
)
def test_parentheses_of_a_number(row: dict[str, Any], label: str, heading: str, read: bool) -> None:
    """Its unit explains it; of whom it is, for how long or in thousands makes another number of it."""
    taken = take(xlsx(table([{heading if name == label else name: value for name, value in row.items()}])))
    assert (taken.total == (1, 1, 0)) is read
    assert read or label in str(taken.reason) or "belum cukup" in str(taken.reason)


def test_the_week_before_is_the_week_asked_of() -> None:
    """Not an earlier figure, as what stands below `Bulan Lalu` is."""
    names = list(WORKER)
    upper = ["Seminggu yang Lalu" if name == "Bekerja" else None if name == "Jam Kerja" else name for name in names]
    lower = [name if name in ("Bekerja", "Jam Kerja") else None for name in names]
    taken = take(xlsx([upper, lower, list(WORKER.values())]))
    assert taken.values("bekerja", "ketenagakerjaan") == [WORKER["Bekerja"] == "Ya"]


def test_hours_a_day_are_no_hours_a_week() -> None:
    assert take(xlsx(table([{**WORKER, "Jam Kerja (per hari)": 8}]))).values("jam_kerja", "ketenagakerjaan") == [None]
    assert take(xlsx(table([{**WORKER, "Jam Kerja (jam/minggu)": 8}]))).values("jam_kerja", "ketenagakerjaan") == [8]


def test_families_are_no_counts_of_their_rt() -> None:
    """Their answers 1 and 0 would be the RT's recipients, their members its residents."""
    rows = [["No KK", "Nama Kepala Keluarga", "RT", "RW", "Penerima PKH"], [KK, "Ahmad", *PLACE, 1]]
    taken = take(xlsx(rows))
    assert taken.counts == {}
    assert "daftar keluarga" in str(taken.reason)
    counts = [["No", "KK", "RT", "RW", "L", "P"], [1, 30, *PLACE, 60, 50]]
    assert take(xlsx(counts)).total == (1, 1, 0)


def test_dates_with_the_month_first_put_the_others_in_doubt() -> None:
    """As a computer set to English writes them. One such date among others is a slip and leaves them alone."""
    dates = ["5/12/1990", "5/25/1990", "11/30/1985", "3/3/1990", "7 Agustus 1990"]
    taken = take(xlsx(each("Tanggal Lahir", dates)))
    assert taken.names == ["Orang 4", "Orang 5"]
    assert sorted(taken.found) == [("FILE04", ""), ("TGL01", "E2"), ("TGL01", "E3"), ("TGL01", "E4")]
    certain = ["5/12/1990", "5/25/1990", "11/30/1985", "30/11/1985"]
    assert take(xlsx(each("Tanggal Lahir", certain))).names == ["Orang 1", "Orang 4"]
    assert take(xlsx(each("Tanggal Lahir", dates[:2]))).names == ["Orang 1"]


def test_p_beside_w_may_be_a_man() -> None:
    taken = take(xlsx(each("Jenis Kelamin", ["P", "W", "Laki-laki"])))
    assert taken.names == ["Orang 3"]
    assert "P mungkin pria" in taken.problems[0].message


@pytest.mark.parametrize("name", ["MENINGGAL", "Data Lansia 2025", "Penerima PKH", "PINDAH KELUAR"])
def test_a_sheet_of_some_beside_the_register(name: str) -> None:
    """It would count its people twice, or the dead; alone it is read, as its headings say, and the sender is asked."""
    some = table([SITI])
    taken = take(saved(workbook({"Warga": table([PERSON, BUDI]), name: some})))
    assert (taken.names, [(p.rule, p.sheet) for p in taken.problems]) == (["Ahmad", "Budi"], [("FILE02", name)])
    alone = take(saved(workbook({name: table([PERSON, BUDI])})))
    assert (alone.names, [p.rule for p in alone.problems]) == (["Ahmad", "Budi"], ["FILE04"])
    assert take(saved(workbook({"Warga": table([PERSON, BUDI]), "Pendatang": some}))).total == (3, 3, 0)


def test_a_list_of_the_poor_without_a_title() -> None:
    reason = take(xlsx(table([{**PERSON, "DESIL_NASIONAL": 3}, {**SITI, "DESIL_NASIONAL": 4}]))).reason
    assert "penerima bantuan" in str(reason)
    assert take(xlsx(table([{**PERSON, "Desil": 3}, {**SITI, "Desil": 9}]))).total == (2, 2, 0)


@pytest.mark.parametrize(
    ("label", "written", "code"),
    [
        ("Jenis Kelamin", "Laki-laki (L)", 1), ("Jenis Kelamin", "Perempuan / P", 2),
        ("Hubungan dalam Keluarga", "Anak ke-2", 4), ("Hubungan dalam Keluarga", "KEPALA KELUARGA (KK)", 1),
        ("Status Perkawinan", "Belum menikah/lajang", 1), ("Agama", "KRISTEN/PROTESTAN", 2),
    ],
)  # fmt: skip
def test_several_words_that_say_the_same(label: str, written: str, code: int) -> None:
    row = {**PERSON, "NIK": "0", label: written}
    column = label.lower().replace(" dalam ", "_").replace(" ", "_")
    assert take(xlsx(table([row]))).values(column) == [code]


@pytest.mark.parametrize(
    ("label", "written"),
    [("Jenis Kelamin", "L/P"), ("Hubungan dalam Keluarga", "Suami/Istri"), ("Hubungan dalam Keluarga", "Anak 2"),
     ("Status Perkawinan", "Janda/Duda"), ("Status Perkawinan", "Cerai hidup/mati")],
)  # fmt: skip
def test_several_words_that_differ_are_held(label: str, written: str) -> None:
    assert take(xlsx(table([{**PERSON, "NIK": NIK, label: written}]))).total == (1, 0, 1)


def test_none_at_all_is_a_count_and_a_dash_is_none() -> None:
    """An official report says `nihil` of what it counted and did not find."""
    rows = table([{**COUNTS, "Kelahiran": "NIHIL", "Kematian": "-"}])
    taken = take(xlsx(rows))
    assert [taken.values(column, "rekap_penduduk") for column in ("kelahiran", "kematian")] == [[0], [None]]
    assert take(xlsx(table([{**COUNTS, "Kelahiran": "tidak ada"}]))).total == (1, 0, 1)


@pytest.mark.parametrize("upper", [["URAIAN", "RT 001", "RT 002"], ["Keterangan", "Jumlah", None]])
def test_a_table_that_lies_on_its_side_is_told(upper: list[Any]) -> None:
    rows = [upper, ["Jumlah KK", 30, 20], ["Laki-laki", 60, 40], ["Perempuan", 50, 50]]
    reason = str(take(xlsx(rows)).reason)
    assert "melintang" in reason and "Jumlah KK" in reason and "kolom A" in reason
    sexes = [["Warga", "Kelamin?"], *(["Orang", sex] for sex in ("L", "P", "Laki-laki", "L", "P", "Laki-laki"))]
    assert "melintang" not in str(take(xlsx(sexes)).reason)


@pytest.mark.parametrize(
    ("heading", "label", "written", "column", "read"),
    [
        ("Status Perkawinan (1=Kawin 2=Belum Kawin)", "Status Perkawinan", 1, "status_perkawinan", [2]),
        ("Status Perkawinan (1=Kawin 2=Belum Kawin)", "Status Perkawinan", 3, "status_perkawinan", []),
        ("Status Perkawinan (1=Kawin 2=Belum Kawin)", "Status Perkawinan", "Cerai Mati", "status_perkawinan", [4]),
        ("Jenis Kelamin (1. Perempuan / 2. Laki-laki)", "Jenis Kelamin", "2", "jenis_kelamin", [1]),
        ("SHDK (1. KK 2. Istri 3. Anak)", "Hubungan dalam Keluarga", 3, "hubungan_keluarga", [4]),
        ("Agama (1 Islam, 2 Katolik, 3 Protestan)", "Agama", 2, "agama", [3]),
        ("Disabilitas (1=Ya, 2=Tidak)", "Disabilitas", 2, "disabilitas", [0]),
        ("Disabilitas (1=Ya, 2=Tidak)", "Disabilitas", 1, "disabilitas", []),
        ("KTP-el (1: Tidak, 2: Ya)", "KTP-el", 2, "ktp_el", [True]),
        ("Agama (1=Islam, 2=Kristen, dst.)", "Agama", 4, "agama", [4]),
        ("Pekerjaan (1. Petani 2. Buruh Kebun)", "Pekerjaan", 2, "pekerjaan", ["Buruh Kebun"]),
    ],
)
def test_numbers_mean_what_their_heading_says(
    heading: str, label: str, written: Any, column: str, read: list[Any]
) -> None:
    """And not what they mean in our lists; one that the heading does not explain holds the row."""
    row = {**{name: value for name, value in PERSON.items() if name != label}, "NIK": "0", heading: written}
    assert take(xlsx(table([row]))).values(column) == read


def test_numbers_mean_what_the_line_below_their_heading_says() -> None:
    rows = table([{**PERSON, "NIK": "0", "Jenis Kelamin": 2, "Status Perkawinan": 1}])
    below = [None] * 3 + ["1=P 2=L"] + [None] * 4 + ["(1=Kawin, 2=Belum)"]
    taken = take(xlsx([rows[0], below, *rows[1:]]))
    assert (taken.total, taken.values("jenis_kelamin"), taken.values("status_perkawinan")) == ((1, 1, 0), [1], [2])


def test_p_and_w_in_a_heading() -> None:
    row = {"Jenis Kelamin (P/W)" if name == "Jenis Kelamin" else name: value for name, value in PERSON.items()}
    assert "Jenis Kelamin" in str(take(xlsx(table([row]))).reason)
