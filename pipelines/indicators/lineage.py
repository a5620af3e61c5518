"""Which dataset columns a figure is made of: traced through the views, so that no list of them can fall behind."""

from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

from pipelines.indicators.catalogue import VIEWS
from pipelines.warehouse.reconcile import view
from schemas import datasets

DIALECT = "duckdb"
RESIDENTS = "penghuni"
CURRENT = "current_"
TECHNICAL = ("area", "receipt", "sheet", "row")  # columns of every table beside those of its dataset
PARAMETERS = {"reference_date": "DATE", "poverty_line_sen": "BIGINT"}
Column = tuple[str, str]  # dataset, column


@cache
def parsed(expression: str) -> exp.Expr:
    """The tree of an expression or query."""
    return sqlglot.parse_one(expression, dialect=DIALECT)


def named(expression: str) -> set[str]:
    """The columns that an expression names."""
    return {column.name for column in parsed(expression).find_all(exp.Column)}


@cache
def residence() -> frozenset[Column]:
    """The columns that say who is a resident at all."""
    where = parsed(view(RESIDENTS)).args["where"]
    return frozenset(("penduduk", column.name) for column in where.find_all(exp.Column))


@cache
def behind(source: str, column: str) -> frozenset[Column]:
    """The dataset columns that one column of a view is made of."""
    expression, scope = _prepared(source)
    told = lineage(column, expression, {}, scope=scope, dialect=DIALECT, trim_selects=False, copy=False)
    leaves = [node for node in told.walk() if not node.downstream and isinstance(node.source, exp.Table)]
    pairs = {(n.source.name.removeprefix(CURRENT), n.name.rsplit(".", 1)[-1].strip('"')) for n in leaves}
    return frozenset((d, said) for d, c in pairs if d in datasets() and (said := datasets()[d].declared().get(c)))


@cache
def _prepared(source: str) -> tuple[exp.Expr, Scope]:
    """A view with the views that it reads written out, every column bound to its table."""
    # Copies, because expanding and binding write into the trees that `parsed` remembers.
    others: dict[str, Any] = {name: parsed(view(name)).copy() for name in (RESIDENTS, *VIEWS) if name != source}
    tree = exp.expand(parsed(view(source)).copy(), others, dialect=DIALECT)
    schema: dict[str, object] = {
        f"{CURRENT}{name}": dict.fromkeys([*dataset.declared(), *TECHNICAL], "VARCHAR")
        for name, dataset in datasets().items()
    }
    tree = qualify(tree, dialect=DIALECT, schema=schema | {"parameter": PARAMETERS}, validate_qualify_columns=False)
    scope = build_scope(tree)
    if scope is None:
        raise TypeError(f"view {source} is no query")
    return tree, scope
