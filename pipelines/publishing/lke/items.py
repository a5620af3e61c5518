"""The items of the evaluation sheet, as `schemas/lke_2026.toml` lists them."""

import tomllib
from dataclasses import dataclass
from functools import cache

from schemas.dataset import SCHEMAS

LIST = SCHEMAS / "lke_2026.toml"


@dataclass(frozen=True)
class Item:
    """One item: weight and highest score, what a release proves it with, how, and what only the office can give."""

    number: str
    title: str
    weight: float
    full: int
    office: str
    files: tuple[str, ...] = ()
    judged: str = ""


@cache
def items() -> tuple[Item, ...]:
    """Every item of block III, in the order of the sheet."""
    entries = tomllib.loads(LIST.read_text(encoding="utf-8"))["butir"]
    return tuple(Item(number, **{**entry, "files": tuple(entry.get("files", ()))}) for number, entry in entries.items())
