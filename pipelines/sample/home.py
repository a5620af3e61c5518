"""A whole home made of invented people, ready for the pipeline."""

import csv
import shutil
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.sample.names import Names
from pipelines.sample.places import Kelurahan, first_kelurahan, register
from pipelines.sample.quarters import Quarter
from pipelines.sample.registry import Registry
from pipelines.sample.sending import Sender
from pipelines.sample.truth import Truth, unfinished
from pipelines.sample.village import Office
from pipelines.sample.welfare import LINE, LINE_SOURCE

AREA_COLUMNS = ("code", "level", "name", "parent", "bps_code", "rw", "rt", "dusun", "km2")
TRUTH = "truth.json"
NEVER_REAL = 5001  # serials of people who do not exist begin here, so that they shift no real number


def make_sample(
    home: Path,
    *,
    rts: int = 24,
    persons_per_rt: int = 250,
    kelurahan: int = 1,
    period: str = "2025-Q3",
    seed: int = 1,
    mistakes: float = 1.0,
) -> None:
    """Make `home` a home: `data/cantik.toml`, `data/areas.csv`, the workbooks of a period, `truth.json`.

    Equal arguments give equal bytes. RTs have `persons_per_rt` persons, a fifth more or less. `mistakes`
    multiplies the rates of the field; 0 plants none. Raises OfficerError for arguments that cannot be, and
    where `home` holds an office's own data.
    """
    if min(rts, persons_per_rt, kelurahan) < 1 or mistakes < 0:
        raise OfficerError("Banyaknya RT, penduduk, dan kelurahan paling sedikit 1; kesalahan tidak boleh negatif.")
    quarter = Quarter.of(period)
    places = first_kelurahan(kelurahan)
    inbox = _empty_inbox(home, period)
    registry, unreal = Registry(), Registry(NEVER_REAL)
    with Truth(home / TRUTH, period, seed) as truth:
        _write_settings(home / "data" / "cantik.toml", places[0], period)
        with (home / "data" / "areas.csv").open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([AREA_COLUMNS, *register(places, rts)])
        for place in places:
            folder = inbox / place.code if len(places) > 1 else inbox
            real, nobody = (Office(seed, quarter, numbers, Names()) for numbers in (registry, unreal))
            Sender(inbox, folder, truth, real, nobody, mistakes).send(place, rts, persons_per_rt)


def _empty_inbox(home: Path, period: str) -> Path:
    """The inbox of the period, emptied of an earlier sample. Raises OfficerError on an office's data."""
    inbox = home / "data" / "raw" / period
    made_here = (home / TRUTH).exists() or unfinished(home / TRUTH).exists()
    if not made_here and ((home / "data" / "cantik.toml").exists() or (inbox.exists() and any(inbox.iterdir()))):
        raise OfficerError(f"{home} berisi data kantor, bukan contoh. Pilih folder lain.")
    if inbox.exists():
        shutil.rmtree(inbox)
    inbox.mkdir(parents=True)
    return inbox


def _write_settings(path: Path, place: Kelurahan, period: str) -> None:
    path.write_text(
        f'[kelurahan]\ncode = "{place.code}"\nname = "{place.name}"\n\n'
        f'[poverty_line]  # rupiah per orang per bulan\n# {LINE_SOURCE}\n"{period}" = {LINE}\n',
        encoding="utf-8",
        newline="\n",
    )
