"""Old workbooks go once no present row stands behind them, whatever the clock says; what is counted stays."""

import datetime as dt
import shutil
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import openpyxl
import pytest

from pipelines.errors import OfficerError
from pipelines.journal import append_to_journal
from pipelines.periods import parse_period
from pipelines.safekeeping.backup import back_up
from pipelines.safekeeping.restore import restore
from pipelines.settings import Office, Places, load_office
from pipelines.summary import lines, removed_lines
from pipelines.warehouse.handback import hand_back
from pipelines.warehouse.ingest import ingest, rebuild
from pipelines.warehouse.ledger import kept_file, read_ledger
from pipelines.warehouse.removed import JOURNAL, load_removed
from pipelines.warehouse.retention import remove_old
from pipelines.warehouse.standing import Standing, standing
from tests.conftest import CONFIG
from tests.warehouse.office import NOW, ask, contents, nothing, reading_here
from tests.warehouse.rows import Row, person, write_people

from .office import results, whole_run
from .steps import steps_of, struck

pytestmark = pytest.mark.usefixtures("read_here")

AHMAD, NOOR, SITI = (person(n, name, kk=n) for n, name in enumerate(("Ahmad", "Noor", "Siti"), 1))
WINTER = dt.datetime(2026, 1, 15, 9)
LATER = NOW + dt.timedelta(days=150)
MONTHS = 3
OPEN = "SELECT p.* FROM penduduk AS p JOIN slices USING (receipt, period, area) WHERE closed_by IS NULL ORDER BY ALL"
KEPT_TABLES = ("receipts", "slices", "facts", "cells", "measured")


def keeping(home: Path, months: int = MONTHS) -> Office:
    """The office once it keeps files for so many months."""
    config = Places(home).config
    config.write_text(config.read_text("utf-8") + f"\n[retention]\nraw_months = {months}\n", "utf-8")
    return load_office(Places(home))


def send(home: Path, now: dt.datetime, *rows: Row, name: str = "a.xlsx", period: str = "2025-Q3") -> None:
    write_people(home / "data/raw" / period / name, *rows)
    take_in(home, now)


def take_in(home: Path, now: dt.datetime) -> None:
    office = load_office(Places(home))
    taken = ingest(office, None, now, nothing)
    hand_back(office, taken.periods)


def kept(home: Path) -> list[int]:
    """The receipts whose bytes are kept."""
    places = Places(home)
    return [r.receipt for r in read_ledger(places) if kept_file(places, r).exists()]


