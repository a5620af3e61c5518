"""Rules across workbooks (`schemas/reconcile.toml`), applied to one period after every load.

What they find is committed after the rows that they set aside; whoever is interrupted between reconciles again.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from string import Template

import duckdb

from pipelines.areas import ancestor, default_name
from pipelines.opening import transaction
from pipelines.periods import Period
from pipelines.warehouse.identities import NAME, identifying, named
from pipelines.warehouse.ikm import index
from pipelines.warehouse.losses import warn_of_losses, warn_of_missing_rts
from schemas import datasets
from schemas.dataset import SCHEMAS, rules

# What each stage's rules may look at, made just before they run.
STAGES: dict[str, tuple[str, ...]] = {"rows": (), "residents": ("penghuni",), "people": ("orang", "keluarga")}


@dataclass(frozen=True)
class AcrossRule:
    """One entry of `reconcile.toml`."""

    code: str
    dataset: str
    column: str
    stage: str
    query: str


@cache
def across_rules() -> tuple[AcrossRule, ...]:
    """The declared rules in order."""
    entries = tomllib.loads((SCHEMAS / "reconcile.toml").read_text(encoding="utf-8"))["rule"]
    return tuple(AcrossRule(**entry) for entry in entries)


@cache
def view(name: str) -> str:
    """The SQL of `schemas/views/<name>.sql`, with the score of the multidimensional index written in."""
    text = Template((SCHEMAS / "views" / f"{name}.sql").read_text(encoding="utf-8"))
    score = {"ikm_skor": index().score, "ikm_ambang": index().least, "ikm_penuh": index().whole}
    return text.substitute(score)


def prepare(
    connection: duckdb.DuckDBPyConnection,
    period: Period,
    poverty_line: Decimal | None,
    alone: bool = False,
    among: set[str] | None = None,
) -> None:
    """Make `parameter`, `open_slices` and `current_<dataset>` for one period, of all RTs or `among` some.

    `alone`: a single file is judged, its RT unseen.
    """
    line = None if poverty_line is None else int(poverty_line * 100)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE parameter AS SELECT $period AS period, $day::DATE AS reference_date, "
        "$line::BIGINT AS poverty_line_sen, $alone::BOOLEAN AS alone",
        {"period": str(period), "day": period.reference_date, "line": line, "alone": alone},
    )
    chosen = "CREATE OR REPLACE TEMP TABLE among AS SELECT unnest($1::VARCHAR[]) AS area"
    connection.execute(chosen, [sorted(among or ())])
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE open_slices AS
        SELECT * FROM slices
        WHERE period = $period AND closed_by IS NULL {"" if among is None else "AND area IN (FROM among)"}
        """,
        {"period": str(period)},
    )
    for name in datasets():
        connection.execute(
            f"""
            CREATE OR REPLACE TEMP VIEW current_{name} AS
            SELECT t.* FROM {name} AS t
            JOIN open_slices AS s ON s.dataset = '{name}' AND s.receipt = t.receipt AND s.area = t.area
            WHERE t.set_aside IS NULL AND t.period = (SELECT period FROM parameter)
            """
        )


def rt_name(area: str, near: str) -> str:
    """The name of an RT, with its kelurahan where that is not the one of the row spoken of."""
    kelurahan = ancestor(area, "kelurahan")
    return default_name(area, "rt") + ("" if near.startswith(kelurahan) else f" kelurahan {kelurahan}")


@contextmanager
def _functions(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What the rules may call. The database, not its file, knows it: a second one would be refused."""
    connection.create_function("nama_rt", rt_name)
    try:
        yield
    finally:
        connection.remove_function("nama_rt")


def make_views(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Make the named views of `schemas/views` as temporary tables of the prepared period, in order."""
    for name in names:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {view(name)}")


def reconcile(
    connection: duckdb.DuckDBPyConnection,
    period: Period,
    poverty_line: Decimal | None,
    alone: bool = False,
    among: set[str] | None = None,
) -> None:
    """Apply every rule anew to the current rows of the period: of all RTs, or `among` some that share with no other."""
    of_them = "" if among is None else "AND area IN (FROM among)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE found AS FROM {NAME}.findings LIMIT 0")
    with _functions(connection), transaction(connection):
        prepare(connection, period, poverty_line, alone, among)
        for name in dict.fromkeys(rule.dataset for rule in across_rules() if rules()[rule.code].severity == "error"):
            connection.execute(
                f"UPDATE {name} SET set_aside = NULL WHERE set_aside IS NOT NULL AND period = $1 {of_them}",
                [str(period)],
            )
        _replacements(connection, period)
        warn_of_losses(connection, str(period), among)
        sent = connection.execute("SELECT DISTINCT dataset FROM open_slices WHERE accepted > 0").fetchall()
        filled = {name for (name,) in sent}
        due = [rule for rule in across_rules() if rule.dataset in filled]
        needed = _needed(due)
        for stage, views in STAGES.items():
            make_views(connection, *(name for name in views if name in needed))
            for rule in due:
                if rule.stage == stage:
                    _apply(connection, period, rule)
        warn_of_missing_rts(connection, str(period))
    judged = "" if among is None else "AND (area IS NULL OR area IN (FROM among))"
    with transaction(connection):
        connection.execute(
            f"DELETE FROM {NAME}.findings WHERE stage = 'reconcile' AND period = $1 {judged}", [str(period)]
        )
        connection.execute(f"INSERT INTO {NAME}.findings FROM found")


