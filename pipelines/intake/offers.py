"""What the headings of a sheet seem to mean: known ones, unknown ones and the nearest known heading of each."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipelines.intake.headings import Reading, Table, usable
from pipelines.intake.layouts import Layout
from pipelines.intake.staged import StagedFile
from pipelines.intake.vocabulary import PARTS, meaning, vocabulary
from pipelines.intake.words import plain
from schemas import datasets

NEAR = 0.75  # how alike two writings must be for one to be offered for the other
NEARER = 0.85  # of short ones: `No Urut` is no `No RT`
LONG_ENOUGH = 5
SHORTEST = 3  # letters of a heading that is worth comparing
LONG_NUMBER = re.compile(r"(?:\d[\s.-]*){8}")  # may be a NIK, a card or a telephone: data, not a heading


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

    def label(self, column: str) -> str:
        """A column as the officer knows it."""
        return datasets()[self.dataset].columns()[column].label


def is_telling(text: str) -> bool:
    """Whether a text may be shown as a heading: a long number betrays that it is somebody's data."""
    return not LONG_NUMBER.search(text)


def offers(staged: StagedFile) -> list[Offer]:
    """An offer for each sheet that has headings."""
    used = {sheet.name for sheet in staged.sheets}
    made = (_offer(name, table, name not in used) for name, table in staged.tables)
    return [offer for offer in made if offer]


def _offer(sheet: str, table: Table, refused: bool) -> Offer | None:
    reading = table.reading
    lines = {ways[0].strip(): ways for ways in reading.texts if ways[0].strip()}
    if not all(map(is_telling, lines)):
        return None  # a row of data, not of headings: nothing of it is repeated
    dataset, known, guesses = max((_for(name, lines, reading) for name in _fed(reading)), key=_worth)
    specs = datasets()[dataset].columns()
    found = reading.recognised
    marks = next((m for v, m in found.layout.marks if v == found.vintage), frozenset()) if found else frozenset()
    return Offer(
        sheet,
        reading.layout,
        found.name if found else None,
        marks,
        refused,
        dataset,
        tuple((text, specs[column].label) for text, column in known.items()),
        tuple((text, guesses.get(text)) for text in _strangers(lines, reading)),
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
    dataset: str, lines: dict[str, tuple[str, ...]], reading: Reading
) -> tuple[str, dict[str, str], dict[str, str]]:
    """Which headings name a column of the dataset, and which seem to."""
    known = {text: m[0] for text, ways in lines.items() if (m := meaning(dataset, ways, reading.layout))}
    return dataset, known, _guesses(dataset, _strangers(lines, reading), set(known.values()))


def _worth(made: tuple[str, dict[str, str], dict[str, str]]) -> tuple[int, int, int]:
    """How well a dataset fits: its own columns first, for keys and places fit several."""
    dataset, known, guesses = made
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
