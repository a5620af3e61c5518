"""One sheet's XML: reads and changes the styles of single cells and leaves every other byte alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipelines.intake.cells import column_index, column_letters
from pipelines.returned.package import RELATIONS
from pipelines.returned.remarks import Cell
from pipelines.returned.xmltext import Unpatchable, attribute, children, prefix_of, prefixed, with_attribute
from pipelines.returned.xmltext import without_attribute as without

P = rb"(?:[\w.-]+:)?"
DATA = re.compile(rb"<" + P + rb"sheetData\b[^>]*?(/?)>")
ROW = re.compile(rb"<" + P + rb"row\b([^>]*?)(?:/>|>(.*?)</" + P + rb"row\s*>)", re.DOTALL)
CELL = re.compile(rb"<" + P + rb"c\b([^>]*?)(?:/>|>.*?</" + P + rb"c\s*>)", re.DOTALL)
COLUMN = re.compile(rb"<" + P + rb"col\s([^>]*)>")
MERGE = re.compile(rb"<" + P + rb"mergeCell\s[^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
LEGACY = re.compile(rb"<" + P + rb"legacyDrawing\s[^>]*?\bid=\"([^\"]+)\"[^>]*?(?:/>|></" + P + rb"legacyDrawing>)")
SELECTED = re.compile(rb"\s+tabSelected=\"(?:1|true)\"")
AFTER_LEGACY = {
    *(b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"webPublishItems", b"tableParts"),
    *(b"extLst", b"AlternateContent"),
}
MOST_MERGED = 200_000  # cells; beyond, ranges of whole columns say nothing of single cells


class Row(NamedTuple):
    """A row's number, its place in the XML, and where its attributes and cells stand."""

    number: int
    start: int
    end: int
    attributes: bytes
    inside: tuple[int, int] | None


