"""Prefect's settings, put into the environment before it is imported: private, quiet, patient, no telemetry."""

import json
import os
import urllib.error
import urllib.request
from pathlib import Path

from pipelines.settings import Places

SERVER_NOTE = "server.json"


def prefect_home(places: Places) -> Path:
    """Prefect's own folder of this home."""
    return places.store / "prefect"


def set_environment(places: Places) -> bool:
    """Prepare Prefect for this home. Returns True where a running server will be used, False for an ephemeral one."""
    home = prefect_home(places)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    wanted = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_CLI_WRAP_LINES": "false",
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
    if os.environ.get("PREFECT_API_URL"):
        return True
    url = running_server(places)
    if url:
        os.environ["PREFECT_API_URL"] = url
    else:
        os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "true")
    return url is not None


def running_server(places: Places) -> str | None:
    """The address of the server that `cantik schedule` started for this home, if it still answers."""
    note = prefect_home(places) / SERVER_NOTE
    try:
        url = str(json.loads(note.read_text(encoding="utf-8"))["url"])
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310 - our own loopback address
            return url if answer.status == 200 else None
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        return None
