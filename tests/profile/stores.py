"""Published stores made by hand: every cell has a figure that no other cell has, and none holds the liaison's tier."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipelines.indicators.catalogue import BREAKDOWNS, catalogue
from pipelines.publishing.tiers import COLUMNS
from pipelines.publishing.workbook_publication import Entry
from pipelines.settings import Office, Places, load_office
from tests.conftest import CONFIG

PERIOD, BEFORE, FIRST = "2025-Q3", "2025-Q2", "2025-Q1"
KELURAHAN = "63.06.05.1002"
AREAS = {
    "63.06": ("kabupaten", "Hulu Sungai Selatan", 4),
    "63.06.05": ("kecamatan", "Kandangan", 4),
    KELURAHAN: ("kelurahan", "Kandangan Utara", 4),
    f"{KELURAHAN}-001": ("rw", "RW 001", 2),
    f"{KELURAHAN}-001-001": ("rt", "RT 001 RW 001", 1),
    f"{KELURAHAN}-001-002": ("rt", "RT 002 RW 001", 1),
    f"{KELURAHAN}-002": ("rw", "RW 002", 2),
    f"{KELURAHAN}-002-001": ("rt", "RT 001 RW 002", 1),
    f"{KELURAHAN}-002-002": ("rt", "RT 002 RW 002", 1),
}
SECOND = {
    "63.06.05.2001": ("kelurahan", "Hamalau", 1),
    "63.06.05.2001-001": ("rw", "RW 001", 1),
    "63.06.05.2001-001-001": ("rt", "RT 001", 1),
}
AGES = [f"{age}-{age + 4}" for age in range(0, 75, 5)] + ["75+"]
DIMENSIONS = {  # dimension -> the indicator that it splits, and its codes with labels
    "umur_L": ("jumlah_penduduk", {age: f"{age} tahun" for age in AGES}),
    "umur_P": ("jumlah_penduduk", {age: f"{age} tahun" for age in AGES}),
    "agama": ("jumlah_penduduk", {"1": "Islam", "2": "Kristen", "4": "Hindu", "x": "Tidak diketahui"}),
    "pekerjaan": ("jumlah_penduduk", {"tani": "Petani, pekebun, dan peternak", "x": "Tidak diketahui"}),
    "anggota": ("jumlah_keluarga", {"1": "1 orang", "8+": "8 orang atau lebih"}),
    "ijazah": ("ijazah_tertinggi", {"0": "Tidak punya", "1": "SD", "9": "S3"}),
    "desil": ("keluarga_menurut_desil", {str(n): f"Desil {n}" for n in range(1, 11)}),
    "alasan_ats": ("anak_tidak_sekolah_7_18", {"DO": "Putus sekolah", "BPB": "Belum pernah bersekolah"}),
}
OWN = {  # of the indicators that only have distributions
    "ijazah_tertinggi": "Ijazah Tertinggi Penduduk 15 Tahun ke Atas",
    "keluarga_menurut_desil": "Sebaran Keluarga Menurut Desil",
}
WITHHELD = "numerator = NULL, denominator = NULL, value = NULL, households = NULL"
MISSING = f"status = 'm', areas_reported = 0, {WITHHELD}"
Cell = dict[str, Any]
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Made:
    """An office with a published store, and the public cells in it."""

    office: Office
    cells: dict[Key, Cell]

    def cell(self, code: str, breakdown: str = "total", area: str = KELURAHAN, period: str = PERIOD) -> Cell:
        return self.cells[period, area, code, breakdown]

    def file(self, name: str) -> Path:
        """A file handed out for the period: `profil.html`, `infografis.png`."""
        stem, _, kind = name.partition(".")
        return self.office.places.reports / PERIOD / f"{stem}-{PERIOD}.{kind}"


def make(
    home: Path,
    changes: Iterable[str] = (),
    areas: dict[str, tuple[str, str, int]] = AREAS,
    periods: tuple[str, ...] = (FIRST, BEFORE, PERIOD),
    distributions: bool = True,
    name: str = "Kandangan Utara",
) -> Made:
    """A home whose store has every indicator for every area and period; `changes` are updates of its public cells."""
    places = Places(home)
    places.store.mkdir(parents=True)
    places.config.write_text(CONFIG, encoding="utf-8")
    number = count(1001)
    rows = [
        row
        for period in periods
        for area, (level, called, rts) in areas.items()
        for row in _cells(period, level, area, called, rts, distributions, number)
    ]
    with duckdb.connect(str(places.published)) as store:
        store.register("rows", pd.DataFrame(rows, columns=COLUMNS))
        store.execute("CREATE TABLE cells_public AS FROM rows")
        store.register("texts", pd.DataFrame(_entries()))
        store.execute("CREATE TABLE indicators AS FROM texts")
        store.register("named", pd.DataFrame({"period": periods, "release": [f"{p}-0a1b2c3d" for p in periods]}))
        store.execute("CREATE TABLE releases AS FROM named")
        store.execute("CREATE TABLE office AS SELECT ? AS kelurahan, ? AS name", [KELURAHAN, name])
        if distributions:
            store.register("split", pd.DataFrame(_classes(), columns=["breakdown", "dimension", "label", "order"]))
            store.execute("CREATE TABLE breakdowns AS FROM split")
        for change in changes:
            store.execute(f"UPDATE cells_public SET {change}")
        told = [dict(zip(COLUMNS, row, strict=True)) for row in store.execute("FROM cells_public").fetchall()]
    return Made(
        load_office(places), {(c["period"], c["area"], c["indicator"], c["breakdown"]): c for c in told}
    )  # fmt: skip


def _cells(
    period: str, level: str, area: str, called: str, rts: int, distributions: bool, number: "count[int]"
) -> Iterable[tuple[object, ...]]:
    listed = [(entry.code, b, entry.unit, entry.is_count) for entry in catalogue().values() for b in BREAKDOWNS
              if (b == "total" or entry.by_sex) and entry.code not in OWN]  # fmt: skip
    if distributions:
        counts = ("jumlah_penduduk", "jumlah_keluarga")
        listed += [
            (code, f"{dimension}:{of}", "orang" if code in counts else "persen", code in counts)
            for dimension, (code, codes) in DIMENSIONS.items()
            for of in codes
        ]
    for code, breakdown, unit, is_count in listed:
        value = float(next(number)) if is_count else next(number) / 97
        parts = (value, None) if is_count else (None, None)
        release = f"{period}-0a1b2c3d"
        yield (period, level, area, called, code, breakdown, *parts, value, unit, 50, rts, rts, "ok", release)


def _entries() -> list[dict[str, Any]]:
    names = [field.name for field in fields(Entry)]
    entries = [asdict(entry) | {"order": entry.order} for entry in catalogue().values() if entry.code not in OWN]
    like = next(entry for entry in entries if entry["code"] == "ijazah_sma_ke_atas")
    entries += [like | {"code": code, "name": name, "order": 900} for code, name in OWN.items()]
    return [{name: entry[name] for name in [*names, "order"]} for entry in entries]


def _classes() -> list[tuple[str, str, str, int]]:
    listed = [(d, of, label) for d, (_, codes) in DIMENSIONS.items() for of, label in codes.items()]
    return [(f"{d}:{of}", d, label, place) for place, (d, of, label) in enumerate(listed)]
