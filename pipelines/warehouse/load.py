"""Folds validated batches into the warehouse: the identities first, then in one transaction what figures are counted
from, slices replaced whole, older rows closed."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.intake.problems import Problem
from pipelines.intake.staged import Batch, StagedFile
from pipelines.intake.validation import Verdicts
from pipelines.opening import transaction
from pipelines.sqltext import literal
from pipelines.warehouse.correcting import Noted
from pipelines.warehouse.identities import NAME, forget_batch, identifying
from pipelines.warehouse.ledger import Receipt
from pipelines.warehouse.pseudonyms import keyed
from schemas import datasets
from schemas.codelists import code_list
from schemas.dataset import Dataset
from schemas.kinds import Text

Areas = npt.NDArray[np.object_]
ACCEPTED, HELD, REJECTED = "accepted", "held", "rejected"
UNLISTED = "(lain)"  # stands for a text that is in no list, which may be anything


@dataclass(frozen=True)
class Folded:
    """What became of a batch, for the officer's summary."""

    files: int
    rejected: int
    accepted: int
    held: int


def verdict_of(rejected: str | None, held: int, refused: bool) -> str:
    """`rejected` (nothing usable), `held` (some rows or a sheet), or `accepted`."""
    if rejected:
        return REJECTED
    return HELD if held or refused else ACCEPTED


def fold(
    connection: duckdb.DuckDBPyConnection,
    receipts: dict[int, Receipt],
    batch: Batch,
    verdicts: Verdicts,
    key: bytes,
    corrected: Sequence[Noted] = (),
) -> Folded:
    """Write one batch. `receipts` maps the batch's file numbers (receipt numbers) to receipts.

    A transaction a file: what an interruption leaves of the first is replaced once the receipts are folded again.
    `key` makes the pseudonyms; `corrected` tells where corrections met the batch.
    """
    connection.register(
        "period_of", pd.DataFrame({"file": list(receipts), "period": [r.period for r in receipts.values()]})
    )
    frames = keyed({name: frame for name, frame in verdicts.accepted.items() if len(frame)}, key)
    with transaction(connection):
        forget_batch(connection, receipts)
        _write_identities(connection, receipts, batch, verdicts, frames)
        _insert(connection, f"{NAME}.corrections", [astuple(entry) for entry in corrected])
    with transaction(connection):
        _write_rows(connection, frames)
        _write_files(connection, receipts, batch, verdicts)
        _replace_slices(connection, list(receipts))
    accepted = sum(map(len, frames.values()))
    rejected = sum(1 for judged in verdicts.files.values() if judged.rejected)
    return Folded(len(receipts), rejected, accepted, len(verdicts.held))


def _write_identities(
    connection: duckdb.DuckDBPyConnection,
    receipts: dict[int, Receipt],
    batch: Batch,
    verdicts: Verdicts,
    frames: dict[str, pd.DataFrame],
) -> None:
    for name, frame in frames.items():
        columns = ", ".join(f'"{c}"' for c in identifying(datasets()[name]))
        connection.register("accepted_rows", frame)
        connection.execute(f'INSERT INTO {NAME}.{name} SELECT file, sheet, "row", {columns} FROM accepted_rows')
    connection.register("held_rows", verdicts.held.astype({"cells": "str", "dataset": "str", "sheet_name": "str"}))
    connection.execute(
        f'INSERT INTO {NAME}.held SELECT file, sheet, sheet_name, "row", period, dataset, area, cells '
        "FROM held_rows JOIN period_of USING (file)"
    )
    files, sheets = [], []
    for number, receipt in receipts.items():
        judged = verdicts.files[number]
        files.append((number, receipt.path, judged.rejected))
        sheets += [
            (number, staged.number, staged.dataset, staged.name, json.dumps(count.unknown))
            for staged, count in zip(batch.files[number].sheets, judged.counts, strict=True)
        ]
    _insert(connection, f"{NAME}.files", files)
    _insert(connection, f"{NAME}.sheet_names", sheets)
    _insert(connection, f"{NAME}.findings", _findings(receipts, batch, verdicts))


def _write_rows(connection: duckdb.DuckDBPyConnection, frames: dict[str, pd.DataFrame]) -> None:
    for name, frame in frames.items():
        columns = ", ".join(_kept(datasets()[name], column) for column in datasets()[name].declared())
        connection.register("accepted_rows", frame)
        connection.execute(
            f'INSERT INTO {name} SELECT file, sheet, "row", period, area, NULL, {columns} '
            "FROM accepted_rows JOIN period_of USING (file)"
        )


def _kept(dataset: type[Dataset], column: str) -> str:
    """A column as it is kept to be counted; of a text with a list only what is listed."""
    kind = dataset.columns()[dataset.declared()[column]].kind
    if not isinstance(kind, Text):
        return f'"{column}"'
    listed = ", ".join(literal(entry.label) for entry in code_list(str(kind.codes)))
    return f'CASE WHEN "{column}" IS NULL OR "{column}" IN ({listed}) THEN "{column}" ELSE \'{UNLISTED}\' END'


