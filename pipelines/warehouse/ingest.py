"""From the inbox to the warehouse: receive, read, stage, validate, fold, reconcile. Safe to repeat and to interrupt."""

import datetime as dt
import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.errors import OfficerError, Unreadable
from pipelines.intake.addresses import stated
from pipelines.intake.inbox import Misplaced, look
from pipelines.intake.layoutfile import load_layouts
from pipelines.intake.layouts import Layouts
from pipelines.intake.reader import Readers
from pipelines.intake.staged import Source
from pipelines.intake.staging import stage
from pipelines.intake.validation import validate
from pipelines.intake.workbook import Book
from pipelines.opening import connect_read_only, is_sound
from pipelines.periods import Period, parse_period
from pipelines.replacing import move_file, remove_file
from pipelines.settings import Office
from pipelines.warehouse.corrected import ended
from pipelines.warehouse.correcting import Journal, correct
from pipelines.warehouse.corrections import digest_of, drop_forgotten, load_corrections
from pipelines.warehouse.facts import fact, note_fact, reconciled
from pipelines.warehouse.key import NEEDED, has_key, key_of
from pipelines.warehouse.ledger import Receipt, Twin, inbox_files, read_ledger, receive
from pipelines.warehouse.load import Folded, fold
from pipelines.warehouse.losses import lacking
from pipelines.warehouse.mending import mend_ledger, require_kept, sound_ledger
from pipelines.warehouse.reconcile import reconcile
from pipelines.warehouse.redaction import kept_books
from pipelines.warehouse.removed import Removed, enter_removed, load_removed, lose_open, withdrawn
from pipelines.warehouse.rights import load_forgotten
from pipelines.warehouse.shared import bound_together, few, ties_of
from pipelines.warehouse.store import connect, start_anew

FILES_A_BATCH, BYTES_A_BATCH = 300, 16 * 2**20  # what one batch may hold keeps memory flat as workbooks grow
PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class Ingested:
    """What a run took in: counts only, no personal data."""

    files: int = 0
    rejected: int = 0
    accepted: int = 0
    held: int = 0
    misplaced: list[Misplaced] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    moved: list[tuple[str, str, str]] = field(default_factory=list)  # file, the quarter it lay in, that it lies in now
    closed: list[str] = field(default_factory=list)  # files that another program let nobody read
    periods: list[Period] = field(default_factory=list)
    refolded: bool = False
    removed: list[Removed] = field(default_factory=list)  # folded anew without their rows: their files are gone
    lost: list[str] = field(default_factory=list)  # RTs whose present rows would have been theirs
    lacking: list[tuple[str, str]] = field(default_factory=list)  # re-sent file, and what of the older one it lacks
    unlisted: list[tuple[str, str]] = field(default_factory=list)  # quarter and RT that reported and is listed no more

    def add(self, folded: Folded) -> None:
        """Count a batch in."""
        self.files += folded.files
        self.rejected += folded.rejected
        self.accepted += folded.accepted
        self.held += folded.held


def ingest(office: Office, only: Period | None, now: dt.datetime, progress: Callable[[int, int], None]) -> Ingested:
    """Take in what is new in the inbox. `progress(done, of)` counts files. The caller holds the writer's lock."""
    found, misplaced = look(office, only)
    sound_ledger(office.places)
    removed = load_removed(office.places)
    received = receive(office.places, found, now, withdrawn(removed))
    anew = _may_hold_forgotten(office)
    summary = rebuild(office, progress) if anew else fold_receipts(office, received.receipts, progress)
    summary.misplaced, summary.twins, summary.closed = misplaced, received.twins, received.closed
    summary.moved = _moved(office, received.new, [r for r in received.receipts if r.receipt not in removed])
    # Also where nothing lies in the inbox any more: what a power cut left in the folder of returned workbooks goes.
    handed_back = (p for p in {r.period for r in received.receipts} if (office.places.returned / p).exists())
    summary.periods = sorted({f.period for f in found} | set(summary.periods) | set(map(parse_period, handed_back)))
    return summary


