"""The multidimensional poverty index as `schemas/ikm.toml` declares it: its weights as whole numbers, its score in SQL.

Alkire and Foster: every indicator says whether a family is deprived; the weights of its deprivations are its score,
which each member has; whoever's score reaches the cut-off is poor.
"""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil, lcm
from pathlib import Path

from schemas.dataset import SCHEMAS

DECLARED = SCHEMAS / "ikm.toml"


@dataclass(frozen=True)
class Deprivation:
    """One indicator of the index: `deprived` is a condition over columns, `weight` its part of the whole score of 1."""

    name: str
    means: str
    deprived: str
    weight: Fraction


@dataclass(frozen=True)
class Dimension:
    """Indicators that share a weight equally; `lacking` are those of the source that nobody is asked."""

    name: str
    weight: Fraction
    indicators: tuple[Deprivation, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """The whole index. Scores are whole numbers: `whole` is deprived of everything, `least` is poor."""

    name: str
    source: str
    cutoff: Fraction
    dimensions: tuple[Dimension, ...]

    @property
    def deprivations(self) -> tuple[Deprivation, ...]:
        """The indicators of all dimensions."""
        return tuple(found for dimension in self.dimensions for found in dimension.indicators)

    @property
    def whole(self) -> int:
        """The score of who is deprived of everything: the least in which every weight is a whole number."""
        return lcm(*(found.weight.denominator for found in self.deprivations))

    @property
    def least(self) -> int:
        """The least score that is poor."""
        return ceil(self.cutoff * self.whole)

    @property
    def score(self) -> str:
        """The score as SQL; unknown where any indicator is."""
        return " + ".join(
            f"{int(found.weight * self.whole)} * CAST({found.deprived} AS BIGINT)" for found in self.deprivations
        )

    def described(self) -> str:
        """Dimensions, weights, deprivations, cut-off and what is lacking, as the definition prints them."""
        said = "; ".join(
            f"{dimension.name} {dimension.weight} ("
            + "; ".join(f"{found.name} {found.weight}: {found.means}" for found in dimension.indicators)
            + ")"
            for dimension in self.dimensions
        )
        lacking = ", ".join(name for dimension in self.dimensions for name in dimension.lacking)
        shared = f" Tidak ditanyakan kepada RT, bobotnya dibagikan di dalam dimensinya: {lacking}." if lacking else ""
        poor = f"Miskin bila jumlah bobot kekurangan keluarga {self.cutoff} atau lebih; semua anggotanya sama."
        return f"{self.name}. Dimensi dan bobot kekurangan: {said}. {poor}{shared}"

    def listed(self) -> str:
        """The names of its indicators with their weights."""
        return "; ".join(f"{found.name} ({found.weight})" for found in self.deprivations)


@cache
def index(path: Path = DECLARED) -> Index:
    """The declared index. Raises ValueError where the weights of the dimensions do not add up to 1."""
    entry = tomllib.loads(path.read_text(encoding="utf-8"))
    dimensions = tuple(map(_dimension, entry["dimension"]))
    if sum(dimension.weight for dimension in dimensions) != 1:
        raise ValueError(f"{path.name}: the weights of the dimensions do not add up to 1")
    return Index(entry["name"], entry["source"], Fraction(entry["cutoff"]), dimensions)


def _dimension(entry: dict[str, object]) -> Dimension:
    weight, indicators = Fraction(str(entry["weight"])), entry["indicator"]
    assert isinstance(indicators, list)
    each = weight / len(indicators)
    found = tuple(Deprivation(**declared, weight=each) for declared in indicators)
    lacking = entry.get("lacking", [])
    assert isinstance(lacking, list)
    return Dimension(str(entry["name"]), weight, found, tuple(map(str, lacking)))
