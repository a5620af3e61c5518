"""Everything that the public sees, turned against it: no withheld count of any village follows from it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.disclosure.policy import policy
from pipelines.disclosure.withheld import withheld
from pipelines.indicators.catalogue import catalogue
from pipelines.indicators.measure import measure
from pipelines.indicators.run import measure_changed
from pipelines.periods import parse_period
from pipelines.publishing.release import publish_cells
from pipelines.publishing.tiers import COLUMNS, public_cells
from pipelines.sample import make_sample
from pipelines.settings import Office, Places, load_office
from pipelines.warehouse.ingest import ingest
from tests.warehouse.office import NOW, nothing

from .attack import EVERYBODY_HAS, NOBODY_HAS, Attack, Row
from .splits import UNKNOWN
from .villages import write_villages

PERIOD = parse_period("2025-Q3")
VILLAGES, AT_ONCE, SEED = 200, 10, 20250930
LEAST = {"S3": 10, "S2": 5, "S1": 5}  # families behind a part that is shown below the kelurahan, or of class S3


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The measured villages, with `seen_by_public` as the store would hold it."""
    office = office_in(tmp_path_factory.mktemp("home"))
    with write_villages(PERIOD, VILLAGES, SEED) as connection:
        measure(connection, office, PERIOD)
        connection.execute("INSERT INTO cells SELECT * FROM new_cells")
        connection.register("withheld", withheld(connection, [str(PERIOD)]))
        connection.execute("CREATE TABLE measured_cells AS SELECT *, '' AS release FROM cells ORDER BY sort")
        connection.execute(f"CREATE TABLE seen_by_public AS {public_cells('measured_cells', 'withheld')}")
        yield connection


def office_in(home: Path) -> Office:
    (home / "data").mkdir()
    (home / "data" / "cantik.toml").write_text(
        '[kelurahan]\ncode = "10.02.01.1001"\nname = "Uji"\n[poverty_line]\n"2025-Q3" = 600000\n', encoding="utf-8"
    )
    office = load_office(Places(home))
    assert office.poverty_line == {PERIOD: Decimal(600000)}
    return office


def rows_of(connection: duckdb.DuckDBPyConnection, table: str, kabupaten: str = "") -> list[Row]:
    """The rows of a table of cells as an outsider reads them."""
    listed = ", ".join(COLUMNS)
    found = connection.execute(f"SELECT {listed} FROM {table} WHERE starts_with(area, $1)", [kabupaten]).fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def about_nobody(connection: duckdb.DuckDBPyConnection, kabupaten: str = "") -> set[tuple[str, str, str]]:
    """Cells over nobody, codes of a distribution that nobody has, and extremes that harm nobody."""
    query = """
        SELECT area, indicator, breakdown FROM cells
        WHERE starts_with(area, $area) AND (
            denominator = 0 OR numerator = denominator AND indicator IN (SELECT unnest($all)) OR numerator = 0
            AND (denominator IS NULL OR contains(breakdown, ':') OR indicator IN (SELECT unnest($none)))
        )
    """
    asked = {"none": [*NOBODY_HAS], "all": [*EVERYBODY_HAS], "area": kabupaten}
    return set(connection.execute(query, asked).fetchall())


def attack_on(connection: duckdb.DuckDBPyConnection, seen: str, kabupaten: str) -> Attack:
    """The attack on one village as a table of public cells shows it."""
    attack = Attack(rows_of(connection, seen, kabupaten))
    attack.spare(about_nobody(connection, kabupaten))
    return attack


