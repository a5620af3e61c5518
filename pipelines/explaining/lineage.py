"""Which columns of which datasets a figure reads, found in the SQL of the views, so that nothing is said twice."""

from functools import cache

from sqlglot import exp

from pipelines.explaining.formula import named, parsed
from pipelines.indicators.catalogue import VIEWS, Indicator
from pipelines.warehouse.reconcile import view
from schemas import datasets

Column = tuple[str, str]  # dataset, column
Scope = dict[str, exp.Expr]  # what a table's name stands for: a query of WITH, or a table of the outer query
CURRENT = "current_"
MADE = ("penghuni", *VIEWS)


def reads(entry: Indicator, breakdown: str) -> set[Column]:
    """The dataset columns behind an entry's parts and universe, and those that say who is a resident."""
    if entry.source == "rekap":
        return set()
    texts = [text for text in (entry.numerator, entry.denominator, entry.universe, entry.bin) if text]
    columns = set().union(*map(named, texts)) | (set() if breakdown == "total" else {"jenis"})
    found = set().union(*(behind(entry.source, column) for column in columns))
    return found | conditions("penghuni") if entry.source == "orang" else found


@cache
def behind(name: str, column: str) -> frozenset[Column]:
    """The dataset columns that one column of a view is made of."""
    return frozenset(_of_output(_query(name), column, {}))


@cache
def conditions(name: str) -> frozenset[Column]:
    """The dataset columns that decide which rows a view has."""
    query = _query(name)
    where = query.args.get("where")
    return frozenset(_of_expression(where, query, {}) if where else ())


@cache
def is_flag(name: str, column: str) -> bool:
    """Whether a view's column can only be 0, 1 or unknown: it is cast from a condition."""
    projection = next(p for p in _query(name).expressions if p.alias_or_name == column).unalias()
    parts = [branch.args["true"] for branch in projection.args["ifs"]] if isinstance(projection, exp.Case) else []
    return all(map(_is_cast_condition, parts or [projection]))


def _is_cast_condition(tree: exp.Expr) -> bool:
    if not isinstance(tree, exp.Cast):
        return False
    within = tree.this.unnest()
    return not isinstance(within, exp.Binary) or isinstance(within, exp.Predicate | exp.Connector)


def _query(name: str) -> exp.Select:
    query = parsed(view(name))
    assert isinstance(query, exp.Select), name
    return query


def _of_output(query: exp.Select, column: str, scope: Scope) -> set[Column]:
    """Behind a column that a query gives out; a star hands on what its tables have."""
    scope = scope | {part.alias: part.this for part in query.ctes}
    for projection in query.expressions:
        if not projection.is_star and projection.alias_or_name == column:
            return _of_expression(projection, query, scope)
    found: set[Column] = set()
    for projection in query.expressions:
        if projection.is_star:
            found |= _of_name(column, projection.table if isinstance(projection, exp.Column) else "", query, scope)
    return found


def _of_expression(tree: exp.Expr, query: exp.Select, scope: Scope) -> set[Column]:
    """Behind all columns that an expression of a query names."""
    found: set[Column] = set()
    for column in tree.find_all(exp.Column):
        found |= _of_name(column.name, column.table, query, scope)
    return found


def _of_name(column: str, table: str, query: exp.Select, scope: Scope) -> set[Column]:
    """Behind `table.column` within a query; without a table it is one of the query's first."""
    start, joins = query.args.get("from_"), query.args.get("joins") or []
    tables: Scope = {t.alias_or_name: t for t in [*([start.this] if start else []), *(join.this for join in joins)]}
    stands = tables.get(table or next(iter(tables))) or scope[table]
    if isinstance(stands, exp.Lateral):
        return _of_output(stands.this.this, column, scope | tables)
    if not isinstance(stands, exp.Table):
        return _of_output(stands, column, scope)  # type: ignore[arg-type]
    if stands.name.startswith(CURRENT):
        dataset = stands.name.removeprefix(CURRENT)
        return {(dataset, column)} if column in datasets()[dataset].columns() else set()
    if stands.name in MADE:
        return set(behind(stands.name, column))
    within = scope.get(stands.name)
    return _of_output(within, column, scope) if isinstance(within, exp.Select) else set()
