"""Which columns an indicator is made of: traced through the views, so that no list of them can fall behind."""

from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

from pipelines.indicators.catalogue import VIEWS, Indicator
from pipelines.warehouse.reconcile import view
from schemas import datasets

DIALECT = "duckdb"
RESIDENTS = "penghuni"
CURRENT = "current_"
TECHNICAL = ("area", "receipt", "sheet", "row")  # columns of every table beside those of its dataset
PARAMETERS = {"reference_date": "DATE", "poverty_line_sen": "BIGINT"}
Variable = tuple[str, str]  # dataset, column


def variables_of(entry: Indicator) -> list[Variable]:
    """The columns behind both parts of an indicator, in the order of their datasets; a recap's after the registers'."""
    own = (entry.numerator, entry.denominator, entry.universe, entry.bin)
    found = set(residence()) if entry.source != "rekap" else set()
    found |= _behind(entry.source, *own)
    found |= _behind("rekap", *(entry.recap.get(part) for part in ("numerator", "denominator")))
    return [(d, c) for d, dataset in datasets().items() for c in dataset.columns() if (d, c) in found]


@cache
def residence() -> tuple[Variable, ...]:
    """The columns that say who is a resident at all."""
    where = sqlglot.parse_one(view(RESIDENTS), dialect=DIALECT).args["where"]
    return tuple(("penduduk", column.name) for column in where.find_all(exp.Column))


def _behind(source: str, *expressions: str | None) -> set[Variable]:
    """The columns of datasets behind expressions over the columns of a view."""
    trees = [sqlglot.parse_one(text, dialect=DIALECT) for text in expressions if text]
    names = {column.name for tree in trees for column in tree.find_all(exp.Column)}
    return {found for name in names for found in _origins(source, name)}


@cache
def _origins(source: str, name: str) -> tuple[Variable, ...]:
    """The columns of datasets that a column of a view is made of."""
    expression, scope = _prepared(source)
    told = lineage(name, expression, {}, scope=scope, dialect=DIALECT, trim_selects=False, copy=False)
    leaves = [node for node in told.walk() if not node.downstream and isinstance(node.source, exp.Table)]
    pairs = {(n.source.name.removeprefix(CURRENT), n.name.rsplit(".", 1)[-1].strip('"')) for n in leaves}
    return tuple((d, c) for d, c in sorted(pairs) if d in datasets() and c in datasets()[d].columns())


@cache
def _prepared(source: str) -> tuple[exp.Expr, Scope]:
    """A view with the views that it reads written out, every column bound to its table."""
    others: dict[str, Any] = {
        name: sqlglot.parse_one(view(name), dialect=DIALECT) for name in (RESIDENTS, *VIEWS) if name != source
    }
    tree = exp.expand(sqlglot.parse_one(view(source), dialect=DIALECT), others, dialect=DIALECT)
    schema: dict[str, object] = {
        f"{CURRENT}{name}": dict.fromkeys([*dataset.columns(), *TECHNICAL], "VARCHAR")
        for name, dataset in datasets().items()
    }
    tree = qualify(tree, dialect=DIALECT, schema=schema | {"parameter": PARAMETERS}, validate_qualify_columns=False)
    scope = build_scope(tree)
    if scope is None:
        raise TypeError(f"view {source} is no query")
    return tree, scope
