"""Writes `published.duckdb`: cells of both tiers, the catalogue and the areas; replaced whole, never edited.

A release is named after its content, so publishing unchanged inputs again makes no new one.
"""

import hashlib
import os
import time
from dataclasses import fields
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.disclosure.policy import policy
from pipelines.disclosure.withheld import withheld
from pipelines.errors import OfficerError
from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.publishing.contradictions import refuse_contradictions
from pipelines.publishing.metadata.store import add_variables, meanings
from pipelines.publishing.metadata.write import write_metadata
from pipelines.publishing.reports import write_reports
from pipelines.publishing.tiers import COLUMNS, public_cells
from pipelines.settings import Office
from pipelines.warehouse.store import connect_read_only

NOT_PUBLISHED = ("recap", "needs", "linked")  # of an indicator's fields: how it is computed, not what it says
REPLACE_ATTEMPTS, SECONDS_BETWEEN = 20, 0.25  # Windows refuses to replace a file while a reader opens it


def publish(office: Office) -> dict[str, str]:
    """Publish every measured period; returns period -> release. Leaves an unchanged store and its reports alone."""
    if not office.places.warehouse.exists():
        return {}
    with connect_read_only(office.places.warehouse) as warehouse:
        releases = _releases(warehouse, office)
        unchanged = not releases or published_releases(office.places.published) == releases
        if not unchanged:
            refuse_contradictions(warehouse)
        hidden = None if unchanged else withheld(warehouse, list(releases))
    if hidden is not None:
        _write(office, releases, hidden)
    for period, release in releases.items():
        write_reports(office, period, release)
        write_metadata(office, period, release)
    return releases


def published_releases(path: Path) -> dict[str, str] | None:
    """Period -> release of an existing store; None where there is none or it cannot be read."""
    if not path.exists():
        return None
    try:
        with connect_read_only(path) as store:
            return dict(store.execute("SELECT period, release FROM releases ORDER BY period").fetchall())
    except (OfficerError, duckdb.Error):
        return None


def _releases(warehouse: duckdb.DuckDBPyConnection, office: Office) -> dict[str, str]:
    """Period -> release, named after the definitions and every measured cell."""
    definitions = "".join(map(str, (*catalogue().values(), policy()))) + office.name + meanings()
    definitions += public_cells("cells", "withheld")
    columns = [row[0] for row in warehouse.execute("DESCRIBE cells").fetchall()]
    said = ", ".join(f"coalesce({column}::VARCHAR, '')" for column in columns)
    contents = warehouse.execute(
        f"SELECT period, string_agg(concat_ws('|', {said}), chr(10) ORDER BY sort) FROM cells GROUP BY period "
        "ORDER BY period"
    )
    return {
        period: f"{period}-{hashlib.sha256((definitions + content).encode()).hexdigest()[:8]}"
        for period, content in contents.fetchall()
    }


def _write(office: Office, releases: dict[str, str], hidden: pd.DataFrame) -> None:
    path = office.places.published
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with duckdb.connect(str(part), config={"threads": "1"}) as store:
        warehouse = str(office.places.warehouse).replace("'", "''")
        store.execute(f"ATTACH '{warehouse}' AS warehouse (READ_ONLY)")
        store.execute("CREATE TABLE releases (period VARCHAR, release VARCHAR)")
        store.executemany("INSERT INTO releases VALUES (?, ?)", list(releases.items()))
        store.execute(
            f"CREATE TABLE cells AS SELECT {', '.join(COLUMNS)} FROM warehouse.cells JOIN releases USING (period) "
            "ORDER BY period, sort"
        )
        store.register("withheld", hidden)
        store.execute(f"CREATE TABLE cells_public AS {public_cells('cells', 'withheld')}")
        names = [f.name for f in fields(Indicator) if f.name not in NOT_PUBLISHED]
        texts = pd.DataFrame([[getattr(i, n) for n in names] for i in catalogue().values()], columns=names)
        store.register("entries", texts)
        store.execute('CREATE TABLE indicators AS SELECT * FROM entries ORDER BY "order"')
        add_variables(store)
        store.execute(
            "CREATE TABLE areas AS SELECT DISTINCT ON (level, area) level, area, area_name FROM cells "
            "ORDER BY level, area"
        )
        store.execute("CREATE TABLE office (kelurahan VARCHAR, name VARCHAR)")
        store.execute("INSERT INTO office VALUES (?, ?)", [office.kelurahan, office.name])
        store.execute("DETACH warehouse")
        store.execute("CHECKPOINT")
    replace_file(part, path)


def replace_file(part: Path, path: Path) -> None:
    """Put a finished file in the place of another, on disk before its name changes."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    for attempt in range(REPLACE_ATTEMPTS):
        try:
            part.replace(path)
        except PermissionError:
            if attempt == REPLACE_ATTEMPTS - 1:
                raise OfficerError(f"{path.name} sedang dibuka program lain. Tutup dahulu, lalu ulangi.") from None
            time.sleep(SECONDS_BETWEEN)
        else:
            return
