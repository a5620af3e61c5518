"""The scheduled life of the pipeline: one Prefect server on this machine, one deployment on the office's cron."""

import datetime as dt
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from cronsim import CronSim, CronSimError

from pipelines.errors import OfficerError
from pipelines.prefect_setup import SERVER_NOTE, prefect_home
from pipelines.screen import say
from pipelines.settings import Office

SECONDS_TO_START = 120


def check_cron(cron: str) -> bool:
    """Whether a cron line can be read."""
    try:
        CronSim(cron, dt.datetime.now())
    except CronSimError:
        return False
    return True


def serve(office: Office) -> None:
    """Serve the whole pipeline on its cron; one run at a time, so that missed runs do not start together."""
    with server(office):
        # Only now: Prefect reads the server's address when it is imported.
        from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
        from prefect.types.entrypoint import EntrypointType

        from pipelines.flows import run

        run.serve(
            name="terjadwal",
            cron=office.cron,
            parameters={"home": str(office.places.home)},
            entrypoint_type=EntrypointType.MODULE_PATH,  # works from whatever folder it is started in
            limit=1,
            global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            print_starting_message=False,
        )


@contextmanager
def server(office: Office) -> Iterator[str]:
    """A Prefect server bound to this machine only: the configured or running one, else one of our own."""
    if url := os.environ.get("PREFECT_API_URL"):
        yield url
        return
    say("Menyiapkan server Prefect, tunggu beberapa detik ...")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    home = prefect_home(office.places)
    note = home / SERVER_NOTE
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_healthy(url, process)
        os.environ["PREFECT_API_URL"] = url
        note.write_text(json.dumps({"url": url}), encoding="utf-8")
        yield url
    finally:
        note.unlink(missing_ok=True)
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310 - loopback
                if answer.status == 200:
                    return
        except (OSError, urllib.error.URLError):
            time.sleep(0.5)
    raise OfficerError("Server Prefect tidak mau mulai. Lihat data/warehouse/prefect/server.log, lalu ulangi.")
