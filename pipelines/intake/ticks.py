"""Answers that are ticked: one column a code, a `v` below L or P, where others write the code in one column."""

from array import array
from dataclasses import dataclass
from functools import cache

from pipelines.intake.cells import shown
from pipelines.intake.parsing import is_blank
from pipelines.intake.texts import SheetText, Texts
from pipelines.intake.vocabulary import PARTS
from pipelines.intake.words import plain, tidy
from schemas import datasets
from schemas.codelists import code_list
from schemas.kinds import Code

TICKS = frozenset(["v", "x", "√", "✓", "✔", "1", "*", "y", "ya", "ada", "ü"])  # the last is a tick in Wingdings
BY_SEX = "jenis_kelamin"
FEWEST = 2  # columns that make an answer a ticked one


@dataclass(frozen=True)
class Ticked:
    """A column of codes that stands in several columns of the sheet: the label of each code, and its place."""

    column: str
    places: tuple[tuple[str, int], ...]


@cache
def _words(dataset: str) -> dict[str, tuple[str, str]]:
    """Plain heading -> column and label of the code that it asks to tick. L and P alone are the sexes."""
    words: dict[str, tuple[str, str]] = {}
    for column, spec in datasets()[dataset].columns().items():
        if not isinstance(spec.kind, Code):
            continue
        for entry in code_list(spec.kind.codes):
            for written in (entry.label, *entry.synonyms):
                for group in (column, spec.label, *spec.synonyms):
                    words[plain(f"{group} {written}")] = (column, entry.label)
                if column == BY_SEX and PARTS.get(plain(written)):
                    words[plain(written)] = (column, entry.label)
    return words


def find_ticked(dataset: str, texts: tuple[tuple[str, ...], ...], columns: dict[str, int]) -> list[Ticked]:
    """The columns of a register that are ticked. `columns` are those found by their own headings."""
    if datasets()[dataset].about().register is not None:
        return []  # below L and P of a recap stand counts
    found: dict[str, list[tuple[str, int]]] = {}
    for place, ways in enumerate(texts):
        named = next((word for way in ways if (word := _words(dataset).get(plain(way)))), None)
        if named:
            found.setdefault(named[0], []).append((named[1], place))
    return [
        Ticked(column, tuple(places))
        for column, places in found.items()
        if len({label for label, _ in places}) == len(places) >= FEWEST
        and columns.get(column, places[0][1]) in {place for _, place in places}
    ]


def answers(sheet: SheetText, ticked: Ticked, rows: list[int]) -> Texts:
    """The ticked label of each data row, blank where none is; several, or what is no tick, as it stands there.

    A number above 1 betrays that people are counted there: then no row is read as an answer.
    """
    columns = [(label, sheet.columns[place]) for label, place in ticked.places]
    counted = any(_is_count(texts[row]) for _, texts in columns for row in rows)
    numbers = array("I", bytes(4 * sheet.height))
    found = {"": 0}
    for row in rows:
        said = [(label, texts[row]) for label, texts in columns if not _is_unticked(texts[row])]
        told = [label if _is_tick(text, label) and not counted else f"{label}: {shown(text)}" for label, text in said]
        numbers[row] = found.setdefault(" dan ".join(told), len(found))
    return Texts(list(found), numbers)


def _is_unticked(text: str) -> bool:
    return is_blank(text) or shown(text).strip() == "0"


def _is_tick(text: str, label: str) -> bool:
    word = tidy(shown(text)).casefold()
    return word in TICKS or word in (label.casefold(), label[0].casefold())


def _is_count(text: str) -> bool:
    word = shown(text).strip()
    return word.isascii() and word.isdigit() and int(word) > 1
