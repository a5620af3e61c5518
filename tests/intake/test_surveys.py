"""SIAK, Prodeskel, Regsosek and BDT: the same number means different things, and repeated values count once."""

from typing import Any

import pytest

from .surveys import BDT, BIODATA, DAK, DDK, DWELLING, KASEP, MEMBERS, SIAK, bdt, dak, ddk, kasep, siak, survey
from .taking import Taken, take
from .workbooks import Table, xlsx

FAMILY_COLUMNS = {"Nomor KK": "6306051501100001", "Pengeluaran Bulanan": "3000000"}


def errors(taken: Taken) -> list[tuple[str, str]]:
    """Rule and cell of what holds rows."""
    return [(p.rule, p.cell) for p in taken.problems if p.severity == "error"]


def test_siak() -> None:
    """RW stands before RT; dead, moved and invalid people are in it with their status."""
    states = {"Hidup": 1, "Mati": 2, "Pindah Dalam Negeri": 3, "Tidak Valid": 9}
    people = [siak(NIK=f"630605120590000{n}", Status=state) for n, state in enumerate(states, 1)]
    taken = take(xlsx(survey(SIAK, *people)))
    assert taken.layouts == {"Sheet1": "SIAK"}
    assert (taken.reason, taken.total, errors(taken), taken.unknown) == (None, (4, 4, 0), [], [])
    assert taken.values("status_dasar") == list(states.values())
    assert taken.areas == ["002-005"] * 4
    assert taken.values("status_perkawinan") == [2] * 4
    assert taken.values("disabilitas") == [None] * 4


@pytest.mark.parametrize(
    ("sex", "faith", "state", "head", "work"),
    [(1, 1, 2, 1, 15), ("1", "1", "2", "1", "15"),
     ("Laki-Laki", "ISLAM", "KAWIN", "KEPALA KELUARGA", "KARYAWAN SWASTA")],
    ids=["numbers", "digits", "words"],
)  # fmt: skip
def test_an_extract_of_siak(sex: Any, faith: Any, state: Any, head: Any, work: Any) -> None:
    """By the names of its tables' columns, in the official codes; who is not in force is held, for nobody knows why."""
    row = {"NO_KK": "6306051501100001", "NIK": "6306051205900001", "NAMA_LGKP": "AHMAD", "JENIS_KLMIN": sex,
           "TMPT_LHR": "KANDANGAN", "TGL_LHR": "1990-05-12 00:00:00", "AGAMA": faith, "STAT_KWN": state,
           "STAT_HBKEL": head, "PDDK_AKH": 5, "JENIS_PKRJN": work, "NO_RT": 5, "NO_RW": 2, "AKTA_LHR": 2,
           "FLAG_STATUS": "0"}  # fmt: skip
    gone = {**row, "NIK": "6306051205900002", "FLAG_STATUS": "2"}
    taken = take(xlsx(survey(BIODATA, row, gone)))
    assert (taken.total, errors(taken), taken.unknown) == ((2, 1, 1), [("KODE01", "X3")], [])
    assert taken.areas == ["002-005"]
    columns = ("jenis_kelamin", "agama", "status_perkawinan", "hubungan_keluarga", "pekerjaan", "akta_lahir")
    assert [taken.values(column) for column in columns] == [[1], [1], [2], [1], ["Karyawan Swasta"], [None]]


def test_the_same_number_of_two_systems() -> None:
    """1 is Kawin in Prodeskel and Belum Kawin in ours; 21 is a daughter-in-law; 1 is a farmer."""
    people = [
        dak(),
        dak(**{"NIK": "6306055205950001", "Nama": "SITI", "L/P": "P", "Tanggal Lahir": "12-05-1995",
               "Hubungan dengan Kepala Keluarga": 21, "Status Perkawinan": 2, "Kewarganegaraan": "Dwi Kewarganegaraan",
               "Mata Pencaharian Pokok/Pekerjaan": 78}),
        dak(**{"NIK": "6306051205600001", "Nama": "HASAN", "Tanggal Lahir": "12-05-1960",
               "Hubungan dengan Kepala Keluarga": 5, "Status Perkawinan": 3,
               "Agama dan Aliran Kepercayaan": "Aliran Kepercayaan Kepada Tuhan YME"}),
    ]  # fmt: skip
    taken = take(xlsx(survey(DAK, *people, more="No KK, Tanggal Lahir")))
    assert taken.layouts == {"Sheet1": "Prodeskel DAK"}
    assert (taken.total, errors(taken), taken.unknown) == ((3, 3, 0), [], [])
    assert taken.values("status_perkawinan") == [2, 1, None]
    assert taken.values("hubungan_keluarga") == [1, 5, None]
    assert taken.values("pekerjaan") == ["Petani/Pekebun", "Tukang Jahit", "Petani/Pekebun"]
    assert taken.values("kewarganegaraan") == [1, 3, 1]
    assert taken.values("agama") == [2, 2, 7]


