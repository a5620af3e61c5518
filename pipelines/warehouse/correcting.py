"""Corrections of the journal applied to staged rows, before any rule judges them.

A correction is in force where a workbook says what it calls wrong, so it ends by itself: in its own period it has
nothing to do once the RT has mended its workbook, and from the next period on it is over as soon as a newer workbook
of an earlier one said something else, because what an RT writes of a later day may have changed since. Only receipts
before a row's own decide that, so folding one by one and folding all anew give the same.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pipelines.intake.columns import staged_column
from pipelines.intake.parsing import Fault, is_blank
from pipelines.intake.staged import Batch, StagedSheet
from pipelines.intake.words import tidy
from pipelines.warehouse.corrections import Correction
from schemas import datasets
from schemas.codelists import code_list
from schemas.dataset import Column
from schemas.kinds import Code, Date, Kind, Whole, YesNo

APPLIED, SAME, OTHER, EMPTY = "dipakai", "sama", "lain", "kosong"
ENDING = (SAME, OTHER)
CORRECTED, CONTRADICTED = "KOREKSI01", "KOREKSI02"
NOT_OF_A_CELL = ("FILE02", "LIFE01")  # problems that bear a column's label, but do not say that its cell is wrong
UNREADABLE = "\x00"  # before the text of a cell that has no value: no value is equal to it


@dataclass(frozen=True)
class Noted:
    """What became of one correction at one row; `area` is the row's RT."""

    receipt: int
    period: str
    sheet: int
    row: int
    dataset: str
    area: str | None
    column: str
    cell: str
    correction: int
    outcome: str
    day: str


@dataclass
class Journal:
    """The corrections, and which newer receipts of which periods said something else than the wrong value."""

    corrections: Sequence[Correction] = ()
    ended: dict[int, set[tuple[int, str]]] = field(default_factory=dict)  # correction -> (receipt, period)

    def in_force(self, entry: Correction, receipt: int, period: str) -> bool:
        """Whether a correction still speaks for a row of a receipt."""
        if entry.period and entry.period != period:
            return False
        return not any(number < receipt and earlier < period for number, earlier in self.ended.get(entry.number, ()))

    def end(self, entry: Correction, receipt: int, period: str) -> None:
        """Note that a newer workbook said something else."""
        self.ended.setdefault(entry.number, set()).add((receipt, period))


