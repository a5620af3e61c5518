"""A Prefect server of this home, bound to this machine only, which ends with the program that started it."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pipelines.prefect_setup import SERVER_NOTE, PrefectUnusable, answers, prefect_home, sound_database
from pipelines.replacing import write_whole
from pipelines.screen import say
from pipelines.settings import Places

SECONDS_TO_START = 120  # a slow machine takes one minute
SECONDS_TO_END = 2  # for connections that nobody needs any more
LOG, LONGEST_LOG = "server.log", 2**20  # bytes; a longer one is begun anew
FOR_ONE_RUN, FOR_THE_SCHEDULE = "sekali", "jadwal"
RENEWED = "Basis data Prefect rusak dan disisihkan (.rusak); Prefect membuat yang baru. Data kantor tidak terpengaruh."


class Server:
    """One server process; `start` may be called again after it died."""

    def __init__(self, places: Places, kind: str) -> None:
        self._places, self._kind = places, kind
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/api"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, without waiting. Raises PrefectUnusable where its database is locked."""
        if not sound_database(self._places):
            say(RENEWED)
        log = prefect_home(self._places) / LOG
        long = log.exists() and log.stat().st_size > LONGEST_LOG
        with log.open("wb" if long else "ab") as out:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
                [sys.executable, "-m", "pipelines.prefect_server", str(self._port), self._kind],
                stdin=subprocess.PIPE,  # its end tells the server that this process is no more
                stdout=out,
                stderr=out,
            )

    def wait_until_it_answers(self) -> None:
        """Raises PrefectUnusable where it ends or does not answer in time."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.lives:
            if answers(self.url):
                return
            time.sleep(0.2)
        late = "belum siap pada waktunya" if self.lives else "tidak mau mulai"
        raise PrefectUnusable(f"servernya {late}, lihat data/warehouse/prefect/{LOG}")

    @property
    def lives(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def wait_until_it_dies(self) -> None:
        """Return when the process has ended."""
        if self._process is not None:
            self._process.wait()

    def stop(self) -> None:
        """End it, at once if it does not end in good time."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()


@contextmanager
def server_for_one_run(places: Places) -> Iterator[Server]:
    """A server without schedule and screen, starting while Prefect is being imported. Raises PrefectUnusable."""
    server = Server(places, FOR_ONE_RUN)
    try:
        server.start()
        os.environ["PREFECT_API_URL"] = server.url
        yield server
    finally:
        server.stop()


@contextmanager
def server_for_the_schedule(places: Places) -> Iterator[str]:
    """A whole server, started again whenever it dies, and noted for other commands. Raises PrefectUnusable."""
    server, stopping, note = Server(places, FOR_THE_SCHEDULE), threading.Event(), prefect_home(places) / SERVER_NOTE
    try:
        server.start()
        server.wait_until_it_answers()
        os.environ["PREFECT_API_URL"] = server.url
        write_whole(note, json.dumps({"url": server.url}).encode())
        threading.Thread(target=_keep_alive, args=(server, stopping), daemon=True).start()
        yield server.url
    finally:
        stopping.set()
        note.unlink(missing_ok=True)
        server.stop()


def _keep_alive(server: Server, stopping: threading.Event) -> None:
    while True:
        server.wait_until_it_dies()
        if stopping.wait(5):
            return
        try:
            server.start()
        except PrefectUnusable:
            continue  # locked: tried again


def _end_with_parent(parent: BinaryIO) -> None:
    parent.read()
    os._exit(0)  # the database survives that as it survives a power cut


def _serve(port: int, kind: str) -> None:
    """The server process itself."""
    threading.Thread(target=_end_with_parent, args=(sys.stdin.buffer,), daemon=True).start()
    for_one_run = kind == FOR_ONE_RUN
    if for_one_run:
        os.environ["PREFECT_UI_ENABLED"] = "0"
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(final=True, ephemeral=for_one_run)
    uvicorn.run(
        app, host="127.0.0.1", port=port, log_level="error", lifespan="on", timeout_graceful_shutdown=SECONDS_TO_END
    )


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
