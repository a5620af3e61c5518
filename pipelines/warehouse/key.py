"""The office's one key (`data/hak.key`), outside the stores and part of every backup: what nobody else can compute by.

Who has it can try numbers against marks and pseudonyms, who has only the stores cannot. Each use has a label of its
own, so that what one gives says nothing of another.
"""

import hashlib
import hmac
import os
import secrets
import stat

import duckdb

from pipelines.errors import OfficerError
from pipelines.replacing import remove_file
from pipelines.settings import Places
from pipelines.warehouse.facts import fact, note_fact

KEY_BYTES = 32
CHECK = "kunci"  # the fact of the warehouse that says under which key it was folded
LOST = (
    "Kunci data/hak.key hilang, rusak, atau bukan kunci gudang data ini. Taruh kembali berkas itu dari cadangan, "
    "atau jalankan: cantik rebuild (membuat kunci baru)."
)
NEEDED = (
    "Kunci data/hak.key bukan kunci gudang data ini, padahal catatan hak warga memerlukannya. "
    "Pulihkan dari cadangan: cantik restore BERKAS."
)


def read_key(places: Places) -> bytes:
    """The key. Raises OSError where there is none and ValueError where it is damaged."""
    key = bytes.fromhex(places.rights_key.read_text(encoding="ascii").strip())
    if len(key) != KEY_BYTES:
        raise ValueError
    return key


def make_key(places: Places) -> bytes:
    """The key, made anew where there is none or only what is left of one; nothing may depend on an older one."""
    try:
        return read_key(places)
    except (OSError, ValueError):
        path = places.rights_key
        remove_file(path)
        alone = os.open(str(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(alone, "w", encoding="ascii", newline="\n") as out:
            out.write(secrets.token_hex(KEY_BYTES) + "\n")
            out.flush()
            os.fsync(out.fileno())
        return read_key(places)


def key_of(places: Places, connection: duckdb.DuckDBPyConnection) -> bytes:
    """The key under which the warehouse is folded; one that is folded for the first time takes what there is, or makes
    one. Raises OfficerError where the key is not the warehouse's.
    """
    if _noted(connection) is None:
        key = make_key(places)
        note_fact(connection, CHECK, _check(key))
        return key
    if not has_key(places, connection):
        raise OfficerError(LOST)
    return read_key(places)


def has_key(places: Places, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the office has the key under which a warehouse was folded; one that was not folded yet needs none."""
    noted = _noted(connection)
    if noted is None:
        return True
    try:
        return noted == _check(read_key(places))
    except (OSError, ValueError):
        return False


def _noted(connection: duckdb.DuckDBPyConnection) -> str | None:
    try:
        return fact(connection, CHECK)
    except duckdb.CatalogException:
        return None  # a first run was killed before it made its tables


def _check(key: bytes) -> str:
    return hmac.new(key, b"cek|", hashlib.sha256).hexdigest()
