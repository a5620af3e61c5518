"""The Prefect flows: order, retries, artifact. What they call knows nothing of Prefect.

Parameters and results carry no personal data: Prefect keeps them in its own database.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State

from pipelines import runlog
from pipelines.diagnosis import DISK_FULL, diagnosed, is_disk_full
from pipelines.errors import OfficerError
from pipelines.faultlog import record
from pipelines.indicators.run import measure_changed
from pipelines.periods import parse_period
from pipelines.publishing.notices import notices
from pipelines.publishing.release import publish as publish_releases
from pipelines.screen import counting, say
from pipelines.settings import Places, load_office
from pipelines.summary import lines, markdown
from pipelines.warehouse.handback import hand_back
from pipelines.warehouse.ingest import Ingested
from pipelines.warehouse.ingest import ingest as ingest_inbox
from pipelines.warehouse.store import writer_lock


class RunFailed(Exception):
    """A failure whose details are in the log, because an exception's text ends up in Prefect's database."""


class WorthAnotherTry(Exception):
    """Something outside failed: a file open in Excel, a full disk, a virus scanner."""


@contextmanager
def nothing_personal(places: Places) -> Iterator[None]:
    """Let the officer's sentences pass; put every other error into our log and raise only its kind."""
    try:
        yield
    except (OfficerError, RunFailed, WorthAnotherTry):
        raise
    except OSError as error:
        if is_disk_full(error):
            raise OfficerError(DISK_FULL) from None
        # The message would name a file, and a file's name may hold a person's.
        raise WorthAnotherTry(f"{type(error).__name__} {error.errno}: {error.strerror}") from None
    except Exception as error:  # noqa: BLE001 - details stay in our log
        log = record(places, error)
        found = diagnosed(places, error)
        if found is not None:
            raise found from None
        raise RunFailed(f"{type(error).__name__}; rinciannya di {log.name}") from None


def _is_outside(_task: object, _run: object, state: State[Any]) -> bool:
    return isinstance(state.result(raise_on_failure=False), WorthAnotherTry)


RETRY: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": 2,
    "retry_condition_fn": _is_outside,
    "persist_result": False,
}


@task(name="baca-kotak-masuk", **RETRY)
def take_in(home: str, period: str | None) -> Ingested:
    """Receive, read, validate and fold what is new."""
    places = Places(Path(home))
    with nothing_personal(places), counting("Membaca berkas") as progress:
        office = load_office(places)
        return ingest_inbox(office, parse_period(period) if period else None, dt.datetime.now(), progress)


@task(name="kembalikan-berkas", **RETRY)
def return_marked(home: str, periods: list[str]) -> int:
    """Write the senders' own workbooks, marked."""
    places = Places(Path(home))
    with nothing_personal(places):
        return hand_back(load_office(places), [parse_period(p) for p in periods])


@task(name="hitung-indikator", **RETRY)
def compute(home: str) -> list[str]:
    """Measure the periods whose inputs changed."""
    places = Places(Path(home))
    with nothing_personal(places):
        return [str(p) for p in measure_changed(load_office(places))]


@task(name="terbitkan-tabel", **RETRY)
def hand_out(home: str) -> dict[str, str]:
    """Write the published store and the reports."""
    places = Places(Path(home))
    with nothing_personal(places):
        return publish_releases(load_office(places))


def say_missing_line(places: Places, period: str) -> None:
    """Tell the officer why a period has no poverty figures; they are published as not reported, never as zero."""
    if parse_period(period) not in load_office(places).poverty_line:
        say(f"Garis kemiskinan {period} belum ada di cantik.toml: angka kemiskinan belum dihitung. Isi, lalu ulangi.")


@flow(name="ingest", log_prints=False, persist_result=False)
def ingest(home: str, period: str | None = None) -> Ingested:
    """Inbox to warehouse, and the faulty workbooks marked for their senders."""
    taken = take_in(home, period)
    return_marked(home, [str(p) for p in taken.periods])
    return taken


@flow(name="measure", log_prints=False, persist_result=False)
def measure(home: str) -> list[str]:
    """Warehouse to cells."""
    return compute(home)


@flow(name="publish", log_prints=False, persist_result=False)
def publish(home: str) -> dict[str, str]:
    """Cells to releases and reports."""
    return hand_out(home)


@flow(name="cantik", log_prints=False, persist_result=False)
def run(home: str, period: str | None = None) -> dict[str, int]:
    """The whole pipeline under the writer's lock; leaves an artifact that says what came in. Returns its counts."""
    places = Places(Path(home))
    started = dt.datetime.now()
    try:
        with nothing_personal(places), writer_lock(places):
            taken = ingest(home, period)
            for line in lines(taken):
                say(line)
            say("Menghitung indikator ...")
            measured = measure(home)
            for period_measured in measured:
                say_missing_line(places, period_measured)
            say("Menerbitkan tabel ...")
            releases = publish(home)
            for line in notices(load_office(places), sorted({*measured, *list(releases)[-1:]})):
                say(line)
            runlog.write(places, started, dt.datetime.now(), "selesai", taken)
    except (OfficerError, RunFailed, WorthAnotherTry):
        runlog.write(places, started, dt.datetime.now(), "gagal", None)
        raise
    create_markdown_artifact(key="ringkasan-olah", markdown=markdown(taken, releases), description="Yang masuk")
    return {"files": taken.files, "accepted": taken.accepted, "held": taken.held, "rejected": taken.rejected}