def kabupaten(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The villages by the kabupaten that each has for itself."""
    return [
        row[0] for row in connection.execute("SELECT DISTINCT area FROM cells WHERE level = 'kabupaten'").fetchall()
    ]


@pytest.mark.parametrize(
    "first", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, VILLAGES // AT_ONCE))]
)
def test_no_withheld_count_of_a_small_village_is_recovered(villages: duckdb.DuckDBPyConnection, first: int) -> None:
    codes = sorted(kabupaten(villages))
    assert len(codes) == VILLAGES
    attacks = [attack_on(villages, "seen_by_public", code) for code in codes[first :: VILLAGES // AT_ONCE]]
    assert len(attacks) == AT_ONCE
    assert sum(bool(attack.secret) for attack in attacks) >= AT_ONCE - 2  # one RT alone may have sent nothing secret
    for attack in attacks:
        assert attack.recovered() == []


def test_the_attack_recovers_what_only_primary_suppression_hides(villages: duckdb.DuckDBPyConnection) -> None:
    """The attack is no blunt weapon: it finds counts where no further cell was withheld for the sake of the first."""
    villages.execute("CREATE OR REPLACE TEMP TABLE only_primary AS SELECT * FROM withheld WHERE seen = 'c'")
    villages.execute(f"CREATE OR REPLACE TABLE naive AS {public_cells('measured_cells', 'only_primary')}")
    assert sum(len(attack_on(villages, "naive", code).recovered()) for code in sorted(kabupaten(villages))[:3]) > 10


def test_a_village_may_say_that_nobody_or_everybody(villages: duckdb.DuckDBPyConnection) -> None:
    """Where it harms nobody a kelurahan shows its 0 or 100 percent, though its RTs show none of their own."""
    shown = """
        SELECT count(*) FILTER (p.status IN ('ok', 'u')), count(*) FILTER (p.status IN ('c', 's'))
        FROM seen_by_public AS p JOIN cells AS m USING (period, area, indicator, breakdown)
        WHERE p.level = $level AND indicator IN (SELECT unnest($codes)) AND m.numerator = {extreme}
          AND m.breakdown = 'total' AND m.denominator > 0
    """
    for codes, extreme in (({"bab_sembarangan"}, "0"), (EVERYBODY_HAS, "m.denominator")):
        query = shown.format(extreme=extreme)
        wide, small = (
            villages.execute(query, {"level": level, "codes": [*codes]}).fetchall()[0] for level in ("kelurahan", "rt")
        )
        assert wide[0] > 5
        assert small[0] == 0 < small[1]


def test_only_extremes_that_harm_nobody_are_declared() -> None:
    """None of poverty, aid, work or school, whose families must not be known as a whole either."""
    none, everyone = ([catalogue()[code] for code in codes] for codes in (policy().none, policy().all))
    assert {entry.code for entry in none} == NOBODY_HAS
    assert {entry.code for entry in everyone} == EVERYBODY_HAS
    assert {entry.sensitivity for entry in (*none, *everyone)} <= {"S1", "S2"}
    assert all(entry.is_share and entry.direction == "naik" for entry in everyone)
    assert all(entry.is_count or entry.direction == "turun" for entry in none)


def test_nothing_small_is_shown(villages: duckdb.DuckDBPyConnection) -> None:
    """The policy, read from the other side: no shown cell below the kelurahan rests on fewer families than it asks.

    The only RW of a kelurahan is the kelurahan. A code that nobody has, or whose people are unknown, tells of nobody.
    """
    shown = villages.execute(
        """
        WITH rws AS (SELECT DISTINCT area, left(area, 13) AS kelurahan FROM cells WHERE level = 'rw'),
        alone AS (SELECT min(area) AS area FROM rws GROUP BY kelurahan HAVING count(*) = 1)
        SELECT CASE WHEN p.area IN (FROM alone) THEN 'kelurahan' ELSE p.level END AS level,
               m.indicator, m.breakdown, m.with_part, m.with_rest, m.denominator
        FROM seen_by_public AS p JOIN measured_cells AS m USING (period, area, indicator, breakdown)
        WHERE p.status IN ('ok', 'u') AND p.value IS NOT NULL
        """
    ).fetchall()
    small = []
    for level, code, breakdown, part, rest, denominator in shown:
        entry = catalogue()[code]
        split = entry.split(breakdown)
        sensitivity = max(entry.sensitivity, split[0].sensitivity) if split else entry.sensitivity
        below = level in ("rt", "rw")
        least = LEAST.get(sensitivity, 0) if below or sensitivity == "S3" else 0
        if split:
            few = 0 < part < least and split[1] != UNKNOWN
        else:
            few = part < least or (denominator is not None and rest < least)
        if few:
            small.append((level, code, breakdown, part, rest))
        assert not (level == "rt" and sensitivity in ("S1", "S3", "S4")), code
        assert not (level == "rw" and sensitivity == "S4"), code
    assert small == []


def test_the_sample_as_it_is_published_gives_nothing_away(tmp_path: Path) -> None:
    make_sample(tmp_path, rts=12, persons_per_rt=150)
    office = load_office(Places(tmp_path))
    office.places.store.mkdir(parents=True)
    ingest(office, None, NOW, nothing)
    measure_changed(office)
    publish_cells(office, NOW)
    with duckdb.connect(str(office.places.published), read_only=True) as store:
        periods = store.execute("SELECT period FROM releases").fetchall()
        assert periods
        for (period,) in periods:
            rows = [row for row in rows_of(store, "cells_public") if row["period"] == period]
            attack = Attack(rows)
            attack.spare(about_nobody(store))
            assert attack.secret
            assert attack.recovered() == []
