"""Cells that the reader gives as empty although they are not: Excel errors and formulas never calculated.

An error cell read as empty would turn a filled cell into an unknown in silence, so their addresses are collected.
"""

import io
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from pipelines.intake.cells import column_index, column_letters

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# An error cell or a formula, however the XML is written; a sheet without either needs no parser.
SUSPECT = re.compile(rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?f[\s>/]""")
# One of these stands in every suspect. A pattern of one plain text is found ten times faster than the whole one.
SIGNS = [re.compile(sign) for sign in (b'"e"', b"'e'", b"<f", b":f")]
ENCRYPTED = 0x1  # flag bit of a part


def find_faults(content: bytes, package: zipfile.ZipFile) -> dict[str, dict[str, str]]:
    """For each sheet of an OOXML package with such cells: address -> error text, or "" where not calculated."""
    paths: dict[str, str] | None = None
    found: dict[str, dict[str, str]] = {}
    for part in package.namelist():
        if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
            continue
        xml = _unpacked(content, package, part)
        if not any(sign.search(xml) for sign in SIGNS) or not SUSPECT.search(xml):
            continue
        paths = _sheet_names(package) if paths is None else paths
        if part in paths and (faults := _faults(xml)):
            found[paths[part]] = faults
    return found


def _unpacked(content: bytes, package: zipfile.ZipFile, part: str) -> bytes:
    """A part, unpacked in one go where it can be: zipfile does it in small pieces, at twice the cost."""
    info = package.getinfo(part)
    if info.compress_type != zipfile.ZIP_DEFLATED or info.flag_bits & ENCRYPTED:
        return package.read(part)
    name, extra = struct.unpack_from("<HH", content, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    try:
        xml = zlib.decompress(memoryview(content)[start : start + info.compress_size], -zlib.MAX_WBITS, info.file_size)
    except zlib.error as error:
        raise zipfile.BadZipFile(part) from error
    if zlib.crc32(xml) != info.CRC:
        raise zipfile.BadZipFile(part)
    return xml


def _faults(xml: bytes) -> dict[str, str]:
    """The faulty cells of one sheet; a cell without an address stands right of the one before it."""
    faults: dict[str, str] = {}
    row, column = 0, -1
    for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):  # noqa: S314 - size is capped
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 1)), -1
        elif event == "end" and name == "c":
            address = element.get("r")
            column = column_index(address.rstrip("0123456789")) if address else column + 1
            parts = {child.tag.rpartition("}")[2]: child.text or "" for child in element}
            kind = element.get("t")
            if kind == "e":
                faults[f"{column_letters(column)}{row}"] = parts.get("v", "").strip()
            elif "f" in parts and not parts.get("v") and kind != "str":
                faults[f"{column_letters(column)}{row}"] = ""
            element.clear()
    return faults


def _sheet_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Part name -> sheet name, by the workbook's relationships."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 (expat expands no external entity; size is capped)
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    workbook = ElementTree.fromstring(package.read("xl/workbook.xml"))  # noqa: S314
    names = {}
    for sheet in workbook.iter(SHEET):
        target = targets.get(sheet.get(RELATION), "") or ""
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        names[part] = sheet.get("name", "")
    return names
