"""Names, shells, consoles and clocks of Windows, as far as Linux can play them."""

import ctypes
import io
import mimetypes
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli import as_meant
from pipelines.errors import OfficerError
from pipelines.intake.inbox import is_device, look, windows_name
from pipelines.intake.memory import Limits, bound_by_job
from pipelines.returned.mark import returned_name, returned_names
from pipelines.safekeeping.restore import place_here
from pipelines.scheduler import local_zone
from pipelines.screen import in_home, somebody_answers
from pipelines.serving.app import MEDIA, application
from pipelines.serving.desk import desk
from pipelines.serving.hosts import hosts_of
from pipelines.serving.served import served
from pipelines.settings import Places, find_home, load_office
from tests.conftest import Cantik
from tests.warehouse.office import NOW
from tests.warehouse.rows import person, write_people

linux = pytest.mark.skipif(sys.platform == "win32", reason="there it is the system's own doing")


@pytest.mark.parametrize("name", ["CON.xlsx", "aux.csv", "nul", "COM1.tar.xlsx", "lpt9 .xls", "prn"])
def test_names_of_devices(name: str) -> None:
    assert is_device(name)
    assert not is_device(windows_name(name))
    assert not is_device(returned_name(name))


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("RT 5: 'baru'?.xlsx", "RT 5- 'baru'- - diperiksa.xlsx"),
        ("a|b*c.csv", "a-b-c - diperiksa.xlsx"),
        ("aux.2025.xlsx", "_aux.2025 - diperiksa.xlsx"),
        ("Konsep.xlsx", "Konsep - diperiksa.xlsx"),
        ("contoh. .xlsx", "contoh. - diperiksa.xlsx"),
    ],
)
def test_names_that_we_give_are_names_on_windows(name: str, back: str) -> None:
    assert returned_name(name) == back


def test_names_that_differ_in_case_alone_come_back_apart() -> None:
    back = returned_names(["RT 1.xlsx", "rt 1.XLSX", "Rt 1.csv", "RT 1?.csv", "RT 1-.csv"])
    assert len({name.casefold() for name in back.values()}) == 5


def test_a_backup_of_linux_is_restored_on_windows() -> None:
    saved = "data/raw/2025-Q3/RW 2: baru./aux.xlsx"
    assert str(place_here(saved, "win32")) == "data/raw/2025-Q3/RW 2- baru/_aux.xlsx"
    assert str(place_here(saved, "linux")) == saved


