"""`cantik sample`: a believable kelurahan in the workbook styles that real RTs send."""

import argparse
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.periods import parse_period
from pipelines.replacing import require_room
from pipelines.sample import make_sample
from pipelines.screen import in_home, say


def run(call: argparse.Namespace) -> int:
    """Make the home and say how to run it."""
    if min(call.rt, call.persons_per_rt, call.kelurahan) < 1 or call.mistakes < 0:
        raise OfficerError("Banyaknya RT, penduduk, dan kelurahan paling sedikit 1; kesalahan paling sedikit 0.")
    home = Path(call.dir).resolve()
    require_room(home)
    if any((home / "data" / "raw").rglob("*.xls*")):
        raise OfficerError(f"Folder {home} sudah berisi data. Pilih folder lain.")
    make_sample(
        home,
        rts=call.rt,
        persons_per_rt=call.persons_per_rt,
        kelurahan=call.kelurahan,
        period=str(parse_period(call.period)),
        seed=call.seed,
        mistakes=call.mistakes,
    )
    say(f"Data contoh ada di {home}. Olah dengan: {in_home(home, 'cantik run')}")
    return 0
