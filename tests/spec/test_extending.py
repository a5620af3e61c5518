"""A kelurahan that knows more adds a file: a dataset, an indicator. Nothing that is there is edited."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from schemas.dataset import SCHEMAS

PROJECT = SCHEMAS.parent
EXTENSION = Path(__file__).parent / "extension"


def test_a_dataset_and_an_indicator_are_one_file_each(tmp_path: Path) -> None:
    """Udin, 2, is one of RT 1's two residents: 1 / 2 = 50. RT 2 sent no weights: not reported, 1 of 2 RTs.

    Of the three weights one is no number and held, one is beyond belief and listed.
    """
    copy = tmp_path / "project"
    for package in ("schemas", "pipelines"):
        shutil.copytree(PROJECT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(EXTENSION / "posyandu.py", copy / "schemas")
    shutil.copy(EXTENSION / "posyandu.toml", copy / "schemas" / "indicators")
    shutil.copy(EXTENSION / "run.py", copy)
    done = subprocess.run(
        [sys.executable, "run.py", str(tmp_path / "home")],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    got = json.loads(done.stdout.splitlines()[-1])
    assert got["rows"] == [5, 1]
    # It stands in the forms for BPS as far as it says what it means, and what it does not say is asked for.
    assert got["variables"][-2:] == [["berat_badan", "Berat Badan"], ["ditimbang", "belum diisi"]]
    assert "Konsep" in got["unfilled"]
    assert got["indicator"] == ["Penduduk: Tanggal Lahir, Tinggal di RT Ini, Status Dasar"]
    assert got["stored"] == [["Ahmad", 250.0], ["Udin", 12.5]]
    assert got["rules"] == ["ANGKA01", "HH01"]
    assert got["cells"]["63.06.05.1002-001-001"] == [50.0, "u", 1, 1]
    assert got["cells"]["63.06.05.1002-001-002"] == [None, "m", 0, 1]
    assert got["cells"]["63.06.05.1002"] == [50.0, "u", 1, 2]
