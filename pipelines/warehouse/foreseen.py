"""What a run would judge a file by, beside the file itself, looked up without changing anything: for `cantik check`.

That is the corrections that the office has entered, which of them are over, and the number that the file's receipt
would get or has: a correction speaks against newer workbooks otherwise than against those that were there.
"""

import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from pipelines.errors import OfficerError
from pipelines.opening import damaged
from pipelines.settings import Places
from pipelines.warehouse.corrected import ended
from pipelines.warehouse.correcting import Journal
from pipelines.warehouse.corrections import load_corrections
from pipelines.warehouse.identities import connect_named
from pipelines.warehouse.ledger import Receipt, counted_already, read_ledger
from pipelines.warehouse.removed import load_removed, withdrawn

UNKNOWN = "Koreksi kantor tidak ikut diperiksa. {}"
BY_THE_JOURNAL = "Koreksi yang sudah berakhir mungkin ikut dipakai di sini, karena gudang data tidak terbaca. {}"


@dataclass(frozen=True)
class Foreseen:
    """One office's corrections and receipts. `lost` says why corrections are not known, `unsure` why not their ends."""

    receipts: Sequence[Receipt] = ()
    withdrawn: frozenset[int] = frozenset()
    journal: Journal = field(default_factory=Journal)
    lost: str = ""
    unsure: str = ""

    def journal_of_one(self) -> Journal:
        """The corrections for one file, which must not end any for the next one."""
        return Journal(self.journal.corrections, copy.deepcopy(self.journal.ended))

    def number(self, period: str, kelurahan: str, path: str | None, content: bytes) -> int:
        """The receipt under which these bytes are known, else the next one; `path` where the file lies in the inbox."""
        digest = hashlib.sha256(content).hexdigest()
        standing = (r for r in self.receipts if r.receipt not in self.withdrawn)
        there = [r for r in standing if (r.period, r.kelurahan) == (period, kelurahan)]
        latest = next((r for r in reversed(there) if r.path == path), None)
        same = next((r for r in reversed(there) if r.sha256 == digest), None)
        known = counted_already(latest, same, digest)
        return known.receipt if known else len(self.receipts) + 1


def foresee(places: Places) -> Foreseen:
    """Look it up; nothing is opened where the office has no corrections. Never raises for a damaged or busy store."""
    try:
        corrections = load_corrections(places)
        receipts = read_ledger(places) if corrections else []
        gone = withdrawn(load_removed(places)) if corrections else frozenset()
    except OfficerError as told:
        return Foreseen(lost=UNKNOWN.format(told))
    if not corrections or not places.warehouse.exists():
        return Foreseen(receipts, gone, Journal(corrections))
    try:
        with connect_named(places.warehouse) as connection:
            return Foreseen(receipts, gone, Journal(corrections, ended(connection)))
    except OfficerError as told:
        return Foreseen(receipts, gone, Journal(corrections), unsure=BY_THE_JOURNAL.format(told))
    except duckdb.Error:
        why = damaged(places.warehouse)
        return Foreseen(receipts, gone, Journal(corrections), unsure=BY_THE_JOURNAL.format(why))
