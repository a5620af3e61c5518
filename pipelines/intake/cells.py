"""A cell as text. Its first character tells what the spreadsheet stored when that was not text."""

import datetime as dt
import math
from functools import cache

NUMBER, DATE, BOOLEAN, OTHER, FAULT = "\x01", "\x02", "\x03", "\x04", "\x05"
FOREIGN = "\x06"  # a number that its foreign layout does not declare, an answer that another one puts in doubt
MARKS = (NUMBER, DATE, BOOLEAN, OTHER, FAULT, FOREIGN)
CELL_END, ROW_END = "\x1f", "\x1e"
NOT_TEXT = str.maketrans(dict.fromkeys((*MARKS, CELL_END, ROW_END), " "))  # what a text from a file may not hold
LONGEST = 32_767  # characters an Excel cell can hold


def as_text(value: object) -> str:
    """One cell value of the reader as marked text; text stays as it is."""
    if isinstance(value, str):
        return value.translate(NOT_TEXT) if value.startswith(MARKS) else value
    if type(value) is dt.date:  # nearly every cell that is no text is a date or a number
        return DATE + value.isoformat()
    if isinstance(value, bool):
        return BOOLEAN + ("Ya" if value else "Tidak")
    if isinstance(value, (int, float)):
        if math.isfinite(value) and value == int(value):
            return f"{NUMBER}{int(value)}"
        return f"{NUMBER}{value!r}"
    if isinstance(value, dt.datetime):
        return DATE + (value.date().isoformat() if value.time() == dt.time() else value.isoformat(" "))
    if isinstance(value, dt.date):
        return DATE + value.isoformat()
    return f"{OTHER}{value}"


def shown(text: str) -> str:
    """A cell's text as the officer sees it: no mark, dates day first."""
    if text[:1] > FOREIGN:  # the last of the marks; nearly every cell ends here
        return text
    if text.startswith(DATE):
        day, _, clock = text[1:].partition(" ")
        year, month, date = day.split("-")
        return f"{date}-{month}-{year} {clock}".rstrip()
    return text[1:] if text.startswith(MARKS) else text


@cache
def column_letters(index: int) -> str:
    """Column 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
