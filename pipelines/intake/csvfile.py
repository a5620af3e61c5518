"""Reads a CSV as offices write them: any common separator, UTF-8, UTF-16 or Windows encoding."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from pipelines.errors import Unreadable
from pipelines.intake.cells import CELL_END, LONGEST, ROW_END
from pipelines.intake.texts import TOO_BIG, SheetText

SEPARATORS = ",;\t|"
MOST_COLUMNS = 300
MOST_ROWS = 1_048_576  # of an Excel sheet
UTF_8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LETTERS = "Huruf pada CSV tidak terbaca. Simpan ulang dari Excel sebagai .xlsx."
NUL = "CSV berisi karakter nol sehingga tidak dapat dipercaya. Kirim ulang, sebaiknya sebagai .xlsx."
AS_TEXT = re.compile(r'="([^"]*)"')  # how other programs keep Excel from making a number of a NIK
OPEN_END = "Baris terakhir CSV tidak ditutup, mungkin berkasnya terpotong. Periksa apakah baris terakhirnya lengkap."
QUOTES = "Tanda kutip pada CSV tidak berpasangan di sekitar baris {}. Buka di Excel, simpan sebagai .xlsx."


def read_csv(name: str, content: bytes) -> tuple[SheetText, list[str]]:
    """One sheet named after the file, and what the officer should know of it.

    Raises Unreadable where quotes, encoding or shape cannot be trusted.
    """
    text = _decoded(content)
    notes = [] if not text.strip() or text.endswith("\n") else [OPEN_END]
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text, skipped = first.strip()[-1], rest, 1
    else:
        separator, skipped = _separator(text), 0
    rows = list(_rows(text, separator, skipped))
    for number, row in enumerate(rows, 1):
        # Two stray quotes make one cell of all that stands between them, and people vanish into it.
        if any("\n" in cell and separator in cell for cell in row):
            raise Unreadable(QUOTES.format(number + skipped))
    rows = [[] for _ in range(skipped)] + rows
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    usual = Counter(len(row) for row in rows if any(row)).most_common(1)
    uneven = {n: len(r) for n, r in enumerate(rows, 1) if any(r) and usual and len(r) != usual[0][0]}
    columns = itertools.zip_longest(*rows, fillvalue="")
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0]
    return SheetText(stem, uneven=uneven).fill(columns), notes


def _rows(text: str, separator: str, skipped: int) -> Iterator[list[str]]:
    """The rows one by one, so that a bomb ends at its first row that no sheet can hold."""
    csv.field_size_limit(LONGEST * 2)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, 1):
            if len(row) > MOST_COLUMNS:
                raise Unreadable(f"CSV berisi {len(row)} kolom. Simpan ulang dari Excel sebagai .xlsx.")
            if number > MOST_ROWS:
                raise Unreadable(TOO_BIG)
            yield [AS_TEXT.sub(r"\1", cell).replace(CELL_END, " ").replace(ROW_END, " ") for cell in row]
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable(TOO_BIG) from error
        raise Unreadable(QUOTES.format(reader.line_num + skipped)) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable(LETTERS) from None
    elif b"\0" in content:
        raise Unreadable(NUL)
    else:
        text = _of_bytes(content)
    if "\0" in text:
        raise Unreadable(NUL)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_bytes(content: bytes) -> str:
    """UTF-8, else the Windows code page. Pairs of UTF-8 among other bytes mean that two encodings were mixed."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        if "\ufffd" in text or UTF_8_PAIR.search(content):
            raise Unreadable(LETTERS) from None
        return text


def _separator(text: str) -> str:
    """The separator that cuts the first lines most evenly."""
    lines = [line for line in itertools.islice(text.split("\n"), 40) if line.strip()]

    def evenness(separator: str) -> tuple[int, int, int]:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        [(cuts, alike)] = counts.most_common(1) or [(0, 0)]
        return cuts * alike, alike, cuts

    return max(SEPARATORS, key=evenness)
