"""`cantik pull`: indicator tables for the liaison. Opens the published store and the kept releases only."""

import argparse
import sys
from contextlib import nullcontext, suppress
from pathlib import Path

from duckdb import DuckDBPyRelation

from pipelines.accesslog import note_access
from pipelines.errors import OfficerError
from pipelines.periods import parse_period
from pipelines.publishing.csvout import TEXT_FORMATS, print_text, text_of, write_parquet
from pipelines.publishing.query import Selection, gone, selected
from pipelines.publishing.sheet import write_cells
from pipelines.replacing import write_whole
from pipelines.screen import say
from pipelines.settings import Places, find_home

SUFFIXES = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet", ".json": "json"}
NOTHING = "Tidak ada angka yang cocok: semua saringannya dikenal, tetapi tidak bersama-sama. Kurangi saringannya."
NOTHING_NEW = "Tidak ada angka yang baru atau berubah sejak rilis {}."


def run(call: argparse.Namespace) -> int:
    """Write the wanted cells to a file or, as text, to stdout."""
    target = Path(call.output) if call.output else None
    form = _form(call.format, target)
    if form not in TEXT_FORMATS and target is None:
        raise OfficerError(f"Bentuk {form} harus disimpan ke berkas. Tambahkan: -o tabel.{form}")
    wanted = Selection(
        tuple(code for word in call.indicator for code in word.split(",") if code),
        call.level,
        call.area,
        str(parse_period(call.period)) if call.period else None,
        call.breakdown,
        call.tier,
        call.release,
        call.since,
    )
    places = find_home()
    store = places.published
    with selected(store, wanted) as cells:
        _note(places, wanted, cells, form)
        if target is None:
            print_text(text_of(cells, form, wanted.tier), sys.stdout)
        else:
            _write(cells, form, wanted.tier, target)
            say(f"{len(cells)} baris disimpan di {target}")
        empty = not len(cells)
    if lost := gone(store, wanted):
        say(f"{lost} baris rilis {call.since} tidak terbit lagi. Hapus dari salinan Anda, atau ambil ulang seluruhnya.")
    elif empty:
        say(NOTHING_NEW.format(call.since) if call.since else NOTHING)
    return 0


def _form(asked: str | None, target: Path | None) -> str:
    """The form asked for, else that of the file's name. Raises OfficerError where no program would open the two."""
    suffix = target.suffix.lower() if target else ""
    told = SUFFIXES.get(suffix)
    if asked is None and suffix and told is None:
        raise OfficerError(f"Akhiran {suffix} tidak dikenal. Pakai {', '.join(SUFFIXES)}, atau sebutkan --format.")
    if asked and told and told != asked and not (told == "csv" and asked == "sdmx-csv"):
        raise OfficerError(f"Bentuk {asked} tidak cocok dengan nama {target}. Samakan akhiran berkasnya.")
    return asked or told or "csv"


def _note(places: Places, wanted: Selection, cells: DuckDBPyRelation, form: str) -> None:
    """Enter the pull in the access log. What everybody may see is given even where that cannot be written."""
    releases = [release for (release,) in cells.select("release").distinct().order("release").fetchall()]
    with suppress(OfficerError) if wanted.tier == "public" else nullcontext():
        note_access(
            places,
            "pull",
            indikator=wanted.indicators,
            tingkat=wanted.level,
            wilayah=wanted.area,
            rincian=wanted.breakdown,
            tier=wanted.tier,
            rilis=releases,
            sejak=wanted.since,
            bentuk=form,
        )


def _write(cells: DuckDBPyRelation, form: str, tier: str, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if form in TEXT_FORMATS:
            write_whole(target, text_of(cells, form, tier).encode())
        elif form == "parquet":
            write_parquet(cells, target)
        else:
            write_cells(cells, target)
    except OSError as error:
        raise OfficerError(f"Berkas {target} tidak dapat ditulis. Tutup berkas itu atau pilih nama lain.") from error
