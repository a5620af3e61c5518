"""Reads a whole column of texts at once: each distinct text is parsed once, then looked up."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from pipelines.intake.parsing import Cleaned, Fault, reader
from pipelines.intake.sheets import Places
from schemas.dataset import Column
from schemas.kinds import Amount, Code, Date, Kind, Nik, Place, Whole, YesNo

EMPTY = np.iinfo(np.int64).min  # stands for an empty cell until the mask is made; also numpy's NaT
EPOCH = dt.date(1970, 1, 1).toordinal()
MOST_REMEMBERED = 200_000  # distinct texts kept per kind between batches


@dataclass
class _Memory:
    """The texts of a kind that were read: what they say (None where nothing), the blank and the faulty among them."""

    values: dict[str, Any] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)
    faulty: dict[str, Fault | Cleaned] = field(default_factory=dict)

    def read(self, kind: Kind, texts: set[str]) -> None:
        """Read the texts that are new."""
        if len(self.values) > MOST_REMEMBERED:
            self.values, self.blank, self.faulty = {}, set(), {}
        read = reader(kind)
        for text in texts - self.values.keys():
            value = self.values[text] = read(text)
            if value is None:
                self.blank.add(text)
            elif isinstance(value, (Fault, Cleaned)):
                self.faulty[text] = value
                self.values[text] = value.value if isinstance(value, Cleaned) else None


@cache
def _memory(kind: Kind) -> _Memory:
    return _Memory()


def staged_column(spec: Column, words: list[str], which: Places) -> tuple[Any, dict[str, Fault | Cleaned]]:
    """The typed array of a column, and the texts that could not be read (Fault) or were read with a warning (Cleaned).

    `which` is the number in `words` of each row's text. A required column reports its blank texts too, except a NIK
    and a place: those are judged elsewhere.
    """
    memory, texts = _memory(spec.kind), set(words)
    memory.read(spec.kind, texts)
    faulty = {text: fault for text, fault in memory.faulty.items() if text in texts}
    blank = texts & memory.blank
    values = list(map(memory.values.__getitem__, words))
    if spec.required and not isinstance(spec.kind, Nik | Place):
        faulty |= dict.fromkeys(blank, Fault("WAJIB01"))
    elif spec.default is not None:
        values = [spec.default if word in blank else value for word, value in zip(words, values, strict=True)]
    return _typed(spec.kind, values, which), faulty


def _typed(kind: Kind, values: list[Any], which: Places) -> Any:
    if isinstance(kind, Code | Whole | YesNo):
        numbers = np.array([EMPTY if v is None else v for v in values], dtype="int64")[which]
        if isinstance(kind, YesNo):
            return pd.arrays.BooleanArray(numbers == 1, numbers == EMPTY)
        return pd.arrays.IntegerArray(numbers, numbers == EMPTY)
    if isinstance(kind, Date):
        days = np.array([EMPTY if v is None else v.toordinal() - EPOCH for v in values], dtype="int64")
        return days[which].view("datetime64[D]").astype("datetime64[ns]")
    if isinstance(kind, Amount):
        return np.array([np.nan if v is None else v for v in values], dtype="float64")[which]
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    return pd.array(texts[which], dtype="str")
