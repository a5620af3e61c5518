"""Writes zip archives that no honest program writes."""

import struct
import zlib
from dataclasses import dataclass

from tests.intake.workbooks import PEOPLE, unpacked, xlsx

MEGABYTE = 2**20
DEFLATED, STORED = 8, 0


@dataclass
class Entry:
    """One part. What is None is told truly."""

    name: str
    data: bytes
    method: int = DEFLATED
    packed: bytes | None = None
    size: int | None = None
    crc: int | None = None
    flags: int = 0x800
    own_name: str | None = None  # in the part's own header
    at: int | None = None  # number of the part whose bytes it shares

    def stored(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method == STORED:
            return self.data
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeezer.compress(self.data) + squeezer.flush()

    def fields(self) -> bytes:
        size = len(self.data) if self.size is None else self.size
        crc = zlib.crc32(self.data) if self.crc is None else self.crc
        return struct.pack("<HHHHHIII", 20, self.flags, self.method, 0, 0x5B3E, crc, len(self.stored()), size)


def archive(entries: list[Entry], tail: bytes = b"", comment: bytes = b"") -> bytes:
    """The archive of these parts, whatever they claim."""
    out, starts, directory = b"", [], b""
    for entry in entries:
        if entry.at is not None:
            starts.append(starts[entry.at])
            continue
        starts.append(len(out))
        name = (entry.own_name or entry.name).encode()
        out += b"PK\x03\x04" + entry.fields() + struct.pack("<HH", len(name), 0) + name + entry.stored()
    for entry, start in zip(entries, starts, strict=True):
        name = entry.name.encode()
        fields = entry.fields() + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, start)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields + name
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(out), len(comment))
    return out + directory + b"PK\x05\x06" + end + comment + tail


def entries(content: bytes) -> list[Entry]:
    """The parts of a good package, to be tampered with."""
    return [Entry(name, data) for name, data in unpacked(content).items()]


def tampered(part: str, *, of: bytes | None = None, **lies: object) -> bytes:
    """A good workbook of which one part lies."""
    parts = entries(of or xlsx(PEOPLE))
    for entry in parts:
        if entry.name == part:
            for field, value in lies.items():
                setattr(entry, field, value)
    return archive(parts)


def bomb(head: bytes, block: bytes, times: int, tail: bytes) -> tuple[bytes, int]:
    """`block` many times as a deflated stream, and its length unpacked; made without ever unpacking it."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = squeezer.compress(head) + squeezer.flush(zlib.Z_FULL_FLUSH)
    again = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    last = squeezer.compress(tail) + squeezer.flush()
    return first + again * times + last, len(head) + len(block) * times + len(tail)


def exploding(part: str, head: bytes, block: bytes, times: int, tail: bytes, *, size: int | None = None) -> bytes:
    """A good workbook whose `part` is a bomb; `size` is what it claims to be."""
    packed, length = bomb(head, block, times, tail)
    parts = [entry for entry in entries(xlsx(PEOPLE)) if entry.name != part]
    return archive([*parts, Entry(part, b"", packed=packed, size=length if size is None else size, crc=0)])
