"""The sample home: the same bytes every time, and a truth that agrees with what stands in the workbooks."""

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import OfficerError
from pipelines.sample import make_sample
from schemas import datasets

from .reading import Sheet, plain, read_home

SMALL: dict[str, Any] = {"rts": 11, "persons_per_rt": 50}
ONE = "63.06.05.1002"


def read_truth(home: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((home / "truth.json").read_text(encoding="utf-8"))
    return truth


def digests(home: Path) -> dict[str, str]:
    files = (path for path in home.rglob("*") if path.is_file())
    return {path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def clean_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("clean")
    make_sample(home, **SMALL, mistakes=0)
    return home


@pytest.fixture(scope="module")
def clean_sheets(clean_home: Path) -> dict[tuple[str, str], Sheet]:
    return read_home(clean_home)


def residents(sheets: dict[tuple[str, str], Sheet]) -> list[dict[str, Any]]:
    """The rows of `penduduk` that count, whatever the style calls alive and resident."""
    rows = [row for sheet in sheets.values() if sheet.dataset == "penduduk" for row in sheet.rows()]
    return [
        row
        for row in rows
        if plain(row.get("tinggal")) != "tidak" and plain(row.get("status_dasar")) in {"none", "hidup", "1"}
    ]


def test_equal_arguments_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_sample(tmp_path / name, **SMALL, seed=7)
    make_sample(tmp_path / "other", **SMALL, seed=8)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert digests(tmp_path / "one") != digests(tmp_path / "other")


def test_making_a_sample_again_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    make_sample(tmp_path / "again", **SMALL, seed=3)
    make_sample(tmp_path / "again", rts=2, persons_per_rt=20)
    make_sample(tmp_path / "fresh", rts=2, persons_per_rt=20)
    assert digests(tmp_path / "again") == digests(tmp_path / "fresh")


def test_mistakes_do_not_change_the_village(clean_home: Path, tmp_path: Path) -> None:
    make_sample(tmp_path, **SMALL, mistakes=3)
    truth, clean = read_truth(tmp_path), read_truth(clean_home)
    assert truth["clean"] == clean["clean"]
    assert truth["mistakes"]
    assert not clean["mistakes"] and not clean["consequences"]


def test_counts_are_those_of_the_workbooks(clean_home: Path, clean_sheets: dict[tuple[str, str], Sheet]) -> None:
    people = residents(clean_sheets)
    truth = read_truth(clean_home)["clean"]
    by_rt = Counter(row["_rt"] for row in people)
    men = Counter(row["_rt"] for row in people if plain(row["jenis_kelamin"]) in {"l", "laki-laki", "1"})
    families = {rt: len({row["no_kk"] for row in people if row["_rt"] == rt}) for rt in by_rt}
    assert len(by_rt) == SMALL["rts"]
    for (rw, rt), number in by_rt.items():
        counts = truth[f"{ONE}-{rw:03}-{rt:03}"]
        assert counts["jumlah_penduduk"] == number
        assert counts["laki_laki"] == men[rw, rt]
        assert counts["jumlah_keluarga"] == families[rw, rt]


def test_counts_add_up_over_areas(clean_home: Path) -> None:
    truth = read_truth(clean_home)["clean"]
    rts = [counts for code, counts in truth.items() if code.count("-") == 2]
    rws = [counts for code, counts in truth.items() if code.count("-") == 1]
    for name, number in truth[ONE].items():
        assert number == sum(counts[name] for counts in rts) == sum(counts[name] for counts in rws), name
    assert truth[ONE] == truth["63.06.05"] == truth["63.06"]


def test_rows_are_counted_by_dataset(clean_home: Path, clean_sheets: dict[tuple[str, str], Sheet]) -> None:
    read = Counter(sheet.dataset for sheet in clean_sheets.values() for _ in sheet.rows() if sheet.dataset)
    assert dict(read) == read_truth(clean_home)["rows"]


def test_recap_agrees_with_the_register(clean_sheets: dict[tuple[str, str], Sheet]) -> None:
    people = Counter(row["_rt"] for row in residents(clean_sheets))
    recaps = [row for sheet in clean_sheets.values() if sheet.dataset == "rekap_penduduk" for row in sheet.rows()]
    assert {row["_rt"]: row["jumlah_penduduk"] for row in recaps} == people
    for row in recaps:
        assert row["penduduk_laki_laki"] + row["penduduk_perempuan"] == row["jumlah_penduduk"]
        assert row["umur_0_14"] + row["umur_15_64"] + row["umur_65_ke_atas"] == row["jumlah_penduduk"]


def test_required_columns_are_filled(clean_sheets: dict[tuple[str, str], Sheet]) -> None:
    for sheet in clean_sheets.values():
        if not sheet.dataset or sheet.dataset.startswith("rekap"):
            continue
        required = {name for name, spec in datasets()[sheet.dataset].columns().items() if spec.required} - {"nik", "rt"}
        assert required <= set(sheet.at), sheet.file
        for row in sheet.rows():
            assert all(row[name] is not None for name in required), (sheet.file, row["_row"])


def test_styles_differ(clean_sheets: dict[tuple[str, str], Sheet]) -> None:
    headings = {
        tuple(plain(cell) for cell in sheet.cells[sheet.first - 1])
        for sheet in clean_sheets.values()
        if sheet.dataset == "penduduk"
    }
    assert len(headings) >= 5


def test_several_kelurahan_have_folders_and_numbers_of_their_own(tmp_path: Path) -> None:
    make_sample(tmp_path, rts=3, persons_per_rt=30, kelurahan=6, mistakes=0)
    folders = sorted(path.name for path in (tmp_path / "data" / "raw" / "2025-Q3").iterdir())
    assert folders == ["63.06.05.1001", ONE, "63.06.05.1003", "63.06.05.1004", "63.06.05.2901", "63.06.05.2902"]
    rows = [row for sheet in read_home(tmp_path).values() if sheet.dataset == "penduduk" for row in sheet.rows()]
    niks = [row["nik"] for row in rows if row["nik"] not in {None, "0"}]
    assert len(niks) == len(set(niks))
    assert not set(niks) & {row["no_kk"] for row in rows}


def test_area_register_lists_every_level(tmp_path: Path) -> None:
    make_sample(tmp_path, rts=8, persons_per_rt=10, kelurahan=2)
    with (tmp_path / "data" / "areas.csv").open(encoding="utf-8", newline="") as lines:
        areas = list(csv.DictReader(lines))
    codes = {area["code"] for area in areas}
    assert Counter(area["level"] for area in areas) == {
        "provinsi": 1, "kabupaten": 1, "kecamatan": 1, "kelurahan": 2, "rw": 4, "rt": 16,
    }  # fmt: skip
    assert all(area["parent"] in codes for area in areas if area["level"] != "provinsi")
    recurring = {area["rt"] for area in areas if area["code"].startswith(f"{ONE}-") and area["rt"]}
    running_on = {area["rt"] for area in areas if area["code"].startswith("63.06.05.1001-") and area["rt"]}
    assert (len(recurring), len(running_on)) == (4, 8)


@pytest.mark.parametrize("wrong", [{"rts": 0}, {"kelurahan": 0}, {"mistakes": -1}, {"period": "2025-3"}])
def test_impossible_arguments_are_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(OfficerError):
        make_sample(tmp_path, **wrong)


def test_data_of_an_office_is_never_overwritten(tmp_path: Path) -> None:
    inbox = tmp_path / "data" / "raw" / "2025-Q3"
    inbox.mkdir(parents=True)
    (inbox / "RT 001.xlsx").write_bytes(b"milik kantor")
    with pytest.raises(OfficerError):
        make_sample(tmp_path)
    assert (inbox / "RT 001.xlsx").read_bytes() == b"milik kantor"
