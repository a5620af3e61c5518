"""Breakdowns as columns: both sexes beside their total, one alone, or the classes of a distribution."""

from collections.abc import Iterable
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from pipelines.serving.lists import SEXES, breakdowns

ALL = "semua"


@dataclass(frozen=True)
class Detail:
    """One way to break a figure down. `columns` are breakdowns with what they are called, in order."""

    key: str
    name: str
    columns: dict[str, str]


def details(store: DuckDBPyConnection, there: Iterable[str], whole: bool = False) -> list[Detail]:
    """The ways in which the breakdowns of an indicator can be shown; the first is what one sees first.

    Of a `whole` one only its distributions: the totals that they are parts of are all of it, always 100.
    """
    there = list(there)
    called, dimension_labels = names(store)
    split = whole and any(":" in code for code in there)
    sexes = {code: name for code, name in SEXES.items() if code in there and not split}
    found = [Detail(ALL, "Total dan jenis kelamin", sexes)] if len(sexes) > 1 else []
    found += [Detail(code, name if code == "total" else f"{name} saja", {code: name}) for code, name in sexes.items()]
    dimensions = dict.fromkeys(code.partition(":")[0] for code in there if ":" in code)
    for dimension in dimensions:
        classes = {code: called.get(code, code) for code in there if code.startswith(f"{dimension}:")}
        label = dimension_labels.get(dimension, dimension.replace("_", " "))
        found.append(Detail(dimension, f"Menurut {label.lower()}", classes))
    return found


def names(store: DuckDBPyConnection) -> tuple[dict[str, str], dict[str, str]]:
    """What the store calls its breakdowns, and their dimensions."""
    listed = breakdowns(store)
    rows = [dict(zip(listed.columns, row, strict=True)) for row in listed.fetchall()]
    called = {row["breakdown"]: row["label"] for row in rows}
    return called, {row["dimension"]: row["dimension_label"] for row in rows if row.get("dimension")}
