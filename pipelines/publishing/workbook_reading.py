"""Reads one period of `published.duckdb`, tier public, for its workbook."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import OfficerError
from pipelines.opening import connect_read_only
from pipelines.periods import parse_period
from pipelines.publishing.workbook_publication import Entry, Figure, Place, Publication
from schemas.dataset import SCHEMAS

SMALL = ("rt", "rw")
OTHER_SUBJECT = "lainnya"


def read_publication(store: Path, period: str, by_rt: Sequence[str]) -> Publication:
    """Read one period; below the kelurahan only the indicators `by_rt`. Raises OfficerError where it has no release."""
    with connect_read_only(store) as published:
        return publication_of(published, period, by_rt)


def publication_of(published: duckdb.DuckDBPyConnection, period: str, by_rt: Sequence[str]) -> Publication:
    """The same of a store that is held open."""
    found = published.execute("SELECT release FROM releases WHERE period = ?", [period]).fetchone()
    if found is None:
        raise OfficerError(f"Periode {period} belum diterbitkan. Jalankan dahulu: cantik run.")
    office = published.execute("SELECT name FROM office").fetchone()
    cells = _cells(published, period, by_rt)
    entries = read_entries(published)
    places = sorted({Place(*row[:3]) for row in cells}, key=lambda place: place.code)
    figures = {(row[1], row[3], row[4]): Figure(*row[5:]) for row in cells}
    codes = {code for _, code, _ in figures}
    kelurahan = [place for place in places if place.level == "kelurahan"]
    upper = [place for place in places if place.level not in (*SMALL, "kelurahan")]
    return Publication(
        period=parse_period(period),
        release=found[0],
        office=office[0] if office else "",
        subjects=by_subject([entry for entry in entries if entry.code in codes]),
        kelurahan=kelurahan,
        upper=_telling(upper, kelurahan),
        around=[place for place in reversed(upper) if all(place.holds(k) for k in kelurahan)],
        small=[place for place in places if place.level in SMALL],
        figures=figures,
    )


def _cells(published: duckdb.DuckDBPyConnection, period: str, by_rt: Sequence[str]) -> list[tuple[Any, ...]]:
    return published.execute(
        """
        SELECT level, area, area_name, indicator, breakdown,
               numerator, denominator, value, areas_reported, areas_expected, status
        FROM cells_public
        WHERE period = $period AND breakdown IN ('total', 'L', 'P')
          AND (level NOT IN ('rt', 'rw') OR indicator IN (SELECT unnest($by_rt)))
        """,
        {"period": period, "by_rt": list(by_rt)},
    ).fetchall()


def read_entries(published: duckdb.DuckDBPyConnection) -> list[Entry]:
    """The catalogue in the order of publication."""
    listed = ", ".join(Entry.__dataclass_fields__)
    return [Entry(*row) for row in published.execute(f'SELECT {listed} FROM indicators ORDER BY "order"').fetchall()]


def _telling(upper: list[Place], kelurahan: list[Place]) -> list[Place]:
    """The areas above that add up more kelurahan than an area already shown.

    One that holds a single kelurahan only repeats its figures, and would be read as the whole kecamatan or kabupaten.
    """
    seen = {frozenset([place.code]) for place in kelurahan}
    kept = []
    for place in sorted(upper, key=lambda u: -len(u.code)):
        held = frozenset(k.code for k in kelurahan if place.holds(k))
        if held and held not in seen:
            kept.append(place)
            seen.add(held)
    return kept


def by_subject(entries: list[Entry]) -> dict[str, list[Entry]]:
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