def test_the_numbers_of_a_bps_questionnaire() -> None:
    """3 is a child, which is a wife in ours; husband or wife is 2, and which of them nobody said."""
    people = [
        kasep(),
        kasep(q303="6306055205920001", q302="SITI", q304=2, q305=2, q308="12-05-1992", q314=18, q316=23, q318=22),
        kasep(q303="6306051205150001", q302="BUDI", q305=3, q306=1, q308="12-05-2015", q313=2, q314=3, q315=4, q316=23,
              q317=2, q318=None),
    ]  # fmt: skip
    taken = take(xlsx(survey(KASEP, *people)))
    assert taken.layouts == {"Sheet1": "Kuesioner SI-KASEP"}
    assert (taken.total, errors(taken), taken.unknown) == ((9, 9, 0), [], [])
    assert taken.values("hubungan_keluarga") == [1, None, 4]
    assert taken.values("agama") == [6, 6, 6]
    assert taken.values("jenjang", "pendidikan") == [3, None, 1]
    assert taken.values("ijazah", "pendidikan") == [3, 0, 0]
    assert taken.values("bekerja", "ketenagakerjaan") == [True, True, False]
    assert taken.values("lapangan_usaha", "ketenagakerjaan") == ["G", None, None]
    assert taken.values("status_pekerjaan", "ketenagakerjaan") == [None, None, None]


def test_a_number_of_no_system_is_not_guessed() -> None:
    """4 is Cerai Mati in ours and nothing there; 20 was never given to a relation."""
    wrong = {"Status Perkawinan": 4, "Hubungan dengan Kepala Keluarga": 20, "Mata Pencaharian Pokok/Pekerjaan": 43}
    taken = take(xlsx(survey(DAK, dak(**wrong), more="No KK, Tanggal Lahir")))
    assert taken.total == (1, 0, 1)
    assert sorted(errors(taken)) == [("KODE01", "H2"), ("KODE01", "I2"), ("KODE01", "O2")]
    [marital] = [p.message for p in taken.problems if p.cell == "I2"]
    assert "Pilih salah satu: Belum Kawin, Kawin, Cerai Hidup, Cerai Mati." in marital


def test_a_survey_without_our_starred_columns_is_refused_by_name() -> None:
    person = {name: value for name, value in dak().items() if name not in ("No KK", "Tanggal Lahir")}
    assert take(xlsx(survey(DAK, person))).reason == (
        "Sheet 'Sheet1': Dikenal sebagai Prodeskel DAK: judul kolom Nomor KK, Tanggal Lahir tidak ditemukan "
        "untuk data Penduduk. Tulis judul itu di atas kolomnya, atau tambahkan kolomnya."
    )


def test_prodeskel_families() -> None:
    """Three lines above the data, titles that come twice, codes of its own."""
    families = [
        ddk(),
        ddk(**{"No KK": "6306051501100002", "Status Kepemilikan Rumah *": 170, "Sumber Air Minum *": 496,
               "Penerima BLT/BLSM": 1, "RT": "006"}),
        ddk(**{"No KK": "6306051501100003", "Status Kepemilikan Rumah *": "Milik Sendiri",
               "Sumber Air Minum *": "PAM"}),
    ]  # fmt: skip
    table: Table = [["DATA DASAR KELUARGA"], ["IDENTITAS", *[None] * 4, "PENGHASILAN DAN PENGELUARAN KELUARGA"]]
    taken = take(xlsx([*table, *survey(DDK, *families, more="Jumlah Anggota")]))
    assert taken.layouts == {"Sheet1": "Prodeskel DDK"}
    assert (taken.total, errors(taken), taken.unknown) == ((3, 3, 0), [], [])
    assert taken.values("status_rumah", "kesejahteraan") == [2, None, 1]
    assert taken.values("sumber_air_minum", "kesejahteraan") == [4, None, 3]
    assert taken.values("blt", "kesejahteraan") == [False, True, False]
    assert taken.values("pengeluaran_bulanan", "kesejahteraan") == [4_000_000.0] * 3


def test_prodeskel_families_as_they_come_lack_the_members() -> None:
    family = {name: value for name, value in ddk().items() if name != "Jumlah Anggota"}
    reason = take(xlsx(survey(DDK, family))).reason
    assert reason is not None
    assert "Dikenal sebagai Prodeskel DDK: judul kolom Jumlah Anggota Keluarga tidak ditemukan" in reason


