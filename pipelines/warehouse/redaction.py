"""Kept files without the rows of forgotten persons.

A workbook in which such a row stands is kept on as what was read of it, with that row's cells empty: the other rows
are then folded from exactly the texts they were folded from before, whatever the format. The received file is deleted.
A family's row, which is not the person's own, loses only the person's name.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from pipelines.errors import OfficerError, Unreadable
from pipelines.intake.cells import shown
from pipelines.intake.reader import Readers
from pipelines.intake.texts import SheetText
from pipelines.intake.workbook import Book
from pipelines.replacing import remove_file, write_whole
from pipelines.settings import Places
from pipelines.warehouse.ledger import Receipt, kept_file
from pipelines.warehouse.rights import Forgotten, note_redaction, numbers_in

SUFFIX = ".sunting"


def redacted_file(places: Places, receipt: Receipt) -> Path:
    """Where what is left of a received file is kept."""
    return kept_file(places, receipt).with_suffix(SUFFIX)


def kept_books(
    places: Places, receipts: list[Receipt], readers: Readers, forgotten: Forgotten
) -> Iterator[Book | Unreadable]:
    """Each receipt's book, in order, without forgotten persons; a file that has one is kept without it from now on."""
    whole = [r for r in receipts if r.sha256 not in forgotten.redacted]
    read = readers.read([(kept_file(places, r), r.path) for r in whole])
    for receipt in receipts:
        if receipt.sha256 in forgotten.redacted:
            remove_file(kept_file(places, receipt))  # a power cut left it, or it was sent again
            book: Book | Unreadable = _book(redacted_file(places, receipt).read_bytes())
        else:
            book = next(read)
        without = redact(book, forgotten) if isinstance(book, Book) and forgotten.persons else None
        if without is not None:
            content = _content(without)
            write_whole(redacted_file(places, receipt), content)
            note_redaction(places, receipt.sha256, hashlib.sha256(content).hexdigest())
            remove_file(kept_file(places, receipt))
        yield without or book


def redact(book: Book, forgotten: Forgotten) -> Book | None:
    """The book without forgotten persons; None where it holds none."""
    sheets = [_redacted_sheet(sheet, forgotten) for sheet in book.sheets]
    if not any(sheets):
        return None
    return replace(book, sheets=[new or old for new, old in zip(sheets, book.sheets, strict=True)])


def _redacted_sheet(sheet: SheetText, forgotten: Forgotten) -> SheetText | None:
    gone: set[int] = set()
    families: dict[int, set[str]] = {}
    for column in sheet.columns:
        known = [numbers_in(shown(word)) for word in column.words]
        persons = {
            i for i, found in enumerate(known) if any(forgotten.mark("nik", n) in forgotten.persons for n in found)
        }
        homes = {
            i for i, found in enumerate(known) if any(forgotten.mark("kk", n) in forgotten.families for n in found)
        }
        for row, number in enumerate(column.numbers):
            if number in persons:
                gone.add(row)
            if number in homes:
                families.setdefault(row, set()).update(known[number])
    cells = [list(map(column.words.__getitem__, column.numbers)) for column in sheet.columns]
    named = False
    for texts in cells:
        for row, numbers in families.items():
            if any(forgotten.name_mark(n, shown(texts[row])) in forgotten.names for n in numbers):
                texts[row], named = "", True
        for row in gone:
            texts[row] = ""
    if not gone and not named:
        return None
    faults = {cell: said for cell, said in sheet.faults.items() if _row(cell) not in gone}
    uneven = {row: width for row, width in sheet.uneven.items() if row - 1 not in gone}
    bare = SheetText(sheet.name, sheet.hidden, sheet.merged, faults, uneven)
    return bare.take(cells)


def _row(cell: str) -> int:
    """The row of an address, counted from 0."""
    return int("".join(filter(str.isdigit, cell))) - 1


def _content(book: Book) -> bytes:
    sheets = [asdict(s) | {"numbers": base64.b64encode(s.numbers).decode()} for s in book.sheets]
    return json.dumps({"notes": book.notes, "sheets": sheets}, ensure_ascii=False).encode(errors="surrogatepass")


def _book(content: bytes) -> Book:
    try:
        told = json.loads(content.decode(errors="surrogatepass"))
        return Book([_sheet(sheet) for sheet in told["sheets"]], told["notes"])
    except (ValueError, KeyError, TypeError):
        raise OfficerError("Salinan tersimpan rusak. Pulihkan dari cadangan: cantik restore BERKAS.") from None


def _sheet(told: dict[str, object]) -> SheetText:
    sheet = SheetText(**told)  # type: ignore[arg-type]  # as `_content` wrote it, and compared with its hash
    sheet.numbers = base64.b64decode(str(told["numbers"]))
    sheet.merged = [((a, b), (c, d)) for (a, b), (c, d) in sheet.merged]
    sheet.uneven = {int(row): width for row, width in sheet.uneven.items()}
    return sheet
