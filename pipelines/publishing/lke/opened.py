"""Finished files as they lie on the disk. What somebody or a disk changed is `Damaged`; any other error is our own."""

import csv
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pypdf import PdfReader
from pypdf.errors import PyPdfError

# What openpyxl says of a workbook that is none, lacks a part, or holds what no workbook may.
NO_WORKBOOK = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError)
# What pypdf says of a file that is no PDF, is cut, or has a part that cannot be unpacked.
NO_PDF = (PyPdfError, zlib.error, OSError, LookupError, ValueError, TypeError, AttributeError)


class Damaged(Exception):
    """A finished file that is not as it was written."""


class Line(dict[str, Any]):
    """One row by heading; a heading that is not there any more is damage."""

    def __missing__(self, heading: str) -> Any:
        raise Damaged(heading)


def opened_workbook(path: Path) -> Workbook:
    """A workbook, read whole. Raises Damaged."""
    try:
        return load_workbook(path)
    except NO_WORKBOOK as error:
        raise Damaged(path.name) from error


def lines(path: Path) -> Iterator[Line]:
    """The rows of a CSV file. Raises Damaged."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            yield from map(Line, rows)
        except (UnicodeDecodeError, csv.Error) as error:
            raise Damaged(path.name) from error


def text_of(path: Path) -> str:
    """A text file. Raises Damaged."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Damaged(path.name) from error


def printed_text(path: Path) -> str:
    """The words of a PDF in the order of its pages, a blank between any two. Raises Damaged."""
    try:
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)
    except NO_PDF as error:
        raise Damaged(path.name) from error


def number_of(text: str) -> float | None:
    """A number as programs write it, none for an empty field. Raises Damaged for what is neither."""
    try:
        return float(text) if text else None
    except (ValueError, TypeError) as error:
        raise Damaged("a number") from error


def known(codes: Mapping[str, str], code: object) -> str:
    """Our code for one of theirs. Raises Damaged for one that nobody wrote."""
    if not isinstance(code, str) or code not in codes:
        raise Damaged("a code")
    return codes[code]
