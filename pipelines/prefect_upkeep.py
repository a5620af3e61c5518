"""Keeps Prefect's own record true and small: runs that died, runs that were missed, runs long ago.

None of this is needed to process a file. A run is alive while it holds a file lock, which a power cut frees.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from filelock import FileLock, Timeout
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterParentFlowRunId,
    FlowRunFilterParentTaskRunId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import TERMINAL_STATES, FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed

from pipelines.prefect_setup import prefect_home
from pipelines.runlog import KEPT
from pipelines.settings import Places

ALIVE = "hidup"  # the folder of the locks of runs
AT_ONCE = 20  # old runs taken away after a run: more than one makes, few enough to take no time
DIED = "Komputer atau program berhenti di tengah jalan; dibereskan saat mulai lagi."
MISSED = "Terlewat selagi komputer mati; digabung menjadi satu pengolahan."
STARTED = [StateType.RUNNING, StateType.CANCELLING]


@contextmanager
def alive(places: Places, run: UUID | None) -> Iterator[None]:
    """Hold the lock that says a run lives."""
    if run is None:
        yield
        return
    lock = _lock(places, run)
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock):
            yield
    finally:
        lock.unlink(missing_ok=True)


def bury_the_dead(places: Places, also_pending: bool = False) -> int:
    """Mark runs that Prefect believes alive, and nobody lives in, as crashed; this frees their slots. Returns how many.

    `also_pending`: those that were about to start too, where nothing is there that could have been starting them.
    """
    kinds = [*STARTED, StateType.PENDING] if also_pending else STARTED
    with get_client(sync_client=True) as client:
        running = client.read_flow_runs(flow_run_filter=_in_state(kinds), limit=AT_ONCE)
        living = [run.id for run in running if _lives(places, run.id)]
        theirs = {child.id for child in _children(client, living)}
        dead = [run.id for run in running if run.id not in living and run.id not in theirs]
        for run in dead:
            client.set_flow_run_state(run, Crashed(message=DIED), force=True)
            _lock(places, run).unlink(missing_ok=True)
    return len(dead)


def drop_the_missed(deployment: UUID, this: UUID) -> int:
    """Cancel the other runs of a schedule whose time has passed: one does what all would. Returns how many."""
    late = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[deployment]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": datetime.now(UTC)}),
    )
    with get_client(sync_client=True) as client:
        missed = [run.id for run in client.read_flow_runs(flow_run_filter=late) if run.id != this]
        for run in missed:
            client.set_flow_run_state(run, Cancelled(message=MISSED), force=True)
    return len(missed)


def forget_long_ago() -> int:
    """Take away the oldest runs beyond as many as the run log keeps, with what belongs to them. Returns how many."""
    ended = _in_state(list(TERMINAL_STATES))
    ended.parent_task_run_id = FlowRunFilterParentTaskRunId(is_null_=True)
    with get_client(sync_client=True) as client:
        old = client.read_flow_runs(flow_run_filter=ended, sort=FlowRunSort.END_TIME_DESC, offset=KEPT, limit=AT_ONCE)
        together = [*(run.id for run in old), *(child.id for child in _children(client, [run.id for run in old]))]
        if together:
            of_them = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=together))
            for artifact in client.read_artifacts(artifact_filter=of_them):
                if artifact.id:
                    client.delete_artifact(artifact.id)
        for run in together:
            client.delete_flow_run(run)
    return len(old)


def _in_state(kinds: list[StateType]) -> FlowRunFilter:
    return FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=kinds)))


def _children(client: SyncPrefectClient, parents: list[UUID]) -> list[FlowRun]:
    if not parents:
        return []
    of_them = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=parents))
    return client.read_flow_runs(flow_run_filter=of_them)


def _lives(places: Places, run: UUID) -> bool:
    lock = _lock(places, run)
    if not lock.exists():
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True


def _lock(places: Places, run: UUID) -> Path:
    return prefect_home(places) / ALIVE / f"{run}.lock"
