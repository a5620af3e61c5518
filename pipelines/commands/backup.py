"""`cantik backup`: the whole office in one sealed file. Needs no server, waits for no run."""

import argparse
import datetime as dt
from pathlib import Path

from pipelines.accesslog import note_access
from pipelines.backupplan import EXAMPLE, BackupPlan
from pipelines.errors import OfficerError
from pipelines.safekeeping.backup import back_up
from pipelines.safekeeping.passphrase import passphrase_for_sealing
from pipelines.safekeeping.planned import remove_older
from pipelines.screen import say
from pipelines.settings import find_home, load_office
from pipelines.warehouse.removed import load_removed


def run(call: argparse.Namespace) -> int:
    """Write the backup and read it back. Raises OfficerError where that cannot be done; an older backup stays."""
    office = load_office(find_home())
    plan = None if call.target else office.backup_plan
    target = plan.folder if plan else Path(call.target or _nowhere())
    if target.resolve().is_relative_to(office.places.inbox.resolve()):
        raise OfficerError("Jangan menyimpan cadangan di kotak masuk. Pilih flashdisk atau folder lain.")
    passphrase = passphrase_for_sealing(call.passphrase_file or _planned_file(plan))
    if plan and not plan.folder.is_dir():
        raise OfficerError(f"Tempat cadangan {plan.folder} tidak ada. Pasang flashdisknya atau buat foldernya.")
    note_access(office.places, "backup")
    path, contents = back_up(office.places, target, passphrase, dt.datetime.now())
    kept = contents.receipts - len(load_removed(office.places))
    say(f"Cadangan {path} selesai dan sudah diperiksa: {kept} berkas kiriman tersimpan di dalamnya.")
    if plan:
        gone = remove_older(plan.folder, plan.keep, path)
        say(f"Disimpan {plan.keep} cadangan terakhir, {len(gone)} yang lebih lama dihapus.")
    else:
        say("Simpan di luar komputer ini. Tanpa kata sandinya, cadangan tidak dapat dibuka oleh siapa pun.")
    return 0


def _planned_file(plan: BackupPlan | None) -> str | None:
    return str(plan.passphrase_file) if plan and plan.passphrase_file else None


def _nowhere() -> str:
    raise OfficerError(f"Sebutkan berkas cadangannya, atau tulis tempatnya di cantik.toml: {EXAMPLE}.")
