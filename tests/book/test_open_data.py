"""The data files: a valid Frictionless package whose figures are the store's, in CSV and Parquet alike."""

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from frictionless import Package

from pipelines.publishing.book.declared import AREAS, INDICATORS, PERIODS, Table, tables
from pipelines.publishing.book.twins import STATUSES
from pipelines.publishing.csvout import csv_text, rows_text
from pipelines.publishing.tiers import NUMBERLESS
from tests.book.office import HOSTILE, PERIOD, Released, categories_of
from tests.book.reading import spread

HIDDEN = ("c", "s", "m")


def data(release: Released) -> Path:
    """Where the data files are."""
    return release.folder / "data"


def handed_out(release: Released) -> list[Table]:
    """The declared tables with a data file."""
    return [table for table in tables() if (data(release) / f"{table.key}.csv").exists()]


def rows_of(release: Released, table: Table) -> list[dict[str, str]]:
    """The rows of a table's CSV by field."""
    with (data(release) / f"{table.key}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def keys_of(
    table: Table, row: dict[str, str], categories: dict[str, dict[str, str]]
) -> dict[str, tuple[str, str, str, str]]:
    """The cell behind each figure of a row, by the field's name."""
    found = {}
    for column in (one for declared in table.columns for one in spread(declared, categories)):
        code, breakdown = column.indicator or row["indikator"], column.breakdown
        if table.rows not in (AREAS, INDICATORS, PERIODS):
            category = row[f"kode_{table.rows}"]
            whole = {"L": "L", "P": "P"}.get(breakdown.rpartition("_")[2], "total")
            breakdown = whole if category == "total" else f"{breakdown}:{category}"
        found[column.name] = (row["periode"], row["wilayah"], code, breakdown)
    return found


@pytest.mark.parametrize("which", ["one", "several"])
def test_every_figure_equals_the_store(which: str, request: pytest.FixtureRequest) -> None:
    release: Released = request.getfixturevalue(which)
    statuses: set[str] = set()
    categories = categories_of(release)
    for table in handed_out(release):
        for row in rows_of(release, table):
            for name, key in keys_of(table, row, categories).items():
                cell = release.cells.get(key)
                statuses.add(row[f"{name}_tanda"])
                assert row[f"{name}_tanda"] == (cell["status"] if cell else "na"), (table.key, key)
                if cell is None or cell["value"] is None or cell["status"] in HIDDEN:
                    assert row[name] == ""
                else:
                    assert float(row[name]) == cell["value"]
                if cell:
                    assert (row["nama_wilayah"], row["tingkat"]) == (
                        cell["area_name"].replace(HOSTILE, f"'{HOSTILE}"),
                        cell["level"],
                    )
                    assert int(row["rt_masuk"]) >= cell["areas_reported"]
    assert {"ok", "c", "s"} <= statuses <= set(STATUSES)


def test_parquet_holds_what_csv_holds_with_types(one: Released) -> None:
    for table in handed_out(one):
        found = duckdb.read_parquet(str(data(one) / f"{table.key}.parquet"), connection=duckdb.connect())
        kinds = dict(zip(found.columns, map(str, found.types), strict=True))
        figures = {name.removesuffix("_tanda") for name in found.columns if name.endswith("_tanda")}
        assert figures
        assert {kinds[name] for name in figures} == {"DOUBLE"}
        assert (kinds["wilayah"], kinds["rt_masuk"]) == ("VARCHAR", "BIGINT")
        assert csv_text(found) == (data(one) / f"{table.key}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("which", ["one", "several"])
def test_the_package_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    """Frictionless reads every file: sizes, hashes, types, required fields, allowed statuses, keys."""
    release: Released = request.getfixturevalue(which)
    report = Package(str(data(release) / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == 2 * len(handed_out(release)) > 30


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda text: text.replace(",ok,", ",baik,", 1), "constraint-error"),
        (lambda text: text + text.splitlines()[-1] + "\n", "primary-key"),
        (lambda text: text.replace("2025-Q3", "2025-Q4", 1), "hash-count"),
    ],
)
def test_the_package_tells_a_file_that_was_changed(one: Released, tmp_path: Path, harm: Any, said: str) -> None:
    for file in data(one).iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "penduduk_menurut_rt.csv"
    path.write_text(harm(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    if said != "hash-count":  # the table's own rules, without the size and the hash that also tell it
        told = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
        for resource in told["resources"]:
            del resource["bytes"], resource["hash"]
        (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert said in {kind for (kind,) in report.flatten(["type"])}


def test_the_descriptor_says_where_figures_come_from_and_in_what_unit(one: Released) -> None:
    told = json.loads((data(one) / "datapackage.json").read_text(encoding="utf-8"))
    assert (told["version"], told["period"]) == (
        next(iter(one.cells.values()))["release"][:0] + told["version"],
        PERIOD,
    )
    assert told["version"] in {cell["release"] for cell in one.cells.values()}
    assert told["licenses"]
    assert told["sources"]
    tabular = {r["name"]: r for r in told["resources"] if r["format"] == "csv"}
    fields = {f["name"]: f for f in tabular["penduduk_menurut_rt"]["schema"]["fields"]}
    assert (fields["laki_laki"]["type"], fields["laki_laki"]["unit"]) == ("number", "orang")
    assert tabular["penduduk_menurut_rt"]["schema"]["primaryKey"] == ["periode", "wilayah"]
    assert all(f["title"] and f["description"] for r in tabular.values() for f in r["schema"]["fields"])


def test_rows_at_hand_are_written_as_those_of_duckdb() -> None:
    """The two writers of CSV agree, on what a spreadsheet would run, too."""
    rows = [("=1+1", 1.0, 7), (" -x", 0.1, None), ('a "b", c', None, 0), ("\ufeff@x", 1e300, -1), ("a\nb", 2.0**60, 2)]
    memory = duckdb.connect()
    memory.execute("CREATE TABLE t (a VARCHAR, b DOUBLE, c BIGINT)")
    memory.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    assert rows_text(["a", "b", "c"], rows) == csv_text(memory.table("t"))
    assert set(NUMBERLESS) == set(HIDDEN)
