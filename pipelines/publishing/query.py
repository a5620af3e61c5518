"""Reads cells from `published.duckdb` by the filters of `cantik pull`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duckdb import ColumnExpression, ConstantExpression, DuckDBPyRelation

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


@contextmanager
def selected(store: Path, wanted: Selection) -> Iterator[DuckDBPyRelation]:
    """The wanted cells in the contract's columns, as long as the store is held open.

    Raises OfficerError for an unknown name or an empty store.
    """
    if not store.exists():
        raise OfficerError("Belum ada yang diterbitkan. Jalankan dahulu: cantik run.")
    with connect_read_only(store) as published:
        releases = [row[0] for row in published.execute("SELECT period FROM releases ORDER BY period").fetchall()]
        known = {row[0] for row in published.execute("SELECT code FROM indicators").fetchall()}
        areas = {row[0] for row in published.execute("SELECT area FROM areas").fetchall()}
        period = wanted.period or releases[-1]
        _check(wanted, period, releases, known, areas)
        cells = published.table(TIERS[wanted.tier])  # kept in the order of publication, which scans preserve
        for column, value in (
            ("period", period),
            ("level", wanted.level),
            ("area", wanted.area),
            ("breakdown", wanted.breakdown),
        ):
            if value is not None:
                cells = cells.filter(ColumnExpression(column) == ConstantExpression(value))
        if wanted.indicators:
            codes = map(ConstantExpression, wanted.indicators)
            cells = cells.filter(ColumnExpression("indicator").isin(*codes))
        yield cells.select(*COLUMNS)


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
