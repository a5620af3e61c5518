"""`cantik backup`: the whole office in one sealed file. Needs no server, waits for no run."""

import argparse
import datetime as dt
from pathlib import Path

from pipelines.accesslog import note_access
from pipelines.errors import OfficerError
from pipelines.safekeeping.backup import back_up
from pipelines.safekeeping.passphrase import passphrase_for_sealing
from pipelines.screen import say
from pipelines.settings import find_home, load_office


def run(call: argparse.Namespace) -> int:
    """Write the backup and read it back. Raises OfficerError where that cannot be done; an older backup stays."""
    office = load_office(find_home())
    target = Path(call.target)
    if target.resolve().is_relative_to(office.places.inbox.resolve()):
        raise OfficerError("Jangan menyimpan cadangan di kotak masuk. Pilih flashdisk atau folder lain.")
    passphrase = passphrase_for_sealing(call.passphrase_file)
    note_access(office.places, "backup")
    path, contents = back_up(office.places, target, passphrase, dt.datetime.now())
    say(f"Cadangan {path} selesai dan sudah diperiksa: {contents.receipts} berkas kiriman tersimpan di dalamnya.")
    say("Simpan di luar komputer ini. Tanpa kata sandinya, cadangan tidak dapat dibuka oleh siapa pun.")
    return 0
