"""Writes small `.xls` files: BIFF8 records in a compound file, also such as no honest program writes."""

import struct
from dataclasses import dataclass, field

from tests.intake.workbooks import PEOPLE, Table

SECTOR = 512
END_OF_CHAIN, FAT_SECTOR, NO_SECTOR = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CODES = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


@dataclass
class Formula:
    """A cell whose formula gave this error or number."""

    result: str | float


@dataclass
class Lies:
    """What is untrue in a file."""

    globals: list[tuple[int, bytes]] = field(default_factory=list)  # records put before the sheets
    circle: bool = False
    start: int | None = None  # where the sheet claims to start
    stream: str = "Workbook"


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def text(value: str, wide_length: bool = True) -> bytes:
    length = struct.pack("<H" if wide_length else "<B", len(value))
    return length + b"\x01" + value.encode("utf-16-le")


def cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 15)
    if value is None:
        return b""
    if isinstance(value, Formula):
        error = isinstance(value.result, str)
        result = (
            struct.pack("<BxBxxxH", 2, CODES[str(value.result)], 0xFFFF) if error else struct.pack("<d", value.result)
        )
        return record(0x0006, place + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")
    if isinstance(value, str) and value in CODES:
        return record(0x0205, place + bytes([CODES[value], 1]))
    if isinstance(value, int | float):
        return record(0x0203, place + struct.pack("<d", value))
    return record(0x0204, place + text(str(value)))


def start_of(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def xls(
    rows: Table | None = None, lies: Lies | None = None, cells: dict[tuple[int, int], object] | None = None
) -> bytes:
    """An .xls of one sheet; `cells` are written over the table's."""
    lies = lies or Lies()
    changed = {(r, c): v for r, row in enumerate(rows or PEOPLE) for c, v in enumerate(row)} | (cells or {})
    before = start_of(5) + record(0x0042, struct.pack("<H", 1200)) + b"".join(record(*r) for r in lies.globals)
    name = text("Data", wide_length=False)
    start = len(before) + 4 + 6 + len(name) + 4
    listed = record(0x0085, struct.pack("<IBB", start if lies.start is None else lies.start, 0, 0) + name)
    body = b"".join(cell(row, column, value) for (row, column), value in sorted(changed.items()))
    stream = before + listed + record(0x000A, b"") + start_of(0x10) + body + record(0x000A, b"")
    return compound({lies.stream: stream}, circle=lies.circle)


def compound(streams: dict[str, bytes], *, circle: bool = False) -> bytes:
    """A compound file of these streams, each in sectors of its own."""
    fat, sectors, entries = [FAT_SECTOR, END_OF_CHAIN], [b"", b""], [entry("Root Entry", 5, END_OF_CHAIN, 0, 1)]
    for name, data in streams.items():
        first, size = len(sectors), max(len(data), 4096)
        padded = data.ljust(-(-size // SECTOR) * SECTOR, b"\0")
        pieces = [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        fat += [*range(first + 1, first + len(pieces)), first if circle else END_OF_CHAIN]
        sectors += pieces
        entries.append(entry(name, 2, first, size, NO_SECTOR))
    assert len(fat) <= SECTOR // 4, "one sector of numbers is enough for a test"
    sectors[0] = struct.pack(f"<{SECTOR // 4}I", *fat, *[NO_SECTOR] * (SECTOR // 4 - len(fat)))
    sectors[1] = b"".join(entries).ljust(SECTOR, b"\0")[:SECTOR]
    head = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    return head + struct.pack("<109I", 0, *[NO_SECTOR] * 108) + b"".join(sectors)


def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    """A directory entry. The names of our few streams hang in a chain to the right."""
    encoded = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", NO_SECTOR, NO_SECTOR, child)
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB", len(encoded), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
