"""The ledger of receipts: every file that ever arrived, kept by content, in the order of arrival.

It stands beside the warehouse, not in it, so that a lost or damaged warehouse can be folded again from it. A receipt
number also gives precedence: a later arrival, then a later name, has the higher number.
"""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.intake.inbox import Found
from pipelines.journal import JournalDamaged, append_to_journal, parse_journal
from pipelines.replacing import write_whole
from pipelines.settings import Places

LEDGER, KEPT = "receipts.jsonl", "kept"
LEDGER_DAMAGED = f"Buku penerimaan {LEDGER} rusak. Jalankan: cantik rebuild (disusun ulang dari gudang data)."


@dataclass(frozen=True)
class Receipt:
    """One file's bytes, when they came, and for which period."""

    receipt: int
    arrival: int
    period: str
    kelurahan: str
    path: str
    sha256: str
    bytes: int
    received_at: str


@dataclass(frozen=True)
class Twin:
    """A file whose bytes are already known under another name: nothing new."""

    path: str
    of: str


def kept_file(places: Places, receipt: Receipt) -> Path:
    """Where the receipt's bytes are kept. Named by content; only the suffix says what it claims to be."""
    return places.store / KEPT / receipt.sha256[:2] / f"{receipt.sha256}{Path(receipt.path).suffix.lower()}"


def inbox_files(places: Places, receipt: Receipt) -> tuple[Path, Path]:
    """Where the file may lie in the inbox: the office's own kelurahan may do without its folder."""
    folder = places.inbox / receipt.period
    return folder / receipt.path, folder / receipt.kelurahan / receipt.path


def read_ledger(places: Places) -> list[Receipt]:
    """All receipts in order. A torn last line, left by a power cut, is not yet a receipt."""
    path = places.store / LEDGER
    return parse_ledger(path.read_bytes()) if path.exists() else []


def parse_ledger(content: bytes) -> list[Receipt]:
    """The receipts of a ledger's bytes. Raises OfficerError where a line was changed or lost."""
    try:
        receipts = [Receipt(**row) for row in parse_journal(content)]  # type: ignore[arg-type]  # checked by its link
    except (JournalDamaged, TypeError):
        raise OfficerError(LEDGER_DAMAGED) from None
    if any(r.receipt != number for number, r in enumerate(receipts, 1)):
        raise OfficerError(LEDGER_DAMAGED)
    return receipts


@dataclass(frozen=True)
class Received:
    """The whole ledger, what is new in it, the files that were not, and the paths of those that nobody could read."""

    receipts: list[Receipt]
    new: list[Receipt]
    twins: list[Twin]
    closed: list[str]


def counted_already(before: Receipt | None, same: Receipt | None, digest: str) -> Receipt | None:
    """The receipt under which bytes count, None where they are a new one.

    `before` is the newest of their name, `same` the newest of those bytes, both of one period and kelurahan.
    """
    if before is None:
        return same
    return before if before.sha256 == digest else None


def receive(
    places: Places, incoming: list[Found], now: dt.datetime, withdrawn: frozenset[int] = frozenset()
) -> Received:
    """Keep the bytes of every new file and enter it in the ledger; all files of one call arrive together.

    The same bytes under the same period and kelurahan are no new receipt, unless a name that meanwhile held other
    bytes holds them again: then the officer has put the old file back. A withdrawn receipt may come again.
    """
    receipts = read_ledger(places)
    standing = [r for r in receipts if r.receipt not in withdrawn]
    latest = {(r.period, r.kelurahan, r.path): r for r in standing}
    known = {(r.period, r.kelurahan, r.sha256): r for r in standing}
    arrival = max((r.arrival for r in receipts), default=0) + 1
    new: list[Receipt] = []
    twins: list[Twin] = []
    closed: list[str] = []
    for found in sorted(incoming, key=lambda f: (f.period, f.kelurahan, f.path)):
        try:
            content = found.file.read_bytes()
        except FileNotFoundError:
            continue  # taken away meanwhile
        except OSError:
            closed.append(found.path)  # locked by a program, or still in the cloud: the next run takes it
            continue
        period, digest = str(found.period), hashlib.sha256(content).hexdigest()
        before = latest.get((period, found.kelurahan, found.path))
        same = known.get((period, found.kelurahan, digest))
        if (counted := counted_already(before, same, digest)) is not None:
            if before is None:
                twins.append(Twin(found.path, counted.path))
            continue
        receipt = Receipt(
            receipt=len(receipts) + len(new) + 1,
            arrival=arrival,
            period=period,
            kelurahan=found.kelurahan,
            path=found.path,
            sha256=digest,
            bytes=len(content),
            received_at=now.isoformat(timespec="seconds"),
        )
        _keep(kept_file(places, receipt), content)
        latest[period, found.kelurahan, found.path] = receipt
        known[period, found.kelurahan, digest] = receipt
        new.append(receipt)
    if new:
        append_to_journal(places.store / LEDGER, [asdict(receipt) for receipt in new])
    return Received(receipts + new, new, twins, closed)


def _keep(path: Path, content: bytes) -> None:
    if not path.exists() or path.stat().st_size != len(content):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
