"""The stages of a run, free of Prefect: each ends well, or in the officer's sentence, or in our log.

What goes wrong is one of `OURS`; whoever calls a stage through Prefect knows every other error for Prefect's own.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pipelines.diagnosis import DISK_FULL, diagnosed, is_disk_full, refused
from pipelines.errors import OfficerError
from pipelines.faultlog import record
from pipelines.indicators.run import measure_changed
from pipelines.periods import parse_period
from pipelines.publishing.release import publish as publish_releases
from pipelines.screen import counting
from pipelines.settings import Places, load_office
from pipelines.warehouse.handback import hand_back
from pipelines.warehouse.ingest import Ingested
from pipelines.warehouse.ingest import ingest as ingest_inbox
from pipelines.warehouse.retention import Removal, remove_old

P = ParamSpec("P")
R = TypeVar("R")
RETRIES, SECONDS_BETWEEN = 2, 2  # a file open in Excel, a virus scanner: gone in a moment, or the officer is told
TROUBLE = "Berkas atau disk bermasalah ({} {}). Tutup berkas yang terbuka, periksa ruang disk, lalu ulangi."
_done: ContextVar[dict[str, Any] | None] = ContextVar("done_in_this_run", default=None)


class RunFailed(Exception):
    """A failure whose details are in the log, because an exception's text ends up in Prefect's database."""


class WorthAnotherTry(Exception):
    """Something outside failed: a file open in Excel, a full disk, a virus scanner."""


OURS = (OfficerError, RunFailed, WorthAnotherTry)


@contextmanager
def nothing_personal(places: Places) -> Iterator[None]:
    """Let the officer's sentences pass; put every other error into our log and raise only its kind."""
    try:
        yield
    except OURS:
        raise
    except OSError as error:
        if is_disk_full(error):
            raise OfficerError(DISK_FULL) from None
        # The message would name a file, and a file's name may hold a person's.
        raise WorthAnotherTry(refused(places, error) or TROUBLE.format(type(error).__name__, error.errno)) from None
    except Exception as error:  # noqa: BLE001 - details stay in our log
        log = record(places, error)
        found = diagnosed(places, error)
        if found is not None:
            raise found from None
        raise RunFailed(f"{type(error).__name__}; rinciannya di {log.name}") from None


@contextmanager
def one_run() -> Iterator[None]:
    """Within it nothing is done twice, though Prefect fails between two stages. Within another one it is that one."""
    if _done.get() is not None:
        yield
        return
    token = _done.set({})
    try:
        yield
    finally:
        _done.reset(token)


def once(stage: Callable[P, R]) -> Callable[P, R]:
    """A stage that is done once in a run: asked for again, it gives the same result or the same refusal."""

    @wraps(stage)
    def remembering(*given: P.args, **named: P.kwargs) -> R:
        done = _done.get()
        if done is None:
            return stage(*given, **named)
        if stage.__name__ not in done:
            try:
                done[stage.__name__] = stage(*given, **named)
            except (OfficerError, RunFailed) as told:
                done[stage.__name__] = told
        ended = done[stage.__name__]
        if isinstance(ended, Exception):
            raise ended
        result: R = ended
        return result

    return remembering


def patiently(stage: Callable[P, R]) -> Callable[P, R]:
    """A stage that is tried again as often as Prefect would try it."""

    @wraps(stage)
    def trying(*given: P.args, **named: P.kwargs) -> R:
        for _ in range(RETRIES):
            try:
                return stage(*given, **named)
            except WorthAnotherTry:
                time.sleep(SECONDS_BETWEEN)
        return stage(*given, **named)

    return trying


@once
def take_in(home: str, period: str | None) -> Ingested:
    """Receive, read, validate and fold what is new."""
    places = Places(Path(home))
    with nothing_personal(places), counting("Membaca berkas") as progress:
        office = load_office(places)
        return ingest_inbox(office, parse_period(period) if period else None, dt.datetime.now(), progress)


@once
def return_marked(home: str, periods: list[str]) -> int:
    """Write the senders' own workbooks, marked."""
    places = Places(Path(home))
    with nothing_personal(places):
        return hand_back(load_office(places), [parse_period(p) for p in periods])


@once
def let_go(home: str) -> Removal:
    """Remove kept files that the office keeps no longer, and take back their marked workbooks."""
    places = Places(Path(home))
    with nothing_personal(places):
        office = load_office(places)
        removal = remove_old(office, dt.datetime.now())
        hand_back(office, [parse_period(p) for p in removal.periods])
        return removal


@once
def compute(home: str) -> list[str]:
    """Measure the periods whose inputs changed."""
    places = Places(Path(home))
    with nothing_personal(places):
        return [str(p) for p in measure_changed(load_office(places))]


@once
def hand_out(home: str) -> dict[str, str]:
    """Write the published store and the reports."""
    places = Places(Path(home))
    with nothing_personal(places):
        return publish_releases(load_office(places))
