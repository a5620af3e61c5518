"""Reads a whole column of texts at once: each distinct text is parsed once, then looked up."""

import datetime as dt
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
UNREAD = object()
MOST_REMEMBERED = 200_000  # distinct texts kept per kind between batches


@cache
def _memory(kind: Kind) -> dict[str, Any]:
    return {}


def staged_column(spec: Column, words: list[str], which: Places) -> tuple[Any, dict[str, Fault | Cleaned]]:
    """The typed array of a column, and the texts that could not be read (Fault) or were read with a warning (Cleaned).

    `which` is the number in `words` of each row's text. A required column reports its blank texts too, except a NIK
    and a place: those are judged elsewhere.
    """
    memory = _memory(spec.kind)
    if len(memory) > MOST_REMEMBERED:
        memory.clear()
    read = reader(spec.kind)
    must_be_filled = spec.required and not isinstance(spec.kind, Nik | Place)
    values: dict[str, Any] = {}
    faulty: dict[str, Fault | Cleaned] = {}
    for text in set(words):
        value = memory.get(text, UNREAD)
        if value is UNREAD:
            value = memory[text] = read(text)
        if isinstance(value, (Fault, Cleaned)):
            faulty[text] = value
            value = value.value if isinstance(value, Cleaned) else None
        elif value is None:
            if must_be_filled:
                faulty[text] = Fault("WAJIB01")
            else:
                value = spec.default
        values[text] = value
    return _typed(spec.kind, [values[text] for text in words], which), faulty


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
