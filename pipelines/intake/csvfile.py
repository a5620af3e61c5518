"""Reads a CSV as offices write them: any common separator, UTF-8, UTF-16 or Windows encoding."""

import csv
import io
import itertools
from collections import Counter

from pipelines.errors import Unreadable
from pipelines.intake.cells import CELL_END, LONGEST, ROW_END
from pipelines.intake.texts import TOO_BIG, SheetText

SEPARATORS = ",;\t|"
MOST_COLUMNS = 300
QUOTES = "Tanda kutip pada CSV tidak berpasangan di sekitar baris {}. Buka di Excel, simpan sebagai .xlsx."


def read_csv(name: str, content: bytes) -> SheetText:
    """One sheet named after the file. Raises Unreadable where quotes, encoding or shape cannot be trusted."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text, skipped = first.strip()[-1], rest, 1
    else:
        separator, skipped = _separator(text), 0
    csv.field_size_limit(LONGEST * 2)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [[cell.replace(CELL_END, " ").replace(ROW_END, " ") for cell in row] for row in reader]
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable(TOO_BIG) from error
        raise Unreadable(QUOTES.format(reader.line_num + skipped)) from error
    for number, row in enumerate(rows, 1):
        # Two stray quotes make one cell of all that stands between them, and people vanish into it.
        if any("\n" in cell and separator in cell for cell in row):
            raise Unreadable(QUOTES.format(number + skipped))
    rows = [[] for _ in range(skipped)] + rows
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS:
        raise Unreadable(f"CSV berisi {width} kolom. Simpan ulang dari Excel sebagai .xlsx.")
    usual = Counter(len(row) for row in rows if any(row)).most_common(1)
    uneven = {n: len(r) for n, r in enumerate(rows, 1) if any(r) and usual and len(r) != usual[0][0]}
    columns = itertools.zip_longest(*rows, fillvalue="")
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0]
    return SheetText(stem, uneven=uneven).fill(columns)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        raise Unreadable(
            "CSV berisi karakter nol sehingga tidak dapat dipercaya. Kirim ulang, sebaiknya sebagai .xlsx."
        )
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        if "\ufffd" in text or "Ã" in text:
            raise Unreadable("Huruf pada CSV tidak terbaca. Simpan ulang dari Excel sebagai .xlsx.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _separator(text: str) -> str:
    """The separator that cuts the first lines most evenly."""
    lines = [line for line in itertools.islice(text.split("\n"), 40) if line.strip()]

    def evenness(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        return counts.most_common(1)[0][::-1] if counts else (0, 0)

    return max(SEPARATORS, key=lambda s: (lambda even: (even[1] * even[0], even))(evenness(s)))
