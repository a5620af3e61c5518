"""Which columns of which datasets a figure reads, and which columns of a view can only be yes, no or unknown."""

from functools import cache

from sqlglot import exp

from pipelines.indicators.catalogue import Indicator
from pipelines.indicators.lineage import Column, behind, named, parsed, residence
from pipelines.warehouse.reconcile import view


def reads(entry: Indicator, breakdown: str) -> set[Column]:
    """The dataset columns behind an entry's parts and universe, and those that say who is a resident."""
    if entry.source == "rekap":
        return set()
    texts = [text for text in (entry.numerator, entry.denominator, entry.universe, entry.bin) if text]
    columns = set().union(*map(named, texts)) | ({"jenis"} if entry.sex(breakdown) else set())
    if split := entry.split(breakdown):
        columns |= {split[0].column}
    found = set().union(*(behind(entry.source, column) for column in columns))
    return found | residence() if entry.source == "orang" else found


@cache
def is_flag(name: str, column: str) -> bool:
    """Whether a view's column can only be 0, 1 or unknown: it is cast from a condition."""
    query = parsed(view(name))
    assert isinstance(query, exp.Select), name
    projection = next(p for p in query.expressions if p.alias_or_name == column).unalias()
    parts = [branch.args["true"] for branch in projection.args["ifs"]] if isinstance(projection, exp.Case) else []
    return all(map(_is_cast_condition, parts or [projection]))


def _is_cast_condition(tree: exp.Expr) -> bool:
    if not isinstance(tree, exp.Cast):
        return False
    within = tree.this.unnest()
    return not isinstance(within, exp.Binary) or isinstance(within, exp.Predicate | exp.Connector)
