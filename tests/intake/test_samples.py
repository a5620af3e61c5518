"""Real files through the real pipeline: OpenSID's 97 people in two formats, and the count sheet of 37 RTs.

The samples lie beside the repository and are not part of it.
"""

import csv
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.indicators.run import measure_changed
from pipelines.opening import connect_read_only
from pipelines.periods import Period
from pipelines.publishing.query import Selection, selected
from pipelines.publishing.release import publish_cells
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import ingest
from pipelines.warehouse.standing import standing
from tests.warehouse.office import NOW, nothing

from .taking import KELURAHAN, take

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
XLSX, XLS = "v2410__contoh_penduduk.xlsx", "history__contoh_penduduk__v18.12.xls"
COUNTS, BOOK = "mempawah_2026__rt_input.csv", "mempawah_2026__expected_book.csv"
PERIODS = {XLSX: Period(2025, 3), XLS: Period(2025, 2), COUNTS: Period(2025, 1)}
PEOPLE_OF_RT = "v2410__contoh_penduduk__expected_per_rt.csv"

pytestmark = pytest.mark.skipif(
    not all((SAMPLES / name).exists() for name in (*PERIODS, BOOK, PEOPLE_OF_RT)),
    reason="the folder of sample files does not lie beside the repository",
)


def rows_of(name: str) -> list[dict[str, str]]:
    """A sample CSV."""
    with (SAMPLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Each sample as the whole inbox of its own period, taken in, measured and published."""
    home = tmp_path_factory.mktemp("home")
    for name, period in PERIODS.items():
        inbox = home / "data" / "raw" / str(period)
        inbox.mkdir(parents=True)
        shutil.copyfile(SAMPLES / name, inbox / name)
    (home / "data" / "cantik.toml").write_text(f'[kelurahan]\ncode = "{KELURAHAN}"\nname = "X"\n', encoding="utf-8")
    office = load_office(Places(home))
    ingest(office, None, NOW, nothing)
    measure_changed(office)
    publish_cells(office, NOW)
    return office.places


def cells(home: Places, sample: str, level: str) -> pd.DataFrame:
    """The liaison's cells of one sample at one level."""
    with selected(home.published, Selection(period=str(PERIODS[sample]), level=level, tier="liaison")) as found:
        return found.df()


def figures(home: Places, sample: str, level: str, indicator: str, breakdown: str = "total") -> dict[str, float]:
    """The value of each area, by what follows the kelurahan's code."""
    found = cells(home, sample, level)
    found = found[(found["indicator"] == indicator) & (found["breakdown"] == breakdown)]
    return {a.removeprefix(KELURAHAN + "-"): v for a, v in zip(found["area"], found["value"], strict=True)}


def figure(home: Places, sample: str, indicator: str, breakdown: str = "total") -> float:
    """One figure of the kelurahan."""
    return figures(home, sample, "kelurahan", indicator, breakdown)[KELURAHAN]


@pytest.mark.parametrize("sample", [XLSX, XLS])
def test_population_and_families(home: Places, sample: str) -> None:
    assert figure(home, sample, "jumlah_penduduk") == 97
    assert figure(home, sample, "jumlah_keluarga") == 37
    known = standing(home.warehouse, PERIODS[sample], load_office(home).register)
    assert (known.read, known.accepted, known.held) == (97, 97, 0)
    assert {finding["severity"] for finding in known.findings} == {"warning"}


@pytest.mark.parametrize(("sample", "men", "women"), [(XLSX, 46, 51), (XLS, 45, 52)])
def test_sexes(home: Places, sample: str, men: int, women: int) -> None:
    """The older file says `Pr` of one man whom the newer gives code 1: each file is counted as it is written."""
    assert figure(home, sample, "jumlah_penduduk", "L") == men
    assert figure(home, sample, "jumlah_penduduk", "P") == women


def test_two_files_differ_in_one_sex_only() -> None:
    """The same 97 people under other headings, codes and labels, in another format."""
    both = [take((SAMPLES / name).read_bytes(), name) for name in (XLSX, XLS)]
    kept = ["no_kk", "nik", "jenis_kelamin", "tanggal_lahir", "hubungan_keluarga", "area"]
    new, old = ({row[1]: row for row in zip(*(taken.values(c) for c in kept), strict=True)} for taken in both)
    nameless = [row for row in old.values() if row[1] not in new]
    assert nameless == []
    assert [(new[n][2], old[n][2]) for n in new if new[n] != old[n]] == [(1, 2)]


DISTRIBUTIONS: dict[str, dict[int, int]] = {
    "agama": {1: 90, 4: 7},
    "status_perkawinan": {1: 41, 2: 50, 3: 2, 4: 4},
    "hubungan_keluarga": {1: 37, 3: 21, 4: 37, 9: 2},
    "kewarganegaraan": {1: 97},
}


@pytest.mark.parametrize("sample", [XLSX, XLS])
@pytest.mark.parametrize("column", DISTRIBUTIONS)
def test_codes_and_labels_of_both_files(sample: str, column: str) -> None:
    """One column mixes labels and codes in the older file."""
    assert Counter(take((SAMPLES / sample).read_bytes(), sample).values(column)) == DISTRIBUTIONS[column]


def unit(row: dict[str, str]) -> str:
    """The code of a row of the expected table."""
    rw = "000" if row["rw"] == "-" else row["rw"]
    return f"{row['dusun']}.{rw}-{row['rt']}"


@pytest.mark.parametrize("sample", [XLSX, XLS])
def test_every_rt(home: Places, sample: str) -> None:
    """19 units of dusun, RW and RT, each with its people and families."""
    expected = rows_of(PEOPLE_OF_RT)
    assert len(expected) == 19
    assert "MANGSIT.000-004" in {unit(row) for row in expected}
    people, families = figures(home, sample, "rt", "jumlah_penduduk"), figures(home, sample, "rt", "jumlah_keluarga")
    assert people == {unit(row): int(row["penduduk"]) for row in expected}
    assert families == {unit(row): int(row["KK"]) for row in expected}


def test_sexes_of_every_rt(home: Places) -> None:
    expected = rows_of(PEOPLE_OF_RT)
    for sex in "LP":
        assert figures(home, XLSX, "rt", "jumlah_penduduk", sex) == {unit(row): int(row[sex]) for row in expected}


@pytest.mark.parametrize("sample", [XLSX, XLS])
def test_every_dusun(home: Places, sample: str) -> None:
    people, families = figures(home, sample, "rw", "jumlah_penduduk"), figures(home, sample, "rw", "jumlah_keluarga")
    assert people == {"MANGSIT.000": 19, "SENGGIGI.000": 36, "KERANDANGAN.000": 14, "LOCO.000": 28}
    assert families == {"MANGSIT.000": 6, "SENGGIGI.000": 15, "KERANDANGAN.000": 7, "LOCO.000": 9}


# What the book prints and the count sheet says: the book's column, the dataset and its column.
STORED = {
    "Laki-Laki": ("rekap_penduduk", "penduduk_laki_laki"),
    "Perempuan": ("rekap_penduduk", "penduduk_perempuan"),
    "Jumlah KK": ("rekap_penduduk", "jumlah_kk"),
    "Lansia (>=60 Th)": ("rekap_penduduk", "lansia"),
    "Bayi (0-1 Th)": ("rekap_penduduk", "umur_0_1"),
    "Balita (2-5 Th)": ("rekap_penduduk", "umur_2_5"),
    "Pendatang": ("rekap_penduduk", "pendatang"),
    "Kelahiran Bayi": ("rekap_penduduk", "kelahiran"),
    "Kematian": ("rekap_penduduk", "kematian"),
    "Memiliki KTP-el": ("rekap_penduduk", "memiliki_ktp_el"),
    "Bumbung Rumah": ("rekap_penduduk", "jumlah_rumah"),
    "Penerima PKH": ("rekap_kemiskinan", "penerima_pkh"),
    "Penerima BPNT": ("rekap_kemiskinan", "penerima_bpnt"),
    "Penerima BST": ("rekap_kemiskinan", "penerima_bst"),
    "Penerima BLT": ("rekap_kemiskinan", "penerima_blt"),
    "TK/PAUD": ("rekap_pendidikan", "sekolah_tk"),
    "SD/MI": ("rekap_pendidikan", "sekolah_sd"),
    "SMP/MTs": ("rekap_pendidikan", "sekolah_smp"),
    "SMA/MA/SMK": ("rekap_pendidikan", "sekolah_sma"),
    "Sarjana/Diploma": ("rekap_pendidikan", "sekolah_tinggi"),
    "Anak Putus Sekolah": ("rekap_pendidikan", "putus_sekolah"),
}
PUBLISHED = {
    "Total Penduduk": "jumlah_penduduk",
    "Sex Ratio": "rasio_jenis_kelamin",
    "Jumlah KK": "jumlah_keluarga",
    "Rata-rata ART": "rata_rata_anggota_keluarga",
    "Lansia (>=60 Th)": "jumlah_lansia",
    "Kelahiran Bayi": "jumlah_kelahiran",
    "Kematian": "jumlah_kematian",
    "Penerima PKH": "keluarga_penerima_pkh",
    "Penerima BPNT": "keluarga_penerima_bpnt",
    "Penerima BLT": "keluarga_penerima_blt",
    "SD/MI": "jumlah_sekolah_sd",
    "SMP/MTs": "jumlah_sekolah_smp",
    "SMA/MA/SMK": "jumlah_sekolah_sma",
    "Anak Putus Sekolah": "jumlah_putus_sekolah",
}
# Not collected in the count sheet, printed as 0 in the book: the one figure in which the book is wrong.
BLANK = {("020", "TK/PAUD"), ("020", "SMA/MA/SMK")}


def book() -> dict[str, dict[str, str]]:
    """The rows of the book by RT number, which is unique there; the desa's own row is its first."""
    return {row["nama_rt"][3:6]: row for row in rows_of(BOOK)[1:]}


def test_book_is_complete() -> None:
    assert len(book()) == 37
    assert rows_of(BOOK)[0]["nama_rt"].startswith("DESA")


def test_kelurahan_of_the_count_sheet(home: Places) -> None:
    assert figure(home, COUNTS, "jumlah_penduduk") == 5744
    assert figure(home, COUNTS, "jumlah_keluarga") == 1661
    assert round(figure(home, COUNTS, "rasio_jenis_kelamin"), 2) == 104.49


@pytest.mark.parametrize(("column", "indicator"), PUBLISHED.items())
def test_published_figures_of_the_book(home: Places, column: str, indicator: str) -> None:
    """Every RT and the desa, rounded as the book prints them; an RT with a blank has not reported."""
    desa = rows_of(BOOK)[0]
    assert round(figure(home, COUNTS, indicator), 2) == float(desa[column])
    found = {area[-3:]: value for area, value in figures(home, COUNTS, "rt", indicator).items()}
    assert found.keys() == book().keys()
    for number, row in book().items():
        if (number, column) in BLANK:
            assert pd.isna(found[number])
        else:
            assert round(found[number], 2) == float(row[column]), number


def test_blank_is_not_reported(home: Places) -> None:
    """36 of 37 RTs stand behind the pupils of SMA, and the one without says so."""
    desa, rts = cells(home, COUNTS, "kelurahan"), cells(home, COUNTS, "rt")
    sma = desa[(desa["indicator"] == "jumlah_sekolah_sma") & (desa["breakdown"] == "total")].iloc[0]
    assert (sma["areas_reported"], sma["areas_expected"]) == (36, 37)
    lone = rts[(rts["indicator"] == "jumlah_sekolah_sma") & (rts["status"] == "m") & (rts["breakdown"] == "total")]
    assert [area[-3:] for area in lone["area"]] == ["020"]


@pytest.mark.parametrize(("column", "stored"), STORED.items())
def test_stored_counts_are_those_of_the_book(home: Places, column: str, stored: tuple[str, str]) -> None:
    """Every count of every RT, also those that no indicator shows; a blank is unknown, not 0."""
    dataset, name = stored
    with connect_read_only(home.warehouse) as warehouse:
        found = dict(
            warehouse.execute(
                f'SELECT right(area, 3), "{name}" FROM {dataset} WHERE period = $1', [str(PERIODS[COUNTS])]
            ).fetchall()
        )
    expected: dict[str, Any] = {number: int(row[column]) for number, row in book().items()}
    assert found == expected | {number: None for number, other in BLANK if other == column}


def test_derived_figures_of_the_book_follow_from_its_counts() -> None:
    """Totals, ratios and sums over the RTs: the book has no error of its own beyond the two blanks."""
    for row in rows_of(BOOK):
        count = {column: int(row[column]) for column in STORED}
        people = count["Laki-Laki"] + count["Perempuan"]
        assert int(row["Total Penduduk"]) == people
        assert abs(float(row["Sex Ratio"]) - 100 * count["Laki-Laki"] / count["Perempuan"]) < 0.0051
        assert abs(float(row["Rata-rata ART"]) - people / count["Jumlah KK"]) < 0.0051
        assert abs(float(row["Persentase ()"]) - 100 * count["Memiliki KTP-el"] / people) < 0.0051
        assert abs(float(row["Kepadatan Hunian (Jiwa/Rumah)"]) - people / count["Bumbung Rumah"]) < 0.0051
        assert int(row["Total Penerima"]) == sum(count[c] for c in count if c.startswith("Penerima"))
    desa, *rts = rows_of(BOOK)
    for column in (*STORED, "Total Penduduk", "Total Penerima"):
        assert int(desa[column]) == sum(int(row[column]) for row in rts), column


def test_misspelt_dusun_is_not_corrected(home: Places) -> None:
    """The count sheet spells one dusun in two ways; without a register to know better, it is another area."""
    rws = figures(home, COUNTS, "rw", "jumlah_penduduk")
    assert rws["SENGGIIRING.001"] == 140
    assert rws["SENGGIRING.001"] == 474
    assert sum(rws.values()) == 5744


def test_count_sheet_comes_in_whole(home: Places) -> None:
    """37 RTs for each of the three recaps; the column that no dataset knows is reported."""
    known = standing(home.warehouse, PERIODS[COUNTS], load_office(home).register)
    assert (known.read, known.accepted, known.held) == (111, 111, 0)
    assert known.findings == []
    taken = take((SAMPLES / COUNTS).read_bytes(), COUNTS)
    assert set(taken.unknown) == {"Status_Pendataan"}
