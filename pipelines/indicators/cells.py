"""Stage 1: one GROUP BY a view to RT cells, every figure's parts as additive whole numbers.

Tables made (temporary): `rt_cells(area, figure, numerator, denominator, households, with_part, with_rest, known,
unknown)` (families with a numerator, families with a rest, rows counted, rows that could not be),
`rt_bins(area, figure, bin, numerator, denominator)` for what no two numbers can carry,
`rt_tops(area, figure, whole, largest)` for a magnitude and its two largest families, and
`split_households(level, area, figure, households)` for families that live in more than one RT. A figure is an
indicator in one breakdown, by its number in `wanted`: numbers are joined and grouped several times faster than names.
"""

import duckdb

from pipelines.indicators.catalogue import BREAKDOWNS, Indicator, first_figure
from pipelines.indicators.distributions import KELURAHAN, distribute, split_counts
from pipelines.indicators.reporting import counted_if, find_reported
from pipelines.indicators.sums import FAMILY, SUMS, Families, Sums

MAGNITUDES = "S4"  # the sensitivity class of what few families can dominate
PERSONS_A_FAMILY = 5  # for disclosure control: more than the average, so that rather too few families are seen
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
            distribute(connection, view, [i for i in of_view if i.by])
    _recap_cells(connection, indicators)
    _tops(connection, [i for i in indicators if i.sensitivity == MAGNITUDES])


def _start(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rt_cells (area VARCHAR, figure INTEGER, "
        "numerator BIGINT, denominator BIGINT, households BIGINT, with_part BIGINT, with_rest BIGINT, "
        "known BIGINT, unknown BIGINT)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rt_bins (area VARCHAR, figure INTEGER, bin DOUBLE, "
        "numerator BIGINT, denominator BIGINT)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rt_tops (area VARCHAR, figure INTEGER, whole BIGINT, largest BIGINT[])"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE split_households (level VARCHAR, area VARCHAR, figure INTEGER, households BIGINT)"
    )


def _long(indicators: list[Indicator], parts: dict[str, list[str]], which: str) -> str:
    """Parallel lists, unnested in lockstep: one row an indicator."""
    numbers = ", ".join(str(first_figure(i.code)) for i in indicators)
    lists = [f"unnest([{numbers}]) + breakdown AS figure"]
    return ", ".join(lists + [f"unnest([{', '.join(parts[part])}]) AS {part}" for part in which])


def _register_cells(connection: duckdb.DuckDBPyConnection, view: str, indicators: list[Indicator]) -> None:
    """Sums by RT and sex in one pass over the view, families in a second pass over distinct families."""
    sums, families = Sums(), Families()
    for indicator in indicators:
        sums.add(indicator)
        families.add(indicator)
    sex = SEX if view == "orang" else "0"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE sums AS SELECT area, {sex} AS breakdown, {sums.selected} "
        f"FROM {view} GROUP BY ALL"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE families AS SELECT area, family_key, {sex} AS breakdown, {families.of_a_row} "
        f"FROM {view} GROUP BY ALL"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE split_families AS SELECT family_key FROM families GROUP BY family_key "
        "HAVING count(DISTINCT area) > 1"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE spanning_families AS SELECT family_key FROM families "
        f"WHERE family_key IN (FROM split_families) GROUP BY family_key HAVING count(DISTINCT {KELURAHAN}) > 1"
    )
    both_sexes = f"UNION ALL BY NAME SELECT area, 0 AS breakdown, {sums.added} FROM sums GROUP BY area"
    families_of_both = (
        f"UNION ALL SELECT area, 0, {families.counts} FROM "
        f"(SELECT area, family_key, {families.together} FROM whole GROUP BY area, family_key) GROUP BY area"
    )
    if view != "orang":
        both_sexes = families_of_both = ""  # a family has no sex: its only breakdown is the total
    connection.execute(
        f"""
        INSERT INTO rt_cells
        WITH parts AS (FROM sums {both_sexes}),
        whole AS (SELECT * FROM families WHERE family_key NOT IN (FROM split_families)),
        counted AS (SELECT area, breakdown, {families.counts} FROM whole GROUP BY area, breakdown {families_of_both}),
        long AS (SELECT area, {_long(indicators, sums.parts, SUMS)} FROM parts),
        behind AS (SELECT area, {_long(indicators, families.parts, FAMILY)} FROM counted),
        asked AS (
            SELECT r.area, w.figure
            FROM reported AS r JOIN wanted AS w USING (indicator) WHERE w.source = '{view}' AND w.plain
        )
        SELECT a.area, a.figure, coalesce(n, 0), coalesce(d, 0), coalesce(h, 0), coalesce(w, 0), coalesce(r, 0),
               coalesce(k, 0), coalesce(u, 0)
        FROM asked AS a
        LEFT JOIN long AS l USING (area, figure)
        LEFT JOIN behind AS b USING (area, figure)
        """
    )
    _split_households(connection, view, indicators, families)


def _split_households(
    connection: duckdb.DuckDBPyConnection, view: str, indicators: list[Indicator], families: Families
) -> None:
    """Families in several RTs count once at each level, so they cannot be added up from the RTs.

    Behind numerators and rests they are left out, so that disclosure control rather sees too few families.
    """
    if not connection.execute("SELECT 1 FROM split_families LIMIT 1").fetchone():
        return
    for level, code, part, sign, those in split_counts():
        for breakdown in ("breakdown", "0") if view == "orang" else ("breakdown",):
            connection.execute(
                f"""
                INSERT INTO split_households
                WITH together AS (
                    SELECT {code} AS place, {part} AS part, family_key, {breakdown} AS kind, {families.together}
                    FROM families WHERE family_key IN (FROM {those}) GROUP BY ALL
                ),
                counted AS (SELECT place, kind AS breakdown, {families.counts} FROM together GROUP BY ALL)
                SELECT '{level}', place, figure, {sign} h FROM (
                    SELECT place, {_long(indicators, families.parts, "h")} FROM counted
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


def _tops(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> None:
    for indicator in indicators:
        connection.execute(
            f"""
            INSERT INTO rt_tops
            SELECT area, {first_figure(indicator.code)}, sum({indicator.numerator}), max({indicator.numerator}, 2)
            FROM {indicator.source} AS v SEMI JOIN reported AS r ON r.area = v.area AND r.indicator = $code
            WHERE {counted_if(indicator)} GROUP BY area
            """,
            {"code": indicator.code},
        )


def _recap_cells(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> None:
    """Count sheets speak where the RT sent no register for the indicator; a blank in either part is not reported."""
    if not connection.execute("SELECT 1 FROM rekap LIMIT 1").fetchone():
        return
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
            rest = f"({denominator}) - ({numerator})" if indicator.is_share else denominator
            connection.execute(
                f"""
                INSERT INTO rt_cells
                SELECT area, {first_figure(indicator.code) + place}, {numerator}, {denominator}, {households},
                       {_families(numerator, indicator)}, {_families(rest, indicator)}, NULL, 0
                FROM rekap
                WHERE ({numerator}) IS NOT NULL AND ({denominator}) IS NOT NULL
                  AND area NOT IN (SELECT area FROM reported
                                   WHERE indicator = '{indicator.code}' AND '{indicator.source}' <> 'rekap')
                """
            )


def _families(units: str, indicator: Indicator) -> str:
    """SQL for the fewest families that units of a count sheet may be: it says how many persons, not whose they are."""
    return units if indicator.source == "keluarga" else f"({units} + {PERSONS_A_FAMILY - 1}) // {PERSONS_A_FAMILY}"
