"""The list of past runs, beside the warehouse: one JSON line a run, counts only."""

import datetime as dt
import json

from pipelines.replacing import write_whole
from pipelines.settings import Places
from pipelines.warehouse.ingest import Ingested

NAME, KEPT = "runs.jsonl", 200


def write(places: Places, started: dt.datetime, finished: dt.datetime, outcome: str, taken: Ingested | None) -> None:
    """Append one run and drop the oldest beyond the last 200."""
    line = {
        "started_at": started.isoformat(timespec="seconds"),
        "finished_at": finished.isoformat(timespec="seconds"),
        "outcome": outcome,
        "files": taken.files if taken else 0,
        "accepted": taken.accepted if taken else 0,
        "held": taken.held if taken else 0,
        "rejected": taken.rejected if taken else 0,
    }
    path = places.store / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [*_lines(places), json.dumps(line)][-KEPT:]
    write_whole(path, ("\n".join(lines) + "\n").encode())


def read(places: Places, last: int = 10) -> list[dict[str, object]]:
    """The last runs, newest first."""
    return [json.loads(line) for line in reversed(_lines(places)[-last:])]


def _lines(places: Places) -> list[str]:
    path = places.store / NAME
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line] if path.exists() else []
