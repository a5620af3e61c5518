"""`cantik restore`: an office from its backup, checked and rebuilt before it takes its place."""

import argparse
import datetime as dt
from pathlib import Path

from pipelines.accesslog import note_access
from pipelines.replacing import require_room
from pipelines.safekeeping.passphrase import passphrase_for_opening
from pipelines.safekeeping.restore import refuse_occupied, restore
from pipelines.screen import counting, say
from pipelines.settings import find_home
from pipelines.warehouse.removed import load_removed


def run(call: argparse.Namespace) -> int:
    """Restore into the home. Raises OfficerError, with nothing changed, where that cannot be done."""
    places, file = find_home(), Path(call.file)
    require_room(places.home)
    refuse_occupied(places, file, call.move_old)
    passphrase = passphrase_for_opening(call.passphrase_file)
    with counting("Menyusun ulang") as progress:
        contents, old = restore(places, file, passphrase, call.move_old, dt.datetime.now(), progress)
    note_access(places, "restore", cadangan=contents.made_at)
    if old is not None:
        say(f"Data yang lama dipindahkan ke {old}. Hapus folder itu bila tidak diperlukan lagi; isinya data pribadi.")
    kept = contents.receipts - len(load_removed(places))
    say(f"Pulih seperti pada {contents.made_at.replace('T', ' pukul ')}: {kept} berkas kiriman.")
    say("Jalankan cantik run untuk mengolah yang belum terbit.")
    return 0
