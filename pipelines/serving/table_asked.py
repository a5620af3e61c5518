"""What a visitor picks on the table page, and what there is to pick."""

from collections.abc import Container
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from duckdb import DuckDBPyConnection
from pydantic import BaseModel, ConfigDict, Field

from pipelines.areas import LEVELS
from pipelines.capitals import capital
from pipelines.inert import one_line
from pipelines.periods import parse_period
from pipelines.publishing.tiers import TIERS
from pipelines.publishing.workbook_publication import Entry, Place
from pipelines.publishing.workbook_reading import by_subject, read_entries
from pipelines.publishing.workbook_titles import level_name, subject_title
from pipelines.serving.asking import SHOWN, Text
from pipelines.serving.refusals import Refused

FIRST_LEVELS = ("rw", "kelurahan", "rt")  # what one sees before one has picked


class TableAsked(BaseModel):
    """The fields of the form; empty is not picked yet."""

    model_config = ConfigDict(extra="forbid")

    indikator: Text = ""
    tingkat: Text = ""
    periode: Text = ""
    rincian: Text = ""
    wilayah: Text = ""
    tier: Annotated[str, Field(pattern="public|liaison")] = "public"


@dataclass(frozen=True)
class Picked:
    """A whole choice: every field has a value that is published, but `detail` and `within`, empty for all."""

    entry: Entry
    level: str
    period: str
    release: str
    detail: str
    within: str
    tier: str


@dataclass(frozen=True)
class Choices:
    """What there is to pick from."""

    subjects: list[tuple[str, list[Entry]]]
    levels: list[tuple[str, str]]
    periods: list[tuple[str, str]]
    releases: dict[str, str]
    places: list[Place]

    @property
    def kelurahan(self) -> list[Place]:
        """The kelurahan and desa of the store."""
        return [place for place in self.places if place.level == "kelurahan"]

    def called(self, place: Place) -> str:
        """The area's name as a row says it: with its kind; an RW or RT with its kelurahan where there are several."""
        if place.level not in ("rt", "rw"):
            return place.title
        around = [k for k in self.kelurahan if k.holds(place)] if len(self.kelurahan) > 1 else []
        return f"{place.name}, {around[0].name}" if around else place.name

    def around(self, level: str) -> list[Place]:
        """The areas above a level, of which one may be looked at alone; none where they all hold the same."""
        ranks = {name: rank for rank, name in enumerate(LEVELS)}
        inside = [place for place in self.places if place.level == level]
        wider = [place for place in self.places if ranks.get(place.level, 99) > ranks[level]]
        held = {place.code: sum(place.holds(other) for other in inside) for place in wider}
        return [place for place in wider if 0 < held[place.code] < len(inside)]


def choices(store: DuckDBPyConnection, tier: str) -> Choices:
    """Read them, levels from small to wide and periods from new to old."""
    used = {row[0] for row in store.execute(f"SELECT DISTINCT indicator FROM {TIERS[tier]}").fetchall()}
    places = [Place(*row) for row in store.execute("SELECT level, area, area_name FROM areas").fetchall()]
    there = {place.level for place in places}
    releases = dict(store.execute("SELECT period, release FROM releases ORDER BY period DESC").fetchall())
    entries = [entry for entry in read_entries(store) if entry.code in used]
    return Choices(
        subjects=[(subject_title(name), listed) for name, listed in by_subject(entries).items()],
        levels=[(level, level_name(level)) for level in LEVELS if level in there],
        periods=[(period, capital(parse_period(period).title)) for period in releases],
        releases=releases,
        places=sorted(places, key=lambda place: place.code),
    )


def picked(asked: TableAsked, there: Choices) -> Picked:
    """The whole choice. Raises Refused for a value that is not published."""
    entries = {entry.code: entry for _, listed in there.subjects for entry in listed}
    levels, periods = dict(there.levels), dict(there.periods)
    code = _one_of("Indikator", asked.indikator, entries, next(iter(entries)))
    level = _one_of(
        "Tingkat", asked.tingkat, levels, next((f for f in FIRST_LEVELS if f in levels), next(iter(levels)))
    )
    period = _one_of("Periode", asked.periode, periods, next(iter(periods)))
    known = {place.code: place for place in there.places}
    within = _one_of("Wilayah", asked.wilayah, known, "")
    return Picked(entries[code], level, period, there.releases[period], asked.rincian, within, asked.tier)


def _one_of(what: str, value: str, there: Container[str], default: str) -> str:
    if value and value not in there:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{what} '{one_line(value[:SHOWN])}' tidak ada. Pilih dari daftarnya.")
    return value or default
