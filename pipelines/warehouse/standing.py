"""What the warehouse knows of a period's reporting: RTs, rows, held rows and open findings."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.areas import Register
from pipelines.periods import Period
from pipelines.warehouse.corrected import Corrected, pending
from pipelines.warehouse.correcting import CONTRADICTED, CORRECTED
from pipelines.warehouse.identities import NAME, connect_named
from pipelines.warehouse.learned import Learned, learned
from pipelines.warehouse.removed import WITHDRAWN
from schemas import datasets

FINDING = ("file", "sheet", "cell", "column", "rule", "severity", "message", "area", "dataset")


@dataclass
class Standing:
    """How a period stands: rows counted, and what is open.

    `areas` maps RT -> (reported, accepted, held); a finding has the keys of `FINDING`; `rejected` are file and reason.
    """

    read: int
    accepted: int
    held: int
    areas: dict[str, tuple[bool, int, int]]
    findings: list[dict[str, object]]
    rejected: list[tuple[str, str]]
    learned: Learned = field(default_factory=Learned)
    corrections: list[Corrected] = field(default_factory=list)


def standing(warehouse: Path, period: Period, register: Register, own: str = "") -> Standing:
    """The period's current state. A re-sent workbook's older rows and findings are closed and not counted.

    Files of another kelurahan than the office's `own` bear its folder: every kelurahan has its `RT 001 RW 001.xlsx`.
    """
    if not warehouse.exists():
        areas = dict.fromkeys(sorted(register.at(period).rts()), (False, 0, 0))
        return Standing(0, 0, 0, areas, [], [])
    with connect_named(warehouse) as connection:
        make_current(connection, str(period), own)
        return Standing(
            *_rows(connection),
            _areas(connection, register.at(period)),
            _findings(connection),
            _rejected(connection),
            learned(connection, str(period)),
            pending(connection),
        )


def make_current(connection: duckdb.DuckDBPyConnection, period: str, own: str = "") -> None:
    """Temporary tables of what is current: slices with their counts, receipts not superseded, open findings."""
    aside = " UNION ALL ".join(
        f"SELECT receipt, '{name}' AS dataset, area, count(*) AS aside FROM {name} "
        f"WHERE set_aside IS NOT NULL AND period = $period GROUP BY ALL"
        for name in datasets()
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE current_slices AS
        SELECT s.receipt, s.dataset, s.area,
               s.accepted - coalesce(aside, 0) AS accepted, s.held + coalesce(aside, 0) AS held
        FROM slices AS s LEFT JOIN ({aside}) AS a USING (receipt, dataset, area)
        WHERE s.period = $period AND s.closed_by IS NULL
        """,
        {"period": period},
    )
    # A receipt is superseded when a later one came under its name, or when all its slices are closed.
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE current_receipts AS
        WITH sent AS (SELECT * FROM receipts JOIN {NAME}.files USING (receipt) WHERE verdict <> '{WITHDRAWN}')
        SELECT * FROM sent AS r
        WHERE period = $period
          AND NOT EXISTS (SELECT 1 FROM sent AS l WHERE l.period = r.period AND l.kelurahan = r.kelurahan
                          AND l.path = r.path AND l.receipt > r.receipt)
          AND (receipt IN (SELECT receipt FROM current_slices)
               OR receipt NOT IN (SELECT receipt FROM slices))
        """,
        {"period": period},
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE inbox_places AS
        SELECT receipt, CASE WHEN kelurahan = $own OR $own = '' THEN path ELSE concat(kelurahan, '/', path) END AS place
        FROM receipts JOIN {NAME}.files USING (receipt) WHERE period = $period
        """,
        {"period": period, "own": own},
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE homeless AS
        SELECT h.* FROM {NAME}.held AS h WHERE h.area IS NULL AND h.receipt IN (SELECT receipt FROM current_receipts)
        """
    )
    # A finding closes together with its slice; one of no RT closes with its receipt.
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP VIEW current_findings AS
        SELECT * FROM {NAME}.findings AS f
        WHERE (f.area IS NOT NULL
               AND (f.receipt, f.dataset, f.area) IN (SELECT (receipt, dataset, area) FROM current_slices))
           OR (f.area IS NULL AND f.receipt IN (SELECT receipt FROM current_receipts))
        """
    )


def _rows(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    accepted, held = connection.execute(
        "SELECT coalesce(sum(accepted), 0)::BIGINT, coalesce(sum(held), 0)::BIGINT FROM current_slices"
    ).fetchall()[0]
    lost = connection.execute("SELECT count(*) FROM homeless").fetchall()[0][0]
    return accepted + held + lost, accepted, held + lost


def _areas(connection: duckdb.DuckDBPyConnection, register: Register) -> dict[str, tuple[bool, int, int]]:
    counted = {
        area: (accepted > 0, accepted, held)
        for area, accepted, held in connection.execute(
            "SELECT area, sum(accepted)::BIGINT, sum(held)::BIGINT FROM current_slices GROUP BY area"
        ).fetchall()
    }
    return {area: counted.get(area, (False, 0, 0)) for area in sorted(register.rts() | counted.keys())}


def _findings(connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    """All open ones but those of corrections: their sentences say what somebody asked to have put right."""
    rows = connection.execute(
        f"""
        SELECT r.place, f.sheet, f.cell, f.label, f.rule, f.severity, f.message, f.area, f.dataset
        FROM current_findings AS f JOIN inbox_places AS r USING (receipt)
        WHERE f.rule NOT IN ('{CORRECTED}', '{CONTRADICTED}')
        ORDER BY f.severity, r.place, f.receipt, f.sheet, f.row, f.rule
        """
    ).fetchall()
    return [dict(zip(FINDING, row, strict=True)) for row in rows]


def _rejected(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT place, reason FROM current_receipts JOIN inbox_places USING (receipt) "
        "WHERE verdict = 'rejected' ORDER BY place"
    ).fetchall()
