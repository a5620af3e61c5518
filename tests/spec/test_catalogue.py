"""The catalogue and the definitions under it: complete, compiling, portable, and nothing in them unused."""

import csv
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from pipelines.areas import LEVELS, Area, Register
from pipelines.indicators.catalogue import VIEWS, Indicator, catalogue
from pipelines.indicators.derived import derived, parts_of
from pipelines.indicators.measure import measure
from pipelines.indicators.parts import DERIVED, SIZE, declared
from pipelines.periods import parse_period
from pipelines.settings import Office, Places
from pipelines.warehouse.reconcile import across_rules, make_views, prepare, view
from pipelines.warehouse.store import connect
from schemas import datasets
from schemas.dataset import SCHEMAS, rules

PROJECT = SCHEMAS.parent
PERIOD = parse_period("2025-Q3")
RT = "63.06.05.1002-001-001"
DIRECTIONS = {"naik", "turun", "netral"}
SENSITIVITIES = {"S0", "S1", "S2", "S3", "S4"}
TEXTS = ("name", "unit", "measure", "concept", "definition", "interpretation", "reference")
RECAP_PARTS = {"numerator", "denominator", "L", "P", "households"}
LONGEST = 100  # characters of an expression; a longer one belongs into a view, under a name
PORTABLE = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren,
    exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Is,
    exp.And, exp.Or, exp.Not, exp.Case, exp.If, exp.Add, exp.Sub, exp.Mul, exp.Neg,
)  # fmt: skip
VIEW_FILES = sorted((SCHEMAS / "views").glob("*.sql"))
KEYS = {"area", "family_key", "jenis"}  # what every roll-up groups by
PLACE = {"receipt", "sheet", "row"}  # where a row stands: `explain` traces figures by it


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[duckdb.DuckDBPyConnection, Office]:
    """A warehouse without a single row, of an office that expects one RT."""
    home = tmp_path_factory.mktemp("empty")
    register = Register({RT: Area(RT, "rt", "RT 001", RT.rsplit("-", 1)[0])})
    office = Office(Places(home), RT[:13], "Kandangan Utara", register, {PERIOD: Decimal(598_545)})
    office.places.store.mkdir(parents=True)
    return connect(office.places.warehouse), office


@pytest.fixture(scope="module")
def columns(empty: tuple[duckdb.DuckDBPyConnection, Office]) -> dict[str, set[str]]:
    """The columns of each view by name."""
    connection, office = empty
    prepare(connection, PERIOD, office.poverty_line[PERIOD])
    make_views(connection, "penghuni", *VIEWS)
    found = {name: {row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()} for name in VIEWS}
    return found | {DERIVED: set(declared())}


def expressions(entry: Indicator) -> dict[str, str]:
    """Every expression of an entry by the part it is of, those over `rekap` as `recap ...`."""
    own = {part: getattr(entry, part) for part in ("universe", "numerator", "denominator", "bin")}
    recap = {f"recap {part}": text for part, text in entry.recap.items()}
    return {part: text for part, text in (own | recap).items() if text is not None}


EXPRESSIONS = [
    pytest.param(entry, part, text, id=f"{entry.code} {part}")
    for entry in catalogue().values()
    for part, text in expressions(entry).items()
]


def named(sql: str) -> set[str]:
    """The columns that a piece of SQL names."""
    return {column.name for column in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Column)}


def tables(sql: str) -> set[str]:
    """The tables that a query reads."""
    return {table.name for table in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Table)}


def test_every_entry_compiles_against_an_empty_warehouse(
    empty: tuple[duckdb.DuckDBPyConnection, Office],
) -> None:
    """Nothing reported gives no figure, neither zero nor an error."""
    measure(*empty, PERIOD)
    cells = empty[0].execute("SELECT * FROM new_cells").df()
    wanted = {(entry.code, b) for entry in catalogue().values() for b in entry.breakdowns}
    for _, of_area in cells.groupby("area"):
        assert set(zip(of_area["indicator"], of_area["breakdown"], strict=True)) == wanted
    assert set(cells["status"]) == {"m"}
    assert set(cells["areas_reported"]) == {0}
    assert set(cells["areas_expected"]) == {1}
    assert cells[["numerator", "denominator", "value", "households"]].isna().all(axis=None)


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_entry_is_complete(entry: Indicator) -> None:
    assert all(getattr(entry, text).strip() for text in TEXTS)
    assert entry.direction in DIRECTIONS
    assert entry.sensitivity in SENSITIVITIES
    assert entry.source in (*VIEWS, DERIVED)
    assert entry.lowest in LEVELS
    assert entry.method in ("ratio", "median", "sum_of_ratios", "gini")
    assert entry.scale > 0
    assert entry.needs
    assert set(entry.datasets) <= datasets().keys()
    for dataset, column in entry.columns:
        assert column in datasets()[dataset].columns()
    assert entry.recap.keys() <= RECAP_PARTS
    assert (entry.bin is not None) == (entry.method != "ratio")
    assert max(len(text) for text in (entry.numerator, entry.denominator or "")) < LONGEST


