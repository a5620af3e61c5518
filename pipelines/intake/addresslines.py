"""The lines that say where the rows below them live: titles above a table, and further ones between its rows."""

import re
from dataclasses import dataclass, field

from pipelines.areas import Address
from pipelines.intake.addresses import stated
from pipelines.intake.cells import column_letters, shown

NOWHERE = Address()
RT_WORD = re.compile(r"(?<![A-Za-z])RT(?![A-Za-z])", re.IGNORECASE)


@dataclass
class AddressLines:
    """The addresses stated so far: of each, the row below which it holds and the cell that names its RT.

    Lines that no data parts state one address together (`RT : 002`, and below it `RW : 003`). What another RT's lines
    said holds on only for what is wider: its RW until another is named, its dusun likewise, never its RT.
    """

    titles: list[Address]
    cells: list[str]
    turns: list[int] = field(default_factory=list)
    _together: Address = NOWHERE
    _section: Address = NOWHERE

    def take(self, index: int, stated: Address, cell: str, *, after_data: bool, first: bool) -> None:
        """A line in row `index`. `after_data` since the line before it; `first` where no data stands above it."""
        top = self.titles[0]
        self._together = stated.over(NOWHERE if after_data else self._together)
        if not stated.rt:
            self._section = stated if stated.dusun else Address(None, stated.rw, self._section.dusun)
        wider = self._section.over(Address(top.rt if first else None, top.rw, top.dusun))
        address = self._together.over(wider)
        self.cells.append(cell if stated.rt else self.cells[0 if first else -1] if address.rt else "")
        self.titles.append(address)
        self.turns.append(index)


def title_of_lines(rows: list[list[str]]) -> Address:
    """The address in the lines above the headings; a later line completes an earlier one."""
    address = Address()
    for row in rows:
        address = address.over(stated(" ".join(shown(c) for c in row if c.strip())))
    return address


def title_cell(rows: list[list[str]], first: int = 0) -> str:
    """The cell of the first of these rows that names an RT; `first` is the number of the topmost, from 0."""
    for number, row in enumerate(rows, first + 1):
        filled = [(place, shown(cell)) for place, cell in enumerate(row) if cell.strip()]
        if stated(" ".join(text for _, text in filled)).rt:
            place = next((place for place, text in filled if RT_WORD.search(text)), filled[0][0])
            return f"{column_letters(place)}{number}"
    return ""
