"""Makes a home again from a backup: all of it is read, checked and rebuilt aside before anything takes its place.

`cantik.toml` moves in last and out first, and without it no command works: so no half-restored home looks whole.
"""

import datetime as dt
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from pipelines.errors import OfficerError
from pipelines.indicators.run import measure_changed
from pipelines.intake.inbox import windows_name
from pipelines.publishing.release import write_handouts
from pipelines.replacing import InUse, move_file
from pipelines.safekeeping.archive import Contents, read_archive
from pipelines.safekeeping.note import Note, write_note
from pipelines.safekeeping.sealed import DAMAGED
from pipelines.settings import Office, Places, load_office
from pipelines.warehouse.handback import hand_back_all
from pipelines.warehouse.ingest import rebuild
from pipelines.warehouse.ledger import read_ledger
from pipelines.warehouse.store import LOCK, writer_lock

NOT_OURS_TO_MOVE = (LOCK, "prefect")  # of the store's folder: no part of an office's data, and held open
NOTHING = ".gitkeep"


def restore(
    places: Places, file: Path, passphrase: str, move_old: bool, now: dt.datetime, progress: Callable[[int, int], None]
) -> tuple[Contents, Path | None]:
    """Make the home as the backup holds it; returns what it held, and where an earlier home was moved to.

    Raises OfficerError, with nothing changed, where the file cannot be used, or the home is not empty and `move_old`
    is not set.
    """
    occupied = refuse_occupied(places, file, move_old)
    aside = Places(places.unfinished)
    with writer_lock(places):
        try:
            contents = _made_again(aside, file, passphrase, progress)
            old = _free_folder(places.home, now) if occupied else None
            if old is not None:
                move_out(places, Places(old))
            _move(aside, places)
        except OSError as error:
            raise OfficerError(
                f"Pemulihan terhenti ({error.strerror}). Tutup berkas yang terbuka, periksa ruang disk, lalu ulangi."
            ) from None
        finally:
            shutil.rmtree(aside.home, ignore_errors=True)
    return contents, old


def refuse_occupied(places: Places, file: Path, move_old: bool) -> bool:
    """Whether an office's data is there; raises OfficerError where it must not be moved, or there is no such file."""
    if not file.is_file():
        raise OfficerError(f"Berkas cadangan {file} tidak ada. Periksa nama dan foldernya.")
    occupied = any(True for _ in _parts(places))
    if occupied and not move_old:
        raise OfficerError(
            f"{places.home} sudah berisi data kantor, tidak ditimpa. Tambahkan --geser-yang-lama agar data itu "
            "dipindahkan dahulu ke folder lain."
        )
    return occupied


def _made_again(aside: Places, file: Path, passphrase: str, progress: Callable[[int, int], None]) -> Contents:
    """A whole home in a folder of its own: what was saved, and everything that follows from it."""
    shutil.rmtree(aside.home, ignore_errors=True)

    def take(name: str, content: bytes) -> None:
        path = aside.home / place_here(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())

    def copy(name: str, of: str) -> None:
        take(name, (aside.home / place_here(of)).read_bytes())

    with file.open("rb") as source:
        contents = read_archive(source, passphrase, take, copy)
    office = load_office(aside)
    receipts = read_ledger(aside)
    if len(receipts) != contents.receipts:
        raise OfficerError(DAMAGED)
    aside.inbox.mkdir(parents=True, exist_ok=True)
    _follow(office, progress)
    write_note(aside, Note(contents.made_at, file.name, contents.receipts))
    return contents


def place_here(name: str, platform: str = sys.platform) -> PurePosixPath:
    """The place of a saved file on this computer. Files that Linux took into the inbox may bear no name of Windows."""
    parts = PurePosixPath(name).parts
    return PurePosixPath(*map(windows_name, parts)) if platform == "win32" else PurePosixPath(name)


def _follow(office: Office, progress: Callable[[int, int], None]) -> None:
    """The warehouse, its cells, the returned workbooks and the reports, from what was saved."""
    receipts = read_ledger(office.places)
    if receipts:
        rebuild(office, progress)
        measure_changed(office)
        hand_back_all(office, receipts)
    write_handouts(office)


def _parts(places: Places) -> Iterator[Path]:
    """What a home consists of, in the order in which it may leave: `cantik.toml` first."""
    data = places.config.parent
    folders = [data, places.store, places.reports]
    found = [p for folder in folders if folder.is_dir() for p in sorted(folder.iterdir())]
    found.sort(key=lambda p: p != places.config)
    for path in found:
        if path == places.store or path.name in (NOTHING, *NOT_OURS_TO_MOVE):
            continue
        if path.is_dir() and all(p.is_dir() or p.name == NOTHING for p in path.rglob("*")):
            continue
        yield path


def _move(old: Places, new: Places) -> None:
    """Move a home's parts; `cantik.toml` leaves first when a home goes, and arrives last when one comes."""
    parts = list(_parts(old))
    if new.home != old.home.parent:
        order = parts
    else:
        order = [p for p in parts if p != old.config] + [p for p in parts if p == old.config]
    for part in order:
        target = new.home / part.relative_to(old.home)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)  # empty but for folders: `_parts` lists anything else
        move_file(part, target)


def move_out(places: Places, old: Places) -> None:
    """Move an office out of its home, whole or not at all: Windows moves no folder in which a file is open."""
    try:
        _move(places, old)
    except (InUse, OSError):
        _move(old, places)
        shutil.rmtree(old.home, ignore_errors=True)
        raise


def _free_folder(home: Path, now: dt.datetime) -> Path:
    """A folder of the home that is not there yet, named after the moment."""
    name = f"lama-{now:%Y%m%d-%H%M%S}"
    return next(p for n in range(1, 1000) if not (p := home / (name if n == 1 else f"{name}-{n}")).exists())
