"""Backups that the schedule makes after runs: when one is due, and which older ones go."""

import datetime as dt
import re
from pathlib import Path

from pipelines import runlog
from pipelines.replacing import remove_file
from pipelines.safekeeping.backup import SUFFIX
from pipelines.safekeeping.note import read_note
from pipelines.safekeeping.sealed import NAME, is_sealed
from pipelines.settings import Office

DATED = re.compile(rf"cantik-\d{{4}}-\d{{2}}-\d{{2}}{re.escape(SUFFIX)}")


def is_due(office: Office, tried: dt.datetime | None) -> bool:
    """Whether a run has ended since the last backup, and since it was last tried."""
    runs = runlog.read(office.places, last=1)
    if office.backup_plan is None or not runs:
        return False
    ended, note = dt.datetime.fromisoformat(str(runs[0]["finished_at"])), read_note(office.places)
    made = dt.datetime.fromisoformat(note.made_at) if note else None
    return all(before is None or before < ended for before in (made, tried))


def remove_older(folder: Path, keep: int, newest: Path) -> list[Path]:
    """Remove backups of days before the last `keep`; returns those. The newest stays, whatever day the clock says."""
    dated = sorted(path for path in folder.iterdir() if DATED.fullmatch(path.name) and _is_backup(path))
    older = [path for path in dated[:-keep] if path != newest]
    for path in older:
        remove_file(path)
    return older


def _is_backup(path: Path) -> bool:
    with path.open("rb") as there:
        return is_sealed(there.read(len(NAME)))
