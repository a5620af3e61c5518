"""`cantik explain`: one figure back to its formula, RTs, files, sheets and rows. Opens the warehouse to read only."""

import argparse
import sys

import duckdb

from pipelines.accesslog import note_access
from pipelines.errors import OfficerError
from pipelines.explaining.asked import Asked, find_cell, find_indicator, find_period
from pipelines.explaining.comparison import compare, find_older
from pipelines.explaining.derived import derived_as_json, explain_derived
from pipelines.explaining.explanation import explain
from pipelines.explaining.record import as_json
from pipelines.explaining.wording import text
from pipelines.explaining.wording_compare import comparison_text
from pipelines.explaining.wording_derived import derived_text
from pipelines.publishing.csvout import print_text
from pipelines.settings import Office, find_home, load_office
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
        told = (
            _derived(connection, office, asked, call) if entry.is_derived else _counted(connection, office, asked, call)
        )
    note_access(
        office.places,
        "explain",
        indikator=call.indicator,
        wilayah=call.area,
        periode=str(period),
        rincian=call.breakdown,
        banding=call.compare,
    )
    print_text(told, sys.stdout)
    return 0


def _counted(connection: duckdb.DuckDBPyConnection, office: Office, asked: Asked, call: argparse.Namespace) -> str:
    """A figure that is counted from rows."""
    found = explain(connection, office, asked)
    since = compare(connection, office, asked, found.found, call.compare) if call.compare else None
    if call.format == "json":
        return as_json(found, since)
    return text(found) + (comparison_text(found, since) if since else "")


def _derived(connection: duckdb.DuckDBPyConnection, office: Office, asked: Asked, call: argparse.Namespace) -> str:
    """A figure that is made of others."""
    found, since = explain_derived(connection, office, asked), None
    if call.compare:
        since = explain_derived(connection, office, find_older(connection, office, asked, call.compare))
    return derived_as_json(found, since) if call.format == "json" else derived_text(found, since)