def members(*rows: dict[str, Any]) -> Table:
    """The sheet of members: two lines of titles, and the first three columns named again on the next page."""
    table = survey(MEMBERS, *rows)
    page = ["401", "402 Nama", "403 NIK"]
    again = [[row[table[0].index(name)] for name in page] for row in table]
    joined = [[*row, *more, None] for row, more in zip(table, again, strict=True)]
    joined[0][-1] = "431a"
    return [["", "IV. KETERANGAN SOSIAL EKONOMI ANGGOTA KELUARGA"], ["", "A. KETERANGAN DEMOGRAFI"], *joined]


def test_members_of_regsosek() -> None:
    """Its people are no register, whatever its headings fit; a small child without answers is no pupil."""
    adult = {"no kartu keluarga": "6306051501100001", "401": 1, "402 Nama": "AHMAD", "403 NIK": "6306051205900001",
             "404": 1, "405": 1, "406": 33005, "408": 2, "412": 3, "413": 15, "414": 8, "415": 15}  # fmt: skip
    pupil = {"402 Nama": "BUDI", "403 NIK": "6306050304150001", "409": 3, "412": 2, "413": 4, "414": 5, "415": 23}
    graduate = {"402 Nama": "SITI", "403 NIK": "6306054807920001", "412": 3, "413": 18, "414": 8, "415": 20}
    child = {"402 Nama": "AISYAH", "403 NIK": "6306054106220001", "409": 3}
    table = members(adult, pupil, graduate, child)
    taken = take(xlsx(table), "RT 005 RW 002/regsosek.xlsx")
    assert taken.layouts == {"Sheet1": "DTKS Regsosek 2022.K (anggota keluarga)"}
    assert taken.datasets == {"pendidikan"}
    assert (taken.total, errors(taken), taken.unknown) == ((3, 3, 0), [], [])
    assert "1 baris tanpa isian Pendidikan dilewati." in [p.message for p in taken.problems]
    assert taken.values("partisipasi", "pendidikan") == [3, 2, 3]
    assert taken.values("jenjang", "pendidikan") == [4, 1, None]
    assert taken.values("ijazah", "pendidikan") == [4, 0, None]
    assert "RT tidak ditemukan" in str(take(xlsx(table)).reason)


def test_dwellings_of_regsosek() -> None:
    """Its codes are ours; the family's own columns an officer has to add."""
    answers = dict(zip(DWELLING.split(", "), [1, 1, 36, 8, 3, 7, 9, "", 2, 1, "", "", 10, 6, 4, 5], strict=True))
    family = {"no kartu keluarga": "6306051501100001", **answers, "RW": "002", "RT": "005", "Jumlah Anggota": 4,
              "Pengeluaran Bulanan": 3_000_000}  # fmt: skip
    headings = f"no kartu keluarga, {DWELLING}"
    taken = take(xlsx(survey(headings, family, more="RW, RT, Jumlah Anggota, Pengeluaran Bulanan")))
    assert taken.layouts == {"Sheet1": "DTKS Regsosek 2022.K (keterangan perumahan)"}
    assert (taken.total, errors(taken)) == ((1, 1, 0), [])
    found = {name: taken.values(name, "kesejahteraan")[0] for name in ("luas_lantai", "jenis_lantai", "fasilitas_bab")}
    assert found == {"luas_lantai": 36.0, "jenis_lantai": 8, "fasilitas_bab": 6}
    bare = {name: value for name, value in family.items() if name in headings}
    assert "judul kolom Jumlah Anggota Keluarga, Pengeluaran Bulanan tidak" in str(
        take(xlsx(survey(headings, bare))).reason
    )


NIKS = ("5206022708830001", "5206026905840002", "5206026401070003")
HOUSEHOLD = [
    bdt("ALI", NIKS[0]),
    bdt("RUKMINI", NIKS[1], **{"Pendidikan tertinggi": "10", "Ijazah tertinggi": "4"}),
    bdt("NURUL", NIKS[2], **{"Partisipasi sekolah": "1", "Pendidikan tertinggi": "3", "Ijazah tertinggi": "0"}),
]


def test_schooling_of_bdt() -> None:
    """0 is never, 1 attending, 2 no longer: ours are one more. The row of column numbers is no person."""
    table = survey(BDT, *HOUSEHOLD)
    numbers = ["KOLOM", *range(2, len(table[0]) + 1)]
    taken = take(xlsx([table[0], numbers, *table[1:]]))
    assert taken.layouts == {"Sheet1": "BDT 2015"}
    assert (taken.datasets, taken.total, errors(taken), taken.unknown) == ({"pendidikan"}, (3, 3, 0), [], [])
    assert taken.values("partisipasi", "pendidikan") == [3, 3, 2]
    assert taken.values("jenjang", "pendidikan") == [3, None, 1]
    assert taken.values("ijazah", "pendidikan") == [3, None, 0]
    assert taken.frames["pendidikan"]["area"].str.endswith("-3.003-007").all()


