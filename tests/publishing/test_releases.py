"""What was published stays: earlier releases as they were then, what changed since, and why."""

import contextlib
import csv
import datetime as dt
import io
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pytest

from pipelines.areas import default_name
from pipelines.cli import main
from pipelines.indicators.run import measure_changed
from pipelines.publishing import release as publishing
from pipelines.publishing.release import publish, publish_cells, write_handouts
from pipelines.publishing.revisions import Revision, read_log
from pipelines.publishing.tiers import COLUMNS
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import ingest
from tests.conftest import CONFIG, Cantik
from tests.warehouse.office import NOW, contents, nothing, take_in, take_in_and_hand_out
from tests.warehouse.rows import Row, person, write_people

PERIOD, KELURAHAN = "2025-Q3", "63.06.05.1002"
RTS = [f"{KELURAHAN}-002-{rt}" for rt in ("001", "002")]
FIRST: list[Row] = [person(n, f"Warga {n}", kk=n) for n in range(1, 31)]
SECOND: list[Row] = [person(n, f"Warga {n}", kk=n, rt="002") for n in range(101, 131)]


def office(folder: Path) -> Path:
    """A home whose register expects two RTs."""
    (folder / "data" / "raw" / PERIOD).mkdir(parents=True)
    (folder / "data" / "cantik.toml").write_text(CONFIG, encoding="utf-8")
    lines = [f"{code},rt,{default_name(code, 'rt')},{KELURAHAN}-002" for code in RTS]
    (folder / "data" / "areas.csv").write_text("\n".join(["code,level,name,parent", *lines]), encoding="utf-8")
    return folder


def send(home: Path, name: str, rows: list[Row], day: int) -> Revision:
    """Lay a workbook into the inbox and run so many days later; returns the newest line of the log."""
    write_people(home / "data" / "raw" / PERIOD / name, *rows)
    take_in(home, NOW + dt.timedelta(days=day))
    return read_log(Places(home).releases)[-1]


@dataclass
class Told:
    """A home with three releases of a period, their log, and what each pull printed when it was the newest."""

    home: Path
    log: list[Revision]
    pulled: dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """RT 001 reports; a day later its workbook lacks a man; two days later RT 002 reports too."""
    home = office(tmp_path_factory.mktemp("rilis") / "kantor")
    pulled: dict[tuple[str, str], str] = {}
    log = []
    for day, (name, rows) in enumerate((("a.xlsx", FIRST), ("a.xlsx", FIRST[1:]), ("b.xlsx", SECOND))):
        log.append(send(home, name, rows, day))
        for tier in ("public", "liaison"):
            pulled[log[-1].release, tier] = printed(home, "--tier", tier)
    write_handouts(load_office(Places(home)))
    return Told(home, log, pulled)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Revision]:
    """A home with one release and a corrected workbook that is measured and not yet published."""
    home = office(tmp_path_factory.mktemp("koreksi") / "kantor")
    first = send(home, "a.xlsx", FIRST, 0)
    write_people(home / "data" / "raw" / PERIOD / "a.xlsx", *FIRST[1:])
    ingest(load_office(Places(home)), None, NOW + dt.timedelta(days=1), nothing)
    measure_changed(load_office(Places(home)))
    return home, first


@pytest.fixture
def due(corrected: tuple[Path, Revision], tmp_path: Path) -> tuple[Path, Revision]:
    """The same home, to be changed."""
    shutil.copytree(corrected[0], tmp_path / "terbit")
    return tmp_path / "terbit", corrected[1]


def publish_on(home: Path, day: int) -> list[Revision]:
    """Publish so many days later; returns the log."""
    publish_cells(load_office(Places(home)), NOW + dt.timedelta(days=day))
    return read_log(Places(home).releases)


def hand_out_on(home: Path, day: int) -> None:
    """Publish so many days later, and write all that is handed out."""
    publish(load_office(Places(home)), NOW + dt.timedelta(days=day))


def printed(home: Path, *words: str) -> str:
    """What `cantik pull` prints, in this process."""
    code, out, _ = pull(home, *words)
    assert code == 0
    return out


