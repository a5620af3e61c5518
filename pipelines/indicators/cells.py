"""Stage 1: one GROUP BY a view to RT cells, every figure's parts as additive whole numbers.

Tables made (temporary): `rt_cells(area, figure, numerator, denominator, households)`,
`rt_bins(area, figure, bin, numerator, denominator)` for what no two numbers can carry, and
`split_households(level, area, figure, households)` for families that live in more than one RT. A figure is an
indicator in one breakdown, by its number in `wanted`: numbers are joined and grouped several times faster than names.
"""

import duckdb

from pipelines.indicators.catalogue import BREAKDOWNS, Indicator, first_figure
from pipelines.indicators.reporting import counted_if, find_reported

SEX = "CASE jenis WHEN 'L' THEN 1 ELSE 2 END"  # the place of a breakdown in BREAKDOWNS


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
        "CREATE OR REPLACE TEMP TABLE rt_cells (area VARCHAR, figure INTEGER, "
        "numerator BIGINT, denominator BIGINT, households BIGINT)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rt_bins (area VARCHAR, figure INTEGER, bin DOUBLE, "
        "numerator BIGINT, denominator BIGINT)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE split_households (level VARCHAR, area VARCHAR, figure INTEGER, households BIGINT)"
    )


def contributes_if(indicator: Indicator) -> str:
    """The rows whose families stand behind the denominator, or behind the count."""
    weight = indicator.denominator or indicator.numerator
    return f"{counted_if(indicator)} AND ({weight}) > 0"


def _parts(indicators: list[Indicator], prefix: str) -> str:
    """Parallel lists, unnested in lockstep: one row an indicator."""
    figures = ", ".join(str(first_figure(i.code)) for i in indicators)
    lists = [f"unnest([{figures}]) + breakdown AS figure"]
    for part in prefix.split():
        numbered = ", ".join(f"{part}{n}" for n in range(len(indicators)))
        lists += [f"unnest([{numbered}]) AS {part}"]
    return ", ".join(lists)


def _register_cells(connection: duckdb.DuckDBPyConnection, view: str, indicators: list[Indicator]) -> None:
    """Sums by RT and sex in one pass over the view, families in a second pass over distinct families."""
    sex = SEX if view == "orang" else "0"
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
    both_sexes = f"UNION ALL SELECT area, 0, {everything} FROM sums GROUP BY area"
    families_of_both = (
        f"UNION ALL SELECT area, 0, {add} FROM (SELECT area, no_kk, {total} FROM whole GROUP BY area, no_kk) "
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
        long AS (SELECT area, {_parts(indicators, "n d")} FROM parts),
        behind AS (SELECT area, {_parts(indicators, "h")} FROM counted),
        asked AS (
            SELECT r.area, w.figure
            FROM reported AS r JOIN wanted AS w USING (indicator) WHERE w.source = '{view}'
        )
        SELECT w.area, w.figure, coalesce(n, 0), coalesce(d, 0), coalesce(h, 0)
        FROM asked AS w
        LEFT JOIN long AS l USING (area, figure)
        LEFT JOIN behind AS b USING (area, figure)
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
        for breakdown in ("breakdown", "0") if view == "orang" else ("breakdown",):
            connection.execute(
                f"""
                INSERT INTO split_households
                WITH counted AS (
                    SELECT {code} AS place, no_kk, {breakdown} AS kind, {total} FROM families
                    WHERE no_kk IN (FROM split_families) GROUP BY ALL
                ),
                summed AS (SELECT place, kind AS breakdown, {add} FROM counted GROUP BY ALL)
                SELECT '{level}', place, figure, h FROM (
                    SELECT place, {_parts(indicators, "h")} FROM summed
                ) WHERE h > 0
                """
            )


def _register_bins(connection: duckdb.DuckDBPyConnection, view: str, indicators: list[Indicator]) -> None:
    for indicator in indicators:
        for breakdown in (SEX, "0") if indicator.by_sex else ("0",):
            connection.execute(
                f"""
                INSERT INTO rt_bins
                SELECT area, {first_figure(indicator.code)} + {breakdown} AS kind, {indicator.bin} AS place,
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
        for place, breakdown in enumerate(BREAKDOWNS):
            numerator = recap.get("numerator" if breakdown == "total" else breakdown)
            if numerator is None:
                continue
            denominator = recap.get("denominator", "0")
            households = recap.get("households", "NULL") if breakdown == "total" else "NULL"
            connection.execute(
                f"""
                INSERT INTO rt_cells
                SELECT area, {first_figure(indicator.code) + place}, {numerator}, {denominator}, {households}
                FROM rekap
                WHERE ({numerator}) IS NOT NULL AND ({denominator}) IS NOT NULL
                  AND area NOT IN (SELECT area FROM reported
                                   WHERE indicator = '{indicator.code}' AND '{indicator.source}' <> 'rekap')
                """
            )
