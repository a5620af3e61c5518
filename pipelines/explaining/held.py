"""Rows that were held back from a figure, by rule and cell, and between what bounds the figure could move with them."""

import re
from collections import defaultdict
from dataclasses import dataclass

import duckdb

from pipelines.areas import ancestor
from pipelines.explaining.asked import Asked
from pipelines.explaining.places import Sheets
from pipelines.explaining.reading import is_flag, reads
from pipelines.explaining.sources import recap_dataset
from pipelines.explaining.trace import Trace, recap_parts
from pipelines.indicators.lineage import behind, named
from pipelines.warehouse.identities import NAME
from pipelines.warehouse.standing import make_current
from schemas.dataset import rules

# The sentence without what is in the cell: it may be somebody's NIK or name.
WITHOUT_CELL = (
    (re.compile(r'berisi "?\{value\}"?'), "berisi isian"),
    (re.compile(r' ?"?\{value\}"?'), ""),
    (re.compile(r"di \{detail\}"), "di tempat lain"),
    (re.compile(r"(?<=\.) \{detail\}\."), ""),
    (re.compile(r"Tulis angka \{detail\}"), "Periksa angkanya"),
    (re.compile(r" ?\(\{detail\}\)|:? ?\{detail\}"), ""),
)

WAITING = ("WARGA01", "WARGA02")  # let a row in that is counted only once its resident, or his RT, has reported
HEADS = ("penduduk", "hubungan_keluarga")  # decides which one row stands for a family
FAMILY = ("penduduk", "no_kk")


@dataclass(frozen=True)
class HeldBack:
    """Cells of one sheet that broke one rule."""

    rule: str
    sentence: str
    file: str
    sheet: str
    dataset: str
    cells: list[str]


@dataclass(frozen=True)
class Bound:
    """Were some or all of `rows` accepted, the value would lie from `least` to `most` (None: nothing limits it)."""

    rows: int
    least: float
    most: float | None


@dataclass(frozen=True)
class Held:
    """`rows` stand in the area's RTs, `elsewhere` of them in RTs that this figure does not count by register.

    `homeless` rows name no RT that is known; they may or may not belong here. `waiting` rows were accepted, but their
    resident, or what his RT should send, has not come. Without a bound, `why` says why.
    """

    rows: int
    elsewhere: int
    homeless: int
    waiting: int
    faults: list[HeldBack]
    bound: Bound | None
    why: str


def held(connection: duckdb.DuckDBPyConnection, asked: Asked, found: Trace, all_sheets: Sheets) -> Held:
    """What is held or set aside of the datasets that the figure reads, in the RTs of its area."""
    make_current(connection, str(asked.period))
    names = used_datasets(asked)
    _held_rows(connection, asked, names)
    counted, rows = connection.execute(
        "SELECT count(*) FILTER (area IN (SELECT unnest($register))), count(*) FROM held_back",
        {"register": list(found.register)},
    ).fetchall()[0]
    homeless = connection.execute(
        "SELECT count(*) FROM homeless JOIN receipts USING (receipt) WHERE dataset IN (SELECT unnest($names)) "
        "AND kelurahan IN (SELECT unnest($kelurahan))",
        {"names": names, "kelurahan": sorted({ancestor(rt, "kelurahan") for rt in asked.rts})},
    ).fetchall()[0][0]
    waiting = connection.execute(
        "SELECT count(DISTINCT (receipt, sheet, row)) FROM current_findings WHERE rule IN (SELECT unnest($rules)) "
        "AND dataset IN (SELECT unnest($names)) AND area IN (SELECT unnest($rts))",
        {"rules": list(WAITING), "names": names, "rts": list(asked.rts)},
    ).fetchall()[0][0]
    bound, why = _bound(asked, found, int(counted))
    faults = _faults(connection, all_sheets)
    return Held(int(rows), int(rows) - int(counted), int(homeless), int(waiting), faults, bound, why)


def used_datasets(asked: Asked) -> list[str]:
    """The datasets that the figure reads, count sheets included where they may speak for an RT."""
    parts = recap_parts(asked.entry, asked.breakdown)
    recaps = {recap_dataset(c) for part in parts or () if part for c in named(part)}
    registers = {d for d, _ in reads(asked.entry, asked.breakdown)} | set(asked.entry.datasets)
    return sorted(recaps | registers)


