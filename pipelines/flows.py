"""The Prefect flows: order, retries, artifact. What they call knows nothing of Prefect, and is called without it
wherever Prefect fails: its record is a screen, the ledger and the run log are the truth.

Parameters and results carry no personal data: Prefect keeps them in its own database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.exceptions import PrefectSignal

from pipelines import stages
from pipelines.conducting import PLAIN, Conducted, Stages, conduct, say_unusable
from pipelines.faultlog import record
from pipelines.prefect_setup import PrefectUnusable
from pipelines.prefect_upkeep import alive, bury_the_dead, drop_the_missed, forget_long_ago
from pipelines.settings import Places
from pipelines.stages import OURS, RETRIES, SECONDS_BETWEEN, WorthAnotherTry, one_run
from pipelines.summary import markdown
from pipelines.warehouse.ingest import Ingested

P = ParamSpec("P")
R = TypeVar("R")
PREFECTS_OWN = (Exception, PrefectSignal)  # whatever is not one of `OURS`
LOST = "hubungan ke servernya putus"


def _is_outside(_task: object, _run: object, state: State[Any]) -> bool:
    return isinstance(state.result(raise_on_failure=False), WorthAnotherTry)


RETRY: dict[str, Any] = {
    "retries": RETRIES,
    "retry_delay_seconds": SECONDS_BETWEEN,
    "retry_condition_fn": _is_outside,
    "persist_result": False,
}
take_in = task(name="baca-kotak-masuk", **RETRY)(stages.take_in)
return_marked = task(name="kembalikan-berkas", **RETRY)(stages.return_marked)
compute = task(name="hitung-indikator", **RETRY)(stages.compute)
hand_out = task(name="terbitkan-tabel", **RETRY)(stages.hand_out)


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
    context = FlowRunContext.get()
    this = context.flow_run if context else None
    with one_run(), alive(places, this.id if this else None):
        with never_in_the_way(places):
            bury_the_dead(places)
            if this and this.deployment_id:
                drop_the_missed(this.deployment_id, this.id)
        lost: list[BaseException] = []
        conducted = conduct(home, period, _sturdy_stages(places, lost))
        if not lost:
            with never_in_the_way(places):
                _leave_artifact(conducted)
                forget_long_ago()
    return conducted.counts


@contextmanager
def never_in_the_way(places: Places) -> Iterator[None]:
    """For what concerns Prefect's record only: where it fails, the log knows, and no file waits for it."""
    try:
        yield
    except PREFECTS_OWN as fault:
        record(places, fault)


def run_through_prefect(home: str, period: str | None) -> dict[str, int]:
    """The flow `run`. Raises one of `OURS`, or PrefectUnusable where Prefect failed before it was done."""
    try:
        return run(home, period)
    except OURS:
        raise
    except PREFECTS_OWN as fault:
        record(Places(Path(home)), fault)
        raise PrefectUnusable(LOST) from fault


def _sturdy_stages(places: Places, lost: list[BaseException]) -> Stages:
    """The three flows; when Prefect fails in one, `lost` says why, and it and those after it are called without it."""

    def sturdy(through_prefect: Callable[P, R], plainly: Callable[P, R]) -> Callable[P, R]:
        def call(*given: P.args, **named: P.kwargs) -> R:
            if not lost:
                try:
                    return through_prefect(*given, **named)
                except OURS:
                    raise
                except PREFECTS_OWN as fault:
                    lost.append(fault)
                    record(places, fault)
                    say_unusable(PrefectUnusable(LOST))
            return plainly(*given, **named)

        return call

    return Stages(sturdy(ingest, PLAIN.ingest), sturdy(measure, PLAIN.measure), sturdy(publish, PLAIN.publish))


def _leave_artifact(conducted: Conducted) -> None:
    text = markdown(conducted.taken, conducted.releases)
    create_markdown_artifact(key="ringkasan-olah", markdown=text, description="Yang masuk")
