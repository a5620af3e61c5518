"""What marked cells looked like before. The list sheet remembers it: a hidden column holds, on each problem's line, an
empty cell in the original format, which every spreadsheet program keeps and renumbers when the officer saves.
"""

import re
from dataclasses import dataclass, field

from pipelines.returned.package import MAIN_NAMESPACE, parsed
from pipelines.returned.remarks import Cell, cell_of

FIRST_LINE = 8  # row of problem number 1
LOOK_COLUMN = "G"
LOCATION = re.compile(r"#?'?(.*?)'?!\$?([A-Z]+)\$?(\d+)")


@dataclass
class Looks:
    """Original formats by number of the list, and by sheet and cell."""

    by_number: dict[int, int] = field(default_factory=dict)
    by_place: dict[tuple[str, Cell], int] = field(default_factory=dict)

    def of(self, sheet: str, cell: Cell, number: int | None) -> int | None:
        """The number in a cell's note moves with the cell, so it is asked first."""
        look = None if number is None else self.by_number.get(number)
        return self.by_place.get((sheet, cell)) if look is None else look


def read_looks(xml: bytes) -> Looks:
    """The looks that a list sheet remembers, however it was saved since."""
    looks = Looks()
    by_row: dict[int, int] = {}
    root = parsed(xml)
    for row in root.iterfind(f"{MAIN_NAMESPACE}sheetData/{MAIN_NAMESPACE}row"):
        cells = {(cell.get("r") or "").rstrip("0123456789"): cell for cell in row}
        look, number = cells.get(LOOK_COLUMN), cells.get("A")
        if look is None or number is None:
            continue
        stated = number.findtext(f"{MAIN_NAMESPACE}v", "")
        by_row[int(row.get("r") or 0)] = int(look.get("s") or 0)
        if number.get("t", "n") == "n" and re.fullmatch(r"\d+(\.0+)?", stated):
            looks.by_number[int(float(stated))] = int(look.get("s") or 0)
    for link in root.iter(f"{MAIN_NAMESPACE}hyperlink"):
        place = LOCATION.fullmatch(link.get("location") or "")
        line = cell_of((link.get("ref") or "").partition(":")[0])
        cell = cell_of(place[2] + place[3]) if place else None
        if place and cell and line and line[0] in by_row:
            looks.by_place[(place[1].replace("''", "'"), cell)] = by_row[line[0]]
    return looks
