"""The declared dimensions: each used and complete, none undeclared, every code within reach of its column."""

import duckdb
import pytest

from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.indicators.dimensions import UNKNOWN, Dimension, dimensions
from pipelines.indicators.distributions import distribute
from pipelines.publishing.breakdowns import breakdown_rows
from pipelines.warehouse.store import connect
from schemas.codelists import code_list

SPLITS = [
    pytest.param(entry, dimension, id=f"{entry.code} {dimension.name}")
    for entry in catalogue().values()
    for dimension in entry.dimensions
]


def test_every_dimension_is_used() -> None:
    used = {name for entry in catalogue().values() for name in entry.by}
    assert sorted(dimensions().keys() - used) == []


def test_an_undeclared_dimension_is_refused() -> None:
    with pytest.raises(KeyError, match="warna"):
        _ = Indicator(**{**catalogue()["amh"].__dict__, "by": ("warna",)}).dimensions


@pytest.mark.parametrize("dimension", dimensions().values(), ids=lambda dimension: dimension.name)
def test_a_dimension_is_complete(dimension: Dimension) -> None:
    assert dimension.label.strip()
    assert len(dimension.codes) > 1
    assert all(label.strip() for label in dimension.codes.values())
    assert not [code for code in dimension.codes if ":" in code]
    assert set(dimension.values.values()) <= dimension.codes.keys()
    assert dimension.otherwise is None or dimension.otherwise in dimension.codes
    assert (UNKNOWN in dimension.codes) == dimension.unknown
    if dimension.like:
        assert dimension.codes == dimensions()[dimension.like].codes
        assert dimension.sex in ("L", "P")


@pytest.mark.parametrize(("entry", "dimension"), SPLITS)
def test_what_tells_the_sum_of_codes_is_declared_with_existing_codes(entry: Indicator, dimension: Dimension) -> None:
    assert set(dimension.follows) <= catalogue().keys()
    for code, codes in (dimension.sums or {}).items():
        assert code in catalogue()
        assert set(codes) < dimension.codes.keys()
    if entry.is_count:  # whoever lacks the attribute must be counted somewhere
        assert dimension.unknown or dimension.name in ("umur", "umur_L", "umur_P", "anggota")
    assert entry.by_sex or dimension.sex is None


def test_what_an_indicator_tells_are_codes() -> None:
    known = {f"{entry.code} {breakdown}" for entry in catalogue().values() for breakdown in entry.breakdowns}
    assert {code for entry in catalogue().values() for codes in entry.tells for code in codes} <= known


def test_every_occupation_of_the_list_is_in_one_group() -> None:
    labels = {entry.label for entry in code_list("pekerjaan")}
    assert labels == dimensions()["pekerjaan"].values.keys()


def test_every_breakdown_has_its_label() -> None:
    labelled = [row[0] for row in breakdown_rows()]
    assert len(labelled) == len(set(labelled))
    assert {b for entry in catalogue().values() for b in entry.breakdowns} <= set(labelled)


def test_a_value_without_a_code_is_our_fault_and_stops() -> None:
    """A view that gives what the dimension does not declare would lose people without a word."""
    with connect(None) as connection:
        connection.execute(
            "CREATE TEMP TABLE orang AS SELECT 'a' AS area, 'k' AS family_key, 'L' AS jenis, '99' AS kelompok_umur"
        )
        with pytest.raises(ValueError, match="no code of umur"):
            distribute(connection, "orang", [Indicator(**{**catalogue()["jumlah_penduduk"].__dict__, "by": ("umur",)})])


def test_conditions_part_the_rows() -> None:
    """Every value, listed or not, meets the condition of one code: what `explain` reads is what was counted."""
    for dimension in dimensions().values():
        values = [*dimension.values, *(["Pendulang Emas"] if dimension.otherwise else [])]
        rows = ", ".join(f"('{value}')" for value in values) + (", (NULL)" if dimension.unknown else "")
        met = " + ".join(f"CAST({dimension.condition(code, 'v')} AS INTEGER)" for code in dimension.codes)
        query = f"SELECT DISTINCT {met} FROM (VALUES {rows}) AS v({dimension.column})"
        assert duckdb.sql(query).fetchall() == [(1,)], dimension.name