def canonical(kind: Kind, value: Any) -> str:
    """A typed value as text that reads back as that value; nothing where it is unknown."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(kind, YesNo):
        return "Ya" if value else "Tidak"
    if isinstance(kind, Date):
        return str(pd.Timestamp(value).date())
    return str(int(value)) if isinstance(kind, Code | Whole) else str(value)


def readable(kind: Kind, value: str) -> str:
    """A canonical value as an officer reads it."""
    if isinstance(kind, Date) and value:
        return "-".join(reversed(value.split("-")))
    labels = {e.code: f"{e.code} {e.label}" for e in code_list(kind.codes)} if isinstance(kind, Code) else {}
    return labels.get(value, value) or "kosong"


def alike(one: str, other: str) -> bool:
    """Whether two canonical values are the same; small and capital letters are."""
    return one.casefold() == other.casefold()


def correct(batch: Batch, periods: Mapping[int, str], journal: Journal) -> list[Noted]:
    """Change the rows of a staged batch; `periods` maps its receipts to their periods. Returns what was done where.

    A corrected cell loses the problems that its own text had, and gains the finding that asks the sender to mend it.
    """
    noted: list[Noted] = []
    for name, frame in batch.frames.items():
        theirs: dict[str, dict[str, list[Correction]]] = {}
        for entry in journal.corrections:
            if entry.dataset == name:
                theirs.setdefault(entry.content.person, {}).setdefault(entry.column, []).append(entry)
        if not theirs or frame.empty:
            continue
        identity = frame[datasets()[name].about().identity]
        for place in np.flatnonzero(identity.isin(list(theirs))).tolist():
            for column, entries in theirs[str(identity.iloc[place])].items():
                row = _Row(batch, name, place)
                if column in row.sheet.columns:
                    noted += row.correct(column, entries, periods, journal)
    return noted


def file_value(batch: Batch, name: str, place: int, column: str) -> str:
    """What a row of a staged frame says: its canonical value, else the text that could not be read."""
    return _Row(batch, name, place).value(column)


class _Row:
    """One row of a staged dataset, with its sheet."""

    def __init__(self, batch: Batch, name: str, place: int) -> None:
        self._batch, self._name, self._place, self._frame = batch, name, place, batch.frames[name]
        self._receipt, number, self._row = (int(self._frame[part].iloc[place]) for part in ("file", "sheet", "row"))
        self.sheet: StagedSheet = next(
            s for s in batch.files[self._receipt].sheets if (s.number, s.dataset) == (number, name)
        )
        self._index = bisect_left(self.sheet.numbers, self._row)

    def value(self, column: str) -> str:
        found = canonical(_spec(self._name, column).kind, self._frame[column].iloc[self._place])
        if found:
            return found
        text = tidy(self.sheet.value(self._index, column))
        return "" if is_blank(text) else UNREADABLE + text

    def correct(
        self, column: str, entries: list[Correction], periods: Mapping[int, str], journal: Journal
    ) -> list[Noted]:
        """Apply the corrections of one cell in the order in which they were made."""
        period, said = periods[self._receipt], self.value(column)
        due = [entry for entry in entries if journal.in_force(entry, self._receipt, period)]
        now, noted = said, []
        for entry in due:
            outcome = _outcome(entry, now, self._receipt)
            if outcome == APPLIED:
                now = entry.content.new
            elif outcome in ENDING:
                journal.end(entry, self._receipt, period)
            if outcome:
                noted.append(self._noted(column, period, entry, outcome))
        if not alike(now, said):
            self._write(column, now)
            self._find(CORRECTED, column, now)
            return noted
        if noted and noted[-1].outcome in (OTHER, EMPTY) and noted[-1].correction == due[-1].number:
            self._find(CONTRADICTED, column, due[-1].content.new)
        return [entry for entry in noted if entry.outcome != APPLIED]  # one correction took another back

    def _write(self, column: str, value: str) -> None:
        spec = _spec(self._name, column)
        typed, _ = staged_column(spec, [value], np.zeros(1, dtype=np.intp))
        self._frame.iloc[self._place, self._frame.columns.get_loc(column)] = typed[0]
        self._batch.problems[self._receipt] = [
            (number, dataset, entry)
            for number, dataset, entry in self._batch.problems[self._receipt]
            if (number, dataset, entry.row, entry.column) != (self.sheet.number, self._name, self._row, spec.label)
            or entry.rule in NOT_OF_A_CELL
        ]

    def _find(self, rule: str, column: str, value: str) -> None:
        fault = Fault(rule, readable(_spec(self._name, column).kind, value))
        self._batch.note(self._receipt, self.sheet, self._index, column, fault)

    def _noted(self, column: str, period: str, entry: Correction, outcome: str) -> Noted:
        area = self._frame["area"].iloc[self._place]
        return Noted(
            self._receipt,
            period,
            self.sheet.number,
            self._row,
            self._name,
            None if pd.isna(area) else str(area),
            column,
            self.sheet.cell(self._index, column),
            entry.number,
            outcome,
            entry.day,
        )


def _outcome(entry: Correction, said: str, receipt: int) -> str | None:
    """What a correction makes of what a row says; only a workbook newer than the correction can speak against it."""
    if alike(said, entry.content.old):
        return APPLIED
    if receipt <= entry.after:
        return None
    if alike(said, entry.content.new):
        return SAME
    silent = not said or said.startswith(UNREADABLE)
    return EMPTY if silent else OTHER  # what says nothing, or nothing that can be read, ends nothing


def _spec(name: str, column: str) -> Column:
    return datasets()[name].columns()[column]
