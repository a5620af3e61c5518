"""The drawing (VML) that holds the boxes in which a sheet's notes show."""

import re
from collections.abc import Callable, Iterable

from pipelines.returned.remarks import Cell, Note
from pipelines.returned.sheetpart import SheetPart
from pipelines.returned.xmltext import Unpatchable, attribute

KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
NAMES = (
    b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
SHAPETYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
P = rb"(?:[\w.-]+:)?"
SHAPE = re.compile(rb"<" + P + rb"shape\s.*?</" + P + rb"shape>\s*", re.DOTALL)
SHOWN = re.compile(rb"<" + P + rb"(?:shape|group|rect|roundrect|line|polyline|oval|arc|curve|image)\s")
ROW = re.compile(rb"<" + P + rb"Row>\s*(\d+)\s*<")
COLUMN = re.compile(rb"<" + P + rb"Column>\s*(\d+)\s*<")
IDENTITY = re.compile(rb"_x0000_s(\d+)")
IDS_A_BLOCK = 1024
WIDTH, LINE, CHARACTERS_A_LINE = 320, 15, 50  # pixels, pixels, characters of Tahoma 9


def new_boxes(block: int, count: int) -> bytes:
    """An empty drawing whose shapes may take `count` numbers from `block` on."""
    blocks = b",".join(b"%d" % (block + more) for more in range(count // IDS_A_BLOCK + 2))
    layout = b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="' + blocks + b'"/></o:shapelayout>'
    return b"<xml " + NAMES + b">" + layout + SHAPETYPE + b"</xml>"


def without_boxes(vml: bytes, cells: Iterable[Cell]) -> bytes:
    """The drawing without the boxes of these cells."""
    gone = {(row - 1, column) for row, column in cells}

    def kept(shape: re.Match[bytes]) -> bytes:
        row, column = ROW.search(shape[0]), COLUMN.search(shape[0])
        if row and column and b'"Note"' in shape[0] and (int(row[1]), int(column[1])) in gone:
            return b""
        return shape[0]

    return SHAPE.sub(kept, vml) if gone else vml


def has_boxes(vml: bytes) -> bool:
    """Whether the drawing still shows anything."""
    return SHOWN.search(vml) is not None


def with_boxes(vml: bytes, notes: dict[Cell, Note], part: SheetPart, block: int) -> bytes:
    """The drawing with a hidden box beside each of these cells, as wide and high as its note needs."""
    end = vml.rfind(b"</xml>")
    if end < 0:
        raise Unpatchable("unusual drawing of notes")
    names = b"" if all(name in vml for name in NAMES.split()) else NAMES
    number = max([int(n) for n in IDENTITY.findall(vml)], default=block * IDS_A_BLOCK) + 1
    grid = Grid(part)
    shapes = [b"" if b'"_x0000_t202"' in vml[:end] else SHAPETYPE.replace(b" id=", b" " + names + b" id=", 1)]
    for more, (cell, note) in enumerate(notes.items()):
        lines = sum(len(line) // CHARACTERS_A_LINE + 1 for line in note.body().split("\n")) + 1
        anchor = ", ".join(map(str, grid.anchor(cell, WIDTH, min(lines, 30) * LINE + 10)))
        shapes.append(
            f'<v:shape {names.decode()} id="_x0000_s{number + more}" type="#_x0000_t202" '
            f'style="position:absolute;margin-left:60pt;margin-top:2pt;width:{WIDTH * 3 // 4}pt;'
            f'height:{(lines * LINE + 10) * 3 // 4}pt;z-index:{more + 1};visibility:hidden" '
            'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{cell[0] - 1}</x:Row><x:Column>{cell[1]}</x:Column></x:ClientData></v:shape>".encode()
        )
    return vml[:end] + b"".join(shapes) + vml[end:]


class Grid:
    """How wide columns and how high rows are, in pixels."""

    def __init__(self, part: SheetPart) -> None:
        head = part.xml[: part.xml.find(b"sheetData")]
        found = re.search(rb"sheetFormatPr\s([^>]*)", head)
        default = found[1] if found else b""
        self._width = _pixels(attribute(default, b"defaultColWidth"), 7, 5, 64)
        self._height = _pixels(attribute(default, b"defaultRowHeight"), 4 / 3, 0, 20)
        self._columns = [
            (int(attribute(c, b"min") or 1), int(attribute(c, b"max") or 0), _size(c, b"width", 7, 5, self._width))
            for c in part.columns
        ]
        self._rows = {
            row.number: _size(row.attributes, b"ht", 4 / 3, 0, self._height)
            for row in part.rows
            if b"ht=" in row.attributes or b"hidden=" in row.attributes
        }

    def anchor(self, cell: Cell, width: int, height: int) -> list[int]:
        """Left column and pixels, top row and pixels, right column and pixels, bottom row and pixels."""
        row, column = cell[0] - 1, min(cell[1] + 1, 16_380)
        top = max(row - 1, 0)
        right, x = self._reach(column, width + 15, self._column, 16_383)
        bottom, y = self._reach(top, height + 4, self._row, 1_048_575)
        return [column, 15, top, 4, right, x, bottom, y]

    def _reach(self, place: int, pixels: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
        while place < last and pixels >= size(place):
            pixels -= size(place)
            place += 1
        return place, pixels

    def _column(self, place: int) -> int:
        return next((size for first, last, size in self._columns if first <= place + 1 <= last), self._width)

    def _row(self, place: int) -> int:
        return self._rows.get(place + 1, self._height)


def _size(attributes: bytes, name: bytes, factor: float, more: int, default: int) -> int:
    if attribute(attributes, b"hidden") in (b"1", b"true"):
        return 0
    return _pixels(attribute(attributes, name), factor, more, default)


def _pixels(value: bytes | None, factor: float, more: int, default: int) -> int:
    try:
        return int(float(value) * factor) + more if value else default
    except ValueError:
        return default