def bdt_families(*changed: dict[str, str]) -> Table:
    """The household with the columns an officer added, repeated on each member like all of them."""
    rows = [{**member, **FAMILY_COLUMNS, **more} for member, more in zip(HOUSEHOLD, changed, strict=True)]
    return survey(BDT, *rows, more="Nomor KK, Pengeluaran Bulanan")


def test_household_values_count_once() -> None:
    taken = take(xlsx(bdt_families({}, {}, {})))
    assert taken.counts == {("Sheet1", "kesejahteraan"): (1, 1, 0), ("Sheet1", "pendidikan"): (3, 3, 0)}
    assert taken.values("jenis_lantai", "kesejahteraan") == [8]
    assert taken.values("jenis_atap", "kesejahteraan") == [3]
    assert taken.values("sumber_air_minum", "kesejahteraan") == [4]
    assert taken.values("fasilitas_bab", "kesejahteraan") == [4]
    assert taken.values("pkh", "kesejahteraan") == [False]
    [note] = [p.message for p in taken.problems if p.rule == "FILE04"]
    assert note == "Isian keluarga berulang pada 2 baris anggota; dibaca sekali untuk tiap keluarga."


def test_household_values_that_disagree_are_held() -> None:
    """Nobody can know which of two floors is right."""
    taken = take(xlsx(bdt_families({}, {}, {"Luas lantai (18)": "24"})))
    assert taken.counts["Sheet1", "kesejahteraan"] == (2, 0, 2)
    assert taken.counts["Sheet1", "pendidikan"] == (3, 3, 0)
    assert {rule for rule, _ in errors(taken)} == {"DUP01"}


def test_households_are_known_and_not_used() -> None:
    table: Table = [
        ["NIK", "NOMOR RUMAH TANGGA", "STATUS HUBUNGAN DALAM RUMAH TANGGA"],
        ["5201142005716996", "172956", 1],
        ["5201140706966997", "172956", 2],
    ]
    taken = take(xlsx(table))
    assert taken.layouts == {"Sheet1": "OpenSID rumah tangga (RTM)"}
    assert "isinya pembagian rumah tangga, yang tidak dihitung" in str(taken.reason)


def test_recipients_of_aid_are_known_and_not_used() -> None:
    """Peserta is a NIK, a card or a household there, by what the programme is for."""
    heads = ["Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"]
    taken = take(xlsx([heads, ["5201142005716996", "1", "5201142005716996", "A", "X", "1990-01-02", "RT 004 RW -"]]))
    assert taken.layouts == {"Sheet1": "OpenSID peserta bantuan"}
    assert "penerima bantuan" in str(taken.reason)
    assert taken.problems == []  # it is nobody's fault: there is nothing to mark


def test_our_own_headings_keep_our_codes() -> None:
    """Without a foreign heading a number means what our template says."""
    own: Table = [
        ["Nomor KK", "NIK", "Nama", "JK", "Tanggal Lahir", "Status Perkawinan", "RT"],
        ["6306051501100001", "6306051205900001", "AHMAD", 1, "12-05-1990", 1, "005"],
    ]
    taken = take(xlsx(own))
    assert taken.layouts == {"Sheet1": None}
    assert taken.values("status_perkawinan") == [1]


@pytest.mark.parametrize("place", ["first", "last"])
def test_count_sheet_with_the_sum_of_the_desa(place: str) -> None:
    """The row of the desa is a sum and is compared with the RTs; `KK` counts families in the shortest sheet."""
    rows: Table = [["RT 001 RW 01 DUSUN A", 98, 96, 58, 40], ["RT 002 RW 01 DUSUN A", 67, 73, 41, 32]]
    total = ["DESA SUNGAI", 165, 169, 99, 72]
    heads = ["nama_rt", "Laki-Laki", "Perempuan", "Jumlah KK", "Bumbung Rumah", "Sex Ratio", "Total Penerima"]
    taken = take(xlsx([heads, *([total, *rows] if place == "first" else [*rows, total])]))
    assert taken.layouts == {"Sheet1": "Lembar hitung BPS (buku desa)"}
    assert (taken.total, taken.problems, taken.unknown) == ((2, 2, 0), [], [])
    total[1] = 166
    assert take(xlsx([heads, *rows, total])).found == [("REK03", "B4")]


def test_shortest_count_sheet() -> None:
    taken = take(xlsx([["dusun", "rw", "rt", "penduduk", "L", "P", "KK"], ["LOCO", "-", "001", 7, 2, 5, 3]]))
    assert taken.layouts == {"Sheet1": "Rekap penduduk per RT"}
    assert (taken.datasets, taken.total) == ({"rekap_penduduk"}, (1, 1, 0))
    assert taken.values("jumlah_kk", "rekap_penduduk") == [3]
