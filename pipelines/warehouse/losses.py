"""What a re-sent workbook lacks: most rows of an RT that it names (KIRIM01), or an RT altogether (KIRIM02)."""

import duckdb

from pipelines.areas import default_name
from pipelines.warehouse.identities import NAME
from pipelines.warehouse.resent import Resent, match_resent, moved
from schemas import datasets
from schemas.dataset import rules

RULE, OF_AN_RT = "KIRIM01", "KIRIM02"


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


def warn_of_missing_rts(connection: duckdb.DuckDBPyConnection, period: str) -> None:
    """Enter every RT that the newest workbook of a name lacks while rows of an older one of that name still count.

    Into `found`, of all RTs of the period, without an area: the newest workbook has no part of that RT. Nothing is
    lacking in a workbook that has no RT in common with the older one, which is another RT's under a name used before.
    """
    counted = " UNION ALL ".join(
        f"SELECT receipt, '{name}' AS dataset, area FROM {name} WHERE period = $period AND set_aside IS NULL"
        for name in datasets()
    )
    rows = connection.execute(
        f"""
        WITH parts AS (
            SELECT DISTINCT s.receipt, s.area, r.kelurahan, n.path
            FROM slices AS s JOIN receipts AS r USING (receipt) JOIN {NAME}.files AS n USING (receipt)
            WHERE s.period = $period
        ), newest AS (SELECT kelurahan, path, max(receipt) AS newest FROM parts GROUP BY ALL),
        sent AS (SELECT * FROM parts JOIN newest USING (kelurahan, path)),
        counted AS (
            SELECT c.receipt, c.area FROM ({counted}) AS c JOIN slices AS s USING (receipt, dataset, area)
            WHERE s.period = $period AND s.closed_by IS NULL
        )
        SELECT o.newest, o.area, count(*) FROM sent AS o JOIN counted USING (receipt, area)
        WHERE o.receipt < o.newest AND (o.newest, o.area) NOT IN (SELECT (receipt, area) FROM parts)
          AND EXISTS (SELECT 1 FROM parts AS a JOIN parts AS b USING (area)
                      WHERE a.receipt = o.receipt AND b.receipt = o.newest)
        GROUP BY ALL ORDER BY ALL
        """,
        {"period": period},
    ).fetchall()
    entry = rules()[OF_AN_RT]
    for receipt, area, many in rows:
        message = entry.sentence.format(detail=f"{many} baris {default_name(area, 'rt')}")
        connection.execute(
            "INSERT INTO found VALUES ($1, $2, 'reconcile', NULL, NULL, '', 0, '', '', $3, $4, '', $5)",
            [receipt, period, OF_AN_RT, entry.severity, message],
        )


def lacking(connection: duckdb.DuckDBPyConnection, receipts: list[int]) -> list[tuple[str, str]]:
    """File and sentence of each such warning about some receipts, in order."""
    return connection.execute(
        f"""
        SELECT n.path, f.message FROM {NAME}.findings AS f JOIN {NAME}.files AS n USING (receipt)
        WHERE f.rule IN ('{RULE}', '{OF_AN_RT}') AND f.receipt IN (SELECT unnest($1)) ORDER BY f.receipt, f.message
        """,
        [receipts],
    ).fetchall()