def stands(home: Path) -> Standing:
    office = load_office(Places(home))
    return standing(office.places.warehouse, parse_period("2025-Q3"), office.register)


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Receipts 1 (mended by 3), 2 (of no use), 3, and 4 of the next quarter."""
    home = tmp_path_factory.mktemp("desa")
    (home / "data/raw/2025-Q3").mkdir(parents=True)
    (home / "data/cantik.toml").write_text(CONFIG, encoding="utf-8")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(("Barang", "Harga"))
    book.active.append(("Semen", 1))
    book.create_sheet("Lama").append(("Semen", 2))
    book["Lama"].sheet_state = "hidden"  # a remark, so that the workbook comes back
    with reading_here():
        send(home, NOW, AHMAD, SITI)
        book.save(home / "data/raw/2025-Q3/belanja.xlsx")
        take_in(home, NOW + dt.timedelta(hours=1))
        send(home, NOW + dt.timedelta(days=40), AHMAD, NOOR)
        send(home, WINTER, AHMAD, period="2025-Q4")
    return home


@pytest.fixture
def village(grown: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(grown, tmp_path / "kantor"))


def test_what_no_present_row_needs_goes_and_the_rest_stays(village: Path, tmp_path: Path, tally: Counter[str]) -> None:
    office, places = keeping(village), Places(village)
    before, state, rows = contents(places.warehouse), stands(village), ask(village, OPEN)
    assert [p.name for p in (village / "data/returned/2025-Q3").glob("*.xlsx")] == ["belanja - diperiksa.xlsx"]
    removal = remove_old(office, WINTER)
    hand_back(office, [parse_period(p) for p in removal.periods])
    assert removed_lines(removal) == ["2 salinan berkas lama, yang tidak dipakai lagi, dihapus menurut masa simpan."]
    assert kept(village) == [3, 4]
    assert not list((village / "data/returned/2025-Q3").glob("*.xlsx"))
    assert {gone.sha256 for gone in load_removed(places).values()} == {r.sha256 for r in read_ledger(places)[:2]}
    assert contents(places.warehouse) == before
    assert removed_lines(remove_old(office, WINTER)) == []

    told = " ".join(lines(rebuild(office, nothing)))
    assert "2 berkas lama sudah dihapus menurut masa simpan" in told
    assert "2025-Q3 2 baris" in told
    after = contents(places.warehouse)
    assert {t: after[t] for t in KEPT_TABLES if t in after} | {"receipts": ""} == {
        t: before[t] for t in KEPT_TABLES if t in before
    } | {"receipts": ""}  # the reason of a refusal now says that the file is gone
    assert ask(village, OPEN) == rows
    assert ask(village, "SELECT count(*) FROM penduduk WHERE receipt = 1") == [(0,)]
    now = stands(village)
    assert (now.areas, now.read, now.learned.arrivals) == (state.areas, state.read, state.learned.arrivals)
    assert now.findings == [f for f in state.findings if f["file"] != "belanja.xlsx"]
    [(file, reason)] = now.rejected
    assert file == "belanja.xlsx"
    assert "masa simpan" in reason

    back_up(places, tmp_path / "x.cadangan", "empat kata yang mudah", WINTER)
    shutil.rmtree(village / "data/raw")
    other = tmp_path / "baru"
    restore(Places(other), tmp_path / "x.cadangan", "empat kata yang mudah", False, WINTER, nothing)
    assert ask(other, OPEN) == rows
    assert stands(other).areas == state.areas
    tally["removals"] += 1


def test_what_a_kill_left_is_finished_by_the_next_run(village: Path, tally: Counter[str]) -> None:
    office, places = keeping(village), Places(village)
    whole = {r.receipt: (kept_file(places, r), kept_file(places, r).read_bytes()) for r in read_ledger(places)}
    remove_old(office, WINTER)
    for number in (1, 2):  # the journal is on disk before the first file goes
        whole[number][0].write_bytes(whole[number][1])
    assert kept(village) == [1, 2, 3, 4]
    remove_old(replace(office, raw_months=None), WINTER)
    assert kept(village) == [3, 4]
    (places.store / JOURNAL).write_bytes((places.store / JOURNAL).read_bytes().replace(b"rejected", b"accepted"))
    with pytest.raises(OfficerError, match="Catatan masa simpan"):
        remove_old(office, WINTER)
    tally["removals"] += 1


def test_nothing_goes_where_the_office_does_not_say_so_or_before_its_time(village: Path, tally: Counter[str]) -> None:
    assert remove_old(load_office(Places(village)), WINTER).files == 0
    office = keeping(village, 4)
    assert remove_old(office, WINTER).files == 0
    assert kept(village) == [1, 2, 3, 4]
    assert remove_old(office, WINTER + dt.timedelta(days=30)).files == 2
    tally["removals"] += 1


def test_nothing_goes_while_a_file_that_stays_is_not_whole(village: Path, tally: Counter[str]) -> None:
    office, places = keeping(village), Places(village)
    present = kept_file(places, read_ledger(places)[2])
    content = present.read_bytes()
    present.write_bytes(content[:-1])
    shutil.rmtree(village / "data/raw/2025-Q3")
    assert "Berkas lama tidak dihapus. Salinan tersimpan dari a.xlsx" in removed_lines(remove_old(office, WINTER))[0]
    present.write_bytes(content)
    assert kept(village) == [1, 2, 3, 4]
    assert remove_old(office, WINTER).files == 2
    tally["removals"] += 1


def test_a_file_that_was_put_back_is_kept_for_the_rows_it_gives_now(home: Path, tally: Counter[str]) -> None:
    send(home, NOW, AHMAD)
    old = (home / "data/raw/2025-Q3/a.xlsx").read_bytes()
    send(home, NOW + dt.timedelta(days=1), AHMAD, NOOR)
    (home / "data/raw/2025-Q3/a.xlsx").write_bytes(old)
    take_in(home, NOW + dt.timedelta(days=2))
    assert remove_old(keeping(home), WINTER).files == 1
    assert kept(home) == [1, 3]
    # What was removed may come again, too.
    send(home, WINTER, AHMAD, NOOR)
    remove_old(load_office(Places(home)), WINTER)
    rebuild(load_office(Places(home)), nothing)
    assert len(ask(home, OPEN)) == 2
    tally["removals"] += 1


def test_under_a_wrong_clock_nothing_goes(village: Path, tally: Counter[str]) -> None:
    office, future = keeping(village), dt.datetime(2038, 1, 19, 3, 14, 8)
    for clock in (dt.datetime(1970, 1, 1), WINTER - dt.timedelta(days=1), dt.datetime(2026, 9, 1), future):
        removal = remove_old(office, clock)
        assert kept(village) == [1, 2, 3, 4]
        assert "Berkas lama tidak dihapus: tanggal komputer" in removed_lines(removal)[0]
        tally["removals"] += 1


@pytest.mark.parametrize("wrong", [dt.datetime(1970, 1, 1), dt.datetime(2038, 1, 19)], ids=["1970", "2038"])
def test_receipts_of_a_wrong_clock_are_neither_old_nor_a_witness(
    home: Path, wrong: dt.datetime, tally: Counter[str]
) -> None:
    send(home, NOW, AHMAD)
    send(home, wrong, AHMAD, NOOR)
    send(home, wrong, AHMAD, SITI)
    office = keeping(home)
    assert remove_old(office, dt.datetime(2038, 1, 20)).files == 0
    assert remove_old(office, NOW + dt.timedelta(days=80)).files == 0
    assert kept(home) == [1, 2, 3]
    assert remove_old(office, WINTER).files == 2
    assert kept(home) == [3]
    tally["removals"] += 1


def test_a_removed_receipt_that_new_rules_would_need_is_told(village: Path, tally: Counter[str]) -> None:
    office, places = keeping(village), Places(village)
    remove_old(office, WINTER)
    third = replace(load_removed(places)[1], receipt=3, sha256=read_ledger(places)[2].sha256)
    append_to_journal(places.store / JOURNAL, [asdict(third)])
    taken = rebuild(office, nothing)
    assert taken.lost == ["63.06.05.1002-002-001"]
    assert "berkas lamanya sudah dihapus: RT 63.06.05.1002-002-001" in " ".join(lines(taken))
    assert stands(village).accepted == 0
    tally["removals"] += 1


def test_months_that_mean_nothing_are_refused(home: Path) -> None:
    config = Places(home).config
    before = config.read_text("utf-8")
    for written in ("0", "-1", "1.5", "true", '"12"', "601"):
        config.write_text(f"{before}\n[retention]\nraw_months = {written}\n", "utf-8")
        with pytest.raises(OfficerError, match="raw_months harus bilangan bulat"):
            load_office(Places(home))


def removing(home: Path) -> None:
    remove_old(load_office(Places(home)), LATER)


@pytest.mark.slow
def test_a_removal_that_is_killed_is_finished_by_the_next_run(
    office: Path, tmp_path: Path, tally: Counter[str]
) -> None:
    for number, path in enumerate(sorted((office / "data/raw/2025-Q3").glob("*.xlsx"))[:2]):
        book = openpyxl.load_workbook(path)
        book.worksheets[0].cell(1, 1).value = f"Kiriman ulang {number}"
        book.save(path)
    whole_run(office, NOW + dt.timedelta(days=1))
    keeping(office)
    before, calm = results(office), tmp_path / "tenang"
    shutil.copytree(office, calm)
    steps = steps_of(removing, calm, tmp_path / "langkah.txt")
    whole_run(calm, LATER)
    expected = results(calm)
    assert len(expected["kept"]) == len(before["kept"]) - 2
    assert expected["warehouse"] == before["warehouse"]
    for deadly in range(1, len(steps) + 1):
        home = tmp_path / "padam"
        shutil.copytree(office, home)
        assert struck(removing, home, deadly)
        whole_run(home, LATER)
        assert results(home)["kept"] == expected["kept"]
        assert results(home)["warehouse"] == expected["warehouse"]
        shutil.rmtree(home)
        tally["other"] += 1
