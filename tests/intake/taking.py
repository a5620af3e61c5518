"""What the intake makes of one file, without the warehouse: read, staged and validated in this process."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import pytest

from pipelines.areas import Area, Register
from pipelines.errors import OfficerError
from pipelines.intake.addresses import stated
from pipelines.intake.problems import Problem
from pipelines.intake.staged import Source
from pipelines.intake.staging import stage
from pipelines.intake.validation import validate
from pipelines.intake.workbook import Book, read_book
from pipelines.periods import Period

KELURAHAN = "63.06.05.1002"
PERIOD = Period(2025, 3)

disagrees = partial(pytest.mark.xfail, strict=True)
"""The contract says otherwise than the code; `reason` tells how."""


@dataclass
class Taken:
    """The fate of a file and of every data row in it; `layouts` is by sheet, None where the headings are ours."""

    reason: str | None
    counts: dict[tuple[str, str], tuple[int, int, int]]
    problems: list[Problem]
    frames: dict[str, pd.DataFrame]
    unknown: list[str]
    layouts: dict[str, str | None]

    def values(self, column: str, dataset: str = "penduduk") -> list[Any]:
        """A column of the accepted rows; None where it is unknown, dates as dates."""
        values = [None if pd.isna(value) else value for value in self.frames[dataset][column].tolist()]
        return [value.date() if isinstance(value, pd.Timestamp) else value for value in values]

    @property
    def areas(self) -> list[str]:
        """The RT of each accepted resident, without the kelurahan's code."""
        return [area.removeprefix(KELURAHAN + "-") for area in self.values("area")]

    @property
    def names(self) -> list[str]:
        """The names of the accepted residents."""
        return self.values("nama")

    @property
    def found(self) -> list[tuple[str, str]]:
        """Rule and cell of each problem."""
        return [(p.rule, p.cell) for p in self.problems]

    @property
    def datasets(self) -> set[str]:
        """The datasets that the file feeds."""
        return {dataset for _, dataset in self.counts}

    @property
    def total(self) -> tuple[int, int, int]:
        """Rows, accepted and held of all sheets together."""
        columns = list(zip(*self.counts.values(), strict=True)) or [(0,)] * 3
        return sum(columns[0]), sum(columns[1]), sum(columns[2])


def take(
    content: bytes, name: str = "data.xlsx", *, register: Register | None = None, period: Period = PERIOD
) -> Taken:
    """Take one file in. `name` is its path in the inbox below the period."""
    try:
        book: Book | OfficerError = read_book(name, content)
    except OfficerError as unreadable:
        book = unreadable
    return take_book(book, name, register or Register(), period)


def take_book(
    book: Book | OfficerError, name: str = "data.xlsx", known: Register | None = None, period: Period = PERIOD
) -> Taken:
    """Take in what was read of one file."""
    batch = stage([(Source(1, KELURAHAN, period, stated(name)), book)], known or Register())
    verdicts = validate(batch)
    judged = verdicts.files[1]
    return Taken(
        judged.rejected,
        {(c.sheet, c.dataset): (c.rows, c.accepted, c.held) for c in judged.counts},
        [problem for _, problem in judged.problems],
        verdicts.accepted,
        [heading for c in judged.counts for heading in c.unknown],
        {name: t.reading.recognised.name if t.reading.recognised else None for name, t in batch.files[1].tables},
    )


def register(*codes: str) -> Register:
    """A register of RTs; a code is what follows the kelurahan: `002-005`."""
    codes = tuple(f"{KELURAHAN}-{code}" for code in codes)
    return Register({code: Area(code, "rt", code, code.rsplit("-", 1)[0]) for code in codes})
