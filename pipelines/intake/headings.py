"""Finds the heading row of a sheet wherever it stands, and the dataset columns it names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.intake.cells import shown
from pipelines.intake.headlines import Ways, is_sub_heading, is_wordy, one_line, several_lines
from pipelines.intake.layouts import Block, Layout, Layouts, Recognised
from pipelines.intake.ticks import Ticked, find_ticked
from pipelines.intake.vocabulary import all_words, is_known, meaning
from pipelines.intake.words import plain, readings
from schemas import datasets

ROWS_SEARCHED = 60  # a heading stands within the first 60 rows, or the sheet is no table
FEWEST_HEADINGS = 3  # of a table of which nothing else is known
IDENTITY = 16  # digits of a NIK and of a family card's number
COMPLETE = 1_000  # the rank from which a reading is complete for a dataset
RECOGNISED = 100  # what a recognised layout adds to the rank: its headings may name few columns of ours


@dataclass(frozen=True)
class Reading:
    """What a heading line, one row or two, says; the same line of 600 workbooks is read once."""

    texts: tuple[Ways, ...]  # of each column, the ways to read what stands above it
    ways: tuple[frozenset[str], ...]  # the same as plain words
    columns: dict[str, dict[str, int]]  # dataset -> column -> where it stands, from 0
    missing: dict[str, list[str]]  # dataset -> required columns without a heading
    twice: list[tuple[str, int, int]]  # label, its two places
    unknown: list[str]
    recognised: Recognised | None
    ticked: dict[int, Ticked]  # place right of all columns -> the columns in which its answers are ticked
    families: Block | None = None  # how families stand above their members in a sheet of no known layout

    @property
    def layout(self) -> Layout | None:
        """The foreign layout that the headings betray."""
        return self.recognised.layout if self.recognised else None

    @property
    def block(self) -> Block | None:
        """The lines above each family, where the sheet has no column of card numbers: officers flatten such forms."""
        block = self.layout.block if self.layout else self.families
        stated = any(columns.get("no_kk", len(self.texts)) < len(self.texts) for columns in self.columns.values())
        return None if stated else block

    @property
    def rank(self) -> int:
        """How good a heading line it is: complete for a dataset, of a known layout, then by the columns it names."""
        named = max((len(columns) for columns in self.columns.values()), default=0)
        complete = any(not self.missing[name] for name in self.columns)
        named += sum(len(ticked.places) - 1 for ticked in self.ticked.values())
        return named + (COMPLETE if complete else 0) + (RECOGNISED if self.recognised else 0)


@dataclass(frozen=True)
class Table:
    """A reading in its place. Rows count from 0."""

    heading_row: int
    first_row: int  # the first row below the headings
    reading: Reading


def find_table(rows: Sequence[list[str]], layouts: Layouts, first: int = 0) -> Table | None:
    """The best table of the sheet from the row `first` on, or None where no row looks like headings at all."""
    best: Table | None = None
    loose: list[Table] = []  # whose first line alone tells little: only if nothing below is as good
    for start in range(first, min(len(rows), first + ROWS_SEARCHED)):
        if best and best.reading.rank >= COMPLETE and start > best.heading_row + 1:
            break  # below complete headings stands data
        if best and is_somebody(rows[start]) and _names_people(best.reading):
            break  # below headings of people stand these people: whatever is complete further down is not their table
        if is_somebody(rows[start]) or not (known := known_words(rows[start], layouts)) or _is_form(rows[start]):
            continue
        if known < 2:
            if is_wordy(rows[start]):
                loose += [t for t in _candidates(rows, start, layouts) if t.first_row > start + 1]
            continue
        for table in _candidates(rows, start, layouts):
            if best is None or table.reading.rank > best.reading.rank:
                best = table
    if best:
        better = [table for table in loose if table.reading.rank > best.reading.rank]
        best = max(better, key=lambda table: table.reading.rank, default=best)
    return best


def _names_people(reading: Reading) -> bool:
    """Whether a heading line has a column of numbers that name people or families."""
    return any(
        columns.get(key, len(reading.texts)) < len(reading.texts)
        for columns in reading.columns.values()
        for key in ("nik", "no_kk")
    )


def likely_table(rows: Sequence[list[str]], layouts: Layouts) -> Table | None:
    """The first row that looks like headings although none is known: words without digits, and digits below."""
    for start in range(min(len(rows) - 1, ROWS_SEARCHED)):
        filled = [cell for cell in rows[start] if cell.strip()]
        words = not any(map(_has_digit, filled)) and len(set(filled)) == len(filled) >= FEWEST_HEADINGS
        if words and any(map(_has_digit, rows[start + 1])):
            return Table(start, start + 1, read_line(one_line(rows[start]), layouts))
    return None


def is_somebody(row: list[str]) -> bool:
    """Whether a row is data for certain: it holds a whole NIK or card number. What else it says is not looked at."""
    return any(len(cell) == IDENTITY and cell.isdigit() for cell in row)


def _is_form(row: list[str]) -> bool:
    """Whether a row is a line of a form above the table: `RW`, `:`, `002`."""
    return any(cell.lstrip().startswith(":") for cell in row)


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def known_words(row: list[str], layouts: Layouts) -> int:
    """How many cells of a row can name a column."""
    return sum(_is_heading(cell, layouts) for cell in row if cell)


@lru_cache(maxsize=20_000)
def _is_heading(cell: str, layouts: Layouts) -> bool:
    return any(word in all_words() or word in layouts.words for word in readings(shown(cell)))


def _candidates(rows: Sequence[list[str]], start: int, layouts: Layouts) -> list[Table]:
    """The headings that may begin in a row: it alone, with the next one, with the next two. The likeliest first."""
    tables = [Table(start, start + 1, read_line(one_line(rows[start]), layouts))]
    if start + 1 == len(rows) or is_somebody(rows[start + 1]):
        return tables
    upper, lower = rows[start], rows[start + 1]
    if known_words(lower, layouts) or not all(upper):  # else a full line above data
        double = Table(start, start + 2, read_line(several_lines([upper, lower]), layouts))
        tables.insert(0 if is_sub_heading(upper, lower) else 1, double)
    third = rows[start + 2] if start + 2 < len(rows) else []
    if third and not all(lower) and is_wordy(upper) and is_wordy(third):
        above = [one or other for one, other in zip(upper, lower, strict=True)]
        below = is_sub_heading(above, third)
        if below or known_words(third, layouts):
            triple = Table(start, start + 3, read_line(several_lines([upper, lower, third]), layouts))
            tables.insert(0 if below else len(tables), triple)
    return tables


@lru_cache(maxsize=512)
def read_line(texts: tuple[Ways, ...], layouts: Layouts) -> Reading:
    """What a heading line says, given the ways to read each of its cells."""
    headings = [ways[0] for ways in texts]
    recognised = layouts.recognise(way for ways in texts for way in ways)
    above = tuple(frozenset(map(plain, ways)) for ways in texts)
    reading = Reading(texts, above, {}, {}, [], [], recognised, {})
    layout = reading.layout
    used: set[int] = set()
    # Data below a heading is looked at too, and hardly any of its texts names a column: they are set aside once.
    telling = {i: ways for i, ways in enumerate(texts) if any(is_known(way, layout) for way in ways)}
    for name, dataset in datasets().items():
        if layout and layout.feeds is not None and name not in layout.feeds:
            continue
        specs, placed = dataset.columns(), _placed(name, telling, reading)
        columns = {column: place for column, (place, _) in placed.items()}
        if layout is None:
            for ticked in find_ticked(name, texts, columns):
                columns[ticked.column] = len(texts) + len(reading.ticked)
                reading.ticked[columns[ticked.column]] = ticked
                used.update(place for _, place in ticked.places)
        if all(specs[column].shared for column in columns):
            continue  # keys and places alone never make a dataset
        if layout and layout.block and "no_kk" in specs:
            columns.setdefault("no_kk", len(texts))  # stands above the family; it gets a column right of all others
        reading.columns[name] = columns
        used.update(columns.values())
        reading.missing[name] = [
            c for c, s in specs.items() if s.required and c not in columns and c not in dataset.places()
        ]
    reading.unknown.extend(
        h.strip() for i, h in enumerate(headings) if h.strip() and i not in used and not _is_declared(texts[i], layout)
    )
    return reading


def _is_declared(ways: Ways, layout: Layout | None) -> bool:
    return layout is not None and any(word in layout.columns for way in ways for word in readings(way))


def _placed(dataset: str, texts: dict[int, Ways], reading: Reading) -> dict[str, tuple[int, int]]:
    """Column -> (place, rank). The better-ranked heading of a column wins; two of one rank are a clash."""
    placed: dict[str, tuple[int, int]] = {}
    for place, ways in texts.items():
        match = meaning(dataset, ways, reading.layout)
        if match is None:
            continue
        column, rank = match
        if column not in placed or rank < placed[column][1]:
            placed[column] = (place, rank)
        elif reading.layout and column in reading.layout.repeated:
            continue
        elif rank == placed[column][1]:
            clash = (datasets()[dataset].columns()[column].label, placed[column][0], place)
            if clash not in reading.twice:
                reading.twice.append(clash)
    return placed


def usable(reading: Reading) -> dict[str, dict[str, int]]:
    """The datasets that the headings feed: complete ones, registers before recaps."""
    complete = {name: columns for name, columns in reading.columns.items() if not reading.missing[name]}
    registers = {n: c for n, c in complete.items() if datasets()[n].about().register is None}
    return registers or complete


def nearest(reading: Reading) -> str | None:
    """The dataset that an incomplete table was probably meant for, None where it is probably no data at all."""
    scores: Counter[str] = Counter()
    certain = reading.recognised is not None  # a known layout is data, however little of it we have columns for
    for name, columns in reading.columns.items():
        specs = datasets()[name].columns()
        required = [c for c, s in specs.items() if s.required and c not in datasets()[name].places()]
        met = sum(c in columns for c in required)
        own = sum(not specs[c].shared for c in columns)
        keyed = any(c in columns for c in ("nik", "no_kk"))
        recap = datasets()[name].about().register is not None
        if certain or met * 2 >= len(required) or (met >= 2 and (keyed or own >= 3)) or (recap and own >= 2):
            scores[name] = met * 10 + own
    return scores.most_common(1)[0][0] if scores else None
