"""Finished files as they lie on the disk. What somebody or a disk changed is `Damaged`; any other error is our own."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from duckdb import ColumnExpression, ConstantExpression
from pypdfium2 import PdfDocument, PdfiumError
from python_calamine import CalamineError, CalamineWorkbook


class Damaged(Exception):
    """A finished file that is not as it was written."""


class Line(dict[str, Any]):
    """One row by heading; a heading that is not there any more is damage."""

    def __missing__(self, heading: str) -> Any:
        raise Damaged(heading)


class Tabulated(NamedTuple):
    """One table of a workbook as its sheet shows it."""

    sheet: str
    headings: list[str]
    rows: list[list[Any]]  # the cells below the headings: text, number, or '' where a cell is empty


def tables_in(path: Path) -> list[Tabulated]:
    """The tables of a workbook, in its order. Raises Damaged."""
    found, cells = [], {}
    try:
        book = CalamineWorkbook.from_path(path, load_tables=True)
        for table in map(book.get_table_by_name, book.table_names or ()):
            if table.sheet not in cells:
                cells[table.sheet] = book.get_sheet_by_name(table.sheet).to_python(skip_empty_area=False)
            if table.start is None or table.end is None:
                raise Damaged(path.name)
            (top, left), (bottom, right) = table.start, table.end
            heading, *rows = (row[left : right + 1] for row in cells[table.sheet][top - 1 : bottom + 1])
            found.append(Tabulated(table.sheet, list(map(str, heading)), rows))
    except (CalamineError, ValueError) as error:  # the last where a table has no heading
        raise Damaged(path.name) from error
    if not found:  # ours all have tables; calamine finds none in one that lost its list of sheets
        raise Damaged(path.name)
    return found


def lines(path: Path) -> Iterator[Line]:
    """The rows of a CSV file. Raises Damaged."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            yield from map(Line, rows)
        except (UnicodeDecodeError, csv.Error) as error:
            raise Damaged(path.name) from error


def lines_with(path: Path, wanted: Mapping[str, str]) -> Iterator[Line]:
    """The rows of a large CSV file that say what is wanted, by heading. Raises Damaged."""
    with duckdb.connect(config={"threads": "1", "temp_directory": ""}) as memory:
        try:
            rows = memory.read_csv(str(path), header=True, sep=",", quotechar='"', escapechar='"', all_varchar=True)
            for heading, said in wanted.items():
                rows = rows.filter(ColumnExpression(heading) == ConstantExpression(said))
            found = rows.fetchall()
        except duckdb.Error as error:
            raise Damaged(path.name) from error
        yield from (Line(zip(rows.columns, (said or "" for said in row), strict=True)) for row in found)


def text_of(path: Path) -> str:
    """A text file. Raises Damaged."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Damaged(path.name) from error


def printed_text(path: Path) -> str:
    """The words of a PDF in the order of its pages, a blank between any two. Raises Damaged."""
    try:
        with PdfDocument(path) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
    except PdfiumError as error:
        raise Damaged(path.name) from error
    return " ".join(word for page in pages for word in page.split())


def number_of(text: str) -> float | None:
    """A number as programs write it, none for an empty field. Raises Damaged for what is neither."""
    try:
        return float(text) if text else None
    except (ValueError, TypeError) as error:
        raise Damaged("a number") from error


def known(codes: Mapping[str, str], code: object) -> str:
    """Our code for one of theirs. Raises Damaged for one that nobody wrote."""
    if not isinstance(code, str) or code not in codes:
        raise Damaged("a code")
    return codes[code]
