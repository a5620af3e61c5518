"""The call as an officer types it: wrong calls are one sentence, and a figure that disagrees is never explained."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.settings import Places
from tests.conftest import Cantik
from tests.warehouse.office import take_in

from .village import RT1, write_tiny


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = write_tiny(tmp_path_factory.mktemp("kantor"))
    take_in(home)
    return home


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("amhh", "--area", RT1), "Mungkin maksudnya amh."),
        (("zzzzzzzz", "--area", RT1), "tidak dikenal"),
        (("amh",), "belum diisi: --area"),
        (("amh", "--area", RT1[:-1] + "9"), f"misalnya {RT1[:-1]}"),
        (("amh", "--area", RT1, "--period", "2025-Q5"), "Periode '2025-Q5' tidak dikenal"),
        (("amh", "--area", RT1, "--period", "2024-Q1"), "Yang ada: 2025-Q3"),
        (("amh", "--area", RT1, "--breakdown", "X"), "Yang ada: total, L, P."),
        (("p0", "--area", RT1, "--breakdown", "L"), "Hapus --breakdown"),
        (("jumlah_keluarga", "--area", RT1, "--breakdown", "L"), "Yang ada: total, anggota."),
        (("jumlah_keluarga", "--area", RT1, "--breakdown", "anggota"), "Pilih satu: anggota:1, anggota:2,"),
        (("jumlah_keluarga", "--area", RT1, "--breakdown", "anggota:0"), "Pilih satu: anggota:1, anggota:2,"),
        (("amh", "--area", RT1, "--compare", "2025-Q3"), "harus lebih awal"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_exit_2(
    tiny: Path, words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANTIK_HOME", str(tiny))
    assert main(["explain", *words]) == 2
    printed = capfd.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_a_figure_that_is_not_what_its_rows_add_up_to_is_not_explained(
    cantik: Cantik, here: Cantik, tmp_path: Path
) -> None:
    home = write_tiny(tmp_path / "kantor")
    take_in(home)
    with duckdb.connect(str(Places(home).warehouse)) as warehouse:
        warehouse.execute("UPDATE cells SET numerator = numerator + 1 WHERE indicator = 'amh'")
    done = cantik(home, "explain", "amh", "--area", RT1)
    assert (done.returncode, done.stdout) == (2, "")
    assert "dihitung ulang dari barisnya (1) berbeda dari yang tersimpan (2.0)" in done.stderr
    assert here(home, "explain", "aps_7_12", "--area", RT1).returncode == 0


def test_explain_never_imports_prefect_and_writes_nothing(tiny: Path) -> None:
    before = Places(tiny).warehouse.read_bytes()
    program = (
        "import sys; from pipelines.cli import main; "
        f"assert main(['explain', 'amh', '--area', '{RT1}']) == 0; assert 'prefect' not in sys.modules, 'imported'"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"CANTIK_HOME": str(tiny), "PATH": "", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Places(tiny).warehouse.read_bytes() == before
