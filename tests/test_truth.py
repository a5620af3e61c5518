"""The sample against its own truth: every planted mistake is found in its cell, and nothing is found where none is."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.publishing.query import Selection, selected
from pipelines.sample import make_sample
from pipelines.settings import Places, load_office
from pipelines.warehouse.standing import standing
from tests.warehouse.office import ask, take_in

COUNTS = {
    "jumlah_penduduk": ("jumlah_penduduk", "total"),
    "laki_laki": ("jumlah_penduduk", "L"),
    "perempuan": ("jumlah_penduduk", "P"),
    "jumlah_keluarga": ("jumlah_keluarga", "total"),
    "lansia": ("jumlah_lansia", "total"),
}


@pytest.fixture(scope="module", params=[0.0, 1.0], ids=["clean", "mistakes"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    home = tmp_path_factory.mktemp("kantor")
    make_sample(home, rts=12, persons_per_rt=150, seed=11, mistakes=request.param)
    take_in(home)
    return home, json.loads((home / "truth.json").read_text("utf-8"))


def findings(home: Path) -> list[dict[str, Any]]:
    office = load_office(Places(home))
    from pipelines.periods import parse_period

    return standing(office.places.warehouse, parse_period("2025-Q3"), office.register).findings


def test_every_planted_mistake_is_found_in_its_cell(sample: tuple[Path, dict[str, Any]]) -> None:
    home, truth = sample
    found = {(f["file"], f["sheet"], f["cell"], f["rule"], f["severity"]) for f in findings(home)}
    planted = {(m["file"], m["sheet"], m["cell"], m["rule"], m["severity"]) for m in truth["mistakes"] if m["rule"]}
    assert planted - found == set()


def test_only_planted_mistakes_hold_rows(sample: tuple[Path, dict[str, Any]]) -> None:
    home, truth = sample
    expected = {
        (m["file"], m["sheet"], m["cell"], m["rule"])
        for m in truth["mistakes"] + truth.get("consequences", [])
        if m["severity"] == "error"
    }
    held = {(f["file"], f["sheet"], f["cell"], f["rule"]) for f in findings(home) if f["severity"] == "error"}
    assert held - expected == set()


def test_accepted_and_held_are_the_rows_that_were_written(sample: tuple[Path, dict[str, Any]]) -> None:
    home, truth = sample
    read = dict(ask(home, "SELECT dataset, sum(rows)::BIGINT FROM sheets GROUP BY dataset"))
    assert {name: read.get(name, 0) for name in truth["rows"]} == truth["rows"]
    assert ask(home, "SELECT sum(rows) = sum(accepted) + sum(held) FROM sheets") == [(True,)]


def test_the_clean_village_is_published_as_it_is(sample: tuple[Path, dict[str, Any]]) -> None:
    home, truth = sample
    if truth["mistakes"]:
        pytest.skip("the truth counts the village before mistakes were planted")
    with selected(Places(home).published, Selection(tier="liaison")) as cells:
        published = {row[:3]: row[3] for row in cells.select("area", "indicator", "breakdown", "value").fetchall()}
    for area, counts in truth["clean"].items():
        for name, (indicator, breakdown) in COUNTS.items():
            assert published[area, indicator, breakdown] == counts[name], (area, name)
