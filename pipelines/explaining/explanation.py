"""Everything that is known of one figure, gathered for printing."""

from dataclasses import dataclass

import duckdb

from pipelines.explaining.agreement import check
from pipelines.explaining.asked import Asked
from pipelines.explaining.corrected import CorrectedCell, corrected
from pipelines.explaining.coverage import Coverage, coverage
from pipelines.explaining.formula import Formula, formula
from pipelines.explaining.held import Held, held
from pipelines.explaining.places import sheets
from pipelines.explaining.sources import Sources, sources
from pipelines.explaining.trace import Trace, make_rows, trace
from pipelines.settings import Office


@dataclass(frozen=True)
class Explanation:
    """A stored figure, proved against its rows."""

    asked: Asked
    formula: Formula
    found: Trace
    coverage: Coverage
    sources: Sources
    held: Held
    corrected: list[CorrectedCell]
    poverty_line: float | None  # rupiah a person and month, where the figure depends on it


def explain(connection: duckdb.DuckDBPyConnection, office: Office, asked: Asked) -> Explanation:
    """Compute the figure again from its rows. Raises OfficerError where that is not the stored one."""
    make_rows(connection, office, asked)
    found = trace(connection, asked)
    check(asked, found)
    line = office.poverty_line.get(asked.period) if asked.entry.poverty_line else None
    all_sheets = sheets(connection, office, str(asked.period))
    return Explanation(
        asked,
        formula(asked.entry, asked.breakdown),
        found,
        coverage(connection, office, asked, found),
        sources(connection, asked, all_sheets),
        held(connection, asked, found, all_sheets),
        corrected(connection, asked, all_sheets),
        None if line is None else float(line),
    )
