"""Pandera judges a whole batch at once; each row of each file is then accepted or held."""

import json
import sys
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from pipelines.intake.cells import column_letters, shown
from pipelines.intake.parsing import Fault
from pipelines.intake.problems import ERROR, Problem
from pipelines.intake.staged import Batch, StagedSheet
from schemas import datasets

Mask = npt.NDArray[np.bool_]
COPY = "DUP05"


@dataclass(frozen=True)
class SheetCount:
    """How the rows of one sheet fared for one dataset: accepted + held = rows, always."""

    sheet: str
    dataset: str
    rows: int
    accepted: int
    held: int
    unknown: tuple[str, ...] = ()


@dataclass
class Judged:
    """One file after validation."""

    rejected: str | None
    counts: list[SheetCount] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)  # (dataset, problem); "" for the file itself


@dataclass
class Verdicts:
    """A validated batch: per dataset the accepted rows and the held rows with their cells, and each file's fate."""

    files: dict[int, Judged]
    accepted: dict[str, pd.DataFrame]
    held: pd.DataFrame  # file, sheet, sheet_name, row, dataset, area, cells (JSON: column letters -> text)


def validate(batch: Batch) -> Verdicts:
    """Apply every declared rule. Asserts that accepted + held = rows read."""
    sheets = {(f.number, s.number, s.dataset): s for f in batch.files.values() for s in f.sheets}
    for name, frame in batch.frames.items():
        if len(frame):
            _judge(name, frame, batch, sheets)
    held_rows = _held_rows(batch)
    accepted: dict[str, pd.DataFrame] = {}
    held: list[tuple[object, ...]] = []
    for name, frame in batch.frames.items():
        is_held = _is_held(name, frame, held_rows)
        accepted[name] = frame[~is_held] if is_held.any() else frame
        if is_held.any():
            held += _kept_whole(name, frame[is_held], sheets)
    columns = ["file", "sheet", "sheet_name", "row", "dataset", "area", "cells"]
    files = _judged(batch, held_rows)
    for number, judged in files.items():
        read = sum(len(s.numbers) for s in batch.files[number].sheets)
        assert sum(c.accepted + c.held for c in judged.counts) == read, "accepted + held = rows read"
    assert sum(map(len, batch.frames.values())) == sum(map(len, accepted.values())) + len(held)
    return Verdicts(files, accepted, pd.DataFrame(held, columns=columns))


@cache
def _start_pandera() -> None:
    """Load pandera's checks without Hypothesis, half a second of its own: it makes test data, and we ask for none."""
    if "hypothesis" in sys.modules:  # a test has it
        return
    sys.modules["hypothesis"] = None  # type: ignore[assignment]  # to import it is then an ImportError
    try:
        import_module("pandera.strategies.pandas_strategies")
    finally:
        del sys.modules["hypothesis"]


def _judge(name: str, frame: pd.DataFrame, batch: Batch, sheets: dict[tuple[int, int, str], StagedSheet]) -> None:
    """Run the dataset's pandera schema and turn its failure cases into problems."""
    dataset = datasets()[name]
    _start_pandera()
    try:
        dataset.to_schema().validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return
    specs, row_rules = dataset.columns(), dataset.row_rules()
    unexpected = cases[cases["index"].isna()]
    if len(unexpected):
        # Our own fault (a frame of the wrong type); the cases may hold cell values, so they are not repeated.
        raise AssertionError(f"{name}: {sorted(set(unexpected['check'].astype(str)))} in {set(unexpected['column'])}")
    unreadable = {
        (file, sheet, entry.row)
        for file, problems in batch.problems.items()
        for sheet, dataset_of, entry in problems
        if dataset_of == name and entry.severity == ERROR
    }
    # Where the rows stand, as plain numbers: to look a row up in the frame costs more than to judge it.
    file, sheet, row = (frame[part].to_numpy(dtype="int64") for part in ("file", "sheet", "row"))
    at = {n: (int(file[n]), int(sheet[n]), int(row[n])) for n in set(cases["index"].astype("int64"))}
    whole_rows = cases["schema_context"] == "DataFrameSchema"

    def note(index: int, column: str, fault: Fault) -> None:
        number, at_sheet, at_row = at[index]
        of = sheets[number, at_sheet, name]
        batch.note(number, of, bisect_left(of.numbers, at_row), column, fault)

    # A rule over rows is reported once per column: keep one line a row.
    for code, index in (
        cases[whole_rows].drop_duplicates(["check", "index"])[["check", "index"]].itertuples(index=False)
    ):
        rule = row_rules[code]
        if rule.code == COPY and at[index] in unreadable:
            continue  # held already, and alike only in what could be read
        note(index, rule.at, Fault(rule.code, rule.detail))
    for column, index in cases[~whole_rows][["column", "index"]].itertuples(index=False):
        note(index, column, Fault("RENTANG01", _limits(specs[column].kind.bounds())))


