"""Every step of a run at which something changes on disk, and a run that dies just before a chosen one.

Nothing in the program knows of this. Python tells its own audit hook of each file opened to write, renamed, removed
and of each folder made; DuckDB's statements and the moments when bytes are forced to disk are met by wrapping them.
"""

import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

STATEMENT = re.compile(r"\s*(INSERT|UPDATE|DELETE|CREATE TABLE|DROP|CHECKPOINT|ATTACH|DETACH)", re.IGNORECASE)
STAGES = {  # the stages of a run in their order, by the steps that belong to them
    "keep raw file": r"tulis .*/kept/|ganti .*/kept/|folder .*/kept",
    "ledger append": r"tulis .*receipts\.jsonl",
    "make tables": r"duckdb CREATE TABLE (receipts|facts|penduduk)|duckdb INSERT INTO facts",
    "key": r"tulis data/hak\.key",
    "read": r"baca .*/kept/",
    "identities": r"duckdb (DELETE FROM|INSERT INTO) identitas\.",
    "fold": r"duckdb INSERT INTO (penduduk|kesejahteraan|pendidikan|ketenagakerjaan|rekap|receipts|sheets|slices)",
    "fold commit": r"duckdb commit",
    "reconcile": r"duckdb (UPDATE \w+ SET set_aside|INSERT INTO identitas\.findings FROM|INSERT OR REPLACE)",
    "close": r"duckdb close",
    "handback": r"(tulis|ganti|folder) data/returned",
    "measure store": r"duckdb (DELETE FROM|INSERT INTO|UPDATE) (cells|stage_\w+)",
    "publish part": r"duckdb (CREATE TABLE (releases|cells|cells_public|areas|office|revisions)|CHECKPOINT|DETACH)",
    "kept release": r".*releases/.*parquet|duckdb write_parquet",
    "rename": r"(ganti|tulis) .*/published\.duckdb",
    "revision log": r"(ganti|tulis) .*/riwayat\.jsonl",
    "reports": r"\w+ reports/[^/]+(/[^/]*\.(csv|xlsx|txt)(\.part)?)?$",
    "metadata": r"\w+ reports/.*/metadata",
    "run log": r"(ganti|tulis) .*runs\.jsonl",
}
KILLED = -9 if hasattr(signal, "SIGKILL") else signal.SIGTERM
WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC


class Steps:
    """Notes the steps of this process below a home; just before the `deadly`th one, of a stage or of all, it dies."""

    def __init__(self, home: Path, deadly: int | None, stage: str | None = None) -> None:
        self._home, self._deadly = str(home.resolve()), deadly
        self._stage = re.compile(STAGES[stage] if stage else "")
        self.names: list[str] = []

    def watch(self) -> None:
        """Begin. There is no end: the process is made for this."""
        sys.addaudithook(self._audited)
        self._wrap(os, "fsync", lambda _: "fsync")
        store = duckdb.DuckDBPyConnection
        for name in ("commit", "begin", "close", "write_parquet"):
            if hasattr(store, name):
                self._wrap(store, name, lambda *_, name=name: f"duckdb {name}")
        self._wrap(duckdb.DuckDBPyRelation, "write_parquet", lambda *_: "duckdb write_parquet")
        self._wrap(store, "execute", self._statement)
        self._wrap(store, "executemany", self._statement)
        self._wrap(store, "__exit__", lambda *_: "duckdb close")

    def _statement(self, _store: object, query: object, *_: object) -> str | None:
        found = STATEMENT.match(str(query))
        if not found:
            return None
        words = re.sub(r"\s+", " ", str(query)).split("(")[0].split()
        return "duckdb " + " ".join(words[:4])

    def _wrap(self, owner: Any, name: str, named: Callable[..., str | None]) -> None:
        original = getattr(owner, name)

        def stepping(*given: Any, **named_given: Any) -> Any:
            step = named(*given)
            if step is not None:
                self._step(step)
            return original(*given, **named_given)

        setattr(owner, name, stepping)

    def _audited(self, event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = given
            if isinstance(path, str) and isinstance(flags, int):
                self._on_disk("tulis" if flags & WRITING else "baca", path)
        elif event == "os.rename":
            self._on_disk("ganti", str(given[1]))
        elif event in ("os.remove", "os.mkdir", "os.rmdir"):
            self._on_disk(
                {"os.remove": "hapus", "os.mkdir": "folder", "os.rmdir": "hapus folder"}[event], str(given[0])
            )

    def _on_disk(self, what: str, path: str) -> None:
        absolute = os.path.abspath(path)  # noqa: PTH100 - links stay as they were named
        if absolute.startswith(self._home) and not absolute.endswith(".lock"):
            self._step(f"{what} {absolute[len(self._home) + 1 :]}")

    def _step(self, name: str) -> None:
        if self._stage.match(name):
            self.names.append(name)
        if len(self.names) == self._deadly:
            die()


def die() -> None:
    """End this process as a power cut does: no handler, no flush, no rollback."""
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGTERM)  # TerminateProcess, on Windows


def run_watched(action: Callable[[Path], object], home: Path, deadly: int | None, stage: str | None, told: str) -> None:
    """Do something to a home under watch, in a process made for it; write the steps' names to the file `told`."""
    steps = Steps(home, deadly, stage)
    steps.watch()
    action(home)
    if told:
        Path(told).write_text("\n".join(steps.names), encoding="utf-8")


def context() -> Any:
    """Processes that start with the program loaded, where the system can; else as on Windows."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["tests.reliability.office", "tests.reliability.steps"])
    return forking


def struck(action: Callable[[Path], object], home: Path, deadly: int, stage: str | None = None) -> bool:
    """Do something to a home and die before a step. False where it ended first, because there were fewer steps."""
    process = context().Process(target=run_watched, args=(action, home, deadly, stage, ""))
    process.start()
    process.join()
    assert process.exitcode in (0, KILLED), process.exitcode
    return bool(process.exitcode == KILLED)


def steps_of(action: Callable[[Path], object], home: Path, told: Path) -> list[str]:
    """All steps of an undisturbed action."""
    process = context().Process(target=run_watched, args=(action, home, None, None, str(told)))
    process.start()
    process.join()
    assert process.exitcode == 0
    return told.read_text(encoding="utf-8").splitlines()
