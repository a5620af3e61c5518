"""Prefect's settings, put into the environment before it is imported: private, quiet, patient, no telemetry."""

import json
import os
import sqlite3
import urllib.error
import urllib.request
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from pipelines.replacing import InUse, free_name, move_file, remove_file
from pipelines.settings import Places

SERVER_NOTE, DATABASE = "server.json", "prefect.db"
SECONDS_FOR_A_LOCK = 5
LOCKED = "basis datanya dikunci program lain"


class PrefectUnusable(Exception):
    """Prefect cannot be used now, in an officer's words. Nothing depends on it but the screen and the clock."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Prefect tidak dapat dipakai ({why}); pengolahan diteruskan tanpa Prefect, hasilnya sama.")


def prefect_home(places: Places) -> Path:
    """Prefect's own folder of this home."""
    return places.store / "prefect"


def set_environment(places: Places) -> bool:
    """Prepare Prefect for this home. Returns True where a running server will be used, False where one must start."""
    home = prefect_home(places)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    wanted = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",  # it waits for ever for a server that cannot start
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",  # events, which nobody reads, made it grow
        "PREFECT_CLIENT_MAX_RETRIES": "1",  # two seconds a call: a server that is gone must not keep a run waiting
        "PREFECT_LOGGING_LEVEL": "CRITICAL",  # it would show an officer tracebacks; ours stand in the log
        "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_CLI_WRAP_LINES": "false",
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
    if os.environ.get("PREFECT_API_URL"):
        return True
    url = running_server(places)
    if url:
        os.environ["PREFECT_API_URL"] = url
    return url is not None


def running_server(places: Places) -> str | None:
    """The address of the server that `cantik schedule` started for this home, if it still answers and is Prefect."""
    note = prefect_home(places) / SERVER_NOTE
    try:
        url = str(json.loads(note.read_text(encoding="utf-8"))["url"])
        return url if answers(url) else None
    except (OSError, ValueError, KeyError):
        return None


def answers(url: str) -> bool:
    """Whether this version of Prefect answers there: after a power cut another program may have taken the port."""
    try:
        with urllib.request.urlopen(f"{url}/admin/version", timeout=2) as answer:  # noqa: S310 - our own loopback address
            return bool(json.loads(answer.read(100)) == version("prefect"))
    except (OSError, ValueError, urllib.error.URLError):
        return False


def sound_database(places: Places) -> bool:
    """See that Prefect's database can be written. A damaged one is put aside, for Prefect to make anew: returns False.

    Raises PrefectUnusable where another program holds it locked.
    """
    path = prefect_home(places) / DATABASE
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(path, timeout=SECONDS_FOR_A_LOCK, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            if database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return True
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise PrefectUnusable(LOCKED) from error
    except sqlite3.DatabaseError:
        pass
    try:
        move_file(path, free_name(path))
        for rest in ("-wal", "-shm"):
            remove_file(path.with_name(DATABASE + rest))
    except InUse as error:
        raise PrefectUnusable(LOCKED) from error
    return False