@linux
def test_a_name_that_is_too_long_or_a_device_is_told_as_such(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says of both that there is no such file."""
    folder = home / "data/raw/2025-Q3"
    for name in ("aux.csv", "b" * 200 + ".csv", "warga.csv"):
        (folder / name).write_bytes(b"x")
    monkeypatch.setattr("pipelines.intake.inbox.MAX_PATH", len(str(folder)) + 200)
    monkeypatch.setattr(Path, "is_file", lambda path: path.name == "warga.csv")
    found, misplaced = look(load_office(Places(home)))
    assert [one.path for one in found] == ["warga.csv"]
    assert [one.reason.split(".")[0] for one in misplaced] == [
        "Nama ini dipakai Windows untuk perangkat",
        "Nama folder dan berkasnya terlalu panjang untuk Windows",
    ]


@pytest.mark.parametrize("written", ['"{}"', "{} ", '"{}" '])
def test_a_home_named_in_the_way_of_cmd(written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANTIK_HOME", written.format(tmp_path))
    assert find_home() == Places(tmp_path)


def test_what_an_officer_copies_into_the_shell() -> None:
    assert in_home("C:\\kantor", "cantik serve", "win32") == "$env:CANTIK_HOME='C:\\kantor'; uv run cantik serve"
    assert (
        in_home("C:\\Users\\Ma'ruf", "cantik run", "win32")
        == "$env:CANTIK_HOME='C:\\Users\\Ma''ruf'; uv run cantik run"
    )
    assert in_home("/kantor", "cantik serve", "linux") == "CANTIK_HOME=/kantor uv run cantik serve"
    assert in_home("/a b", "cantik serve", "linux") == "CANTIK_HOME='/a b' uv run cantik serve"


def test_a_folder_that_ends_in_a_stroke_and_a_quote() -> None:
    """What PowerShell 5 and cmd.exe make of `-o "D:\\Kantor Lurah\\" --rt 1`."""
    assert as_meant('D:\\Kantor Lurah"', "win32") == "D:\\Kantor Lurah"
    assert as_meant('\\\\server\\bagi"', "win32") == "\\\\server\\bagi"
    assert as_meant('menurut "akta"', "win32") == 'menurut "akta"'
    assert as_meant('/tmp/a"', "linux") == '/tmp/a"'
    with pytest.raises(OfficerError, match="tanpa garis miring di ujungnya"):
        as_meant('D:\\Kantor Lurah" --rt 1', "win32")


class NoConsole(io.TextIOWrapper):
    """`NUL`, which Windows calls a terminal."""

    def isatty(self) -> bool:
        return True


def test_nobody_answers_from_nul(monkeypatch: pytest.MonkeyPatch) -> None:
    """The schedule's backup would else wait for ever for a passphrase that nobody types."""
    monkeypatch.setattr(sys, "stdin", NoConsole(io.BufferedReader(io.BytesIO())))  # type: ignore[arg-type]
    assert somebody_answers()
    monkeypatch.setattr("pipelines.screen.sys.platform", "win32")
    assert not somebody_answers()
    monkeypatch.setattr(sys, "stdin", None)
    assert not somebody_answers()


def test_a_console_of_few_letters_is_written_to_and_a_pattern_is_looked_up(
    cantik: Cantik, home: Path, tmp_path: Path
) -> None:
    """PowerShell and cmd.exe hand `*.xlsx` on as it is; what was marked before is no file to check."""
    for name in ("資料 Núr.xlsx", "b.xlsx", "b - diperiksa.xlsx"):
        write_people(tmp_path / name, ("123", *person(1, "Núr 資")[1:]))
    done = cantik(home, "check", str(tmp_path / "*.xlsx"), PYTHONIOENCODING="cp437")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "資料 Núr.xlsx: SEBAGIAN TERTAHAN" in done.stdout
    assert done.stdout.count("SEBAGIAN TERTAHAN") == 2


@linux
@pytest.mark.parametrize(
    ("zone", "name"),
    [("Asia/Jakarta", "Etc/GMT-7"), ("Asia/Makassar", "Etc/GMT-8"), ("UTC", "UTC"), ("Asia/Kolkata", None)],
)
def test_the_schedule_keeps_the_hours_of_the_office(
    zone: str, name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zoneinfo import ZoneInfo

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert local_zone(NOW) == name
        if name:
            evening = NOW.replace(tzinfo=ZoneInfo(name))
            assert evening.astimezone(ZoneInfo(zone)).hour == evening.hour
    finally:
        monkeypatch.undo()
        time.tzset()


class Kernel:
    """kernel32, as far as a job needs it; remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        def call(*given: Any) -> int:
            self.told.append((name, given))
            return 7

        setattr(self, name, call)
        return call


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="a structure of 64 bits")
def test_a_job_of_windows_bounds_the_reader() -> None:
    """The structure is the one of 64-bit Windows, byte for byte, and says what is bounded."""
    assert (ctypes.sizeof(Limits), Limits.process_memory.offset) == (144, 112)
    kernel = Kernel()
    assert bound_by_job(kernel, 2**30)
    name, (_, kind, limits, size) = kernel.told[1]
    assert (name, kind, size.value) == ("SetInformationJobObject", 9, 144)
    told = limits._obj
    assert (told.basic.flags, told.process_memory) == (0x500, 2**30)
    assert [name for name, _ in kernel.told] == [
        "CreateJobObjectW", "SetInformationJobObject", "GetCurrentProcess", "AssignProcessToJobObject"
    ]  # fmt: skip


def test_a_registry_that_calls_scripts_plain_text_changes_no_page(tmp_path: Path) -> None:
    """Windows tells Python's types of files from its registry; a browser runs no script that is called plain text."""
    before = mimetypes.guess_type("tabel.js")[0]
    try:
        for suffix in MEDIA:
            mimetypes.add_type("text/plain", suffix)
        application(desk(served(Places(tmp_path)), lambda _: tmp_path), hosts_of("127.0.0.1"))
        assert {suffix: mimetypes.guess_type(f"a{suffix}")[0] for suffix in MEDIA} == MEDIA
    finally:
        mimetypes.add_type(before or "text/javascript", ".js")
