"""Runs the real server on a real port."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from pipelines.serving.app import application
from pipelines.serving.desk import desk
from pipelines.serving.hosts import hosts_of
from pipelines.serving.served import served
from pipelines.serving.server import listening, server_of
from pipelines.serving.throttle import Allowance
from pipelines.settings import Places

MANY = Allowance(100_000, 60)


@contextmanager
def serving(
    home: Path, requests: Allowance = MANY, faults: list[BaseException] | None = None
) -> Iterator[httpx.Client]:
    """Serve a home; yields a client of the server. What the program did wrong is kept in `faults`."""
    kept: list[BaseException] = [] if faults is None else faults
    taken = listening("127.0.0.1", 0)
    server = server_of(application(desk(served(Places(home)), kept.append, requests), hosts_of("127.0.0.1")))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    with httpx.Client(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}", timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join(30)
    if faults is None:
        assert kept == []