def _limits(bounds: dict[str, float]) -> str:
    return f"{bounds['ge']} sampai {bounds['le']}" if "le" in bounds else f"paling sedikit {bounds['ge']}"


def _held_rows(batch: Batch) -> set[tuple[str, int, int, int]]:
    return {
        (dataset, file, sheet, entry.row)
        for file, problems in batch.problems.items()
        for sheet, dataset, entry in problems
        if entry.severity == ERROR and entry.row
    }


def _is_held(name: str, frame: pd.DataFrame, held_rows: set[tuple[str, int, int, int]]) -> Mask:
    """Which rows of a dataset's frame are held."""
    mask = np.zeros(len(frame), dtype=bool)
    files = {file for dataset, file, _, _ in held_rows if dataset == name}
    if not files:
        return mask
    candidates = np.flatnonzero(frame["file"].isin(files).to_numpy(dtype=bool))
    rows = frame.iloc[candidates]
    keys = zip(rows["file"].tolist(), rows["sheet"].tolist(), rows["row"].tolist(), strict=True)
    mask[candidates] = [(name, *key) in held_rows for key in keys]
    return mask


def _kept_whole(
    name: str, rows: pd.DataFrame, sheets: dict[tuple[int, int, str], StagedSheet]
) -> list[tuple[object, ...]]:
    kept: list[tuple[object, ...]] = []
    for file, number, row, area in zip(rows["file"], rows["sheet"], rows["row"], rows["area"], strict=True):
        sheet = sheets[file, number, name]
        cells = sheet.row(bisect_left(sheet.numbers, row))
        filled = {column_letters(i): shown(text) for i, text in enumerate(cells) if text.strip()}
        code = None if pd.isna(area) else area
        kept.append((file, number, sheet.name, row, name, code, json.dumps(filled, ensure_ascii=False)))
    return kept


def _judged(batch: Batch, held_rows: set[tuple[str, int, int, int]]) -> dict[int, Judged]:
    held_count: dict[tuple[int, int, str], int] = {}
    for dataset, file, number, _ in held_rows:
        held_count[file, number, dataset] = held_count.get((file, number, dataset), 0) + 1
    files: dict[int, Judged] = {}
    for number, staged in batch.files.items():
        judged = files[number] = Judged(staged.rejected)
        judged.problems += [("", entry) for entry in staged.problems]
        judged.problems += [(d, entry) for _, d, entry in sorted(batch.problems[number], key=_by_place)]
        for sheet in staged.sheets:
            held = held_count.get((number, sheet.number, sheet.dataset), 0)
            rows = len(sheet.numbers)
            judged.counts.append(SheetCount(sheet.name, sheet.dataset, rows, rows - held, held, tuple(sheet.unknown)))
    return files


def _by_place(entry: tuple[int, str, Problem]) -> tuple[int, int, int, str, str]:
    sheet, dataset, found = entry
    return sheet, found.row, len(found.cell), found.cell, dataset
