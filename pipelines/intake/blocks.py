"""Forms in which a family stands in lines above its members: its card number and address go to each member below."""

import re
from array import array
from dataclasses import dataclass

import numpy as np

from pipelines.areas import Address
from pipelines.intake.addresses import read_rt, stated
from pipelines.intake.cells import MARKS, column_letters, shown
from pipelines.intake.layouts import Block
from pipelines.intake.texts import SheetText, Texts
from pipelines.intake.words import tidy


@dataclass(frozen=True)
class Families:
    """The families of a sheet, top one first."""

    starts: list[int]  # the first line of each, from 0
    lines: frozenset[int]  # all their own lines
    addresses: list[Address]
    cards: Texts  # the card number of the family above each row
    card_cells: list[str]  # where each family's number stands
    address_cells: list[str]  # where each family's RT stands

    def cell(self, column: str, row: int) -> str | None:
        """The cell above a row (counted from 1) that states its card number or address."""
        family = int(np.searchsorted(self.starts, row - 1, side="right")) - 1
        if family < 0 or column not in ("no_kk", "rt", "rw", "dusun"):
            return None
        return (self.card_cells if column == "no_kk" else self.address_cells)[family]


def find_families(sheet: SheetText, block: Block) -> Families | None:
    """The families by their lines, None where the sheet has none."""
    starts = [row for row in range(sheet.height) if _begins(sheet, row, block)]
    if not starts:
        return None
    ends = [min(start + block.lines, after) for start, after in zip(starts, [*starts[1:], sheet.height], strict=True)]
    if block.label:
        ends = [_end(sheet, start, block.label) for start in starts]
    lines = {line for start, end in zip(starts, ends, strict=True) for line in range(start, end)}
    cards = [_number(_text(sheet, start, block.no_kk)) for start in starts]
    which = np.searchsorted(starts, np.arange(sheet.height), side="right")
    addresses, places = zip(*(_address(sheet, start, block) for start in starts), strict=True)
    return Families(
        starts,
        frozenset(lines),
        list(addresses),
        Texts(["", *cards], array("I", which.tolist())),
        [_cell(start, block.no_kk) for start in starts],
        [_cell(start, place) for start, place in zip(starts, places, strict=True)],
    )


def _end(sheet: SheetText, start: int, label: re.Pattern[str]) -> int:
    """The row after the family's own lines: the others begin with a label, and no member does."""
    end = start + 1
    while end < sheet.height and (filled := [shown(cell) for cell in sheet.row(end) if cell.strip()]):
        if not label.match(tidy(filled[0])):
            break
        end += 1
    return end


def _begins(sheet: SheetText, row: int, block: Block) -> bool:
    if not block.start.match(tidy(shown(_text(sheet, row, (block.column, 0))))):
        return False
    return block.blank is None or not _text(sheet, row, (block.blank, 0)).strip()


def _text(sheet: SheetText, start: int, place: tuple[int, int]) -> str:
    column, below = place
    inside = column < len(sheet.columns) and start + below < sheet.height
    return sheet.columns[column][start + below] if inside else ""


def _cell(start: int, place: tuple[int, int]) -> str:
    return f"{column_letters(place[0])}{start + place[1] + 1}"


def _number(text: str) -> str:
    """The number of `No. KK : 5202...`; a cell that holds nothing else keeps its mark, which tells how it is stored."""
    return text if text.startswith(MARKS) else text.rpartition(":")[2]


def _address(sheet: SheetText, start: int, block: Block) -> tuple[Address, tuple[int, int]]:
    """What the address cells state together, and which of them the RT. A bare pair is RT/RW (`003/001`)."""
    address, named = Address(), (block.address or (block.no_kk,))[-1]
    for place in block.address:
        text = shown(_text(sheet, start, place))
        pair = read_rt(text)
        said = pair if pair and pair.rt else stated(text)
        named = place if said.rt and not address.rt else named
        address = address.over(said)
    return address, named