def _write_files(
    connection: duckdb.DuckDBPyConnection, receipts: dict[int, Receipt], batch: Batch, verdicts: Verdicts
) -> None:
    files, sheets = [], []
    for number, receipt in receipts.items():
        judged = verdicts.files[number]
        held = sum(count.held for count in judged.counts)
        refused = any(p.rule == "FILE02" for _, p in judged.problems)
        verdict = verdict_of(judged.rejected, held, refused)
        files.append(
            (number, receipt.arrival, receipt.period, receipt.kelurahan, receipt.sha256, receipt.bytes,
             receipt.received_at, verdict)
        )  # fmt: skip
        for staged, count in zip(batch.files[number].sheets, judged.counts, strict=True):
            letters = {column: at for column in staged.columns if (at := staged.address(column))}
            sheets.append(
                (number, staged.number, staged.dataset, count.rows, count.accepted, count.held, json.dumps(letters))
            )
    _insert(connection, "receipts", files)
    _insert(connection, "sheets", sheets)


def _findings(receipts: dict[int, Receipt], batch: Batch, verdicts: Verdicts) -> list[tuple[object, ...]]:
    areas_of = {name: (_starts(frame), frame["area"].to_numpy(dtype=object)) for name, frame in batch.frames.items()}
    findings: list[tuple[object, ...]] = []
    for number, receipt in receipts.items():
        problems = verdicts.files[number].problems
        areas = _areas_of_problems(problems, batch.files[number], areas_of)
        findings += [
            (number, receipt.period, "intake", dataset or None, area, p.sheet, p.row, p.cell, p.column, p.rule,
             p.severity, p.value, p.message)
            for (dataset, p), area in zip(problems, areas, strict=True)
        ]  # fmt: skip
    return findings


def _starts(frame: pd.DataFrame) -> dict[tuple[int, int], int]:
    """Where the rows of each (file, sheet) start in a dataset's frame: those of one sheet stand together."""
    file, sheet = (frame[column].to_numpy(dtype="int64") for column in ("file", "sheet"))
    ahead = np.diff(file, prepend=-1) | np.diff(sheet, prepend=-1)
    return {(int(file[at]), int(sheet[at])): int(at) for at in np.flatnonzero(ahead)}


def _areas_of_problems(
    problems: list[tuple[str, Problem]], file: StagedFile, areas_of: dict[str, tuple[dict[tuple[int, int], int], Areas]]
) -> list[str | None]:
    """The RT of each problem's row, so that a finding closes together with its slice."""
    sheets = {(sheet.dataset, sheet.name): sheet for sheet in file.sheets}
    found: list[str | None] = []
    for dataset, entry in problems:
        sheet = sheets.get((dataset, entry.sheet))
        index = bisect_left(sheet.numbers, entry.row) if sheet else 0
        area = None
        if sheet and index < len(sheet.numbers) and sheet.numbers[index] == entry.row:
            starts, areas = areas_of[dataset]
            area = areas[starts[file.number, sheet.number] + index]
        found.append(area if isinstance(area, str) else None)
    return found


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        # A registered frame loads a thousand times faster than executemany.
        connection.register("new_rows", pd.DataFrame(rows, dtype=object))
        connection.execute(f"INSERT INTO {table} SELECT * FROM new_rows")
        connection.unregister("new_rows")


def _replace_slices(connection: duckdb.DuckDBPyConnection, numbers: list[int]) -> None:
    """Enter the batch's slices, which close older ones."""
    counts = " UNION ALL ".join(
        f"SELECT receipt, period, '{name}' AS dataset, area, 1 AS accepted, 0 AS held FROM {name} "
        "WHERE receipt IN (SELECT unnest($numbers))"
        for name in datasets()
    )
    connection.execute(
        f"""
        INSERT INTO slices
        SELECT receipt, period, dataset, area, sum(accepted), sum(held), NULL FROM (
            {counts} UNION ALL
            SELECT receipt, period, dataset, area, 0, 1 FROM {NAME}.held
            WHERE receipt IN (SELECT unnest($numbers)) AND area IS NOT NULL
        ) GROUP BY ALL ORDER BY ALL
        """,
        {"numbers": numbers},
    )
    close_slices(connection)


def close_slices(connection: duckdb.DuckDBPyConnection) -> None:
    """Close each slice by the next receipt that covers the same (dataset, RT, period)."""
    connection.execute(
        """
        UPDATE slices SET closed_by = following.receipt_after
        FROM (
            SELECT receipt, dataset, area, period,
                   lead(receipt) OVER (PARTITION BY period, dataset, area ORDER BY receipt) AS receipt_after
            FROM slices
        ) AS following
        WHERE slices.receipt = following.receipt AND slices.dataset = following.dataset
          AND slices.area = following.area AND slices.period = following.period
          AND slices.closed_by IS DISTINCT FROM following.receipt_after
        """
    )
