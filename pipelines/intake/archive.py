"""Opens a zip package with suspicion: what it declares is believed only once it was unpacked and counted."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from pipelines.errors import Unreadable
from pipelines.intake.prolog import check_prolog
from pipelines.intake.refusals import LOCKED, UNUSUAL
from pipelines.intake.texts import TOO_BIG

MOST_PARTS = 3_000
MOST_UNPACKED = 512 * 2**20  # bytes of all parts once unpacked
MOST_RATIO, RATIO_COUNTS_FROM = 150, 10_000_000  # packed so tightly, a part of so many bytes holds no reporting
XML = (".xml", ".rels")
ENCRYPTED = 0x1  # flag bit of a part
UTF_8_NAME = 0x800
LOCAL_HEADER = 30  # bytes before a part's own name
Entry = zipfile.ZipInfo


class Archive:
    """The parts of a package by their names in small letters, as spreadsheet programs tell them apart."""

    def __init__(self, content: bytes) -> None:
        """Raises Unreadable for a bomb or a trap, BadZipFile for a damaged archive."""
        self._content = memoryview(content)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries, directory = package.infolist(), package.start_dir
        _check_sizes(entries)
        self._entries = {_part_name(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise Unreadable(UNUSUAL)  # of two parts with one name, programs differ in which they read
        self._check_places(entries, directory)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def xml_parts(self) -> Iterator[tuple[str, bytes]]:
        """Every XML part, unpacked to its end and checked. A part that no checksum covers could change rows unseen."""
        for name, entry in self._entries.items():
            if name.endswith(XML):
                xml = self._unpacked(entry)
                check_prolog(xml)
                yield name, xml

    def _check_places(self, entries: list[Entry], directory: int) -> None:
        """No two parts may share bytes, and a part's own header must say what the directory says."""
        end = 0
        for entry in sorted(entries, key=lambda e: e.header_offset):
            start, name = self._start(entry)
            if entry.header_offset < end or start + entry.compress_size > directory:
                raise Unreadable(UNUSUAL)
            end = start + entry.compress_size
            if name != entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF_8_NAME else "cp437"):
                raise Unreadable(UNUSUAL)

    def _start(self, entry: Entry) -> tuple[int, bytes]:
        """Where the packed bytes of a part start, and the name that its own header gives."""
        at = entry.header_offset
        try:
            signature, name, extra = struct.unpack_from("<4s22xHH", self._content, at)
        except struct.error as error:
            raise zipfile.BadZipFile(entry.filename) from error
        if signature != b"PK\x03\x04":
            raise zipfile.BadZipFile(entry.filename)
        return at + LOCAL_HEADER + name + extra, bytes(self._content[at + LOCAL_HEADER : at + LOCAL_HEADER + name])

    def _unpacked(self, entry: Entry) -> bytes:
        """A part in one go (zipfile does it in small pieces, at twice the cost), never larger than it declares."""
        if entry.flag_bits & ENCRYPTED:
            raise Unreadable(LOCKED)
        start, _ = self._start(entry)
        packed = self._content[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                part = unpacker.decompress(packed, entry.file_size + 1)
            except zlib.error as error:
                raise zipfile.BadZipFile(entry.filename) from error
        elif entry.compress_type == zipfile.ZIP_STORED:
            part = bytes(packed)
        else:
            raise zipfile.BadZipFile(entry.filename)
        if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
            raise zipfile.BadZipFile(entry.filename)
        return part


def _check_sizes(entries: list[Entry]) -> None:
    bombs = (e for e in entries if e.file_size > RATIO_COUNTS_FROM and e.file_size > MOST_RATIO * e.compress_size)
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNPACKED or any(bombs):
        raise Unreadable(TOO_BIG)


def _part_name(filename: str) -> str:
    """The name as offices compare it. Raises Unreadable where it would lead out of the package."""
    name = filename.replace("\\", "/").lower()
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise Unreadable(UNUSUAL)
    return name
