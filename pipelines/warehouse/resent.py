"""What a re-sent workbook changed: rows of earlier receipts matched with the current ones, per dataset and RT.

A row is found again by its identity (NIK, Nomor KK; in a recap the RT itself) and name together, then by its identity,
then by its name (a mended number), and, where a number and a name are missing to go by, by its place in the sheet.
The identity of a held row counts only where the identity is not what was wrong with it. Every row is found at most
once.

What rules across workbooks once set aside in an earlier receipt is not kept, so an earlier row counts as accepted where
it was accepted on arrival. Rows that name no known RT are looked for too, but never counted as lost.
"""

from dataclasses import dataclass, field

import duckdb

from pipelines.sqltext import literal
from pipelines.warehouse.identities import NAME, named
from schemas import datasets
from schemas.dataset import Dataset
from schemas.kinds import FamilyCard, Nik, Text

PLAIN = "nullif(regexp_replace(upper({}), '[^A-Z0-9]', '', 'g'), '')"
DIGITS = "regexp_extract(regexp_replace({}, '[^0-9]', '', 'g'), '^[0-9]{{16}}$')"

# How a row is found again, surest first: what both rows must share, and what must hold of the two.
STEPS = (
    ("key || ' ' || name", "true"),
    ("key", "true"),
    ("name", "true"),
    ("place", "(e.key IS NULL OR l.key IS NULL) AND (e.name IS NULL OR l.name IS NULL)"),
)


@dataclass
class Resent:
    """One RT's rows of one dataset, re-sent: what the last sending changed against the one before it.

    `corrected` rows were held and are let in, or were accepted and say something else; `columns` counts them by the
    label of what was wrong or is different. `kept` of the `accepted` rows of the sending before are still there.
    """

    area: str
    dataset: str
    receipt: int
    times: int
    accepted: int
    kept: int
    added: int
    removed: int
    corrected: int
    columns: dict[str, int] = field(default_factory=dict)


def match_resent(connection: duckdb.DuckDBPyConnection, period: str, among: set[str] | None = None) -> bool:
    """Make the temporary tables of what was re-sent in a period, of all RTs or `among` some; False where nothing was.

    `pairs` holds an earlier and the current receipt of a dataset and RT (`direct`: the one right before it), `sides`
    the rows of both, `matched` which are the same.
    """
    of_them = "" if among is None else "AND s.area IN (SELECT unnest($among))"
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE pairs AS
        WITH sent AS (SELECT * FROM receipts JOIN {NAME}.files USING (receipt)),
        current AS (
            SELECT s.dataset, s.area, r.* FROM slices AS s JOIN sent AS r USING (receipt)
            WHERE s.period = $period AND s.closed_by IS NULL {of_them}
        ), earlier AS (
            SELECT e.dataset, e.area, e.receipt AS earlier, c.receipt AS later, e.closed_by = c.receipt AS direct
            FROM slices AS e JOIN current AS c USING (dataset, area)
            WHERE e.period = $period AND e.receipt < c.receipt
            UNION  -- a file that named no known RT at all, mended under its own name
            SELECT DISTINCT c.dataset, c.area, e.receipt AS earlier, c.receipt AS later, false AS direct
            FROM {NAME}.held AS h JOIN sent AS e USING (receipt)
            JOIN current AS c ON c.dataset = h.dataset AND c.kelurahan = e.kelurahan AND c.path = e.path
            WHERE h.period = $period AND h.area IS NULL AND e.receipt < c.receipt
              AND (e.receipt, c.dataset, c.area) NOT IN (SELECT (receipt, dataset, area) FROM slices)
        )
        SELECT row_number() OVER (ORDER BY dataset, area, earlier) AS pair, * FROM earlier
        """,
        {"period": period} | ({} if among is None else {"among": sorted(among)}),
    )
    names = [row[0] for row in connection.execute("SELECT DISTINCT dataset FROM pairs ORDER BY ALL").fetchall()]
    if not names:
        return False
    units = " UNION ALL ".join(_units(datasets()[name]) for name in names)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE units AS {units}")
    # A row without a known RT may be of any RT that its file speaks of.
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE sides AS
        SELECT row_number() OVER () AS id, p.pair, u.receipt = p.later AS is_later, u.* EXCLUDE (dataset, area),
               u.area IS NULL AS homeless, concat(u.sheet_name, ' ', u."row") AS place
        FROM pairs AS p JOIN units AS u
          ON u.dataset = p.dataset AND u.receipt IN (p.earlier, p.later) AND (u.area = p.area OR u.area IS NULL)
        """
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE matched (pair BIGINT, earlier BIGINT, later BIGINT)")
    for mark, condition in STEPS:
        connection.execute(_match(mark, condition))
    return True


