"""What one benchmark run does, each in a process of its own: `python -m tests.benchmarks.measures NAME HOME`.

The last line printed is a JSON object: CPU seconds (user and system) and peak memory (MB) of the process and of its
children, and what the measure itself counted.
"""

import datetime as dt
import io
import json
import multiprocessing
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

try:
    import resource
except ImportError:
    sys.exit("This benchmark needs Linux or macOS: Windows does not tell the CPU of child processes.")


def books(home: Path) -> list[Path]:
    """The workbooks of a home's inbox."""
    return sorted((home / "data" / "raw").rglob("*.xlsx"))


def reading(home: Path) -> dict[str, float]:
    """Only read every cell: what nobody can do without."""
    from python_calamine import CalamineWorkbook

    cells = 0
    for path in books(home):
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            cells += sum(map(len, workbook.get_sheet_by_name(name).to_python()))
    return {"cells": cells}


def bare(home: Path) -> dict[str, float]:
    """The least that the pipeline's libraries can do: every cell as text in one frame a sheet, checked, in DuckDB.

    It knows where the headings stand, parses nothing, keeps no address, holds no row and counts nothing.
    """
    import duckdb
    import pandas as pd
    from python_calamine import CalamineWorkbook

    cells: dict[str, list[list[object]]] = {}
    headings: dict[str, list[str]] = {}
    for path in books(home):
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            heading, *rows = workbook.get_sheet_by_name(name).to_python()
            if len(heading) > 2:  # not the page of notes
                headings.setdefault(name, [str(cell) for cell in heading])
                cells.setdefault(name, []).extend(rows)
    database = duckdb.connect(home / "bare.duckdb")
    for name, rows in cells.items():
        frame = pd.DataFrame(rows, columns=headings[name]).astype(str)
        _well_formed(frame)
        database.register("frame", frame)
        database.execute(f'CREATE TABLE "{name}" AS FROM frame')
    database.close()
    return {"rows": sum(map(len, cells.values()))}


def whole(home: Path, marking: bool = False) -> dict[str, float]:
    """The pipeline without Prefect: from the inbox to the published tables, faulty workbooks handed back or not."""
    from pipelines.indicators.run import measure_changed
    from pipelines.publishing.release import publish
    from pipelines.settings import Places, load_office
    from pipelines.warehouse.handback import hand_back
    from pipelines.warehouse.ingest import ingest

    office = load_office(Places(home))
    summary = ingest(office, None, dt.datetime.now(), lambda _done, _of: None)
    beside_readers = _own_peak()
    before = _spent()
    returned = hand_back(office, summary.periods) if marking else 0
    handing_back = _spent() - before
    before = _spent()
    measured = measure_changed(office)
    measuring = _spent() - before
    publish(office)
    publishing = _spent() - before - measuring
    return {
        "files": summary.files,
        "accepted": summary.accepted,
        "returned": returned,
        "handing_back": handing_back,
        "measured": len(measured),
        "measuring": measuring,
        "publishing": publishing,
        "beside_readers": beside_readers,
    }


def by_hand(home: Path) -> dict[str, float]:
    """What a colleague would write: file by file pandas with openpyxl, pandera, SQLite."""
    import pandas as pd

    rows = 0
    database = sqlite3.connect(home / "by_hand.sqlite")
    for path in books(home):
        for name, frame in pd.read_excel(path, sheet_name=None, dtype=str, engine="openpyxl").items():
            frame = _well_formed(frame)
            rows += frame.to_sql(name, database, if_exists="append", index=False) or 0
    database.commit()
    database.close()
    return {"rows": rows}


def _well_formed(frame: "pd.DataFrame") -> "pd.DataFrame":
    """The rows that a colleague's three pandera checks let pass."""
    import pandera.pandas as pa

    patterns = {"Nomor KK": r"^\d{16}$", "NIK": r"^\d{16}$", "Jenis Kelamin": "Laki|Perempuan"}
    columns = {
        name: pa.Column(str, pa.Check.str_matches(pattern), nullable=True)
        for name, pattern in patterns.items()
        if name in frame.columns
    }
    try:
        return pa.DataFrameSchema(columns, strict=False).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return frame.drop(index=errors.failure_cases["index"].dropna().unique(), errors="ignore")


MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {
    "reading": reading,
    "bare": bare,
    "whole": whole,
    "marking": partial(whole, marking=True),
    "by_hand": by_hand,
}


def _spent() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _own_peak() -> float:
    return _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _megabytes(resident: int) -> float:
    return resident / (2**20 if sys.platform == "darwin" else 2**10)


def _peak(readers: int, beside_readers: float) -> float:
    """The most that was held at once: beside the readers, each as much as the largest one, or after they had ended."""
    reader = _megabytes(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return max(beside_readers + readers * reader, _own_peak())


def main() -> None:
    """Run one measure and print what it took."""
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, write_through=True)
    sys.modules["hypothesis"] = None  # type: ignore[assignment]  # no office has it; pandera imports it where it can
    measured = MEASURES[sys.argv[1]](Path(sys.argv[2]))
    readers = min(multiprocessing.cpu_count(), 4) if sys.argv[1] in ("whole", "marking") else 0
    peak = _peak(readers, measured.get("beside_readers", 0.0))
    print(json.dumps(measured | {"cpu": _spent(), "peak": peak}))


if __name__ == "__main__":
    main()
