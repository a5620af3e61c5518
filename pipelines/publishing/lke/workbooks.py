"""Reads the two workbooks as they stand on the disk: what a cell means is told by the headings around it."""

from collections.abc import Iterator
from pathlib import Path

from pipelines.publishing.book.building import whole_of
from pipelines.publishing.book.declared import AREAS, INDICATORS, PERIODS, Heading, Table, tables
from pipelines.publishing.book.notes import NOT_YET
from pipelines.publishing.book.sheets import sheet_name
from pipelines.publishing.lke.media import SEXES, Reading, Seen, Variable, Wanted, codes_by_name, unmarked
from pipelines.publishing.lke.opened import Line, Tabulated, known, tables_in
from pipelines.publishing.workbook_figures import NOT_APPLICABLE

NO_FIGURE = (NOT_APPLICABLE, NOT_YET)  # the release has none there, so there is nothing to compare
WHOLE = "Jumlah"


def indicator_workbook(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """Every figure of `tabel-indikator-<period>.xlsx`: the summary and the subject tables."""
    for table in tables_in(path):
        for row, _ in records(table):
            if "Indikator" in row:
                yield from _by_indicator(row, wanted)
            elif "Rincian" in row and row["Kode wilayah"] == wanted.area.code:
                yield from _by_area(row)


def _by_indicator(row: Line, wanted: Wanted) -> Iterator[Reading]:
    code = codes_by_name().get(unmarked(row["Indikator"]))
    if code is None or row.get("Wilayah", wanted.area.title) != wanted.area.title:
        return
    for heading, value in row.items():
        area, _, sex = heading.rpartition(": ")
        if sex in SEXES and area in ("", wanted.area.title):
            yield from _read(Variable(code, SEXES[sex]), value)


def _by_area(row: Line) -> Iterator[Reading]:
    sex = known(SEXES, row["Rincian"])
    for heading, value in row.items():
        code = codes_by_name().get(unmarked(heading.rpartition(" (")[0]))
        if code is not None:
            yield from _read(Variable(code, sex), value)


def book(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """Every figure of `kelurahan-dalam-angka-<period>.xlsx`, by what its tables are declared to hold."""
    shown = tables_in(path)
    for table in tables():
        found = [record for one in shown if one.sheet == sheet_name(table.number) for record in records(one)]
        if found:
            # Of several areas a table has a row an area and its lines across, under a band for each column.
            across = table.rows != AREAS and any("Wilayah" in row for row, _ in found)
            yield from _across(found, table, wanted) if across else _down(found, table, wanted)


def _down(found: list[tuple[Line, str]], table: Table, wanted: Wanted) -> Iterator[Reading]:
    rows = [row for row, _ in found]
    if table.rows == AREAS:
        rows = _of_area(rows, table.row, wanted)
    for row in rows:
        for column in plain_columns(table):
            variable = _variable(table, column, row[table.row], wanted)
            if variable is not None and column.title in row:
                yield from _read(variable, row[column.title])


def _across(found: list[tuple[Line, str]], table: Table, wanted: Wanted) -> Iterator[Reading]:
    for column in plain_columns(table):
        only = len(table.columns) == 1
        rows = [row for row, band in found if only or band == column.title or band.startswith(f"{column.title} (")]
        for row in _of_area(rows, "Wilayah", wanted):
            for heading, value in row.items():
                label = heading.rpartition(" (")[0] if table.rows == INDICATORS else heading
                variable = _variable(table, column, label, wanted)
                if variable is not None:
                    yield from _read(variable, value)


def _of_area(rows: list[Line], heading: str, wanted: Wanted) -> list[Line]:
    label = next((label for label in wanted.labels if any(row[heading] == label for row in rows)), "")
    return [row for row in rows if row[heading] == label]


def plain_columns(table: Table) -> list[Heading]:
    """The columns that hold an indicator itself, not its categories."""
    return [column for column in table.columns if not column.spread]


def _variable(table: Table, column: Heading, label: object, wanted: Wanted) -> Variable | None:
    """What the line `label` holds under a column; None for a line of another period or of a category."""
    if table.rows == INDICATORS:
        name = unmarked(label)
        code = dict(zip(table.labels, table.indicators, strict=False)).get(name) or codes_by_name().get(name)
        return Variable(code, column.breakdown) if code else None
    if table.rows == PERIODS:
        return Variable(column.indicator, column.breakdown) if label == wanted.period_title else None
    if table.dimension:
        return Variable(column.indicator, whole_of(column.breakdown)) if label == WHOLE else None
    return Variable(column.indicator, column.breakdown)


def records(table: Tabulated) -> Iterator[tuple[Line, str]]:
    """The rows of a table by heading, each with the band above it."""
    band = ""
    for row in table.rows:
        if all(value == "" for value in row[1:]):
            band = str(row[0])
        else:
            yield Line(zip(table.headings, row, strict=True)), band


def _read(variable: Variable, value: object) -> Iterator[Reading]:
    """A cell: a number, or the sign of a withheld one; anything else that stands there is no number either."""
    if value not in NO_FIGURE:
        yield variable, Seen(float(value) if isinstance(value, int | float) else None)
