"""The workbook part: which sheets there are, and the list sheet put first or taken out."""

import re
from dataclasses import dataclass

from pipelines.intake.words import LIST_SHEET, is_list
from pipelines.returned.package import MAIN_NAMESPACE, RELATIONS, Package, parsed
from pipelines.returned.sheetpart import unselected
from pipelines.returned.xmltext import Unpatchable, attribute, prefix_of, prefixed, with_attribute

P = rb"(?:[\w.-]+:)?"
SHEETS = re.compile(rb"<" + P + rb"sheets\b[^>]*>")
SHEET = re.compile(rb"<" + P + rb"sheet\s[^>]*?(?:/>|>\s*</" + P + rb"sheet>)")
NAME = re.compile(rb"<" + P + rb"definedName\s([^>]*?)(?:/>|>.*?</" + P + rb"definedName>)", re.DOTALL)
NO_NAMES = re.compile(rb"<" + P + rb"definedNames\s*(?:/>|>\s*</" + P + rb"definedNames\s*>)")
NAMES = re.compile(rb"<" + P + rb"definedNames\b[^>/]*>")
BEFORE_NAMES = re.compile(rb"</" + P + rb"(?:sheets|externalReferences)\s*>|<" + P + rb"functionGroups\b[^>]*/>")
VIEW = re.compile(rb"<" + P + rb"workbookView\s([^>]*?)/?>")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its part, whether it is a table of cells and whether it shows."""

    name: str
    part: str
    cells: bool
    visible: bool
    number: int


class BookPart:
    """The sheets of a package, in order."""

    def __init__(self, package: Package) -> None:
        self._package = package
        xml = package.parts[package.workbook]
        self.prefix = prefix_of(xml)
        root = parsed(xml)
        if root.tag != f"{MAIN_NAMESPACE}workbook" or any(name.startswith("xl/revisions/") for name in package.parts):
            raise Unpatchable("a workbook of another kind")
        relations = package.relations(package.workbook)
        self.sheets = []
        for sheet in root.iterfind(f"{MAIN_NAMESPACE}sheets/{MAIN_NAMESPACE}sheet"):
            kind, part, _ = relations.get(sheet.get(f"{{{RELATIONS}}}id", ""), ("", "", False))
            if part not in package.parts:
                raise Unpatchable("a sheet without a part")
            visible = sheet.get("state", "visible") == "visible"
            is_cells = kind == f"{RELATIONS}/worksheet"
            self.sheets.append(Sheet(sheet.get("name", ""), part, is_cells, visible, int(sheet.get("sheetId", "0"))))
        if not self.sheets:
            raise Unpatchable("no sheets")

    @property
    def xml(self) -> bytes:
        """The part as it stands."""
        return self._package.parts[self._package.workbook]

    @xml.setter
    def xml(self, xml: bytes) -> None:
        self._package.parts[self._package.workbook] = xml

    def lists(self) -> list[Sheet]:
        """List sheets of earlier returns."""
        return [sheet for sheet in self.sheets if is_list(sheet.name)]

    def take_out(self, sheet: Sheet) -> None:
        """Remove a list sheet, its part and the names that belong to it."""
        at = self.sheets.index(sheet)
        start = self._start_of_sheets()
        element = list(SHEET.finditer(self.xml, start))[at]
        self.xml = self.xml[: element.start()] + self.xml[element.end() :]
        self._renumber(at, -1)
        self.sheets.remove(sheet)
        self._package.drop(sheet.part, self._package.workbook)

    def put_first(self, part: str, titles: str) -> None:
        """Make this part the first sheet, and the one that opens; `titles` are the rows that print on every page."""
        for sheet in self.sheets:
            self._package.parts[sheet.part] = unselected(self._package.parts[sheet.part])
        identity = self._package.relate(self._package.workbook, "worksheet", part)
        number = max(sheet.number for sheet in self.sheets) + 1
        element = prefixed(b"<sheet ", self.prefix) + (
            f'xmlns:r="{RELATIONS}" name="{LIST_SHEET}" sheetId="{number}" r:id="{identity}"/>'.encode()
        )
        self._renumber(0, 1)
        start = self._start_of_sheets()
        xml = self.xml[:start] + element + self.xml[start:]
        self.xml = self._printing_headings(VIEW.sub(_opening_first, xml), titles)

    def _printing_headings(self, xml: bytes, titles: str) -> bytes:
        """Name the rows of the first sheet that every printed page repeats."""
        inside = f"'{LIST_SHEET}'!{titles}".encode()
        name = b'<definedName name="_xlnm.Print_Titles" localSheetId="0">' + inside + b"</definedName>"
        if found := NAMES.search(xml):
            return xml[: found.end()] + prefixed(name, self.prefix) + xml[found.end() :]
        at = max(found.end() for found in BEFORE_NAMES.finditer(xml))
        return xml[:at] + prefixed(b"<definedNames>" + name + b"</definedNames>", self.prefix) + xml[at:]

    def _start_of_sheets(self) -> int:
        found = SHEETS.search(self.xml)
        if found is None:
            raise Unpatchable("no sheets")
        return found.end()

    def _renumber(self, at: int, by: int) -> None:
        """Names of one sheet follow it to its new place; those of a removed sheet go with it."""

        def moved(found: re.Match[bytes]) -> bytes:
            place = attribute(found[1], b"localSheetId")
            if place is None or int(place) < at:
                return found[0]
            if by < 0 and int(place) == at:
                return b""
            changed = with_attribute(found[1], b"localSheetId", str(int(place) + by).encode())
            return found[0].replace(found[1], changed, 1)

        self.xml = NO_NAMES.sub(b"", NAME.sub(moved, self.xml))


def _opening_first(found: re.Match[bytes]) -> bytes:
    changed = found[1]
    for name in (b"activeTab", b"firstSheet"):
        if attribute(changed, name) is not None:
            changed = with_attribute(changed, name, b"0")
    return found[0].replace(found[1], changed, 1)
