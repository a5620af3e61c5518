"""What the values of a column say that it is, where its heading does not: `STATUS` above `Kawin` and `Cerai Hidup`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.intake.cells import FAULT, NUMBER, shown
from pipelines.intake.headings import Table
from pipelines.intake.parsing import is_blank, read_code
from pipelines.intake.texts import SheetText
from schemas import datasets
from schemas.codelists import code_list

MOST, FEWEST = 0.8, 2  # the share of filled cells that one code list must know, and how many cells say anything at all


@dataclass(frozen=True)
class Said:
    """A column of ours that the values mean, and the labels of those met, the most frequent first."""

    column: str
    labels: tuple[str, ...]


def contents(sheet: SheetText, table: Table) -> dict[str, Counter[str]]:
    """How often each text stands below each heading that nobody knows."""
    found: dict[str, Counter[str]] = {}
    for place, ways in enumerate(table.reading.texts):
        if (heading := ways[0].strip()) in table.reading.unknown and heading not in found:
            column = sheet.columns[place]
            below = Counter(column.numbers[table.first_row :])
            found[heading] = Counter({column.words[n]: many for n, many in below.items()})
    return found


def said_by_values(dataset: str, texts: Mapping[str, int]) -> Said | None:
    """The one coded column of a dataset whose list knows most of these texts; None where none does, or several do.

    A list that several columns share, such as Ya and Tidak, says nothing of which is meant, and a number nothing of
    which list.
    """
    filled = {text: many for text, many in texts.items() if not is_blank(shown(text))}
    lists = _lists(dataset)
    told = {column: _met(codes, filled) for column, codes in lists.items() if [*lists.values()].count(codes) == 1}
    needed = max(FEWEST, MOST * sum(filled.values()))
    meant = [(column, met) for column, met in told.items() if met.total() >= needed]
    if len(meant) != 1:
        return None
    [(column, met)] = meant
    labels = {entry.code: entry.label for entry in code_list(lists[column])}
    return Said(column, tuple(labels[code] for code, _ in met.most_common()))


def _lists(dataset: str) -> dict[str, str]:
    """The coded columns of a dataset, and their lists."""
    specs = datasets()[dataset].columns()
    return {name: codes for name, spec in specs.items() if (codes := getattr(spec.kind, "codes", None))}


def _met(codes: str, texts: Mapping[str, int]) -> Counter[str]:
    """How often each code of a list stands there in words."""
    met: Counter[str] = Counter()
    for text, many in texts.items():
        code = None if text.startswith((NUMBER, FAULT)) else read_code(text, codes, number=False)
        if isinstance(code, str) and any(map(str.isalpha, text)):
            met[code] += many
    return Counter({code: met[code] for code in sorted(met)})
