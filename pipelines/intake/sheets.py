"""From one sheet's text to the rows that are data, with the address each row states.

Title rows, repeated headings, column numbers, total rows, notes and blank rows are not data; nothing else is left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.areas import Address
from pipelines.intake.addresses import READ, stated
from pipelines.intake.addresslines import AddressLines, title_cell, title_of_lines
from pipelines.intake.blocks import Families, find_families
from pipelines.intake.cells import FAULT, column_index, shown
from pipelines.intake.headings import Table
from pipelines.intake.layouts import Layout
from pipelines.intake.nexttable import begins_table, cell_readers
from pipelines.intake.parsing import Fault, is_blank
from pipelines.intake.rowkinds import (
    CLOSING,
    OFFICIAL,
    PLACE,
    TOTAL,
    is_form_line,
    is_legend_row,
    is_note,
    is_numbering,
    is_tally,
    is_title,
    labelled,
    section,
    title_within,
)
from pipelines.intake.texts import SheetText, Texts
from pipelines.intake.words import plain
from schemas import datasets

Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

SMALLEST_KEY = 100_000  # a smaller number in an identity column is a count
MANY_ROWS = 2_000  # from here on, blank rows are told apart all at once
ADDRESS = re.compile(r"([A-Z]+)(\d+)")
MEMBER = re.compile(r"\d{1,6}[.)]?")  # what numbers the members in a form of families
YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")


@dataclass
class DataRows:
    """The data rows of a sheet: where they stand from 0, and which address the titles above each state."""

    at: Places
    titles: list[Address] = field(default_factory=list)
    title_cells: list[str] = field(default_factory=list)  # where each title names its RT, empty where it names none
    title_of: Places = field(default_factory=lambda: np.zeros(0, dtype=np.intp))  # of each row, its title's number
    totals: list[tuple[int, list[str]]] = field(default_factory=list)  # row number and cells of each total row
    uneven: dict[int, int] = field(default_factory=dict)
    families: Families | None = None
    next_table: int | None = None  # the row in which another table begins, its title included

    def only(self, kept: Mask) -> "DataRows":
        """The same with fewer rows."""
        return replace(self, at=self.at[kept], title_of=self.title_of[kept])


def data_rows(
    sheet: SheetText, table: Table, columns: dict[str, dict[str, int]], *, to_the_end: bool = False
) -> DataRows:
    """Pick the data rows below the headings. `columns` are those of the datasets that the sheet feeds.

    They end where another table begins, if not all below is asked for.
    """
    _fill_merged(sheet, table.first_row)
    _put_faults(sheet, table.first_row)
    layout = table.reading.layout
    block = table.reading.block
    families = find_families(sheet, block) if block else None
    top = table.heading_row
    if families and (layout or len(families.starts) > 1):  # lines of a family alone may stand amid the titles
        top = min(top, families.starts[0])
    above = sheet.rows(top)
    lines_of = AddressLines([title_of_lines(above).over(named_by(sheet.name))], [title_cell(above)])
    if families:
        lines_of.titles += [address.over(lines_of.titles[0]) for address in families.addresses]
        stated_in = zip(families.addresses, families.address_cells, strict=True)
        lines_of.cells += [cell if address.rt else lines_of.cells[0] for address, cell in stated_in]
        lines_of.turns += families.starts
    totals = []
    keys, known, required = _kinds_of_columns(columns, len(sheet.columns))
    recap = not keys
    closed = False
    taken = np.zeros(sheet.height, dtype=bool)
    for key in keys:  # nothing but data has 16 digits in an identity column
        taken |= identities(sheet.columns[key])
    lines = families.lines if families else frozenset()
    taken[list(lines)] = False
    taken[: table.first_row] = False
    readers = cell_readers(columns)
    may_end = not (layout or to_the_end)  # the pages of known forms repeat their headings in ways of their own
    said = table.first_row  # the row of the last line that stated an address
    next_table = None
    for index in _rows_to_judge(sheet, taken, table.first_row):
        row = sheet.row(index)
        filled = [shown(cell) for cell in row if cell.strip()]
        if not filled or index in lines or is_numbering(filled, index == table.first_row):
            continue
        if index == table.first_row and is_legend_row(filled):
            continue
        stated_here = None if block else labelled(filled)
        if stated_here is None and not block and is_form_line(filled) and not _is_somebody(row, keys, columns):
            continue  # a further line of a form: Kecamatan : Kandangan
        same = 0 if stated_here else _headings_again(row, table)
        if (
            may_end
            and not stated_here
            and same < len(filled)
            and (same >= 2 or is_below_gap(sheet, index))
            and begins_table(row, readers)
        ):
            next_table = with_titles(sheet, index, table.first_row)
            break
        if same * 2 >= len(filled) if same >= 3 else same == len(filled) >= 2:
            continue  # the same headings again; their lower line may be short
        has_key = any(_is_key(row[k]) for k in keys)
        starred_texts = [shown(row[c]) for c in required if not is_blank(row[c])]
        numbered = block is None or MEMBER.fullmatch(shown(row[block.number]).strip())
        if not numbered and len(starred_texts) < 2 and not _is_somebody(row, keys, columns):
            continue  # page furniture: in a form of families every member is numbered
        if not (stated_here or block):
            stated_here = section(filled)
        if not (stated_here or recap or block) and all(map(PLACE.search, starred_texts)):
            stated_here = title_within(filled)
        if stated_here:
            after_data, first = bool(taken[said:index].any()), not taken[:index].any()
            lines_of.take(index, stated_here, title_cell([row], index), after_data=after_data, first=first)
            said = index
        elif not has_key and any(_is_total(text, layout) for text in filled) and not _has_rt(row, columns):
            totals.append((index + 1, row))
        elif not has_key and is_tally(filled):
            continue
        elif (
            not _is_somebody(row, keys, columns)
            and is_note(filled, closed)
            and (len(starred_texts) < 2 or not _answers(row, readers))
        ):
            closed = closed or bool(CLOSING.match(filled[0]))
        elif any(not is_blank(row[c]) for c in known):
            taken[index] = True
    if next_table is not None:
        taken[next_table:] = False
    at = np.flatnonzero(taken)
    title_of = np.searchsorted(lines_of.turns, at, side="right")
    return DataRows(at, lines_of.titles, lines_of.cells, title_of, totals, sheet.uneven, families, next_table)


def named_by(sheet_name: str) -> Address:
    """The address that a sheet's name states (`RT 01`). One with further numbers (`RT 01-05`) may mean several RTs."""
    address = stated(sheet_name)
    numbers = len(re.findall(r"\d+", YEAR.sub("", sheet_name)))
    return address if numbers == bool(address.rt) + bool(address.rw) else Address()


