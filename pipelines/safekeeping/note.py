"""When the last backup was made, beside the stores, and whether it is time for another."""

import datetime as dt
import json
from dataclasses import asdict, dataclass

from pipelines.replacing import write_whole
from pipelines.settings import Office, Places
from pipelines.warehouse.ledger import LEDGER

NAME = "cadangan.json"


@dataclass(frozen=True)
class Note:
    """The last backup: when, the name of its file, and how many receipts it holds."""

    made_at: str
    file: str
    receipts: int


def write_note(places: Places, note: Note) -> None:
    """Remember the last backup."""
    places.store.mkdir(parents=True, exist_ok=True)
    write_whole(places.store / NAME, json.dumps(asdict(note), ensure_ascii=False).encode())


def read_note(places: Places) -> Note | None:
    """The last backup; None where there was none, or its note is lost."""
    try:
        return Note(**json.loads((places.store / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def reminder(office: Office, now: dt.datetime) -> str | None:
    """A line for the officer where files came in that no recent backup holds; None where all is well."""
    received = _received(office.places)
    if not received:
        return None
    note = read_note(office.places)
    if note is None:
        return "Belum ada cadangan. Buat di luar komputer ini: cantik backup BERKAS"
    days = (now - dt.datetime.fromisoformat(note.made_at)).days
    new = received - note.receipts
    if 0 <= days <= office.backup_days or not new:
        return None
    age = f"{days} hari lalu" if days >= 0 else "bertanggal di masa depan, periksa jam komputer"
    return f"Cadangan terakhir {age}; {new} berkas sesudahnya belum tercadangkan. Buat lagi: cantik backup BERKAS"


def _received(places: Places) -> int:
    path = places.store / LEDGER
    return path.read_bytes().count(b"\n") if path.exists() else 0
