"""Writes files whole: a reader sees the old file or the new one, never half of it.

Windows neither replaces nor removes a file that a program holds open, Excel above all. Whatever here puts a file in the
place of another, or takes one away, waits a moment, for virus scanners and short readings, and then says so.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import OfficerError

UNFINISHED = ".part"
SECONDS_BETWEEN = 0.25
SCANNED, READ = 4, 20  # attempts: a virus scanner lets a file go in a second, a reading of a store in five


IN_USE = "{} sedang dibuka program lain, misalnya Excel, atau tidak boleh ditulis. Tutup dahulu, lalu ulangi."


class InUse(OfficerError):
    """A file that another program holds open: nothing was changed, and the same call goes through once it is closed."""


def require_room(folder: Path) -> None:
    """Raises OfficerError where a folder cannot be made: a file stands in its way, or its disk is not there."""
    there = next((path for path in (folder, *folder.parents) if path.exists()), None)
    if there is None:
        raise OfficerError(
            f"Folder {folder} tidak dapat dibuat: disknya tidak terpasang. Pasang, atau pilih yang lain."
        )
    if not there.is_dir():
        raise OfficerError(f"Folder {folder} tidak dapat dibuat: {there} adalah berkas. Pilih folder lain.")


def part_of(path: Path) -> Path:
    """Where a file is written until it is finished."""
    return path.with_name(path.name + UNFINISHED)


def free_name(path: Path) -> Path:
    """Where a damaged file is kept aside: beside it, under a name that nothing has."""
    return next(p for n in range(1, 10_000) if not (p := path.with_name(f"{path.name}.rusak-{n}")).exists())


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """The place to write a file to, which takes the name `path` when it is finished and on disk. Raises InUse."""
    part = part_of(path)
    yield part
    replace_file(part, path, SCANNED)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of bytes whole. Raises InUse."""
    with whole(path) as part:
        part.write_bytes(content)


def replace_file(part: Path, path: Path, attempts: int = READ) -> None:
    """Put a finished file in the place of another, on disk before its name changes. Raises InUse, the part removed."""
    _have_on_disk(part)
    try:
        move_file(part, path, attempts)
    except InUse:
        part.unlink(missing_ok=True)
        raise


def move_file(old: Path, new: Path, attempts: int = READ) -> None:
    """Give a file or folder another name, in the place of a file that has it. Raises InUse."""
    _patiently(lambda: old.replace(new), new if new.exists() else old, attempts)


def remove_file(path: Path, attempts: int = SCANNED) -> None:
    """Take a file away, if it is there. Raises InUse."""
    _patiently(lambda: path.unlink(missing_ok=True), path, attempts)


def _patiently(act: Callable[[], object], path: Path, attempts: int) -> None:
    for attempt in range(attempts):
        try:
            act()
        except PermissionError:
            if attempt == attempts - 1:
                raise InUse(IN_USE.format(path.name)) from None
            time.sleep(SECONDS_BETWEEN)
        else:
            return


def _have_on_disk(part: Path) -> None:
    """A power cut after the renaming would else leave the new name with nothing in it."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
