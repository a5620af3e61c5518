"""Reads cells from `published.duckdb` by the filters of `cantik pull`."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipelines.areas import LEVELS
from pipelines.errors import OfficerError
from pipelines.publishing.tiers import COLUMNS
from pipelines.warehouse.store import connect_read_only

TIERS = {"public": "cells_public", "liaison": "cells"}


@dataclass(frozen=True)
class Selection:
    """Which cells are wanted; an empty filter takes everything. No period means the newest with a release."""

    indicators: tuple[str, ...] = ()
    level: str | None = None
    area: str | None = None
    period: str | None = None
    breakdown: str | None = None
    tier: str = "public"


def select(store: Path, wanted: Selection) -> pd.DataFrame:
    """The wanted cells in the contract's columns. Raises OfficerError for an unknown name or an empty store."""
    if not store.exists():
        raise OfficerError("Belum ada yang diterbitkan. Jalankan dahulu: cantik run.")
    with connect_read_only(store) as published:
        releases = [row[0] for row in published.execute("SELECT period FROM releases ORDER BY period").fetchall()]
        known = {row[0] for row in published.execute("SELECT code FROM indicators").fetchall()}
        areas = {row[0] for row in published.execute("SELECT area FROM areas").fetchall()}
        period = wanted.period or releases[-1]
        _check(wanted, period, releases, known, areas)
        conditions, values = ["period = ?"], [period]
        for column, value in (
            ("level", wanted.level),
            ("area", wanted.area),
            ("breakdown", wanted.breakdown),
        ):
            if value is not None:
                conditions.append(f"{column} = ?")
                values.append(value)
        if wanted.indicators:
            conditions.append(f"indicator IN ({', '.join('?' * len(wanted.indicators))})")
            values += wanted.indicators
        table, columns = TIERS[wanted.tier], ", ".join(COLUMNS)
        query = f"SELECT {columns} FROM {table} WHERE {' AND '.join(conditions)} ORDER BY rowid"
        return published.execute(query, values).df()


def _check(wanted: Selection, period: str, releases: list[str], known: set[str], areas: set[str]) -> None:
    if period not in releases:
        raise OfficerError(f"Periode {period} belum diterbitkan. Yang ada: {', '.join(releases)}.")
    for code in wanted.indicators:
        if code not in known:
            raise OfficerError(
                f"Indikator '{code}' tidak dikenal. Lihat daftarnya di lembar Definisi pada reports/{period}."
            )
    if wanted.level is not None and wanted.level not in LEVELS:
        raise OfficerError(f"Tingkat '{wanted.level}' tidak dikenal. Pilih: {', '.join(LEVELS)}.")
    if wanted.area is not None and wanted.area not in areas:
        raise OfficerError(f"Wilayah '{wanted.area}' tidak ada dalam terbitan. Tulis kodenya, misalnya 63.06.05.1002.")
