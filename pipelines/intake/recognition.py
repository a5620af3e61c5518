"""Which tables a book holds: its sheets recognised by their headings, or refused by name of what is missing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from pipelines.intake.cells import shown
from pipelines.intake.familylines import with_families
from pipelines.intake.grouped import group_of, listed_instead
from pipelines.intake.headings import Table, find_table, is_somebody, known_words, likely_table, usable
from pipelines.intake.homes import Homes, find_homes, key_of, names_homes
from pipelines.intake.layouts import Layouts
from pipelines.intake.lists import named_otherwise, why_partial, worth_asking
from pipelines.intake.months import sheets_by_month
from pipelines.intake.nexttable import lower_part, unread_above
from pipelines.intake.nothing import why_nothing
from pipelines.intake.offers import is_telling
from pipelines.intake.otherrt import other_rt
from pipelines.intake.parsing import is_blank
from pipelines.intake.problems import ERROR, Problem, problem
from pipelines.intake.refusals import NOWHERE, TO_ADD
from pipelines.intake.refusing import NO_HEADINGS, clash_of, known_as, refusal, refused_at, told_at
from pipelines.intake.sheets import DataRows, data_rows, first_person, identities, is_below_gap, where, with_titles
from pipelines.intake.staged import Part, Source, StagedFile, StagedSheet
from pipelines.intake.texts import Rows, SheetText
from pipelines.intake.ticks import answers
from pipelines.intake.words import is_list
from pipelines.intake.workbook import Book
from schemas import datasets

FEWEST_KNOWN = 2  # headings that a further table must have
JOINED = "RT tidak tertulis di lembar ini; diambil dari lembar '{}' menurut Nomor KK."
FURTHER = "Mulai baris {} ada tabel lain ({}) yang tidak dikenal, jadi tidak dibaca."


def recognise_parts(source: Source, book: Book, staged: StagedFile, layouts: Layouts) -> list[Part]:
    """The (sheet, dataset) parts of a book. A book without any is rejected with the reason."""
    found: list[Part] = []
    refused: list[Problem] = []
    unread: list[Problem] = []
    staged.problems += [problem("FILE03", detail=note) for note in book.notes]
    below: list[tuple[SheetText, int]] = []

    @cache
    def homes() -> Homes:
        visible = (sheet for sheet in book.sheets if not sheet.hidden)
        return find_homes((sheet, table) for sheet in visible if (table := find_table(Rows(sheet), layouts)))

    for number, sheet in enumerate(book.sheets):
        if is_list(sheet.name):
            continue
        if sheet.hidden:
            if sheet.height:
                staged.problems.append(problem("FILE01", sheet=sheet.name))
            continue
        table = find_table(Rows(sheet), layouts)
        seen = table or likely_table(Rows(sheet), layouts)
        if seen and ((table and usable(table.reading)) or not _is_data(sheet, seen)):
            staged.tables.append((sheet.name, seen))
        taken = _take(source, sheet, number, table, layouts, homes)
        if taken.parts and table and (start := unread_above(sheet, table, layouts)) is not None:
            staged.problems.append(_further(sheet, start))
        if table and not (taken.parts or taken.refused) and not names_homes(table) and first_person(sheet) is not None:
            unread.append(told_at(sheet, "FILE04", NO_HEADINGS, table.heading_row))
        found += taken.parts
        refused += taken.refused
        staged.problems += taken.problems
        below += taken.below
    for number, (sheet, start) in enumerate(below, len(book.sheets)):  # one after another, as they are found
        taken = _take(source, sheet, number, find_table(Rows(sheet), layouts, start), layouts, homes)
        found += taken.parts
        told = [fault for fault in taken.refused if TO_ADD not in fault.message]
        staged.problems += taken.problems + told + ([] if taken.parts or told else [_further(sheet, start)])
        below += taken.below
    for part, why, beside in named_otherwise(found):
        if beside:
            found.remove(part)
        rule = "FILE02" if beside else "FILE04"
        staged.problems.append(told_at(part.sheet.texts, rule, why, part.table.heading_row))
    if not found:
        staged.rejected = why_nothing(book, refused, staged.tables)
    # What is no fault of anybody's is said once, as the reason, where there is nothing else in the book.
    staged.problems += [fault for fault in refused if found or fault.severity == ERROR]
    staged.problems += unread if found else []
    staged.problems += other_rt(source, found) + sheets_by_month(found)
    staged.sheets = [part.sheet for part in found]
    return found


@dataclass
class _Taken:
    """What came of one table of a sheet, and the sheet from its next table on, with the row where that begins."""

    parts: list[Part] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    below: list[tuple[SheetText, int]] = field(default_factory=list)


def _take(
    source: Source, sheet: SheetText, number: int, table: Table | None, layouts: Layouts, homes: Callable[[], Homes]
) -> _Taken:
    """The parts of one table, or why it is refused."""
    columns = usable(table.reading) if table else {}
    if table and not columns:
        table = with_families(sheet, table) or table
        columns = usable(table.reading)
    if table is None or not columns:
        return _Taken(refused=refusal(sheet, table), below=_usable_below(sheet, table, layouts) if table else [])
    if clash := clash_of(sheet, table, columns) or group_of(sheet, table, columns):
        return _Taken(refused=[clash])
    if listed := listed_instead(sheet, table, columns):
        return _Taken(refused=[listed], below=_usable_below(sheet, table, layouts))
    data = data_rows(sheet, table, columns)
    below: list[tuple[SheetText, int]] = []
    start = data.next_table
    if start is not None and _holds_people_of(sheet, columns, start, layouts):
        data = data_rows(sheet, table, columns, to_the_end=True)
    elif start is not None:
        below.append((lower_part(sheet, table.heading_row, start), start))
    parts = _parts(source, sheet, number, table, columns, data)
    partial = {part.sheet.dataset: why for part in parts if (why := why_partial(part))}
    parts = [part for part in parts if part.sheet.dataset not in partial]
    for part in parts:
        part.notes += worth_asking(part)
    if not any(map(_says_where, parts)):
        _join(parts, table, homes())
    if fault := None if partial and not parts else _lacking(sheet, table, parts, homes):
        return _Taken(refused=[fault], below=below)
    notes = [problem("FILE04", sheet=sheet.name, detail=note) for part in parts for note in part.notes]
    refused = [refused_at(sheet, table, why) for why in partial.values()]
    return _Taken(parts, refused, _incomplete(sheet, table, columns) + notes, below)


def _usable_below(sheet: SheetText, table: Table, layouts: Layouts) -> list[tuple[SheetText, int]]:
    """The first usable table below one that cannot be used."""
    for row in range(table.first_row + 1, sheet.height):
        cells = sheet.row(row)
        if not is_below_gap(sheet, row) or is_somebody(cells) or known_words(cells, layouts) < FEWEST_KNOWN:
            continue
        lower = find_table(Rows(sheet), layouts, row)
        if lower and lower.heading_row == row and usable(lower.reading):
            start = with_titles(sheet, row, table.first_row)
            return [(lower_part(sheet, table.heading_row, start), start)]
    return []


def _holds_people_of(sheet: SheetText, columns: dict[str, dict[str, int]], start: int, layouts: Layouts) -> bool:
    """Whether people of a table stand below what seems to begin another, unknown one: then its headings were none."""
    lower = find_table(Rows(sheet), layouts, start)
    if lower and usable(lower.reading):
        return False
    keys = {placed[key] for placed in columns.values() for key in ("nik", "no_kk") if key in placed}
    return any(identities(sheet.columns[key])[start:].any() for key in keys if key < len(sheet.columns))


def _further(sheet: SheetText, start: int) -> Problem:
    """A further table of a sheet that is not read: a summary of the rows above, most often."""
    filled = [text for text in (shown(cell).strip() for cell in sheet.row(start)) if text and is_telling(text)]
    return problem("FILE04", sheet=sheet.name, detail=FURTHER.format(start + 1, ", ".join(filled[:4])))


def _is_data(sheet: SheetText, table: Table) -> bool:
    """Whether the row taken for headings is a row of data: several of its texts stand again below, but not all.

    What a heading says may be shown to anyone; what a row of data says may not.
    """
    filled = [column for column in sheet.columns if column[table.heading_row].strip()]
    again = sum(column.numbers[table.heading_row] in column.numbers[table.first_row :] for column in filled)
    return table.reading.recognised is None and 1 < again < len(filled)


def _join(parts: list[Part], table: Table, homes: Homes) -> None:
    """Take the RT of each family from the sheet that names it."""
    key = key_of(table)
    if key is not None and homes.addresses:
        for part in parts:
            part.homes, part.key = homes.addresses, key
            part.notes.append(JOINED.format(homes.sheet))


def _lacking(sheet: SheetText, table: Table, parts: list[Part], homes: Callable[[], Homes]) -> Problem | None:
    """Why rows that were found cannot be placed: their families or their RT are named nowhere."""
    if table.reading.block and not any(part.rows.families for part in parts):
        reason = "nomor KK di atas anggota keluarga tidak ditemukan. Salin lembarnya utuh."
    elif not any(_says_where(part) for part in parts):
        reason = (key_of(table) is not None and homes().reason) or NOWHERE
    else:
        return None
    return refused_at(sheet, table, known_as(table) + reason)


def _says_where(part: Part) -> bool:
    """Whether anything says in which RT the rows live: a column, a title line, or the file's place."""
    return (
        "rt" in part.sheet.columns
        or part.source.place.rt is not None
        or not part.sheet.numbers
        or bool(part.homes)
        or any(title.rt for title in part.rows.titles)
    )


def _parts(
    source: Source,
    sheet: SheetText,
    number: int,
    table: Table,
    columns: dict[str, dict[str, int]],
    data: DataRows,
) -> list[Part]:
    width, ticked = len(sheet.columns), table.reading.ticked
    sheet.columns += [answers(sheet, ticked[place], data.at.tolist()) for place in sorted(ticked)]
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
        asked = {column: ticked[place].places[0][1] for column, place in placed.items() if place in ticked}
        staged = StagedSheet(
            number, sheet.name, name, placed, numbers, sheet, table.reading.unknown, rows_of.families, width, asked
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
