"""Tokens of the liaison's tier: printed once, kept as hashes only, compared in constant time.

`data/tokens.json` lies outside the published store, so that no copy of the store carries it. A token has 256 random
bits, so a plain SHA-256 of it cannot be searched; it needs no slow hash.
"""

import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.replacing import part_of, replace_file

LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
DEFAULT_LABEL = "pendamping"
BYTES = 32
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Token:
    """What is kept of a token. The label names an office or a role, never a person: it stands in the access log."""

    label: str
    created: str
    sha256: str


def read_tokens(path: Path) -> tuple[Token, ...]:
    """The tokens that are valid now; none where none was ever made. Raises OfficerError for a damaged file."""
    if not path.exists():
        return ()
    try:
        return tuple(Token(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["tokens"])
    except (ValueError, TypeError, KeyError) as error:
        raise OfficerError("Daftar token data/tokens.json rusak. Hapus berkas itu, lalu buat token baru.") from error


def make_token(path: Path, label: str | None, today: dt.date) -> tuple[str, Token]:
    """A new token and what is kept of it. Raises OfficerError for a label that is taken or cannot be written."""
    tokens = read_tokens(path)
    taken = {token.label for token in tokens}
    label = _free_label(taken) if label is None else label.strip()
    if not LABEL.fullmatch(label):
        raise OfficerError(
            f"Nama token '{label}' tidak dapat dipakai. Tulis nama kantor atau peran dengan huruf, angka, spasi, "
            "titik, atau tanda hubung, paling panjang 40, misalnya: bps-kabupaten."
        )
    if label in taken:
        raise OfficerError(
            f"Token '{label}' sudah ada. Pilih nama lain, atau cabut dahulu: cantik token --revoke {label}"
        )
    secret = secrets.token_urlsafe(BYTES)
    token = Token(label, today.isoformat(), _hash(secret))
    _write(path, [*tokens, token])
    return secret, token


def revoke_token(path: Path, label: str) -> None:
    """Make a token invalid at once, also for a server that runs. Raises OfficerError where there is none."""
    tokens = read_tokens(path)
    kept = [token for token in tokens if token.label != label]
    if len(kept) == len(tokens):
        there = f"Yang ada: {', '.join(token.label for token in tokens)}." if tokens else "Belum ada token."
        raise OfficerError(f"Token '{label}' tidak ada. {there}")
    _write(path, kept)


def valid(tokens: Sequence[Token], secret: str) -> Token | None:
    """The token that a client holds; every one is compared, so the time taken tells nothing."""
    found = None
    for token in tokens:
        if hmac.compare_digest(token.sha256, _hash(secret)):
            found = token
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _free_label(taken: set[str]) -> str:
    number = 1
    while (label := DEFAULT_LABEL if number == 1 else f"{DEFAULT_LABEL}-{number}") in taken:
        number += 1
    return label


def _write(path: Path, tokens: Sequence[Token]) -> None:
    """Readable by its owner only from its first byte on; on Windows the folder's own rights hold."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(path)
    part.unlink(missing_ok=True)
    part.touch(mode=OWNER_ONLY)
    part.write_bytes((json.dumps({"tokens": [asdict(token) for token in tokens]}, indent=1) + "\n").encode())
    replace_file(part, path)
