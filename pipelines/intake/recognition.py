"""Which tables a book holds: its sheets recognised by their headings, or refused by name of what is missing."""

import numpy as np

from pipelines.intake.cells import column_letters
from pipelines.intake.headings import Table, find_table, nearest, usable
from pipelines.intake.parsing import is_blank
from pipelines.intake.problems import Problem, problem
from pipelines.intake.sheets import data_rows, where
from pipelines.intake.staged import Part, Source, StagedFile, StagedSheet
from pipelines.intake.texts import Rows, SheetText
from pipelines.intake.words import plain
from pipelines.intake.workbook import Book
from schemas import datasets

NOWHERE = "Judul kolom RT tidak ditemukan. Tambahkan kolom RT, atau tulis RT : 005  RW : 002 di atas tabel."
IGNORED_SHEETS = {plain("Perbaiki dulu")}  # the list that a returned workbook carries


def recognise_parts(source: Source, book: Book, staged: StagedFile) -> list[Part]:
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
        table = find_table(Rows(sheet))
        columns = usable(table.reading) if table else {}
        if table is None or not columns:
            reason = _refusal(table)
            if reason:
                refused.append((sheet.name, reason))
                staged.problems.append(problem("FILE02", sheet=sheet.name, row=0, detail=reason))
            continue
        if clash := _clash(table, columns):
            refused.append((sheet.name, clash))
            staged.problems.append(problem("FILE02", sheet=sheet.name, detail=clash))
            continue
        parts = _parts(source, sheet, number, table, columns)
        if not any(_says_where(part) for part in parts):
            refused.append((sheet.name, NOWHERE))
            staged.problems.append(problem("FILE02", sheet=sheet.name, detail=NOWHERE))
            continue
        staged.problems += _incomplete(sheet, table, columns)
        found += parts
    if not found:
        staged.rejected = _why_nothing(book, refused)
        staged.problems = [p for p in staged.problems if p.rule != "FILE02"]
    staged.sheets = [part.sheet for part in found]
    return found


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
    data = data_rows(sheet, table, columns)
    parts = []
    for name, placed in columns.items():
        specs = datasets()[name].columns()
        own = [place for column, place in placed.items() if not specs[column].shared]
        rows_of = data
        if len(columns) > 1:  # a row of a shared sheet belongs to a dataset whose own columns it fills
            blank = [where(sheet.columns[place], is_blank)[data.at] for place in own]
            rows_of = data.only(~np.logical_and.reduce(blank))
        numbers = (rows_of.at + 1).tolist()
        staged = StagedSheet(number, sheet.name, name, placed, numbers, sheet, table.reading.unknown)
        parts.append(Part(source, staged, rows_of, table))
    return parts


def _refusal(table: Table | None) -> str | None:
    """Why a sheet that looks like data cannot be used; None for a sheet that is no data."""
    name = nearest(table.reading) if table else None
    if table is None or name is None:
        return None
    labels = [datasets()[name].columns()[c].label for c in table.reading.missing[name]]
    title = datasets()[name].about().title
    return f"Judul kolom {', '.join(labels)} tidak ditemukan untuk data {title}. Tambahkan kolom itu."


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
        return f"Sheet '{refused[0][0]}': {refused[0][1]}"
    if not any(sheet.height for sheet in book.sheets):
        return "Berkas tidak berisi data. Isi tabelnya, lalu kirim ulang."
    if all(sheet.hidden for sheet in book.sheets if sheet.height):
        return "Semua sheet tersembunyi. Tampilkan sheet yang berisi data, lalu kirim ulang."
    return "Tidak ada judul kolom yang dikenal. Pakai judul seperti di templat, misalnya NIK, Nomor KK, Nama Lengkap."
