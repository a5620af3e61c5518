"""Which tables a book holds: its sheets recognised by their headings, or refused by name of what is missing."""

import numpy as np

from pipelines.areas import default_name, rt_code
from pipelines.intake.cells import column_letters, shown
from pipelines.intake.headings import Table, find_table, likely_table, nearest, usable
from pipelines.intake.layouts import Layouts
from pipelines.intake.parsing import is_blank
from pipelines.intake.problems import ERROR, Problem, problem
from pipelines.intake.sheets import DataRows, data_rows, where
from pipelines.intake.staged import Part, Source, StagedFile, StagedSheet
from pipelines.intake.texts import Rows, SheetText
from pipelines.intake.words import plain
from pipelines.intake.workbook import Book
from schemas import datasets

TWICE = "Judul kolom {} muncul dua kali (kolom {} dan {}). Hapus atau ganti nama salah satunya."
OTHER_RT = (
    "Nama berkas atau foldernya menyebut {}, tetapi di atas tabel tertulis {}. Yang dipakai {}; periksa nomornya."
)
NOWHERE = "Judul kolom RT tidak ditemukan. Tambahkan kolom RT, atau tulis RT : 005  RW : 002 di atas tabel."
TO_ADD = "Tulis judul itu di atas kolomnya, atau tambahkan kolomnya."
NOTHING = "isinya tidak dipakai."
IGNORED_SHEETS = {plain("Perbaiki dulu")}  # the list that a returned workbook carries


def recognise_parts(source: Source, book: Book, staged: StagedFile, layouts: Layouts) -> list[Part]:
    """The (sheet, dataset) parts of a book. A book without any is rejected with the reason."""
    found = []
    refused: list[Problem] = []
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
            refused += _refusal(sheet, table)
            continue
        clash = _clash(sheet, table, columns)
        parts = [] if clash else _parts(source, sheet, number, table, columns)
        if fault := clash or _lacking(sheet, table, parts):
            refused.append(fault)
            continue
        staged.problems += _incomplete(sheet, table, columns)
        staged.problems += [problem("FILE04", sheet=sheet.name, detail=note) for part in parts for note in part.notes]
        found += parts
    if not found:
        staged.rejected = _why_nothing(book, refused)
    # What is no fault of anybody's is said once, as the reason, where there is nothing else in the book.
    staged.problems += [fault for fault in refused if found or fault.severity == ERROR]
    staged.problems += _other_rt(source, found)
    staged.sheets = [part.sheet for part in found]
    return found


def _is_data(sheet: SheetText, table: Table) -> bool:
    """Whether the row taken for headings is a row of data: several of its texts stand again below, but not all.

    What a heading says may be shown to anyone; what a row of data says may not.
    """
    filled = [column for column in sheet.columns if column[table.heading_row].strip()]
    again = sum(column.numbers[table.heading_row] in column.numbers[table.first_row :] for column in filled)
    return table.reading.recognised is None and 1 < again < len(filled)


def _lacking(sheet: SheetText, table: Table, parts: list[Part]) -> Problem | None:
    """Why rows that were found cannot be placed: their families or their RT are named nowhere."""
    if table.reading.block and not any(part.rows.families for part in parts):
        reason = "nomor KK di atas anggota keluarga tidak ditemukan. Salin lembarnya utuh."
    elif not any(_says_where(part) for part in parts):
        reason = NOWHERE
    else:
        return None
    return _refused(sheet, table, _known_as(table) + reason)


def _known_as(table: Table) -> str:
    """How a sentence about a sheet of a known layout begins."""
    return f"Dikenal sebagai {table.reading.recognised.name}: " if table.reading.recognised else ""


def _other_rt(source: Source, parts: list[Part]) -> list[Problem]:
    """Tables that say another RT than the file's name: one of the two was mistyped, and a whole RT is at stake.

    A file with several RTs in one dataset may be named after any of them.
    """
    named = source.place
    titles = [
        (part.sheet, title, cell)
        for part in parts
        for title, cell in zip(part.rows.titles, part.rows.title_cells, strict=True)
        if title.rt
    ]
    told = {(sheet.dataset, _number(title.rt), _number(title.rw)) for sheet, title, _ in titles}
    several = len(told) > len({dataset for dataset, _, _ in told})
    if not named.rt or several or any("rt" in part.sheet.columns for part in parts):
        return []
    problems: dict[str, Problem] = {}
    for sheet, title, cell in titles:
        other_rw = title.rw and named.rw and _number(title.rw) != _number(named.rw)
        if other_rw or _number(title.rt) != _number(named.rt):
            outside, above = (default_name(rt_code("", address), "rt") for address in (named, title))
            said = OTHER_RT.format(outside, above, above)
            problems.setdefault(sheet.name, problem("FILE06", sheet=sheet.name, cell=cell, detail=said))
    return list(problems.values())


def _number(text: str | None) -> int:
    return int(text or 0)


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


def _refusal(sheet: SheetText, table: Table | None) -> list[Problem]:
    """Why a sheet that looks like data cannot be used; nothing of a sheet that is no data."""
    if table is None:
        return []
    layout, name = table.reading.layout, nearest(table.reading)
    if name is None:  # a sheet that a known layout sets aside is no fault of anybody's
        reason = _known_as(table) + (layout.note or NOTHING) if layout else ""
        return [problem("FILE04", sheet=sheet.name, detail=reason)] if layout else []
    labels = [datasets()[name].columns()[c].label for c in table.reading.missing[name]]
    title = datasets()[name].about().title
    missing = f"udul kolom {', '.join(labels)} tidak ditemukan untuk data {title}. {TO_ADD}"
    return [_refused(sheet, table, f"{_known_as(table)}j{missing}" if layout else f"J{missing}")]


def _refused(sheet: SheetText, table: Table, reason: str, place: int | None = None) -> Problem:
    """Why a sheet cannot be used, at the heading that is meant, else at the first one."""
    row = table.heading_row
    if place is None:
        place = next((at for at, text in enumerate(sheet.row(row)) if text.strip()), 0)
    return problem("FILE02", sheet=sheet.name, row=row + 1, cell=f"{column_letters(place)}{row + 1}", detail=reason)


def _clash(sheet: SheetText, table: Table, columns: dict[str, dict[str, int]]) -> Problem | None:
    """The first label that two headings share, marked at the second."""
    used = {place for placed in columns.values() for place in placed.values()}
    for label, first, second in table.reading.twice:
        if first in used:
            return _refused(sheet, table, TWICE.format(label, column_letters(first), column_letters(second)), second)
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


def _why_nothing(book: Book, refused: list[Problem]) -> str:
    if refused:
        # Of several sheets the one that lacks least is worth mending first.
        first = min(refused, key=lambda fault: (NOWHERE not in fault.message, TO_ADD not in fault.message))
        return f"Sheet '{first.sheet}': {first.message}"
    if not any(sheet.height for sheet in book.sheets):
        return "Berkas tidak berisi data. Isi tabelnya, lalu kirim ulang."
    if all(sheet.hidden for sheet in book.sheets if sheet.height):
        return "Semua sheet tersembunyi. Tampilkan sheet yang berisi data, lalu kirim ulang."
    return "Tidak ada judul kolom yang dikenal. Pakai judul seperti di templat, misalnya NIK, Nomor KK, Nama Lengkap."
