"""Which tables a book holds: its sheets recognised by their headings, or refused by name of what is missing."""

import numpy as np

from pipelines.intake.cells import column_letters, shown
from pipelines.intake.headings import Table, find_table, likely_table, nearest, usable
from pipelines.intake.layouts import Layouts
from pipelines.intake.parsing import is_blank
from pipelines.intake.problems import Problem, problem
from pipelines.intake.sheets import DataRows, data_rows, where
from pipelines.intake.staged import Part, Source, StagedFile, StagedSheet
from pipelines.intake.texts import Rows, SheetText
from pipelines.intake.words import plain
from pipelines.intake.workbook import Book
from schemas import datasets

NOWHERE = "Judul kolom RT tidak ditemukan. Tambahkan kolom RT, atau tulis RT : 005  RW : 002 di atas tabel."
TO_ADD = "Tambahkan kolom itu."
NOTHING = "isinya tidak dipakai."
IGNORED_SHEETS = {plain("Perbaiki dulu")}  # the list that a returned workbook carries


def recognise_parts(source: Source, book: Book, staged: StagedFile, layouts: Layouts) -> list[Part]:
    """The (sheet, dataset) parts of a book. A book without any is rejected with the reason."""
    found = []
    refused: list[tuple[str, str]] = []
    staged.problems += [problem("FILE03", detail=note) for note in book.notes]
    for number, sheet in enumerate(book.sheets):
        if plain(sheet.name) in IGNORED_SHEETS:
            continue
        if sheet.hidden:
            if sheet.height:
                staged.problems.append(problem("FILE01", sheet=sheet.name))
            continue
        table = find_table(Rows(sheet), layouts)
        columns = usable(table.reading) if table else {}
        seen = table or likely_table(Rows(sheet), layouts)
        if seen and (columns or not _is_data(sheet, seen)):
            staged.tables.append((sheet.name, seen))
        if table is None or not columns:
            reason = _refusal(table)
            if reason:
                refused.append((sheet.name, reason))
                # A sheet that a known layout sets aside is no fault of anybody's.
                rule = "FILE02" if table and table.reading.columns else "FILE04"
                staged.problems.append(problem(rule, sheet=sheet.name, row=0, detail=reason))
            continue
        parts = [] if (reason := _clash(table, columns)) else _parts(source, sheet, number, table, columns)
        reason = reason or _lacking(table, parts)
        if reason:
            refused.append((sheet.name, reason))
            staged.problems.append(problem("FILE02", sheet=sheet.name, detail=reason))
            continue
        staged.problems += _incomplete(sheet, table, columns)
        staged.problems += [problem("FILE04", sheet=sheet.name, detail=note) for part in parts for note in part.notes]
        found += parts
    if not found:
        staged.rejected = _why_nothing(book, refused)
        reasons = {reason for _, reason in refused}
        staged.problems = [p for p in staged.problems if p.message not in reasons]
    staged.sheets = [part.sheet for part in found]
    return found


def _is_data(sheet: SheetText, table: Table) -> bool:
    """Whether the row taken for headings is a row of data: several of its texts stand again below, but not all.

    What a heading says may be shown to anyone; what a row of data says may not.
    """
    filled = [column for column in sheet.columns if column[table.heading_row].strip()]
    again = sum(column.numbers[table.heading_row] in column.numbers[table.first_row :] for column in filled)
    return table.reading.recognised is None and 1 < again < len(filled)


def _lacking(table: Table, parts: list[Part]) -> str | None:
    """Why rows that were found cannot be placed: their families or their RT are named nowhere."""
    if table.reading.block and not any(part.rows.families for part in parts):
        return _known_as(table) + "nomor KK di atas anggota keluarga tidak ditemukan. Salin lembarnya utuh."
    return None if any(_says_where(part) for part in parts) else _known_as(table) + NOWHERE


def _known_as(table: Table) -> str:
    """How a sentence about a sheet of a known layout begins."""
    return f"Dikenal sebagai {table.reading.recognised.name}: " if table.reading.recognised else ""


def _says_where(part: Part) -> bool:
    """Whether anything says in which RT the rows live: a column, a title line, or the file's place."""
    return (
        "rt" in part.sheet.columns
        or part.source.place.rt is not None
        or not part.sheet.numbers
        or any(title.rt for title in part.rows.titles)
    )


