"""A column that no sheet of an RT answers: its indicators are not reported there, and no other figure moves."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines.indicators.catalogue import catalogue
from pipelines.indicators.lineage import behind
from pipelines.indicators.measure import measure
from pipelines.periods import parse_period
from pipelines.sample import make_sample
from pipelines.settings import Office, Places, load_office
from pipelines.warehouse.ingest import ingest
from pipelines.warehouse.store import connect
from schemas import datasets

PERIOD = parse_period("2025-Q3")
DEFAULTED = {"tinggal", "status_dasar"}  # an empty cell has a meaning there
KEY = ["level", "area", "indicator", "breakdown"]
FIGURES = ["numerator", "denominator", "value", "households", "areas_reported", "status"]
# A family is eligible for PKH by any one component, so without one of them fewer families are known to be eligible.
COMPONENTS = {"hamil", "disabilitas", "jenjang"}
ELIGIBLE = {"cakupan_pkh", "kesalahan_inklusi_pkh", "kesalahan_eksklusi_pkh"}
COLUMNS = [
    (name, column)
    for name, dataset in datasets().items()
    if dataset.about().register is None
    for column, spec in dataset.columns().items()
    if not spec.required and column not in DEFAULTED and column in dataset.stored()  # no figure sees the others
]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    """A village of three RTs whose sheets answer everything."""
    home = tmp_path_factory.mktemp("home")
    make_sample(home, rts=3, persons_per_rt=120, mistakes=0)
    office = load_office(Places(home))
    ingest(office, PERIOD, dt.datetime(2025, 10, 3), lambda done, of: None)
    return office, office.places.warehouse


@pytest.fixture(scope="module")
def opened(village: tuple[Office, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(village[1]) as connection:
        yield connection


@pytest.fixture(scope="module")
def asked(village: tuple[Office, Path], opened: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The figures of the village that answered everything."""
    return figures(opened, village[0])


@pytest.fixture
def warehouse(opened: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The village's warehouse, as it was before each test."""
    opened.begin()
    yield opened
    opened.rollback()


def figures(connection: duckdb.DuckDBPyConnection, office: Office) -> pd.DataFrame:
    """The figures of the period by level, area, indicator and breakdown."""
    measure(connection, office, PERIOD)
    return connection.execute("FROM new_cells").df().set_index(KEY)[FIGURES]


def split_by(dataset: str, column: str) -> set[str]:
    """The dimensions whose codes a column decides: those it leaves unknown are counted under another code."""
    return {
        dimension.name
        for entry in catalogue().values()
        for dimension in entry.dimensions
        if (dataset, column) in behind(entry.source, dimension.column)
    }


@pytest.mark.parametrize(("dataset", "column"), COLUMNS, ids=lambda part: part)
def test_unasked_column(
    village: tuple[Office, Path],
    asked: pd.DataFrame,
    warehouse: duckdb.DuckDBPyConnection,
    dataset: str,
    column: str,
) -> None:
    warehouse.execute(f'UPDATE {dataset} SET "{column}" = NULL')
    unasked = figures(warehouse, village[0])
    needing = {code for code, entry in catalogue().items() if (dataset, column) in entry.columns}
    of = asked.index.get_level_values("indicator")
    split = (
        asked.index.get_level_values("breakdown").str.partition(":").get_level_values(0).isin(split_by(dataset, column))
    )
    others = ~(of.isin(needing | (ELIGIBLE if column in COMPONENTS else set())) | split)
    pd.testing.assert_frame_equal(unasked[others], asked[others], check_exact=True)
    changed = unasked[of.isin(needing)].compare(asked[of.isin(needing)], keep_shape=True)
    for indicator in sorted({index[2] for index in changed.dropna(how="all").index}):
        # The count sheet speaks where the register does not.
        if not catalogue()[indicator].recap:
            # An RT in which that left nobody unknown (no child of 13 is out of school) keeps its figure.
            rows = changed.dropna(how="all").index
            now = unasked.loc[[row for row in rows if row[0] == "rt" and row[2] == indicator]]
            assert not now.empty, indicator
            assert set(now["status"]) == {"m"}, indicator
    if needing:
        assert not changed.dropna(how="all").empty


def test_only_the_silent_area_is_missing(
    village: tuple[Office, Path], asked: pd.DataFrame, warehouse: duckdb.DuckDBPyConnection
) -> None:
    """One RT's sheet lacks the question: the total stands on the other two, and says so."""
    areas = [row[0] for row in warehouse.execute("SELECT DISTINCT area FROM ketenagakerjaan ORDER BY 1").fetchall()]
    warehouse.execute("UPDATE ketenagakerjaan SET sementara_tidak_bekerja = NULL WHERE area = $1", [areas[0]])
    after = figures(warehouse, village[0])
    kelurahan = ("kelurahan", village[0].kelurahan, "tpak", "total")
    rts = [asked.loc[("rt", area, "tpak", "total")] for area in areas]
    assert after.loc[("rt", areas[0], "tpak", "total"), "status"] == "m"
    assert after.loc[kelurahan, "areas_reported"] == 2
    assert after.loc[kelurahan, "numerator"] == rts[1]["numerator"] + rts[2]["numerator"]
    assert after.loc[kelurahan, "denominator"] == rts[1]["denominator"] + rts[2]["denominator"]


def test_one_answer_is_enough(village: tuple[Office, Path], warehouse: duckdb.DuckDBPyConnection) -> None:
    """A column that somebody answered was asked: the others' blanks are unknown, row by row."""
    warehouse.execute("UPDATE pendidikan SET ijazah = NULL")
    warehouse.execute(
        'UPDATE pendidikan SET ijazah = 3 WHERE partisipasi = 3 AND "row" = (SELECT max("row") FROM '
        "pendidikan AS p WHERE p.partisipasi = 3 AND p.receipt = pendidikan.receipt)"
    )
    cells = figures(warehouse, village[0])
    assert (cells.loc[("kelurahan", village[0].kelurahan, "ijazah_sma_ke_atas", "total"), "areas_reported"]) == 3
