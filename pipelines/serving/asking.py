"""What a program asks of `/api/cells`: the filters of `cantik pull`, and which of their values there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import Annotated, Literal

from duckdb import DuckDBPyConnection
from pydantic import BaseModel, ConfigDict, Field

from pipelines.areas import LEVELS
from pipelines.inert import one_line
from pipelines.publishing.query import Selection
from pipelines.publishing.tiers import TIERS
from pipelines.serving.refusals import Refused
from pipelines.serving.served import NotPublished

MOST_ROWS = 100_000  # of one answer; so many stay under 256 MB in every format
SHOWN = 30  # values that a sentence lists, and letters of what was asked
Text = Annotated[str, Field(max_length=200)]


class CellsAsked(BaseModel):
    """The parameters of `/api/cells`. One that is not here is refused: a misspelt filter must not be no filter."""

    model_config = ConfigDict(extra="forbid")

    indicator: list[Annotated[str, Field(max_length=4096)]] = Field(
        [],
        description="Kode indikator. Boleh diulang, atau beberapa dipisah koma. Tanpa ini: semua.",
        examples=[["jumlah_penduduk", "amh,rls"]],
    )
    level: Text | None = Field(None, description=f"Tingkat wilayah: {', '.join(LEVELS)}.", examples=["rw"])
    area: Text | None = Field(
        None, description="Kode satu wilayah; daftarnya di /api/areas.", examples=["63.06.05.1002"]
    )
    period: Text | None = Field(None, description="Periode. Tanpa ini: yang terbaru terbit.", examples=["2025-Q3"])
    breakdown: Text | None = Field(
        None, description="Rincian: total, L, P, atau sebaran; daftarnya di /api/breakdowns.", examples=["total"]
    )
    tier: Literal["public", "liaison"] = Field(
        "public", description="Siapa pembacanya: public tanpa kunci, liaison hanya dengan token."
    )
    format: Literal["json", "csv", "xlsx", "parquet", "sdmx-csv"] = Field("json", description="Bentuk jawaban.")
    release: Text | None = Field(
        None, description="Tabel persis seperti yang terbit pada rilis ini. Hanya dengan token.", examples=[None]
    )
    since: Text | None = Field(
        None, description="Hanya baris yang baru atau berubah sejak rilis ini. Hanya dengan token.", examples=[None]
    )
    limit: int | None = Field(None, ge=1, le=MOST_ROWS, description="Paling banyak sekian baris.", examples=[1000])
    offset: int = Field(0, ge=0, le=10**9, description="Lewati sekian baris pertama.")


@dataclass(frozen=True)
class Known:
    """The values that filters may take in this store."""

    indicators: tuple[str, ...]
    areas: frozenset[str]
    releases: dict[str, str]
    log: dict[str, str]
    breakdowns: tuple[str, ...]

    @property
    def newest(self) -> str:
        """The newest period with a release."""
        return list(self.releases)[-1]


def known(store: DuckDBPyConnection, tier: str) -> Known:
    """Read them. `releases` is period -> release as it stands, `log` every release ever published -> its period.

    Raises NotPublished where the store holds no release.
    """

    def column(query: str) -> list[str]:
        return [row[0] for row in store.execute(query).fetchall()]

    releases = dict(store.execute("SELECT period, release FROM releases ORDER BY period").fetchall())
    if not releases:
        raise NotPublished
    used = column(f"SELECT breakdown FROM {TIERS[tier]} GROUP BY ALL ORDER BY min(rowid)")
    return Known(
        indicators=tuple(column('SELECT code FROM indicators ORDER BY "order"')),
        areas=frozenset(column("SELECT area FROM areas")),
        releases=releases,
        log=dict(store.execute("SELECT release, period FROM revisions ORDER BY number").fetchall()),
        breakdowns=(*used, *dict.fromkeys(code.partition(":")[0] for code in used if ":" in code)),
    )


def selection(asked: CellsAsked, there: Known) -> Selection:
    """What is asked as a selection of `cantik pull`, its period always named.

    Raises Refused, saying what there is, for a value that is not published.
    """
    if asked.tier == "public" and (asked.release or asked.since):
        raise Refused(HTTPStatus.BAD_REQUEST, "Rilis terdahulu (release, since) hanya untuk tier=liaison dengan token.")
    indicators = tuple(code.strip() for listed in asked.indicator for code in listed.split(",") if code.strip())
    for code in indicators:
        _check("Indikator", code, there.indicators, "Daftarnya: /api/indicators.")
    if asked.level is not None:
        _check("Tingkat", asked.level, LEVELS)
    if asked.area is not None:
        _check("Wilayah", asked.area, there.areas, "Daftarnya: /api/areas.")
    if asked.breakdown is not None:
        _check("Rincian", asked.breakdown, there.breakdowns, "Daftarnya: /api/breakdowns.")
    if asked.period is not None:
        _check("Periode", asked.period, there.releases)
    period = asked.period or there.newest
    for release in (asked.release, asked.since):
        if release is not None:
            _check("Rilis", release, there.log, "Daftarnya: /api/releases.")
            if asked.period is not None and there.log[release] != asked.period:
                raise Refused(HTTPStatus.BAD_REQUEST, f"Rilis {release} bukan rilis periode {asked.period}.")
            period = there.log[release]
    return Selection(
        tuple(dict.fromkeys(indicators)), asked.level, asked.area, period, asked.breakdown, asked.tier,
        asked.release, asked.since,
    )  # fmt: skip


def _check(what: str, value: str, there: Iterable[str], where: str = "") -> None:
    listed = list(there)
    if value in listed:
        return
    near = get_close_matches(value[:60], listed, n=3)
    if where:
        more = f"Mungkin maksudnya: {', '.join(near)}. {where}" if near else where
    else:
        more = f"Yang ada: {', '.join(listed[:SHOWN])}."
    raise Refused(HTTPStatus.BAD_REQUEST, f"{what} '{one_line(value[:SHOWN])}' tidak dikenal. {more}")
