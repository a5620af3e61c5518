"""Reads many files in child processes with limits, so that no workbook can take the pipeline down with it."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue

from pipelines.errors import OfficerError, Unreadable
from pipelines.intake.child import READY, serve
from pipelines.intake.texts import TOO_BIG
from pipelines.intake.workbook import Book

SECONDS_A_FILE, SECONDS_TO_START = 60, 120
NOT_STARTED = "Pembaca berkas tidak mau mulai, mungkin memori penuh. Tutup program lain, lalu ulangi."
MOST_READERS = 4
FILES_A_READER = 8  # a further process pays from so many files on


class _Reader:
    """One reading process at the end of a pipe of its own: whatever ends it, ended the file it was given."""

    def __init__(self) -> None:
        # Spawned, not forked: the parent may hold DuckDB's and Prefect's threads, and Windows knows nothing else.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        if not self._is_ready():
            self.stop()
            raise OfficerError(NOT_STARTED)

    def read(self, path: str, name: str) -> Book | Unreadable | None:
        """The reader's answer; None where it died or took too long."""
        try:
            self._pipe.send((path, name))
            if self._pipe.poll(SECONDS_A_FILE):
                answer: Book | Unreadable = self._pipe.recv()
                return answer
        except (EOFError, OSError):
            pass
        return None

    def _is_ready(self) -> bool:
        """Whether it started. One that cannot is no file's fault: no file may be refused for it, and kept refused."""
        try:
            return self._pipe.poll(SECONDS_TO_START) and self._pipe.recv() == READY
        except (EOFError, OSError):
            return False

    def stop(self) -> None:
        """End the process now."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


class Readers:
    """Reading processes, started when there are files for them and kept for the next ones."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None
        self._idle: SimpleQueue[_Reader] = SimpleQueue()
        self._all: set[_Reader] = set()

    def __enter__(self) -> "Readers":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=kind is None, cancel_futures=True)
        for reader in list(self._all):
            reader.stop()

    def read(self, files: list[tuple[Path, str]]) -> Iterator[Book | Unreadable]:
        """Each file's Book, or the reason why it cannot be read, in order. A file is its place and its own name."""
        if not files:
            return
        if self._threads is None:
            workers = min(os.cpu_count() or 1, MOST_READERS, max(1, len(files) // FILES_A_READER))
            self._threads = ThreadPoolExecutor(workers)
        yield from self._threads.map(self._read, files)

    def _read(self, file: tuple[Path, str]) -> Book | Unreadable:
        """Read one file in an idle process. A process that did not answer is ended, and the file is to blame."""
        try:
            reader = self._idle.get_nowait()
        except Empty:
            reader = _Reader()
            self._all.add(reader)
        answer = reader.read(str(file[0]), file[1])
        if answer is None:
            self._all.discard(reader)
            reader.stop()
            return Unreadable(TOO_BIG)
        self._idle.put(reader)
        return answer


def read_all(paths: list[Path]) -> list[Book | Unreadable]:
    """Read a few files at once."""
    with Readers() as readers:
        # A name of broken letters could be neither stored nor printed.
        return list(readers.read([(path, path.name.encode(errors="replace").decode()) for path in paths]))
