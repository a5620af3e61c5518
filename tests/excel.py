"""What Microsoft's Excel would offer to repair in a workbook, by the rules of its Open XML SDK."""

from collections import Counter
from pathlib import Path

from openxml_audit import OpenXmlValidator

TASTE = "inline-string"  # texts within their cells are lawful, and every program reads them


def repairs(workbook: bytes | Path, folder: Path) -> Counter[tuple[str, str]]:
    """How often each fault stands in each part of a workbook, .xlsx or, where it has macros, .xlsm."""
    if isinstance(workbook, bytes):
        content, workbook = workbook, folder / ("buku.xlsm" if b"vbaProject" in workbook else "buku.xlsx")
        workbook.write_bytes(content)
    found = OpenXmlValidator(max_errors=0).validate(str(workbook)).errors
    return Counter((fault.part_uri or "", fault.description) for fault in found if TASTE not in fault.description)