def is_below_gap(sheet: SheetText, index: int) -> bool:
    """Whether the row above is blank, a title or a total: no table begins right below data."""
    filled = [shown(cell) for cell in sheet.row(index - 1) if cell.strip()]
    return not filled or is_title(filled) or bool(TOTAL.match(filled[0]))


def with_titles(sheet: SheetText, index: int, first_row: int) -> int:
    """The first of the titles right above a table's headings: lines of one cell, or of a form."""
    while index > first_row and is_title([shown(cell) for cell in sheet.row(index - 1) if cell.strip()]):
        index -= 1
    return index


def _is_total(text: str, layout: Layout | None) -> bool:
    return bool(TOTAL.match(text) or (layout and layout.totals and layout.totals.match(text)))


def _rows_to_judge(sheet: SheetText, taken: Mask, first_row: int) -> list[int]:
    """The rows that are not yet known to be data. A stray word in the last row makes a million blank ones above it."""
    loose = ~taken
    loose[:first_row] = False
    if np.count_nonzero(loose) > MANY_ROWS:
        loose &= np.logical_or.reduce([where(texts, lambda text: bool(text.strip())) for texts in sheet.columns])
    return [int(index) for index in np.flatnonzero(loose)]


def where(texts: Texts, holds: Callable[[str], bool]) -> Mask:
    """The rows of a column whose text has a property; each distinct text is looked at once."""
    marks = np.array(list(map(holds, texts.words)), dtype=bool)
    return marks[np.frombuffer(texts.numbers, dtype=np.uintc)]


