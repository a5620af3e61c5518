"""Reads cells by the filters of `cantik pull`: of `published.duckdb`, or of an earlier release as it was then."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from duckdb import (
    ColumnExpression,
    ConstantExpression,
    DuckDBPyConnection,
    DuckDBPyRelation,
    Expression,
    FunctionExpression,
)

from pipelines.areas import LEVELS
from pipelines.errors import OfficerError, nearest
from pipelines.opening import connect_read_only
from pipelines.periods import parse_period
from pipelines.publishing.kept import KEYS, differing, read_kept
from pipelines.publishing.tiers import COLUMNS, TIERS
from pipelines.settings import RELEASES


@dataclass(frozen=True)
class Selection:
    """Which cells are wanted; an empty filter takes everything. No period means the newest with a release.

    `release` takes them as they were published then; `since` only those that differ from that release or are new.
    """

    indicators: tuple[str, ...] = ()
    level: str | None = None
    area: str | None = None
    period: str | None = None
    breakdown: str | None = None
    tier: str = "public"
    release: str | None = None
    since: str | None = None


@contextmanager
def opened(store: Path) -> Iterator[DuckDBPyConnection]:
    """The published store, held open to read. Raises OfficerError where there is none or it is damaged."""
    if not store.exists():
        raise OfficerError("Belum ada yang diterbitkan. Jalankan dahulu: cantik run.")
    with connect_read_only(store) as published:
        yield published


Opening = Callable[[Path], AbstractContextManager[DuckDBPyConnection]]


@contextmanager
def selected(store: Path, wanted: Selection, opening: Opening = opened) -> Iterator[DuckDBPyRelation]:
    """The wanted cells in the contract's columns, as long as the store is held open, by `opening`.

    Raises OfficerError for an unknown name or an empty store.
    """
    with opening(store) as published:
        wanted = _of_one_period(published, wanted)
        cells = _cells(published, store, wanted)
        _check(published, wanted, cells)
        cells = _filtered(cells, wanted)
        if wanted.since is not None:
            cells = differing(cells, _before(published, store, wanted))
        yield cells.select(*COLUMNS)


def gone(store: Path, wanted: Selection) -> int:
    """How many of the wanted cells of `since` are no longer published: they cannot stand among those that are."""
    if wanted.since is None:
        return 0
    with opened(store) as published:
        wanted = _of_one_period(published, wanted)
        now = _filtered(_cells(published, store, wanted), wanted).set_alias("n")
        same = " AND ".join(f"n.{key} = b.{key}" for key in KEYS)
        return len(_before(published, store, wanted).set_alias("b").join(now, same, how="anti"))


def _cells(published: DuckDBPyConnection, store: Path, wanted: Selection) -> DuckDBPyRelation:
    """All cells of the tier, in the order of publication, which scans preserve."""
    if wanted.release is not None:
        return read_kept(published, store.with_name(RELEASES), wanted.release, wanted.tier)
    return published.table(TIERS[wanted.tier])


def _before(published: DuckDBPyConnection, store: Path, wanted: Selection) -> DuckDBPyRelation:
    return _filtered(_cells(published, store, replace(wanted, release=wanted.since)), wanted)


def _filtered(cells: DuckDBPyRelation, wanted: Selection) -> DuckDBPyRelation:
    for column in ("period", "level", "area"):
        value = getattr(wanted, column)
        if value is not None:
            cells = cells.filter(ColumnExpression(column) == ConstantExpression(value))
    if wanted.breakdown is not None:
        cells = cells.filter(_of_breakdown(wanted.breakdown))
    if wanted.indicators:
        cells = cells.filter(ColumnExpression("indicator").isin(*map(ConstantExpression, wanted.indicators)))
    return cells


def _of_breakdown(asked: str) -> Expression:
    """One breakdown, or with the name of a dimension alone all its codes."""
    one = ColumnExpression("breakdown") == ConstantExpression(asked)
    codes = FunctionExpression("starts_with", ColumnExpression("breakdown"), ConstantExpression(f"{asked}:"))
    return one | codes


def _of_one_period(published: DuckDBPyConnection, wanted: Selection) -> Selection:
    """The selection with its period, which a named release decides."""
    releases = [row[0] for row in published.execute("SELECT period FROM releases ORDER BY period").fetchall()]
    asked = [release for release in (wanted.release, wanted.since) if release is not None]
    named = {release: _period(published, release, wanted.period) for release in asked}
    period = next(iter(named.values()), wanted.period or releases[-1])
    for release, own in named.items():
        if own != (wanted.period or period):
            raise OfficerError(f"Rilis {release} adalah rilis periode {own}, bukan {wanted.period or period}.")
    if wanted.release is None and period not in releases:
        raise OfficerError(f"Periode {period} belum diterbitkan. Yang ada: {', '.join(releases)}.")
    return replace(wanted, period=period)


def _period(published: DuckDBPyConnection, release: str, asked: str | None) -> str:
    """The period of a release that was published. Raises OfficerError, naming those there are, for any other."""
    try:
        log = published.execute("SELECT release, period FROM revisions ORDER BY number").fetchall()
    except duckdb.CatalogException as error:
        raise OfficerError("Riwayat rilis belum ada. Jalankan dahulu: cantik run.") from error
    if release in dict(log):
        return str(dict(log)[release])
    period = asked or _meant(release) or str(log[-1][1])
    known = dict.fromkeys(name for name, of in log if of == period)  # each once, in the order of publication
    there = f"Yang ada untuk {period}: {', '.join(known)}." if known else f"Periode {period} belum diterbitkan."
    raise OfficerError(f"Rilis '{release}' tidak dikenal. {there}")


def _meant(release: str) -> str | None:
    """The period that an unknown release begins with, if it does."""
    try:
        return str(parse_period(release.rpartition("-")[0]))
    except OfficerError:
        return None


def _check(published: DuckDBPyConnection, wanted: Selection, cells: DuckDBPyRelation) -> None:
    """Raises OfficerError for a name that neither the catalogue nor, in an earlier release, its cells know."""
    indicators, areas = published.table("indicators").select("code"), published.table("areas").select("area")
    if wanted.release is not None:
        indicators, areas = cells.select("indicator").distinct(), cells.select("area").distinct()
    known = {row[0] for row in indicators.fetchall()}
    for code in wanted.indicators:
        if code not in known:
            raise OfficerError(
                f"Indikator '{code}' tidak dikenal.{nearest(code.casefold(), known)} "
                f"Lihat daftarnya di lembar Definisi pada reports/{wanted.period}."
            )
    if wanted.level is not None and wanted.level not in LEVELS:
        raise OfficerError(f"Tingkat '{wanted.level}' tidak dikenal. Pilih: {', '.join(LEVELS)}.")
    if wanted.breakdown is not None and len(cells.filter(_of_breakdown(wanted.breakdown)).limit(1)) == 0:
        numbered = cells.project("split_part(breakdown, ':', 1) AS b, row_number() OVER () AS n")
        names = numbered.aggregate("b, min(n) AS n").order("n").select("b").fetchall()
        raise OfficerError(f"Rincian '{wanted.breakdown}' tidak dikenal. Pilih: {', '.join(b for (b,) in names)}.")
    there = {row[0] for row in areas.fetchall()}
    if wanted.area is not None and wanted.area not in there:
        raise OfficerError(
            f"Wilayah '{wanted.area}' tidak ada dalam terbitan.{nearest(wanted.area, there)} "
            "Tulis kodenya, misalnya 63.06.05.1002."
        )