def _needed(due: list[AcrossRule]) -> list[str]:
    """The views up to the last one that a rule names; each may look at those before it."""
    views = [name for names in STAGES.values() for name in names]
    named = [place for place, name in enumerate(views, 1) if any(re.search(rf"\b{name}\b", r.query) for r in due)]
    return views[: max(named, default=0)]


def _apply(connection: duckdb.DuckDBPyConnection, period: Period, rule: AcrossRule) -> None:
    entry = rules()[rule.code]
    dataset = datasets()[rule.dataset]
    label = dataset.columns()[rule.column].label
    rows = named(dataset) if rule.column in identifying(dataset) else rule.dataset
    if connection.execute(f"CREATE OR REPLACE TEMP TABLE broken AS {rule.query}").fetchall() == [(0,)]:
        return
    sentence = entry.sentence.replace("{label}", label)
    connection.execute(
        f"""
        INSERT INTO found
        SELECT b.receipt, $period, 'reconcile', $dataset, t.area, n.name, b."row",
               concat(coalesce(s.columns ->> $column, 'A'), b."row"), $label, $code, $severity,
               coalesce(CAST(t."{rule.column}" AS VARCHAR), ''), replace($sentence, '{{detail}}', b.detail)
        FROM broken AS b
        JOIN {rows} AS t ON t.receipt = b.receipt AND t.sheet = b.sheet AND t."row" = b."row"
        JOIN sheets AS s ON s.receipt = b.receipt AND s.sheet = b.sheet AND s.dataset = $dataset
        JOIN {NAME}.sheet_names AS n ON n.receipt = b.receipt AND n.sheet = b.sheet AND n.dataset = $dataset
        ORDER BY b.receipt, b.sheet, b."row"
        """,
        {
            "period": str(period),
            "dataset": rule.dataset,
            "column": rule.column,
            "label": label,
            "code": rule.code,
            "severity": entry.severity,
            "sentence": sentence,
        },
    )
    if entry.severity == "error":
        connection.execute(
            f"""
            UPDATE {rule.dataset} SET set_aside = $code FROM broken AS b
            WHERE {rule.dataset}.receipt = b.receipt AND {rule.dataset}.sheet = b.sheet
              AND {rule.dataset}."row" = b."row"
            """,
            {"code": rule.code},
        )


def _replacements(connection: duckdb.DuckDBPyConnection, period: Period) -> None:
    """A finding that names both workbooks where one replaced the other for the same RT and dataset."""
    rows = connection.execute(
        f"""
        SELECT later.receipt, s.dataset, s.area, earlier.path, later.path
        FROM slices AS s
        JOIN {NAME}.files AS earlier ON earlier.receipt = s.receipt
        JOIN {NAME}.files AS later ON later.receipt = s.closed_by
        JOIN open_slices AS winner
          ON winner.receipt = s.closed_by AND winner.dataset = s.dataset AND winner.area = s.area
        WHERE s.period = $1 AND earlier.path <> later.path
        ORDER BY ALL
        """,
        [str(period)],
    ).fetchall()
    entry = rules()["FILE05"]
    for receipt, dataset, area, earlier, later in rows:
        title = datasets()[dataset].about().title
        message = entry.sentence.format(detail=f"{title} {default_name(area, 'rt')} ada di '{earlier}' dan '{later}'")
        connection.execute(
            "INSERT INTO found VALUES ($1, $2, 'reconcile', $3, $4, '', 0, '', '', 'FILE05', $5, '', $6)",
            [receipt, str(period), dataset, area, entry.severity, message],
        )
