"""A whole run in its order, under the writer's lock; whether its stages go through Prefect is the caller's matter."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines import runlog
from pipelines.periods import parse_period
from pipelines.prefect_setup import PrefectUnusable
from pipelines.publishing.notices import notices
from pipelines.screen import say
from pipelines.settings import Places, load_office
from pipelines.stages import OURS, compute, hand_out, let_go, nothing_personal, once, patiently, return_marked, take_in
from pipelines.summary import lines, removed_lines
from pipelines.warehouse.ingest import Ingested
from pipelines.warehouse.store import writer_lock


@dataclass(frozen=True)
class Stages:
    """How the three parts of a run are called; each may raise one of `OURS` and nothing else."""

    ingest: Callable[[str, str | None], Ingested]
    measure: Callable[[str], list[str]]
    publish: Callable[[str], dict[str, str]]


@dataclass(frozen=True)
class Conducted:
    """What came in, and the newest release of each period."""

    taken: Ingested
    releases: dict[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """What a run tells Prefect, and its exit code follows from."""
        taken = self.taken
        return {"files": taken.files, "accepted": taken.accepted, "held": taken.held, "rejected": taken.rejected}


def ingest_plainly(home: str, period: str | None) -> Ingested:
    """Inbox to warehouse, and the faulty workbooks marked for their senders."""
    taken = patiently(take_in)(home, period)
    patiently(return_marked)(home, [str(p) for p in taken.periods])
    return taken


PLAIN = Stages(ingest_plainly, patiently(compute), patiently(hand_out))


@once
def say_unusable(unusable: PrefectUnusable) -> None:
    """Tell the officer, once in a run, that it goes on without Prefect."""
    say(str(unusable))


@once
def conduct(home: str, period: str | None, stages: Stages) -> Conducted:
    """Ingest, measure and publish; the run log says how it ended. Raises one of `OURS`."""
    places = Places(Path(home))
    started = dt.datetime.now()
    try:
        with nothing_personal(places), writer_lock(places):
            taken = stages.ingest(home, period)
            for line in lines(taken):
                say(line)
            say("Menghitung indikator ...")
            measured = stages.measure(home)
            for period_measured in measured:
                _say_missing_line(places, period_measured)
            say("Menerbitkan tabel ...")
            releases = stages.publish(home)
            for line in notices(load_office(places), sorted({*measured, *list(releases)[-1:]})):
                say(line)
            for line in removed_lines(patiently(let_go)(home)):
                say(line)
            runlog.write(places, started, dt.datetime.now(), "selesai", taken)
    except OURS:
        runlog.write(places, started, dt.datetime.now(), "gagal", None)
        raise
    return Conducted(taken, releases)


def _say_missing_line(places: Places, period: str) -> None:
    """Tell the officer why a period has no poverty figures; they are published as not reported, never as zero."""
    if parse_period(period) not in load_office(places).poverty_line:
        say(f"Garis kemiskinan {period} belum ada di cantik.toml: angka kemiskinan belum dihitung. Isi, lalu ulangi.")
