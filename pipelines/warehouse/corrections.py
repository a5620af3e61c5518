"""Corrections that residents asked for (UU 27/2022), in the journal of rights beside the ledger.

A correction says: where a workbook says `old` of this person, read `new`. It is no edit of a kept file, so any
warehouse folded again from the same files is corrected again. Whom it is about, what it says and why is sealed under
the office's key: the journal itself names nobody. When it is over, `correcting` knows from what workbooks bring.
"""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from pipelines.errors import OfficerError
from pipelines.journal import JournalDamaged, Row, append_to_journal, journal_text, parse_journal
from pipelines.replacing import write_whole
from pipelines.settings import Places
from pipelines.warehouse.key import make_key, read_key
from pipelines.warehouse.rights import DAMAGED, JOURNAL, Forgotten

CORRECT, SEALED = "koreksi", "isi"
NONCE = 12


@dataclass(frozen=True)
class Content:
    """What is sealed: the NIK (or card number) of the row, the wrong and the right value as `canonical`, the reason."""

    person: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True)
class Correction:
    """One correction. `after` is the last receipt that was there when it was made; no `period` means all of them.

    `number` counts the corrections of the journal from 1.
    """

    number: int
    day: str
    account: str
    after: int
    dataset: str
    column: str
    period: str
    content: Content = field(repr=False)


def load_corrections(places: Places) -> list[Correction]:
    """All corrections in the order they were made in. Raises OfficerError where the journal or its key is lost."""
    path = places.store / JOURNAL
    if not path.exists():
        return []
    try:
        rows = [row for row in parse_journal(path.read_bytes()) if row["jenis"] == CORRECT]
        return [_opened(number, row, read_key(places)) for number, row in enumerate(rows, 1)]
    except (JournalDamaged, KeyError, OSError, ValueError, TypeError):
        raise OfficerError(DAMAGED) from None


def digest_of(corrections: Sequence[Correction]) -> str:
    """A hash of all corrections: where it changes, the warehouse is folded anew. Empty where there is none."""
    told = json.dumps([asdict(entry) for entry in corrections])
    return hashlib.sha256(told.encode()).hexdigest() if corrections else ""


def enter_corrections(places: Places, made: Sequence[Correction]) -> None:
    """Add corrections to the journal; their numbers follow from their places in it."""
    key = read_key(places) if (places.store / JOURNAL).exists() else make_key(places)
    append_to_journal(places.store / JOURNAL, [_sealed(entry, key) for entry in made])


def drop_forgotten(places: Places, forgotten: Forgotten) -> None:
    """Take out what is sealed of persons forgotten since, name of a family's head included. Whole, or not at all."""
    path = places.store / JOURNAL
    gone = {entry.number for entry in load_corrections(places) if _is_forgotten(entry.content, forgotten)}
    if gone:
        rows = parse_journal(path.read_bytes())
        numbers = iter(range(1, len(rows) + 1))
        left = [row for row in rows if row["jenis"] != CORRECT or next(numbers) not in gone]
        write_whole(path, journal_text(left).encode())


def _is_forgotten(content: Content, forgotten: Forgotten) -> bool:
    names = {forgotten.name_mark(content.person, text) for text in (content.old, content.new)}
    return forgotten.mark("nik", content.person) in forgotten.persons or bool(names & forgotten.names)


def _sealed(entry: Correction, key: bytes) -> Row:
    row: Row = {
        "jenis": CORRECT,
        "tanggal": entry.day,
        "akun": entry.account,
        "sesudah": entry.after,
        "kumpulan": entry.dataset,
        "kolom": entry.column,
        "periode": entry.period,
    }
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # only an office with corrections waits for it

    nonce = os.urandom(NONCE)
    said = json.dumps(asdict(entry.content), ensure_ascii=False).encode(errors="surrogatepass")
    closed = AESGCM(_own_key(key)).encrypt(nonce, said, _bound(row))
    return row | {SEALED: base64.b64encode(nonce + closed).decode()}


def _opened(number: int, row: Row, key: bytes) -> Correction:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    closed = base64.b64decode(str(row[SEALED]))
    try:
        said = AESGCM(_own_key(key)).decrypt(closed[:NONCE], closed[NONCE:], _bound(row))
    except InvalidTag:
        raise JournalDamaged from None
    return Correction(
        number,
        str(row["tanggal"]),
        str(row["akun"]),
        int(str(row["sesudah"])),
        str(row["kumpulan"]),
        str(row["kolom"]),
        str(row["periode"]),
        Content(**json.loads(said.decode(errors="surrogatepass"))),
    )


def _own_key(key: bytes) -> bytes:
    return hmac.new(key, b"koreksi|", hashlib.sha256).digest()


def _bound(row: Row) -> bytes:
    """What a sealed content belongs to: it cannot be moved to another line."""
    return json.dumps({name: value for name, value in row.items() if name != SEALED}, sort_keys=True).encode()
