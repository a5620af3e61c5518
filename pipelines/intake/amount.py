"""How much one file may hold: what comes back from a reader must fit the process that judges it."""

from array import array
from collections.abc import Sequence

from pipelines.errors import Unreadable
from pipelines.intake.cells import CELL_END, ROW_END
from pipelines.intake.texts import TOO_BIG, SheetText

MOST_ROWS = 100_000  # filled ones, of all sheets together: more than nearly every kelurahan has people
MOST_BYTES = 192 * 2**20  # a stray word in the last row of a wide sheet takes half of it


def check_amount(sheets: Sequence[SheetText]) -> None:
    """Raises Unreadable for a book that no village fills."""
    shown = [sheet for sheet in sheets if not sheet.hidden]
    if sum(sheet.height for sheet in shown) > MOST_ROWS and sum(map(_filled, shown)) > MOST_ROWS:
        raise Unreadable(TOO_BIG)
    if sum(len(sheet.words) + len(sheet.numbers) for sheet in sheets) > MOST_BYTES:
        raise Unreadable(TOO_BIG)


def _filled(sheet: SheetText) -> int:
    """The filled cells of the fullest column: at least so many rows hold something."""
    most = 0
    for place, line in enumerate(sheet.words.split(ROW_END) if sheet.height else ()):
        numbers = array("I")
        numbers.frombytes(sheet.numbers[4 * place * sheet.height : 4 * (place + 1) * sheet.height])
        blank = sum(numbers.count(number) for number, word in enumerate(line.split(CELL_END)) if not word.strip())
        most = max(most, sheet.height - blank)
    return most
