"""Distributions: an indicator's numerator split by the codes of its dimensions, in stage 1.

One GROUP BY area, family and code a column, long: a dimension costs a pass however many codes it has. The parts stand
over the whole denominator, so that they add up to the total; it and the families behind it are the total's.
"""

from itertools import groupby

import duckdb
import pandas as pd

from pipelines.indicators.catalogue import Indicator, figures
from pipelines.indicators.dimensions import UNKNOWN, Dimension
from pipelines.indicators.reporting import counted_if

KELURAHAN = "left(area, 13)"
PLACES = (("rt", "area"), ("rw", "regexp_replace(area, '-[^-]*$', '')"), ("kelurahan", KELURAHAN))
# Here only families of several kelurahan are counted, less what each of these has counted already.
ABOVE = (("kecamatan", "left(area, 8)"), ("kabupaten", "left(area, 5)"))


def split_counts() -> list[tuple[str, str, str, str, str]]:
    """How families in several RTs are counted: (level, SQL of the place, of the part of it, sign, which families).

    A family counts once in each part of a place that it lives in.
    """
    within = [(level, code, code, "+", "split_families") for level, code in PLACES]
    once = [(level, code, code, "+", "spanning_families") for level, code in ABOVE]
    already = [(level, code, KELURAHAN, "-", "spanning_families") for level, code in ABOVE]
    return within + once + already


def distribute(connection: duckdb.DuckDBPyConnection, view: str, indicators: list[Indicator]) -> None:
    """Add the cells of every distribution of a view to `rt_cells` and `split_households`.

    Needs the plain figures' cells of the RTs that reported by register, and the split families, of the same view.
    """
    for indicator in indicators:
        if indicator.denominator:
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE wholes AS SELECT area, family_key, sum({indicator.denominator}) AS d "
                f"FROM {view} WHERE {counted_if(indicator)} GROUP BY ALL"
            )
        by_column = sorted(indicator.dimensions, key=lambda dimension: dimension.column)
        for _, alike in groupby(by_column, key=lambda dimension: dimension.column):
            dimensions = list(alike)
            _pieces(connection, view, indicator, dimensions[0], any(d.sex for d in dimensions))
            for dimension in dimensions:
                _cells(connection, indicator, dimension)
                _split_households(connection, indicator, dimension)


def _pieces(
    connection: duckdb.DuckDBPyConnection, view: str, indicator: Indicator, dimension: Dimension, sexed: bool
) -> None:
    """`pieces(area, family_key, sex, code, n)`: what each family adds to the numerator of each code."""
    values = pd.DataFrame(dimension.values.items(), columns=["value", "code"])
    places = {code: place for place, code in enumerate(dimension.codes)}
    values["code"] = values["code"].map(places)
    unknown, otherwise = places.get(UNKNOWN), places.get(dimension.otherwise or "")
    connection.register("code_values", values)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE pieces AS
        SELECT area, family_key, {"jenis" if sexed else "NULL"} AS sex, code, sum(n) AS n FROM (
            SELECT v.area, v.family_key, {"v.jenis," if sexed else ""} {indicator.numerator} AS n,
                   CASE WHEN v.{dimension.column} IS NULL THEN {"NULL" if unknown is None else unknown}
                        ELSE coalesce(c.code, {"NULL" if otherwise is None else otherwise}) END AS code
            FROM {view} AS v LEFT JOIN code_values AS c ON c.value = CAST(v.{dimension.column} AS VARCHAR)
            WHERE {counted_if(indicator)} AND ({indicator.numerator}) <> 0
        ) GROUP BY ALL
        """
    )
    if connection.execute("SELECT 1 FROM pieces WHERE code IS NULL LIMIT 1").fetchone():
        raise ValueError(f"{indicator.code}: a counted row has no code of {dimension.name}")


def _cells(connection: duckdb.DuckDBPyConnection, indicator: Indicator, dimension: Dimension) -> None:
    """A cell a code wherever the RT reported the whole, zero included."""
    first = figures()[indicator.code, dimension.breakdowns[0]]
    of_sex = f"sex = '{dimension.sex}'" if dimension.sex else "TRUE"
    # Who has no code lacks the attribute; of a share nobody who is counted does.
    unknown = list(dimension.codes).index(UNKNOWN) if UNKNOWN in dimension.codes else -1
    whole = "n = d" if indicator.denominator else "FALSE"
    wholes = "LEFT JOIN wholes USING (area, family_key)" if indicator.denominator else ""
    households = "households" if indicator.denominator else "coalesce(families, 0)"
    rest = "households - coalesce(entire, 0)" if indicator.denominator else "0"
    connection.execute(
        f"""
        INSERT INTO rt_cells
        WITH families AS (
            SELECT area, family_key, code, sum(n) AS n FROM pieces WHERE {of_sex} GROUP BY ALL
        ),
        own AS (
            SELECT area, code, sum(n) AS n, count(*) FILTER (k.family_key IS NULL) AS families,
                   count(*) FILTER (k.family_key IS NULL AND {whole}) AS entire
            FROM families {wholes} LEFT JOIN split_families AS k USING (family_key) GROUP BY ALL
        ),
        nameless AS (SELECT area, n AS nobody FROM own WHERE code = {unknown})
        SELECT area, $first + code, coalesce(n, 0), denominator, {households}, coalesce(families, 0),
               {rest}, known - coalesce(nobody, 0), unknown + coalesce(nobody, 0)
        FROM (SELECT *, unnest(range($many)) AS code FROM rt_cells WHERE figure = $whole)
        LEFT JOIN own USING (area, code) LEFT JOIN nameless USING (area)
        """,
        {
            "first": first,
            "many": len(dimension.codes),
            "whole": figures()[indicator.code, dimension.whole],
        },
    )


def _split_households(connection: duckdb.DuckDBPyConnection, indicator: Indicator, dimension: Dimension) -> None:
    """Families in several RTs count once at each level: behind a share's parts they are those of its total."""
    if not connection.execute("SELECT 1 FROM split_families LIMIT 1").fetchone():
        return
    first, many = figures()[indicator.code, dimension.breakdowns[0]], len(dimension.codes)
    if indicator.denominator:
        connection.execute(
            "INSERT INTO split_households SELECT level, area, $first + unnest(range($many)), households "
            "FROM split_households WHERE figure = $whole",
            {"first": first, "many": many, "whole": figures()[indicator.code, dimension.whole]},
        )
        return
    of_sex = f"sex = '{dimension.sex}'" if dimension.sex else "TRUE"
    for level, code, part, sign, those in split_counts():
        connection.execute(
            f"""
            INSERT INTO split_households
            SELECT '{level}', {code} AS place, $first + code, {sign} count(DISTINCT ({part}, family_key))
            FROM pieces SEMI JOIN {those} USING (family_key) WHERE {of_sex} GROUP BY ALL
            """,
            {"first": first},
        )
