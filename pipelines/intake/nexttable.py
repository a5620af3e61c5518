"""Where on a sheet a further table begins: headings below the data of another one, that are not its own again."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pipelines.areas import Address
from pipelines.intake.addresses import READ, stated
from pipelines.intake.cells import MARKS, shown
from pipelines.intake.headings import Table, find_table
from pipelines.intake.layouts import Layouts
from pipelines.intake.parsing import Fault, is_blank, reader
from pipelines.intake.rowkinds import is_title
from pipelines.intake.texts import SheetText, Texts
from pipelines.intake.vocabulary import PARTS, all_words
from pipelines.intake.words import plain, readings
from schemas import datasets
from schemas.kinds import Place, Text

FEWEST_COLUMNS = 3  # of a table that is worth a word
COMMON = frozenset(
    map(plain, ("No", "Nomor", "No Urut", "Uraian", "Rincian", "Keterangan", "Ket", "Jumlah", "Total", "Kategori",
                "Kelompok Umur", "Golongan Umur", "Pendidikan", "Jenis"))
)  # fmt: skip


def cell_readers(columns: dict[str, dict[str, int]]) -> dict[int, Callable[[str], Any]]:
    """How the cells of each column are read, by its place; a column that takes any text is left out."""
    readers: dict[int, Callable[[str], Any]] = {}
    for name, placed in columns.items():
        for column, place in placed.items():
            kind = datasets()[name].columns()[column].kind
            if isinstance(kind, Place) and column != "dusun":
                readers[place] = partial(_place, column)
            elif not isinstance(kind, Place | Text):
                readers[place] = reader(kind)
    return readers


def _place(column: str, text: str) -> Address | Fault:
    named = any(map(str.isdigit, text)) and READ[column](shown(text))
    return named or Fault("GEO04")


def begins_table(row: list[str], readers: Mapping[int, Callable[[str], Any]]) -> bool:
    """Whether a row below a gap holds headings: words only, none of them an answer in its column."""
    filled = [(place, cell) for place, cell in enumerate(row) if not is_blank(cell)]
    if any(cell.startswith(MARKS) for _, cell in filled):
        return False
    typed = [(cell, readers[place](cell)) for place, cell in filled if place in readers]
    if any(not isinstance(read, Fault) and plain(cell) not in PARTS for cell, read in typed):
        return False
    words = sum(plain(cell) in COMMON or any(word in all_words() for word in readings(cell)) for _, cell in filled)
    strange = sum(isinstance(read, Fault) for _, read in typed)
    return (words >= 2 and words * 2 >= len(filled)) or (words >= 1 and strange >= 2)


def unread_above(sheet: SheetText, table: Table, layouts: Layouts) -> int | None:
    """The row of headings of a table above the one that is read: less complete, but with numbers below it."""
    if table.reading.recognised or table.reading.block:
        return None
    rows = sheet.rows(table.heading_row)
    above = find_table(rows, layouts)
    named = max((len(columns) for columns in above.reading.columns.values()), default=0) if above else 0
    if above is None or named < FEWEST_COLUMNS:
        return None
    numbers = (sum(1 for cell in row if any(map(str.isdigit, cell))) for row in rows[above.first_row :])
    return above.heading_row if any(many >= FEWEST_COLUMNS for many in numbers) else None


def lower_part(sheet: SheetText, above: int, start: int) -> SheetText:
    """The sheet without the rows from `above` to `start`: its titles, then its next table, in their own rows."""
    if _states_place(sheet, start):
        above = 0  # the titles on top are those of another place
    lower = SheetText(
        sheet.name,
        merged=[span for span in sheet.merged if span[0][0] >= start],
        faults=sheet.faults,
        uneven=sheet.uneven,
        height=sheet.height,
    )
    lower.columns = [_without(texts, above, start) for texts in sheet.columns]
    return lower


def _states_place(sheet: SheetText, start: int) -> bool:
    """Whether the titles from a row on name an RT, RW or dusun."""
    for row in range(start, sheet.height):
        filled = [shown(cell) for cell in sheet.row(row) if cell.strip()]
        if not is_title(filled):
            return False
        if stated(" ".join(filled)) != Address():
            return True
    return False


def _without(texts: Texts, above: int, start: int) -> Texts:
    numbers = texts.numbers[:]
    blank = type(numbers)(numbers.typecode, [len(texts.words)]) * (start - above)
    numbers[above:start] = blank
    return Texts([*texts.words, ""], numbers)
