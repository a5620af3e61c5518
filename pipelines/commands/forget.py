"""`cantik forget`: the right to erasure. A person's rows leave the stores, the kept and the returned workbooks."""

import argparse
import datetime as dt
import hashlib
import re

import duckdb

from pipelines.accesslog import note_access
from pipelines.errors import OfficerError
from pipelines.indicators.run import measure_changed
from pipelines.publishing.release import publish
from pipelines.screen import asked, counting, say
from pipelines.settings import Office, find_home, load_office
from pipelines.warehouse.corrections import load_corrections
from pipelines.warehouse.handback import hand_back_all, returned_paths, take_away
from pipelines.warehouse.identities import NAME, connect_named
from pipelines.warehouse.ingest import rebuild
from pipelines.warehouse.ledger import read_ledger
from pipelines.warehouse.mending import require_kept, sound_ledger
from pipelines.warehouse.rights import forget, load_forgotten
from pipelines.warehouse.store import writer_lock
from schemas import datasets

NIK = re.compile(r"\d{16}")
SHOWN = 10
INSTEAD = "cantik forget NIK --ya"
QUESTION = "{} baris akan dihapus untuk selamanya. Ketik YA: "


def run(call: argparse.Namespace) -> int:
    """Forget one person and publish again. Raises OfficerError, with nothing changed, for an unknown number."""
    office = load_office(find_home())
    nik = re.sub(r"[\s.\-]", "", call.nik or asked("NIK warga yang dilupakan: ", INSTEAD))
    if not NIK.fullmatch(nik):
        raise OfficerError("NIK terdiri dari 16 angka. Periksa angkanya, lalu ulangi.")
    with writer_lock(office.places):
        sound_ledger(office.places)
        require_kept(office, read_ledger(office.places))
        rows, families = _found(office, nik)
        _add_corrected_names(office, nik, families)
        if not rows:
            raise OfficerError("NIK itu tidak ada dalam data yang diterima atau tertahan. Periksa angkanya.")
        if not call.sure and asked(QUESTION.format(rows), INSTEAD) != "YA":
            raise OfficerError("Tidak ada yang dihapus.")
        note_access(office.places, "forget")
        forget(office.places, nik, families, dt.date.today().isoformat())
        with counting("Menyusun ulang") as progress:
            rebuild(office, progress)
        _return_again(office)
        measure_changed(office)
        publish(office)
    say(f"{rows} baris dilupakan. Baris warga itu di kiriman berikutnya juga tidak akan dihitung.")
    _tell_what_remains(office)
    return 0


def _found(office: Office, nik: str) -> tuple[int, dict[str, set[str]]]:
    """How many rows bear the NIK, and the names that stand for the person in each family."""
    if not office.places.warehouse.exists():
        return 0, {}
    families: dict[str, set[str]] = {}
    with connect_named(office.places.warehouse) as connection:
        rows = _count(connection, f"{NAME}.held", "contains(cells, $nik)", nik)
        for name, dataset in datasets().items():
            columns = dataset.columns()
            if "nik" not in columns:
                continue
            rows += _count(connection, f"{NAME}.{name}", "nik = $nik", nik)
            if {"no_kk", "nama"} <= columns.keys():
                query = f"SELECT DISTINCT no_kk, nama FROM {NAME}.{name} WHERE nik = $nik AND no_kk IS NOT NULL"
                for family, person in connection.execute(query, {"nik": nik}).fetchall():
                    families.setdefault(family, set()).add(person or "")
    return rows, families


def _add_corrected_names(office: Office, nik: str, families: dict[str, set[str]]) -> None:
    """The names as workbooks wrote them before they were corrected: rows of the family may still bear them."""
    for entry in load_corrections(office.places):
        if entry.content.person == nik and entry.column == "nama":
            for names in families.values():
                names.add(entry.content.old)


def _count(connection: duckdb.DuckDBPyConnection, table: str, condition: str, nik: str) -> int:
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}", {"nik": nik}).fetchall()
    return int(rows)


def _return_again(office: Office) -> None:
    """Take away the returned workbooks of redacted files, and bring the others up to date."""
    receipts, redacted = read_ledger(office.places), load_forgotten(office.places).redacted
    left = 0
    for period in {receipt.period for receipt in receipts}:
        files = [(receipt.kelurahan, receipt.path) for receipt in receipts if receipt.period == period]
        targets = returned_paths(office, period, files)
        for receipt in receipts:
            if receipt.period == period and receipt.sha256 in redacted:
                left += not take_away(targets[receipt.kelurahan, receipt.path])
    hand_back_all(office, receipts)
    if left:
        say(f"{left} berkas bertanda yang memuat warga itu masih dibuka program lain. Tutup, lalu: cantik run")


def _tell_what_remains(office: Office) -> None:
    """What this program does not delete, because it is the officer's own or out of its reach."""
    redacted = load_forgotten(office.places).redacted
    files = (path for path in sorted(office.places.inbox.rglob("*")) if path.is_file() and not path.is_symlink())
    sent = [path for path in files if hashlib.sha256(path.read_bytes()).hexdigest() in redacted]
    if sent:
        say("Masih memuat warga itu di kotak masuk, hapus sendiri barisnya atau berkasnya:")
        for path in sent[:SHOWN]:
            say(f"  {path}")
        if len(sent) > SHOWN:
            say(f"  ... dan {len(sent) - SHOWN} berkas lagi")
    say("Hapus pula cadangan lama, templat yang sudah dibagikan, dan salinan di flashdisk atau ponsel.")
