"""`cantik template`: one workbook an RT, blank or filled with what was accepted last time."""

import argparse
import datetime as dt
from pathlib import Path

from pipelines.accesslog import note_access
from pipelines.areas import ancestor
from pipelines.errors import OfficerError
from pipelines.periods import current_period, parse_period
from pipelines.replacing import write_whole
from pipelines.screen import say
from pipelines.settings import Office, find_home, load_office
from pipelines.template.accepted import Accepted, accepted_before, known_rts
from pipelines.template.recipient import recipients
from pipelines.template.workbook import make_workbook


def run(call: argparse.Namespace) -> int:
    """Write the workbooks to the officer's folder. One that stands there with other contents is never overwritten."""
    office = load_office(find_home())
    period = parse_period(call.period) if call.period else current_period(dt.date.today())
    folder = _folder(office, call.output)
    warehouse = office.places.warehouse
    chosen = recipients(office, known_rts(warehouse), call.rt, period)
    accepted = accepted_before(warehouse, period)
    if any(to.area in accepted for to in chosen):
        note_access(office.places, "template", periode=str(period), wilayah=call.rt, berisi=True)
    several = len({ancestor(to.area, "kelurahan") for to in chosen}) > 1
    kept: list[Path] = []
    for to in chosen:
        place = folder / ancestor(to.area, "kelurahan") if several else folder
        path = place / to.file_name(period)
        if not _write(path, make_workbook(to, period, accepted.get(to.area, Accepted()))):
            kept.append(path)
    filled = sum(to.area in accepted for to in chosen)
    say(f"{len(chosen) - len(kept)} templat {period.title} ada di {folder}, {filled} di antaranya sudah terisi.")
    if filled:
        say("Templat yang terisi memuat data pribadi. Berikan hanya kepada ketua RT-nya.")
    if kept:
        raise OfficerError(
            f"{len(kept)} berkas tidak ditimpa karena sudah ada dan isinya lain, misalnya {kept[0].name}. "
            "Pindahkan dulu berkas itu, atau pilih folder lain."
        )
    return 0


def _folder(office: Office, written: str | None) -> Path:
    """The officer's folder. A filled template in the inbox would count as a report that nobody checked."""
    if not written:
        raise OfficerError("Folder tujuan belum disebut. Contoh: cantik template -o templat")
    folder = Path(written)
    inbox = office.places.inbox.resolve()
    if inbox in (folder.resolve(), *folder.resolve().parents):
        raise OfficerError("Jangan menyimpan templat di kotak masuk, nanti dikira laporan RT. Pilih folder lain.")
    return folder


def _write(path: Path, content: bytes) -> bool:
    """Write a workbook whole; False where another file stands there under its name."""
    try:
        if path.exists():
            return path.read_bytes() == content
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise OfficerError(f"{path} tidak dapat ditulis. Periksa foldernya atau pilih folder lain.") from error
    return True
