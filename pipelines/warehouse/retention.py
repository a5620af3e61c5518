"""How long received workbooks are kept: `[retention] raw_months` in `cantik.toml`; without it for ever.

A kept file goes when it is older than that and no present row stands behind it: it was rejected, or newer workbooks
replaced all of it. Its line in the journal comes first, with its hash and how many rows of which RTs it gave, so that
a run that is killed between is finished by the next one, and a rebuild knows the receipt without its bytes.

How old a file is, a wrong clock must not decide. A date counts where it goes on from the receipts before it and the
periods that the workbooks are for, which officers write; and while the clock's own does not, nothing goes.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby

import duckdb

from pipelines.errors import OfficerError
from pipelines.journal import append_to_journal
from pipelines.periods import parse_period
from pipelines.replacing import remove_file
from pipelines.settings import Office, Places
from pipelines.warehouse.correcting import ENDING
from pipelines.warehouse.identities import NAME, connect_named
from pipelines.warehouse.ledger import Receipt, kept_file, read_ledger
from pipelines.warehouse.load import REJECTED
from pipelines.warehouse.losses import RULE as LOSS
from pipelines.warehouse.mending import require_kept
from pipelines.warehouse.redaction import redacted_file
from pipelines.warehouse.removed import JOURNAL, Removed, load_removed

QUIET = dt.timedelta(days=190)  # an office may receive nothing for two quarters; a clock beyond that is not believed
NOT_BELIEVED = (
    "Berkas lama tidak dihapus: tanggal komputer ({now}) tidak cocok dengan kiriman dan periode terakhir. Bila tanggal "
    "itu benar, biarkan: penghapusan berjalan lagi setelah ada kiriman untuk triwulan terbaru."
)


@dataclass(frozen=True)
class Removal:
    """What one run removed: how many files, of which periods; or why nothing may go."""

    files: int = 0
    periods: list[str] = field(default_factory=list)
    refused: str = ""


def remove_old(office: Office, now: dt.datetime) -> Removal:
    """Remove what is old enough, and finish what an interrupted run left. The caller holds the writer's lock."""
    places, receipts = office.places, read_ledger(office.places)
    _unlink(places, receipts)
    if office.raw_months is None or not receipts or not places.warehouse.exists():
        return Removal()
    before = _months_before(now.date(), office.raw_months)
    old = {r.receipt for r, day in zip(receipts, days(receipts), strict=True) if day <= before}
    with connect_named(places.warehouse) as connection:
        idle = _idle(connection) - load_removed(places).keys()
        if idle and (why := _not_believed(receipts, now.date())):
            return Removal(refused=why)
        idle &= old
        going = [r for r in receipts if r.receipt in _alone(places, receipts, idle)]
        rows = [_removed(connection, receipt, now.date()) for receipt in going]
    if going:
        try:
            require_kept(office, [r for r in receipts if r not in going])
        except OfficerError as lost:  # what present rows are made of again must be whole before anything goes
            return Removal(refused=f"Berkas lama tidak dihapus. {lost}")
        append_to_journal(places.store / JOURNAL, [asdict(row) for row in rows])
        _unlink(places, receipts)
    return Removal(len(going), sorted({r.period for r in going}))


def days(receipts: Sequence[Receipt]) -> list[dt.date]:
    """The day that each receipt counts from: when it came, no earlier than those before it or its period's last day."""
    last = [day for day, _ in _believed(receipts)]
    return [max(day, parse_period(r.period).reference_date) for day, r in zip(last, receipts, strict=True)]


def _believed(receipts: Sequence[Receipt]) -> list[tuple[dt.date, dt.date]]:
    """At each receipt the last day of a receipt that can be true, and the last day of the newest period so far.

    A clock tells the truth where it goes on from there, by no more than offices are ever quiet. One that has once been
    wrong leaves a day that is passed over for ever.
    """
    last = newest = dt.date.min
    found = []
    for _, together in groupby(receipts, key=lambda receipt: receipt.arrival):
        arrived = list(together)
        newest = max([newest, *(parse_period(r.period).reference_date for r in arrived)])
        for receipt in arrived:
            day = dt.datetime.fromisoformat(receipt.received_at).date()
            if last <= day <= max(last, newest) + QUIET:
                last = day
            found.append((last, newest))
    return found


def _not_believed(receipts: Sequence[Receipt], today: dt.date) -> str:
    """A sentence where today cannot be today."""
    last, newest = _believed(receipts)[-1]
    if last <= today <= max(last, newest) + QUIET and last != dt.date.min:
        return ""
    return NOT_BELIEVED.format(now=f"{today:%d-%m-%Y}")


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(max(year, 1), month + 1, min(day.day, 28))


def _idle(connection: duckdb.DuckDBPyConnection) -> set[int]:
    """The receipts behind no present row, finding or end of a correction."""
    rows = connection.execute(
        f"""
        SELECT receipt FROM receipts JOIN {NAME}.files AS named USING (receipt)
        WHERE receipt NOT IN (SELECT receipt FROM slices WHERE closed_by IS NULL)
          AND (verdict = '{REJECTED}' OR receipt IN (SELECT receipt FROM slices) OR EXISTS (
               SELECT 1 FROM receipts AS l JOIN {NAME}.files AS f USING (receipt)
               WHERE l.period = receipts.period AND l.kelurahan = receipts.kelurahan AND f.path = named.path
                 AND l.receipt > receipts.receipt))
          AND receipt NOT IN (SELECT receipt FROM {NAME}.corrections WHERE outcome IN (SELECT unnest($ending)))
          AND receipt NOT IN (
               SELECT s.receipt FROM slices AS s JOIN {NAME}.findings AS f
               ON f.receipt = s.closed_by AND f.dataset = s.dataset AND f.area = s.area WHERE f.rule = $loss)
        """,
        {"ending": list(ENDING), "loss": LOSS},
    ).fetchall()
    return {row[0] for row in rows}


def _alone(places: Places, receipts: Sequence[Receipt], idle: set[int]) -> set[int]:
    """Of these the receipts whose bytes no other receipt needs: an old file that was put back is kept once for both."""
    gone = idle | load_removed(places).keys()
    needed = {kept_file(places, r) for r in receipts if r.receipt not in gone}
    return {r.receipt for r in receipts if r.receipt in idle and kept_file(places, r) not in needed}


def _removed(connection: duckdb.DuckDBPyConnection, receipt: Receipt, today: dt.date) -> Removed:
    verdict = connection.execute("SELECT verdict FROM receipts WHERE receipt = $1", [receipt.receipt]).fetchall()[0][0]
    slices = connection.execute(
        "SELECT dataset, area, accepted, held FROM slices WHERE receipt = $1 ORDER BY ALL", [receipt.receipt]
    ).fetchall()
    return Removed(receipt.receipt, receipt.period, receipt.sha256, today.isoformat(), verdict, tuple(slices))


def _unlink(places: Places, receipts: Sequence[Receipt]) -> None:
    """Delete the files of removed receipts, unless they came again since."""
    removed = load_removed(places)
    needed = {kept_file(places, r) for r in receipts if r.receipt not in removed} if removed else set()
    for receipt in receipts:
        if receipt.receipt in removed and kept_file(places, receipt) not in needed:
            remove_file(kept_file(places, receipt))
            remove_file(redacted_file(places, receipt))
