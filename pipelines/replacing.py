"""Writes files whole: a reader sees the old file or the new one, never half of it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import OfficerError

UNFINISHED = ".part"
REPLACE_ATTEMPTS, SECONDS_BETWEEN = 20, 0.25  # Windows refuses to replace a file while a reader opens it


def part_of(path: Path) -> Path:
    """Where a file is written until it is finished."""
    return path.with_name(path.name + UNFINISHED)


def free_name(path: Path) -> Path:
    """Where a damaged file is kept aside: beside it, under a name that nothing has."""
    return next(p for n in range(1, 10_000) if not (p := path.with_name(f"{path.name}.rusak-{n}")).exists())


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """The place to write a file to, which takes the name `path` when it is finished and on disk."""
    part = part_of(path)
    yield part
    _have_on_disk(part)
    part.replace(path)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of bytes whole."""
    with whole(path) as part:
        part.write_bytes(content)


def replace_file(part: Path, path: Path) -> None:
    """Put a finished file in the place of another, on disk before its name changes. Waits for readers that hold it."""
    _have_on_disk(part)
    for attempt in range(REPLACE_ATTEMPTS):
        try:
            part.replace(path)
        except PermissionError:
            if attempt == REPLACE_ATTEMPTS - 1:
                raise OfficerError(f"{path.name} sedang dibuka program lain. Tutup dahulu, lalu ulangi.") from None
            time.sleep(SECONDS_BETWEEN)
        else:
            return


def _have_on_disk(part: Path) -> None:
    """A power cut after the renaming would else leave the new name with nothing in it."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
