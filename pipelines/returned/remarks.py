"""What is said of each cell: the problems of a workbook in the order of the list, and the note of each cell."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.intake.cells import column_index
from pipelines.intake.problems import ERROR, Problem
from pipelines.intake.words import LIST_SHEET
from pipelines.returned.xmltext import cleaned

AUTHOR = "Cantik"
COLOURS = {True: "FF8B7F", False: "FFE467"}  # by "is an error"; unusual shades, for our marks are known by them
WORDS = {True: "Salah", False: "Periksa"}
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
LONGEST_NOTE, LONGEST_SENTENCE = 2_000, 1_000

Cell = tuple[int, int]  # row from 1, column from 0


@dataclass
class Note:
    """What one cell's note says; `numbers` are the lines of the list that speak of it."""

    error: bool = False
    sentences: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def title(self) -> str:
        """The first line, by which a note is known as ours."""
        return f"== CANTIK: {WORDS[self.error].upper()} =="

    def body(self) -> str:
        """Rule codes and sentences, then where the list speaks of them; the number leads back to the cell's look."""
        numbers = ", ".join(map(str, self.numbers[:5]))
        said = "\n".join(self.sentences)
        said = said if len(said) <= LONGEST_NOTE else said[:LONGEST_NOTE] + "..."
        return f"{said}\n({LIST_SHEET} no. {numbers})"


def cell_of(address: str) -> Cell | None:
    """`C17` is (17, 2); None where it is no cell of a sheet."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        return None
    row, column = int(found[2]), column_index(found[1])
    return (row, column) if row <= LAST_ROW and column < LAST_COLUMN else None


def in_order(problems: Sequence[Problem], sheets: Sequence[str]) -> list[Problem]:
    """Each problem once, errors first, then by sheet, row and column."""
    places = {name: number for number, name in enumerate(sheets)}

    def key(problem: Problem) -> tuple[bool, int, Cell]:
        return problem.severity != ERROR, places.get(problem.sheet, -1), cell_of(problem.cell) or (problem.row, -1)

    once = {(p.sheet, p.cell, p.rule, p.message, p.severity): p for p in problems}
    return sorted(once.values(), key=key)


def notes_of(ordered: Sequence[Problem], sheet: str, anchor: Callable[[Cell], Cell]) -> dict[Cell, Note]:
    """The note of every cell of a sheet that has problems. `anchor` leads from a merged cell to the one that shows."""
    notes: dict[Cell, Note] = {}
    for number, problem in enumerate(ordered, 1):
        cell = cell_of(problem.cell) if problem.sheet == sheet else None
        if cell is None:
            continue
        note = notes.setdefault(anchor(cell), Note())
        note.error = note.error or problem.severity == ERROR
        note.numbers.append(number)
        sentence = cleaned(f"{problem.rule}: {problem.message}")[:LONGEST_SENTENCE]
        if sentence not in note.sentences:
            note.sentences.append(sentence)
    return dict(sorted(notes.items()))
