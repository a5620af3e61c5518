"""Reads a sample's workbooks back with openpyxl and csv, knowing only the declared headings and the places of cells."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from pipelines.sample.quarters import MONTHS
from schemas import datasets

WHO = {"kesejahteraan": "nama_kepala"}  # the column that every data row of a register fills


@dataclass
class Sheet:
    """A sheet's cells, and which column of which dataset stands where."""

    file: str
    name: str
    cells: list[list[Any]]
    dataset: str = ""
    at: dict[str, int] = field(default_factory=dict)  # canonical name -> column index
    first: int = 0

    def cell(self, address: str) -> Any:
        """The value at an address such as `C17`."""
        letters, number = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()  # type: ignore[union-attr]
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        return filled(self.cells[int(number) - 1][column - 1])

    def rows(self) -> Iterator[dict[str, Any]]:
        """The data rows by canonical name; `_row` is the number that Excel shows, `_rt` the code's last two parts."""
        who = WHO.get(self.dataset, "rt" if self.dataset.startswith("rekap") else "nama")
        if not self.dataset:
            return
        for number, cells in enumerate(self.cells[self.first :], self.first + 1):
            values = {name: filled(cells[at] if at < len(cells) else None) for name, at in self.at.items()}
            if values[who] is None or "JUMLAH" in cells:
                continue
            yield values | {"_row": number, "_rt": self._place(values)}

    def _place(self, values: dict[str, Any]) -> tuple[int, int]:
        """RW and RT: from the row, the title, or the path."""
        rt, rw = str(values.get("rt") or ""), str(values.get("rw") or "")
        if joined := re.fullmatch(r"RT\.(\d+)/RW\.(\d+)", rt):
            return int(joined[2]), int(joined[1])
        if rt:
            return int(rw), int(rt)
        title = " ".join(str(row[0]) for row in self.cells[: self.first] if row and row[0])
        stated = re.search(r"RT : (\d+)   RW : (\d+)", title)
        if stated:
            return int(stated[2]), int(stated[1])
        path = re.search(r"RW (\d+)/RT (\d+)/", self.file)
        assert path, self.file
        return int(path[1]), int(path[2])


def filled(cell: Any) -> Any:
    """A cell's value; nothing for the empty cell of a CSV."""
    return None if cell == "" else cell


def plain(text: object) -> str:
    """Without case and doubled spaces."""
    return " ".join(str(text).casefold().split())


def read_home(home: Path) -> dict[tuple[str, str], Sheet]:
    """All visible sheets of a home by file (relative to the inbox) and sheet name."""
    inbox = next((home / "data" / "raw").iterdir())
    sheets: dict[tuple[str, str], Sheet] = {}
    for path in sorted(path for path in inbox.rglob("*") if path.is_file()):
        file = path.relative_to(inbox).as_posix()
        for name, cells in _cells(path):
            sheets[file, name] = sheet = Sheet(file, name, cells)
            _recognise(sheet)
    return sheets


def _cells(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield path.stem, [list(row) for row in csv.reader(lines, delimiter=";")]
        return
    for sheet in openpyxl.load_workbook(path):
        if sheet.sheet_state == "visible":
            yield sheet.title, [list(row) for row in sheet.values]


def _recognise(sheet: Sheet) -> None:
    best = 3
    for at, upper in enumerate(sheet.cells[:8]):
        lower = sheet.cells[at + 1] if at + 1 < len(sheet.cells) else []
        for name, dataset in datasets().items():
            known = {
                plain(word): column
                for column, spec in dataset.columns().items()
                for word in (spec.label, *spec.synonyms, column)
            }
            found: dict[str, int] = {}
            two_lines = 0
            for column, heading in enumerate(upper):
                below = lower[column] if column < len(lower) else None
                if plain(below) in known and plain(heading) not in known:
                    found[known[plain(below)]] = column
                    two_lines = 1
                elif plain(heading) in known:
                    found[known[plain(heading)]] = column
            if len(found) > best:
                best, sheet.dataset, sheet.at, sheet.first = len(found), name, found, at + 1 + two_lines


def day(value: object) -> date | None:
    """A date in any of the manners of the styles; none for what is no date."""
    if isinstance(value, datetime):
        return value.date()
    if found := re.fullmatch(r"(\d+)[-/ ](\d+|[A-Za-z]+)[-/ ](\d{4})", str(value)):
        month = int(found[2]) if found[2].isdigit() else MONTHS.index(found[2]) + 1
        try:
            return date(int(found[3]), month, int(found[1]))
        except ValueError:
            return None
    return None


def address(sheet: Sheet, row: dict[str, Any], column: str) -> str:
    """Where a column of a row stands."""
    return f"{get_column_letter(sheet.at[column] + 1)}{row['_row']}"
