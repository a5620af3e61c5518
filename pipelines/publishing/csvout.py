"""Writes tables of cells as files that other programs read: CSV, JSON, Parquet, SDMX-CSV."""

import csv
import io
import json
import math
from pathlib import Path
from typing import TextIO

import duckdb
import numpy as np
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
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return None if value is pd.NA else value


def rows_of(cells: pd.DataFrame) -> list[tuple[object, ...]]:
    """The table's rows as plain Python values, column by column because that is many times faster."""
    return list(zip(*(_plain_values(cells[name]) for name in cells.columns), strict=True))


def _plain_values(column: pd.Series) -> list[object]:
    """`plain_value` of each value, without a call for each where the column's type tells."""
    if column.dtype == "float64":
        numbers = column.to_numpy()
        whole = (numbers == np.floor(numbers)) & (np.abs(numbers) < 2**53)
        values = numbers.astype(object)
        values[whole] = numbers[whole].astype("int64").astype(object)
        values[np.isnan(numbers)] = None
        return list(values)
    if column.dtype in ("int64", "str"):
        return list(column.astype(object).where(column.notna(), None))
    return [plain_value(value) for value in column.tolist()]


def _safe_rows(cells: pd.DataFrame) -> list[tuple[object, ...]]:
    """The rows for CSV: text that a spreadsheet would run as a formula gets a leading apostrophe."""
    columns = []
    for name in cells.columns:
        values = _plain_values(cells[name])
        risky = {v for v in set(values) if isinstance(v, str) and v.startswith(FORMULA_STARTS)}
        columns.append([f"'{v}" if v in risky else v for v in values] if risky else values)
    return list(zip(*columns, strict=True))


def csv_text(cells: pd.DataFrame) -> str:
    """CSV as the contract says: comma, decimal point, empty for none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(cells.columns)
    writer.writerows(_safe_rows(cells))
    return out.getvalue()


def sdmx_text(cells: pd.DataFrame) -> str:
    """SDMX-CSV 2.0: the structure columns first, then our columns under their SDMX concepts."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(SDMX_NAMES[c] for c in cells.columns)])
    writer.writerows(["dataflow", DATAFLOW, "R", *row] for row in _safe_rows(cells))
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
