"""Makes a backup: seals a home into one file, reads it back whole, and only then gives it its name."""

import datetime as dt
import os
from pathlib import Path, PurePosixPath

from pipelines.errors import OfficerError
from pipelines.replacing import part_of, replace_file
from pipelines.safekeeping.archive import Contents, read_archive, write_archive
from pipelines.safekeeping.holdings import holdings
from pipelines.safekeeping.note import Note, write_note
from pipelines.safekeeping.sealed import DAMAGED, NAME, is_sealed
from pipelines.settings import Places
from pipelines.warehouse.ledger import LEDGER, parse_ledger, read_ledger
from pipelines.warehouse.removed import JOURNAL as REMOVED
from pipelines.warehouse.removed import parse_removed
from pipelines.warehouse.rights import JOURNAL as RIGHTS
from pipelines.warehouse.rights import parse_forgotten

SUFFIX = ".cadangan"


def back_up(places: Places, target: Path, passphrase: str, now: dt.datetime) -> tuple[Path, Contents]:
    """Write the backup of a home to a file, or under the day's name into a folder; returns where, and what it holds.

    Raises OfficerError where another kind of file stands there, the disk is full, or a kept file is damaged.
    What stood there stays until the new one has been read back.
    """
    path = target / f"cantik-{now:%Y-%m-%d}{SUFFIX}" if target.is_dir() else target
    _refuse_strange(path)
    part = part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            receipts = read_ledger(places)
            made_at = now.isoformat(timespec="seconds")
            contents = write_archive(out, passphrase, holdings(places, receipts), made_at, len(receipts))
            out.flush()
            os.fsync(out.fileno())
        if verified(part, passphrase) != contents:
            raise OfficerError(DAMAGED)
        replace_file(part, path)
    except OSError as error:
        raise OfficerError(f"Cadangan {path} tidak dapat ditulis ({error.strerror}). Periksa ruang disknya.") from None
    finally:
        part.unlink(missing_ok=True)
    write_note(places, Note(contents.made_at, path.name, contents.receipts))
    return path, contents


def verified(path: Path, passphrase: str) -> Contents:
    """Read a backup to its end and see that it holds what it lists, and every kept file that its ledger names.

    Nothing is written. Raises OfficerError for a file that is not a whole backup.
    """
    journals: dict[str, bytes] = {}

    def look(name: str, content: bytes) -> None:
        if PurePosixPath(name).name in (LEDGER, RIGHTS, REMOVED):
            journals[PurePosixPath(name).name] = content

    with path.open("rb") as source:
        contents = read_archive(source, passphrase, look, lambda _name, _of: None)
    receipts = parse_ledger(journals.get(LEDGER, b""))
    redacted = parse_forgotten(journals.get(RIGHTS, b""), b"").redacted
    removed = parse_removed(journals.get(REMOVED, b""))
    held = {PurePosixPath(name).stem: digest for name, digest in contents.files.items()}
    whole = all(held.get(r.sha256) == redacted.get(r.sha256, r.sha256) for r in receipts if r.receipt not in removed)
    if len(receipts) != contents.receipts or not whole:
        raise OfficerError(DAMAGED)
    return contents


def _refuse_strange(path: Path) -> None:
    if path.exists():
        with path.open("rb") as there:
            if not is_sealed(there.read(len(NAME))):
                raise OfficerError(f"{path} sudah ada dan bukan cadangan Cantik. Pilih nama berkas lain.")
