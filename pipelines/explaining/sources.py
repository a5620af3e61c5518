"""The rows and cells behind a figure. Places only: no NIK, no name, no KK number leaves the warehouse here."""

from dataclasses import dataclass, field

import duckdb

from pipelines.explaining.asked import Asked
from pipelines.explaining.places import Sheets, ranges
from pipelines.explaining.reading import reads
from pipelines.explaining.trace import recap_parts, units
from pipelines.indicators.lineage import Column, named
from schemas import datasets

BASE = {"orang": "penduduk", "keluarga": "kesejahteraan"}  # the dataset of which a view's row is a row


@dataclass(frozen=True)
class Part:
    """What a sheet gave to one part of a figure: so many rows, which add up to so much, and which they are."""

    rows: int
    amount: float | int
    where: str


@dataclass(frozen=True)
class Source:
    """A sheet whose rows are counted (with its parts), or one that was only looked up (its rows)."""

    file: str
    sheet: str
    dataset: str
    columns: dict[str, str]
    numerator: Part | None = None
    denominator: Part | None = None
    looked_up: Part | None = None


@dataclass(frozen=True)
class RecapCell:
    """One cell of a count sheet."""

    file: str
    sheet: str
    dataset: str
    cell: str
    label: str
    area: str
    value: int


@dataclass(frozen=True)
class Sources:
    """All that a figure was made of."""

    counted: list[Source] = field(default_factory=list)
    looked_up: list[Source] = field(default_factory=list)
    cells: list[RecapCell] = field(default_factory=list)


def sources(connection: duckdb.DuckDBPyConnection, asked: Asked, all_sheets: Sheets) -> Sources:
    """What stands behind `traced` and `recapped`."""
    cells = _cells(connection, asked, all_sheets)
    if asked.entry.source == "rekap":
        return Sources(cells=cells)
    columns = reads(asked.entry, asked.breakdown)
    counted = _counted(connection, asked, all_sheets, columns)
    return Sources(counted, _looked_up(connection, asked, all_sheets, columns), cells)


def _of(dataset: str, columns: set[Column]) -> list[str]:
    return [column for of, column in sorted(columns) if of == dataset]


def _counted(
    connection: duckdb.DuckDBPyConnection, asked: Asked, all_sheets: Sheets, columns: set[Column]
) -> list[Source]:
    base, entry = BASE[asked.entry.source], asked.entry
    rows = connection.execute(
        """
        SELECT receipt, sheet, list("row") FILTER (n <> 0), coalesce(sum(n), 0)::HUGEINT,
               list("row") FILTER (d <> 0), coalesce(sum(d), 0)::HUGEINT
        FROM traced WHERE counted GROUP BY receipt, sheet ORDER BY receipt, sheet
        """
    ).fetchall()
    found = []
    for receipt, number, above, numerator, below, denominator in rows:
        at = all_sheets[receipt, number, base]
        part = Part(len(above or ()), units(entry, int(numerator)), ranges(above or ()))
        under = None if entry.denominator is None else Part(len(below or ()), int(denominator), ranges(below or ()))
        found.append(Source(at.file, at.sheet, base, at.labelled(_of(base, columns)), part, under))
    return sorted(found, key=lambda s: (s.file, s.sheet))


def looked_up_rows(asked: Asked, columns: set[Column]) -> dict[str, str]:
    """Dataset -> a query of (receipt, sheet, row): rows of other datasets that decided how a row was counted."""
    base = BASE[asked.entry.source]
    others = {dataset for dataset, _ in columns} - {base}
    queries: dict[str, str] = {}
    people = """SELECT p.* FROM penduduk AS p JOIN traced AS t ON t.receipt = p.receipt AND t.sheet = p.sheet
                AND t."row" = p."row" WHERE t.counted"""
    if base != "penduduk":
        # The head says where a family is counted; its other members matter where the figure reads something of them.
        who = "TRUE" if others else "p.wakil"
        people = f"""SELECT p.* FROM penghuni AS p SEMI JOIN traced AS t
                     ON t.family_key = p.family_key AND t.counted WHERE {who}"""
        queries["penduduk"] = people
    for other in sorted(others - {"penduduk"}):
        key = datasets()[other].key()
        queries[other] = f"SELECT o.* FROM current_{other} AS o SEMI JOIN ({people}) AS p ON p.{key} = o.{key}"
    return queries


def _looked_up(
    connection: duckdb.DuckDBPyConnection, asked: Asked, all_sheets: Sheets, columns: set[Column]
) -> list[Source]:
    found = []
    for dataset, query in looked_up_rows(asked, columns).items():
        keys = {datasets()[dataset].about().identity} | ({"no_kk"} if dataset == "penduduk" else set())
        read = [*_of(dataset, columns), *(keys if dataset != "penduduk" else {"no_kk", "hubungan_keluarga"})]
        rows = connection.execute(
            f'SELECT receipt, sheet, list("row") FROM ({query}) GROUP BY receipt, sheet ORDER BY receipt, sheet'
        ).fetchall()
        for receipt, number, numbers in rows:
            at = all_sheets[receipt, number, dataset]
            part = Part(len(numbers), len(numbers), ranges(numbers))
            found.append(Source(at.file, at.sheet, dataset, at.labelled(dict.fromkeys(read)), looked_up=part))
    return sorted(found, key=lambda s: (datasets()[s.dataset].about().order, s.file, s.sheet))


def _cells(connection: duckdb.DuckDBPyConnection, asked: Asked, all_sheets: Sheets) -> list[RecapCell]:
    """The cells of the count sheets that speak for an RT."""
    parts = recap_parts(asked.entry, asked.breakdown)
    if parts is None:
        return []
    found = []
    for column in sorted(set().union(*(named(part) for part in parts if part))):
        dataset = recap_dataset(column)
        rows = connection.execute(
            f'SELECT receipt, sheet, "row", area, "{column}" FROM current_{dataset} SEMI JOIN recapped USING (area)'
        ).fetchall()
        label = datasets()[dataset].columns()[column].label
        for receipt, number, row, area, value in rows:
            at = all_sheets[receipt, number, dataset]
            cell = f"{at.letters.get(column) or ''}{row}"
            found.append(RecapCell(at.file, at.sheet, dataset, cell, label, area, int(value)))
    return sorted(found, key=lambda c: (c.area, c.dataset, c.label))


def recap_dataset(column: str) -> str:
    """The count sheet that has a column of the view `rekap`."""
    return next(n for n, d in datasets().items() if d.about().register and column in d.columns())
