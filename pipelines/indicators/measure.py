"""Stage 2: RT cells rolled up the levels, divided last. Always DuckDB; no person is seen here."""

import duckdb
import pandas as pd

from pipelines.indicators import stored
from pipelines.indicators.catalogue import Indicator, catalogue, figures
from pipelines.indicators.cells import stage_one
from pipelines.indicators.derived import derive
from pipelines.indicators.places import Place, places
from pipelines.periods import Period
from pipelines.settings import Office
from pipelines.warehouse.reconcile import make_views, prepare

PLACES_AT_ONCE = 2500


def measure(connection: duckdb.DuckDBPyConnection, office: Office, period: Period) -> None:
    """Make `new_cells` (temporary) with the cells of a period in the columns and the order of `cells`.

    An RT that did not report has a cell with status `m`, so that it shows. Nothing is suppressed here.
    """
    count(connection, office, period)
    roll_up(connection, office, "new_cells")


def count(connection: duckdb.DuckDBPyConnection, office: Office, period: Period, among: set[str] | None = None) -> None:
    """All that `roll_up` needs: stage 1, and the places whose cells follow from it.

    `among` are the RTs that are counted anew, where the others stand in the stored stage 1.
    """
    line = office.poverty_line.get(period)
    prepare(connection, period, line, among=among)
    make_views(connection, "penghuni", "orang", "keluarga", "rekap")
    _drop(connection, "penghuni")
    everything = list(catalogue().values())
    _wanted(connection, everything)
    counted = [i for i in everything if not i.is_derived]
    stage_one(connection, [i for i in counted if line is not None or not i.poverty_line])
    _drop(connection, "orang", "keluarga", "sums", "families")
    stored.complete(connection, period, among)
    _places(connection, places(connection, office, period), among)
    _dominance(connection)
    derive(connection, office.register.at(period), period, office.unreliable_below)


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


def _places(connection: duckdb.DuckDBPyConnection, expected: list[Place], among: set[str] | None) -> None:
    """`places` and `tree(rt, place, alone)` of the places in which one of the RTs lies, or of all, numbered as all are.

    `alone`: the place is this RT.
    """
    made = [(p, rts) for p, rts in expected if among is None or not among.isdisjoint(rts)]
    names = ["place", "depth", "level", "area", "area_name", "areas_expected"]
    connection.register("place_rows", pd.DataFrame([place for place, _ in made], columns=names))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE places "
        "(place INTEGER, depth INTEGER, level VARCHAR, area VARCHAR, area_name VARCHAR, areas_expected BIGINT)"
    )
    connection.execute("INSERT INTO places SELECT * FROM place_rows")
    tree = [(rt, place, depth == 0) for (place, depth, *_), rts in made for rt in rts]
    connection.register("tree_rows", pd.DataFrame(tree, columns=["rt", "place", "alone"]))
    connection.execute("CREATE OR REPLACE TEMP TABLE tree (rt VARCHAR, place INTEGER, alone BOOLEAN)")
    connection.execute("INSERT INTO tree SELECT * FROM tree_rows")


def _dominance(connection: duckdb.DuckDBPyConnection) -> None:
    """`dominance(place, figure, top_two)`: the two largest families' part of a magnitude; an RW is never shown."""
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE dominance AS
        SELECT place, figure,
               list_sum(list_reverse_sort(flatten(list(largest)))[1:2]) / nullif(sum(whole), 0) AS top_two
        FROM every_top AS c JOIN tree AS t ON t.rt = c.area JOIN places USING (place)
        WHERE level <> 'rw' GROUP BY place, figure
        """
    )


def roll_up(connection: duckdb.DuckDBPyConnection, office: Office, into: str) -> None:
    """Enter the cells `into` a table; `new_cells` is made for them, temporarily.

    Some places at a time, in the order of publication: those of a province at once would fill the computer.
    """
    numbers = [row[0] for row in connection.execute("SELECT place FROM places ORDER BY place").fetchall()]
    for first in range(0, max(len(numbers), 1), PLACES_AT_ONCE):
        some = numbers[first : first + PLACES_AT_ONCE] or [0]
        those = f"place BETWEEN {some[0]} AND {some[-1]}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE some_places AS FROM places WHERE {those}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE some_tree AS FROM tree WHERE {those}")
        anew = into == "new_cells" and not first
        target = "CREATE OR REPLACE TEMP TABLE new_cells AS" if anew else f"INSERT INTO {into}"
        _roll_up_some(connection, target, office.unreliable_below)


def _roll_up_some(connection: duckdb.DuckDBPyConnection, target: str, unreliable_below: int) -> None:
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE level_bins AS
        SELECT place, figure, bin, sum(numerator)::BIGINT AS numerator, sum(denominator)::BIGINT AS denominator
        FROM every_bin AS b JOIN some_tree AS t ON t.rt = b.area WHERE NOT alone GROUP BY ALL
        UNION ALL
        SELECT place, figure, bin, numerator, denominator
        FROM every_bin AS b JOIN some_tree AS t ON t.rt = b.area WHERE alone
        """
    )
    connection.execute(
        f"""
        {target}
        WITH summed AS (
            SELECT place, figure, sum(numerator)::BIGINT AS numerator, sum(denominator)::BIGINT AS denominator,
                   CASE WHEN count(*) = count(households) THEN sum(households)::BIGINT END AS households,
                   count(*) AS areas_reported,
                   sum(with_part)::BIGINT AS with_part, sum(with_rest)::BIGINT AS with_rest,
                   sum(known)::BIGINT AS known, sum(unknown)::BIGINT AS unknown
            FROM every_cell AS c JOIN some_tree AS t ON t.rt = c.area WHERE NOT alone GROUP BY ALL
            UNION ALL  -- an RT is its own sum: most places are RTs
            SELECT place, figure, numerator, denominator, households, 1, with_part, with_rest, known, unknown
            FROM every_cell AS c JOIN some_tree AS t ON t.rt = c.area WHERE alone
        ),
        split AS (
            SELECT p.place, figure, households FROM every_split AS k JOIN some_places AS p USING (level, area)
            UNION ALL
            SELECT p.place, figure, households
            FROM every_split AS k
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
                   p.areas_expected, coalesce(m.rts, s.areas_reported) AS areas_reported, m.status AS made,
                   coalesce(m.numerator, s.numerator / w.fixed) AS num, coalesce(m.denominator, s.denominator) AS den,
                   s.households + coalesce(x.extra, 0) AS households, e.value AS exact_value,
                   -- what the figure rests on: units of the denominator, or of the distribution
                   CASE WHEN w.method = 'median' THEN s.numerator ELSE s.denominator END AS units,
                   s.with_part, s.with_rest, s.known, s.unknown, d.top_two
            FROM some_places AS p CROSS JOIN turns AS w
            LEFT JOIN summed AS s USING (place, figure)
            LEFT JOIN split_sums AS x USING (place, figure)
            LEFT JOIN exact AS e USING (place, figure)
            LEFT JOIN derived_cells AS m USING (place, figure)
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
                    WHEN made IS NOT NULL THEN made
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
