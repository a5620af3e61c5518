"""Receipts whose kept files are gone: what became of them, in a journal beside the ledger.

They were removed because they are old (`retention`), or withdrawn because they should never have come: a file in the
wrong quarter. A warehouse that is folded anew knows them from there: when they came, for which RTs, and what replaced
them. A withdrawn one replaces nothing and counts nowhere.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import duckdb

from pipelines.errors import OfficerError
from pipelines.journal import JournalDamaged, append_to_journal, parse_journal
from pipelines.opening import transaction
from pipelines.settings import Places
from pipelines.warehouse.identities import NAME, forget_batch
from pipelines.warehouse.ledger import Receipt
from pipelines.warehouse.load import REJECTED, close_slices

JOURNAL, WITHDRAWN = "simpan.jsonl", "withdrawn"
DAMAGED = f"Catatan masa simpan {JOURNAL} rusak. Pulihkan dari cadangan: cantik restore BERKAS."
GONE = "Ditolak; salinannya dihapus pada {} menurut masa simpan. Kirim yang sudah diperbaiki bila masih perlu."


@dataclass(frozen=True)
class Removed:
    """A receipt whose kept file is gone. `slices` are dataset, RT, rows accepted and held of each part."""

    receipt: int
    period: str
    sha256: str
    day: str
    verdict: str
    slices: tuple[tuple[str, str, int, int], ...]

    @property
    def rows(self) -> int:
        """The rows that it gave."""
        return sum(accepted + held for _, _, accepted, held in self.slices)


def load_removed(places: Places) -> dict[int, Removed]:
    """By receipt what was removed so far. Raises OfficerError where the journal is damaged."""
    path = places.store / JOURNAL
    return parse_removed(path.read_bytes()) if path.exists() else {}


def parse_removed(content: bytes) -> dict[int, Removed]:
    """What a journal's bytes say. Raises OfficerError where they are damaged."""
    try:
        rows = [Removed(**row) for row in parse_journal(content)]  # type: ignore[arg-type]  # checked by its link
    except (JournalDamaged, TypeError):
        raise OfficerError(DAMAGED) from None
    return {row.receipt: row for row in rows}


def withdrawn(removed: dict[int, Removed]) -> frozenset[int]:
    """Of these the receipts that should never have come."""
    return frozenset(receipt for receipt, gone in removed.items() if gone.verdict == WITHDRAWN)


def withdraw(places: Places, receipt: Receipt, day: str) -> None:
    """Enter a receipt as withdrawn; the next fold leaves it out, and the next run deletes its kept file."""
    gone = Removed(receipt.receipt, receipt.period, receipt.sha256, day, WITHDRAWN, ())
    append_to_journal(places.store / JOURNAL, [asdict(gone)])


def enter_removed(
    connection: duckdb.DuckDBPyConnection, receipts: Iterable[Receipt], removed: dict[int, Removed]
) -> None:
    """Enter receipts without their rows in a warehouse that is folded anew; newer ones close their slices."""
    for receipt in receipts:
        number, gone = receipt.receipt, removed[receipt.receipt]
        reason = GONE.format(gone.day) if gone.verdict == REJECTED else None
        with transaction(connection):
            forget_batch(connection, [number])
            connection.execute(f"INSERT INTO {NAME}.files VALUES ($1, $2, $3)", [number, receipt.path, reason])
        with transaction(connection):
            connection.execute(
                "INSERT INTO receipts VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                [number, receipt.arrival, receipt.period, receipt.kelurahan, receipt.sha256, receipt.bytes,
                 receipt.received_at, gone.verdict],
            )  # fmt: skip
            for dataset, area, accepted, held in gone.slices:
                connection.execute(
                    "INSERT INTO slices VALUES ($1, $2, $3, $4, $5, $6, NULL)",
                    [number, receipt.period, dataset, area, accepted, held],
                )


def lose_open(connection: duckdb.DuckDBPyConnection, removed: dict[int, Removed]) -> list[str]:
    """Take away slices of removed receipts that nothing closes, as under new rules may happen; returns their RTs."""
    if not removed:
        return []
    close_slices(connection)
    rowless = "closed_by IS NULL AND receipt IN (SELECT unnest($1))"
    areas = connection.execute(f"SELECT DISTINCT area FROM slices WHERE {rowless} ORDER BY ALL", [list(removed)])
    found = [row[0] for row in areas.fetchall()]
    connection.execute(f"DELETE FROM slices WHERE {rowless}", [list(removed)])
    return found
