"""A computer on which some files are held open, as Excel holds them on Windows: nothing replaces or removes them.

Also what Windows would say of our own handles: on Linux a file that this process has open can be renamed and removed.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HELD: set[Path] = set()
WATCHED: list[str] = []  # the home below which our own handles are looked at
OWN: list[str] = []  # what was to be renamed or removed while this process had it open


@contextmanager
def held_open(*files: Path) -> Iterator[None]:
    """Other programs have these files open."""
    HELD.update(file.resolve() for file in files)
    try:
        yield
    finally:
        HELD.clear()


@contextmanager
def own_handles(home: Path) -> Iterator[list[str]]:
    """What this process renames or removes below a home while it has it open itself; needs `/proc`."""
    OWN.clear()
    WATCHED.append(str(home.resolve()))
    try:
        yield OWN
    finally:
        WATCHED.clear()


def _audited(event: str, given: tuple[Any, ...]) -> None:
    if event not in ("os.rename", "os.remove", "os.rmdir") or not (HELD or WATCHED):
        return
    folders = given[2:4] if event == "os.rename" else given[1:2]
    for name, folder in zip(given[: len(folders)], folders, strict=True):
        path = _absolute(os.fsdecode(name), folder)
        if any(held == path or path in held.parents for held in HELD):
            raise PermissionError(13, "The process cannot access the file", str(path))
        if WATCHED and str(path).startswith(WATCHED[0]) and any(path in (p, *p.parents) for p in _opened()):
            OWN.append(f"{event} {path}")


def _absolute(name: str, folder: int) -> Path:
    """A path that may be named from an open folder."""
    if not name.startswith("/") and folder >= 0:
        name = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)  # noqa: PTH115, PTH118
    return Path(os.path.abspath(name))  # noqa: PTH100 - links stay as they were named


def _opened() -> Iterator[Path]:
    """The files that this process has open or mapped, folders left out."""
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208 - as fast as it can be
        try:
            found = Path(os.readlink(f"/proc/self/fd/{number}"))  # noqa: PTH115
        except OSError:
            continue
        if found.is_absolute() and not found.is_dir():
            yield found
    for line in Path("/proc/self/maps").read_text().splitlines():
        if WATCHED[0] in line:
            yield Path(line[line.index("/") :])


sys.addaudithook(_audited)
