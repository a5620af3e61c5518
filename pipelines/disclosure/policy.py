"""The disclosure policy: `schemas/disclosure.toml` as frozen rules."""

import tomllib
from dataclasses import dataclass
from functools import cache

from pipelines.areas import LEVELS
from schemas.dataset import SCHEMAS

CLASSES = ("S0", "S1", "S2", "S3", "S4")


@dataclass(frozen=True)
class Rule:
    """When a class is published at a level; without a condition always."""

    never: bool = False
    contributors: int = 0
    population: int = 0
    households: int = 0
    dominance: float = 1.0


@dataclass(frozen=True)
class Policy:
    """The rules by class and level, and the coverage that a public figure needs.

    Of the indicators in `none` it harms nobody to know that nobody has it, of those in `all` that everybody has.
    """

    rules: dict[tuple[str, str], Rule]
    coverage_least: float
    coverage_flagged: float
    none: tuple[str, ...] = ()
    all: tuple[str, ...] = ()

    def rule(self, sensitivity: str, level: str) -> Rule:
        """The rule of a class at a level."""
        return self.rules.get((sensitivity, level), Rule())

    def contributors(self, sensitivity: str) -> int:
        """So many families that areas withheld together must hold: the most that the class asks at any level."""
        rules = [self.rule(sensitivity, level) for level in LEVELS]
        return max(max(rule.contributors, min(rule.households, SEVERAL)) for rule in rules)


SEVERAL = 10  # families; a minimum for the population of an area is no minimum for what is withheld beside it


@cache
def policy() -> Policy:
    """The declared policy. Raises KeyError or TypeError for a class, level or condition that does not exist."""
    entries = tomllib.loads((SCHEMAS / "disclosure.toml").read_text(encoding="utf-8"))
    coverage, harmless = entries.pop("coverage"), entries.pop("harmless")
    rules = {
        (CLASSES[CLASSES.index(name)], LEVELS[LEVELS.index(level)]): Rule(**rule)
        for name, levels in entries.items()
        for level, rule in levels.items()
    }
    extremes = (tuple(harmless[which]) for which in ("none", "all"))
    return Policy(rules, coverage["least"], coverage["flagged"], *extremes)
