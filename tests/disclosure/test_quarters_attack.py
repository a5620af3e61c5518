"""Rates over several quarters, and density, tell no count that is withheld in any of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from pipelines.disclosure.withheld import withheld
from pipelines.indicators.derived import cells_of, derived
from pipelines.indicators.measure import measure
from pipelines.periods import parse_period
from pipelines.publishing.tiers import public_cells

from .attack import Attack
from .quarters import over_quarters, write_quarters
from .test_attack import kabupaten, office_in, rows_of

NOW = parse_period("2025-Q3")
PERIODS = [NOW.before(back) for back in (4, 3, 2, 1, 0)]
VILLAGES, AT_ONCE = 10, 5
PARTS = {code for entry in derived() for code, _ in cells_of(entry.code)}


@dataclass(frozen=True)
class Quarters:
    """The villages with `seen_by_public`, and `careless`: as it would be if derived figures were never withheld."""

    connection: duckdb.DuckDBPyConnection

    def attack(self, table: str, code: str, only: set[str] | None = None) -> Attack:
        """The attack on one village, with all that is published or only some indicators."""
        rows = [r for r in rows_of(self.connection, table, code) if only is None or r["indicator"] in only]
        nobody = "denominator = 0 OR numerator = 0 AND denominator IS NULL"  # a count of nobody
        query = f"SELECT area, indicator, breakdown FROM cells WHERE period = $1 AND ({nobody})"
        return over_quarters(
            {period: [row for row in rows if row["period"] == str(period)] for period in PERIODS},
            {period: set(self.connection.execute(query, [str(period)]).fetchall()) for period in PERIODS},
        )


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quarters]:
    home: Path = tmp_path_factory.mktemp("home")
    connection, register = write_quarters(PERIODS, VILLAGES, seed=20250930)
    office = replace(office_in(home), register=register)
    with connection:
        for period in PERIODS:
            measure(connection, office, period)
            connection.execute("INSERT INTO cells SELECT * FROM new_cells")
        connection.register("withheld", withheld(connection, [str(period) for period in PERIODS]))
        made = ", ".join(f"'{entry.code}'" for entry in derived())
        connection.execute(f"CREATE TEMP TABLE only_parts AS SELECT * FROM withheld WHERE indicator NOT IN ({made})")
        connection.execute("CREATE TABLE measured_cells AS SELECT *, '' AS release FROM cells ORDER BY period, sort")
        connection.execute(f"CREATE TABLE seen_by_public AS {public_cells('measured_cells', 'withheld')}")
        connection.execute(f"CREATE TABLE careless AS {public_cells('measured_cells', 'only_parts')}")
        yield Quarters(connection)


@pytest.mark.parametrize(
    "first", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, VILLAGES // AT_ONCE))]
)
def test_rates_and_density_give_no_withheld_count_away(quarters: Quarters, first: int) -> None:
    codes = sorted(kabupaten(quarters.connection))[first :: VILLAGES // AT_ONCE]
    attacks = [quarters.attack("seen_by_public", code) for code in codes]
    assert len(attacks) == AT_ONCE
    assert all(attack.secret for attack in attacks)
    assert [attack.recovered() for attack in attacks] == [[]] * AT_ONCE


def test_the_attack_finds_counts_where_rates_are_shown_without_care(quarters: Quarters) -> None:
    codes, only = sorted(kabupaten(quarters.connection)), {*PARTS, *(entry.code for entry in derived())}
    found = {key[1] for code in codes for key in quarters.attack("careless", code, only).recovered()}
    assert found == PARTS


def test_each_is_shown_somewhere_and_withheld_for_its_parts_elsewhere(quarters: Quarters) -> None:
    found = quarters.connection.execute(
        "SELECT indicator, level, status, count(*) FROM seen_by_public WHERE period = $1 GROUP BY ALL", [str(NOW)]
    ).fetchall()
    for entry in derived():
        own = {(level, status) for code, level, status, _ in found if code == entry.code}
        assert ("kelurahan", "ok") in own
        below = {status for level, status in own if level in ("rt", "rw")}
        assert "c" in below
        assert ("ok" in below) == (entry.lowest == "rt")
