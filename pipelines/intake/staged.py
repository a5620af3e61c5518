"""What staging passes on: files, their sheets, and the problems found so far."""

from dataclasses import dataclass, field

import pandas as pd

from pipelines.areas import Address
from pipelines.intake.blocks import Families
from pipelines.intake.cells import column_index, column_letters, shown
from pipelines.intake.headings import Table
from pipelines.intake.legends import legend
from pipelines.intake.parsing import Fault
from pipelines.intake.problems import Problem, problem
from pipelines.intake.sheets import DataRows
from pipelines.intake.texts import SheetText, Texts
from pipelines.intake.words import is_legend
from pipelines.periods import Period
from schemas import datasets


@dataclass
class StagedSheet:
    """One (sheet, dataset) pair of a file: where its cells stand, for addresses and for held rows."""

    number: int
    name: str
    dataset: str
    columns: dict[str, int]
    numbers: list[int]
    texts: SheetText
    unknown: list[str] = field(default_factory=list)
    families: Families | None = None  # of a form whose families stand above their members
    width: int = 0  # the columns that the sheet itself has
    ticked: dict[str, int] = field(default_factory=dict)  # column -> the first of those in which it is ticked

    def address(self, column: str) -> str:
        """Column letters of a dataset column, empty where the sheet lacks it."""
        place = self.ticked.get(column, self.columns.get(column, self.width))
        return column_letters(place) if place < self.width else ""

    def cell(self, index: int, column: str) -> str:
        """Where a data row says `column`: in its own cell or above its family; in column A where nowhere."""
        row = self.numbers[index]
        if letters := self.address(column):
            return f"{letters}{row}"
        above = self.families.cell(column, row) if self.families else None
        return above or f"A{row}"

    def row(self, index: int) -> list[str]:
        """All cells of the data row `index`."""
        return self.texts.row(self.numbers[index] - 1)[: self.width]

    def value(self, index: int, column: str) -> str:
        """A data row's cell as the officer sees it, empty where the sheet lacks the column."""
        place = self.columns.get(column)
        return "" if place is None else shown(self.texts.columns[place][self.numbers[index] - 1])

    def text_at(self, cell: str) -> str:
        """Any cell of the sheet as the officer sees it."""
        letters = cell.rstrip("0123456789")
        return " ".join(shown(self.texts.columns[column_index(letters)][int(cell.removeprefix(letters)) - 1]).split())


@dataclass
class StagedFile:
    """One file of a batch: what it holds and what is wrong with it as a whole."""

    number: int
    sheets: list[StagedSheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected: str | None = None
    tables: list[tuple[str, Table]] = field(default_factory=list)  # sheet, its headings: also of a sheet not used


@dataclass
class Source:
    """What is known of a file before it is read; `place` is the address that its place in the inbox states."""

    number: int
    kelurahan: str
    period: Period
    place: Address


@dataclass
class Batch:
    """All files of a batch, staged: per dataset a typed frame, and problems by (file, sheet, row)."""

    files: dict[int, StagedFile]
    frames: dict[str, pd.DataFrame]
    problems: dict[int, list[tuple[int, str, Problem]]]  # file -> (sheet, dataset, problem)

    def note(self, file: int, sheet: StagedSheet, index: int, column: str, fault: Fault, at: str = "") -> None:
        """List a fault of the data row `index` at its cell of `column`, or `at` the cell of a title above it."""
        entry = problem(
            fault.rule,
            sheet=sheet.name,
            row=sheet.numbers[index],
            cell=at or sheet.cell(index, column),
            label=datasets()[sheet.dataset].columns()[column].label,
            value=sheet.text_at(at) if at else sheet.value(index, column),
            detail=fault.detail,
        )
        self.problems[file].append((sheet.number, sheet.dataset, entry))


@dataclass
class Part:
    """One (sheet, dataset) pair while it is staged, with all that its addresses and problems need."""

    source: Source
    sheet: StagedSheet
    rows: DataRows
    table: Table
    notes: list[str] = field(default_factory=list)  # how the sheet was read, where the officer may wonder
    homes: dict[str, Address] = field(default_factory=dict)  # where families live, by card number, said elsewhere
    key: int | None = None  # the column of card numbers that finds them

    def texts(self, place: int) -> Texts:
        """The sheet's whole column at a place."""
        return self.sheet.texts.columns[place]

    def codes(self, column: str) -> dict[str, str] | None:
        """How the sheet's layout, or the heading itself, writes the codes of a column, None where it writes ours."""
        layout = self.table.reading.layout
        if layout:
            return layout.codes.get(column)
        texts, place = self.table.reading.texts, self.sheet.columns.get(column, -1)
        if not 0 <= place < len(texts):
            return None
        kind = datasets()[self.sheet.dataset].columns()[column].kind
        below = shown(self.texts(place)[self.table.first_row]) if self.table.first_row < self.sheet.texts.height else ""
        return legend(f"({below.strip(' ()')})" if is_legend(below) else texts[place][0], kind)

    def note(self, batch: Batch, index: int, column: str, fault: Fault, at: str = "") -> None:
        """List a fault of a data row of the part, as `Batch.note` does."""
        batch.note(self.source.number, self.sheet, index, column, fault, at)
