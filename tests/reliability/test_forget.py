"""A forgotten person stands nowhere any more, does not come back, and takes nobody else along."""

import random
import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from pipelines.cli import main
from pipelines.errors import OfficerError
from pipelines.journal import LINK
from pipelines.safekeeping.backup import back_up
from pipelines.safekeeping.restore import restore
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import rebuild
from pipelines.warehouse.rights import JOURNAL, load_forgotten, numbers_in
from tests.warehouse.named import open_named, views_of
from tests.warehouse.office import NOW, ask, nothing
from tests.warehouse.rows import HEADINGS, person

from .office import PASSPHRASE, results, whole_run
from .remains import found_in
from .steps import steps_of, struck

OFFICER_S_OWN = ("data/raw/",)
HEAD = """
    SELECT p.nik, p.nama FROM penduduk AS p JOIN kesejahteraan AS k ON k.no_kk = p.no_kk AND k.nama_kepala = p.nama
    WHERE p.nik IN (SELECT nik FROM pendidikan) AND p.nik IN (SELECT nik FROM ketenagakerjaan) ORDER BY p.nik
"""


def head_of_a_family(home: Path) -> tuple[str, str]:
    """A resident who stands in every dataset, whose name nobody else bears, not even as a part."""
    names = [str(name).lower() for (name,) in ask(home, "SELECT DISTINCT nama FROM penduduk")]
    for nik, name in ask(home, HEAD):
        if " " in str(name) and sum(str(name).lower() in other for other in names) == 1:
            return str(nik), str(name)
    raise AssertionError("the sample has no such head")


def forgotten(home: Path, nik: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("CANTIK_HOME", str(home))
    return main(["forget", nik, "--ya"])


def others(home: Path, nik: str) -> dict[str, list[tuple[object, ...]]]:
    """All accepted and held rows but that person's, without the name that a family's row may lose."""
    with open_named(Places(home).warehouse) as store:
        tables = views_of(store)
        found = {}
        for table in sorted(set(tables) & {"penduduk", "pendidikan", "ketenagakerjaan", "kesejahteraan"}):
            columns = "* EXCLUDE (nama_kepala)" if table == "kesejahteraan" else "*"
            where = "" if table == "kesejahteraan" else f"WHERE nik IS DISTINCT FROM '{nik}'"
            found[table] = store.execute(f"SELECT {columns} FROM {table} {where} ORDER BY ALL").fetchall()
        return found


def test_a_forgotten_person_stands_nowhere_and_nobody_else_is_touched(
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    tally: Counter[str],
) -> None:
    nik, name = head_of_a_family(office)
    before = others(office, nik)
    assert found_in(office, [nik, name], OFFICER_S_OWN)
    assert forgotten(office, nik, monkeypatch) == 0
    assert found_in(office, [nik, name], OFFICER_S_OWN) == {}
    assert others(office, nik) == before
    told = capsys.readouterr().err
    sent = found_in(office / "data/raw", [nik])
    assert sent
    assert all(place.split("!")[0].rpartition("/")[2] in told for place in sent)
    assert nik not in told

    after = results(office)
    rebuild(load_office(Places(office)), nothing)
    whole_run(office)
    assert results(office) == after
    shutil.rmtree(office / "data/raw/2025-Q3")  # the kept files suffice
    back_up(Places(office), tmp_path / "x.cadangan", PASSPHRASE, NOW)
    home = tmp_path / "baru"
    restore(Places(home), tmp_path / "x.cadangan", PASSPHRASE, False, NOW, nothing)
    assert results(home)["warehouse"] == after["warehouse"]
    assert found_in(home, [nik, name]) == {}
    tally["forgotten"] += 1


def test_a_forgotten_person_does_not_come_back_in_a_later_workbook(
    office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nik, _ = head_of_a_family(office)
    assert forgotten(office, nik, monkeypatch) == 0
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number in (f"{nik[:6]} {nik[6:12]}.{nik[12:]}", nik):
        sheet.append((number, *person(1, "Datang Lagi", rw="001")[1:]))
    sheet.append(person(2, "Tetangga Baru", rw="001", kk=2))
    book.save(office / "data/raw/2025-Q3/susulan.xlsx")
    whole_run(office)
    assert ask(office, "SELECT nama FROM penduduk WHERE receipt = (SELECT max(receipt) FROM receipts)") == [
        ("Tetangga Baru",)
    ]
    assert found_in(office, [nik, "Datang Lagi"], OFFICER_S_OWN) == {}


def test_the_journal_holds_marks_that_need_the_key(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nik, _ = head_of_a_family(office)
    assert forgotten(office, nik, monkeypatch) == 0
    places = Places(office)
    known = load_forgotten(places)
    assert known.mark("nik", nik) in known.persons
    assert len(known.key) == 32
    places.rights_key.unlink()
    with pytest.raises(OfficerError, match="Catatan hak warga"):
        whole_run(office)
    assert LINK in (places.store / JOURNAL).read_text("utf-8")


@pytest.mark.parametrize("number", ["123", "9901010101010001"])
def test_a_number_that_is_not_there_changes_nothing(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    before = results(office)
    assert forgotten(office, number, monkeypatch) == 2
    assert number not in capsys.readouterr().err
    assert results(office) == before
    assert not (Places(office).store / JOURNAL).exists()


def test_numbers_are_known_however_they_are_spaced() -> None:
    for text in (
        "6306057008900001",
        "'6306057008900001",
        "630605.700890.0001",
        "6306 0570 0890 0001",
        "NIK: 6306057008900001",
    ):
        assert numbers_in(text) == {"6306057008900001"}
    assert numbers_in("63060570089000012") == set()


@pytest.mark.slow
def test_forgetting_that_is_killed_is_finished_by_the_next_run(
    office: Path, tmp_path: Path, tally: Counter[str]
) -> None:
    nik, name = head_of_a_family(office)
    calm = tmp_path / "tenang"
    shutil.copytree(office, calm)
    steps = steps_of(Forget(nik), calm, tmp_path / "langkah.txt")
    whole_run(calm)
    expected, moment, entered = results(calm), random.Random(1), 0
    for _ in range(40):
        home = tmp_path / "padam"
        shutil.copytree(office, home)
        (home / "data/hak.key").write_text((calm / "data/hak.key").read_text("ascii"), "ascii")
        assert struck(Forget(nik), home, moment.randint(1, len(steps) - 5))
        was_entered = (Places(home).store / JOURNAL).exists()
        whole_run(home)
        if was_entered:
            entered += 1
            assert results(home)["warehouse"] == expected["warehouse"]
            assert results(home)["published"] == expected["published"]
            assert found_in(home, [nik, name], OFFICER_S_OWN) == {}
        shutil.rmtree(home)
    assert entered > 20
    tally["other"] += 40


class Forget:
    """`cantik forget` in a process made for it."""

    def __init__(self, nik: str) -> None:
        self._nik = nik

    def __call__(self, home: Path) -> None:
        import os

        os.environ["CANTIK_HOME"] = str(home)
        assert main(["forget", self._nik, "--ya"]) == 0