def resent(connection: duckdb.DuckDBPyConnection, period: str) -> list[Resent]:
    """What each re-sent dataset of each RT changed, once `match_resent` has found that something was."""
    found = moved(connection, period)
    for name in dict.fromkeys(entry.dataset for entry in found.values()):
        _add_rewritten(connection, datasets()[name], found)
    _add_mended(connection, found)
    for entry in found.values():
        entry.columns = dict(sorted(entry.columns.items(), key=lambda c: (-c[1], c[0])))
    return list(found.values())


def moved(connection: duckdb.DuckDBPyConnection, period: str) -> dict[int, Resent]:
    """By pair which rows came, went and were let in; what they say is not compared yet."""
    rows = connection.execute(
        """
        WITH earlier AS (
            SELECT s.pair, count(*) FILTER (s.accepted) AS accepted,
                   count(*) FILTER (s.accepted AND m.later IS NOT NULL) AS kept,
                   count(*) FILTER (m.later IS NULL) AS removed
            FROM sides AS s LEFT JOIN matched AS m ON m.earlier = s.id
            WHERE NOT s.is_later AND NOT s.homeless GROUP BY s.pair
        ), later AS (
            SELECT s.pair, count(*) FILTER (m.earlier IS NULL) AS added
            FROM sides AS s LEFT JOIN matched AS m ON m.later = s.id
            WHERE s.is_later AND NOT s.homeless GROUP BY s.pair
        ), let_in AS (
            SELECT m.pair, count(*) AS corrected FROM matched AS m
            JOIN sides AS e ON e.id = m.earlier JOIN sides AS l ON l.id = m.later
            WHERE NOT e.accepted AND l.accepted GROUP BY m.pair
        )
        SELECT p.pair, p.area, p.dataset, p.later,
               (SELECT count(*) FROM slices AS s
                WHERE s.period = $period AND s.dataset = p.dataset AND s.area = p.area AND s.receipt < p.later),
               e.accepted, e.kept, l.added, e.removed, coalesce(i.corrected, 0)
        FROM pairs AS p JOIN earlier AS e USING (pair) JOIN later AS l USING (pair) LEFT JOIN let_in AS i USING (pair)
        WHERE p.direct ORDER BY p.area, p.dataset
        """,
        {"period": period},
    ).fetchall()
    return {pair: Resent(*rest) for pair, *rest in rows}


