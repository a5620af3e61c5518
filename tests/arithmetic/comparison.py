"""Published cells against recomputed ones: what is missing, too many, or different in any part."""

from fractions import Fraction

from .indicators import Cell, Key
from .measure import Number

DECIMAL_NUMERATORS = {"p1": 100, "p2": 100, "ikm_a": 100, "ikm_m0": 1}
"""Their scale; their numerators are decimals in persons, which a pipeline may keep to a fixed number of places."""

NOT_RECOMPUTED: frozenset[tuple[str, str]] = frozenset()
"""Pairs of indicator and breakdown that the pipeline publishes and nobody recomputes, each by agreement."""

Complaints = list[tuple[Key, str]]


def compare(expected: dict[Key, Cell], rows: list[dict[str, str]]) -> Complaints:
    """Every difference between the recomputed cells of a village and the published rows, both ways."""
    published = {key_of(row): row for row in rows}
    levels = {row["level"] for row in rows}
    complaints: Complaints = []
    if len(published) != len(rows):
        complaints.append((("", "", "", ""), "a cell is published twice"))
    for key in sorted(expected.keys() | published.keys()):
        level, _, indicator, breakdown = key
        if key not in published:
            # The level above the kabupaten may be left out, but then altogether.
            if level != "provinsi" or "provinsi" in levels:
                complaints.append((key, f"missing, expected {expected[key]}"))
        elif key in expected:
            complaints += [(key, problem) for problem in differences(expected[key], published[key])]
        elif (indicator, breakdown) not in NOT_RECOMPUTED:
            complaints.append((key, "unexpected"))
    return complaints


def report(complaints: Complaints) -> str:
    """The differences for reading: how many each indicator has, then the first of them."""
    tally: dict[str, int] = {}
    for (_, _, indicator, _), _ in complaints:
        tally[indicator] = tally.get(indicator, 0) + 1
    counts = ", ".join(f"{indicator} {number}" for indicator, number in sorted(tally.items()))
    lines = [f"{' '.join(key)}: {problem}" for key, problem in complaints[:60]]
    return "\n".join([f"{len(complaints)} differences: {counts}", *lines])


def key_of(row: dict[str, str]) -> Key:
    """Where a published cell belongs."""
    return row["level"], row["area"], row["indicator"], row["breakdown"]


def differences(expected: Cell, row: dict[str, str]) -> list[str]:
    """What is different between a cell recomputed and a cell published."""
    decimal = row["indicator"] in DECIMAL_NUMERATORS
    problems = []
    loose = Fraction(1, 1_000_000) if decimal else Fraction(0)
    if not near(expected.numerator, row["numerator"], loose):
        problems.append(f"numerator {row['numerator']!r}, expected {plain(expected.numerator)}")
    if not near(expected.denominator, row["denominator"], Fraction(0)):
        problems.append(f"denominator {row['denominator']!r}, expected {plain(expected.denominator)}")
    if not near(expected.value, row["value"], value_tolerance(expected, decimal)):
        problems.append(f"value {row['value']!r}, expected {plain(expected.value)}")
    if decimal and row["value"] and not quotient_holds(row):
        problems.append(f"value {row['value']!r} is not scale * numerator / denominator")
    # Where no family can be told apart, nothing and zero say the same.
    if int(row["households"] or 0) != (expected.households or 0):
        problems.append(f"households {row['households']!r}, expected {expected.households}")
    for column in ("areas_reported", "areas_expected"):
        if row[column] != str(getattr(expected, column)):
            problems.append(f"{column} {row[column]!r}, expected {getattr(expected, column)}")
    # A figure that rests on few observations may carry a warning; in this tier it is shown all the same.
    if ("ok" if row["status"] == "u" else row["status"]) != expected.status:
        problems.append(f"status {row['status']!r}, expected {expected.status!r}")
    return problems


def value_tolerance(expected: Cell, decimal: bool) -> Fraction:
    """A relative 1e-9; for a decimal numerator what its own tolerance makes of the quotient."""
    if expected.value is None:
        return Fraction(0)
    if decimal and expected.denominator:
        return Fraction(100, 1_000_000) / Fraction(expected.denominator)
    return abs(Fraction(expected.value)) / 10**9


def quotient_holds(row: dict[str, str]) -> bool:
    """Whether a published value is the quotient of its own published parts."""
    quotient = DECIMAL_NUMERATORS[row["indicator"]] * Fraction(row["numerator"]) / Fraction(row["denominator"])
    return abs(Fraction(row["value"]) - quotient) <= quotient / 10**9


def near(expected: Number | None, text: str, tolerance: Fraction) -> bool:
    """Whether a published number is the expected one; none is the empty text and nothing else."""
    if expected is None or text == "":
        return expected is None and text == ""
    return abs(Fraction(text) - Fraction(expected)) <= tolerance


def plain(number: Number | None) -> str:
    """A number for reading."""
    return "none" if number is None else f"{float(number):.12g}"
