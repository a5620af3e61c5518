"""Writes tables of cells as files that other programs read: CSV, JSON, Parquet, SDMX-CSV.

A table is a DuckDB relation; where a format is text, DuckDB writes its lines.
"""

import csv
import io
import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from duckdb import DuckDBPyRelation

from pipelines.inert import inert_json
from pipelines.publishing.sdmx import OWN_CODES, as_sdmx
from pipelines.replacing import whole, write_whole
from pipelines.sqltext import literal

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BLANKS = " \u00a0\u200b\ufeff"  # programs strip these before they look for a formula
QUOTED = ('"', ",", "\n", "\r")  # a field with one of these is quoted
EXACT = 2**53  # below it a double that is whole is written as a whole number


def plain_value(value: object) -> object:
    """A value for text formats: whole numbers without a decimal point, floats at full precision."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < EXACT else value


def rows_of(cells: DuckDBPyRelation) -> list[tuple[object, ...]]:
    """The table's rows as plain Python values; None for none."""
    return [tuple(map(plain_value, row)) for row in cells.fetchall()]


def _field(name: str, kind: str) -> str:
    """SQL for one field of a line: empty for none; text that a spreadsheet would run gets a leading apostrophe."""
    if kind == "DOUBLE":
        whole = f"{name} = trunc({name}) AND abs({name}) < {EXACT}"
        written = f"CASE WHEN {whole} THEN {name}::BIGINT::VARCHAR ELSE {name}::VARCHAR END"
    elif kind == "VARCHAR":
        starts = ", ".join(str(ord(character)) for character in FORMULA_STARTS)
        safe = f"CASE WHEN ascii(ltrim({name}, '{BLANKS}')) IN ({starts}) THEN '''' || {name} ELSE {name} END"
        special = " OR ".join(f"contains({name}, {literal(character)})" for character in QUOTED)
        written = f"""CASE WHEN {special} THEN '"' || replace({safe}, '"', '""') || '"' ELSE {safe} END"""
    else:
        written = f"{name}::VARCHAR"
    return f"coalesce({written}, '')"


def _lines(cells: DuckDBPyRelation, codes: Collection[str]) -> list[str]:
    kinds = zip(cells.columns, cells.types, strict=True)
    fields = (f"coalesce({name}, '')" if name in codes else _field(name, str(kind)) for name, kind in kinds)
    lines = cells.project(f"concat_ws(',', {', '.join(fields)}) AS line").fetchnumpy()["line"]  # sooner than tuples
    return list(lines)


def csv_text(cells: DuckDBPyRelation, codes: Collection[str] = ()) -> str:
    """CSV as the contract says: comma, decimal point, empty for none. `codes` are texts of ours that need no care."""
    return "\n".join([",".join(cells.columns), *_lines(cells, codes), ""])


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV of rows that are at hand, written as `csv_text` writes those of DuckDB; sooner where they are few."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([_safe(plain_value(value)) for value in row] for row in rows)
    return text.getvalue()


def _safe(value: object) -> object:
    runs = isinstance(value, str) and value.lstrip(BLANKS).startswith(FORMULA_STARTS)
    return f"'{value}" if runs else value


def sdmx_text(cells: DuckDBPyRelation, tier: str = "public") -> str:
    """SDMX-CSV 2.0, by the structure that is handed out with every release."""
    return csv_text(as_sdmx(cells, tier), OWN_CODES)


def json_text(cells: DuckDBPyRelation) -> str:
    """A list of objects, one a cell; null for none."""
    rows = [dict(zip(cells.columns, row, strict=True)) for row in rows_of(cells)]
    return inert_json(json.dumps(rows, ensure_ascii=False, indent=1)) + "\n"


TEXT_FORMATS = {"csv": csv_text, "json": json_text, "sdmx-csv": sdmx_text}


def text_of(cells: DuckDBPyRelation, form: str, tier: str) -> str:
    """The table of a tier in a text format; SDMX marks what is not for publication."""
    return sdmx_text(cells, tier) if form == "sdmx-csv" else TEXT_FORMATS[form](cells)


def write_csv(cells: DuckDBPyRelation, path: Path) -> None:
    """Write a CSV file whole or not at all; with a byte-order mark, so that Excel reads it as UTF-8."""
    write_whole(path, ("\ufeff" + csv_text(cells)).encode())


def write_parquet(cells: DuckDBPyRelation, path: Path) -> None:
    """Write a Parquet file whole or not at all."""
    with whole(path) as part:
        cells.write_parquet(str(part))


def print_text(text: str, stream: TextIO) -> None:
    """Data only, in UTF-8, with plain line ends on every system."""
    stream.flush()
    if hasattr(stream, "buffer"):
        stream.buffer.write(text.encode(errors="replace"))
        stream.buffer.flush()
    else:
        stream.write(text)
