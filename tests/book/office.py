"""Homes whose book is read back, and the public cells that it must agree with."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.publishing.tiers import COLUMNS
from pipelines.settings import Places

PERIOD, KELURAHAN = "2025-Q3", "63.06.05.1002"
HOSTILE = "=HYPERLINK(1)"  # the name of an RT
PRODUCTS = ("kelurahan-dalam-angka-*.xlsx", "data/*", "sdmx/*")
Cells = dict[tuple[str, str, str, str], dict[str, Any]]


@dataclass(frozen=True)
class Released:
    """A home with its newest period published, and the public cells of all its periods."""

    places: Places
    cells: Cells

    @property
    def folder(self) -> Path:
        return self.places.reports / PERIOD

    @property
    def workbook(self) -> Path:
        return self.folder / f"kelurahan-dalam-angka-{PERIOD}.xlsx"

    def files(self) -> list[Path]:
        """All that this part of the program hands out."""
        return sorted(file for pattern in PRODUCTS for file in self.folder.glob(pattern))


def released(home: Path) -> Released:
    """What a home has published."""
    places = Places(home)
    return Released(places, public_cells(places.published))


def public_cells(store: Path) -> Cells:
    """Every public cell by period, area, indicator and breakdown."""
    with duckdb.connect(str(store), read_only=True) as published:
        rows = published.execute("FROM cells_public").fetchall()
    told = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return {(c["period"], c["area"], c["indicator"], c["breakdown"]): c for c in told}


def categories_of(release: Released) -> dict[str, dict[str, str]]:
    """The code of each label by dimension, with the row of the whole."""
    with duckdb.connect(str(release.places.published), read_only=True) as store:
        rows = store.execute("SELECT dimension, label, code FROM breakdowns").fetchall()
    found: dict[str, dict[str, str]] = {}
    for dimension, label, code in rows:
        found.setdefault(dimension, {"Jumlah": "total"})[label] = code
    return found


def rename_an_rt(home: Path) -> None:
    """Give one RT of the register a name that a spreadsheet would run."""
    path = home / "data" / "areas.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    name = rows[0].index("name")
    next(row for row in rows if row[rows[0].index("level")] == "rt")[name] = HOSTILE
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def contents(file: Path) -> Iterator[bytes]:
    """The bytes of a file, of a packed one those of its parts."""
    if file.suffix != ".xlsx":
        yield file.read_bytes()
        return
    with zipfile.ZipFile(file) as parts:
        yield from (parts.read(name) for name in parts.namelist())
