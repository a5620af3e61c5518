"""Cells that the reader gives as empty although they are not: Excel errors and formulas never calculated.

An error cell read as empty would turn a filled cell into an unknown in silence, so their addresses are collected.
"""

import io
import posixpath
import re
from xml.etree import ElementTree

from pipelines.errors import Unreadable
from pipelines.intake.archive import Archive
from pipelines.intake.cells import column_index, column_letters
from pipelines.intake.refusals import STARTS_PROGRAMS

# An error cell or a formula, however the XML is written; a sheet without either needs no parser.
SUSPECT = re.compile(rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?f[\s>/]""")
# Stands in an error cell as nearly every program writes it. A pattern of one plain text is found ten times faster.
ERROR = re.compile(b'"e"')
QUOTED = re.compile(r'"[^"]*"')
STARTS = re.compile(r"\||\bDDE\s*\(", re.IGNORECASE)  # a bar is no operator: it parts a program from its order
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
LINKS = "xl/externallinks/"

Faults = dict[str, dict[str, str]]


def find_faults(archive: Archive) -> tuple[Faults, bool]:
    """For each sheet with such cells: address -> error text, or "" where not calculated. And: are there links?

    Raises Unreadable for a workbook whose formulas start programs.
    """
    suspects: dict[str, bytes] = {}
    kept: dict[str, bytes] = {}
    linked = False
    for name, xml in archive.xml_parts():
        if name in (BOOK, RELATIONS):
            kept[name] = xml
        elif name.startswith(LINKS):
            linked = True
            if b"ddeLink" in xml:
                raise Unreadable(STARTS_PROGRAMS)
        elif _may_be_suspect(xml) and SUSPECT.search(xml):
            suspects[name] = xml
    _check_names(kept[BOOK])
    if not suspects:
        return {}, linked
    names = _sheet_names(kept[BOOK], kept[RELATIONS])
    found = {names[part]: _faults(xml) for part, xml in suspects.items() if part in names}
    return {sheet: faults for sheet, faults in found.items() if faults}, linked


def _may_be_suspect(xml: bytes) -> bool:
    """Whether to look closer: letters that stand in every suspect, sought as fast as a byte can be."""
    at = xml.find(b"f")  # rare in the cells of a sheet, far rarer than the brackets before a formula
    while at >= 0:
        if xml[at - 1] in b"<:":
            return True
        at = xml.find(b"f", at + 1)
    return ERROR.search(xml) is not None or (b"'" in xml and b"'e'" in xml)


def starts_program(formula: str) -> bool:
    """Whether a formula hands an order to another program (`cmd|'/c calc'!A0`)."""
    return STARTS.search(QUOTED.sub("", formula)) is not None


def _check_names(book: bytes) -> None:
    """A defined name holds a formula too."""
    if b"definedName" not in book:
        return
    for element in ElementTree.fromstring(book).iter():  # noqa: S314 - no document type: nothing to expand
        if element.tag.endswith("}definedName") and starts_program(element.text or ""):
            raise Unreadable(STARTS_PROGRAMS)


def _faults(xml: bytes) -> dict[str, str]:
    """The faulty cells of one sheet; a cell without an address stands right of the one before it."""
    faults: dict[str, str] = {}
    row, column = 0, -1
    for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):  # noqa: S314 - as above
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 1)), -1
        elif event == "end" and name == "c":
            address = element.get("r")
            column = column_index(address.rstrip("0123456789")) if address else column + 1
            parts = {child.tag.rpartition("}")[2]: child.text or "" for child in element}
            kind = element.get("t")
            if starts_program(parts.get("f", "")):
                raise Unreadable(STARTS_PROGRAMS)
            if kind == "e":
                faults[f"{column_letters(column)}{row}"] = parts.get("v", "").strip()
            elif "f" in parts and not parts.get("v") and kind != "str":
                faults[f"{column_letters(column)}{row}"] = ""
            element.clear()
    return faults


def _sheet_names(book: bytes, relations: bytes) -> dict[str, str]:
    """Part name -> sheet name. By local names: strict workbooks use namespaces of their own."""
    targets = {r.get("Id"): r.get("Target", "") for r in ElementTree.fromstring(relations)}  # noqa: S314
    names = {}
    for sheet in ElementTree.fromstring(book).iter():  # noqa: S314
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        identity = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = targets.get(identity, "").replace("\\", "/")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        names[part.lower()] = sheet.get("name", "")
    return names
