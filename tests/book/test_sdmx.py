"""SDMX: the structure is valid by its official schema, the data agree with it, and every figure comes back."""

import csv
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pysdmx.io as io
import pytest
from pysdmx.model import DataStructureDefinition

from pipelines.cli import main
from pipelines.publishing.sdmx import STATUS, as_sdmx, sdmx_id, sex_and_breakdown
from pipelines.publishing.tiers import COLUMNS
from tests.book.office import PERIOD, Released

FIGURES = {"OBS_VALUE": "value", "NUM": "numerator", "DEN": "denominator", "HOUSEHOLDS": "households",
           "AREAS_REPORTED": "areas_reported", "AREAS_EXPECTED": "areas_expected"}  # fmt: skip
TEXTS = {"UNIT_MEASURE": "unit", "AREA_LEVEL": "level", "RELEASE": "release", "TIME_PERIOD": "period"}
READ_WITH_PYSDMX = """
import csv, sys
import pysdmx.io as io
(data,) = io.get_datasets(sys.argv[1], sys.argv[2], validate=False)
rows = data.data.astype(object).where(data.data.notna(), None)
out = csv.writer(sys.stdout)
out.writerow(rows.columns)
out.writerows([repr(v) if isinstance(v, float) else v for v in row] for row in rows.itertuples(index=False))
"""
READER = "pysdmx[data,json]>=1.20,<2"  # it needs pyarrow, which would change what pandas is for all other tests


def structure(release: Released) -> DataStructureDefinition:
    """The data structure, read and judged by its official schema, its code lists in it."""
    message = io.read_sdmx(release.folder / "sdmx" / "structure.json", validate=True)
    (found,) = message.get_data_structure_definitions()
    return found


def rows_of(text: str) -> list[dict[str, str]]:
    """Rows of CSV by column."""
    return list(csv.DictReader(text.splitlines()))


def data_of(release: Released) -> list[dict[str, str]]:
    """The rows of the SDMX-CSV file."""
    return rows_of((release.folder / "sdmx" / "data.csv").read_text(encoding="utf-8"))


def assert_the_public_cells(release: Released, rows: list[dict[str, str]]) -> None:
    """Every public cell of the period stands among the rows once, with all its figures."""
    found = {(r["REF_AREA"], r["INDICATOR"], r["SEX"], r["BREAKDOWN"]): r for r in rows}
    cells = [cell for cell in release.cells.values() if cell["period"] == PERIOD]
    assert len(found) == len(rows) == len(cells) > 1000
    for cell in cells:
        row = found[sdmx_id(cell["area"]), cell["indicator"], *sex_and_breakdown(cell["breakdown"])]
        for name, column in FIGURES.items():
            told = None if row[name] == "" else float(row[name])
            assert told == cell[column], (name, cell)
        assert {name: row[name] for name in TEXTS} == {name: cell[column] for name, column in TEXTS.items()}
        assert (row["OBS_STATUS"], row["CONF_STATUS"]) == STATUS[cell["status"]]


@pytest.mark.parametrize("which", ["one", "several"])
def test_every_figure_comes_back(which: str, request: pytest.FixtureRequest) -> None:
    release: Released = request.getfixturevalue(which)
    assert_the_public_cells(release, data_of(release))


@pytest.mark.parametrize("which", ["one", "several"])
def test_the_data_agree_with_the_structure(which: str, request: pytest.FixtureRequest) -> None:
    release: Released = request.getfixturevalue(which)
    components, rows = structure(release).components, data_of(release)
    assert list(rows[0]) == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(c.id for c in components)]
    assert {row["STRUCTURE_ID"] for row in rows} == {"CANTIK:INDIKATOR(1.0)"}
    for component in components:
        said = {row[component.id] for row in rows}
        assert not component.required or "" not in said, component.id
        if component.enumeration is not None:
            assert said <= {code.id for code in component.enumeration}, component.id
    names = {code.id: code for code in components["REF_AREA"].enumeration}
    for cell in release.cells.values():
        if cell["period"] == PERIOD:
            code = names[sdmx_id(cell["area"])]
            assert (code.name, code.description) == (cell["area_name"], cell["area"])


@pytest.fixture
def pull(one: Released, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What `cantik pull` of the office writes as SDMX-CSV."""
    monkeypatch.setenv("CANTIK_HOME", str(one.places.home))

    def call(*words: str) -> str:
        path = tmp_path / "tabel.csv"
        assert main(["pull", *words, "--format", "sdmx-csv", "-o", str(path)]) == 0
        return path.read_text(encoding="utf-8")

    return call


def test_pull_gives_the_same_rows(one: Released, pull: Callable[..., str]) -> None:
    assert pull() == (one.folder / "sdmx" / "data.csv").read_text(encoding="utf-8")


def test_what_the_liaison_pulls_is_marked_as_not_for_publication(pull: Callable[..., str]) -> None:
    assert {row["CONF_STATUS"] for row in rows_of(pull("p0", "--tier", "liaison"))} == {"N"}


@pytest.mark.parametrize(
    ("breakdown", "sex", "split"),
    [
        ("total", "_T", "_T"),
        ("L", "M", "_T"),
        ("P", "F", "_T"),
        ("umur:75+", "_T", "umur_75PLUS"),
        ("umur_L:0-4", "M", "umur_0-4"),
        ("umur_P:75+", "F", "umur_75PLUS"),
        ("status_perkawinan:x", "_T", "status_perkawinan_x"),
    ],
)
def test_a_breakdown_is_a_sex_and_a_code(breakdown: str, sex: str, split: str) -> None:
    """In Python, as the structure says it, and in SQL, as the data do."""
    assert sex_and_breakdown(breakdown) == (sex, split)
    columns = ", ".join(f"NULL AS {name}" for name in COLUMNS if name not in ("breakdown", "area", "indicator"))
    cells = duckdb.connect().sql(f"SELECT '{breakdown}' AS breakdown, '63.06' AS area, 'amh' AS indicator, {columns}")
    assert as_sdmx(cells).project("REF_AREA, SEX, BREAKDOWN").fetchall() == [("63_06", sex, split)]


@pytest.mark.slow
def test_pysdmx_reads_data_and_structure_back(one: Released, tmp_path: Path) -> None:
    """Its data reader, in an environment of its own; from the cache of packages where they are there already."""
    uv = os.environ.get("UV") or shutil.which("uv")
    assert uv, "the tests are run by uv"
    script = tmp_path / "read.py"
    script.write_text(READ_WITH_PYSDMX, encoding="utf-8")
    files = [str(one.folder / "sdmx" / name) for name in ("data.csv", "structure.json")]
    pyproject = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    call = [uv, "run", "--quiet", "--no-project", "--isolated", "--python", sys.executable, "--with", READER]
    call += ["--exclude-newer", pyproject["tool"]["uv"]["exclude-newer"]]
    for reach in (["--offline"], []):  # what the machine has, else what the package index has
        done = subprocess.run(
            [*call, *reach, script, *files], capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr
    assert_the_public_cells(one, rows_of(done.stdout))
