"""The page of downloads: every public file of a period's release, by group, and the other periods."""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from duckdb import DuckDBPyConnection
from pydantic import BaseModel, ConfigDict

from pipelines.capitals import capital
from pipelines.inert import one_line
from pipelines.periods import parse_period
from pipelines.serving.asking import SHOWN, Text, known
from pipelines.serving.products import TABLES, Product, grouped, products
from pipelines.serving.refusals import Refused


class DownloadsAsked(BaseModel):
    """The period; empty is the newest."""

    model_config = ConfigDict(extra="forbid")

    periode: Text = ""


@dataclass(frozen=True)
class TableOffered:
    """One table of the open data and its files."""

    title: str
    files: list[tuple[str, Product]]


@dataclass(frozen=True)
class Downloads:
    """What the page says: groups of files, the tables of the open data, and (period, title) of every release."""

    period: str
    title: str
    release: str
    groups: dict[str, list[Product]]
    tables: list[TableOffered]
    periods: list[tuple[str, str]]


def offered(store: DuckDBPyConnection, reports: Path, period: str) -> Downloads:
    """Read the page. Raises Refused for a period that is not published."""
    there = known(store, "public")
    if period and period not in there.releases:
        raise Refused(
            HTTPStatus.NOT_FOUND, f"Periode '{one_line(period[:SHOWN])}' belum terbit. Pilih dari daftar periode."
        )
    period = period or there.newest
    release = there.releases[period]
    groups = grouped(products(reports, period, release))
    files = groups.get(TABLES, [])
    if files:
        groups[TABLES] = [file for file in files if not _is_table(file)]
    return Downloads(
        period=period,
        title=capital(parse_period(period).title),
        release=release,
        groups=groups,
        tables=_tables([file for file in files if _is_table(file)]),
        periods=[(one, capital(parse_period(one).title)) for one in reversed(there.releases)],
    )


def _is_table(file: Product) -> bool:
    return file.path.suffix in (".csv", ".parquet")


def _tables(files: list[Product]) -> list[TableOffered]:
    """A line a table: its files differ in their kind alone."""
    found: dict[str, list[tuple[str, Product]]] = {}
    for file in files:
        title, _, kind = file.title.rpartition(", ")
        found.setdefault(title, []).append((kind, file))
    return [TableOffered(title, listed) for title, listed in found.items()]
