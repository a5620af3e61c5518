"""The ledger and the kept files against each other and the warehouse: what one lost, another still knows."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

import duckdb

from pipelines.errors import OfficerError
from pipelines.journal import journal_text
from pipelines.opening import connect_read_only, damaged, is_sound
from pipelines.replacing import UNFINISHED, free_name, move_file, write_whole
from pipelines.settings import Office, Places
from pipelines.warehouse.identities import NAME, identity_path, require_identities
from pipelines.warehouse.ledger import KEPT, LEDGER, LEDGER_DAMAGED, Receipt, inbox_files, kept_file, read_ledger
from pipelines.warehouse.redaction import redacted_file
from pipelines.warehouse.removed import load_removed
from pipelines.warehouse.rights import load_forgotten
from pipelines.warehouse.store import is_outdated

BEYOND_REPAIR = "Salinan tersimpan yang disunting rusak. Pulihkan dari cadangan: cantik restore BERKAS."
BEYOND_MENDING = f"Buku penerimaan {LEDGER} rusak. Pulihkan dari cadangan: cantik restore BERKAS."


def sound_ledger(places: Places) -> list[Receipt]:
    """The ledger, after seeing that it lacks no receipt that the warehouse or the kept files know of.

    Raises OfficerError where it is damaged or lost lines: going on would number new files like lost ones.
    """
    return _complete_ledger(places, _in_warehouse(places))


def mend_ledger(places: Places) -> bool:
    """Write a damaged ledger anew from the warehouse, before that is folded anew; returns whether it was damaged.

    The damaged one is kept aside. Raises OfficerError where the warehouse does not know the receipts either.
    """
    receipts = _still_known(places)
    try:
        _complete_ledger(places, receipts)
    except OfficerError:
        numbers = [r.receipt for r in receipts]
        if not receipts or numbers != list(range(1, len(receipts) + 1)):
            raise OfficerError(BEYOND_MENDING) from None
        path = places.store / LEDGER
        if path.exists():
            move_file(path, free_name(path))
        write_whole(path, journal_text([asdict(r) for r in receipts]).encode())
        return True
    return False


def require_kept(office: Office, receipts: Iterable[Receipt]) -> None:
    """See that the kept files hold what was received; what the inbox still holds is kept again.

    Raises OfficerError for a lost or changed one: folding it would change figures in silence.
    """
    redacted, removed = load_forgotten(office.places).redacted, load_removed(office.places)
    for receipt in receipts:
        if receipt.receipt in removed:
            continue
        path = kept_file(office.places, receipt)
        if receipt.sha256 in redacted:
            if not _holds(redacted_file(office.places, receipt), redacted[receipt.sha256]):
                raise OfficerError(BEYOND_REPAIR)
            continue
        if _holds(path, receipt.sha256):
            continue
        for sent in inbox_files(office.places, receipt):
            if _holds(sent, receipt.sha256):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, sent.read_bytes())
                break
        else:
            raise OfficerError(
                f"Salinan tersimpan dari {receipt.path} ({receipt.period}) hilang atau rusak. Taruh lagi berkas itu di "
                "kotak masuk dengan nama yang sama, atau pulihkan dari cadangan: cantik restore BERKAS."
            )


def _complete_ledger(places: Places, folded: list[Receipt]) -> list[Receipt]:
    receipts = read_ledger(places)
    if not set(folded) <= set(receipts):
        raise OfficerError(LEDGER_DAMAGED)
    if not receipts and _kept_before(places):
        raise OfficerError(BEYOND_MENDING)
    return receipts


def _kept_before(places: Places) -> bool:
    """Whether files are kept that the inbox does not hold; a first run that was killed keeps only what it holds."""
    kept = {path.stem for path in (places.store / KEPT).glob("*/*") if not path.name.endswith(UNFINISHED)}
    if not kept:
        return False
    inbox = (path for path in places.inbox.rglob("*") if path.is_file() and not path.is_symlink())
    return not kept <= {hashlib.sha256(path.read_bytes()).hexdigest() for path in inbox}


def _holds(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _still_known(places: Places) -> list[Receipt]:
    """What the stores know of the receipts; nothing where either is damaged."""
    if not all(store.exists() and is_sound(store) for store in (places.warehouse, places.identities)):
        return []
    try:
        return _in_warehouse(places)
    except OfficerError:
        return []  # two files that do not belong together


def _in_warehouse(places: Places) -> list[Receipt]:
    """The receipts that the warehouse folded; none where there is none.

    Raises OfficerError where it is damaged, or its identities are, among which the names of the files stand.
    """
    if not places.warehouse.exists():
        return []
    with connect_read_only(places.warehouse) as connection:
        if is_outdated(connection, places.warehouse):
            return []
        try:
            connection.execute("FROM receipts LIMIT 0")
            require_identities(connection, identity_path(places.warehouse))
            return folded_receipts(connection)
        except (duckdb.CatalogException, duckdb.BinderException):
            return []  # of an earlier version, or a first run was killed before it made its tables
        except duckdb.Error as error:
            raise OfficerError(damaged(places.warehouse)) from error


def folded_receipts(connection: duckdb.DuckDBPyConnection, where: str = "true") -> list[Receipt]:
    """The receipts that a warehouse holds, in order; of those of which a condition is true."""
    columns = ", ".join(f.name for f in fields(Receipt))
    rows = connection.execute(
        f"SELECT {columns} FROM receipts JOIN {NAME}.files USING (receipt) WHERE {where} ORDER BY receipt"
    ).fetchall()
    return [Receipt(*row) for row in rows]
