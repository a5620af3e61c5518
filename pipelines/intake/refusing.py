"""Why one sheet of a book cannot be used, at the cell that its sender should look at."""

from pipelines.intake.cells import column_letters
from pipelines.intake.headings import Table, nearest
from pipelines.intake.problems import Problem, problem
from pipelines.intake.refusals import TO_ADD
from pipelines.intake.sheets import first_person
from pipelines.intake.texts import SheetText
from schemas import datasets

TWICE = "Judul kolom {} muncul dua kali (kolom {} dan {}). Hapus atau ganti nama salah satunya."
NO_HEADINGS = (
    "Lembar ini berisi NIK atau Nomor KK tanpa judul kolom yang dikenal, jadi tidak dibaca. Tulis judul kolom di "
    "atasnya, seperti di lembar lain atau di templat."
)
NOTHING = "isinya tidak dipakai."


def refusal(sheet: SheetText, table: Table | None) -> list[Problem]:
    """Why a sheet that looks like data cannot be used; nothing of a sheet that is no data."""
    if table is None:
        row = first_person(sheet)
        return [] if row is None else [told_at(sheet, "FILE02", NO_HEADINGS, row)]
    layout, name = table.reading.layout, nearest(table.reading)
    if name is None:  # a sheet that a known layout sets aside is no fault of anybody's
        reason = known_as(table) + (layout.note or NOTHING) if layout else ""
        return [problem("FILE04", sheet=sheet.name, detail=reason)] if layout else []
    labels = [datasets()[name].columns()[c].label for c in table.reading.missing[name]]
    title = datasets()[name].about().title
    missing = f"udul kolom {', '.join(labels)} tidak ditemukan untuk data {title}. {TO_ADD}"
    return [refused_at(sheet, table, f"{known_as(table)}j{missing}" if layout else f"J{missing}")]


def refused_at(sheet: SheetText, table: Table, reason: str, place: int | None = None) -> Problem:
    """Why a sheet cannot be used, at the heading that is meant, else at the first one."""
    row = table.heading_row
    if place is None:
        place = next((at for at, text in enumerate(sheet.row(row)) if text.strip()), 0)
    return problem("FILE02", sheet=sheet.name, row=row + 1, cell=f"{column_letters(place)}{row + 1}", detail=reason)


def told_at(sheet: SheetText, rule: str, detail: str, row: int) -> Problem:
    """What is to be said of a sheet at the first cell of a row."""
    return problem(rule, sheet=sheet.name, row=row + 1, cell=f"A{row + 1}", detail=detail)


def known_as(table: Table) -> str:
    """How a sentence about a sheet of a known layout begins."""
    return f"Dikenal sebagai {table.reading.recognised.name}: " if table.reading.recognised else ""


def clash_of(sheet: SheetText, table: Table, columns: dict[str, dict[str, int]]) -> Problem | None:
    """The first label that two headings share, marked at the second."""
    used = {place for placed in columns.values() for place in placed.values()}
    for label, first, second in table.reading.twice:
        if first in used:
            return refused_at(sheet, table, TWICE.format(label, column_letters(first), column_letters(second)), second)
    return None
