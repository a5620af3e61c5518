"""Files that nobody may replace, remove or move while a program has them open, as on Windows; played on Linux."""

import datetime as dt
import errno
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.diagnosis import TOO_LONG, diagnosed, refused
from pipelines.errors import OfficerError
from pipelines.opening import BUSY, opening
from pipelines.publishing.release import publish, published_releases
from pipelines.replacing import InUse, part_of, write_whole
from pipelines.safekeeping.backup import back_up
from pipelines.safekeeping.restore import move_out, restore
from pipelines.settings import Places, load_office
from pipelines.stages import WorthAnotherTry, nothing_personal
from pipelines.summary import lines
from pipelines.warehouse.handback import hand_back
from pipelines.warehouse.ingest import rebuild
from pipelines.warehouse.store import writer_lock
from tests.warehouse.office import NOW, nothing, take_in
from tests.warehouse.rows import person, write_people

from .holding import held_open, own_handles
from .office import PASSPHRASE, results, whole_run

LATER = NOW + dt.timedelta(days=1)
linux = pytest.mark.skipif(sys.platform == "win32", reason="there it is the system's own doing")
pytestmark = pytest.mark.usefixtures("hurried")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for a program that will not let go."""
    monkeypatch.setattr("pipelines.replacing.SECONDS_BETWEEN", 0)


def returned(home: Path) -> Path:
    return next((home / "data/returned/2025-Q3").rglob("*.xlsx"))


@linux
def test_a_file_that_is_open_is_told_and_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    path.write_bytes(b"lama")
    with held_open(path), pytest.raises(InUse, match=r"^tabel\.xlsx sedang dibuka program lain, misalnya Excel"):
        write_whole(path, b"baru")
    assert (path.read_bytes(), part_of(path).exists()) == (b"lama", False)
    write_whole(path, b"baru")
    assert path.read_bytes() == b"baru"


@linux
def test_a_returned_workbook_that_is_open_stops_no_run_and_the_next_one_heals(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """While the sender's rows change, and while all are mended: it is written, and it is taken away, once closed."""
    office, sent = load_office(Places(home)), home / "data/raw/2025-Q3/warga.xlsx"
    wrong = ("123", *person(2, "Noor", kk=2)[1:])
    write_people(sent, wrong)
    periods = take_in(home).periods
    assert hand_back(office, periods) == 1
    back = returned(home)
    before = back.read_bytes()
    write_people(sent, wrong, ("45", *person(3, "Rusdi", kk=3)[1:]))
    take_in(home, LATER)
    with held_open(back):
        assert hand_back(office, periods) == 0
        assert back.read_bytes() == before
    assert "1 berkas di data/returned belum diperbarui, misalnya warga - diperiksa.xlsx" in capsys.readouterr().err
    assert (hand_back(office, periods), back.read_bytes() == before) == (1, False)
    write_people(sent, person(2, "Noor", kk=2))
    take_in(home, LATER + dt.timedelta(days=1))
    with held_open(back):
        hand_back(office, periods)
        assert back.exists()
    assert hand_back(office, periods) == 0
    assert not back.exists()


