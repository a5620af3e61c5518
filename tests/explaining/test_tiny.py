"""The tiny kelurahan explained: every number below is worked by hand from its workbooks."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli import main
from tests.warehouse.office import take_in

from .village import KELURAHAN, PEOPLE, RT1, RT2, RT3, RW, SCHOOL, write_tiny

WARGA, REKAP = "2025-Q3/RT 001.xlsx", "2025-Q3/rekap/RT 002.xlsx"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = write_tiny(tmp_path_factory.mktemp("kantor"))
    take_in(home)
    return home


@pytest.fixture
def explain(tiny: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    """The program's answer: as a record, or as text."""
    monkeypatch.setenv("CANTIK_HOME", str(tiny))

    def call(*words: str, form: str = "json") -> Any:
        assert main(["explain", *words, "--format", form]) == 0
        answer = capfdbinary.readouterr().out.decode()
        return json.loads(answer) if form == "json" else answer

    return call


def test_a_figure_on_residents_names_their_rows_and_the_rows_looked_up(explain: Any) -> None:
    """Literacy: of Ahmad (row 4) and Siti (row 5) it is known, one reads; of Yusuf it is not."""
    found = explain("amh", "--area", RT1)
    figure = found["figure"]
    assert (figure["numerator"], figure["denominator"], figure["value"]) == (1, 2, 50)
    [counted], [looked_up] = found["sources"]["counted"], found["sources"]["looked_up"]
    assert (counted["file"], counted["sheet"], counted["dataset"]) == (WARGA, "Warga", "penduduk")
    assert counted["columns"] == {"E": "Tanggal Lahir"}
    assert counted["numerator"] == {"rows": 1, "amount": 1, "where": "4"}
    assert counted["denominator"] == {"rows": 2, "amount": 2, "where": "4-5"}
    assert (looked_up["sheet"], looked_up["columns"]) == ("Sekolah", {"A": "NIK", "G": "Baca Tulis"})
    assert looked_up["looked_up"] == {"rows": 2, "amount": 2, "where": "3-4"}
    assert found["coverage"]["unknown"] == 1
    assert found["coverage"]["causes"] == [["kolom 'Baca Tulis' kosong", 1]]


def test_a_resident_without_a_row_in_the_other_sheet_is_unknown(explain: Any) -> None:
    """Schooling at 7-12: Hasan attends, of Norhayati no row came."""
    found = explain("aps_7_12", "--area", RT1)
    assert (found["figure"]["numerator"], found["figure"]["denominator"]) == (1, 1)
    assert found["coverage"]["causes"] == [["tidak ada barisnya di Pendidikan", 1]]


def test_a_held_row_bounds_the_figure(explain: Any) -> None:
    """The row with 31-02-1990 could be a reader (2 of 3) or not (1 of 3)."""
    held = explain("amh", "--area", RT1)["held"]
    assert (held["rows"], held["elsewhere"], held["homeless"], held["waiting"]) == (1, 0, 0, 1)
    [fault] = held["faults"]
    assert (fault["rule"], fault["file"], fault["sheet"], fault["cells"]) == ("TGL01", WARGA, "Warga", ["E9"])
    assert held["bound"] == {"rows": 1, "least": pytest.approx(100 / 3), "most": pytest.approx(200 / 3)}


def test_a_count_sheet_speaks_by_its_cells(explain: Any) -> None:
    """5 residents of RT 001 and 10 + 12 of RT 002's count sheet; RT 003 sent nothing."""
    found = explain("jumlah_penduduk", "--area", KELURAHAN)
    assert found["figure"]["numerator"] == found["figure"]["value"] == 27
    assert [(c["file"], c["cell"], c["value"], c["area"]) for c in found["sources"]["cells"]] == [
        (REKAP, "C2", 10, RT2), (REKAP, "D2", 12, RT2),
    ]  # fmt: skip
    assert found["sources"]["counted"][0]["numerator"]["where"] == "4-8"
    coverage = found["coverage"]
    assert (coverage["reported"], coverage["expected"]) == (2, 3)
    assert coverage["missing"] == {RT3: "belum mengirim apa pun"}
    assert found["held"]["bound"] == {"rows": 1, "least": 27, "most": 28}