def _moved(office: Office, received: list[Receipt], receipts: list[Receipt]) -> list[tuple[str, str, str]]:
    """Those received now whose bytes came for another quarter before, where the inbox holds them no more."""
    return [
        (old.path, old.period, new.period)
        for new in received
        for old in receipts
        if old.sha256 == new.sha256
        and old.period != new.period
        and not any(path.exists() for path in inbox_files(office.places, old))
    ]


def rebuild(office: Office, progress: Callable[[int, int], None]) -> Ingested:
    """Fold every kept file again into an empty warehouse; until that is done the old one stays aside as `.rusak`.

    A damaged ledger is mended first, a lost key made anew where no mark of a forgotten person stands under it. Raises
    OfficerError, with nothing moved, where neither can be done.
    """
    path = office.places.warehouse
    load_layouts(office.places.layouts)  # a broken one is told before the warehouse is put aside
    load_corrections(office.places)  # so is one that the key does not open
    mend_ledger(office.places)
    require_kept(office, read_ledger(office.places))
    if load_forgotten(office.places).persons and path.exists() and is_sound(path):
        with connect_read_only(path) as connection:
            if not has_key(office.places, connection):
                raise OfficerError(NEEDED)
    for store in (path, office.places.identities):  # without the first the second is nobody's
        if store.exists():
            move_file(store, store.with_name(store.name + ".rusak"))
        remove_file(store.with_name(store.name + ".wal"))
    return fold_receipts(office, read_ledger(office.places), progress)


def _may_hold_forgotten(office: Office) -> bool:
    """Whether the warehouse was folded before somebody was forgotten: emptied tables would keep them in their pages."""
    if not office.places.warehouse.exists():
        return False
    with connect_read_only(office.places.warehouse) as connection:
        try:
            noted = fact(connection, "forgotten")
        except duckdb.CatalogException:
            return False  # a first run was killed before it made its tables
    return noted not in (None, load_forgotten(office.places).digest)


def fold_receipts(office: Office, receipts: list[Receipt], progress: Callable[[int, int], None]) -> Ingested:
    """Fold the receipts that the warehouse lacks, all of them where its rules or register have changed since."""
    summary = Ingested()
    layouts = load_layouts(office.places.layouts)
    forgotten = load_forgotten(office.places)
    drop_forgotten(office.places, forgotten)
    corrections = load_corrections(office.places)
    removed = load_removed(office.places)
    never = withdrawn(removed)
    rules_now = fingerprint(office) + digest_of(corrections) + ",".join(map(str, sorted(never)))
    reported: set[tuple[str, str]] = set()
    with connect(office.places.warehouse) as connection:
        if fact(connection, "rules") not in (None, rules_now):
            reported = _reported(connection)
            start_anew(connection)
            summary.refolded = True
        note_fact(connection, "rules", rules_now)
        key = key_of(office.places, connection)
        note_fact(connection, "forgotten", forgotten.digest)
        done = {row[0] for row in connection.execute("SELECT receipt FROM receipts").fetchall()}
        summary.removed = [removed[r.receipt] for r in receipts if r.receipt in removed.keys() - done - never]
        enter_removed(connection, [r for r in receipts if r.receipt in removed.keys() - done], removed)
        pending = [r for r in receipts if r.receipt not in done | removed.keys()]
        journal = Journal(corrections, ended(connection))
        with Readers() as readers:
            for batch in batches(pending):
                books = kept_books(office.places, batch, readers, forgotten)
                summary.add(_fold_batch(connection, office, layouts, batch, books, key, journal))
                progress(summary.files, len(pending))
        summary.lost = lose_open(connection, removed)
        gone = reported - _reported(connection)
        summary.unlisted = sorted(
            (period, rt) for period, rt in gone if rt not in office.register.expected(parse_period(period), [rt])
        )
        summary.periods = _unreconciled(connection, receipts)
        for period in summary.periods:
            among = _touched(connection, period, receipts)
            if among != set():
                reconcile(connection, period, office.poverty_line.get(period), among=among)
            note_fact(connection, reconciled(period), _state(receipts, period))
        summary.lacking = lacking(connection, [r.receipt for r in pending])
    # Only now, also after a rebuild that was interrupted: what was put aside may hold somebody whom we have forgotten.
    for store in (office.places.warehouse, office.places.identities):
        remove_file(store.with_name(store.name + ".rusak"))
    return summary


