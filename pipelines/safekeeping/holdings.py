"""What a backup holds: all of a home that cannot be made again, as it stood at one moment, while a run may go on.

No lock is taken. The ledger is read first and names the kept files, which never change; the log of releases is read
before the published store, and the store before the kept releases, because a run writes them in the opposite order:
whatever the log or the store names is there. The warehouse, the returned workbooks and the reports follow from these.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.intake.inbox import is_ignored
from pipelines.publishing.revisions import LOG
from pipelines.replacing import UNFINISHED
from pipelines.runlog import NAME as RUNS
from pipelines.settings import Places
from pipelines.warehouse.ledger import LEDGER, Receipt, kept_file
from pipelines.warehouse.redaction import redacted_file
from pipelines.warehouse.removed import JOURNAL as REMOVED
from pipelines.warehouse.removed import load_removed
from pipelines.warehouse.rights import JOURNAL, load_forgotten


@dataclass(frozen=True)
class Holding:
    """One file of a home: its place with forward slashes, and its bytes."""

    path: str
    content: bytes


def holdings(places: Places, receipts: list[Receipt]) -> Iterator[Holding]:
    """Every file to be saved, read one at a time; `receipts` is the ledger as it was read at the start.

    Raises OfficerError where a kept file is lost or damaged.
    """
    if receipts:
        lines = (places.store / LEDGER).read_bytes().splitlines(keepends=True)
        yield Holding(_place(places, places.store / LEDGER), b"".join(lines[: len(receipts)]))
    for path in (
        places.config,
        places.register,
        places.rights_key,
        places.tokens,
        *sorted(places.layouts.glob("*.toml")),
    ):
        yield from _existing(places, path)
    if (log := places.releases / LOG).exists():
        yield Holding(_place(places, log), _whole_lines(log))
    yield from _existing(places, places.published)
    for path in sorted(places.releases.glob("*")):
        if path.name != LOG and not path.name.endswith(UNFINISHED):
            yield from _existing(places, path)
    for journal in (places.access_log, places.store / RUNS, places.store / JOURNAL):
        if journal.exists():
            yield Holding(_place(places, journal), _whole_lines(journal))
    yield from _kept(places, receipts)
    if (removed := places.store / REMOVED).exists():  # after the kept files: what a run removes meanwhile stands in it
        yield Holding(_place(places, removed), _whole_lines(removed))
    yield from _inbox(places)


def _kept(places: Places, receipts: list[Receipt]) -> Iterator[Holding]:
    redacted = load_forgotten(places).redacted
    removed = load_removed(places)
    for receipt in {r.sha256: r for r in receipts if r.receipt not in removed}.values():
        path, digest = kept_file(places, receipt), redacted.get(receipt.sha256, receipt.sha256)
        if receipt.sha256 in redacted:
            path = redacted_file(places, receipt)
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != digest:
            if receipt.receipt in load_removed(places):
                continue
            raise OfficerError(
                f"Salinan tersimpan dari kiriman {receipt.path} ({receipt.period}) hilang atau rusak. Taruh lagi "
                "berkas aslinya di kotak masuk dan jalankan cantik rebuild, atau pulihkan dengan cantik restore."
            )
        yield Holding(_place(places, path), content)


def _inbox(places: Places) -> Iterator[Holding]:
    """The files of the inbox, also those not received yet. One that Excel holds open is not received either."""
    for folder, _, names in os.walk(places.inbox):  # links to folders are not followed
        for path in sorted(Path(folder, name) for name in names):
            if path.is_file() and not path.is_symlink() and not is_ignored(path.name):
                try:
                    content = path.read_bytes()
                except OSError:
                    continue
                yield Holding(_place(places, path), content)


def _existing(places: Places, path: Path) -> Iterator[Holding]:
    try:
        yield Holding(_place(places, path), path.read_bytes())
    except FileNotFoundError:
        return


def _whole_lines(path: Path) -> bytes:
    """A journal without the line that a run is just writing."""
    content = path.read_bytes() if path.exists() else b""
    return content[: content.rfind(b"\n") + 1]


def _place(places: Places, path: Path) -> str:
    return path.relative_to(places.home).as_posix()
