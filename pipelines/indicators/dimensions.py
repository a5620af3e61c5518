"""What figures are split by: `schemas/dimensions.toml` as frozen dimensions. What each field means stands there."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.sqltext import literal
from schemas.codelists import code_list
from schemas.dataset import SCHEMAS

UNKNOWN, UNKNOWN_LABEL = "x", "Tidak diketahui"


@dataclass(frozen=True)
class Dimension:
    """One way of splitting. `codes` in order with their labels; `values` says which code a value of `column` has."""

    name: str
    label: str
    column: str
    codes: Mapping[str, str]
    values: Mapping[str, str]
    otherwise: str | None = None
    unknown: bool = False
    like: str | None = None
    sex: str | None = None
    sensitivity: str = "S0"
    sums: Mapping[str, tuple[str, ...]] | None = None
    linked: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """The breakdowns of its codes, in order."""
        return tuple(f"{self.name}:{code}" for code in self.codes)

    @property
    def whole(self) -> str:
        """The breakdown that its parts add up to."""
        return self.sex or "total"

    def condition(self, code: str, row: str) -> str:
        """SQL: whether a row of the view has a code. Never NULL."""
        column = f"{row}.{self.column}"
        if code == UNKNOWN and self.unknown:
            return f"{column} IS NULL"
        own = _in(column, [value for value, of in self.values.items() if of == code])
        if code == self.otherwise:
            own = f"{own} OR NOT {_in(column, list(self.values))}"
        return f"({column} IS NOT NULL AND ({own}))"


def _in(column: str, values: list[str]) -> str:
    return f"CAST({column} AS VARCHAR) IN ({', '.join(map(literal, values))})"


@cache
def dimensions() -> dict[str, Dimension]:
    """Every dimension by name. Raises KeyError or TypeError for a declaration that says too little or too much."""
    entries = tomllib.loads((SCHEMAS / "dimensions.toml").read_text(encoding="utf-8"))
    found: dict[str, Dimension] = {}
    for name, entry in entries.items():
        if "like" in entry:
            entry = {key: value for key, value in entries[entry["like"]].items() if key != "follows"} | entry
        found[name] = _dimension(name, dict(entry))
    return found


def _dimension(name: str, entry: dict[str, Any]) -> Dimension:
    codes: dict[str, str] = entry.pop("codes", {})
    values = {code: code for code in codes}
    groups, listed = entry.pop("groups", {}), entry.pop("list", None)
    if groups:
        codes = {code: group["label"] for code, group in groups.items()}
        values = {value: code for code, group in groups.items() for value in group["of"]}
    elif listed:
        codes = {one.code: one.label for one in code_list(listed)}
        values = {code: code for code in codes}
    if entry.get("unknown"):
        codes = codes | {UNKNOWN: UNKNOWN_LABEL}
    sums = {code: tuple(parts) for code, parts in entry.pop("sums", {}).items()} or None
    for key in ("linked", "follows"):
        entry[key] = tuple(entry.get(key, ()))
    return Dimension(name=name, codes=codes, values=values, sums=sums, **entry)
