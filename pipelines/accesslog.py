"""Who opened, took or carried out what of the office's data: `data/akses.jsonl`, its lines linked (`journal`).

A line holds the computer's account, the command and the codes that it was called with. What is no code, and any long
number, is written as `#`: a log for many eyes holds no NIK and no name of a resident.
"""

import datetime as dt
import getpass
import re
from pathlib import Path

from filelock import FileLock

from pipelines.errors import OfficerError
from pipelines.journal import JournalDamaged, Row, append_to_long_journal, parse_journal
from pipelines.replacing import free_name, move_file
from pipelines.settings import Places

CODE, LONG = re.compile(r"[A-Za-z0-9_.:\-]{1,60}"), re.compile(r"\d{9,}")
SECONDS_TO_WAIT = 10
DAMAGED = "Catatan akses akses.jsonl rusak atau diubah orang. Pindahkan berkas itu ke tempat aman sebagai bukti."


def note_access(places: Places, command: str, **what: object) -> None:
    """Enter one access, after the last line. Where that is damaged, the log is kept aside and a new one begun.

    Raises OfficerError where nothing can be entered: then nothing may be taken either.
    """
    said = {name: _code(value) for name, value in what.items() if value not in (None, (), "")}
    row: Row = {
        "waktu": dt.datetime.now().isoformat(timespec="seconds"),
        "akun": account(),
        "perintah": command,
        **said,
    }
    path = places.access_log
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        append_access(path, row)
    except OSError:
        raise OfficerError(f"Akses ini tidak dapat dicatat di {path}, jadi tidak dibuka. Periksa foldernya.") from None


def append_access(path: Path, row: Row) -> None:
    """Add a line, one process at a time. Raises OSError where it cannot be written."""
    with FileLock(path.with_suffix(".lock"), timeout=SECONDS_TO_WAIT):  # its Timeout is an OSError
        try:
            append_to_long_journal(path, row)
        except JournalDamaged:
            move_file(path, free_name(path))
            append_to_long_journal(path, row)


def damaged_log(places: Places) -> list[str]:
    """A sentence where the log's lines do not follow from each other."""
    try:
        if places.access_log.exists():
            parse_journal(places.access_log.read_bytes())
    except JournalDamaged:
        return [DAMAGED]
    return []


def account() -> str:
    """The account of the computer under which the program runs; `?` where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _code(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_code(one) for one in value]
    if isinstance(value, bool | int):
        return value
    return value if CODE.fullmatch(str(value)) and not LONG.search(str(value)) else "#"
