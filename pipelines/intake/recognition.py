"""Which tables a book holds: its sheets recognised by their headings, or refused by name of what is missing."""

from pipelines.intake.cells import column_letters
from pipelines.intake.headings import Table, find_table, nearest, usable
from pipelines.intake.parsing import is_blank
from pipelines.intake.problems import Problem, problem
from pipelines.intake.sheets import DataRows, data_rows
from pipelines.intake.staged import Part, Source, StagedFile, StagedSheet
from pipelines.intake.words import plain
from pipelines.intake.workbook import Book, SheetText
from schemas import datasets

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
            if sheet.text:
                staged.problems.append(problem("FILE01", sheet=sheet.name))
            continue
        rows = sheet.rows()
        table = find_table(rows)
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
        staged.problems += _incomplete(sheet, table, columns)
        found += _parts(source, sheet, number, rows, table, columns)
    if not found:
        staged.rejected = _why_nothing(book, refused)
        staged.problems = [p for p in staged.problems if p.rule != "FILE02"]
    staged.sheets = [part.sheet for part in found]
    return found


def _parts(
    source: Source,
    sheet: SheetText,
    number: int,
    rows: list[list[str]],
    table: Table,
    columns: dict[str, dict[str, int]],
) -> list[Part]:
    data = data_rows(sheet, rows, table, columns)
    parts = []
    for name, placed in columns.items():
        specs = datasets()[name].columns()
        own = [place for column, place in placed.items() if not specs[column].shared]
        rows_of = data
        if len(columns) > 1:  # a row of a shared sheet belongs to a dataset whose own columns it fills
            kept = [i for i, row in enumerate(data.cells) if any(not is_blank(row[p]) for p in own)]
            rows_of = DataRows(
                [data.numbers[i] for i in kept], [data.cells[i] for i in kept], [data.titles[i] for i in kept]
            )
        rows_of.totals = data.totals
        rows_of.uneven = sheet.uneven
        staged = StagedSheet(number, sheet.name, name, placed, rows_of.numbers, rows_of.cells, table.reading.unknown)
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
    if not any(sheet.text for sheet in book.sheets):
        return "Berkas tidak berisi data. Isi tabelnya, lalu kirim ulang."
    if all(sheet.hidden for sheet in book.sheets if sheet.text):
        return "Semua sheet tersembunyi. Tampilkan sheet yang berisi data, lalu kirim ulang."
    return "Tidak ada judul kolom yang dikenal. Pakai judul seperti di templat, misalnya NIK, Nomor KK, Nama Lengkap."
