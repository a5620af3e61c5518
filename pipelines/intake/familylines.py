"""Registers without a column of card numbers, whose families stand in lines of their own above the members.

Dukcapil's forms of this kind are declared as layouts; here are those that offices draw themselves.
"""

import re
from dataclasses import replace

from pipelines.intake.addresses import stated
from pipelines.intake.cells import shown
from pipelines.intake.headings import Table
from pipelines.intake.layouts import Block
from pipelines.intake.texts import SheetText
from pipelines.intake.words import plain, tidy
from schemas import datasets

FAMILY_LINE = re.compile(r"(no|nomor|no urut)?\W*(kk|kartu keluarga)\b", re.IGNORECASE)
CARD = re.compile(r"\d{16}")
ROWS_SEARCHED = 60
LABEL = re.compile(
    r"alamat\b|(nama )?(kepala keluarga|kk|rt|rw|dusun|lingkungan|desa|kelurahan|kecamatan|kode ?pos)\b[^\d]*[:/]",
    re.IGNORECASE,
)
MOST_LINES = 10  # of one family
NUMBERING = frozenset(map(plain, ("No", "No Urut", "Nomor", "Nomor Urut")))


def with_families(sheet: SheetText, table: Table) -> Table | None:
    """The table with its families' card numbers, None where none stand above its people or more is missing."""
    reading = table.reading
    lacking = [name for name, missing in reading.missing.items() if missing == ["no_kk"] and _is_of_people(name)]
    if reading.layout or not lacking:
        return None
    block = _block(sheet, table)
    if block is None:
        return None
    place = len(reading.texts) + len(reading.ticked)
    columns = {name: reading.columns[name] | {"no_kk": place} for name in lacking}
    missing: dict[str, list[str]] = {name: [] for name in lacking}
    return replace(table, reading=replace(reading, columns=columns, missing=missing, families=block))


def _block(sheet: SheetText, table: Table) -> Block | None:
    """Where the lines of the first family state its number and address; the others are written the same way."""
    for row in range(min(sheet.height, ROWS_SEARCHED)):
        cells = [tidy(shown(cell)) for cell in sheet.row(row)]
        for column, text in enumerate(cells):
            if row == table.heading_row or not FAMILY_LINE.match(text):
                continue
            number = next((place for place in range(column, len(cells)) if CARD.search(cells[place])), None)
            if number is not None:
                address, members = _address(sheet, row), _numbering(table)
                return Block(FAMILY_LINE, column, None, (number, 0), address, members, LABEL)
    return None


def _address(sheet: SheetText, start: int) -> tuple[tuple[int, int], ...]:
    """The cells of a family's own lines that name an RT: column, and rows below its first line."""
    found = []
    for below in range(min(MOST_LINES, sheet.height - start)):
        row = [shown(cell) for cell in sheet.row(start + below)]
        if below and not LABEL.match(tidy(next((cell for cell in row if cell.strip()), ""))):
            break  # its members
        found += [(place, below) for place, cell in enumerate(row) if stated(cell).rt]
    return tuple(found)


def _numbering(table: Table) -> int:
    """The column that numbers the members, else that of their NIK, which never looks like such a number."""
    for place, ways in enumerate(table.reading.texts):
        if plain(ways[0]) in NUMBERING:
            return place
    return next(
        placed["nik"] for name, placed in table.reading.columns.items() if _is_of_people(name) and "nik" in placed
    )


def _is_of_people(dataset: str) -> bool:
    return datasets()[dataset].about().identity == "nik"
