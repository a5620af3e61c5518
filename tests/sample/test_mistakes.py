"""Every planted mistake stands in the cell that the truth names, and every kind is planted."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from pipelines.sample import make_sample
from pipelines.sample.mistakes import MISTAKES
from schemas import datasets
from schemas.codelists import code_list
from schemas.dataset import rules

from .reading import Sheet, address, day, plain, read_home

LAST = date(2025, 9, 30)
LEVELS = {"sd": (6, 13), "mi": (6, 13), "1": (6, 13), "sma": (14, 21), "ma": (14, 21), "3": (14, 21)}
HEADS = {"kepala keluarga", "kk", "1"}


@dataclass
class Village:
    """What a sample with mistakes holds, by address and by number."""

    truth: dict[str, Any]
    sheets: dict[tuple[str, str], Sheet]

    def __post_init__(self) -> None:
        self.rows: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.people: list[dict[str, Any]] = []
        for key, sheet in self.sheets.items():
            for row in sheet.rows():
                for column in sheet.at:
                    self.rows[*key, address(sheet, row, column)] = row
                if sheet.dataset == "penduduk":
                    self.people.append(row | {"_file": key[0]})

    def with_nik(self, nik: object) -> list[dict[str, Any]]:
        """The rows of `penduduk` that carry a NIK."""
        return [row for row in self.people if row["nik"] == nik]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    home = tmp_path_factory.mktemp("mistakes")
    make_sample(home, rts=13, persons_per_rt=110, mistakes=4)
    truth = json.loads((home / "truth.json").read_text(encoding="utf-8"))
    return Village(truth, read_home(home))


Check = Callable[[Village, Any, dict[str, Any]], bool]


def of_other_sex(village: Village, value: Any, row: dict[str, Any]) -> bool:
    woman = plain(row["jenis_kelamin"]) in {"p", "perempuan", "2"}
    return (int(value[6:8]) > 40) is not woman


def wrong_level(village: Village, value: Any, row: dict[str, Any]) -> bool:
    (person,) = village.with_nik(row["nik"])
    born = day(person["tanggal_lahir"])
    assert born
    age = LAST.year - born.year - ((LAST.month, LAST.day) < (born.month, born.day))
    least, most = LEVELS[plain(value)]
    return not least <= age <= most


def second_head(village: Village, value: Any, row: dict[str, Any]) -> bool:
    heads = [other for other in village.people if other["no_kk"] == row["no_kk"] and is_head(other)]
    return plain(value) in HEADS and len(heads) == 2


def is_head(row: dict[str, Any]) -> bool:
    return plain(row["hubungan_keluarga"]) in HEADS


def copied(village: Village, value: Any, row: dict[str, Any]) -> bool:
    first, second = village.with_nik(value)
    columns = datasets()["penduduk"].columns()
    return all(first.get(name) == second.get(name) for name in columns)


def undeclared(village: Village, value: Any, row: dict[str, Any]) -> bool:
    lists = ("agama", "hubungan_keluarga", "status_perkawinan")
    known = {plain(word) for name in lists for e in code_list(name) for word in (e.code, e.label, *e.synonyms)}
    return plain(value) not in known


def in_two_rts(village: Village, value: Any, row: dict[str, Any]) -> bool:
    return len({other["_rt"] for other in village.with_nik(value)}) == 2


CHECKS: dict[str, Check] = {
    "ID01": lambda village, value, row: len(value) == 15 or value.endswith("0000"),
    "ID02": of_other_sex,
    "ID04": lambda village, value, row: value == row["nik"],
    "ID05": lambda village, value, row: isinstance(value, int) and len(str(value)) == 16 and value % 10 == 0,
    "DUP01": lambda village, value, row: len({other["nama"] for other in village.with_nik(value)}) == 2,
    "DUP02": in_two_rts,
    "DUP05": copied,
    "EDU02": wrong_level,
    "TGL01": lambda village, value, row: str(value).startswith("31/02/"),
    "LIFE03": lambda village, value, row: (day(value) or LAST) > LAST,
    "KODE01": undeclared,
    "WAJIB01": lambda village, value, row: value is None,
    "KK01": second_head,
    "HH01": lambda village, value, row: int(value) == 3,
    "ANGKA01": lambda village, value, row: not str(value).isdigit(),
    "GEO04": lambda village, value, row: "99" in str(value),
    "WARGA01": lambda village, value, row: value not in {other["no_kk"] for other in village.people},
}


@pytest.mark.parametrize("rule", CHECKS)
def test_cell_contains_the_mistake(village: Village, rule: str) -> None:
    planted = [mistake for mistake in village.truth["mistakes"] if mistake["rule"] == rule]
    assert planted
    for mistake in planted:
        sheet = village.sheets[mistake["file"], mistake["sheet"]]
        row = village.rows[mistake["file"], mistake["sheet"], mistake["cell"]]
        assert address(sheet, row, mistake["column"]) == mistake["cell"]
        assert CHECKS[rule](village, sheet.cell(mistake["cell"]), row), mistake
        assert mistake["severity"] == rules()[rule].severity


def test_every_kind_is_planted(village: Village) -> None:
    planted = Counter(mistake["what"].split(":")[0] for mistake in village.truth["mistakes"])
    assert {mistake.what for mistake in MISTAKES} == set(planted)
    assert {mistake.rule for mistake in MISTAKES} - {None} == set(CHECKS)


def test_people_who_are_gone_stand_in_the_list(village: Village) -> None:
    unseen = [mistake for mistake in village.truth["mistakes"] if mistake["rule"] is None]
    listed = [mistake for mistake in unseen if mistake["cell"]]
    for mistake in listed:
        row = village.rows[mistake["file"], mistake["sheet"], mistake["cell"]]
        assert row["nama"] and plain(row.get("status_dasar")) in {"none", "hidup", "1"}
    extra = len([mistake for mistake in village.truth["mistakes"] if mistake["rule"] in {"DUP02", "DUP05", "LIFE03"}])
    missing = len(unseen) - len(listed)
    residents = [
        row
        for row in village.people
        if plain(row.get("tinggal")) != "tidak" and plain(row.get("status_dasar")) in {"none", "hidup", "1"}
    ]
    assert len(residents) == village.truth["clean"]["63.06.05.1002"]["jumlah_penduduk"] + len(listed) + extra - missing


def test_consequences_are_rows_of_somebody_held(village: Village) -> None:
    errors = {(m["file"], m["sheet"], m["cell"]) for m in village.truth["mistakes"] if m["severity"] == "error"}
    held = {village.rows[key]["nama"] for key in errors if key in village.rows and "nama" in village.rows[key]}
    waiting = [entry for entry in village.truth["consequences"] if entry["rule"] == "WARGA01"]
    assert waiting
    for entry in waiting:
        row = village.rows[entry["file"], entry["sheet"], entry["cell"]]
        assert row.get("nama", row.get("nama_kepala")) in held
