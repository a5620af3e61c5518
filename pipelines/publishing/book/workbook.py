"""Writes `kelurahan-dalam-angka-<period>.xlsx`: cover, list, every table that has figures, charts, metadata."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter

from pipelines.publishing.book.back import CHAPTER, last_sheets
from pipelines.publishing.book.building import Built
from pipelines.publishing.book.charts import Drawing, Strip, drawing_of
from pipelines.publishing.book.drawing import add_helpers, draw, fits
from pipelines.publishing.book.front import Listed, cover, listing, title_of
from pipelines.publishing.book.reading import Book
from pipelines.publishing.book.sheets import lay, said_of, sheet_name
from pipelines.publishing.workbook_file import new_publication
from pipelines.publishing.workbook_layout import Sheet, place
from pipelines.publishing.workbook_styles import Styles

RECONCILED = Listed(
    chapter="Rekonsiliasi",
    number="Tabel 12.1",
    title="Rekonsiliasi dengan Instansi Lain",
    sheet="",
    missing=": menunggu daftar Dukcapil, DTSEN, Dapodik",
)
NOT_ASKED = ": angkanya belum ada pada rilis ini"
CHARTS = "Daftar grafik"
A_PAGE = 40  # rows that surely print on one page
METADATA = (13,)  # the tables of `back` stand in this place


@dataclass(frozen=True)
class Leaf:
    """A table that has figures, laid on its sheet, with its chart if it declares one."""

    built: Built
    sheet: Sheet
    drawing: Drawing | None


def write_workbook(book: Book, filled: Sequence[Built], path: Path) -> None:
    """Write the book, whole or not at all; the same release gives the same bytes."""
    publication, last = book.publication, last_sheets(book)
    leaves = [_leaf(book, built) for built in filled if built.available]
    subject = "Tabel dan grafik kelurahan dari pendataan RT"
    with new_publication(path, publication, title_of(publication), subject) as (workbook, styles, running):
        cover(workbook, styles, book, running)
        listing(workbook, styles, book, _listed(book, filled, leaves, last), running)
        helpers: list[Strip] = []
        for leaf in leaves:
            if _number(leaf.built) < METADATA:
                _table(workbook, styles, leaf, running, helpers)
        for sheet in last:
            place(workbook, styles, sheet, running)
        for leaf in leaves:
            if _number(leaf.built) > METADATA:
                _table(workbook, styles, leaf, running, helpers)
        if helpers:
            add_helpers(workbook, styles, helpers)


def _leaf(book: Book, built: Built) -> Leaf:
    laid = lay(book, built)
    return Leaf(built, laid.sheet, drawing_of(book, built, laid))


def _table(
    workbook: xlsxwriter.Workbook, styles: Styles, leaf: Leaf, running: tuple[str, str], helpers: list[Strip]
) -> None:
    """One table's sheet with its chart, if it declares one; a pyramid leaves its left side in `helpers`."""
    sheet, drawing = leaf.sheet, leaf.drawing
    apart = drawing is not None and not drawing.missing and not fits(sheet, drawing)
    # No headings above a chart that has a page to itself; a table of several pages still needs them.
    page, end = place(workbook, styles, replace(sheet, repeated=not apart or len(sheet.rows) > A_PAGE), running)
    if drawing is None:
        return
    if apart:
        page.set_h_pagebreaks([end + 1])
    if drawing.missing:
        page.write_string(end + 1, 0, drawing.missing, styles.text("note"))
        end += 1
    else:
        width = sum(column.width for column in sheet.columns)
        end = draw(workbook, styles, page, end + 1, drawing, width, len(helpers))
        if drawing.chart.kind == "pyramid":
            helpers.append(drawing.series[0])
    page.print_area(0, 0, end, len(sheet.columns) - 1)


def _listed(book: Book, filled: Sequence[Built], leaves: Sequence[Leaf], last: Sequence[Sheet]) -> list[Listed]:
    tables = [
        Listed(
            built.table.chapter,
            f"Tabel {built.table.number}",
            said_of(book, built, built.table.title),
            sheet_name(built.table.number) if built.available else "",
            built.table.codes,
            "" if built.available else NOT_ASKED,
        )
        for built in filled
    ]
    metadata = []
    for sheet in last:
        number, _, title = sheet.title.partition(". ")
        metadata.append(Listed(CHAPTER, number, title, sheet.name))
    drawn = []
    for leaf in leaves:
        if leaf.drawing is not None and not leaf.drawing.missing:
            title, name = said_of(book, leaf.built, leaf.drawing.chart.title), leaf.sheet.name
            drawn.append(Listed(CHARTS, f"Grafik {leaf.built.table.number}", title, name))
    numbered = dict(zip(map(_number, filled), tables, strict=True))
    before = [listed for number, listed in numbered.items() if number < METADATA]
    after = [listed for number, listed in numbered.items() if number > METADATA]
    return [*before, RECONCILED, *metadata, *after, *drawn]


def _number(built: Built) -> tuple[int, ...]:
    return tuple(map(int, built.table.number.split(".")))