def corrected(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """By RT the rows counted now that some earlier receipt of the same dataset and RT had on arrival as held."""
    return dict(
        connection.execute(
            """
            SELECT p.area, count(DISTINCT (p.dataset, l.sheet, l."row"))
            FROM matched AS m JOIN pairs AS p USING (pair)
            JOIN sides AS e ON e.id = m.earlier JOIN sides AS l ON l.id = m.later
            WHERE NOT e.accepted AND l.counted GROUP BY p.area
            """
        ).fetchall()
    )


def _units(dataset: type[Dataset]) -> str:
    """Every row of the receipts that `pairs` names, accepted and held, with what it can be found again by."""
    name, identity = dataset.about().name, dataset.about().identity
    called = [c for c, spec in dataset.columns().items() if isinstance(spec.kind, Text) and spec.shared]
    typed_key = "t.area" if identity in dataset.places() else f't."{identity}"'
    told_key = "h.area" if identity in dataset.places() else _usable(dataset, _cell(identity))
    typed_name = PLAIN.format(f't."{called[0]}"') if called else "NULL::VARCHAR"
    told_name = PLAIN.format(_cell(called[0])) if called else "NULL::VARCHAR"
    receipts = f"(SELECT unnest([earlier, later]) FROM pairs WHERE dataset = '{name}')"
    return f"""
        SELECT '{name}' AS dataset, t.receipt, t.area, t.sheet, s.name AS sheet_name, t."row",
               {typed_key} AS key, {typed_name} AS name, true AS accepted, t.set_aside IS NULL AS counted
        FROM {named(dataset)} AS t
        JOIN {NAME}.sheet_names AS s ON s.receipt = t.receipt AND s.sheet = t.sheet AND s.dataset = '{name}'
        WHERE t.receipt IN {receipts}
        UNION ALL
        SELECT '{name}', h.receipt, h.area, h.sheet, h.sheet_name, h."row", {told_key}, {told_name}, false, false
        FROM {NAME}.held AS h
        JOIN sheets AS s ON s.receipt = h.receipt AND s.sheet = h.sheet AND s.dataset = '{name}'
        WHERE h.dataset = '{name}' AND h.receipt IN {receipts}
    """


def _cell(column: str) -> str:
    """A held row's cell of a column, as the officer saw it."""
    return f"(h.cells ->> (s.columns ->> '{column}'))"


def _usable(dataset: type[Dataset], text: str) -> str:
    """A held row's identity as the accepted rows have it; NULL where the identity itself was found wrong."""
    identity = dataset.about().identity
    spec = dataset.columns()[identity]
    form = f"nullif({DIGITS.format(text)}, '')" if isinstance(spec.kind, Nik | FamilyCard) else text
    return f"""CASE WHEN EXISTS (
        SELECT 1 FROM {NAME}.findings AS f
        WHERE f.receipt = h.receipt AND f.dataset = h.dataset AND f.sheet = h.sheet_name AND f."row" = h."row"
          AND f.severity = 'error' AND f.stage = 'intake' AND f.label = {literal(spec.label)}
    ) THEN NULL ELSE {form} END"""


def _match(mark: str, condition: str) -> str:
    """Pair off the rows not yet found that share a mark; of several alike, in the order in which they stand."""

    def side(is_later: str, known: str) -> str:
        return f"""
            SELECT *, row_number() OVER (
                PARTITION BY pair, mark ORDER BY homeless, accepted DESC, sheet, "row"
            ) AS nth
            FROM (SELECT *, {mark} AS mark FROM sides WHERE {is_later} AND id NOT IN (SELECT {known} FROM matched))
            WHERE mark IS NOT NULL
        """

    return f"""
        INSERT INTO matched
        SELECT e.pair, e.id, l.id
        FROM ({side("NOT is_later", "earlier")}) AS e JOIN ({side("is_later", "later")}) AS l USING (pair, mark, nth)
        WHERE {condition}
    """


def _add_rewritten(connection: duckdb.DuckDBPyConnection, dataset: type[Dataset], found: dict[int, Resent]) -> None:
    """Count the rows accepted both times that say something else now, and in which columns."""
    name, told = dataset.about().name, dataset.told()
    differs = [f'(te."{column}" IS DISTINCT FROM tl."{column}")' for column in told]
    counts = ", ".join(f"count(*) FILTER {test}" for test in differs)
    rows = connection.execute(
        f"""
        SELECT m.pair, count(*) FILTER ({" OR ".join(differs)}), {counts}
        FROM matched AS m JOIN pairs AS p ON p.pair = m.pair AND p.direct AND p.dataset = '{name}'
        JOIN sides AS e ON e.id = m.earlier JOIN sides AS l ON l.id = m.later
        JOIN {named(dataset)} AS te ON te.receipt = e.receipt AND te.sheet = e.sheet AND te."row" = e."row"
        JOIN {named(dataset)} AS tl ON tl.receipt = l.receipt AND tl.sheet = l.sheet AND tl."row" = l."row"
        WHERE e.accepted AND l.accepted GROUP BY m.pair
        """
    ).fetchall()
    for pair, rewritten, *by_column in rows:
        found[pair].corrected += rewritten
        for column, many in zip(told, by_column, strict=True):
            _count(found[pair], dataset.columns()[column].label, many)


def _add_mended(connection: duckdb.DuckDBPyConnection, found: dict[int, Resent]) -> None:
    """Count for the rows held before and let in now the columns whose cells had held them."""
    rows = connection.execute(
        f"""
        SELECT m.pair, f.label, count(DISTINCT m.earlier)
        FROM matched AS m JOIN pairs AS p ON p.pair = m.pair AND p.direct
        JOIN sides AS e ON e.id = m.earlier JOIN sides AS l ON l.id = m.later
        JOIN {NAME}.findings AS f ON f.receipt = e.receipt AND f.dataset = p.dataset AND f.sheet = e.sheet_name
                          AND f."row" = e."row" AND f.severity = 'error' AND f.stage = 'intake'
        WHERE NOT e.accepted AND l.accepted AND f.label <> '' GROUP BY ALL
        """
    ).fetchall()
    for pair, label, many in rows:
        _count(found[pair], label, many)


def _count(entry: Resent, label: str, many: int) -> None:
    if many:
        entry.columns[label] = entry.columns.get(label, 0) + many
