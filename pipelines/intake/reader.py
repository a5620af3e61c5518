"""Reads many files in child processes with limits, so that no workbook can take the pipeline down with it."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import TimeoutError as Overtime
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from pipelines.errors import Unreadable
from pipelines.intake.workbook import TOO_BIG, Book, read_book

SECONDS_A_FILE = 60
MEMORY_OF_A_READER = 1536 * 2**20  # bytes of address space; a village workbook needs a tenth
LARGEST_FILE = 64 * 2**20  # bytes


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no rlimit; the time limit and the size checks still hold there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_OF_A_READER, MEMORY_OF_A_READER))


def _read(path: str) -> Book | Unreadable:
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            return Unreadable(TOO_BIG)
        return read_book(path, Path(path).read_bytes())
    except Unreadable as reason:
        return reason
    except MemoryError:
        return Unreadable(TOO_BIG)
    except OSError:
        return Unreadable("Berkas tidak dapat dibuka. Tutup berkas itu di Excel, lalu coba lagi.")


def read_all(paths: list[Path]) -> Iterator[Book | Unreadable]:
    """Each file's Book, or the reason why it cannot be read, in the order of `paths`."""
    workers = min(os.cpu_count() or 1, 4, max(1, len(paths) // 8))
    # Spawned, not forked: the parent may hold DuckDB's and Prefect's threads, and Windows knows nothing else.
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=workers, initializer=_limit_memory, context=context) as pool:
        futures = [pool.schedule(_read, args=[str(path)], timeout=SECONDS_A_FILE) for path in paths]
        for future in futures:
            try:
                yield future.result()
            except Overtime:
                yield Unreadable(TOO_BIG)
            except ProcessExpired:
                yield Unreadable(TOO_BIG)