def _held_rows(connection: duckdb.DuckDBPyConnection, asked: Asked, names: list[str]) -> None:
    """`held_back(receipt, sheet, row, dataset, area)`: rows held on arrival, and rows set aside across workbooks."""
    aside = " UNION ALL ".join(
        f"SELECT receipt, sheet, \"row\", '{name}' AS dataset, area FROM {name} "
        "WHERE set_aside IS NOT NULL AND period = $period"
        for name in names
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE held_back AS
        SELECT * FROM (
            SELECT receipt, sheet, "row", dataset, area FROM {NAME}.held WHERE period = $period
            UNION ALL {aside}
        ) SEMI JOIN current_slices USING (receipt, dataset, area)
        WHERE dataset IN (SELECT unnest($names)) AND area IN (SELECT unnest($rts))
        """,
        {"period": str(asked.period), "names": names, "rts": list(asked.rts)},
    )


def _faults(connection: duckdb.DuckDBPyConnection, all_sheets: Sheets) -> list[HeldBack]:
    """The errors of the held rows, a line a rule, column and sheet."""
    rows = connection.execute(
        f"""
        SELECT DISTINCT f.rule, f.label, h.receipt, h.sheet, h.dataset, f.cell, f.row
        FROM held_back AS h
        JOIN {NAME}.sheet_names AS s USING (receipt, sheet, dataset)
        JOIN current_findings AS f
          ON f.receipt = h.receipt AND f.dataset = h.dataset AND f.sheet = s.name AND f.row = h.row
        WHERE f.severity = 'error' ORDER BY f.rule, f.label, h.receipt, h.sheet, f.row
        """
    ).fetchall()
    grouped: dict[tuple[str, str, int, int, str], list[str]] = defaultdict(list)
    for rule, label, receipt, number, dataset, cell, _ in rows:
        grouped[rule, label, receipt, number, dataset].append(cell)
    found = []
    for (rule, label, receipt, number, dataset), cells in grouped.items():
        at = all_sheets[receipt, number, dataset]
        found.append(HeldBack(rule, sentence(rule, label), at.file, at.sheet, dataset, cells))
    return found


def sentence(rule: str, label: str) -> str:
    """What the rule says, without anything that stands in a cell."""
    said = rules()[rule].sentence
    for pattern, instead in WITHOUT_CELL:
        said = pattern.sub(instead, said)
    return said.replace("{label}", label)


def _bound(asked: Asked, found: Trace, rows: int) -> tuple[Bound | None, str]:
    """Where a row adds 0 or 1 to each part, the extremes of what `rows` rows can do."""
    entry = asked.entry
    if not rows:
        return None, ""
    if entry.method != "ratio":
        return None, "angka ini disusun dari seluruh sebarannya"
    parts = [part for part in (entry.numerator, entry.denominator) if part]
    if not all(is_flag(entry.source, column) for part in parts for column in named(part)):
        return None, "satu baris dapat menambah lebih dari satu, sesuai isinya"
    universe = set().union(*(behind(entry.source, column) for column in named(entry.universe)))
    if HEADS in universe:
        return None, "baris itu dapat mengganti kepala keluarga yang sudah dihitung"
    split = entry.split(asked.breakdown)
    if split and FAMILY in behind(entry.source, split[0].column):
        return None, "baris itu dapat mengubah besarnya keluarga yang sudah dihitung"
    least, most = extremes(entry.numerator, entry.denominator, found.numerator, found.denominator, rows, entry.scale)
    return Bound(rows, least, most), ""


def extremes(
    numerator: str, denominator: str | None, above: int, below: int, rows: int, scale: int
) -> tuple[float, float | None]:
    """The least and the greatest value once any of `rows` more rows are counted, each adding at most 1 to a part."""
    if denominator is None:
        return float(above), float(above + rows)
    if denominator == "1":  # whoever is in the numerator is in the denominator
        return scale * above / (below + rows), scale * (above + rows) / (below + rows)
    most = scale * (above + rows) / below if below else None
    if numerator == "1":  # whoever is in the denominator is in the numerator
        together = scale * (above + rows) / (below + rows)
        return (min(scale * above / below, together) if below else together), most
    return scale * above / (below + rows), most
