"""Which RT has reported which indicator: it sent the datasets, and its sheets answered the columns that it needs.

Table made (temporary): `reported(area, indicator)`.
"""

import duckdb
import pandas as pd

from pipelines.indicators.catalogue import Indicator
from schemas import datasets

# From so many rows on, a column without a single answer was not asked; in fewer, blanks may be chance.
ROWS_THAT_TELL = 10


def counted_if(indicator: Indicator) -> str:
    """The rows that an indicator counts: of its universe, with everything it needs known."""
    known = [f"({indicator.numerator}) IS NOT NULL"]
    if indicator.denominator:
        known.append(f"({indicator.denominator}) IS NOT NULL")
    return " AND ".join([f"({indicator.universe})", *known])


def unknown_if(indicator: Indicator) -> str:
    """The rows that an indicator cannot count although they may belong to its universe."""
    return f"({indicator.universe}) IS NOT FALSE AND ({counted_if(indicator)}) IS NOT TRUE"


def find_reported(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> None:
    """Make `reported` for the prepared period."""
    needs = [(i.code, dataset, len(i.datasets)) for i in indicators for dataset in i.datasets]
    needed = pd.DataFrame(needs, columns=["indicator", "dataset", "many"])
    connection.register("needed", needed.astype({"indicator": "str", "dataset": "str", "many": "int64"}))
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE reported AS
        SELECT area, indicator FROM (SELECT DISTINCT area, dataset FROM open_slices WHERE accepted > 0)
        JOIN needed USING (dataset) GROUP BY area, indicator, many HAVING count(*) = many
        """
    )
    _take_out_unanswered(connection, indicators)


def _take_out_unanswered(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> None:
    """An RT whose sheets never answer a needed column has not reported, if that leaves anybody unknown.

    Without this, those who remain known would be selected by the outcome: where nobody was asked whether he was only
    absent from work, all who are known would work.
    """
    silent = silent_columns(connection, {need for i in indicators for need in i.columns})
    for indicator in indicators:
        areas = sorted({area for need in indicator.columns for area in silent.get(need, ())})
        if areas:
            connection.execute(
                f"""
                DELETE FROM reported WHERE indicator = $code AND area IN (
                    SELECT area FROM {indicator.source} WHERE area IN (SELECT unnest($areas))
                    GROUP BY area HAVING bool_or({unknown_if(indicator)})
                )
                """,
                {"code": indicator.code, "areas": areas},
            )


def silent_columns(
    connection: duckdb.DuckDBPyConnection, needs: set[tuple[str, str]]
) -> dict[tuple[str, str], list[str]]:
    """(dataset, column) -> the RTs of which no sheet has its heading, or none of ten rows or more a filled cell."""
    silent: dict[tuple[str, str], list[str]] = {}
    for dataset in sorted({dataset for dataset, _ in needs}):
        kept = datasets()[dataset].stored()
        columns = [column for column in kept if (dataset, column) in needs]
        counts = ", ".join(f'count("{kept[c]}") AS "{c}"' for c in columns)
        answers = ", ".join(f"sum(t.\"{c}\"), bool_or(s.columns ->> '{c}' IS NOT NULL)" for c in columns)
        rows = connection.execute(
            f"""
            SELECT t.area, sum(t.many), {answers}
            FROM (SELECT area, receipt, sheet, count(*) AS many, {counts} FROM current_{dataset} GROUP BY ALL) AS t
            JOIN sheets AS s ON s.receipt = t.receipt AND s.sheet = t.sheet AND s.dataset = '{dataset}'
            GROUP BY t.area ORDER BY t.area
            """
        ).fetchall()
        for area, many, *found in rows:
            for column, answered, asked in zip(columns, found[::2], found[1::2], strict=True):
                if not answered and (not asked or many >= ROWS_THAT_TELL):
                    silent.setdefault((dataset, column), []).append(area)
    return silent
