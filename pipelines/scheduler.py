"""The scheduled life of the pipeline: one Prefect server on this machine, one deployment on the office's cron.

A watch beside it runs the pipeline without Prefect where a scheduled time passes and nothing ran.
"""

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from cronsim import CronSim, CronSimError
from filelock import FileLock, Timeout

from pipelines import runlog
from pipelines.errors import OfficerError
from pipelines.faultlog import record
from pipelines.prefect_server import server_for_the_schedule
from pipelines.prefect_setup import PrefectUnusable, prefect_home, set_environment
from pipelines.safekeeping.planned import is_due
from pipelines.screen import say
from pipelines.settings import Office

SECONDS_BETWEEN_LOOKS = 30
PATIENCE = dt.timedelta(minutes=10)  # after a scheduled time before the watch runs what Prefect has not
AT_ONCE = dt.timedelta()
WITHOUT = "Jadwal dijalankan tanpa Prefect."


def check_cron(cron: str) -> bool:
    """Whether a cron line can be read. Of a sixth field, the seconds, Prefect thinks that it stands last, we first."""
    try:
        CronSim(cron, dt.datetime.now())
    except CronSimError:
        return False
    return len(cron.split()) == 5


def serve(office: Office) -> None:
    """Serve the schedule until stopped: through Prefect, or where that cannot be used by the watch alone.

    Raises OfficerError where another process serves it already.
    """
    with only_one(office):
        stopping = threading.Event()
        try:
            with _server(office):
                threading.Thread(target=watch, args=(office, PATIENCE, stopping), daemon=True).start()
                _serve_deployment(office)
        except PrefectUnusable as unusable:
            say(f"{unusable} {WITHOUT}")
        except Exception as fault:  # noqa: BLE001 - whatever Prefect dies of, the schedule goes on
            record(office.places, fault)
            say(f"{PrefectUnusable('berhenti sendiri')} {WITHOUT}")
        else:
            return
        finally:
            stopping.set()
        watch(office, AT_ONCE, threading.Event())


@contextmanager
def only_one(office: Office) -> Iterator[None]:
    """The right to serve this home's schedule, which a power cut frees."""
    home = prefect_home(office.places)
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / "schedule.lock", timeout=0):
            yield
    except Timeout:
        raise OfficerError("Pengolahan terjadwal kantor ini sudah berjalan di jendela lain.") from None


def watch(office: Office, patience: dt.timedelta, stopping: threading.Event) -> None:
    """Run the pipeline where a scheduled time has passed, and the patience, and no run began since; back up after runs.

    Ends when told.
    """
    begun, tried = dt.datetime.now(), dt.datetime.min
    backed_up: dt.datetime | None = None
    while True:
        now = dt.datetime.now()
        known = last_start(office)
        last = max(tried, known if known and known <= now else begun)  # what was missed before it began is made up for
        if begun <= now - patience and is_overdue(office.cron, last, now - patience):
            tried = now
            cantik("run", "--tanpa-prefect")
        if is_due(office, backed_up):
            backed_up = dt.datetime.now()
            cantik("backup")
        if stopping.wait(SECONDS_BETWEEN_LOOKS):
            return


def is_overdue(cron: str, last: dt.datetime, until: dt.datetime) -> bool:
    """Whether a scheduled time lies after the last run and not after `until`. Several of them are one."""
    return next(CronSim(cron, last)) <= until


def last_start(office: Office) -> dt.datetime | None:
    """When the last run that ended began; None where none is known."""
    runs = runlog.read(office.places, last=1)
    return dt.datetime.fromisoformat(str(runs[0]["started_at"])) if runs else None


def cantik(*words: str) -> None:
    """A command in a process of its own, which tells the same screen, so that nothing it does stops the watch."""
    command = [sys.executable, "-m", "pipelines", *words]
    subprocess.run(command, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 - our own commands


def local_zone(now: dt.datetime) -> str | None:
    """The computer's time zone as Prefect takes it, which else reads a cron as UTC: 18.00 would be 2.00 in Kalimantan.

    Named by its offset, which no computer names otherwise and Indonesia never changes; the signs of these names are
    turned round (POSIX). None where the offset has minutes: then the watch alone keeps the hours.
    """
    offset = now.astimezone().utcoffset() or dt.timedelta()
    hours, minutes = divmod(offset, dt.timedelta(hours=1))
    return None if minutes else f"Etc/GMT{-hours:+d}" if hours else "UTC"


@contextmanager
def _server(office: Office) -> Iterator[None]:
    """The configured server, or one of our own. Raises PrefectUnusable."""
    if set_environment(office.places):
        yield
        return
    say("Menyiapkan server Prefect, tunggu beberapa detik ...")
    with server_for_the_schedule(office.places):
        yield


def _serve_deployment(office: Office) -> None:
    """Let Prefect start the pipeline on its cron, one run at a time; what died or was missed is tidied first."""
    # Only now: Prefect reads the server's address when it is imported.
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from pipelines.flows import never_in_the_way, run
    from pipelines.prefect_upkeep import bury_the_dead

    with never_in_the_way(office.places):
        bury_the_dead(office.places, also_pending=True)
    run.serve(
        name="terjadwal",
        schedule=Cron(office.cron, timezone=local_zone(dt.datetime.now())),
        parameters={"home": str(office.places.home)},
        entrypoint_type=EntrypointType.MODULE_PATH,  # works from whatever folder it is started in
        limit=1,  # of this process, which is the only one: a limit kept by the server survives a power cut
        print_starting_message=False,
    )
