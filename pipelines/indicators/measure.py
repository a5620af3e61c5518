"""Stage 2: RT cells rolled up the levels, divided last. Always DuckDB; no person is seen here."""

import duckdb
import pandas as pd

from pipelines.areas import LEVELS, ancestor
from pipelines.indicators.catalogue import Indicator, catalogue, figures, first_figure
from pipelines.indicators.cells import stage_one
from pipelines.indicators.reporting import counted_if
from pipelines.inert import one_line
from pipelines.periods import Period
from pipelines.settings import Office
from pipelines.warehouse.reconcile import make_views, prepare

PLACES_AT_ONCE = 2500
MAGNITUDES = "S4"  # the sensitivity class of what few families can dominate


def measure(connection: duckdb.DuckDBPyConnection, office: Office, period: Period) -> None:
    """Make `new_cells` (temporary) with all cells of a period in the columns and the order of `cells`.

    An RT that did not report has a cell with status `m`, so that it shows. Nothing is suppressed here.
    """
    line = office.poverty_line.get(period)
    prepare(connection, period, line)
    make_views(connection, "penghuni", "orang", "keluarga", "rekap")
    _drop(connection, "penghuni")
    everything = list(catalogue().values())
    _wanted(connection, everything)
    stage_one(connection, [i for i in everything if line is not None or not i.poverty_line])
    _areas(connection, office, period)
    _dominance(connection, everything)
    _drop(connection, "orang", "keluarga", "sums", "families")
    _roll_up(connection, office.unreliable_below)


