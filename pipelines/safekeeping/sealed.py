"""A stream sealed with a passphrase: nothing in it can be read, changed, cut short or put in another order unnoticed.

    head   name and version, log2 of scrypt's cost, salt, nonce prefix, commitment to the key, check of the head
    body   pieces of 1 MiB, each AES-256-GCM with nonce = prefix | number | 1 in the last piece, bound to the head

The pieces are the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015), as in age and Tink: a piece
that is lost, moved or missing at the end does not open. Scrypt makes the key (RFC 7914; cost after OWASP's advice),
and its second half is the commitment, so that a wrong passphrase is told from a damaged file. Only one piece is held
in memory, and no plain text touches the disk.
"""

import hashlib
import io
import os
import struct
import unicodedata
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pipelines.errors import OfficerError

NAME = b"CANTIK-CADANGAN-1\n"
COST, CHEAPEST, DEAREST = (
    17,
    14,
    20,
)  # log2: 128 MiB and half a second; 1 GiB at most
SALT, PREFIX, COMMITMENT, CHECK = 16, 7, 32, 8
HEAD = len(NAME) + 1 + SALT + PREFIX + COMMITMENT + CHECK
PIECE, TAG = 2**20, 16
MOST = 2**32  # pieces under one nonce prefix

NOT_OURS = "Berkas itu bukan cadangan Cantik. Pilih berkas yang dibuat dengan cantik backup."
WRONG = "Kata sandi tidak cocok dengan cadangan itu. Periksa huruf besar dan kecilnya, lalu ulangi."
DAMAGED = "Berkas cadangan itu rusak atau terpotong. Pakai salinan atau cadangan yang lain."


class SealingWriter(io.RawIOBase):
    """Seals what is written to it; the stream is whole only after `finish`."""

    def __init__(self, out: BinaryIO, passphrase: str, cost: int = COST) -> None:
        self._out, self._number, self._rest = out, 0, bytearray()
        salt, self._prefix = os.urandom(SALT), os.urandom(PREFIX)
        key, commitment = _keys(passphrase, salt, cost)
        head = NAME + bytes([cost]) + salt + self._prefix + commitment
        self._head = head + _check(head)
        self._cipher = AESGCM(key)
        out.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:  # type: ignore[no-untyped-def]  # any buffer, as the interface says
        """Take any number of bytes."""
        self._rest += data
        while len(self._rest) > PIECE:  # the last piece is never empty but in an empty stream
            self._seal(bytes(self._rest[:PIECE]), last=False)
            del self._rest[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Seal the last piece."""
        self._seal(bytes(self._rest), last=True)
        self._rest.clear()

    def _seal(self, piece: bytes, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last), piece, self._head))
        self._number += 1


class OpeningReader(io.RawIOBase):
    """Opens a sealed stream piece by piece. Raises OfficerError for a foreign, damaged or cut file or a wrong key."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._source, self._number, self._rest, self._done = source, 0, b"", False
        self._head = source.read(HEAD)
        if self._head[: len(NAME)] != NAME:
            raise OfficerError(NOT_OURS)
        at = len(NAME) + 1
        cost = self._head[at - 1] if len(self._head) == HEAD else 0
        if _check(self._head[:-CHECK]) != self._head[-CHECK:] or not CHEAPEST <= cost <= DEAREST:
            raise OfficerError(DAMAGED)
        self._prefix = self._head[at + SALT : at + SALT + PREFIX]
        key, commitment = _keys(passphrase, self._head[at : at + SALT], cost)
        if commitment != self._head[at + SALT + PREFIX : -CHECK]:
            raise OfficerError(WRONG)
        self._cipher = AESGCM(key)
        self._sealed = source.read(PIECE + TAG)

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes, all for -1; empty at the end, which is authentic too."""
        while not self._done and (size is None or size < 0 or len(self._rest) < size):
            self._open()
        end = len(self._rest) if size is None or size < 0 else size
        given, self._rest = self._rest[:end], self._rest[end:]
        return given

    def _open(self) -> None:
        following = self._source.read(PIECE + TAG)
        try:
            piece = self._cipher.decrypt(_nonce(self._prefix, self._number, not following), self._sealed, self._head)
        except InvalidTag:
            raise OfficerError(DAMAGED) from None
        self._rest += piece
        self._sealed, self._done, self._number = following, not following, self._number + 1


def is_sealed(start: bytes) -> bool:
    """Whether a file begins as a backup does."""
    return start[: len(NAME)] == NAME


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    assert number < MOST
    return prefix + struct.pack(">IB", number, last)


def _check(head: bytes) -> bytes:
    return hashlib.sha256(head).digest()[:CHECK]


def _keys(passphrase: str, salt: bytes, cost: int) -> tuple[bytes, bytes]:
    """The key of the pieces and the commitment to it. The same words typed on another system are the same."""
    words = unicodedata.normalize("NFC", passphrase).encode()
    made = Scrypt(salt=salt, length=32 + COMMITMENT, n=2**cost, r=8, p=1).derive(words)
    return made[:32], made[32:]
