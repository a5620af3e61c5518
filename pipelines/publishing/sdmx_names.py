"""What the SDMX structure of a period names beside what is always the same; read without pysdmx."""

from pathlib import Path
from typing import NamedTuple

from pipelines.opening import connect_read_only


class Named(NamedTuple):
    """Areas and indicators by code, each with its name, and breakdowns that are parts of a dimension."""

    areas: list[tuple[str, str]]
    indicators: list[tuple[str, str]]
    splits: list[tuple[str, str]]


def named_in(store: Path, period: str) -> Named:
    """The areas, indicators and breakdowns of a published period. A breakdown is called `Kelompok Umur: 0-4 tahun`."""
    with connect_read_only(store) as published:

        def told(columns: str) -> list[tuple[str, ...]]:
            query = f"SELECT DISTINCT {columns} FROM cells_public WHERE period = ? ORDER BY ALL"
            return published.execute(query, [period]).fetchall()

        names = dict(published.execute("SELECT code, name FROM indicators").fetchall())
        listed = published.execute("SELECT breakdown, dimension_label, label FROM breakdowns").fetchall()
        labels = {breakdown: f"{dimension}: {label}" for breakdown, dimension, label in listed}
        return Named(
            areas=[(code, name) for code, name in told("area, area_name")],
            indicators=[(code, names.get(code, code)) for (code,) in told("indicator")],
            splits=[(split, labels.get(split, split)) for (split,) in told("breakdown") if ":" in split],
        )
