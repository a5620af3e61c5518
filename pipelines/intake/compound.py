"""Takes one stream out of a compound file, the container of old `.xls` workbooks ([MS-CFB])."""

import struct
from array import array
from collections.abc import Sequence

FREE = 0xFFFFFFFA  # numbers from here on are no sectors
ENTRY = 128  # bytes of a directory entry
SMALL = 64  # bytes of a sector of the small streams


class NoCompoundFileError(Exception):
    """The container is damaged."""


class Compound:
    """The streams of a compound file by name. Every chain is followed at most once round the file."""

    def __init__(self, content: bytes) -> None:
        try:
            self._read(content)
        except (struct.error, IndexError, ValueError) as error:
            raise NoCompoundFileError from error

    def _read(self, content: bytes) -> None:
        self._content = content
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise NoCompoundFileError
        self._size = 1 << shift
        first_directory, self._cutoff, first_small = struct.unpack_from("<I4xII", content, 48)
        tables = list(struct.unpack_from("<109I", content, 76))
        (more,) = struct.unpack_from("<I", content, 68)
        seen = 0
        while more < FREE and seen <= len(content) // self._size:
            *numbers, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            tables += numbers
            seen += 1
        self._next = self._numbers(b"".join(self._sector(n) for n in tables if n < FREE))
        directory = self._chain(first_directory)
        self._entries = self._directory(directory)
        start, size = struct.unpack_from("<II", directory, 116)  # of the root, which is the first entry
        self._small_next = self._numbers(self._chain(first_small)) if first_small < FREE else array("I")
        self._small = self._chain(start)[:size] if start < FREE else b""

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises NoCompoundFileError where its chain is broken."""
        start, size = self._entries[name]
        try:
            if size >= self._cutoff:
                found = self._chain(start)
            else:
                sectors = _follow(self._small_next, start, len(self._small) // SMALL + 1)
                found = b"".join(self._small[n * SMALL : (n + 1) * SMALL] for n in sectors)
        except (struct.error, IndexError, ValueError) as error:
            raise NoCompoundFileError from error
        return found[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        sector = self._content[at : at + self._size]
        if not sector:
            raise NoCompoundFileError
        return sector.ljust(self._size, b"\0")  # the last sector may be cut short

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(self._next, start, len(self._content) // self._size + 1)))

    def _numbers(self, raw: bytes) -> "array[int]":
        return array("I", struct.unpack(f"<{len(raw) // 4}I", raw))

    def _directory(self, raw: bytes) -> dict[str, tuple[int, int]]:
        entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(raw) - ENTRY + 1, ENTRY):
            (length,) = struct.unpack_from("<H", raw, at + 64)
            start, size = struct.unpack_from("<II", raw, at + 116)
            name = raw[at : at + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
            if name:
                entries.setdefault(name, (start, size))
        return entries


def _follow(following: Sequence[int], start: int, most: int) -> list[int]:
    """The sectors of a chain. A chain longer than the file runs in a circle."""
    sectors = []
    while start < FREE:
        sectors.append(start)
        if len(sectors) > most:
            raise NoCompoundFileError
        start = following[start]
    return sectors