def test_order_is_unique() -> None:
    orders = [entry.order for entry in catalogue().values()]
    assert len(orders) == len(set(orders))
    assert orders == sorted(orders)


def test_a_recap_never_stands_in_for_another_kind_of_figure() -> None:
    """A count has a count for its recap, a ratio a ratio, and only exact methods have none."""
    for entry in catalogue().values():
        if entry.recap:
            assert ("denominator" in entry.recap) != entry.is_count, entry.code
            assert entry.method == "ratio", entry.code


@pytest.mark.parametrize(("entry", "part", "text"), EXPRESSIONS)
def test_expression_is_portable(entry: Indicator, part: str, text: str) -> None:
    """Another engine gives the same figure: only what every SQL understands alike, division never."""
    tree = sqlglot.parse_one(text, dialect="duckdb")
    strange = {type(node).__name__ for node in tree.walk() if not isinstance(node, PORTABLE)}
    assert not strange
    assert sqlglot.parse_one(tree.sql(dialect="spark"), dialect="spark") == tree


@pytest.mark.parametrize(("entry", "part", "text"), EXPRESSIONS)
def test_expression_names_columns_of_its_view(
    columns: dict[str, set[str]], entry: Indicator, part: str, text: str
) -> None:
    source = "rekap" if part.startswith("recap") else entry.source
    assert named(text) <= columns[source]


@pytest.mark.parametrize("name", ["orang", "keluarga"])
def test_no_definition_is_unused(columns: dict[str, set[str]], name: str) -> None:
    """Every column of a view serves an indicator, or a view or rule that reads it."""
    entries = [entry for entry in catalogue().values() if entry.source == name]
    texts = [
        text for entry in entries for text in (*expressions(entry).values(), *(d.column for d in entry.dimensions))
    ]
    readers = [view(path.stem) for path in VIEW_FILES if path.stem != name]
    readers += [rule.query for rule in across_rules()]
    texts += [sql for sql in readers if name in tables(sql)]
    used = set().union(KEYS, PLACE, *map(named, texts))
    assert columns[name] >= PLACE
    assert sorted(columns[name] - used) == []


def test_what_figures_are_made_of_is_declared_and_used() -> None:
    """A derived figure is a rate of one breakdown, over totals that are additive counts."""
    assert {part.name for entry in derived() for part in parts_of(entry.code)} == set(declared())
    for part in declared().values():
        assert part.label.strip()
        assert bool(part.quarters) == (part.figure is not None) == (part.name != SIZE)
        assert part.figure is None or catalogue()[part.figure].is_count
    for entry in derived():
        assert entry.denominator
        assert not (entry.by_sex or entry.by or entry.recap or entry.linked or entry.is_share)
        assert entry.universe == "TRUE"


def test_every_view_is_made() -> None:
    assert {path.stem for path in VIEW_FILES} == {"penghuni", *VIEWS}


def test_every_code_list_is_used() -> None:
    used = {
        codes
        for dataset in datasets().values()
        for column in dataset.columns().values()
        if (codes := getattr(column.kind, "codes", None))
    }
    assert {path.stem for path in (SCHEMAS / "codes").glob("*.csv")} == used


@pytest.mark.parametrize("path", sorted((SCHEMAS / "codes").glob("*.csv")), ids=lambda path: path.stem)
def test_code_list_is_well_formed(path: Path) -> None:
    """Codes are unique, labels are there, and no writing stands for two codes."""
    with path.open(encoding="utf-8", newline="") as lines:
        entries = list(csv.DictReader(lines))
    codes = [entry["code"] for entry in entries]
    assert len(codes) == len(set(codes))
    writings = [w.casefold() for e in entries for w in {e["label"], *filter(None, e["synonyms"].split("|"))}]
    assert all(writings)
    assert sorted({w for w in writings if writings.count(w) > 1}) == []


def test_every_rule_is_used() -> None:
    sources = [p for folder in ("schemas", "pipelines") for p in (PROJECT / folder).rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (*sources, SCHEMAS / "reconcile.toml"))
    assert [rule for rule in rules() if f'"{rule}"' not in code] == []


def test_every_rule_across_files_is_declared() -> None:
    for across in across_rules():
        assert across.code in rules()
        assert across.column in datasets()[across.dataset].columns()
