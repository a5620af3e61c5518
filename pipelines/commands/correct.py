"""`cantik correct`: the right to rectification. One value of one person is counted as it should be, not as sent."""

import argparse
import datetime as dt
import re
from difflib import get_close_matches

from pipelines.accesslog import account, note_access
from pipelines.errors import OfficerError
from pipelines.following import follow
from pipelines.intake.words import plain
from pipelines.periods import parse_period
from pipelines.screen import asked, say
from pipelines.settings import find_home, load_office
from pipelines.warehouse.corrections import enter_corrections
from pipelines.warehouse.mending import sound_ledger
from pipelines.warehouse.proposal import Asked, Proposal, correctable, propose
from pipelines.warehouse.store import writer_lock
from schemas import datasets

NUMBER = re.compile(r"\d{16}")
INSTEAD = "cantik correct NIK --kolom KOLOM --nilai NILAI --alasan TEKS"
LONGEST = 200  # characters of a reason


def run(call: argparse.Namespace) -> int:
    """Correct one value and publish again. Raises OfficerError, with nothing changed, for one that is refused."""
    office = load_office(find_home())
    column = _column(call.column)
    period = str(parse_period(call.period)) if call.period else ""
    reason = " ".join(call.reason.split())
    if not reason or len(reason) > LONGEST:
        raise OfficerError(f'Tulis alasan koreksi dalam 1 sampai {LONGEST} huruf, misalnya --alasan "menurut akta".')
    number = re.sub(r"[\s.\-]", "", call.nik or asked("NIK warga (atau Nomor KK): ", INSTEAD))
    if not NUMBER.fullmatch(number):
        raise OfficerError("NIK dan Nomor KK terdiri dari 16 angka. Periksa angkanya, lalu ulangi.")
    value = call.value if call.value is not None else asked("Isi yang benar: ", INSTEAD)
    with writer_lock(office.places):
        sound_ledger(office.places)
        today = dt.date.today().isoformat()
        found = propose(office, Asked(number, column, value, period, reason, today, account()))
        note_access(office.places, "correct", kolom=column, periode=period)
        enter_corrections(office.places, found.made)
        follow(office)
    _tell(found, column)
    return 0


def _column(written: str) -> str:
    """The column that the officer means, by its name or label."""
    labels = {name: spec.label for dataset in datasets().values() for name, spec in dataset.columns().items()}
    meant = [name for name, label in labels.items() if plain(written) in (plain(name), plain(label))]
    can = sorted({name for dataset in datasets().values() for name in correctable(dataset)})
    if not meant or meant[0] not in can:
        if meant:
            raise OfficerError(
                f"{labels[meant[0]]} tidak dapat dikoreksi di sini, karena menentukan baris siapa atau RT mana. "
                "Minta RT mengirim ulang berkasnya."
            )
        near = get_close_matches(written.casefold(), can, n=3)
        offered = f"Mungkin maksudnya: {', '.join(near)}." if near else f"Pilih salah satu: {', '.join(can)}."
        raise OfficerError(f"Kolom itu tidak dikenal. {offered}")
    return meant[0]


def _tell(found: Proposal, column: str) -> None:
    label = datasets()[found.made[0].dataset].columns()[column].label
    periods = ", ".join(parse_period(period).title for period in found.periods)
    say(f"{label} dikoreksi di {found.rows} baris ({periods}).")
    for warning in found.warnings:
        say(f"Periksa: {warning}")
    say("Koreksi ini dipakai sampai berkas RT sendiri memuat isi yang benar. Beri tahu RT: selnya ditandai di berkas")
    say("yang dikembalikan. Tabel yang sudah dibagikan tidak berubah; rilis baru memuat angka yang dikoreksi.")
