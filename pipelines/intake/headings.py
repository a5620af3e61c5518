"""Finds the heading row of a sheet wherever it stands, and the dataset columns it names."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from pipelines.intake.cells import shown
from pipelines.intake.layouts import Layout, recognise
from pipelines.intake.words import plain, readings
from schemas import datasets

ROWS_SEARCHED = 60  # a heading stands within the first 60 rows, or the sheet is no table
OWN_RANK, SYNONYM_RANK = 0, 1


@dataclass
class Table:
    """What the headings of a sheet say. Column numbers count from 0, rows from 0."""

    first_row: int  # the first row below the headings
    heading_row: int
    columns: dict[str, dict[str, int]]  # dataset -> column -> where it stands
    missing: dict[str, list[str]] = field(default_factory=dict)  # dataset -> required columns without a heading
    twice: list[tuple[str, int, int]] = field(default_factory=list)  # heading, its two places
    unknown: list[str] = field(default_factory=list)
    layout: Layout | None = None
    heading: tuple[str, ...] = ()


@cache
def vocabulary() -> dict[str, dict[str, tuple[str, int]]]:
    """Dataset -> plain heading -> (column, rank); a label or canonical name outranks a synonym."""
    words: dict[str, dict[str, tuple[str, int]]] = {}
    for name, dataset in datasets().items():
        known = words[name] = {}
        for column, spec in dataset.columns().items():
            for synonym in spec.synonyms:
                known.setdefault(plain(synonym), (column, SYNONYM_RANK))
        for column, spec in dataset.columns().items():
            known[plain(column)] = known[plain(spec.label)] = (column, OWN_RANK)
    return words


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for known in vocabulary().values() for word in known)


def find_table(rows: list[list[str]]) -> Table | None:
    """The best table of the sheet, or None where no row looks like headings at all."""
    best: tuple[int, Table] | None = None
    for start in range(min(len(rows), ROWS_SEARCHED)):
        if _known_words(rows[start]) < 2:
            continue
        for table in _candidates(rows, start):
            score = max((len(c) for c in table.columns.values()), default=0)
            complete = any(not table.missing[d] for d in table.columns)
            rank = score + (1_000 if complete else 0)
            if best is None or rank > best[0]:
                best = (rank, table)
    return best[1] if best else None


def _known_words(row: list[str]) -> int:
    return sum(1 for cell in row if cell and any(w in _all_words() for w in readings(shown(cell))))


def _candidates(rows: list[list[str]], start: int) -> list[Table]:
    single = [[shown(cell)] for cell in rows[start]]
    tables = [_read(single, start, start + 1)]
    if start + 1 < len(rows):
        double = _two_lines(rows[start], rows[start + 1])
        if double:
            tables.append(_read(double, start, start + 2))
    return tables


def _two_lines(upper: list[str], lower: list[str]) -> list[list[str]] | None:
    """The ways to read a two-line heading: both lines, the lower, the upper. A merged upper cell reaches rightwards."""
    if not any(cell.strip() and not shown(cell).strip().lstrip("-").isdigit() for cell in lower):
        return None
    spans: list[list[str]] = []
    over = ""
    for above, below in zip(map(shown, upper), map(shown, lower), strict=False):
        over = above if above.strip() else over
        if below.strip():
            spans.append([f"{over} {below}", below] if not above.strip() else [f"{above} {below}", below, above])
        else:
            spans.append([above])
    return spans


def _read(texts: list[list[str]], heading_row: int, first_row: int) -> Table:
    headings = [ways[0] for ways in texts]
    layout = recognise([way for ways in texts for way in ways])
    table = Table(first_row, heading_row, {}, layout=layout, heading=tuple(plain(h) for h in headings))
    used: set[int] = set()
    for name, dataset in datasets().items():
        placed: dict[str, tuple[int, int]] = {}
        for place, ways in enumerate(texts):
            match = _match(name, ways, layout)
            if match is None:
                continue
            column, rank = match
            if column not in placed or rank < placed[column][1]:
                placed[column] = (place, rank)
            elif rank == placed[column][1]:
                table.twice.append((dataset.columns()[column].label, placed[column][0], place))
        columns = {column: place for column, (place, _) in placed.items()}
        specs = dataset.columns()
        if not any(not specs[column].shared for column in columns):
            continue  # keys and places alone never make a dataset
        table.columns[name] = columns
        used.update(columns.values())
        places = dataset.places()
        table.missing[name] = [c for c, s in specs.items() if s.required and c not in columns and c not in places]
    table.unknown = [h.strip() for i, h in enumerate(headings) if h.strip() and i not in used]
    table.twice = list(dict.fromkeys(table.twice))
    return table


def _match(dataset: str, ways: list[str], layout: Layout | None) -> tuple[str, int] | None:
    known = vocabulary()[dataset]
    own = {column for column, _ in known.values()}
    for way in ways:
        for word in readings(way):
            if layout and word in layout.columns:
                column = layout.columns[word]
                return (column, OWN_RANK) if column in own else None
            if word in known:
                return known[word]
    return None


def usable(table: Table) -> dict[str, dict[str, int]]:
    """The datasets that the table feeds: complete ones, registers before recaps."""
    complete = {name: columns for name, columns in table.columns.items() if not table.missing[name]}
    registers = {n: c for n, c in complete.items() if datasets()[n].about().register is None}
    return registers or complete


def nearest(table: Table) -> str | None:
    """The dataset that an incomplete table was probably meant for, None where it is probably no data at all."""
    scores: Counter[str] = Counter()
    for name, columns in table.columns.items():
        specs = datasets()[name].columns()
        required = [c for c, s in specs.items() if s.required and c not in datasets()[name].places()]
        met = sum(c in columns for c in required)
        own = sum(not specs[c].shared for c in columns)
        keyed = any(c in columns for c in ("nik", "no_kk")) or not any(c in specs for c in ("nik", "no_kk"))
        if keyed and (met * 2 >= len(required) or (own >= 3 and met)):
            scores[name] = met * 10 + own
    return scores.most_common(1)[0][0] if scores else None
