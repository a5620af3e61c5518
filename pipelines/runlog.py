"""The list of past runs, beside the warehouse: one JSON line a run, counts only."""

import datetime as dt

from pipelines.journal import JournalDamaged, journal_text, parse_journal
from pipelines.replacing import write_whole
from pipelines.settings import Places
from pipelines.warehouse.ingest import Ingested

NAME, KEPT = "runs.jsonl", 200


def write(places: Places, started: dt.datetime, finished: dt.datetime, outcome: str, taken: Ingested | None) -> None:
    """Append one run and drop the oldest beyond the last 200."""
    counted = taken or Ingested()
    line: dict[str, object] = {
        "started_at": started.isoformat(timespec="seconds"),
        "finished_at": finished.isoformat(timespec="seconds"),
        "outcome": outcome,
        "files": counted.files,
        "accepted": counted.accepted,
        "held": counted.held,
        "rejected": counted.rejected,
    }
    path = places.store / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, journal_text([*_rows(places), line][-KEPT:]).encode())


def read(places: Places, last: int = 10) -> list[dict[str, object]]:
    """The last runs, newest first. A damaged list is taken for empty: nothing follows from it."""
    return _rows(places)[-last:][::-1]


def _rows(places: Places) -> list[dict[str, object]]:
    path = places.store / NAME
    try:
        return parse_journal(path.read_bytes()) if path.exists() else []
    except JournalDamaged:
        return []
