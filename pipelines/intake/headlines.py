"""Joins the lines of a heading: one row, two, or three, of which the upper ones may be merged over several columns."""

import re
from collections.abc import Iterable, Sequence

from pipelines.intake.cells import MARKS, shown
from pipelines.intake.vocabulary import PARTS
from pipelines.intake.words import plain

# Below it every number is an earlier one. The week before is the one that surveys ask of, not an earlier one.
FORMER = re.compile(r"\b(awal|sebelumnya)\b|(?<!minggu)(?<!minggu yang)(?<!minggu yg) lalu\b", re.IGNORECASE)
Ways = tuple[str, ...]  # the ways to read what stands above one column, best first


def one_line(row: Iterable[str]) -> tuple[Ways, ...]:
    """The ways to read a heading of one row."""
    return tuple((shown(cell),) for cell in row)


def several_lines(rows: Sequence[Iterable[str]]) -> tuple[Ways, ...]:
    """The ways to read a heading of several rows: all lines, the lower ones, the upper one alone where it is of one.

    A merged upper cell reaches rightwards as far as the next filled one of its line or of a line above it.
    """
    first, *lower = (list(map(shown, row)) for row in rows)
    ways: list[Ways] = [(text,) for text in first]
    groups = list(ways)  # what a further line below says more of: never less than the nearest line above it
    for line in lower:
        over: Ways = ("",)
        joined: list[tuple[Ways, Ways]] = []
        for place, (above, group, below) in enumerate(zip(ways, groups, line, strict=True)):
            over = group if _says(group) else over
            further = place + 1 < len(line) and not _says(groups[place + 1]) and bool(line[place + 1].strip())
            joined.append(_under(above, group, over, below, further))
        ways, groups = [way for way, _ in joined], [group for _, group in joined]
    return tuple(ways)


def _under(above: Ways, group: Ways, over: Ways, below: str, further: bool) -> tuple[Ways, Ways]:
    """The ways to read a cell below others, and those of them that a further line may be added to.

    The upper line alone names the column only where it reaches no `further`: PENGELUARAN above MAKANAN and BUKAN
    MAKANAN is neither of them.
    """
    if not below.strip():
        return above, group
    if _says(over) and plain(below) in PARTS:
        parts = tuple(dict.fromkeys(way for text in over for way in _part_of(text, below)))
        return parts, parts
    both = tuple(f"{text} {below}" for text in over)
    alone = () if any(map(FORMER.search, over)) else (below,)
    return (both + alone + (above if _says(group) and not further else ()), (*both, *alone))


def _says(ways: Ways) -> bool:
    return any(way.strip() for way in ways)


def _part_of(group: str, part: str) -> Ways:
    """The ways to read the men, the women or the sum of a group: never without it, for births have an L, too."""
    short = PARTS[plain(part)]
    return (f"{group} {part}", f"{group} {short}") if short else (f"{group} {part}", group)


def is_sub_heading(upper: list[str], lower: list[str]) -> bool:
    """Whether a row can only continue the headings above it: words without a digit, some below an empty cell."""
    filled = [cell for cell in lower if cell.strip()]
    below_blank = any(under.strip() and not over.strip() for over, under in zip(upper, lower, strict=False))
    return len(filled) >= 2 and below_blank and is_wordy(lower)


def is_wordy(row: list[str]) -> bool:
    """Whether a row holds words and no digit, number or date."""
    return not any(cell.startswith(MARKS) or any(map(str.isdigit, cell)) for cell in row)
