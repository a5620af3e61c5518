"""The tables of the book as `schemas/tables/*.toml` declare them: flat entries, checked when they are read."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.indicators.catalogue import catalogue
from schemas.dataset import SCHEMAS

AREAS, INDICATORS, PERIODS = "areas", "indicators", "periods"  # rows that are no dimension of a breakdown
LEVELS = ("rt", "rw", "kelurahan")
CHARTS = ("pyramid", "column", "bar", "line", "pie")
LISTS = ("indicators", "labels", "notes")
LONGEST_TITLE = 66  # letters that print on one line
NUMBER = re.compile(r"\d+\.\d+")


class Misdeclared(ValueError):
    """A table that cannot be made as it is declared: a fault of the declaration, not of an office."""


@dataclass(frozen=True)
class Heading:
    """One column of figures: an indicator, and of it the total, a sex or, where rows are categories, a dimension.

    `spread` names a dimension whose every category becomes a column of its own. In a table whose rows are indicators
    a column says no indicator, and in one of categories `breakdown` may be a dimension: its category is the row's.
    """

    name: str
    title: str
    indicator: str = ""
    breakdown: str = "total"
    spread: str = ""


SEXES = (
    Heading("laki_laki", "Laki-laki", breakdown="L"),
    Heading("perempuan", "Perempuan", breakdown="P"),
    Heading("total", "Jumlah"),
)  # the columns of a table that declares none


@dataclass(frozen=True)
class Chart:
    """A chart of a table's own cells: `series` are names of its columns, `rows` the indicators shown, all if none.

    With `across` those columns, which stand side by side, are one series: parts of the widest area of a table of areas.
    """

    kind: str
    title: str
    series: tuple[str, ...]
    rows: tuple[str, ...] = ()
    unit: str = ""
    across: bool = False


@dataclass(frozen=True)
class Table:
    """One table. `rows` is areas, indicators, periods or a dimension of breakdowns; `key` names it for programs.

    `level` is the lowest level of areas shown, `row` heads the column of rows, `labels` are shorter names of its
    indicators.
    """

    key: str
    number: str
    title: str
    chapter: str
    unit: str
    universe: str
    rows: str
    row: str
    columns: tuple[Heading, ...]
    level: str = "kelurahan"
    indicators: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    method: str = ""
    notes: tuple[str, ...] = ()
    chart: Chart | None = field(default=None)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every indicator of the table, in order."""
        return tuple(dict.fromkeys([*self.indicators, *(c.indicator for c in self.columns if c.indicator)]))

    @property
    def dimension(self) -> str:
        """The dimension that its rows are categories of; empty where they are none."""
        return "" if self.rows in (AREAS, INDICATORS, PERIODS) else self.rows


@cache
def tables() -> tuple[Table, ...]:
    """Every declared table in the order of its number. Raises Misdeclared for one that cannot be made."""
    return read_tables(SCHEMAS / "tables")


def read_tables(folder: Path) -> tuple[Table, ...]:
    """The tables that a folder declares. Raises Misdeclared, naming the table, for one that cannot be made."""
    found = [
        _table(key, chapter, entry)
        for path in sorted(folder.glob("*.toml"))
        for chapter, entries in tomllib.loads(path.read_text(encoding="utf-8")).items()
        for key, entry in entries.items()
    ]
    for name in ("key", "number"):
        told = [getattr(table, name) for table in found]
        if twice := {one for one in told if told.count(one) > 1}:
            raise Misdeclared(f"two tables have the {name} {min(twice)}")
    return tuple(sorted(found, key=lambda table: tuple(map(int, table.number.split(".")))))


def _table(key: str, chapter: str, entry: Mapping[str, Any]) -> Table:
    try:
        said: dict[str, Any] = {name: value for name, value in entry.items() if name not in ("columns", "chart")}
        said |= {name: tuple(said.get(name, ())) for name in LISTS}
        columns = tuple(Heading(**column) for column in entry["columns"]) if "columns" in entry else SEXES
        chart = _chart(entry["chart"]) if "chart" in entry else None
        table = Table(key=key, chapter=chapter, columns=columns, chart=chart, **said)
    except (KeyError, TypeError) as error:
        raise Misdeclared(f"table {key}: {error}") from error
    for fault in _faults(table):
        raise Misdeclared(f"table {key}: {fault}")
    return table


def _chart(entry: Mapping[str, Any]) -> Chart:
    return Chart(**{**entry, "series": tuple(entry["series"]), "rows": tuple(entry.get("rows", ()))})


def _faults(table: Table) -> list[str]:
    """What is wrong with a table, if anything."""
    names = [column.name for column in table.columns]
    said = [not column.indicator for column in table.columns]
    return [
        *(f"unknown indicator {code}" for code in table.codes if code not in catalogue()),
        *(f"{code} is not split by {split}" for code, split in _splits(table) if not _is_split(code, split)),
        *(["its number is not like 2.1"] if not NUMBER.fullmatch(table.number) else []),
        *(["its title is too long for a line"] if len(table.title) > LONGEST_TITLE else []),
        *([f"unknown level {table.level}"] if table.level not in LEVELS else []),
        *(["rows of indicators need a list of them"] if (table.rows == INDICATORS) != bool(table.indicators) else []),
        *(["as many labels as indicators, or none"] if len(table.labels) not in (0, len(table.indicators)) else []),
        *(["a column without indicator"] if table.rows != INDICATORS and any(said) else []),
        *(["an indicator both in a row and in a column"] if table.rows == INDICATORS and not all(said) else []),
        *(["two columns of one name"] if len(set(names)) < len(names) else []),
        *(_chart_faults(table, table.chart) if table.chart else []),
    ]


def _splits(table: Table) -> list[tuple[str, str]]:
    """Each indicator with a dimension that the table splits it by."""
    splits = [(column.indicator, column.spread) for column in table.columns if column.spread]
    if table.dimension:
        splits += [(column.indicator, column.breakdown) for column in table.columns]
    return splits


def _is_split(code: str, split: str) -> bool:
    return code in catalogue() and split in catalogue()[code].by


def _chart_faults(table: Table, chart: Chart) -> list[str]:
    names = {column.name for column in table.columns}
    mixed = table.rows == AREAS and table.level == "rt"
    return [
        *(["RT and RW do not stand in one chart"] if mixed and not chart.across else []),
        *(["only areas are charted across"] if chart.across and table.rows != AREAS else []),
        *([f"unknown kind of chart {chart.kind}"] if chart.kind not in CHARTS else []),
        *(f"its chart shows no column {name}" for name in chart.series if name not in names),
        *(f"its chart shows no row {code}" for code in chart.rows if code not in table.indicators),
        *(["a pyramid has two series"] if chart.kind == "pyramid" and len(chart.series) != 2 else []),
    ]