def identities(texts: Texts) -> Mask:
    """The rows with 16 digits."""
    digits = np.array([len(word) == 16 and word.isdigit() for word in texts.words], dtype=bool)
    return digits[np.frombuffer(texts.numbers, dtype=np.uintc)]


def first_person(sheet: SheetText) -> int | None:
    """The first row of a sheet that holds a NIK or card number."""
    found = [int(np.argmax(named)) for texts in sheet.columns if (named := identities(texts)).any()]
    return min(found, default=None)


def _kinds_of_columns(columns: dict[str, dict[str, int]], width: int) -> tuple[list[int], list[int], list[int]]:
    """Places of the identity columns, of the columns that make a row data, and of the required ones.

    What stands above a family (a place beyond the sheet's width) makes no row.
    """
    keys, known, required = set(), set(), set()
    for name, placed in columns.items():
        dataset = datasets()[name]
        specs, places = dataset.columns(), dataset.places()
        recap = dataset.about().register is not None
        for column, place in placed.items():
            if place >= width or (column in places and not recap):
                continue  # a pre-filled RT alone does not make a row
            known.add(place)
            if column in ("nik", "no_kk"):
                keys.add(place)
            if specs[column].required:
                required.add(place)
    return sorted(keys), sorted(known), sorted(required)


def _is_somebody(row: list[str], keys: list[int], columns: dict[str, dict[str, int]]) -> bool:
    """Whether a poor row still names somebody: a number in a key column, or an RT."""
    numbers = (row[key] for key in keys if not OFFICIAL.match(row[key]))
    return any(sum(map(str.isdigit, number)) >= 8 for number in numbers) or _has_rt(row, columns)


def _is_key(text: str) -> bool:
    """Whether a cell of an identity column may name somebody: a small number there counts people."""
    word = shown(text).strip()
    return not is_blank(text) and not TOTAL.match(text) and not (word.isdigit() and 0 < int(word) < SMALLEST_KEY)


def _answers(row: list[str], readers: dict[int, Callable[[str], Any]]) -> bool:
    """Whether any cell of a row is a value of its column: of a signature or remark none is."""
    return any(
        not is_blank(row[place]) and not isinstance(read(row[place]), Fault)
        for place, read in readers.items()
        if place < len(row)
    )


def _has_rt(row: list[str], columns: dict[str, dict[str, int]]) -> bool:
    for placed in columns.values():
        if "rt" in placed and (address := READ["rt"](shown(row[placed["rt"]]))) and address.rt:
            return True
    return False


def _headings_again(row: list[str], table: Table) -> int:
    """How many cells of a row say what the heading above them says."""
    words = [plain(shown(cell)) for cell in row]
    return sum(1 for word, above in zip(words, table.reading.ways, strict=False) if word and word in above)


def _fill_merged(sheet: SheetText, first_row: int) -> None:
    """Only the top-left cell of a merge carries the value: give it to the other cells of its column of data."""
    for (top, left), (bottom, _) in sheet.merged:
        if top >= first_row and bottom > top and top < sheet.height and left < len(sheet.columns):
            column = sheet.columns[left]
            for index in range(top + 1, min(bottom + 1, sheet.height)):
                if not column[index]:
                    column.put(index, column[top])


def _put_faults(sheet: SheetText, first_row: int) -> None:
    """Put the error text where the reader gave an empty cell, or the 0 that older offices keep beside an error."""
    for address, text in sheet.faults.items():
        found = ADDRESS.fullmatch(address)
        if not found:
            continue
        place, index = column_index(found[1]), int(found[2]) - 1
        if first_row <= index < sheet.height and place < len(sheet.columns):
            sheet.columns[place].put(index, FAULT + (text or "rumus belum dihitung"))
