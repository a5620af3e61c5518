"""File names: whatever their letters, the file is taken in or its sender is told; no name commands a screen."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from pipelines.intake.inbox import look
from pipelines.returned.mark import returned_name
from pipelines.settings import Places, load_office
from tests.conftest import CONFIG, Cantik
from tests.intake.workbooks import NIK, PEOPLE, changed, xlsx

COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FAULTY = changed(PEOPLE, {"B3": "1"})
NAMES = {
    "spaces": "  Data   RT 005  .xlsx",
    "accents": "Warga Núr Aïny.xlsx",
    "accents in two parts": "Warga Nu\u0301r.xlsx",
    "other scripts": "資料 данные بيانات.xlsx",
    "emoji": "data 💀👨‍👩‍👧.xlsx",
    "255 bytes": "R" * 250 + ".xlsx",
    "255 bytes of long letters": "資" * 83 + "x.xlsx",
    "direction mark": "data \u202exslx.exe.xlsx",
    "isolates": "\u2066data\u2069.xlsx",
    "leading hyphen": "-rf.xlsx",
    "option": "--help.xlsx",
    "formula": "=cmd|'& calc'!A0.xlsx",
    "plus": "+62.xlsx",
    "at": "@SUM(A1).xlsx",
    "line break": "data\nDITOLAK semua.xlsx",
    "tab": "data\tRT.xlsx",
    "terminal command": "data \x1b[31mmerah\x1b]0;judul\x07.xlsx",
    "markup": "[bold red]data [link=x]RT.xlsx",
    "emoji code": "data :skull:.xlsx",
    "quotes": "data 'RT' \"005\".xlsx",
    "SQL": "'; DROP TABLE receipts;--.xlsx",
    "shell": "$(touch x) `touch y` ; & | > z.xlsx",
    "web": "<img src=x onerror=alert(1)>.xlsx",
    "percent": "%s %n {0} %00.xlsx",
    "backslashes": "..\\..\\evil.xlsx",
    "dots": "....xlsx",
    "several endings": "data.pdf.exe.xlsx",
    "a NIK": f"KTP {NIK}.xlsx",
    "device": "CON.xlsx",
}
BROKEN = os.fsdecode(b"rusak \xff\xfe.xlsx")
linux = pytest.mark.skipif(sys.platform == "win32", reason="the file system takes no such names")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    inbox = tmp_path / "kantor" / "data" / "raw" / "2025-Q3"
    inbox.mkdir(parents=True)
    (tmp_path / "kantor" / "data" / "cantik.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path / "kantor"


def test_there_are_enough() -> None:
    assert len(NAMES) >= 22


@linux
def test_check_of_every_name(cantik: Cantik, here: Cantik, tmp_path: Path) -> None:
    for name in [*NAMES.values(), BROKEN]:
        (tmp_path / name).write_bytes(FAULTY)
    paths = [str(tmp_path / name) for name in [*NAMES.values(), BROKEN]]
    done = cantik(tmp_path / "rumah", "check", "--format", "json", *paths)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert [entry["file"] for entry in found] == paths
    assert {entry["verdict"] for entry in found} == {"held"}
    assert COMMANDS.findall(done.stdout + done.stderr) == []
    assert len(list(tmp_path.glob("*diperiksa.xlsx"))) >= len(NAMES) - 2  # "....xlsx" leaves no name of its own
    commanding = [path for path in paths if COMMANDS.search(path) or "[" in path or ":" in path]
    text = here(tmp_path / "rumah", "check", *commanding)
    assert COMMANDS.findall(text.stdout + text.stderr) == []
    assert ":skull:" in text.stdout
    assert "[bold red]" in text.stdout
    assert len([line for line in text.stdout.splitlines() if line.startswith("DITOLAK")]) == 0


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_returned_name_fits_a_file_system(name: str) -> None:
    back = returned_name(name)
    assert len((back + ".part").encode()) <= 255
    assert back.endswith(" - diperiksa.xlsx")


@linux
def test_links_are_not_followed(home: Path, tmp_path: Path) -> None:
    """Neither to a file nor to a folder; a link is told, because its sender believes that he has reported."""
    inbox = home / "data" / "raw" / "2025-Q3"
    (tmp_path / "rahasia").mkdir()
    (tmp_path / "rahasia" / "a.xlsx").write_bytes(xlsx(PEOPLE))
    (inbox / "pintasan.xlsx").symlink_to(tmp_path / "rahasia" / "a.xlsx")
    (inbox / "folder").symlink_to(tmp_path / "rahasia")
    (inbox / "buntu.xlsx").symlink_to(tmp_path / "tidak ada")
    (inbox / "putaran.xlsx").symlink_to(inbox / "putaran.xlsx")
    found, misplaced = look(load_office(Places(home)))
    assert found == []
    assert [m.path for m in misplaced] == [
        f"2025-Q3/{n}" for n in ("buntu.xlsx", "folder", "pintasan.xlsx", "putaran.xlsx")
    ]
    assert all("pintasan" in m.reason for m in misplaced)


@linux
def test_what_is_no_file_is_told_and_not_opened(home: Path) -> None:
    """A pipe would let a reader wait for ever; a folder may bear any name."""
    inbox = home / "data" / "raw" / "2025-Q3"
    os.mkfifo(inbox / "pipa.xlsx")
    (inbox / "folder.xlsx").mkdir()
    found, misplaced = look(load_office(Places(home)))
    assert (found, [entry.path for entry in misplaced]) == ([], ["2025-Q3/pipa.xlsx"])
