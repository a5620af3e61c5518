"""What follows from an entry in a journal: the warehouse, the returned workbooks, the figures and what is published."""

from pipelines.indicators.run import measure_changed
from pipelines.publishing.release import publish
from pipelines.screen import counting
from pipelines.settings import Office
from pipelines.warehouse.handback import hand_back_all
from pipelines.warehouse.ingest import Ingested, fold_receipts
from pipelines.warehouse.ledger import read_ledger


def follow(office: Office) -> Ingested:
    """Make all of it again. What a power cut leaves of it the next run does."""
    receipts = read_ledger(office.places)
    with counting("Menyusun ulang") as progress:
        folded = fold_receipts(office, receipts, progress)
    hand_back_all(office, receipts)
    measure_changed(office)
    publish(office)
    return folded
