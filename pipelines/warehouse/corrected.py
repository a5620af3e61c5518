"""What the warehouse knows of corrections: the cells that one changed, and those that were ended by newer workbooks."""

from dataclasses import dataclass

import duckdb

from pipelines.warehouse.correcting import APPLIED, ENDING
from pipelines.warehouse.identities import NAME


@dataclass(frozen=True)
class Corrected:
    """Cells of one column of an RT that are counted as the office corrected them, and not as its workbook says."""

    area: str
    dataset: str
    column: str
    made: str
    cells: int


def ended(connection: duckdb.DuckDBPyConnection) -> dict[int, set[tuple[int, str]]]:
    """Correction -> the receipts, with their periods, that said something else than what it calls wrong."""
    found: dict[int, set[tuple[int, str]]] = {}
    rows = connection.execute(
        f"SELECT DISTINCT c.correction, c.receipt, c.period FROM {NAME}.corrections AS c "
        "SEMI JOIN receipts USING (receipt) WHERE c.outcome IN (SELECT unnest($1)) ORDER BY ALL",
        [list(ENDING)],
    ).fetchall()
    for correction, receipt, period in rows:
        found.setdefault(correction, set()).add((receipt, period))
    return found


def pending(connection: duckdb.DuckDBPyConnection) -> list[Corrected]:
    """The corrections that the current workbooks of the period still lack. Needs `make_current`. Names nobody."""
    rows = connection.execute(
        f"""
        SELECT c.area, c.dataset, c."column", max(c.made), count(DISTINCT (c.receipt, c.sheet, c."row"))
        FROM {NAME}.corrections AS c SEMI JOIN current_slices USING (receipt, dataset, area)
        WHERE c.outcome = $1 GROUP BY ALL ORDER BY ALL
        """,
        [APPLIED],
    ).fetchall()
    return [Corrected(*row) for row in rows]
