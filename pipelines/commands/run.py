"""`cantik run`: the whole pipeline as Prefect flows."""

import argparse

from pipelines.errors import OfficerError
from pipelines.periods import parse_period
from pipelines.screen import say
from pipelines.settings import Places, find_home, load_office


def run(call: argparse.Namespace) -> int:
    """Exit 0; 1 with `--strict` where a row or file is held."""
    places = find_home()
    counts = run_pipeline(places, call.period)
    say(f"Selesai. Tabel ada di {places.reports}. Lihat juga: cantik status")
    return 1 if call.strict and (counts["held"] or counts["rejected"]) else 0


def run_pipeline(places: Places, period: str | None) -> dict[str, int]:
    """Check the set-up, start Prefect and run the flow. Raises OfficerError where the set-up is wrong."""
    office = load_office(places)
    if period:
        parse_period(period)
    if not office.places.inbox.exists():
        raise OfficerError(
            f"Belum ada kotak masuk {office.places.inbox}. Buat folder periode di sana, misalnya 2025-Q3."
        )
    from pipelines.prefect_setup import set_environment

    if set_environment(places):
        say("Memakai server Prefect yang sedang berjalan ...")
    else:
        say("Menyiapkan Prefect, tunggu beberapa detik ...")
    from pipelines import flows

    try:
        return flows.run(str(places.home), period)
    except flows.WorthAnotherTry as outside:
        raise OfficerError(
            f"Berkas atau disk bermasalah ({outside}). Tutup berkas yang terbuka, periksa ruang disk, lalu ulangi."
        ) from outside
