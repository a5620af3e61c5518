"""`cantik demo`: the sample kelurahan from messy workbooks to tables, in one command."""

import argparse
import shutil
from pathlib import Path

from pipelines.commands.run import run_pipeline
from pipelines.errors import OfficerError
from pipelines.replacing import require_room
from pipelines.sample import make_sample
from pipelines.screen import in_home, say
from pipelines.settings import Places

STARTED, FINISHED = ".contoh", "truth.json"  # left by demo before, and by the sample after, all else


def run(call: argparse.Namespace) -> int:
    """Make the sample where it is not there yet, run the pipeline, print where to look. Safe to repeat."""
    home = Path(call.dir).resolve()
    places = Places(home)
    require_room(home)
    if home.exists() and any(home.iterdir()) and not (home / STARTED).exists():
        raise OfficerError(
            f"Folder {home} sudah berisi sesuatu yang bukan contoh. Pilih folder lain: cantik demo FOLDER"
        )
    if not (home / FINISHED).exists():
        say("Membuat kelurahan contoh: 24 RT, sekitar 6.000 penduduk rekaan ...")
        try:
            if home.exists():
                shutil.rmtree(home)
            home.mkdir(parents=True)
        except PermissionError as held:
            (home / STARTED).touch()  # what is left is still the sample's
            raise OfficerError(
                f"Contoh yang lama di {home} masih dibuka program lain. Tutup berkas dan jendelanya, lalu ulangi."
            ) from held
        (home / STARTED).touch()
        make_sample(home)
    run_pipeline(places, None)
    say("")
    say("Selesai. Silakan lihat:")
    say(f"  Berkas RT yang masuk : {places.inbox}")
    say(f"  Dikembalikan bertanda: {places.returned}")
    say(f"  Tabel untuk dibagikan: {places.reports}")
    say(f"  Halaman web          : {in_home(home, 'cantik serve')}")
    say(f"  Siapa sudah melapor  : {in_home(home, 'cantik status')}")
    say(f"  Tabel untuk BPS      : {in_home(home, 'cantik pull --level rt --tier liaison')}")
    return 0
