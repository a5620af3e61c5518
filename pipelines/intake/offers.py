"""What the headings of a sheet seem to mean: known ones, unknown ones and the nearest known heading of each."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pipelines.intake.contents import contents, said_by_values
from pipelines.intake.headings import Reading, Table, usable
from pipelines.intake.layouts import Layout
from pipelines.intake.staged import StagedFile
from pipelines.intake.texts import SheetText
from pipelines.intake.vocabulary import PARTS, meaning, vocabulary
from pipelines.intake.words import plain
from schemas import datasets

NEAR = 0.75  # how alike two writings must be for one to be offered for the other
NEARER = 0.85  # of short ones: `No Urut` is no `No RT`
LONG_ENOUGH = 5
SHORTEST = 3  # letters of a heading that is worth comparing
LONG_NUMBER = re.compile(r"(?:\d[\s.-]*){8}")  # may be a NIK, a card or a telephone: data, not a heading

# A dataset, what headings name of it, what they seem to mean of it, and the labels of values that say so.
_Fit = tuple[str, dict[str, str], dict[str, str], dict[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Offer:
    """One sheet's headings. `known` are (heading, label), `unknown` (heading, our column or None)."""

    sheet: str
    layout: Layout | None
    name: str | None  # the layout and its vintage as the officer reads them
    marks: frozenset[str]  # what betrayed it
    refused: bool
    dataset: str
    known: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str | None], ...]
    says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # unknown heading -> what its values betray

    def label(self, column: str) -> str:
        """A column as the officer knows it."""
        return datasets()[self.dataset].columns()[column].label


def is_telling(text: str) -> bool:
    """Whether a text may be shown as a heading: a long number betrays that it is somebody's data."""
    return not LONG_NUMBER.search(text)


def offers(staged: StagedFile, sheets: Iterable[SheetText]) -> list[Offer]:
    """An offer for each sheet that has headings; `sheets` are those of the book."""
    used, texts = {sheet.name for sheet in staged.sheets}, {sheet.name: sheet for sheet in sheets}
    made = (_offer(texts[name], table, name not in used) for name, table in staged.tables)
    return [offer for offer in made if offer]


def _offer(sheet: SheetText, table: Table, refused: bool) -> Offer | None:
    reading = table.reading
    lines = {ways[0].strip(): ways for ways in reading.texts if ways[0].strip()}
    if not all(map(is_telling, lines)):
        return None  # a row of data, not of headings: nothing of it is repeated
    values = contents(sheet, table)
    dataset, known, guesses, says = max((_for(name, lines, reading, values) for name in _fed(reading)), key=_worth)
    specs = datasets()[dataset].columns()
    found = reading.recognised
    marks = next((m for v, m in found.layout.marks if v == found.vintage), frozenset()) if found else frozenset()
    return Offer(
        sheet.name,
        reading.layout,
        found.name if found else None,
        marks,
        refused,
        dataset,
        tuple((text, specs[column].label) for text, column in known.items()),
        tuple((text, guesses.get(text)) for text in _strangers(lines, reading)),
        says,
    )


def _fed(reading: Reading) -> list[str]:
    """The datasets that the sheet feeds, or may be meant for."""
    layout = reading.layout
    allowed = [name for name in datasets() if not layout or layout.feeds is None or name in layout.feeds]
    return list(usable(reading)) or allowed or list(datasets())


def _strangers(lines: dict[str, tuple[str, ...]], reading: Reading) -> list[str]:
    """The headings that no dataset knows and no layout declares."""
    layout = reading.layout
    named = {text for text, ways in lines.items() if any(meaning(name, ways, layout) for name in datasets())}
    return [text for text in dict.fromkeys(reading.unknown) if text not in named]


def _for(
    dataset: str, lines: dict[str, tuple[str, ...]], reading: Reading, values: Mapping[str, Mapping[str, int]]
) -> _Fit:
    """Which headings name a column of the dataset, and which seem to: by their values first, then by their letters."""
    known = {text: m[0] for text, ways in lines.items() if (m := meaning(dataset, ways, reading.layout))}
    strangers, taken = _strangers(lines, reading), set(known.values())
    said = {text: said for text in strangers if (said := said_by_values(dataset, values.get(text, {})))}
    meant = Counter(found.column for found in said.values())
    said = {text: found for text, found in said.items() if meant[found.column] == 1 and found.column not in taken}
    guesses = {text: found.column for text, found in said.items()}
    letters = [text for text in strangers if text not in guesses]
    guesses |= _guesses(dataset, letters, taken | set(guesses.values()))
    alone = _guesses(dataset, strangers, taken)  # what the letters say by themselves needs no further reason
    return dataset, known, guesses, {t: found.labels for t, found in said.items() if alone.get(t) != found.column}


def _worth(made: _Fit) -> tuple[int, int, int]:
    """How well a dataset fits: its own columns first, for keys and places fit several."""
    dataset, known, guesses, _ = made
    specs = datasets()[dataset].columns()
    columns = [*known.values(), *guesses.values()]
    required = sum(specs[column].required for column in columns)
    return required, sum(not specs[column].shared for column in columns), len(columns)


def _guesses(dataset: str, strangers: list[str], taken: set[str]) -> dict[str, str]:
    """The nearest free column of each unknown heading, the surest pairs first."""
    near = sorted(
        (
            (ratio, text, column)
            for text in strangers
            if plain(text.rpartition(" ")[2]) not in PARTS  # men of something are never something like it
            for word, (column, _) in vocabulary()[dataset].items()
            if column not in taken and (ratio := _likeness(plain(text), word))
        ),
        reverse=True,
    )
    guesses: dict[str, str] = {}
    for _, text, column in near:
        if text not in guesses and column not in guesses.values():
            guesses[text] = column
    return guesses


def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) < SHORTEST:
        return 0.0
    match = SequenceMatcher(None, one, other, autojunk=False)
    near = NEAR if min(len(one), len(other)) >= LONG_ENOUGH else NEARER
    ratio = match.ratio() if match.quick_ratio() >= near else 0.0
    return ratio if ratio >= near else 0.0
