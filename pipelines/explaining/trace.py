"""A figure computed again, this time keeping the rows: the same views, expressions and conditions as `measure`."""

from dataclasses import dataclass

import duckdb

from pipelines.explaining.asked import Asked
from pipelines.indicators.catalogue import Indicator
from pipelines.indicators.measure import GINI, MEDIAN, SUM_OF_RATIOS
from pipelines.indicators.reporting import counted_if, find_reported, unknown_if
from pipelines.periods import Period
from pipelines.settings import Office
from pipelines.warehouse.reconcile import make_views, prepare

EXACT = {"median": MEDIAN, "sum_of_ratios": SUM_OF_RATIOS, "gini": GINI}
VIEWS = {"orang": ("penghuni", "orang"), "keluarga": ("penghuni", "orang", "keluarga"), "rekap": ()}
TRACED = """area VARCHAR, receipt BIGINT, sheet INTEGER, "row" INTEGER, family_key VARCHAR, bin DOUBLE, counted BOOLEAN,
    unknown BOOLEAN, n BIGINT, d BIGINT"""
FIXED_POINT = 10**9  # one unit of a fixed-point numerator


@dataclass(frozen=True)
class Trace:
    """What the rows add up to, and which RTs stand behind it: by their register or by their count sheet."""

    register: tuple[str, ...]
    recap: tuple[str, ...]
    numerator: int
    denominator: int
    value: float | None

    @property
    def reported(self) -> int:
        """RT masuk."""
        return len(self.register) + len(self.recap)


def units(entry: Indicator, numerator: int) -> float | int:
    """A numerator in its own unit: fixed-point ones are kept in 1e-9 of a person."""
    return numerator / FIXED_POINT if entry.fixed_point else numerator


def recap_parts(entry: Indicator, breakdown: str) -> tuple[str, str | None] | None:
    """Numerator and denominator over the view `rekap` for an RT that sent only its count sheet, where there are any."""
    if entry.source == "rekap":
        return entry.numerator, None
    numerator = entry.recap.get("numerator" if breakdown == "total" else breakdown)
    return None if numerator is None else (numerator, entry.recap.get("denominator"))


def measurable(entry: Indicator, office: Office, period: Period) -> bool:
    """Whether the office states what the indicator needs beside data: the poverty line of the period."""
    return not entry.poverty_line or office.poverty_line.get(period) is not None


def make_rows(connection: duckdb.DuckDBPyConnection, office: Office, asked: Asked) -> None:
    """Make the views of the asked period, and `reported(area, indicator)`."""
    entry, line = asked.entry, office.poverty_line.get(asked.period)
    prepare(connection, asked.period, line)
    views = (*VIEWS[entry.source], "rekap") if recap_parts(entry, asked.breakdown) else VIEWS[entry.source]
    make_views(connection, *views)
    find_reported(connection, [entry] if measurable(entry, office, asked.period) and entry.source != "rekap" else [])


def rows_of(entry: Indicator, breakdown: str, sexed: bool = True) -> str:
    """Every row of the entry's view: where it stands, and what it gives to each part (nothing where not counted).

    Of a distribution's code the numerator is what rows of the code give. `sexed` leaves out the other sex.
    """
    sex, split = entry.sex(breakdown), entry.split(breakdown)
    of_sex = f"v.jenis = '{sex}'" if sex and sexed else "TRUE"
    counted = f"({counted_if(entry)}) IS TRUE"
    has_code, nameless = "TRUE", "FALSE"
    if split:
        dimension, code = split
        has_code = dimension.condition(code, "v")
        if dimension.unknown:
            nameless = f"{counted} AND ({entry.numerator}) <> 0 AND v.{dimension.column} IS NULL"
    return f"""
        SELECT v.area, v.receipt, v.sheet, v."row", v.family_key, ({entry.bin or "NULL"})::DOUBLE AS bin,
               {counted} AS counted, {unknown_if(entry)} OR {nameless} AS unknown,
               CASE WHEN {counted} AND {has_code} THEN {entry.numerator} ELSE 0 END AS n,
               CASE WHEN {counted} THEN {entry.denominator or 0} ELSE 0 END AS d
        FROM {entry.source} AS v WHERE {of_sex}
    """


def trace(connection: duckdb.DuckDBPyConnection, asked: Asked) -> Trace:
    """Make `traced` (rows of the RTs that reported by a register) and `recapped(area, n, d)`, and add them up.

    Needs the rows of `make_rows`.
    """
    entry = asked.entry
    inside = {"rts": list(asked.rts)}
    connection.execute(f"CREATE OR REPLACE TEMP TABLE traced ({TRACED})")
    if entry.source != "rekap":
        connection.execute(
            f"""
            INSERT INTO traced SELECT * FROM ({rows_of(entry, asked.breakdown)})
            WHERE area IN (SELECT unnest($rts)) AND area IN (SELECT area FROM reported)
            """,
            inside,
        )
    connection.execute("CREATE OR REPLACE TEMP TABLE recapped (area VARCHAR, n BIGINT, d BIGINT)")
    parts = recap_parts(entry, asked.breakdown)
    if parts:
        numerator, denominator = parts[0], parts[1] or "0"
        connection.execute(
            f"""
            INSERT INTO recapped SELECT area, {numerator}, {denominator} FROM rekap
            WHERE ({numerator}) IS NOT NULL AND ({denominator}) IS NOT NULL
              AND area IN (SELECT unnest($rts)) AND area NOT IN (SELECT area FROM reported)
            """,
            inside,
        )
    return _added_up(connection, asked)


def _added_up(connection: duckdb.DuckDBPyConnection, asked: Asked) -> Trace:
    register = "SELECT area FROM reported WHERE area IN (SELECT unnest($rts)) ORDER BY area"
    by_register = connection.execute(register, {"rts": list(asked.rts)}).fetchall()
    by_recap = connection.execute("SELECT area FROM recapped ORDER BY area").fetchall()
    numerator, denominator = connection.execute(
        "SELECT coalesce(sum(n), 0), coalesce(sum(d), 0) "
        "FROM (SELECT n, d FROM traced UNION ALL SELECT n, d FROM recapped)"
    ).fetchall()[0]
    rts = tuple(row[0] for row in by_register), tuple(row[0] for row in by_recap)
    value = _value(connection, asked.entry, int(numerator), int(denominator)) if any(rts) else None
    return Trace(*rts, int(numerator), int(denominator), value)


def _value(connection: duckdb.DuckDBPyConnection, entry: Indicator, numerator: int, denominator: int) -> float | None:
    if entry.method == "ratio":
        amount = units(entry, numerator)
        if entry.is_count:
            return float(amount)
        return entry.scale * amount / denominator if denominator > 0 else None
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT 0 AS figure, $1 AS method", [entry.method])
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE level_bins AS SELECT 0 AS place, 0 AS figure, bin, sum(n)::BIGINT AS numerator, "
        "sum(d)::BIGINT AS denominator FROM traced WHERE counted GROUP BY bin"
    )
    found = connection.execute(f"SELECT value FROM ({EXACT[entry.method]})").fetchone()
    return None if found is None or found[0] is None else float(found[0]) * entry.scale
