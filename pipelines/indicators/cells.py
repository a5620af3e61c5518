"""Stage 1: one GROUP BY a view to RT cells, every figure's parts as additive whole numbers.

Tables made (temporary): `rt_cells(area, indicator, breakdown, numerator, denominator, households)`,
`rt_bins(area, indicator, breakdown, bin, numerator, denominator)` for what no two numbers can carry, and
`split_households(level, area, indicator, breakdown, households)` for families that live in more than one RT.
"""

import duckdb

from pipelines.indicators.catalogue import Indicator
from pipelines.indicators.reporting import counted_if, find_reported

SEXES = ("L", "P")


def stage_one(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> None:
    """Compute RT cells of the prepared period from `orang`, `keluarga`, `rekap`. An RT that did not report has none."""
    _start(connection)
    find_reported(connection, indicators)
    for view in ("orang", "keluarga"):
        of_view = [i for i in indicators if i.source == view]
        if of_view:
            _register_cells(connection, view, of_view)
            _register_bins(connection, view, [i for i in of_view if i.method != "ratio"])
    _recap_cells(connection, indicators)


def _start(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rt_cells (area VARCHAR, indicator VARCHAR, breakdown VARCHAR, "
        "numerator BIGINT, denominator BIGINT, households BIGINT)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rt_bins (area VARCHAR, indicator VARCHAR, breakdown VARCHAR, bin DOUBLE, "
        "numerator BIGINT, denominator BIGINT)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE split_households (level VARCHAR, area VARCHAR, indicator VARCHAR, "
        "breakdown VARCHAR, households BIGINT)"
    )


def contributes_if(indicator: Indicator) -> str:
    """The rows whose families stand behind the denominator, or behind the count."""
    weight = indicator.denominator or indicator.numerator
    return f"{counted_if(indicator)} AND ({weight}) > 0"


def _parts(indicators: list[Indicator], prefix: str) -> str:
    """Parallel lists, unnested in lockstep: one row an indicator."""
    codes = ", ".join(f"'{i.code}'" for i in indicators)
    lists = [f"unnest([{codes}]) AS indicator"]
    for part in prefix.split():
        numbered = ", ".join(f"{part}{n}" for n in range(len(indicators)))
        lists += [f"unnest([{numbered}]) AS {part}"]
    return ", ".join(lists)


def _register_cells(connection: duckdb.DuckDBPyConnection, view: str, indicators: list[Indicator]) -> None:
    """Sums by RT and sex in one pass over the view, families in a second pass over distinct families."""
    sex = "jenis" if view == "orang" else "'total'"
    sums = ", ".join(
        f"coalesce(sum(CASE WHEN {counted_if(i)} THEN {i.numerator} END), 0) AS n{n}, "
        f"coalesce(sum(CASE WHEN {counted_if(i)} THEN {i.denominator or 0} END), 0) AS d{n}"
        for n, i in enumerate(indicators)
    )
    flags = ", ".join(f"max(CASE WHEN {contributes_if(i)} THEN 1 ELSE 0 END) AS h{n}" for n, i in enumerate(indicators))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE sums AS SELECT area, {sex} AS breakdown, {sums} FROM {view} GROUP BY ALL"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE families AS "
        f"SELECT area, no_kk, {sex} AS breakdown, {flags} FROM {view} GROUP BY ALL"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE split_families AS SELECT no_kk FROM families GROUP BY no_kk "
        "HAVING count(DISTINCT area) > 1"
    )
    count = len(indicators)
    total = ", ".join(f"max(h{n}) AS h{n}" for n in range(count))
    add = ", ".join(f"sum(h{n}) AS h{n}" for n in range(count))
    everything = ", ".join(f"sum(n{n}) AS n{n}, sum(d{n}) AS d{n}" for n in range(count))
    both_sexes = f"UNION ALL SELECT area, 'total', {everything} FROM sums GROUP BY area"
    families_of_both = (
        f"UNION ALL SELECT area, 'total', {add} FROM (SELECT area, no_kk, {total} FROM whole GROUP BY area, no_kk) "
        "GROUP BY area"
    )
    if view != "orang":
        both_sexes = families_of_both = ""  # a family has no sex: its only breakdown is the total
    connection.execute(
        f"""
        INSERT INTO rt_cells
        WITH parts AS (FROM sums {both_sexes}),
        whole AS (SELECT * FROM families WHERE no_kk NOT IN (FROM split_families)),
        counted AS (SELECT area, breakdown, {add} FROM whole GROUP BY area, breakdown {families_of_both}),
        long AS (SELECT area, breakdown, {_parts(indicators, "n d")} FROM parts),
        behind AS (SELECT area, breakdown, {_parts(indicators, "h")} FROM counted),
        wanted AS (
            SELECT r.area, w.indicator, w.breakdown
            FROM reported AS r JOIN wanted_breakdowns AS w ON w.indicator = r.indicator WHERE w.source = '{view}'
        )
        SELECT w.area, w.indicator, w.breakdown, coalesce(n, 0), coalesce(d, 0), coalesce(h, 0)
        FROM wanted AS w
        LEFT JOIN long AS l USING (area, indicator, breakdown)
        LEFT JOIN behind AS b USING (area, indicator, breakdown)
        """
    )
    _split_households(connection, view, indicators, total, add)


def _split_households(
    connection: duckdb.DuckDBPyConnection, view: str, indicators: list[Indicator], total: str, add: str
) -> None:
    """Families in several RTs count once at each level, so they cannot be added up from the RTs."""
    if not connection.execute("SELECT 1 FROM split_families LIMIT 1").fetchone():
        return
    for level, code in (
        ("rt", "area"),
        ("rw", "regexp_replace(area, '-[^-]*$', '')"),
        ("kelurahan", "left(area, 13)"),
    ):
        for breakdown in ("breakdown", "'total'") if view == "orang" else ("breakdown",):
            connection.execute(
                f"""
                INSERT INTO split_households
                WITH counted AS (
                    SELECT {code} AS place, no_kk, {breakdown} AS kind, {total} FROM families
                    WHERE no_kk IN (FROM split_families) GROUP BY ALL
                ),
                summed AS (SELECT place, kind, {add} FROM counted GROUP BY ALL)
                SELECT '{level}', place, indicator, kind, h FROM (
                    SELECT place, kind, {_parts(indicators, "h")} FROM summed
                ) WHERE h > 0
                """
            )


def _register_bins(connection: duckdb.DuckDBPyConnection, view: str, indicators: list[Indicator]) -> None:
    for indicator in indicators:
        groups = ("jenis", "'total'") if indicator.by_sex else ("'total'",)
        for breakdown in groups:
            connection.execute(
                f"""
                INSERT INTO rt_bins
                SELECT area, '{indicator.code}', {breakdown} AS kind, {indicator.bin} AS place,
                       sum({indicator.numerator}), sum({indicator.denominator or 0})
                FROM {view} AS v SEMI JOIN reported AS r ON r.area = v.area AND r.indicator = '{indicator.code}'
                WHERE {counted_if(indicator)} GROUP BY ALL
                """
            )


def _recap_cells(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> None:
    """Count sheets speak where the RT sent no register for the indicator; a blank in either part is not reported."""
    for indicator in indicators:
        recap = dict(indicator.recap)
        if indicator.source == "rekap":
            recap = {"numerator": indicator.numerator}
        for breakdown in (b for b in (("total", "numerator"), ("L", "L"), ("P", "P")) if b[1] in recap):
            numerator = recap[breakdown[1]]
            denominator = recap.get("denominator", "0")
            households = recap.get("households", "NULL") if breakdown[0] == "total" else "NULL"
            connection.execute(
                f"""
                INSERT INTO rt_cells
                SELECT area, '{indicator.code}', '{breakdown[0]}', {numerator}, {denominator}, {households}
                FROM rekap
                WHERE ({numerator}) IS NOT NULL AND ({denominator}) IS NOT NULL
                  AND area NOT IN (SELECT area FROM reported
                                   WHERE indicator = '{indicator.code}' AND '{indicator.source}' <> 'rekap')
                """
            )