def _drop(connection: duckdb.DuckDBPyConnection, *tables: str) -> None:
    """Free what a province would not leave room beside."""
    for table in tables:
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _wanted(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> None:
    """`wanted`: a row a figure, which is an indicator in one breakdown."""
    rows = [
        (
            figures()[i.code, breakdown],
            i.code,
            breakdown,
            breakdown in i.plain,
            i.source,
            i.unit,
            float(i.scale),
            i.method,
            i.is_count,
            1e9 if i.fixed_point else 1.0,
        )
        for i in indicators
        for breakdown in i.breakdowns
    ]
    names = ["figure", "indicator", "breakdown", "plain", "source", "unit", "scale", "method", "is_count", "fixed"]
    connection.register("wanted_rows", pd.DataFrame(rows, columns=names))
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT * FROM wanted_rows")


def _areas(connection: duckdb.DuckDBPyConnection, office: Office, period: Period) -> None:
    """`places(place, depth, level, area, area_name, areas_expected)` and `tree(rt, place)` of the expected RTs.

    With a register these are its RTs, else those that the period's workbooks name.
    """
    named = connection.execute(
        "SELECT DISTINCT area FROM slices WHERE period = $1 AND closed_by IS NULL", [str(period)]
    ).fetchall()
    rts = sorted(office.register.rts() or {row[0] for row in named})
    inside: dict[tuple[int, str], list[str]] = {}
    for rt in rts:
        for depth, level in enumerate(LEVELS):
            inside.setdefault((depth, ancestor(rt, level)), []).append(rt)
    places = [
        (place, depth, LEVELS[depth], area, one_line(office.area_name(area, LEVELS[depth])), len(inside[depth, area]))
        for place, (depth, area) in enumerate(sorted(inside))
    ]
    names = ["place", "depth", "level", "area", "area_name", "areas_expected"]
    connection.register("place_rows", pd.DataFrame(places, columns=names))
    connection.execute("CREATE OR REPLACE TEMP TABLE places AS SELECT * FROM place_rows")
    tree = [(rt, place) for place, depth, _, area, *_ in places for rt in inside[depth, area]]
    connection.register("tree_rows", pd.DataFrame(tree, columns=["rt", "place"]))
    connection.execute("CREATE OR REPLACE TEMP TABLE tree AS SELECT * FROM tree_rows")


def _dominance(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> None:
    """`dominance(place, figure, top_two)`: the two largest families' part of a magnitude; an RW is never shown."""
    connection.execute("CREATE OR REPLACE TEMP TABLE dominance (place INTEGER, figure INTEGER, top_two DOUBLE)")
    for indicator in (i for i in indicators if i.sensitivity == MAGNITUDES):
        connection.execute(
            f"""
            INSERT INTO dominance
            SELECT place, {first_figure(indicator.code)}, list_sum(max(numerator, 2)) / nullif(sum(numerator), 0)
            FROM (
                SELECT area, {indicator.numerator} AS numerator
                FROM {indicator.source} AS v SEMI JOIN reported AS r ON r.area = v.area AND r.indicator = $code
                WHERE {counted_if(indicator)}
            ) AS v JOIN tree AS t ON t.rt = v.area JOIN places USING (place)
            WHERE level <> 'rw' GROUP BY place
            """,
            {"code": indicator.code},
        )


def _roll_up(connection: duckdb.DuckDBPyConnection, unreliable_below: int) -> None:
    """Some places at a time, in the order of publication: those of a province at once would fill the computer."""
    many = connection.execute("SELECT count(*) FROM places").fetchall()[0][0]
    for first in range(0, max(many, 1), PLACES_AT_ONCE):
        those = f"place >= {first} AND place < {first + PLACES_AT_ONCE}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE some_places AS FROM places WHERE {those}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE some_tree AS FROM tree WHERE {those}")
        target = "INSERT INTO new_cells" if first else "CREATE OR REPLACE TEMP TABLE new_cells AS"
        _roll_up_some(connection, target, unreliable_below)


def _roll_up_some(connection: duckdb.DuckDBPyConnection, target: str, unreliable_below: int) -> None:
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE level_bins AS
        SELECT place, figure, bin, sum(numerator)::BIGINT AS numerator, sum(denominator)::BIGINT AS denominator
        FROM rt_bins AS b JOIN some_tree AS t ON t.rt = b.area GROUP BY ALL
        """
    )
    connection.execute(
        f"""
        {target}
        WITH summed AS (
            SELECT place, figure, sum(numerator) AS numerator, sum(denominator) AS denominator,
                   CASE WHEN count(*) = count(households) THEN sum(households) END AS households,
                   count(*) AS areas_reported,
                   sum(with_part) AS with_part, sum(with_rest) AS with_rest,
                   sum(known) AS known, sum(unknown) AS unknown
            FROM rt_cells AS c JOIN some_tree AS t ON t.rt = c.area GROUP BY ALL
        ),
        split AS (
            SELECT p.place, figure, households FROM split_households AS k JOIN some_places AS p USING (level, area)
            UNION ALL
            SELECT p.place, figure, households
            FROM split_households AS k
            JOIN some_places AS p ON starts_with(k.area, p.area || '.') AND p.level IN ('kecamatan', 'kabupaten')
            WHERE k.level = 'kelurahan'
        ),
        split_sums AS (SELECT place, figure, sum(households) AS extra FROM split GROUP BY ALL),
        medians AS ({MEDIAN}),
        expectancies AS ({SUM_OF_RATIOS}),
        ginis AS ({GINI}),
        exact AS (FROM medians UNION ALL FROM expectancies UNION ALL FROM ginis),
        turns AS (SELECT *, row_number() OVER (ORDER BY figure) AS in_turn, count(*) OVER () AS figures FROM wanted),
        figures AS (
            SELECT p.place * figures + in_turn AS sort, p.level, p.area, p.area_name, w.*,
                   p.areas_expected, s.areas_reported,
                   s.numerator / w.fixed AS num, s.denominator AS den,
                   s.households + coalesce(x.extra, 0) AS households, e.value AS exact_value,
                   -- what the figure rests on: units of the denominator, or of the distribution
                   CASE WHEN w.method = 'median' THEN s.numerator ELSE s.denominator END AS units,
                   s.with_part, s.with_rest, s.known, s.unknown, d.top_two
            FROM some_places AS p CROSS JOIN turns AS w
            LEFT JOIN summed AS s USING (place, figure)
            LEFT JOIN split_sums AS x USING (place, figure)
            LEFT JOIN exact AS e USING (place, figure)
            LEFT JOIN dominance AS d USING (place, figure)
        )
        SELECT (SELECT period FROM parameter) AS period, level, area, area_name, indicator, breakdown,
               CASE WHEN method = 'ratio' THEN num END AS numerator,
               CASE WHEN method = 'ratio' AND NOT is_count THEN den END AS denominator,
               CASE WHEN areas_reported IS NULL THEN NULL
                    WHEN is_count THEN num
                    WHEN method <> 'ratio' THEN exact_value * scale
                    WHEN den > 0 THEN scale * num / den END AS value,
               unit,
               households,
               coalesce(areas_reported, 0) AS areas_reported,
               areas_expected,
               CASE WHEN areas_reported IS NULL THEN 'm'
                    WHEN is_count THEN 'ok'
                    WHEN units = 0 OR (method <> 'ratio' AND exact_value IS NULL) THEN 'z'
                    WHEN units < {unreliable_below} THEN 'u'
                    ELSE 'ok' END AS status,
               sort, with_part, with_rest, known, unknown, top_two
        FROM figures
        ORDER BY sort
        """
    )


# Grouped-data median over single years of age: lower bound + (N/2 - F)/f of the class in which N/2 falls.
MEDIAN = """
    SELECT place, figure, min_by(bin + (half - before) / here, bin) AS value FROM (
        SELECT b.place, b.figure, bin, b.numerator AS here,
               sum(b.numerator) OVER whole / 2.0 AS half,
               sum(b.numerator) OVER upto - b.numerator AS before
        FROM level_bins AS b JOIN wanted AS w USING (figure)
        WHERE w.method = 'median' AND b.numerator > 0
        WINDOW whole AS (PARTITION BY b.place, b.figure),
               upto AS (PARTITION BY b.place, b.figure ORDER BY bin)
    ) WHERE before + here >= half GROUP BY ALL
"""

# Sum over ages of E_a / P_a; an age that nobody has adds nothing.
SUM_OF_RATIOS = """
    SELECT place, figure, sum(numerator / denominator ORDER BY bin) AS value
    FROM level_bins JOIN wanted AS w USING (figure)
    WHERE w.method = 'sum_of_ratios' AND denominator > 0 GROUP BY ALL
"""

# G = 2 sum(i x_i) / (n sum x) - (n + 1) / n, persons ranked by per-capita expenditure; a family's n_j persons share
# x_j, so their ranks add up to n_j * before + n_j (n_j + 1) / 2. `numerator` is the family's expenditure n_j x_j.
GINI = """
    SELECT place, figure,
           CASE WHEN sum(spent) > 0 THEN
               2 * sum(spent * (before + (people + 1) / 2.0) ORDER BY bin) / (sum(people) * sum(spent))
               - (sum(people) + 1) / sum(people) END AS value
    FROM (
        SELECT b.place, b.figure, bin, b.numerator::DOUBLE AS spent,
               b.denominator::DOUBLE AS people,
               (sum(b.denominator) OVER (PARTITION BY b.place, b.figure ORDER BY bin)
                - b.denominator)::DOUBLE AS before
        FROM level_bins AS b JOIN wanted AS w USING (figure)
        WHERE w.method = 'gini'
    ) GROUP BY ALL
"""