def test_men_of_a_count_sheet(explain: Any) -> None:
    found = explain("jumlah_penduduk", "--area", RW, "--breakdown", "L")
    assert found["figure"]["value"] == 3 + 10
    assert found["sources"]["counted"][0]["numerator"]["where"] == "4, 6, 8"
    assert found["sources"]["counted"][0]["columns"] == {"D": "Jenis Kelamin"}


def test_a_ratio_of_two_kinds_of_people(explain: Any) -> None:
    """Sex ratio of the RW: (3 + 10) men to (2 + 12) women."""
    found = explain("rasio_jenis_kelamin", "--area", RW)
    assert (found["figure"]["numerator"], found["figure"]["denominator"]) == (13, 14)
    [counted] = found["sources"]["counted"]
    assert (counted["numerator"]["where"], counted["denominator"]["where"]) == ("4, 6, 8", "5, 7")
    assert found["held"]["bound"]["least"] == pytest.approx(100 * 13 / 15)
    assert found["held"]["bound"]["most"] == pytest.approx(100 * 14 / 14)


@pytest.mark.parametrize(
    ("indicator", "rt", "reason"),
    [
        ("amh", RT2, "belum mengirim Penduduk; belum mengirim Pendidikan"),
        ("jumlah_lansia", RT2, "belum mengirim Penduduk; rekapnya mengosongkan 'Lansia'"),
        ("cakupan_akta_lahir", RT1, "lembarnya tidak pernah mengisi 'Akta Kelahiran'"),
        ("p0", RT1, "belum mengirim Kesejahteraan Keluarga"),
        ("amh", RT3, "belum mengirim apa pun"),
    ],
)
def test_a_missing_rt_has_its_reason(explain: Any, indicator: str, rt: str, reason: str) -> None:
    assert explain(indicator, "--area", rt)["coverage"]["missing"] == {rt: reason}


def test_a_median_lists_the_rows_of_its_distribution(explain: Any) -> None:
    found = explain("umur_median", "--area", RT1)
    assert found["sources"]["counted"][0]["numerator"] == {"rows": 5, "amount": 5, "where": "4-8"}
    assert found["held"]["bound"] is None


def test_the_text_says_the_same_in_sentences(explain: Any) -> None:
    text = explain("amh", "--area", RT1, form="text")
    for line in (
        "Angka     : 1 / 2 x 100 = 50 persen",
        "RT masuk 1 dari 1 RT seharusnya",
        "  2025-Q3/RT 001.xlsx, sheet 'Warga', Penduduk",
        "    kolom dibaca: E (Tanggal Lahir)",
        "    penyebut : 2 baris (baris 4-5)",
        "  TGL01: Tanggal Lahir berisi isian yang bukan tanggal. Tulis hari-bulan-tahun, misalnya 31-12-1990.",
        "  Bila 1 baris ini diterima (sebagian atau semua), angka menjadi antara 33,3333 dan 66,6667 persen",
    ):
        assert line in text.splitlines(), line


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("indicator", ["amh", "jumlah_penduduk", "cakupan_nik", "umur_median"])
def test_nobody_is_named(tiny: Path, explain: Any, indicator: str, form: str) -> None:
    """Places only: no NIK, no KK number, no name, not even what a held cell holds."""
    answer = str(explain(indicator, "--area", KELURAHAN, form=form))
    personal = {cell for row in (*PEOPLE, *SCHOOL) for cell in row[:3] if len(cell) > 8 and " sekolah" not in cell}
    assert [cell for cell in personal if cell in answer] == []
    assert "31-02-1990" not in answer
