"""Writes tables of cells as files that other programs read: CSV, JSON, Parquet, SDMX-CSV."""

import csv
import io
import json
import math
from pathlib import Path
from typing import TextIO

import duckdb
import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SDMX_NAMES = {
    "period": "TIME_PERIOD", "level": "AREA_LEVEL", "area": "REF_AREA", "area_name": "AREA_NAME",
    "indicator": "INDICATOR", "breakdown": "BREAKDOWN", "numerator": "NUM", "denominator": "DEN",
    "value": "OBS_VALUE", "unit": "UNIT_MEASURE", "households": "HOUSEHOLDS", "areas_reported": "AREAS_REPORTED",
    "areas_expected": "AREAS_EXPECTED", "status": "OBS_STATUS", "release": "RELEASE",
}  # fmt: skip
DATAFLOW = "CANTIK:INDIKATOR(1.0)"


def plain_value(value: object) -> object:
    """A value for text formats: None for none, whole numbers without a decimal point, floats at full precision."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value.item() if hasattr(value, "item") else value


def rows_of(cells: pd.DataFrame) -> list[list[object]]:
    """The table's rows as plain Python values."""
    return [[plain_value(v) for v in row] for row in cells.itertuples(index=False)]


def _safe(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def csv_text(cells: pd.DataFrame) -> str:
    """CSV as the contract says: comma, decimal point, empty for none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(cells.columns)
    writer.writerows([_safe(v) for v in row] for row in rows_of(cells))
    return out.getvalue()


def sdmx_text(cells: pd.DataFrame) -> str:
    """SDMX-CSV 2.0: the structure columns first, then our columns under their SDMX concepts."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(SDMX_NAMES[c] for c in cells.columns)])
    writer.writerows(["dataflow", DATAFLOW, "R", *(_safe(v) for v in row)] for row in rows_of(cells))
    return out.getvalue()


def json_text(cells: pd.DataFrame) -> str:
    """A list of objects, one a cell; null for none."""
    names = list(cells.columns)
    rows = [dict(zip(names, row, strict=True)) for row in rows_of(cells)]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


TEXT_FORMATS = {"csv": csv_text, "json": json_text, "sdmx-csv": sdmx_text}


def write_csv(cells: pd.DataFrame, path: Path) -> None:
    """Write a CSV file whole or not at all; with a byte-order mark, so that Excel reads it as UTF-8."""
    write_whole(path, ("\ufeff" + csv_text(cells)).encode())


def write_parquet(cells: pd.DataFrame, path: Path) -> None:
    """Write a Parquet file whole or not at all."""
    part = path.with_name(path.name + ".part")
    with duckdb.connect() as memory:
        memory.register("cells", cells)
        memory.execute(f"COPY cells TO '{str(part).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")
    part.replace(path)


def write_whole(path: Path, content: bytes) -> None:
    """A reader sees the old file or the new one, never half of it."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def print_text(text: str, stream: TextIO) -> None:
    """Data only, in UTF-8, with plain line ends on every system."""
    stream.flush()
    if hasattr(stream, "buffer"):
        stream.buffer.write(text.encode())
        stream.buffer.flush()
    else:
        stream.write(text)
