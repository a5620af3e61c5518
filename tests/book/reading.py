"""Reads a finished book back by what stands on its sheets: headings, labels, bands; it uses none of the book's code."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.book.declared import AREAS, INDICATORS, PERIODS, Heading, Table
from tests.book.office import PERIOD, Cells

OFFICIAL = " ¹⁾"
PARTS = {"L": "umur_L", "P": "umur_P"}
ROMAN = ("I", "II", "III", "IV")
Key = tuple[str, str, str, str]


class Seen(NamedTuple):
    """One figure as a reader sees it, and the cell that it must be."""

    key: Key
    value: object


def records(sheet: Worksheet) -> Iterator[tuple[dict[str, Any], str]]:
    """The rows of the sheet's one table by heading, each with the band above it."""
    (table,) = sheet.tables.values()
    heading, *rows = sheet[table.ref]
    band = ""
    for row in rows:
        if all(cell.value is None for cell in row[1:]):
            band = str(row[0].value)
        else:
            yield {str(h.value): cell.value for h, cell in zip(heading, row, strict=True)}, band


def seen_on(sheet: Worksheet, table: Table, cells: Cells, categories: dict[str, dict[str, str]]) -> Iterator[Seen]:
    """Every figure of a table's sheet with the key of its cell."""
    areas = area_codes(cells)
    plain = table.rows == AREAS or len({a for a in areas.values() if len(a) == 13}) == 1
    for row, band in records(sheet):
        yield from (
            _declared(row, table, areas, categories) if plain else _pivoted(row, band, table, areas, categories)
        )


def area_codes(cells: Cells) -> dict[str, str]:
    """The code of each area by its name and by its name after its kind."""
    kinds = {"kelurahan": "Kelurahan", "kecamatan": "Kecamatan", "kabupaten": "Kabupaten"}
    found = {}
    for cell in cells.values():
        kind = "Desa" if cell["level"] == "kelurahan" and cell["area"][9] == "2" else kinds.get(cell["level"], "")
        for name in (cell["area_name"], f"{kind} {cell['area_name']}"):
            found[name] = cell["area"] if name not in found or len(cell["area"]) == 13 else found[name]
    return found


def _declared(
    row: dict[str, Any], table: Table, areas: dict[str, str], categories: dict[str, dict[str, str]]
) -> Iterator[Seen]:
    area = next(code for code in areas.values() if len(code) == 13)
    label = row[table.row]
    for column in (one for declared in table.columns for one in spread(declared, categories)):
        key = (PERIOD, area, column.indicator, column.breakdown)
        if table.rows == AREAS:
            key = (PERIOD, areas[label], column.indicator, column.breakdown)
        elif table.rows == PERIODS:
            key = (_period(label), area, column.indicator, column.breakdown)
        elif table.rows == INDICATORS:
            key = (PERIOD, area, _indicator(table, label), column.breakdown)
        else:
            key = (PERIOD, area, column.indicator, _split(column.breakdown, categories[table.rows][label]))
        yield Seen(key, row[column.title])


def _pivoted(
    row: dict[str, Any], band: str, table: Table, areas: dict[str, str], categories: dict[str, dict[str, str]]
) -> Iterator[Seen]:
    column = next((c for c in table.columns if band in (c.title, f"{c.title} ({_unit(c)})")), table.columns[0])
    for heading, value in row.items():
        if heading in ("Wilayah", "RT masuk", "RT seharusnya"):
            continue
        period, code, breakdown = PERIOD, column.indicator, column.breakdown
        if table.rows == PERIODS:
            period = _period(heading)
        elif table.rows == INDICATORS:
            code = _indicator(table, heading.rpartition(" (")[0])
        else:
            breakdown = _split(breakdown, categories[table.rows][heading])
        yield Seen((period, areas[row["Wilayah"]], code, breakdown), value)


def spread(column: Heading, categories: dict[str, dict[str, str]]) -> list[Heading]:
    """The columns that a declared one becomes: one for each category that it is spread over."""
    if not column.spread:
        return [column]
    codes = {label: code for label, code in categories[column.spread].items() if code != "total"}
    return [
        replace(column, name=f"{column.name}_{_field(code)}", title=label, breakdown=f"{column.spread}:{code}")
        for label, code in codes.items()
    ]


def _field(code: str) -> str:
    """A category's code in the name of a data field: `75+` is `75_plus`."""
    return re.sub("[^a-z0-9]+", "_", code.lower().replace("+", " plus")).strip("_")


def _unit(column: Heading) -> str:
    """The unit that a band names beside a column's title."""
    return catalogue()[column.indicator].unit if column.indicator else ""


def _split(breakdown: str, category: str) -> str:
    """The breakdown of a category; that of the whole is the sex that it is a part of."""
    whole = {"L": "L", "P": "P"}.get(breakdown.rpartition("_")[2], "total")
    return whole if category == "total" else f"{breakdown}:{category}"


def _indicator(table: Table, label: str) -> str:
    name = label.removesuffix(OFFICIAL)
    if name in table.labels:
        return table.indicators[table.labels.index(name)]
    return next(code for code in table.indicators if catalogue()[code].name == name)


def _period(label: str) -> str:
    _, roman, year = label.split()
    return f"{year}-Q{ROMAN.index(roman) + 1}"