class SheetPart:
    """The XML of a sheet. `xml` is what it has become."""

    def __init__(self, xml: bytes) -> None:
        self.prefix = prefix_of(xml)
        self.xml = xml
        data = DATA.search(xml)
        if data is None:
            raise Unpatchable("no sheet data")
        self._empty = bool(data[1])
        end = data.end() if self._empty else xml.rfind(b"</" + self.prefix + b"sheetData>")
        if end < 0:
            raise Unpatchable("no end of sheet data")
        self._data = (data.end(), end)
        self.rows = list(self._read_rows())
        self.columns = [tag[1] for tag in COLUMN.finditer(xml, 0, data.start())]
        self._merges = _merges(xml[end:])

    def _read_rows(self) -> Iterator[Row]:
        number = 0
        for found in ROW.finditer(self.xml, *self._data):
            stated = attribute(found[1], b"r")
            follows = int(stated) if stated else number + 1
            if follows <= number:
                raise Unpatchable("rows out of order")
            number = follows
            yield Row(number, found.start(), found.end(), found[1], None if found[2] is None else found.span(2))

    def _cells(self, row: Row) -> Iterator[tuple[int, re.Match[bytes]]]:
        column = -1
        for found in CELL.finditer(self.xml, *(row.inside or (0, 0))):
            stated = attribute(found[1], b"r")
            follows = column_index(stated.rstrip(b"0123456789").decode()) if stated else column + 1
            if follows <= column:
                raise Unpatchable("cells out of order")
            column = follows
            yield column, found

    def anchor(self, cell: Cell) -> Cell:
        """The cell that shows: the first of a merged range."""
        return self._merges.get(cell, cell)

    def styled(self, styles: frozenset[int]) -> dict[Cell, int]:
        """The cells that have one of these styles."""
        if not styles:
            return {}
        of_them = rb"\ss=[\"'](%s)[\"']" % b"|".join(str(s).encode() for s in sorted(styles))
        wanted = re.compile(rb"<" + P + rb"c\b[^>]*?" + of_them)
        found = {}
        for row in self.rows:
            hits = [tag.start() for tag in wanted.finditer(self.xml, *(row.inside or (0, 0)))]
            for column, tag in self._cells(row) if hits else ():
                if tag.start() == hits[0]:
                    found[(row.number, column)] = int(attribute(tag[1], b"s") or 0)
                    hits.pop(0)
                    if not hits:
                        break
        return found

    def style_of(self, cells: Iterable[Cell]) -> dict[Cell, int]:
        """The style that each cell has, or that it would take from its row or column."""
        by_row = _by_row(dict.fromkeys(cells, 0))
        inherited = _ColumnStyles(self.columns)
        found = {(row, column): inherited(column) for row, columns in by_row.items() for column in columns}
        for row in self.rows:
            if row.number not in by_row:
                continue
            if attribute(row.attributes, b"customFormat") in (b"1", b"true"):
                of_row = int(attribute(row.attributes, b"s") or 0)
                found |= {(row.number, column): of_row for column in by_row[row.number]}
            last = max(by_row[row.number])
            for column, tag in self._cells(row):
                if column in by_row[row.number]:
                    found[(row.number, column)] = int(attribute(tag[1], b"s") or 0)
                if column >= last:
                    break
        return found

    def restyle(self, styles: Mapping[Cell, int]) -> None:
        """Give cells these styles; a cell or row that is not there is made. No cell can be asked for afterwards."""
        by_row = _by_row(styles)
        out, done = [self.xml[: self._data[0]]], self._data[0]
        waiting = sorted(by_row)
        for row in self.rows:
            while waiting and waiting[0] < row.number:
                out += [self.xml[done : row.start], self._new_row(waiting[0], by_row[waiting.pop(0)])]
                done = row.start
            if waiting and waiting[0] == row.number:
                out += [self.xml[done : row.start], self._changed_row(row, by_row[waiting.pop(0)])]
                done = row.end
        out.append(self.xml[done : self._data[1]])
        out += [self._new_row(number, by_row[number]) for number in waiting]
        tail = self.xml[self._data[1] :]
        if self._empty and styles:
            out[0] = out[0][:-2] + b">"
            tail, self._empty = b"</" + self.prefix + b"sheetData>" + tail, False
        self.xml = b"".join(out) + tail
        self._data = (self._data[0], len(self.xml) - len(tail))

    def _new_row(self, number: int, cells: Mapping[int, int]) -> bytes:
        inside = b"".join(_new_cell(number, column, style) for column, style in sorted(cells.items()))
        return prefixed(b'<row r="%d">' % number + inside + b"</row>", self.prefix)

    def _changed_row(self, row: Row, cells: Mapping[int, int]) -> bytes:
        """The row with its cells restyled. A new cell may lie outside `spans`, a mere hint, which is left out then."""
        waiting = dict(sorted(cells.items()))
        inside: list[bytes] = []
        done, end = row.inside or (0, 0)
        made = 0
        for column, tag in self._cells(row):
            for earlier in [c for c in waiting if c < column]:
                inside += [self.xml[done : tag.start()], self._prefixed_cell(row.number, earlier, waiting.pop(earlier))]
                done, made = tag.start(), made + 1
            if column in waiting:
                changed = with_attribute(tag[1], b"s", str(waiting.pop(column)).encode())
                inside += [self.xml[done : tag.start(1)], changed]
                done = tag.end(1)
            if not waiting:
                break
        inside.append(self.xml[done:end])
        inside += [self._prefixed_cell(row.number, column, style) for column, style in waiting.items()]
        attributes = without(row.attributes, b"spans") if made or waiting else row.attributes
        name = self.prefix + b"row"
        return b"<" + name + attributes + b">" + b"".join(inside) + b"</" + name + b">"

    def _prefixed_cell(self, row: int, column: int, style: int) -> bytes:
        return prefixed(_new_cell(row, column, style), self.prefix)

    def legacy_drawing(self) -> str | None:
        """The relationship id of the drawing that holds the boxes of notes."""
        found = LEGACY.search(self.xml, self._data[1])
        return found[1].decode() if found else None

    def add_legacy_drawing(self, identity: str) -> None:
        """Refer to the drawing that holds the boxes of notes, where the schema wants it."""
        element = prefixed(b"<legacyDrawing ", self.prefix) + f'xmlns:r="{RELATIONS}" r:id="{identity}"/>'.encode()
        head = self.xml[: self._data[1]]
        tail = self.xml[self._data[1] :]
        shell = b"<r>" + tail[tail.index(b">") + 1 :] if not self._empty else b"<r>" + tail
        moved = len(tail) - len(shell)
        at = shell.rindex(b"</")
        for child in children(shell):
            if child.name in AFTER_LEGACY:
                at = child.start
                break
        self.xml = head + tail[: at + moved] + element + tail[at + moved :]

    def drop_legacy_drawing(self) -> None:
        """Refer to no such drawing any more."""
        self.xml = self.xml[: self._data[1]] + LEGACY.sub(b"", self.xml[self._data[1] :], count=1)


class _ColumnStyles:
    def __init__(self, columns: list[bytes]) -> None:
        self._spans = [
            (int(attribute(c, b"min") or 1), int(attribute(c, b"max") or 0), int(attribute(c, b"style") or 0))
            for c in columns
        ]

    def __call__(self, column: int) -> int:
        return next((style for first, last, style in self._spans if first <= column + 1 <= last), 0)


def unselected(xml: bytes) -> bytes:
    """The sheet no longer among the selected ones: two selected sheets would be edited together."""
    end = xml.find(b"sheetData")
    return SELECTED.sub(b"", xml[:end]) + xml[end:] if end > 0 else SELECTED.sub(b"", xml)


def _new_cell(row: int, column: int, style: int) -> bytes:
    return f'<c r="{column_letters(column)}{row}" s="{style}"/>'.encode()


def _by_row(cells: Mapping[Cell, int]) -> dict[int, dict[int, int]]:
    rows: dict[int, dict[int, int]] = defaultdict(dict)
    for (row, column), style in cells.items():
        rows[row][column] = style
    return rows


def _merges(tail: bytes) -> dict[Cell, Cell]:
    """Merged cell -> the first of its range."""
    merged: dict[Cell, Cell] = {}
    for left, top, right, bottom in MERGE.findall(tail):
        first, last = column_index(left.decode()), column_index(right.decode())
        if (int(bottom) - int(top) + 1) * (last - first + 1) + len(merged) <= MOST_MERGED:
            for row in range(int(top), int(bottom) + 1):
                for column in range(first, last + 1):
                    merged[(row, column)] = (int(top), first)
    return merged
