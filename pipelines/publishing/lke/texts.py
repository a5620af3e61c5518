"""Reads the files that programs read, CSV, Parquet and SDMX, and the profile page as a browser gets it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.book.building import whole_of
from pipelines.publishing.book.declared import INDICATORS, Table, tables
from pipelines.publishing.book.twins import ABSENT
from pipelines.publishing.lke.media import Reading, Seen, Variable, Wanted
from pipelines.publishing.lke.opened import Damaged, Line, known, lines, lines_with, number_of, text_of
from pipelines.publishing.lke.workbooks import plain_columns
from pipelines.publishing.sdmx import SEXES as SDMX_SEXES
from pipelines.publishing.sdmx import WHOLE, sdmx_id

NUMBER = re.compile(r"-?\d[\d.]*(?:,(\d+))?")  # 1.234,5


def indicator_csv(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """`indikator-<period>.csv`."""
    for line in lines_with(path, {"area": wanted.area.code, "period": wanted.period}):
        yield Variable(line["indicator"], line["breakdown"]), _exact(line["value"])


def sdmx(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """`sdmx/data.csv`, its codes read back into ours."""
    codes = {sdmx_id(code): code for code in catalogue()}
    sexes = {theirs: ours for ours, theirs in SDMX_SEXES.items()} | {WHOLE: "total"}
    ours = {"REF_AREA": sdmx_id(wanted.area.code), "TIME_PERIOD": wanted.period, "BREAKDOWN": WHOLE}
    for line in lines_with(path, ours):
        if line["INDICATOR"] in codes:
            yield Variable(codes[line["INDICATOR"]], known(sexes, line["SEX"])), _exact(line["OBS_VALUE"])


def open_csv(folder: Path, wanted: Wanted) -> Iterator[Reading]:
    """`data/*.csv`."""
    for table in tables():
        path = folder / f"{table.key}.csv"
        if path.exists():
            yield from _of_table(table, lines(path), wanted)


def open_parquet(folder: Path, wanted: Wanted) -> Iterator[Reading]:
    """`data/*.parquet`."""
    with duckdb.connect(config={"threads": "1", "temp_directory": ""}) as memory:
        for table in tables():
            path = folder / f"{table.key}.parquet"
            if path.exists():
                try:
                    rows = memory.read_parquet(str(path))
                    found = [["" if value is None else str(value) for value in row] for row in rows.fetchall()]
                except duckdb.Error as error:
                    raise Damaged(path.name) from error
                yield from _of_table(table, (Line(zip(rows.columns, row, strict=True)) for row in found), wanted)


def _of_table(table: Table, rows: Iterator[Line], wanted: Wanted) -> Iterator[Reading]:
    for line in rows:
        if (line["wilayah"], line["periode"]) != (wanted.area.code, wanted.period):
            continue
        if table.dimension and line[f"kode_{table.dimension}"] != "total":
            continue
        for column in plain_columns(table):
            if line[f"{column.name}_tanda"] != ABSENT:
                code = line["indikator"] if table.rows == INDICATORS else column.indicator
                breakdown = whole_of(column.breakdown) if table.dimension else column.breakdown
                yield Variable(code, breakdown), _exact(line[column.name])


def page(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """Every figure of the profile page twice: as it is printed, rounded, and as its attribute tells machines."""
    reader = _Page()
    reader.feed(text_of(path))
    for attributes, text in reader.figures:
        told = attributes.get("data-area"), attributes.get("data-period")
        if told == (wanted.area.code, wanted.period) and attributes["data-status"]:
            variable = Variable(attributes["data-indicator"], attributes["data-breakdown"])
            yield variable, _exact(attributes["data-value"])
            yield variable, printed_number(text)


class _Page(HTMLParser):
    """Elements that carry a figure, with the text in them."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: list[tuple[Line, str]] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = Line((name, value or "") for name, value in attrs)
        if "data-indicator" in attributes:
            self._open = tag
            self.figures.append((attributes, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            attributes, text = self.figures[-1]
            self.figures[-1] = attributes, text + data


def _exact(text: str) -> Seen:
    return Seen(number_of(text))


def printed_number(text: str) -> Seen:
    """A number as Indonesians read it; None for a word in its place."""
    found = NUMBER.match(text.strip())
    if found is None:
        return Seen(None)
    return Seen(float(found[0].replace(".", "").replace(",", ".")), len(found[1] or ""))
