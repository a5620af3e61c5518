"""What an officer asks about: one cell of the warehouse, found by indicator, area, period and breakdown."""

from dataclasses import dataclass
from difflib import get_close_matches

import duckdb

from pipelines.areas import ancestor
from pipelines.errors import OfficerError
from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.periods import Period, parse_period
from pipelines.settings import Office


@dataclass(frozen=True)
class Cell:
    """A stored figure as `measure` left it: nothing is withheld from the officer."""

    level: str
    area: str
    area_name: str
    numerator: float | None
    denominator: float | None
    value: float | None
    unit: str
    households: int | None
    areas_reported: int
    areas_expected: int
    status: str


@dataclass(frozen=True)
class Asked:
    """One cell with all that is needed to explain it; `rts` are the RTs expected to report in its area."""

    entry: Indicator
    breakdown: str
    period: Period
    cell: Cell
    rts: tuple[str, ...]


def find_indicator(code: str, breakdown: str) -> Indicator:
    """The entry of a code. Raises OfficerError with the closest code where there is none."""
    entry = catalogue().get(code.strip().lower())
    if entry is None:
        near = get_close_matches(code.lower(), catalogue(), n=1, cutoff=0.5)
        hint = f"Mungkin maksudnya {near[0]}." if near else "Lihat lembar Definisi pada folder reports."
        raise OfficerError(f"Indikator '{code}' tidak dikenal. {hint}")
    if breakdown not in entry.breakdowns:
        names = list(dict.fromkeys(known.partition(":")[0] for known in entry.breakdowns))
        codes = [known for known in entry.breakdowns if known.startswith(f"{breakdown.partition(':')[0]}:")]
        if codes:
            raise OfficerError(f"Rincian '{breakdown}' tidak ada. Pilih satu: {', '.join(codes)}.")
        if len(names) == 1:
            raise OfficerError(f"{entry.name} tidak dirinci. Hapus --breakdown {breakdown}.")
        raise OfficerError(f"{entry.name} tidak dirinci menurut '{breakdown}'. Yang ada: {', '.join(names)}.")
    return entry


def find_period(connection: duckdb.DuckDBPyConnection, written: str | None) -> Period:
    """The asked period, else the newest that was measured. Raises OfficerError where it was not."""
    measured = [row[0] for row in connection.execute("SELECT DISTINCT period FROM cells ORDER BY period").fetchall()]
    if not measured:
        raise OfficerError("Belum ada angka yang dihitung. Jalankan dahulu: cantik run.")
    period = str(parse_period(written)) if written else measured[-1]
    if period not in measured:
        raise OfficerError(f"Periode {period} belum dihitung. Yang ada: {', '.join(measured)}.")
    return parse_period(period)


def find_cell(
    connection: duckdb.DuckDBPyConnection, office: Office, entry: Indicator, breakdown: str, area: str, period: Period
) -> Asked:
    """The cell of an area. Raises OfficerError with the closest code where the period knows no such area."""
    found = connection.execute(
        """
        SELECT level, area, area_name, numerator, denominator, value, unit, households, areas_reported,
               areas_expected, status
        FROM cells WHERE period = $1 AND area = $2 AND indicator = $3 AND breakdown = $4
        """,
        [str(period), area, entry.code, breakdown],
    ).fetchone()
    if found is None:
        known = "SELECT DISTINCT area FROM cells WHERE period = $1 ORDER BY area"
        areas = [row[0] for row in connection.execute(known, [str(period)]).fetchall()]
        if area not in areas:
            near = get_close_matches(area, areas, n=1, cutoff=0.5) or areas[-1:]
            raise OfficerError(f"Wilayah '{area}' tidak ada pada periode {period}. Tulis kodenya, misalnya {near[0]}.")
        # The catalogue is newer than the figures.
        raise OfficerError(f"{entry.code} belum dihitung untuk periode {period}. Jalankan dahulu: cantik run.")
    cell = Cell(*found)
    return Asked(entry, breakdown, period, cell, _rts(connection, office, cell, period))


def _rts(connection: duckdb.DuckDBPyConnection, office: Office, cell: Cell, period: Period) -> tuple[str, ...]:
    """The expected RTs of an area: those of the register, else those that the period's workbooks name."""
    query = "SELECT DISTINCT area FROM slices WHERE period = $1 AND closed_by IS NULL"
    named = {row[0] for row in connection.execute(query, [str(period)]).fetchall()}
    return tuple(sorted(rt for rt in office.register.expected(period, named) if ancestor(rt, cell.level) == cell.area))