def _parts(
    source: Source,
    sheet: SheetText,
    number: int,
    table: Table,
    columns: dict[str, dict[str, int]],
) -> list[Part]:
    width = len(sheet.columns)
    data = data_rows(sheet, table, columns)
    if data.families:
        sheet.columns.append(data.families.cards)
    layout = table.reading.layout
    parts = []
    for name, placed in columns.items():
        specs = datasets()[name].columns()
        own = [place for column, place in placed.items() if not specs[column].shared]
        rows_of = data
        notes: list[str] = []
        if len(columns) > 1 or (layout and name in layout.partial):
            # A row of a shared sheet belongs to a dataset whose own columns it fills.
            blank = [where(sheet.columns[place], is_blank)[data.at] for place in own]
            unanswered = np.logical_and.reduce(blank)
            rows_of = data.only(~unanswered)
            if len(columns) == 1 and unanswered.any():
                notes.append(f"{int(unanswered.sum())} baris tanpa isian {datasets()[name].about().title} dilewati.")
        if layout and name in layout.once:
            rows_of, more = _once(sheet, rows_of, list(placed.values()))
            notes += more
        numbers = (rows_of.at + 1).tolist()
        staged = StagedSheet(
            number, sheet.name, name, placed, numbers, sheet, table.reading.unknown, rows_of.families, width
        )
        parts.append(Part(source, staged, rows_of, table, notes))
    return parts


def _once(sheet: SheetText, rows: DataRows, places: list[int]) -> tuple[DataRows, list[str]]:
    """Each family once, where its values stand on every member's row. Rows that differ stay, and are judged as such."""
    seen: set[tuple[str, ...]] = set()
    first = np.zeros(len(rows.at), dtype=bool)
    for index, at in enumerate(rows.at.tolist()):
        values = tuple(shown(sheet.columns[place][at]).strip() for place in places)
        first[index] = values not in seen
        seen.add(values)
    again = len(first) - int(first.sum())
    note = f"Isian keluarga berulang pada {again} baris anggota; dibaca sekali untuk tiap keluarga."
    return rows.only(first), [note] if again else []


def _refusal(table: Table | None) -> str | None:
    """Why a sheet that looks like data cannot be used; None for a sheet that is no data."""
    if table is None:
        return None
    layout, name = table.reading.layout, nearest(table.reading)
    if name is None:
        return _known_as(table) + (layout.note or NOTHING) if layout else None
    labels = [datasets()[name].columns()[c].label for c in table.reading.missing[name]]
    title = datasets()[name].about().title
    missing = f"udul kolom {', '.join(labels)} tidak ditemukan untuk data {title}. {TO_ADD}"
    return f"{_known_as(table)}j{missing}" if layout else f"J{missing}"


def _clash(table: Table, columns: dict[str, dict[str, int]]) -> str | None:
    used = {place for placed in columns.values() for place in placed.values()}
    for label, first, second in table.reading.twice:
        if first in used:
            return (
                f"Judul kolom {label} muncul dua kali (kolom {column_letters(first)} dan {column_letters(second)}). "
                "Hapus atau ganti nama salah satunya."
            )
    return None


def _incomplete(sheet: SheetText, table: Table, columns: dict[str, dict[str, int]]) -> list[Problem]:
    """Datasets of which the sheet has several columns but not the required ones."""
    problems = []
    registers = any(datasets()[name].about().register is None for name in columns)
    for name, placed in table.reading.columns.items():
        specs = datasets()[name].columns()
        own = [c for c in placed if not specs[c].shared]
        recap = datasets()[name].about().register is not None
        if name not in columns and len(own) >= 2 and registers and not recap:
            labels = ", ".join(specs[c].label for c in table.reading.missing[name])
            detail = f"Kolom {datasets()[name].about().title} tidak dibaca karena judul {labels} tidak ada."
            problems.append(problem("FILE04", sheet=sheet.name, detail=detail))
    return problems


def _why_nothing(book: Book, refused: list[tuple[str, str]]) -> str:
    if refused:
        # Of several sheets the one that lacks least is worth mending first.
        sheet, reason = min(refused, key=lambda entry: (NOWHERE not in entry[1], TO_ADD not in entry[1]))
        return f"Sheet '{sheet}': {reason}"
    if not any(sheet.height for sheet in book.sheets):
        return "Berkas tidak berisi data. Isi tabelnya, lalu kirim ulang."
    if all(sheet.hidden for sheet in book.sheets if sheet.height):
        return "Semua sheet tersembunyi. Tampilkan sheet yang berisi data, lalu kirim ulang."
    return "Tidak ada judul kolom yang dikenal. Pakai judul seperti di templat, misalnya NIK, Nomor KK, Nama Lengkap."
