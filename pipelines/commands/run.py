"""`cantik run`: the whole pipeline as Prefect flows, or without Prefect where that cannot be used."""

import argparse

from pipelines.errors import OfficerError
from pipelines.periods import parse_period
from pipelines.prefect_setup import PrefectUnusable, set_environment
from pipelines.screen import say
from pipelines.settings import Places, find_home, load_office


def run(call: argparse.Namespace) -> int:
    """Exit 0; 1 with `--strict` where a row or file is held."""
    places = find_home()
    counts = run_pipeline(places, call.period, not call.plainly)
    say(f"Selesai. Tabel ada di {places.reports}. Lihat juga: cantik status")
    return 1 if call.strict and (counts["held"] or counts["rejected"]) else 0


def run_pipeline(places: Places, period: str | None, with_prefect: bool = True) -> dict[str, int]:
    """Check the set-up, then run the pipeline through Prefect, or without it where it cannot be used or is not wanted.

    Raises OfficerError where the set-up is wrong.
    """
    office = load_office(places)
    if period:
        parse_period(period)
    if not office.places.inbox.exists():
        raise OfficerError(
            f"Belum ada kotak masuk {office.places.inbox}. Buat folder periode di sana, misalnya 2025-Q3."
        )
    from pipelines.conducting import PLAIN, conduct, say_unusable
    from pipelines.stages import WorthAnotherTry, one_run

    try:
        with one_run():
            if with_prefect:
                try:
                    return _through_prefect(places, period)
                except PrefectUnusable as unusable:
                    say_unusable(unusable)
            return conduct(str(places.home), period, PLAIN).counts
    except WorthAnotherTry as outside:
        raise OfficerError(str(outside)) from outside


def _through_prefect(places: Places, period: str | None) -> dict[str, int]:
    """Raises PrefectUnusable where Prefect failed; what was done until then is not done again."""
    if set_environment(places):
        say("Memakai server Prefect yang sedang berjalan ...")
        from pipelines import flows

        return flows.run_through_prefect(str(places.home), period)
    say("Menyiapkan Prefect, tunggu beberapa detik ...")
    from pipelines.prefect_server import server_for_one_run

    with server_for_one_run(places) as server:
        from pipelines import flows  # while the server starts: each takes some seconds

        server.wait_until_it_answers()
        return flows.run_through_prefect(str(places.home), period)
