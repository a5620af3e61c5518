"""The access log: which tables were pulled, when, in which tier, with whose token. The one door through which it goes.

Only what the program has recognised is written, never what a client typed, and no address of a client: nothing in it
is personal. Labels of tokens name offices or roles.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from pipelines.accesslog import append_access

WRITING = Lock()


@dataclass(frozen=True)
class Access:
    """One table that was handed out. `query` holds recognised filters only; `rows` is how many cells it gave."""

    tier: str
    token: str | None
    release: str
    query: dict[str, object]
    rows: int


def record_access(path: Path, access: Access, now: dt.datetime) -> None:
    """Append one line. Raises OSError where it cannot be written: what cannot be logged is not handed out."""
    with WRITING:
        append_access(path, {"time": now.isoformat(timespec="seconds"), **asdict(access)})
