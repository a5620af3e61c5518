"""A figure that is made of other figures: these, of this quarter and of earlier ones, and why it may be lacking."""

import json
from dataclasses import asdict, dataclass

import duckdb

from pipelines.explaining.agreement import require_equal
from pipelines.explaining.asked import Asked
from pipelines.explaining.formula import Formula, formula
from pipelines.explaining.record import about
from pipelines.indicators.catalogue import catalogue
from pipelines.indicators.derived import is_sized, parts_of
from pipelines.indicators.parts import SIZE
from pipelines.periods import parse_period
from pipelines.settings import Office


@dataclass(frozen=True)
class PartCell:
    """The stored total of one indicator in one period; None where it was not measured or nobody reported."""

    column: str
    indicator: str
    name: str
    period: str
    value: float | None
    reported: int
    expected: int


@dataclass(frozen=True)
class Derivation:
    """A derived figure with its parts in order. `km2` where it is divided by the size; `why` there is no figure."""

    asked: Asked
    formula: Formula
    parts: list[PartCell]
    sized: bool
    km2: float | None
    why: str | None


def explain_derived(connection: duckdb.DuckDBPyConnection, office: Office, asked: Asked) -> Derivation:
    """Gather the parts. Raises OfficerError where the stored figure does not follow from them."""
    entry, cell = asked.entry, asked.cell
    made_of = parts_of(entry.code)
    found = [
        _part_cell(connection, asked, part.name, code, quarters) for part in made_of for code, quarters in part.cells
    ]
    sized = is_sized(entry.code)
    size = office.register.at(asked.period).territories().get(cell.area) if sized else None
    km2 = None if size is None else float(size)
    why = _why(found, sized, km2) if cell.areas_reported == 0 else None
    if why is None:
        values = {part.name: sum(c.value or 0 for c in found if c.column == part.name) for part in made_of}
        _check(connection, asked, values if km2 is None else values | {SIZE: km2})
    return Derivation(asked, formula(entry, asked.breakdown), found, sized, km2, why)


def _part_cell(connection: duckdb.DuckDBPyConnection, asked: Asked, column: str, code: str, quarters: int) -> PartCell:
    period = str(asked.period.before(quarters))
    row = connection.execute(
        "SELECT numerator, areas_reported, areas_expected FROM cells "
        "WHERE period = $1 AND area = $2 AND indicator = $3 AND breakdown = 'total'",
        [period, asked.cell.area, code],
    ).fetchone()
    value, reported, expected = row or (None, 0, 0)
    return PartCell(column, code, catalogue()[code].name, period, value if reported else None, reported, expected)


def _why(parts: list[PartCell], sized: bool, km2: float | None) -> str:
    """Why there is no figure, the plainest reason first."""
    if sized and km2 is None:
        return "luas wilayahnya belum diketahui; isi kolom km2 di areas.csv"
    if absent := [part for part in parts if not part.expected]:
        period = min(part.period for part in absent)
        return f"belum ada data {parse_period(period).title}"
    if missing := [part for part in parts if part.reported < part.expected]:
        first = missing[0]
        return (
            f"{first.name} {parse_period(first.period).title} baru dilaporkan {first.reported} dari {first.expected} "
            "RT, jadi RT di balik semua bagiannya tidak sama"
        )
    return "RT di balik bagian-bagiannya tidak sama"


def _check(connection: duckdb.DuckDBPyConnection, asked: Asked, values: dict[str, float]) -> None:
    columns = ", ".join(f"{value!r}::DOUBLE AS {name}" for name, value in values.items())
    entry, cell = asked.entry, asked.cell
    parts = f"SELECT {entry.numerator}, {entry.denominator} FROM (SELECT {columns})"
    above, below = connection.execute(parts).fetchall()[0]
    value = entry.scale * above / below if below else None
    require_equal(asked, "bagiannya", [(above, cell.numerator), (below, cell.denominator), (value, cell.value)])


def derived_as_json(found: Derivation, since: Derivation | None) -> str:
    """The same facts as the text."""
    record = _record(found) | {"comparison": _record(since) if since else None}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _record(found: Derivation) -> dict[str, object]:
    return about(found.asked, found.formula) | {
        "figure": asdict(found.asked.cell),
        "made_of": [asdict(part) for part in found.parts],
        "km2": found.km2,
        "why_not": found.why,
    }
