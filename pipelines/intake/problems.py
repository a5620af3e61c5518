"""A problem: what is wrong in which cell, and the sentence that tells the officer."""

from dataclasses import dataclass

from schemas.dataset import rules

ERROR = "error"  # holds its row; a warning is listed
LONGEST_VALUE = 60  # characters of a cell's text that a sentence repeats


@dataclass(frozen=True)
class Problem:
    """One finding at one address. `row` is 0 where it concerns a whole sheet or file."""

    sheet: str
    row: int
    cell: str
    column: str
    rule: str
    severity: str
    value: str
    message: str


def problem(
    rule: str,
    *,
    sheet: str = "",
    row: int = 0,
    cell: str = "",
    label: str = "",
    value: str = "",
    detail: str = "",
) -> Problem:
    """A problem under a rule of `schemas/rules.toml`, its sentence filled in."""
    entry = rules()[rule]
    short = value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "..."
    sentence = entry.sentence.format(label=label, value=short, detail=detail)
    return Problem(sheet, row, cell, label, rule, entry.severity, short, sentence)
