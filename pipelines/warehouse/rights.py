"""The rights of residents (UU 27/2022) in a journal beside the ledger: whom the office has forgotten.

It holds no NIK: a forgotten person is a mark, HMAC-SHA256 under a key that stands outside the stores (`data/hak.key`).
Without the key nobody can try numbers against the marks; with it a later workbook's rows are known again, and left out.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field

from pipelines.errors import OfficerError
from pipelines.journal import JournalDamaged, append_to_journal, parse_journal
from pipelines.settings import Places
from pipelines.warehouse.key import make_key, read_key

JOURNAL = "hak.jsonl"
FORGET, REDACT = "lupakan", "sunting"
MARK_LETTERS = 32
DAMAGED = f"Catatan hak warga {JOURNAL} atau kuncinya rusak. Pulihkan dari cadangan: cantik restore BERKAS."


@dataclass(frozen=True)
class Forgotten:
    """Marks of forgotten persons, of their families and of their names in these; and which kept files were redacted.

    `redacted` maps the SHA-256 of a file as it was received to that of what is kept of it now.
    """

    key: bytes = field(default=b"", repr=False)
    persons: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    redacted: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A hash of the marks: where it changes, the warehouse is folded anew, into a new file."""
        marks = sorted(self.persons | self.families | self.names)
        return hashlib.sha256("".join(marks).encode()).hexdigest() if marks else ""

    def mark(self, label: str, text: str) -> str:
        """The mark of a text of a kind."""
        return hmac.new(self.key, f"{label}|{text}".encode(), "sha256").hexdigest()[:MARK_LETTERS]

    def name_mark(self, family: str, name: str) -> str:
        """The mark of a name in its family, however it is spaced and capitalised."""
        return self.mark("nama", f"{family}|{' '.join(name.split()).casefold()}")


def load_forgotten(places: Places) -> Forgotten:
    """What the journal says. Raises OfficerError where it or its key is lost: people would come back in silence."""
    path = places.store / JOURNAL
    if not path.exists():
        return Forgotten()
    try:
        return parse_forgotten(path.read_bytes(), read_key(places))
    except (JournalDamaged, KeyError, OSError, ValueError):
        raise OfficerError(DAMAGED) from None


def parse_forgotten(content: bytes, key: bytes) -> Forgotten:
    """What a journal's bytes say. Raises JournalDamaged."""
    rows = parse_journal(content)
    marks = {
        kind: frozenset(str(mark) for row in rows if row["jenis"] == FORGET for mark in _listed(row[kind]))
        for kind in ("nik", "kk", "nama")
    }
    redacted = {str(row["asal"]): str(row["hasil"]) for row in rows if row["jenis"] == REDACT}
    return Forgotten(key, marks["nik"], marks["kk"], marks["nama"], redacted)


def forget(places: Places, nik: str, families: dict[str, set[str]], day: str) -> None:
    """Enter a person as forgotten, with the names that stand for the person in each family; `day` as ISO date."""
    known = Forgotten(read_key(places) if (places.store / JOURNAL).exists() else make_key(places))
    row: dict[str, object] = {
        "jenis": FORGET,
        "tanggal": day,
        "nik": [known.mark("nik", nik)],
        "kk": sorted(known.mark("kk", family) for family in families),
        "nama": sorted(known.name_mark(family, name) for family, names in families.items() for name in names),
    }
    append_to_journal(places.store / JOURNAL, [row])


def note_redaction(places: Places, received: str, kept: str) -> None:
    """Enter that a file is kept without a forgotten person's rows from now on."""
    append_to_journal(places.store / JOURNAL, [{"jenis": REDACT, "asal": received, "hasil": kept}])


def numbers_in(text: str) -> set[str]:
    """The numbers of 16 digits that a cell holds, however they are spaced."""
    digits = re.sub(r"\D", "", text)
    return {digits} if len(digits) == 16 else set(re.findall(r"(?<!\d)\d{16}(?!\d)", text))


def _listed(marks: object) -> list[object]:
    if not isinstance(marks, list):
        raise JournalDamaged
    return marks
