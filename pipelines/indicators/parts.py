"""What derived figures are made of: `schemas/views/wilayah.toml` as frozen parts."""

import tomllib
from dataclasses import dataclass
from functools import cache

from schemas.dataset import SCHEMAS

DERIVED = "wilayah"  # the source of figures that are made of other figures
SIZE = "luas"


@dataclass(frozen=True)
class Part:
    """A column that derived figures are made of: the total of `figure` in so many `quarters` before, added up."""

    name: str
    label: str
    figure: str | None = None
    quarters: tuple[int, ...] = ()

    @property
    def cells(self) -> tuple[tuple[str, int], ...]:
        """(indicator, quarters before) of the cells that it adds up."""
        return tuple((self.figure, quarter) for quarter in self.quarters) if self.figure else ()


@cache
def declared() -> dict[str, Part]:
    """The columns by name."""
    entries = tomllib.loads((SCHEMAS / "views" / "wilayah.toml").read_text(encoding="utf-8"))
    return {
        name: Part(name, entry["label"], entry.get("figure"), tuple(entry.get("quarters", ())))
        for name, entry in entries.items()
    }
