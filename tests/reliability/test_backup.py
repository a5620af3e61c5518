"""A backup holds the whole office, opens only with its passphrase, and gives the same tables on an empty machine."""

import datetime as dt
import io
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.errors import OfficerError
from pipelines.safekeeping.backup import back_up, verified
from pipelines.safekeeping.note import reminder
from pipelines.safekeeping.restore import restore
from pipelines.safekeeping.sealed import DAMAGED, HEAD, NOT_OURS, PIECE, TAG, WRONG, OpeningReader, SealingWriter
from pipelines.settings import Places, load_office
from pipelines.warehouse.ledger import read_ledger
from tests.conftest import Cantik
from tests.warehouse.office import nothing
from tests.warehouse.rows import person, write_people

from .office import NOW, PASSPHRASE, files, results, whole_run

CHEAP = 14  # scrypt's cost in tests of the container alone


@pytest.fixture(scope="session")
def backup(run_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the sample office."""
    home = tmp_path_factory.mktemp("asal") / "kantor"
    shutil.copytree(run_sample, home)  # a backup leaves its note
    path, _ = back_up(Places(home), tmp_path_factory.mktemp("usb") / "kantor.cadangan", PASSPHRASE, NOW)
    return path


def restored(home: Path, file: Path, passphrase: str = PASSPHRASE, move_old: bool = False) -> Path | None:
    return restore(Places(home), file, passphrase, move_old, NOW, nothing)[1]


@pytest.mark.parametrize("drills", [1, pytest.param(12, marks=pytest.mark.slow)])
def test_an_empty_machine_gets_the_same_tables_reports_and_returned_workbooks(
    run_sample: Path, backup: Path, tmp_path: Path, tally: Counter[str], drills: int
) -> None:
    for number in range(drills - 1):
        assert restored(tmp_path / str(number), backup) is None
        assert results(tmp_path / str(number)) == results(run_sample)
    home = tmp_path / "baru"
    assert restored(home, backup) is None
    assert results(home) == results(run_sample)
    for folder in ("data/raw", "data/warehouse/kept"):
        assert files(home / folder) == files(run_sample / folder)
    for name in ("cantik.toml", "areas.csv", "warehouse/receipts.jsonl", "warehouse/runs.jsonl"):
        assert (home / "data" / name).read_bytes() == (run_sample / "data" / name).read_bytes()
    tally["restored"] += drills
    again = whole_run(home)
    assert again.files == 0
    assert results(home) == results(run_sample)


def test_a_backup_reveals_nothing_and_leaves_nothing_else(run_sample: Path, backup: Path) -> None:
    content = backup.read_bytes()
    kept = [p for p in (run_sample / "data/warehouse/kept").rglob("*") if p.is_file()]
    assert not any(p.read_bytes()[:200] in content for p in kept)
    assert not any(r.path.encode() in content or r.sha256.encode() in content for r in read_ledger(Places(run_sample)))
    assert list(backup.parent.iterdir()) == [backup]


def test_a_home_with_data_is_refused_and_moved_aside_whole_when_asked(office: Path, backup: Path) -> None:
    before = files(office)
    with pytest.raises(OfficerError, match="tidak ditimpa"):
        restored(office, backup)
    assert files(office) == before
    write_people(office / "data/raw/2025-Q3/susulan.xlsx", person(1, "Ahmad"))
    before = files(office)
    old = restored(office, backup, move_old=True)
    assert old is not None
    assert files(old) == before
    assert not (office / "data/raw/2025-Q3/susulan.xlsx").exists()
    assert {p.name for p in office.iterdir()} == {"data", "reports", old.name}


@pytest.mark.parametrize("places", ["awal", "tengah", "akhir", "terpotong", "tambahan", "asing", "kosong", "sandi"])
def test_what_is_not_a_whole_backup_is_one_sentence_and_changes_nothing(
    backup: Path, tmp_path: Path, places: str
) -> None:
    content = bytearray(backup.read_bytes())
    expected, passphrase = DAMAGED, PASSPHRASE
    if places in ("awal", "tengah", "akhir"):
        content[{"awal": 30, "tengah": len(content) // 2, "akhir": -1}[places]] ^= 4
    elif places == "terpotong":
        del content[len(content) // 2 :]
    elif places == "tambahan":
        content += b"x"
    elif places == "asing":
        content, expected = bytearray(b"PK\x03\x04" + bytes(1000)), NOT_OURS
    elif places == "kosong":
        content, expected = bytearray(), NOT_OURS
    else:
        passphrase, expected = "empat kata yang lain", WRONG
    file, home = tmp_path / "x.cadangan", tmp_path / "baru"
    file.write_bytes(content)
    with pytest.raises(OfficerError) as told:
        restored(home, file, passphrase)
    assert str(told.value) == expected
    assert files(home) == {}
    assert not Places(home).unfinished.exists()


def seal(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, PASSPHRASE, CHEAP)
    for at in range(0, len(content), 700_001):
        writer.write(content[at : at + 700_001])
    writer.finish()
    return out.getvalue()


def opened(sealed_bytes: bytes) -> bytes:
    return OpeningReader(io.BytesIO(sealed_bytes), PASSPHRASE).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_a_sealed_stream_opens_to_what_was_written(size: int) -> None:
    content = random.Random(size).randbytes(size)
    assert opened(seal(content)) == content


def test_pieces_that_are_lost_moved_or_repeated_do_not_open() -> None:
    content = seal(random.Random(1).randbytes(3 * PIECE + 5))
    head, body = content[:HEAD], content[HEAD:]
    pieces = [body[at : at + PIECE + TAG] for at in range(0, len(body), PIECE + TAG)]
    a, b, c, d = pieces
    for wrong in ([a, b, c], [a, b], [], [b, c, d], [a, c, b, d], [a, b, c, d, d], [a, a, b, c, d]):
        with pytest.raises(OfficerError):
            opened(head + b"".join(wrong))
    other = seal(random.Random(2).randbytes(3 * PIECE + 5))
    with pytest.raises(OfficerError):
        opened(head + other[HEAD:])


def test_every_byte_of_the_head_counts() -> None:
    content = seal(b"isi")
    for at in range(HEAD):
        changed = bytearray(content)
        changed[at] ^= 1
        with pytest.raises(OfficerError):
            opened(bytes(changed))


def test_a_backup_that_cannot_be_finished_leaves_the_older_one(office: Path, backup: Path, tmp_path: Path) -> None:
    file = tmp_path / "lama.cadangan"
    shutil.copy(backup, file)
    [kept, *_] = [p for p in (office / "data/warehouse/kept").rglob("*") if p.is_file()]
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.raises(OfficerError, match="hilang atau rusak"):
        back_up(Places(office), file, PASSPHRASE, NOW)
    assert file.read_bytes() == backup.read_bytes()
    assert list(tmp_path.glob("*.part")) == []
    sheet = tmp_path / "penting.xlsx"
    sheet.write_bytes(b"PK")
    with pytest.raises(OfficerError, match="bukan cadangan"):
        back_up(Places(office), sheet, PASSPHRASE, NOW)


@pytest.mark.slow
def test_backups_made_while_runs_go_on_are_each_whole(office: Path, tmp_path: Path, tally: Counter[str]) -> None:
    """Workbooks come in and are run one by one by another process; each backup taken meanwhile can be restored."""
    feeder = subprocess.Popen([sys.executable, "-m", "tests.reliability.feeding", str(office), "3"])
    made = []
    while feeder.poll() is None:
        path, told = back_up(Places(office), tmp_path / f"{len(made)}.cadangan", PASSPHRASE, NOW)
        assert verified(path, PASSPHRASE) == told
        made.append((path, told.receipts))
    assert feeder.returncode == 0
    before = len(read_ledger(Places(office))) - 3
    between = [entry for entry in made if before < entry[1] < before + 3]
    tally["backups"] += len(made)
    assert between, "no backup was made between two runs"
    home = tmp_path / "baru"
    restored(home, between[len(between) // 2][0])
    (home / "data/raw").rename(home / "data/lama")
    shutil.copytree(office / "data/raw", home / "data/raw")
    whole_run(home, NOW)
    assert results(home)["warehouse"].keys() == results(office)["warehouse"].keys()
    assert results(home)["published"]["cells"] == results(office)["published"]["cells"]


def test_names_that_no_encoding_knows_and_links_do_not_stop_a_backup(office: Path, tmp_path: Path) -> None:
    inbox = office / "data/raw/2025-Q3"
    strange = inbox / ("RT 5 \u0633\u0645\u064a\u0631\u0629 " + "\U0001f600" * 20 + ".xlsx")
    write_people(strange, person(1, "Ahmad"))
    try:
        (inbox / "tautan.xlsx").symlink_to(strange)
        (inbox / "rusak\udcff.csv").write_bytes(b"x")
    except OSError:
        pass  # this system makes no links, or knows no such names
    path, _ = back_up(Places(office), tmp_path / "x.cadangan", PASSPHRASE, NOW)
    home = tmp_path / "baru"
    restored(home, path)
    assert (home / "data/raw/2025-Q3" / strange.name).read_bytes() == strange.read_bytes()
    assert not (home / "data/raw/2025-Q3/tautan.xlsx").exists()


def test_without_a_good_passphrase_nothing_is_written(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANTIK_HOME", str(office))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    file = tmp_path / "x.cadangan"
    for words, environment, said in (
        ((), "", "--sandi-dari"),
        ((), "pendek", "paling sedikit 12"),
        (("--sandi-dari", "tidak-ada.txt"), PASSPHRASE, "tidak terbaca"),
    ):
        monkeypatch.setenv("CANTIK_SANDI", environment)
        assert main(["backup", str(file), *words]) == 2
        told = capsys.readouterr()
        assert (told.out, len(told.err.strip().splitlines())) == ("", 1)
        assert said in told.err
    assert not file.exists()


def test_as_an_officer_calls_it(cantik: Cantik, office: Path, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    (tmp_path / "sandi.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    done = cantik(office, "backup", str(usb), "--sandi-dari", str(tmp_path / "sandi.txt"))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    [file] = usb.iterdir()
    assert "sudah diperiksa" in done.stderr
    home = tmp_path / "baru"
    done = cantik(home, "restore", str(file), CANTIK_SANDI=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert "Pulih seperti pada" in done.stderr
    assert results(home) == results(office)


def test_status_reminds_of_a_backup_that_is_missing_or_too_old(here: Cantik, office: Path, tmp_path: Path) -> None:
    def said() -> str | None:
        return reminder(load_office(Places(office)), dt.datetime.now())

    assert "Belum ada cadangan" in here(office, "status").stdout
    back_up(Places(office), tmp_path / "x.cadangan", PASSPHRASE, dt.datetime.now() - dt.timedelta(days=20))
    assert said() is None  # nothing came in since: it holds all
    write_people(office / "data/raw/2025-Q3/susulan.xlsx", person(1, "Ahmad"))
    whole_run(office)
    assert "Cadangan terakhir 20 hari lalu; 1 berkas sesudahnya" in str(said())
    with (office / "data/cantik.toml").open("a", encoding="utf-8") as config:
        config.write("\n[backup]\nremind_days = 30\n")
    assert said() is None
