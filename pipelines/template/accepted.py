"""What the warehouse accepted from each RT the last time it reported before a period. Reads, never writes."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.opening import connect_read_only
from pipelines.periods import Period, parse_period
from pipelines.template.choices import asked, registers
from pipelines.warehouse.identities import connect_named, named
from pipelines.warehouse.reconcile import make_views, prepare
from schemas.dataset import KEYS, Dataset

PEOPLE = "penduduk"
Rows = list[tuple[object, ...]]

# The newest reporting of every RT and dataset before the asked period.
LATEST = """
CREATE TEMP TABLE latest AS
SELECT dataset, area, max(period) AS period FROM slices
WHERE closed_by IS NULL AND accepted > 0 AND period < $period AND list_contains($names, dataset)
GROUP BY dataset, area
"""
SENT = """
FROM {rows} AS t
JOIN slices AS s ON s.dataset = '{dataset}' AND s.receipt = t.receipt AND s.area = t.area AND s.closed_by IS NULL
JOIN latest AS l ON l.dataset = '{dataset}' AND l.area = t.area AND l.period = t.period
WHERE t.set_aside IS
"""
# Whoever died or left at the last reporting is not written again, nor are rows about them in other datasets.
ALIVE = "t.status_dasar = 1"
PERSONS = f"""
CREATE TEMP TABLE persons AS
SELECT t.area, t.period, t.person_key, t.family_key, {ALIVE} AS stays {SENT.format(dataset=PEOPLE, rows=PEOPLE)} NULL
"""
STILL_HERE = """
(t."{key}" IS NULL
 OR EXISTS (SELECT 1 FROM persons AS p WHERE p.area = t.area AND p."{key}" = t."{key}" AND p.stays)
 OR NOT EXISTS (SELECT 1 FROM persons AS p WHERE p.area = t.area
                AND (p.period > t.period OR (p."{key}" = t."{key}" AND NOT p.stays))))
"""
HELD = """
SELECT s.area, sum(s.held)::BIGINT FROM slices AS s JOIN latest AS l USING (dataset, area, period)
WHERE s.closed_by IS NULL GROUP BY s.area
"""


@dataclass
class Accepted:
    """One RT: rows by dataset, in the order of the asked columns; `residents` lived there at the end of `period`."""

    period: Period | None = None  # of the newest dataset
    rows: dict[str, Rows] = field(default_factory=dict)
    residents: int | None = None
    held: int = 0  # rows of the same reporting that were not accepted and so are missing here


def known_rts(warehouse: Path) -> set[str]:
    """The RTs that ever reported."""
    if not warehouse.exists():
        return set()
    with connect_read_only(warehouse) as connection:
        return {area for (area,) in connection.execute("SELECT DISTINCT area FROM slices").fetchall()}


def accepted_before(warehouse: Path, period: Period) -> dict[str, Accepted]:
    """The last accepted rows before `period` of every RT that has any."""
    found: dict[str, Accepted] = defaultdict(Accepted)
    if not warehouse.exists():
        return found
    with connect_named(warehouse) as connection:
        names = [dataset.about().name for dataset in registers()]
        connection.execute(LATEST, {"period": str(period), "names": names})
        connection.execute(PERSONS)
        for dataset in registers():
            name = dataset.about().name
            for area, rows in _rows(connection, dataset).items():
                found[area].rows[name] = rows
            aside = f"SELECT t.area, count(*) {SENT.format(dataset=name, rows=name)} NOT NULL GROUP BY t.area"
            for area, count in connection.execute(aside).fetchall():
                found[area].held += count
        for area, last in connection.execute("SELECT area, max(period) FROM latest GROUP BY area").fetchall():
            found[area].period = parse_period(last)
        for area, held in connection.execute(HELD).fetchall():
            found[area].held += held
        _count_residents(connection, found)
    return found


def _rows(connection: duckdb.DuckDBPyConnection, dataset: type[Dataset]) -> dict[str, Rows]:
    """The current rows by RT, in the order in which they were sent."""
    name, key = dataset.about().name, KEYS.get(dataset.about().identity)
    columns = ", ".join(f't."{column}"' for column in ("area", *asked(dataset)))
    stays = ALIVE if name == PEOPLE else STILL_HERE.format(key=key) if key else "true"
    sent = SENT.format(dataset=name, rows=named(dataset))
    query = f'SELECT {columns} {sent} NULL AND {stays} ORDER BY t.area, t.receipt, t.sheet, t."row"'
    rows: dict[str, Rows] = defaultdict(list)
    for area, *values in connection.execute(query).fetchall():
        rows[area].append(tuple(values))
    return rows


def _count_residents(connection: duckdb.DuckDBPyConnection, found: dict[str, Accepted]) -> None:
    """The opening population, by the same view from which it was published."""
    newest = connection.execute("SELECT period, list(area) FROM latest WHERE dataset = $1 GROUP BY 1", [PEOPLE])
    for period, areas in newest.fetchall():
        prepare(connection, parse_period(period), None)
        make_views(connection, "penghuni")
        counts = dict(connection.execute("SELECT area, count(*) FROM penghuni GROUP BY area").fetchall())
        for area in areas:
            found[area].residents = counts.get(area, 0)
