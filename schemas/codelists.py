"""Code lists: one CSV a list in `schemas/codes/`, columns `code,label,synonyms` (synonyms separated by `|`)."""

import csv
from dataclasses import dataclass
from functools import cache

from schemas.dataset import SCHEMAS


@dataclass(frozen=True)
class Entry:
    """One code of a list, the label officers choose, and the other ways the field writes it."""

    code: str
    label: str
    synonyms: tuple[str, ...]


@cache
def code_list(name: str) -> tuple[Entry, ...]:
    """The entries of `schemas/codes/<name>.csv` in order. Raises FileNotFoundError for an undeclared list."""
    with (SCHEMAS / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Entry(row["code"], row["label"], tuple(filter(None, row["synonyms"].split("|"))))
            for row in csv.DictReader(lines)
        )
