"""Reads a whole column of texts at once: each distinct text is parsed once, then looked up."""

import datetime as dt
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from pipelines.intake.parsing import Cleaned, Fault, reader
from schemas.dataset import Column
from schemas.kinds import Amount, Code, Date, Kind, Nik, Place, Whole, YesNo

EMPTY = np.iinfo(np.int64).min  # stands for an empty cell until the mask is made; also numpy's NaT
EPOCH = dt.date(1970, 1, 1).toordinal()
MOST_REMEMBERED = 200_000  # distinct texts kept per kind between batches


@cache
def _memory(kind: Kind) -> dict[str, Any]:
    return {}


def staged_column(spec: Column, texts: list[str]) -> tuple[Any, dict[str, Fault | Cleaned]]:
    """The typed array of a column, and the texts that could not be read (Fault) or were read with a warning (Cleaned).

    A required column reports its blank texts too, except a NIK and a place: those are judged elsewhere.
    """
    memory = _memory(spec.kind)
    if len(memory) > MOST_REMEMBERED:
        memory.clear()
    distinct = set(texts)
    read = reader(spec.kind)
    for text in distinct:
        if text not in memory:
            memory[text] = read(text)
    values: dict[str, Any] = {}
    faulty: dict[str, Fault | Cleaned] = {}
    must_be_filled = spec.required and not isinstance(spec.kind, Nik | Place)
    for text in distinct:
        value = memory[text]
        if isinstance(value, Fault):
            faulty[text] = value
            value = None
        elif isinstance(value, Cleaned):
            faulty[text] = value
            value = value.value
        elif value is None and must_be_filled:
            faulty[text] = Fault("WAJIB01")
        values[text] = spec.default if value is None and text not in faulty else value
    return _typed(spec.kind, texts, values), faulty


def _typed(kind: Kind, texts: list[str], values: dict[str, Any]) -> Any:
    if isinstance(kind, Code | Whole):
        numbers = _integers(texts, {t: EMPTY if v is None else v for t, v in values.items()})
        return pd.arrays.IntegerArray(numbers, numbers == EMPTY)
    if isinstance(kind, YesNo):
        numbers = _integers(texts, {t: EMPTY if v is None else int(v) for t, v in values.items()})
        return pd.arrays.BooleanArray(numbers == 1, numbers == EMPTY)
    if isinstance(kind, Date):
        days = {t: EMPTY if v is None else v.toordinal() - EPOCH for t, v in values.items()}
        return _integers(texts, days).view("datetime64[D]").astype("datetime64[ns]")
    if isinstance(kind, Amount):
        amounts = {t: np.nan if v is None else v for t, v in values.items()}
        return np.fromiter(map(amounts.__getitem__, texts), dtype="float64", count=len(texts))
    words = np.empty(len(texts), dtype=object)
    words[:] = list(map(values.__getitem__, texts))
    return pd.array(words, dtype="str")


def _integers(texts: list[str], numbers: dict[str, int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.fromiter(map(numbers.__getitem__, texts), dtype="int64", count=len(texts))
