"""One sheet as text, column by column: each distinct text once, and for every row the number of its text.

So it goes from process to process in two pieces, and each distinct text is parsed once however often it stands there.
"""

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.errors import Unreadable
from pipelines.intake.cells import CELL_END, LONGEST, MARKS, ROW_END, as_text

TOO_BIG = "Isi berkas jauh lebih besar daripada data satu kelurahan. Salin barisnya ke workbook baru, lalu simpan."
CLEANED = str.maketrans({CELL_END: " ", ROW_END: " "})
BLANKS = " \t\r\n"
ONE_TEXT_A_VALUE = {str, int, float, dt.date}  # True equals 1 and would get its text


@dataclass
class Texts:
    """One column of a sheet: its distinct texts, and for each row the number of its text."""

    words: list[str]
    numbers: "array[int]"

    def __getitem__(self, row: int) -> str:
        return self.words[self.numbers[row]]

    def put(self, row: int, text: str) -> None:
        """Write a text into one cell."""
        self.numbers[row] = len(self.words)
        self.words.append(text)


@dataclass
class SheetText:
    """One sheet from cell A1 to its last filled row; all rows are equally wide."""

    name: str
    hidden: bool = False
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)  # address -> what Excel shows (#REF!, or "" uncalculated)
    uneven: dict[int, int] = field(default_factory=dict)  # csv row number -> its cells, where not those of the others
    height: int = 0
    words: str = ""  # distinct texts joined by CELL_END, columns by ROW_END
    numbers: bytes = b""  # for each column the numbers of its rows' texts, four bytes each

    def fill(self, columns: Iterable[Sequence[object]], least: int = 0) -> "SheetText":
        """Take the cells, column by column, down to the last row that is not blank. Raises Unreadable if too long.

        `least` rows are kept even where they look blank: they hold what the reader gives as empty.
        """
        lines, numbers = [], []
        for cells in columns:
            line, found = _numbered(cells)
            lines.append(line)
            numbers.append(found)
            if self.height < len(found):
                self.height = _last_filled(line, found, self.height)
        self.height = max(self.height, min(least, max(map(len, numbers), default=0)))
        if self.height:
            self.words = ROW_END.join(lines)
            self.numbers = b"".join([found[: self.height].tobytes() for found in numbers])
        return self

    def take(self, columns: list[list[str]]) -> "SheetText":
        """Take cells that are marked text already, as `fill` does."""
        encoded = [_encoded(cells) for cells in columns]
        for line, found in encoded:
            self.height = _last_filled(line, found, self.height)
        self.words = ROW_END.join(line for line, _ in encoded) if self.height else ""
        self.numbers = b"".join(found[: self.height].tobytes() for _, found in encoded)
        return self

    @cached_property
    def columns(self) -> list[Texts]:
        """The columns, ready to be looked up and written to."""
        if not self.height:
            return []
        numbers = array("I")
        numbers.frombytes(self.numbers)
        lines = enumerate(self.words.split(ROW_END))
        return [Texts(line.split(CELL_END), numbers[i * self.height : (i + 1) * self.height]) for i, line in lines]

    def row(self, index: int) -> list[str]:
        """The cells of one row, counted from 0."""
        return [column[index] for column in self.columns]

    def rows(self, most: int | None = None) -> list[list[str]]:
        """The rows as lists of cells, top row first."""
        texts = ([column.words[n] for n in column.numbers[:most]] for column in self.columns)
        return [list(row) for row in zip(*texts, strict=True)]


class Rows(Sequence[list[str]]):
    """The rows of a sheet, made one by one when they are looked at: a heading is found within the first few."""

    def __init__(self, sheet: SheetText) -> None:
        self._sheet = sheet

    def __len__(self) -> int:
        return self._sheet.height

    def __getitem__(self, index: int) -> list[str]:  # type: ignore[override]
        return self._sheet.row(index)


def _numbered(cells: Sequence[object]) -> tuple[str, "array[int]"]:
    """The distinct texts of a column joined, and the number of each cell's text."""
    distinct: defaultdict[object, int] = defaultdict()
    distinct.default_factory = distinct.__len__  # a cell seen for the first time gets the next number, without a loop
    numbers = array("I", list(map(distinct.__getitem__, cells)))
    try:
        line = CELL_END.join(distinct)  # type: ignore[arg-type]
    except TypeError:  # not all is text; told by the join because looking at each cell would cost more than reading it
        if not set(map(type, cells)) <= ONE_TEXT_A_VALUE:
            return _encoded([as_text(cell) for cell in cells])
        words = list(map(as_text, distinct))
        return _checked(CELL_END.join(words), words), numbers
    if any(mark in line for mark in MARKS):
        return _encoded([as_text(cell) for cell in cells])
    return _checked(line, distinct), numbers


def _encoded(texts: list[str]) -> tuple[str, "array[int]"]:
    """As `_numbered`, for cells that are marked text already."""
    distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return _checked(CELL_END.join(distinct), distinct), array("I", [distinct[text] for text in texts])


def _checked(line: str, distinct: Collection[object]) -> str:
    """The joined texts without the characters that part them. Raises Unreadable for a text no cell can hold."""
    if line.count(CELL_END) >= len(distinct) or ROW_END in line:
        line = CELL_END.join([str(word).translate(CLEANED) for word in distinct])
    if len(line) > LONGEST and max(map(len, line.split(CELL_END))) > LONGEST:
        raise Unreadable(TOO_BIG)
    return line


def _last_filled(line: str, numbers: "array[int]", least: int) -> int:
    """The number of the last row that is not blank, at least `least`."""
    row = max(len(numbers), least)
    if row > least:
        words = line.split(CELL_END)
        while row > least and not words[numbers[row - 1]].strip(BLANKS):
            row -= 1
    return row
