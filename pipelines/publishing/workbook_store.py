"""What the handed-out workbook shows of one release: the public cells, the areas and the catalogue, as published."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.errors import OfficerError
from pipelines.periods import Period, parse_period
from pipelines.warehouse.store import connect_read_only
from schemas.dataset import SCHEMAS

SMALL = ("rt", "rw")
KINDS = ("desa ", "kelurahan ", "kecamatan ", "kabupaten ", "kota ", "provinsi ")
OTHER_SUBJECT = "lainnya"


class Figure(NamedTuple):
    """One public cell. Parts in the indicator's own units, `value` in its unit, unrounded; coverage in RTs."""

    numerator: float | None
    denominator: float | None
    value: float | None
    reported: int
    expected: int
    status: str


@dataclass(frozen=True)
class Entry:
    """One published indicator with its texts; the formula parts are expressions over named columns."""

    code: str
    name: str
    source: str
    numerator: str
    denominator: str | None
    universe: str
    scale: int
    method: str
    bin: str | None
    fixed_point: bool
    unit: str
    measure: str
    concept: str
    definition: str
    interpretation: str
    reference: str
    official: bool
    by_sex: bool


@dataclass(frozen=True)
class Place:
    """One area of the release."""

    level: str
    code: str
    name: str

    @property
    def kind(self) -> str:
        """Desa and kota are told by their Kemendagri codes: `xx.xx.xx.2xxx`, and `xx.71` or above."""
        if self.level == "kelurahan" and self.code[9:10] == "2":
            return "Desa"
        return "Kota" if self.level == "kabupaten" and self.code[3:5] > "70" else self.level.capitalize()

    @property
    def title(self) -> str:
        """The name after its kind, as Indonesians write it."""
        return self.name if self.name.lower().startswith(KINDS) else f"{self.kind} {self.name}"

    def holds(self, other: "Place") -> bool:
        """Whether `other` lies in this kelurahan or wider area."""
        return other.code.startswith((f"{self.code}.", f"{self.code}-"))


@dataclass(frozen=True)
class Publication:
    """One period's public release. `figures` by area, indicator and breakdown; `subjects` in order of publication."""

    period: Period
    release: str
    office: str
    subjects: dict[str, list[Entry]]
    kelurahan: list[Place]
    upper: list[Place]
    small: list[Place]
    figures: dict[tuple[str, str, str], Figure]

    def figure(self, place: Place, code: str, breakdown: str = "total") -> Figure | None:
        """The published cell, None where the release has no such cell."""
        return self.figures.get((place.code, code, breakdown))

    @cached_property
    def areas(self) -> list[Place]:
        """Kelurahan and above, every area after those that it holds."""
        return totals_last([*self.kelurahan, *self.upper])

    @property
    def widest(self) -> Place | None:
        """The one area that holds all others, None where none does."""
        found = [area for area in self.areas if all(area == other or area.holds(other) for other in self.areas)]
        return found[0] if found else None

    @property
    def where(self) -> str:
        """The territory of the release, as a title says it."""
        if len(self.kelurahan) == 1:
            return self.kelurahan[0].title
        kinds = "/".join(sorted({kelurahan.kind for kelurahan in self.kelurahan}))
        return f"{len(self.kelurahan)} {kinds}" + (f" di {self.widest.title}" if self.widest else "")


def totals_last(places: list[Place]) -> list[Place]:
    """In the order of their codes, every area after those that it holds; `~` sorts behind `.`, `-` and all digits."""
    return sorted(places, key=lambda place: f"{place.code}~")


def read_publication(store: Path, period: str) -> Publication:
    """Read one period of `published.duckdb`, tier public. Raises OfficerError where the period has no release."""
    with connect_read_only(store) as published:
        found = published.execute("SELECT release FROM releases WHERE period = ?", [period]).fetchone()
        if found is None:
            raise OfficerError(f"Periode {period} belum diterbitkan. Jalankan dahulu: cantik run.")
        office = published.execute("SELECT name FROM office").fetchone()
        figures = _figures(published, period)
        codes = {code for _, code, _ in figures}
        entries = [entry for entry in _entries(published) if entry.code in codes]
        places = _places(published, period)
    kelurahan = [place for place in places if place.level == "kelurahan"]
    return Publication(
        period=parse_period(period),
        release=found[0],
        office=office[0] if office else "",
        subjects=_by_subject(entries),
        kelurahan=kelurahan,
        upper=_telling([p for p in places if p.level not in (*SMALL, "kelurahan")], kelurahan),
        small=[place for place in places if place.level in SMALL],
        figures=figures,
    )


def _figures(published: duckdb.DuckDBPyConnection, period: str) -> dict[tuple[str, str, str], Figure]:
    rows = published.execute(
        """
        SELECT area, indicator, breakdown, numerator, denominator, value, areas_reported, areas_expected, status
        FROM cells_public WHERE period = ?
        """,
        [period],
    ).fetchall()
    return {(area, code, breakdown): Figure(*rest) for area, code, breakdown, *rest in rows}


def _entries(published: duckdb.DuckDBPyConnection) -> list[Entry]:
    listed = ", ".join(Entry.__dataclass_fields__)
    return [Entry(*row) for row in published.execute(f'SELECT {listed} FROM indicators ORDER BY "order"').fetchall()]


def _places(published: duckdb.DuckDBPyConnection, period: str) -> list[Place]:
    rows = published.execute(
        "SELECT DISTINCT level, area, area_name FROM cells_public WHERE period = ? ORDER BY area, area_name", [period]
    ).fetchall()
    return [Place(*row) for row in rows]


def _telling(upper: list[Place], kelurahan: list[Place]) -> list[Place]:
    """The areas above that add up more kelurahan than an area already shown.

    One that holds a single kelurahan only repeats its figures, and would be read as the whole kecamatan or kabupaten.
    """
    seen = {frozenset([place.code]) for place in kelurahan}
    kept = []
    for place in sorted(upper, key=lambda u: -len(u.code)):
        held = frozenset(k.code for k in kelurahan if place.holds(k))
        if held not in seen:
            kept.append(place)
            seen.add(held)
    return kept


def _by_subject(entries: list[Entry]) -> dict[str, list[Entry]]:
    """Entries by the file of `schemas/indicators` that declares them, in the order of their first indicator."""
    subject_of = {
        code: path.stem
        for path in sorted((SCHEMAS / "indicators").glob("*.toml"))
        for code in tomllib.loads(path.read_text(encoding="utf-8"))
    }
    subjects: dict[str, list[Entry]] = {}
    for entry in entries:
        subjects.setdefault(subject_of.get(entry.code, OTHER_SUBJECT), []).append(entry)
    return subjects
