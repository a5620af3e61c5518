"""What runs in a reading process: one file after another, each ending in a Book or in the reason for refusing it."""

import gc
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from pipelines.errors import Unreadable
from pipelines.intake.amount import check_amount
from pipelines.intake.memory import bound_memory
from pipelines.intake.refusals import DAMAGED
from pipelines.intake.texts import TOO_BIG
from pipelines.intake.workbook import Book, read_book

MEMORY_OF_A_READER = 1536 * 2**20  # bytes of address space; a village workbook needs a tenth
READY = "ready"
LARGEST_FILE = 64 * 2**20  # bytes


def serve(pipe: Connection) -> None:
    """Say that it is there, then answer each (path, name) that comes through the pipe, until it closes."""
    _start()
    pipe.send(READY)
    while True:
        try:
            path, name = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(read_file(path, name))
        except MemoryError:
            pipe.send(Unreadable(TOO_BIG))
        except OSError:  # the pipeline is gone
            return
        gc.collect()  # what a refused file leaves, here and not in the midst of the next one


def _start() -> None:
    """Silence the reader's own last words, which are not for the officer, and bound its memory."""
    gc.disable()  # the cells of a file are hundreds of thousands of objects without any cycle
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the pipeline, which ends its readers
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    bound_memory(MEMORY_OF_A_READER)  # where it cannot be, the time limit and the size checks still hold


def read_file(path: str, name: str) -> Book | Unreadable:
    """The Book of a file, or the reason for refusing it, whatever it does to a reader."""
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
