"""KIRIM01: a re-sent workbook that lacks most of what the one before it held, as a half-filled sheet does."""

import duckdb

from pipelines.areas import default_name
from pipelines.warehouse.resent import Resent, match_resent, moved
from schemas import datasets
from schemas.dataset import rules

RULE = "KIRIM01"


def warn_of_losses(connection: duckdb.DuckDBPyConnection, period: str, among: set[str] | None) -> None:
    """Enter every dataset of an RT of which more than half of the rows accepted before are gone, not even held.

    Into `found`, as `reconcile` does, of all RTs or `among` some. Compared with the sending before only: one as short
    again repeats no warning.
    """
    if not match_resent(connection, period, among):
        return
    entry = rules()[RULE]
    for again in moved(connection, period).values():
        if 2 * again.kept < again.accepted:
            connection.execute(
                "INSERT INTO found VALUES ($1, $2, 'reconcile', $3, $4, '', 0, '', '', $5, $6, '', $7)",
                [
                    again.receipt,
                    period,
                    again.dataset,
                    again.area,
                    RULE,
                    entry.severity,
                    entry.sentence.format(detail=_lost(again)),
                ],
            )


def _lost(again: Resent) -> str:
    title = datasets()[again.dataset].about().title
    place = default_name(again.area, "rt")
    return f"{again.accepted - again.kept} dari {again.accepted} baris {title} {place} yang sudah diterima"
