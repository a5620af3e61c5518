"""`cantik rebuild`: an identical warehouse from the kept files."""

import argparse

from pipelines.indicators.run import measure_changed
from pipelines.publishing.release import publish
from pipelines.screen import counting, say
from pipelines.settings import find_home, load_office
from pipelines.summary import lines
from pipelines.warehouse.ingest import rebuild
from pipelines.warehouse.store import writer_lock


def run(call: argparse.Namespace) -> int:
    """Fold every kept file again, then measure and publish."""
    office = load_office(find_home())
    with writer_lock(office.places):
        with counting("Menyusun ulang") as progress:
            taken = rebuild(office, progress)
        measure_changed(office)
        publish(office)
    for line in lines(taken):
        say(line)
    return 0
