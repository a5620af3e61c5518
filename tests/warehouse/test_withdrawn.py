"""A workbook that should never have come, in the folder of the wrong quarter: the office can take it back."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from pipelines.indicators.run import measure_changed
from pipelines.settings import Places, load_office
from pipelines.summary import lines
from pipelines.warehouse.ingest import rebuild
from tests.warehouse.office import NOW, ask, contents, nothing, take_in, take_in_and_hand_out
from tests.warehouse.rows import person, write_people

AHMAD, NOOR = person(1, "Ahmad"), person(2, "Noor", kk=2)
CALL = ("withdraw", "a.xlsx", "--period", "2025-Q4", "--ya")


@pytest.fixture(autouse=True)
def this_office(monkeypatch: pytest.MonkeyPatch, home: Path, read_here: None) -> None:
    """This office, its few harmless workbooks read without a process for each."""
    monkeypatch.setenv("CANTIK_HOME", str(home))


def population(home: Path) -> dict[str, int]:
    """By period what is measured of the kelurahan."""
    with duckdb.connect(str(Places(home).warehouse), read_only=True) as store:
        return dict(
            store.execute(
                "SELECT period, numerator::INTEGER FROM cells "
                "WHERE level = 'kelurahan' AND indicator = 'jumlah_penduduk' AND breakdown = 'total'"
            ).fetchall()
        )


def move_to_the_right_quarter(home: Path) -> None:
    wrong = home / "data/raw/2025-Q4/a.xlsx"
    wrong.rename(home / "data/raw/2025-Q3/a.xlsx")


def test_a_file_moved_to_the_right_quarter_leaves_the_wrong_one_once_it_is_withdrawn(home: Path) -> None:
    write_people(home / "data/raw/2025-Q4/a.xlsx", AHMAD, NOOR)
    take_in(home)
    move_to_the_right_quarter(home)
    [told] = [line for line in lines(take_in(home)) if "pindah" in line]
    assert 'cantik withdraw "a.xlsx" --period 2025-Q4' in told
    assert population(home) == {"2025-Q3": 2, "2025-Q4": 2}
    (home / "reports/2025-Q4").mkdir(parents=True)
    assert main(CALL) == 0
    assert population(home) == {"2025-Q3": 2}
    assert sorted(folder.name for folder in (home / "reports").iterdir()) == ["2025-Q3", "2025-Q4 - tidak berlaku"]
    before = contents(Places(home).warehouse)
    assert take_in(home).files == 0
    rebuild(load_office(Places(home)), nothing)
    measure_changed(load_office(Places(home)))
    assert contents(Places(home).warehouse) == before


def test_what_the_withdrawn_one_had_replaced_counts_again_with_its_findings(home: Path) -> None:
    path = home / "data/raw/2025-Q4/a.xlsx"
    write_people(path, AHMAD, NOOR, person(3, "Siti", kk=3, rt="x"))
    take_in(home)
    told = ask(home, "SELECT rule, cell FROM findings ORDER BY ALL")
    write_people(path, AHMAD)
    take_in(home)
    path.unlink()
    assert main(CALL) == 0
    assert population(home) == {"2025-Q4": 2}
    assert ask(home, "SELECT rule, cell FROM findings ORDER BY ALL") == told
    assert (home / "data/returned/2025-Q4/a - diperiksa.xlsx").exists()


def test_a_withdrawn_file_may_come_again(home: Path) -> None:
    path = write_people(home / "data/raw/2025-Q4/a.xlsx", AHMAD)
    take_in(home)
    sent = path.read_bytes()
    path.unlink()
    assert main(CALL) == 0
    assert population(home) == {}
    path.write_bytes(sent)
    assert take_in(home, NOW).files == 1
    assert population(home) == {"2025-Q4": 1}


def test_a_quarter_without_any_rows_left_is_published_no_more_and_its_tables_are_put_away(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places, path = Places(home), write_people(home / "data/raw/2025-Q4/a.xlsx", AHMAD)
    for folder in ("2025-Q4", "2025-Q4 - tidak berlaku"):  # one of them of an earlier withdrawal
        (places.reports / folder).mkdir(parents=True)
        (places.reports / folder / "catatan lurah.txt").write_text(folder, encoding="utf-8")
    take_in(home)
    released = {kept.name for kept in places.releases.iterdir()}
    path.unlink()
    assert main(CALL) == 0
    said = capsys.readouterr().err
    assert "Untuk 2025-Q4 tidak ada lagi baris yang dihitung" in said
    assert "rilis baru" not in said
    assert not places.published.exists()
    assert main(("pull",)) == 2
    assert "Belum ada yang diterbitkan" in capsys.readouterr().err
    notes = {note.parent.name: note.read_text("utf-8") for note in places.reports.rglob("*.txt")}
    assert notes == {"2025-Q4 - tidak berlaku": "2025-Q4 - tidak berlaku", "2025-Q4 - tidak berlaku 2": "2025-Q4"}
    assert {kept.name for kept in places.releases.iterdir()} == released


def test_where_everything_received_is_lost_what_was_published_stays(home: Path) -> None:
    places = Places(home)
    write_people(home / "data/raw/2025-Q4/a.xlsx", AHMAD)
    (places.reports / "2025-Q4").mkdir(parents=True)
    take_in(home)
    published = places.published.read_bytes()
    for lost in (places.inbox, places.store / "kept"):
        shutil.rmtree(lost)
    for lost in (places.warehouse, places.identities, places.store / "receipts.jsonl"):
        lost.unlink()
    places.inbox.mkdir()
    take_in_and_hand_out(home)
    assert places.published.read_bytes() == published
    assert [folder.name for folder in places.reports.iterdir()] == ["2025-Q4"]


def test_what_still_lies_in_the_inbox_or_never_came_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_people(home / "data/raw/2025-Q4/a.xlsx", AHMAD)
    take_in(home)
    assert main(CALL) == 2
    assert "Pindahkan dahulu" in capsys.readouterr().err
    assert main(("withdraw", "b.xlsx", "--period", "2025-Q4", "--ya")) == 2
    assert "Mungkin maksudnya: a.xlsx" in capsys.readouterr().err
    assert population(home) == {"2025-Q4": 1}
