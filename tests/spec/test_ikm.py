"""The multidimensional index is configuration: what is declared is computed, weighed and printed, and nothing else."""

from fractions import Fraction
from pathlib import Path

import pytest
import sqlglot

from pipelines.indicators.catalogue import catalogue
from pipelines.indicators.lineage import behind
from pipelines.warehouse.ikm import Deprivation, index
from pipelines.warehouse.reconcile import view

from .test_catalogue import LONGEST, PORTABLE

OTHER = """
name = "Uji"
source = "Uji"
cutoff = "0.4"
[[dimension]]
name = "rumah"
weight = "3/5"
lacking = ["kepadatan"]
[[dimension.indicator]]
name = "penerangan"
means = "bukan listrik"
deprived = "sumber_penerangan = 4"
[[dimension.indicator]]
name = "air minum"
means = "tidak layak"
deprived = "NOT air_layak"
[[dimension]]
name = "sekolah"
weight = "2/5"
[[dimension.indicator]]
name = "melek huruf"
means = "ada yang buta huruf"
deprived = "ada_buta_huruf"
"""


@pytest.mark.parametrize("found", index().deprivations, ids=lambda found: found.name)
def test_every_deprivation_is_portable(found: Deprivation) -> None:
    tree = sqlglot.parse_one(found.deprived, dialect="duckdb")
    assert sorted({type(node).__name__ for node in tree.walk() if not isinstance(node, PORTABLE)}) == []
    assert sqlglot.parse_one(tree.sql(dialect="spark"), dialect="spark") == tree
    assert len(found.deprived) < LONGEST


def test_what_the_form_lacks_is_shared_within_its_dimension() -> None:
    """Of four health indicators the form has two, of three on schooling two; each dimension keeps its third."""
    weights = {found.name: found.weight for found in index().deprivations}
    assert weights["sanitasi"] == weights["air minum"] == weights["melek huruf"] == Fraction(1, 6)
    assert weights["penerangan"] == weights["kepemilikan rumah"] == Fraction(1, 12)
    assert sum(weights.values()) == 1
    assert (index().whole, index().least) == (12, 4)


def test_the_definition_prints_every_indicator_with_its_weight_and_what_is_lacking() -> None:
    printed = catalogue()["ikm_h"].definition
    assert index().name in printed
    assert f"{index().cutoff} atau lebih" in printed
    for dimension in index().dimensions:
        assert all(name in printed for name in (f"{dimension.name} {dimension.weight}", *dimension.lacking))
    for found in index().deprivations:
        assert f"{found.name} {found.weight}: {found.means}" in printed
    for code in ("ikm_h", "ikm_a", "ikm_m0"):  # and MS-Ind lists them as what the composite is built of
        entry = catalogue()[code]
        assert [f"{found.name} ({found.weight})" for found in index().deprivations] == (entry.composite or "").split(
            "; "
        )
        assert "{" not in entry.definition


def test_every_indicator_of_the_index_is_asked_for() -> None:
    """What the score reads an RT must have asked, or it has not reported; ages need no answer."""
    read = {pair for pair in behind("keluarga", "ikm_anggota_miskin") if pair[0] in ("kesejahteraan", "pendidikan")}
    required = {("kesejahteraan", "jumlah_anggota"), ("pendidikan", "partisipasi")}
    for code in ("ikm_h", "ikm_a", "ikm_m0"):
        assert read - required == set(catalogue()[code].columns)


def test_another_index_gives_another_score(tmp_path: Path) -> None:
    """Weights 3/10, 3/10, 2/5: in tenths 3, 3, 4, poor from 4 on."""
    path = tmp_path / "ikm.toml"
    path.write_text(OTHER, encoding="utf-8")
    found = index(path)
    assert (found.whole, found.least) == (10, 4)
    assert found.score == (
        "3 * CAST(sumber_penerangan = 4 AS BIGINT) + 3 * CAST(NOT air_layak AS BIGINT)"
        " + 4 * CAST(ada_buta_huruf AS BIGINT)"
    )
    assert "kepadatan" in found.described()
    path.write_text(OTHER.replace('"2/5"', '"1/5"'), encoding="utf-8")
    index.cache_clear()
    with pytest.raises(ValueError, match="do not add up"):
        index(path)


def test_the_view_holds_the_declared_score() -> None:
    assert index().score in view("keluarga")
    assert "$" not in view("keluarga")
