"""A whole run without Prefect, in the order of the flows, and all that must be equal after it."""

import datetime as dt
import hashlib
import sys
from pathlib import Path

from pipelines import runlog
from pipelines.indicators.run import measure_changed
from pipelines.publishing.release import publish
from pipelines.settings import Places, load_office
from pipelines.warehouse.handback import hand_back
from pipelines.warehouse.ingest import Ingested, ingest
from pipelines.warehouse.retention import remove_old
from pipelines.warehouse.store import writer_lock
from tests.warehouse.named import open_named
from tests.warehouse.office import NOW, contents, nothing

PASSPHRASE = "empat kata yang mudah"


def whole_run(home: Path, now: dt.datetime = NOW) -> Ingested:
    """What `cantik run` does, under the writer's lock."""
    office = load_office(Places(home))
    with writer_lock(office.places):
        taken = ingest(office, None, now, nothing)
        hand_back(office, taken.periods)
        measure_changed(office)
        publish(office, now)
        remove_old(office, now)
        runlog.write(office.places, now, now, "selesai", taken)
    return taken


def files(folder: Path) -> dict[str, str]:
    """A hash of every file below a folder; what is unfinished or belongs to a lock is no result."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith((".part", ".lock"))
    }


def results(home: Path) -> dict[str, dict[str, str]]:
    """Everything that follows from the inbox: both stores table by table, and the rest byte by byte."""
    places = Places(home)
    return {
        "warehouse": contents(places.warehouse),
        "published": contents(places.published),
        "returned": files(places.returned),
        "reports": files(places.reports),
        "releases": files(places.releases),
        "kept": files(places.store / "kept"),
    }


def timeless(home: Path) -> dict[str, dict[str, str]]:
    """The results of a run at another time: when a file came and a release went out is its own business."""
    found, places = results(home), Places(home)
    with open_named(places.warehouse) as connection:
        rows = connection.execute("SELECT * EXCLUDE (received_at) FROM receipts ORDER BY ALL").fetchall()
    found["warehouse"]["receipts"] = hashlib.sha256(repr(rows).encode()).hexdigest()
    for kind in ("reports", "releases"):
        found[kind] = {name: digest for name, digest in found[kind].items() if "riwayat" not in name}
    return found


if __name__ == "__main__":
    whole_run(Path(sys.argv[1]))