def pull(home: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `cantik pull`."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, CANTIK_HOME=str(home)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(["pull", *words])
    return code, out.getvalue(), err.getvalue()


def rows_of(text: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """The printed rows by area, indicator and breakdown, without their release."""
    rows = list(csv.DictReader(text.splitlines()))
    for row in rows:
        del row["release"]
    return {(row["area"], row["indicator"], row["breakdown"]): row for row in rows}


@pytest.mark.parametrize("tier", ["public", "liaison"])
def test_an_earlier_release_is_given_as_it_was_published_then(told: Told, tier: str) -> None:
    assert len({revision.release for revision in told.log}) == 3
    for revision in told.log:
        assert printed(told.home, "--tier", tier, "--release", revision.release) == told.pulled[revision.release, tier]


def test_the_filters_work_on_an_earlier_release(told: Told) -> None:
    first = told.log[0].release
    words = ("jumlah_penduduk", "--level", "rt", "--breakdown", "total", "--tier", "liaison", "--period", PERIOD)
    rows = rows_of(printed(told.home, *words, "--release", first))
    assert [row["value"] for row in rows.values()] == ["30", ""]
    assert [row["value"] for row in rows_of(printed(told.home, *words)).values()] == ["29", "30"]
    code, _, said = pull(told.home, "angka_baru", "--release", first)
    assert (code, "Indikator 'angka_baru' tidak dikenal" in said) == (2, True)


@pytest.mark.parametrize("tier", ["public", "liaison"])
def test_since_gives_the_rows_that_differ_and_no_other(told: Told, tier: str) -> None:
    now = rows_of(told.pulled[told.log[-1].release, tier])
    for revision in told.log:
        before = rows_of(told.pulled[revision.release, tier])
        expected = {key: row for key, row in now.items() if row != before.get(key)}
        found = printed(told.home, "--tier", tier, "--since", revision.release)
        assert list(rows_of(found).items()) == list(expected.items())
        assert bool(expected) == (revision != told.log[-1])
        assert all(row["release"] == told.log[-1].release for row in csv.DictReader(found.splitlines()))
    assert found == ",".join(COLUMNS) + "\n"


def test_since_between_two_releases_leaves_out_what_came_later(told: Told) -> None:
    first, second, _ = (revision.release for revision in told.log)
    words = ("jumlah_penduduk", "--breakdown", "total", "--tier", "liaison", "--level", "rt")
    rows = rows_of(printed(told.home, *words, "--release", second, "--since", first))
    assert {key[0]: row["value"] for key, row in rows.items()} == {RTS[0]: "29"}


def test_the_log_says_what_changed_and_why(told: Told) -> None:
    first, corrected, reported = told.log
    assert read_log(Places(told.home).releases) == told.log
    assert [r.previous for r in told.log] == ["", first.release, corrected.release]
    assert [r.published_at for r in told.log] == [f"2025-10-0{day}T18:00:00" for day in (1, 2, 3)]
    assert [(r.areas_reported_before, r.areas_reported_now) for r in told.log] == [(0, 1), (1, 1), (1, 2)]
    assert [r.reason for r in told.log] == [
        "terbitan pertama", "koreksi angka RT yang sudah melapor", "laporan RT bertambah",
    ]  # fmt: skip
    for now, before in ((corrected, first), (reported, corrected)):
        old, new = (rows_of(told.pulled[r.release, "public"]) for r in (before, now))
        assert now.cells_changed == sum(row != old.get(key) for key, row in new.items())
    assert corrected.corrected > 0
    assert reported.cells_changed > 0


def test_the_log_is_handed_out_and_stands_in_the_store(told: Told) -> None:
    text = (told.home / "reports" / PERIOD / "riwayat-rilis.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["rilis"] for row in rows] == [r.release for r in told.log]
    assert [row["tanggal"] for row in rows] == ["2025-10-01", "2025-10-02", "2025-10-03"]
    assert [row["angka_berubah"] for row in rows] == [str(r.cells_changed) for r in told.log]
    with duckdb.connect(str(Places(told.home).published), read_only=True) as store:
        table = store.execute("SELECT release, previous, reason FROM revisions ORDER BY number").fetchall()
    assert table == [(r.release, r.previous, r.reason) for r in told.log]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--release", "2025-Q3-00000000"), "Rilis '2025-Q3-00000000' tidak dikenal. Yang ada untuk 2025-Q3: "),
        (("--since", "../riwayat"), "Rilis '../riwayat' tidak dikenal. Yang ada untuk 2025-Q3: "),
        (("--since", ""), "Rilis '' tidak dikenal. Yang ada untuk 2025-Q3: "),
        (("--since", "2024-Q1-00000000"), "Periode 2024-Q1 belum diterbitkan."),
        (("--release", "{first}", "--period", "2025-Q2"), "Rilis {first} adalah rilis periode 2025-Q3, bukan 2025-Q2."),
        (("--since", "{first}", "--period", "2025-Q2"), "Rilis {first} adalah rilis periode 2025-Q3, bukan 2025-Q2."),
    ],
)
def test_a_wrong_release_is_one_line_and_exit_2(told: Told, words: tuple[str, ...], said: str) -> None:
    first = told.log[0].release
    code, out, err = pull(told.home, *(word.format(first=first) for word in words))
    assert (code, out) == (2, "")
    assert said.format(first=first) in err
    assert len(err.splitlines()) == 1
    if "Yang ada" in said:
        assert ", ".join(r.release for r in told.log) in err


def test_no_number_of_a_person_is_in_what_is_kept(told: Told) -> None:
    folder = Places(told.home).releases
    names = {f"{r.release}.parquet{end}" for r in told.log for end in ("", ".sha256")} | {"riwayat.jsonl"}
    assert {path.name for path in folder.iterdir()} == names
    held = duckdb.connect().execute(f"FROM read_parquet('{folder}/*.parquet')").fetchall()
    assert len(held) == sum(text.count("\n") - 1 for text in told.pulled.values())
    everything = repr(held) + (folder / "riwayat.jsonl").read_text("utf-8")
    assert not re.search(r"\b\d{16}\b|Warga", re.sub(r"\d+\.\d+", "", everything))


def test_cells_no_longer_published_are_told(due: tuple[Path, Revision]) -> None:
    """They cannot stand among those that are, and whoever keeps a copy must drop them."""
    home, first = due
    with duckdb.connect(str(Places(home).published)) as store:
        sexes = "indicator = 'jumlah_penduduk' AND breakdown IN ('total', 'L', 'P')"
        store.execute(f"DELETE FROM cells_public WHERE area = '{RTS[1]}' AND {sexes}")
    code, out, said = pull(home, "--since", first.release)
    assert (code, out.count("\n")) == (0, 1)
    assert said.startswith(f"3 baris rilis {first.release} tidak terbit lagi.")


def test_unchanged_inputs_make_no_new_release(told: Told) -> None:
    folder = Places(told.home).releases
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    take_in(told.home, NOW + dt.timedelta(days=9))
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_an_old_file_put_back_makes_the_old_release_again(due: tuple[Path, Revision]) -> None:
    home, first = due
    second = publish_on(home, 1)[-1]
    third = send(home, "a.xlsx", FIRST, 2)
    assert [r.release for r in read_log(Places(home).releases)] == [first.release, second.release, first.release]
    assert third.previous == second.release
    code, _, said = pull(home, "--release", "tidak-ada")
    assert (code, said.count(first.release)) == (2, 1)


def test_a_rebuild_keeps_every_release(due: tuple[Path, Revision], here: Cantik) -> None:
    home, first = due
    places = Places(home)
    publish_on(home, 1)
    then = printed(home, "--release", first.release)
    kept = {path: path.read_bytes() for path in places.releases.iterdir()}
    store = contents(places.published)
    places.warehouse.write_bytes(b"rusak" * 1000)
    places.published.unlink()
    assert here(home, "rebuild").returncode == 0
    assert {path: path.read_bytes() for path in places.releases.iterdir()} == kept
    assert contents(places.published) == store
    assert printed(home, "--release", first.release) == then


@pytest.mark.parametrize("fault", ["keep", "replace_file", "write_log", "write_history"])
def test_a_cut_at_any_step_is_made_good_by_the_next_run(
    due: tuple[Path, Revision], monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """After each step of a second publication; the log has each of both once."""
    home, first = due
    step = getattr(publishing, fault)
    calls = []

    def cut(*given: Any) -> Any:
        calls.append(fault)
        if fault == "keep" and len(calls) == 1:
            return step(*given)  # the first call makes good what an earlier run left, which here is nothing
        step(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, fault, cut)
    with pytest.raises(KeyboardInterrupt):
        (hand_out_on if fault == "write_history" else publish_on)(home, 1)
    monkeypatch.undo()
    publish_on(home, 1)
    log = publish_on(home, 2)
    assert [(r.previous, r.reason) for r in log[1:]] == [(first.release, "koreksi angka RT yang sudah melapor")]
    assert not list(Places(home).store.rglob("*.part"))
    with duckdb.connect(str(Places(home).published), read_only=True) as store:
        assert store.execute("SELECT count(*) FROM revisions").fetchone() == (2,)
    assert first.release in printed(home, "--release", first.release)


def test_a_kept_release_that_was_never_published_is_not_given(
    due: tuple[Path, Revision], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power fails before the store is replaced, and the next run finds other workbooks."""
    home, first = due

    def cut(*_given: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "replace_file", cut)
    with pytest.raises(KeyboardInterrupt):
        publish_on(home, 1)
    monkeypatch.undo()
    last = send(home, "a.xlsx", FIRST[2:], 2)
    folder = Places(home).releases
    assert (last.previous, len(read_log(folder))) == (first.release, 2)
    [never] = {p.stem for p in folder.glob("*.parquet")} - {first.release, last.release}
    assert pull(home, "--release", never)[0] == 2


def test_the_kept_file_of_the_newest_release_is_made_again(due: tuple[Path, Revision]) -> None:
    home, first = due
    file = Places(home).releases / f"{first.release}.parquet"
    before = file.read_bytes()
    file.unlink()
    second = publish_on(home, 1)[-1]
    assert (second.previous, file.read_bytes()) == (first.release, before)


def test_a_damaged_kept_file_stops_no_publication(due: tuple[Path, Revision]) -> None:
    home, first = due
    second = publish_on(home, 1)[-1]
    (Places(home).releases / f"{first.release}.parquet").write_bytes(b"rusak")
    assert send(home, "a.xlsx", FIRST[2:], 2).previous == second.release
    code, _, said = pull(home, "--release", first.release)
    assert (code, "hilang atau rusak" in said) == (2, True)


def test_a_changed_definition_is_told(due: tuple[Path, Revision], monkeypatch: pytest.MonkeyPatch) -> None:
    home, _ = due
    second = publish_on(home, 1)[-1]
    meanings = publishing.meanings
    monkeypatch.setattr(publishing, "meanings", lambda: meanings() + "arti baru")
    third = publish_on(home, 2)[-1]
    assert (third.previous, third.definitions_changed, third.cells_changed) == (second.release, True, 0)
    assert third.reason == "definisi atau aturan penyajian berubah"


def test_a_store_from_before_releases_were_kept_is_the_first_kept(due: tuple[Path, Revision]) -> None:
    home, first = due
    places = Places(home)
    then = printed(home)
    shutil.rmtree(places.releases)
    with duckdb.connect(str(places.published)) as store:
        store.execute("DROP TABLE revisions")
        store.execute("ALTER TABLE releases DROP definitions")
        store.execute("ALTER TABLE releases DROP inputs")
    code, _, said = pull(home, "--release", first.release)
    assert (code, "Riwayat rilis belum ada" in said) == (2, True)
    assert [r.previous for r in publish_on(home, 1)] == ["", first.release]
    assert printed(home, "--release", first.release) == then


def test_another_period_leaves_a_release_and_its_log_alone(due: tuple[Path, Revision]) -> None:
    home, first = due
    second = publish_on(home, 1)[-1]
    then = printed(home)
    write_people(home / "data" / "raw" / "2025-Q2" / "a.xlsx", *FIRST)
    take_in_and_hand_out(home, NOW + dt.timedelta(days=2))
    earlier = read_log(Places(home).releases)[-1]
    assert [r.release for r in read_log(Places(home).releases)] == [first.release, second.release, earlier.release]
    assert (earlier.period, earlier.previous, printed(home)) == ("2025-Q2", "", then)
    assert printed(home, "--since", earlier.release) == ",".join(COLUMNS) + "\n"
    code, _, said = pull(home, "--release", second.release, "--since", earlier.release)
    assert (code, f"Rilis {earlier.release} adalah rilis periode 2025-Q2" in said) == (2, True)
    rows = list(csv.DictReader((home / "reports" / "2025-Q2" / "riwayat-rilis.csv").open(encoding="utf-8-sig")))
    assert [row["rilis"] for row in rows] == [earlier.release]


def test_a_dimension_is_pulled_whole_or_code_by_code(told: Told) -> None:
    words = ("jumlah_penduduk", "--tier", "liaison", "--level", "kelurahan", "--breakdown")
    whole = [row["numerator"] for row in rows_of(printed(told.home, *words, "umur")).values()]
    assert len(whole) == 16
    (total,) = rows_of(printed(told.home, *words, "total")).values()
    assert sum(map(int, whole)) == int(total["numerator"])
    assert list(rows_of(printed(told.home, *words, "umur_L:0-4"))) == [(KELURAHAN, "jumlah_penduduk", "umur_L:0-4")]
    code, out, said = pull(told.home, *words, "warna")
    assert (code, out) == (2, "")
    assert said.startswith("cantik: Rincian 'warna' tidak dikenal. Pilih: total, L, P, umur,")


def test_readers_find_what_a_breakdown_is_called_and_how_much_of_a_figure_is_known(told: Told) -> None:
    with duckdb.connect(str(Places(told.home).published), read_only=True) as store:
        (labels,) = store.execute(
            "SELECT dimension, code, label FROM breakdowns WHERE breakdown = 'agama:x'"
        ).fetchall()
        assert labels == ("agama", "x", "Tidak diketahui")
        unlabelled = "SELECT count(*) FROM cells WHERE breakdown NOT IN (SELECT breakdown FROM breakdowns)"
        assert store.execute(unlabelled).fetchone() == (0,)
        people, unknown = store.execute(
            "SELECT known + unknown, unknown FROM coverage WHERE level = 'kelurahan' AND breakdown = 'agama:x'"
        ).fetchall()[0]
        of_cells = "SELECT max(numerator) FROM cells WHERE level = 'kelurahan' AND indicator = 'jumlah_penduduk'"
        assert store.execute(f"{of_cells} AND breakdown = 'total'").fetchone() == (people,)
        assert store.execute(f"{of_cells} AND breakdown = 'agama:x'").fetchone() == (unknown,)