@linux
def test_a_book_that_is_open_is_named_and_the_next_run_heals(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever report is open while a new release goes out: one sentence each time, and all is whole in the end."""
    places = Places(office)
    reports = places.reports / "2025-Q3"
    write_people(office / "data/raw/2025-Q3/susulan.xlsx", person(1, "Ahmad", rw="001"))
    names = ["kelurahan-dalam-angka-2025-Q3.xlsx", "metadata/ms-var.xlsx", "lke/ringkasan-lke-2025-Q3.xlsx"]
    files = [reports / name for name in names]
    with held_open(*files), pytest.raises(InUse, match=r"^kelurahan-dalam-angka-2025-Q3\.xlsx sedang dibuka"):
        whole_run(office, LATER)
    before = [file.read_bytes() for file in files]
    with held_open(*files[1:]), pytest.raises(InUse, match=r"^ms-var\.xlsx"):
        publish(load_office(places), LATER)
    with held_open(files[2]):
        publish(load_office(places), LATER)
    assert "ringkasan-lke-2025-Q3.xlsx sedang dibuka" in capsys.readouterr().err
    publish(load_office(places), LATER)
    assert all(file.read_bytes() != old for file, old in zip(files, before, strict=True))
    assert (reports / "rilis.txt").read_bytes().strip() == published_releases(places.published)[0].release.encode()


@linux
def test_an_office_in_use_is_moved_whole_or_not_at_all(office: Path) -> None:
    """Windows moves no folder in which a file is open: what had left already comes back, and `cantik.toml` last."""
    before, places, old = results(office), Places(office), Places(office / "lama-1")
    report = office / "reports/2025-Q3/kelurahan-dalam-angka-2025-Q3.xlsx"
    with held_open(report), pytest.raises(InUse, match=r"^2025-Q3 sedang dibuka program lain"):
        move_out(places, old)
    assert results(office) == before
    assert (places.config.exists(), old.home.exists()) == (True, False)
    move_out(places, old)
    assert results(old.home) == before
    assert (places.config.exists(), old.config.exists()) == (False, True)


@linux
def test_a_warehouse_that_is_open_is_not_rebuilt(office: Path) -> None:
    before = results(office)
    with held_open(Places(office).identities), pytest.raises(InUse, match=r"identitas\.duckdb sedang dibuka"):
        rebuild(load_office(Places(office)), nothing)
    rebuild(load_office(Places(office)), nothing)
    assert results(office)["kept"] == before["kept"]
    assert Places(office).warehouse.exists()


@linux
def test_a_backup_that_is_open_stays(office: Path, tmp_path: Path) -> None:
    path, _ = back_up(Places(office), tmp_path / "c.cadangan", PASSPHRASE, NOW)
    before = path.read_bytes()
    with held_open(path), pytest.raises(InUse, match=r"^c\.cadangan"):
        back_up(Places(office), path, PASSPHRASE, LATER)
    assert path.read_bytes() == before
    assert not part_of(path).exists()


@linux
def test_a_file_that_nobody_may_read_now_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_people(home / "data/raw/2025-Q3/warga.xlsx", person(1, "Ahmad"))
    Places(home).store.mkdir()
    whole = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "warga.xlsx":
            raise PermissionError(errno.EACCES, "locked", str(path))
        return whole(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", locked)
        taken = take_in(home)
    assert "Belum dibaca: warga.xlsx sedang dikunci program lain" in "\n".join(lines(taken))
    assert take_in(home, LATER).accepted == 1


@linux
@pytest.mark.slow
def test_no_handle_of_our_own_stands_in_the_way(office: Path, tmp_path: Path) -> None:
    """What is renamed or removed in a run, a rebuild, a backup and a restore is not open in the program itself."""
    write_people(office / "data/raw/2025-Q3/susulan.xlsx", person(1, "Ahmad", rt="009"))
    with own_handles(office) as found:
        with (office / "data/sendiri").open("wb"):
            (office / "data/sendiri").unlink()
        assert found.pop().startswith("os.remove")
        whole_run(office, LATER)
        with writer_lock(Places(office)):
            rebuild(load_office(Places(office)), nothing)
        path, _ = back_up(Places(office), tmp_path, PASSPHRASE, LATER)
        restore(Places(office), path, PASSPHRASE, True, LATER, nothing)
    assert [step for step in found if not step.endswith(".lock")] == []


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ('Cannot open file "C:\\k\\w.duckdb": The process cannot access the file because it is being used by another '
         "process.\r\n\nFile is already open in \nC:\\DBeaver\\dbeaver.exe (PID 3528)", BUSY),
        ('Cannot open file "C:\\k\\w.duckdb": Proses tidak dapat mengakses file karena sedang digunakan oleh proses '
         "lain.\r\n", BUSY),
        ('Cannot open file "C:\\k\\w.duckdb": Access is denied.\r\n', "tidak boleh dibuka oleh akun"),
        ('Could not set lock on file "/k/w.duckdb": Conflicting lock is held in python', BUSY),
        ('Cannot open file "C:\\k\\w.duckdb": The system cannot find the path specified.\r\n', "rusak. Jalankan"),
        ("The file exists, but it is not a valid DuckDB database file!", "rusak. Jalankan: cantik rebuild"),
    ],
)  # fmt: skip
def test_how_duckdb_says_that_a_store_is_open(told: str, sentence: str) -> None:
    with pytest.raises(OfficerError) as said, opening(Path("warehouse.duckdb")):
        raise duckdb.IOException(told)
    assert sentence in str(said.value)


def test_a_refusal_of_the_system_is_a_sentence_that_names_no_sender(tmp_path: Path) -> None:
    places = Places(tmp_path)
    ours = PermissionError(
        13, "x", str(places.reports / "2025-Q3/profil.pdf.part"), None, str(places.reports / "a.pdf")
    )
    assert refused(places, ours).startswith("a.pdf sedang dibuka")
    theirs = PermissionError(13, "x", str(places.inbox / "2025-Q3/KTP Siti.xlsx"))
    assert str(diagnosed(places, theirs)).startswith("Ada berkas yang sedang dibuka")
    assert str(diagnosed(places, OSError(errno.ENAMETOOLONG, "x", "y" * 300))) == TOO_LONG
    assert refused(places, OSError(errno.EIO, "x")) == ""
    with pytest.raises(WorthAnotherTry, match=r"^Ada berkas yang sedang dibuka"), nothing_personal(places):
        raise theirs
