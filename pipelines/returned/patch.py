"""Marks a workbook by changing only the parts that must change: dropdowns, macros, formulas, everything else stay."""

from collections.abc import Sequence

from pipelines.intake.problems import Problem
from pipelines.returned import boxes, listing, notes
from pipelines.returned.bookpart import BookPart, Sheet
from pipelines.returned.boxes import has_boxes, new_boxes, with_boxes, without_boxes
from pipelines.returned.looks import Looks, read_looks
from pipelines.returned.notes import Notes
from pipelines.returned.package import CONTENT_TYPES, MACRO_BOOK, PLAIN_BOOK, Package
from pipelines.returned.remarks import Cell, Note, in_order, notes_of
from pipelines.returned.sheetpart import SheetPart
from pipelines.returned.styles import Styles
from pipelines.returned.xmltext import Unpatchable

BLOCKS_A_SHEET = 64  # of shape numbers, so that two sheets never share one


def patched(content: bytes, macros: bool, problems: Sequence[Problem]) -> bytes:
    """The package with these problems marked and earlier marks taken away. `macros`: its name ends in .xlsm.

    Raises Unpatchable where that cannot be done with certainty.
    """
    package = Package(content)
    _declare(package, macros)
    book = BookPart(package)
    table = package.related(package.workbook, "styles")
    if table is None:
        raise Unpatchable("no styles")
    styles = Styles(package.parts[table])
    looks = Looks()
    for earlier in book.lists():
        looks = read_looks(package.parts[earlier.part])
        book.take_out(earlier)
    if not book.sheets:
        raise Unpatchable("no sheet but the list")
    ordered = in_order(problems, [sheet.name for sheet in book.sheets])
    marking = Marking(package, styles, looks, ordered)
    for number, sheet in enumerate(book.sheets):
        if sheet.cells:
            marking.mark(sheet, number * BLOCKS_A_SHEET + 1)
    xml = listing.list_sheet(ordered, book.sheets, marking.remembered, styles)
    package.parts[table] = styles.written()
    book.put_first(package.add("xl/worksheets/sheet{}.xml", xml, listing.KIND), listing.TITLES)
    return package.written()


def _declare(package: Package, macros: bool) -> None:
    """A workbook named .xlsm must say that it may hold macros, or Excel refuses it; and the other way round."""
    types = package.parts[CONTENT_TYPES]
    if macros and PLAIN_BOOK in types:
        package.parts[CONTENT_TYPES] = types.replace(PLAIN_BOOK, MACRO_BOOK)
    elif (MACRO_BOOK in types) != macros:
        raise Unpatchable("a workbook of another kind than its name says")


class Marking:
    """Marks sheet after sheet. `remembered` gathers the format each marked cell had, by number of the list."""

    def __init__(self, package: Package, styles: Styles, looks: Looks, ordered: Sequence[Problem]) -> None:
        self._package, self._styles, self._looks, self._ordered = package, styles, looks, ordered
        self._ours = styles.ours()
        self.remembered: dict[int, int] = {}

    def mark(self, sheet: Sheet, block: int) -> None:
        """Take earlier marks from a sheet and put those of today."""
        named = any(problem.sheet == sheet.name and problem.cell for problem in self._ordered)
        comments = self._package.related(sheet.part, "comments")
        if not (named or self._ours or (comments and b"CANTIK: " in self._package.parts[comments])):
            return
        part = SheetPart(self._package.parts[sheet.part])
        said = notes_of(self._ordered, sheet.name, part.anchor)
        texts = Notes(self._package.parts[comments]) if comments else Notes()
        numbers, bare = texts.take_ours()
        self._colour(sheet, part, said, numbers)
        self._write_notes(sheet, part, texts, comments, said, bare, block)
        self._package.parts[sheet.part] = part.xml

    def _colour(self, sheet: Sheet, part: SheetPart, said: dict[Cell, Note], numbers: dict[Cell, int]) -> None:
        before = part.styled(self._ours)
        styles = part.style_of(said) | before
        for cell, style in before.items():
            look = self._looks.of(sheet.name, cell, numbers.get(cell))
            styles[cell] = self._styles.unmarked(style) if look is None or look in self._ours else look
        for cell, note in said.items():
            self.remembered |= dict.fromkeys(note.numbers, styles[cell])
            styles[cell] = self._styles.marked(styles[cell], note.error)
        part.restyle(styles)

    def _write_notes(
        self,
        sheet: Sheet,
        part: SheetPart,
        texts: Notes,
        comments: str | None,
        said: dict[Cell, Note],
        bare: set[Cell],
        block: int,
    ) -> None:
        """Write the comments part and its drawing; take both away where nothing but our notes had been in them."""
        package = self._package
        new = {cell: said[cell] for cell in texts.put(said)}
        drawing = self._drawing(sheet, part)
        if comments is None and new:
            package.relate(sheet.part, "comments", package.add("xl/comments{}.xml", texts.xml, notes.KIND))
        elif comments and texts.is_empty() and bare:
            package.drop(comments, sheet.part)
        elif comments and (said or bare):
            package.parts[comments] = texts.xml
        if drawing is None and new:
            xml = with_boxes(new_boxes(block, len(new)), new, part, block)
            name = package.add("xl/drawings/vmlDrawing{}.vml", xml, boxes.KIND)
            part.add_legacy_drawing(package.relate(sheet.part, "vmlDrawing", name))
        elif drawing and (new or bare):
            xml = without_boxes(package.parts[drawing], bare)
            if new:
                xml = with_boxes(xml, new, part, block)
            package.parts[drawing] = xml
            if not has_boxes(xml):
                package.drop(drawing, sheet.part)
                part.drop_legacy_drawing()

    def _drawing(self, sheet: Sheet, part: SheetPart) -> str | None:
        """The drawing part of the notes. There may be a second one, for pictures in headers: that is not asked for."""
        identity = part.legacy_drawing()
        if identity is None:
            return None
        name = self._package.relations(sheet.part).get(identity, ("", "", False))[1]
        if name not in self._package.parts:
            raise Unpatchable("a drawing without a part")
        return name