def _reported(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Quarter and RT of all that has reported."""
    query = "SELECT DISTINCT period, area FROM slices WHERE accepted > 0"
    return {(period, area) for period, area in connection.execute(query).fetchall()}


def batches(receipts: list[Receipt]) -> Iterator[list[Receipt]]:
    """Cut the receipts, in order, into batches of bounded size."""
    batch: list[Receipt] = []
    for receipt in receipts:
        size = sum(r.bytes for r in batch) + receipt.bytes
        if batch and (len(batch) >= FILES_A_BATCH or size > BYTES_A_BATCH):
            yield batch
            batch = []
        batch.append(receipt)
    if batch:
        yield batch


def _fold_batch(
    connection: duckdb.DuckDBPyConnection,
    office: Office,
    layouts: Layouts,
    batch: list[Receipt],
    books: Iterator[Book | Unreadable],
    key: bytes,
    journal: Journal,
) -> Folded:
    with _no_cycles():
        require_kept(office, batch)
        sources = [Source(r.receipt, r.kelurahan, parse_period(r.period), stated(r.path)) for r in batch]
        staged = stage(zip(sources, books, strict=True), office.register, layouts)
        corrected = correct(staged, {r.receipt: r.period for r in batch}, journal)
        return fold(connection, {r.receipt: r for r in batch}, staged, validate(staged), key, corrected)


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Let Python look for cycles of objects after a batch, not while it makes millions of objects without any."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def fingerprint(office: Office) -> str:
    """A hash of all that decides how a file is folded: declarations, code, register, own layouts, kelurahan."""
    digest = hashlib.sha256(office.kelurahan.encode())
    files = [office.places.register] if office.places.register.exists() else []
    files += sorted(office.places.layouts.glob("*.toml"))
    for folder in ("schemas", "pipelines/intake", "pipelines/warehouse"):
        files += sorted(p for p in (PROJECT / folder).rglob("*") if p.suffix in (".py", ".csv", ".toml", ".sql"))
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _state(receipts: list[Receipt], period: Period) -> str:
    return ",".join(str(r.receipt) for r in receipts if r.period == str(period))


def _unreconciled(connection: duckdb.DuckDBPyConnection, receipts: list[Receipt]) -> list[Period]:
    """Periods with new receipts, and those whose reconciling an interruption prevented."""
    periods = sorted({parse_period(r.period) for r in receipts})
    return [p for p in periods if fact(connection, reconciled(p)) != _state(receipts, p)]


def _touched(connection: duckdb.DuckDBPyConnection, period: Period, receipts: list[Receipt]) -> set[str] | None:
    """The RTs that receipts since the last reconciling may bear on; None where these may be all, or nearly."""
    noted = fact(connection, reconciled(period))
    state = _state(receipts, period)
    if not noted or not state.startswith(f"{noted},"):
        return None
    new = [int(number) for number in state.removeprefix(f"{noted},").split(",")]
    query = "SELECT DISTINCT area FROM slices WHERE receipt IN (SELECT unnest($1))"
    areas = {area for (area,) in connection.execute(query, [new]).fetchall()}
    # An area that the new receipts closed a slice of is one of theirs: a slice is closed by one of the same area.
    return few(connection, period, bound_together(ties_of(connection, period), areas))
