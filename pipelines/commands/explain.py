"""`cantik explain`: one figure back to its formula, RTs, files, sheets and rows. Opens the warehouse to read only."""

import argparse
import sys

from pipelines.accesslog import note_access
from pipelines.errors import OfficerError
from pipelines.explaining.asked import find_cell, find_indicator, find_period
from pipelines.explaining.comparison import compare
from pipelines.explaining.explanation import explain
from pipelines.explaining.record import as_json
from pipelines.explaining.wording import text
from pipelines.explaining.wording_compare import comparison_text
from pipelines.publishing.csvout import print_text
from pipelines.settings import find_home, load_office
from pipelines.warehouse.identities import connect_named


def run(call: argparse.Namespace) -> int:
    """Print where a figure comes from. Raises OfficerError for an unknown name, and where rows and figure differ."""
    entry = find_indicator(call.indicator, call.breakdown)
    office = load_office(find_home())
    if not office.places.warehouse.exists():
        raise OfficerError("Belum ada angka yang dihitung. Jalankan dahulu: cantik run.")
    with connect_named(office.places.warehouse) as connection:
        period = find_period(connection, call.period)
        asked = find_cell(connection, office, entry, call.breakdown, call.area, period)
        found = explain(connection, office, asked)
        since = compare(connection, office, asked, found.found, call.compare) if call.compare else None
    note_access(
        office.places,
        "explain",
        indikator=call.indicator,
        wilayah=call.area,
        periode=str(period),
        rincian=call.breakdown,
        banding=call.compare,
    )
    if call.format == "json":
        print_text(as_json(found, since), sys.stdout)
    else:
        print_text(text(found) + (comparison_text(found, since) if since else ""), sys.stdout)
    return 0
