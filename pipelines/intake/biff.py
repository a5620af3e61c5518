"""Walks the records of an old `.xls` for what its reader does not tell: error cells, passwords, orders to programs."""

import struct
from collections.abc import Iterator

from pipelines.errors import Unreadable
from pipelines.intake.cells import column_letters
from pipelines.intake.compound import Compound, NoCompoundFileError
from pipelines.intake.formulas import Faults
from pipelines.intake.refusals import DAMAGED, LOCKED, NO_WORKBOOK, STARTS_PROGRAMS

STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
FORMULA, END, BOUNDSHEET, FILEPASS, SUPBOOK, BOOLERR, START = 0x0006, 0x000A, 0x0085, 0x002F, 0x01AE, 0x0205, 0x0809
PASSWORD = "EncryptedPackage".encode("utf-16-le")  # the stream into which newer programs lock a whole workbook
OWN_OR_ADDIN = (0x0401, 0x3A01)  # marks in place of a length: the workbook itself, or functions of add-ins
PATH, ORDER = "\x01", "\x03"  # a path to a workbook starts so; and what stands between a program and its order
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#N/A"}
EIGHT = 0x0600  # the version whose names may be UTF-16


def find_xls_faults(content: bytes) -> Faults:
    """For each sheet with error cells: address -> error text. Raises Unreadable for what must not be read."""
    if PASSWORD in content:
        raise Unreadable(LOCKED)
    try:
        compound = Compound(content)
        name = next((name for name in STREAMS if name in compound), None)
        if name is None:
            raise Unreadable(NO_WORKBOOK)
        stream = compound.stream(name)
        sheets = _sheets(stream)
        faults = {sheet: dict(_errors(stream, start)) for start, sheet in sheets}
    except (NoCompoundFileError, struct.error, IndexError, UnicodeError) as error:
        raise Unreadable(DAMAGED) from error
    return {sheet: found for sheet, found in faults.items() if found}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from one BOF to its EOF. Raises NoCompoundFileError where the stream ends before."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == START) - (kind == END)
        if kind == END and depth <= 0:
            return
    raise NoCompoundFileError


def _sheets(stream: bytes) -> list[tuple[int, str]]:
    """Where each worksheet starts, and its name."""
    sheets = []
    version = EIGHT
    for kind, data in _records(stream, 0):
        if kind == START:
            (version,) = struct.unpack_from("<H", data)
        elif kind == FILEPASS:
            raise Unreadable(LOCKED)
        elif kind == SUPBOOK and len(data) > 4 and struct.unpack_from("<H", data, 2)[0] not in OWN_OR_ADDIN:
            target = _text(data[2:], wide_length=True)
            if ORDER in target[1:] and not target.startswith(PATH):
                raise Unreadable(STARTS_PROGRAMS)
        elif kind == BOUNDSHEET:
            start, _, sort = struct.unpack_from("<IBB", data)
            if sort == 0:
                name = data[6:]
                sheets.append((start, _text(name) if version == EIGHT else name[1:].decode("cp1252", "replace")))
    return sheets


def _text(data: bytes, *, wide_length: bool = False) -> str:
    """A text of BIFF8: its length, a flag that tells wide characters, the characters."""
    length = struct.unpack_from("<H", data)[0] if wide_length else data[0]
    flag, *_ = data[1 + wide_length :]
    rest = data[2 + wide_length :]
    return rest[: 2 * length].decode("utf-16-le", "replace") if flag & 1 else rest[:length].decode("latin-1")


def _errors(stream: bytes, start: int) -> Iterator[tuple[str, str]]:
    """Address and text of each error cell of a sheet, typed or calculated."""
    for kind, data in _records(stream, start):
        if kind == BOOLERR and len(data) >= 8 and data[7]:
            code = data[6]
        elif kind == FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
            code = data[8]
        else:
            continue
        row, column = struct.unpack_from("<HH", data)
        yield f"{column_letters(column)}{row + 1}", ERRORS.get(code, "#ERROR")
