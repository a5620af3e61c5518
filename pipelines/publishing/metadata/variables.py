"""Which columns an indicator is made of, as MS-Ind lists them."""

from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.indicators.derived import cells_of
from pipelines.indicators.lineage import Column, behind, named, residence
from schemas import datasets


def variables_of(entry: Indicator) -> list[Column]:
    """The columns behind both parts of an indicator, in the order of their datasets; a recap's after the registers'.

    Those of a derived indicator are those of the indicators that it is made of.
    """
    if entry.is_derived:
        return _in_order({column for code, _ in cells_of(entry.code) for column in variables_of(catalogue()[code])})
    own = (entry.numerator, entry.denominator, entry.universe, entry.bin)
    found = set(residence()) if entry.source != "rekap" else set()
    found |= _behind(entry.source, *own)
    found |= _behind("rekap", *(entry.recap.get(part) for part in ("numerator", "denominator")))
    return _in_order(found)


def _in_order(found: set[Column]) -> list[Column]:
    return [(d, c) for d, dataset in datasets().items() for c in dataset.columns() if (d, c) in found]


def _behind(source: str, *expressions: str | None) -> set[Column]:
    """The columns of datasets behind expressions over the columns of a view."""
    names = {name for text in expressions if text for name in named(text)}
    return {found for name in names for found in behind(source, name)}
