"""Cells behind a figure that are counted as the office corrected them, and not as the workbook says. Places only."""

from dataclasses import dataclass

import duckdb

from pipelines.explaining.asked import Asked
from pipelines.explaining.places import Sheets
from pipelines.explaining.reading import reads
from pipelines.warehouse.correcting import APPLIED
from pipelines.warehouse.identities import NAME
from schemas import datasets


@dataclass(frozen=True)
class CorrectedCell:
    """One cell, and the day on which it was corrected last (ISO)."""

    file: str
    sheet: str
    dataset: str
    cell: str
    label: str
    made: str


def corrected(connection: duckdb.DuckDBPyConnection, asked: Asked, all_sheets: Sheets) -> list[CorrectedCell]:
    """The corrected cells of the columns that the figure reads, in the RTs of its area. Needs `make_current`."""
    rows = connection.execute(
        f"""
        SELECT c.receipt, c.sheet, c.dataset, c."column", c.cell, max(c.made)
        FROM {NAME}.corrections AS c SEMI JOIN current_slices USING (receipt, dataset, area)
        WHERE c.outcome = $applied AND c.area IN (SELECT unnest($rts)) GROUP BY ALL ORDER BY ALL
        """,
        {"applied": APPLIED, "rts": list(asked.rts)},
    ).fetchall()
    columns = reads(asked.entry, asked.breakdown)
    found = []
    for receipt, sheet, dataset, column, cell, made in rows:
        if (dataset, column) in columns:
            at, label = all_sheets[receipt, sheet, dataset], datasets()[dataset].columns()[column].label
            found.append(CorrectedCell(at.file, at.sheet, dataset, cell, label, made))
    return found
