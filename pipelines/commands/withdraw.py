"""`cantik withdraw`: a workbook that should never have come, most often in the folder of the wrong quarter."""

import argparse
import datetime as dt
from pathlib import Path

from pipelines.accesslog import note_access
from pipelines.errors import OfficerError, nearest
from pipelines.following import follow
from pipelines.inert import one_line
from pipelines.intake.inbox import newest_period
from pipelines.periods import parse_period
from pipelines.publishing.release import published_releases
from pipelines.screen import asked, say
from pipelines.settings import Office, find_home, load_office
from pipelines.summary import consequences
from pipelines.warehouse.ledger import Receipt, inbox_files, read_ledger
from pipelines.warehouse.mending import sound_ledger
from pipelines.warehouse.removed import load_removed, withdraw
from pipelines.warehouse.store import writer_lock

INSTEAD = "cantik withdraw BERKAS --period PERIODE --ya"
QUESTION = "Kiriman {} ({}) tidak akan dihitung lagi. Ketik YA: "


def run(call: argparse.Namespace) -> int:
    """Withdraw the newest receipt of one name and publish again. Raises OfficerError, with nothing changed."""
    office = load_office(find_home())
    with writer_lock(office.places):
        sound_ledger(office.places)
        receipts = _of_name(office, call.file, call.period)
        receipt = receipts[-1]
        _require_gone(office, receipt)
        if not call.sure and asked(QUESTION.format(one_line(receipt.path), receipt.period), INSTEAD) != "YA":
            raise OfficerError("Tidak ada yang ditarik.")
        note_access(office.places, "withdraw", periode=receipt.period)
        withdraw(office.places, receipt, dt.date.today().isoformat())
        folded = follow(office)
    say(f"{one_line(receipt.path)} ({receipt.period}) ditarik dan tidak dihitung lagi.")
    if len(receipts) > 1:
        say("Kiriman sebelumnya dengan nama itu berlaku lagi. Ulangi perintah ini bila itu pun salah.")
    for line in consequences(folded):
        say(line)
    if receipt.period in {r.period for r in published_releases(office.places.published)}:
        say("Tabel yang sudah dibagikan tidak berubah; rilis baru memuat angka tanpa kiriman itu.")
    return 0


def _of_name(office: Office, written: str, period: str | None) -> list[Receipt]:
    """The receipts under one name that still count, in order."""
    asked_for = str(parse_period(period)) if period else ""
    words = [part for part in Path(written).as_posix().split("/") if part]
    removed = load_removed(office.places)
    sent = [r for r in read_ledger(office.places) if r.receipt not in removed]
    if not asked_for:
        folders = {r.period for r in sent} & set(words)
        asked_for = folders.pop() if folders else str(newest_period(office) or "")
    if asked_for in words:  # a place, `data/raw/2025-Q4/RT 1.xlsx`
        words = words[words.index(asked_for) + 1 :]
    here = [r for r in sent if r.period == asked_for]
    name = "/".join(words)
    found = [r for r in here if name in (r.path, f"{r.kelurahan}/{r.path}")]
    if not found:
        offered = nearest(name, {r.path for r in here})
        raise OfficerError(
            f"Tidak ada kiriman {name} untuk {asked_for or 'periode itu'}.{offered} Lihat: cantik status."
        )
    if len({r.kelurahan for r in found}) > 1:
        raise OfficerError(f"Nama itu ada di beberapa kelurahan. Tulis {found[0].kelurahan}/{found[0].path}.")
    return found


def _require_gone(office: Office, receipt: Receipt) -> None:
    """See that the inbox no longer holds it: the next run would take it in again."""
    for path in inbox_files(office.places, receipt):
        if path.is_file():
            raise OfficerError(f"Pindahkan dahulu {path} ke folder yang benar atau hapus, lalu ulangi.")
