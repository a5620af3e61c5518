"""Cells that the reader gives as empty although they are not: Excel errors and formulas never calculated.

An error cell read as empty would turn a filled cell into an unknown in silence, so their addresses are collected.
"""

import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from pipelines.intake.texts import SheetText

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(rb"<(?:\w+:)?c ([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
ADDRESS = re.compile(rb'\br="([A-Z]+[0-9]+)"')
ENCRYPTED = 0x1  # flag bit of a part
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</")


def mark_faults(content: bytes, package: zipfile.ZipFile, sheets: list[SheetText]) -> None:
    """Fill `faults` of each visible sheet of an OOXML package: address -> error text, or "" where not calculated."""
    paths: dict[str, str] | None = None
    for part in package.namelist():
        if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
            continue
        xml = _unpacked(content, package, part)
        if b't="e"' not in xml and b"<f" not in xml:
            continue
        paths = _sheet_names(package) if paths is None else paths
        for sheet in sheets:
            if sheet.name == paths.get(part) and not sheet.hidden:
                sheet.faults = _faults(xml)


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
    faults = {}
    for found in CELL.finditer(xml):
        attributes, inside = found[1], found[2] or b""
        is_error = b't="e"' in attributes
        value = VALUE.search(inside)
        if not is_error and not (b"<f" in inside and value is None and b't="str"' not in attributes):
            continue
        if address := ADDRESS.search(attributes):
            faults[address[1].decode()] = value[1].decode("utf-8", "replace") if is_error and value else ""
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
