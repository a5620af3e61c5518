"""Random draws: streams of numbers by purpose and place, weighted choices, codes by their label."""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

from schemas.codelists import Entry, code_list

T = TypeVar("T")


def stream(*parts: object) -> Random:
    """The random numbers of one purpose at one place: equal parts give equal numbers on every machine."""
    return Random("/".join(map(str, parts)))  # noqa: S311 - invented people, nothing to keep secret


@cache
def entry(codes: str, label: str) -> Entry:
    """The entry of a code list that has this label. Raises KeyError when the list has it no longer."""
    return {known.label: known for known in code_list(codes)}[label]


def table(name: str) -> dict[str, Any]:
    """A table of calibration beside this module: `<name>.toml`."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


class Weighted(Generic[T]):
    """A choice among items by weight; the weights need not add up to anything."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.items = list(weights)
        self._cumulative = list(accumulate(weights.values()))

    def draw(self, rng: Random) -> T:
        """One item."""
        return rng.choices(self.items, cum_weights=self._cumulative)[0]


def odds(codes: str, weights: Mapping[str, float]) -> Weighted[Entry]:
    """A weighted choice among the entries of a code list, named by their labels."""
    return Weighted({entry(codes, label): weight for label, weight in weights.items()})


def step(steps: Mapping[int, float], value: float) -> float:
    """The share that holds from the highest step not above `value`; steps stand in rising order."""
    share = 0.0
    for start, at_step in steps.items():
        if value < start:
            break
        share = at_step
    return share
