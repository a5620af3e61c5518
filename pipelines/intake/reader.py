"""Reads many files in child processes with limits, so that no workbook can take the pipeline down with it."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import TimeoutError as Overtime
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from pipelines.errors import Unreadable
from pipelines.intake.amount import check_amount
from pipelines.intake.refusals import DAMAGED
from pipelines.intake.texts import TOO_BIG
from pipelines.intake.workbook import Book, read_book

SECONDS_A_FILE = 60
MEMORY_OF_A_READER = 1536 * 2**20  # bytes of address space; a village workbook needs a tenth
LARGEST_FILE = 64 * 2**20  # bytes


def _start() -> None:
    """Silence the reader's own last words, which are not for the officer, and bound its memory."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        import resource
    except ImportError:  # Windows has no rlimit; the time limit and the size checks still hold there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_OF_A_READER, MEMORY_OF_A_READER))


def _read(path: str, name: str) -> Book | Unreadable:
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            return Unreadable(TOO_BIG)
        book = read_book(name, Path(path).read_bytes())
        check_amount(book.sheets)
    except Unreadable as reason:
        return reason
    except MemoryError:
        return Unreadable(TOO_BIG)
    except OSError:
        return Unreadable("Berkas tidak dapat dibuka. Tutup berkas itu di Excel, lalu coba lagi.")
    except Exception:  # noqa: BLE001 - whatever a reader makes of a damaged file, the verdict is the file's
        return Unreadable(DAMAGED)
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # what a panic in the Rust reader is called; it is no Exception
            raise
        return Unreadable(DAMAGED)
    return book


class Readers:
    """A pool of reading processes, started with the first file and kept for the next ones."""

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None

    def __enter__(self) -> "Readers":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            if kind is None:
                self._pool.close()  # type: ignore[no-untyped-call]
            else:
                self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()

    def read(self, files: list[tuple[Path, str]]) -> Iterator[Book | Unreadable]:
        """Each file's Book, or the reason why it cannot be read, in order. A file is its place and its own name."""
        if self._pool is None and files:
            workers = min(os.cpu_count() or 1, 4, max(1, len(files) // 8))
            # Spawned, not forked: the parent may hold DuckDB's and Prefect's threads, and Windows knows nothing else.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(max_workers=workers, initializer=_start, context=context)
        assert self._pool is not None or not files
        futures = [
            self._pool.schedule(_read, args=[str(path), name], timeout=SECONDS_A_FILE)
            for path, name in files
            if self._pool
        ]
        for future in futures:
            try:
                yield future.result()
            except (Overtime, ProcessExpired):
                yield Unreadable(TOO_BIG)


def read_all(paths: list[Path]) -> list[Book | Unreadable]:
    """Read a few files at once."""
    with Readers() as readers:
        # A name of broken letters could be neither stored nor printed.
        return list(readers.read([(path, path.name.encode(errors="replace").decode()) for path in paths]))
