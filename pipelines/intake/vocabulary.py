"""Which words name which column: labels, canonical names and synonyms of the datasets, and a layout's headings."""

from functools import cache

from pipelines.intake.layouts import Layout
from pipelines.intake.words import counted_readings, plain, readings
from schemas import datasets
from schemas.kinds import Amount, Whole

OWN_RANK, SYNONYM_RANK = 0, 1
# Lower lines of a heading that say which part of the upper line is meant: men, women, or all of it.
_MEN, _WOMEN = ("L", "LK", "Laki-laki", "Laki", "Laki2", "Pria"), ("P", "PR", "Prp", "Perempuan", "Wanita")
_SUM = ("Jml", "Jumlah", "Total", "L+P", "LK+PR", "Jumlah L+P")
PARTS = {plain(word): short for words, short in ((_MEN, "L"), (_WOMEN, "P"), (_SUM, "")) for word in words}


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
def all_words() -> frozenset[str]:
    """Every word that names a column of some dataset."""
    return frozenset(word for known in vocabulary().values() for word in known)


def is_known(text: str, layout: Layout | None) -> bool:
    """Whether a text can name a column of any dataset."""
    return any(word in all_words() or (layout is not None and word in layout.columns) for word in readings(text))


def meaning(dataset: str, ways: tuple[str, ...], layout: Layout | None) -> tuple[str, int] | None:
    """The column of a dataset that a heading names, and how surely; None where it names none."""
    known = vocabulary()[dataset]
    for way in ways:
        for word in readings(way):
            if layout and word in layout.columns:
                column = layout.columns[word]
                return (column, OWN_RANK) if column in datasets()[dataset].columns() else None
            if word in known:
                column = known[word][0]
                unit = _units(dataset).get(column)
                if unit is None or word in counted_readings(way, unit, _names(dataset)[column]):
                    return known[word]
    return None


@cache
def _units(dataset: str) -> dict[str, str]:
    """The unit of each column of a dataset that holds a number: the same words in another one name another column."""
    specs = datasets()[dataset].columns().items()
    return {
        name: spec.means.unit if spec.means else "" for name, spec in specs if isinstance(spec.kind, Amount | Whole)
    }


@cache
def _names(dataset: str) -> dict[str, frozenset[str]]:
    """All words that name each column, in short, too."""
    names: dict[str, set[str]] = {}
    for word, (column, _) in vocabulary()[dataset].items():
        names.setdefault(column, set()).add(word)
    return {column: frozenset(words) for column, words in names.items()}
