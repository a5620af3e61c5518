"""Finds the cells of an OpenDocument table that its reader gives as empty or as 0 although they show an error."""

import io
import re
from xml.etree import ElementTree

from pipelines.errors import Unreadable
from pipelines.intake.archive import Archive
from pipelines.intake.cells import column_letters
from pipelines.intake.formulas import Faults, starts_program
from pipelines.intake.refusals import LOCKED, STARTS_PROGRAMS
from pipelines.intake.texts import TOO_BIG

CONTENT, MANIFEST = "content.xml", "meta-inf/manifest.xml"
SIGNS = (b"formula", b"error")  # one of these stands in every cell that was calculated
SHOWN_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|NAME\?|VALUE!|NULL!|NUM!)|(?:Err|Galat):\d{3}")
MOST_FAULTS = 200_000  # a repeated faulty cell may stand for billions


def find_ods_faults(archive: Archive) -> Faults:
    """For each table with such cells: address -> what it shows, or "" where never calculated."""
    content = b""
    for name, xml in archive.xml_parts():
        if name == MANIFEST and b"encryption-data" in xml:
            raise Unreadable(LOCKED)
        if name == CONTENT:
            content = xml
    return _faults(content) if any(sign in content for sign in SIGNS) else {}


class _Table:
    """The faults of one table, and where the next row and cell stand."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row = 0
        self.found: dict[str, str] = {}

    def add(self, faulty: list[tuple[int, int, str]], rows: int) -> None:
        """Faulty cells (column, how often repeated, text) of a row that is repeated itself."""
        if len(self.found) + sum(times for _, times, _ in faulty) * rows > MOST_FAULTS:
            raise Unreadable(TOO_BIG)
        for column, times, text in faulty:
            for row in range(self.row, self.row + rows):
                for place in range(column, column + times):
                    self.found[f"{column_letters(place)}{row + 1}"] = text
        self.row += rows


def _faults(content: bytes) -> Faults:
    faults: Faults = {}
    tables: list[_Table] = []  # a table may stand within a cell of another
    cells: list[list[ElementTree.Element]] = []
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314 - no DOCTYPE
        name = _local(element.tag)
        if event == "start":
            if name == "table":
                tables.append(_Table(_attribute(element, "name")))
            elif name == "table-row":
                cells.append([])
        elif name in ("table-cell", "covered-table-cell") and cells:
            cells[-1].append(element)
        elif name == "table-row":
            tables[-1].add(_faulty(cells.pop()), _times(element, "number-rows-repeated"))
            element.clear()
        elif name == "table":
            table = tables.pop()
            if table.found and not tables:
                faults[table.name] = table.found
    return faults


def _faulty(cells: list[ElementTree.Element]) -> list[tuple[int, int, str]]:
    found = []
    column = 0
    for cell in cells:
        times = _times(cell, "number-columns-repeated")
        text = _fault(cell)
        if text is not None:
            found.append((column, times, text))
        column += times
    return found


def _fault(cell: ElementTree.Element) -> str | None:
    """What a faulty cell shows; None for any other cell. Older programs do not say "error", they only show it."""
    formula = _attribute(cell, "formula")
    if formula and starts_program(formula):
        raise Unreadable(STARTS_PROGRAMS)
    types = {value for key, value in cell.items() if _local(key) == "value-type"}
    if not formula and "error" not in types:
        return None
    text = "".join(cell.itertext()).strip()
    if "error" in types or SHOWN_ERROR.fullmatch(text):
        return text or "#ERROR"
    return "" if not types and not text else None


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.items() if _local(key) == name), "")


def _times(element: ElementTree.Element, name: str) -> int:
    times = _attribute(element, name)
    return max(int(times), 1) if times.isdecimal() else 1
