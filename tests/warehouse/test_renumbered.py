"""An RT that comes, goes or gets another number: the quarters before stay as they were published."""

from pathlib import Path

import duckdb

from pipelines.settings import Places
from pipelines.summary import lines
from tests.warehouse.office import NOW, ask, take_in
from tests.warehouse.rows import person, write_people

HEAD = "code,level,name,parent,since,until"
RT = "63.06.05.1002-002-{},rt,RT {},63.06.05.1002-002,{},{}"
OLD, NEW = "2025-Q3", "2025-Q4"


def register(home: Path, *rts: tuple[str, str, str]) -> None:
    """Write the register: number, first and last quarter of each RT."""
    lines = [RT.format(number, number, since, until) for number, since, until in rts]
    (home / "data" / "areas.csv").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")


def whole(home: Path, period: str) -> tuple[object, ...]:
    """Residents of the kelurahan, how many RTs reported and should have, and the release."""
    query = """
        SELECT numerator, areas_reported, areas_expected, release FROM cells
        WHERE period = ? AND level = 'kelurahan' AND indicator = 'jumlah_penduduk' AND breakdown = 'total'
    """
    with duckdb.connect(str(Places(home).published), read_only=True) as store:
        return store.execute(query, [period]).fetchall()[0]


def test_a_new_number_leaves_the_quarters_before_as_they_were(home: Path) -> None:
    register(home, ("001", "", ""), ("002", "", ""))
    write_people(home / f"data/raw/{OLD}/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2, rt="002"))
    take_in(home)
    before = whole(home, OLD)
    assert before[:3] == (2, 2, 2)
    register(home, ("001", "", ""), ("002", "", OLD), ("003", NEW, ""), ("004", NEW, ""))
    write_people(home / f"data/raw/{NEW}/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2, rt="003"))
    take_in(home, NOW)
    assert whole(home, OLD) == before
    assert whole(home, NEW)[:3] == (2, 2, 3)


def test_a_line_that_is_deleted_is_told_with_the_quarters_that_lose_it(home: Path) -> None:
    register(home, ("001", "", ""), ("002", "", ""))
    write_people(home / f"data/raw/{OLD}/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2, rt="002"))
    assert take_in(home).unlisted == []
    register(home, ("001", "", ""), ("003", "", ""))
    [told] = [line for line in lines(take_in(home)) if "areas.csv" in line]
    assert "RT 63.06.05.1002-002-002 (2025-Q3)" in told
    assert "kolom until" in told


def test_a_number_that_is_not_of_the_quarter_is_held_and_the_sentence_says_since_when(home: Path) -> None:
    register(home, ("001", "", ""), ("002", "", OLD), ("003", NEW, ""))
    write_people(home / f"data/raw/{OLD}/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2, rt="003"))
    write_people(home / f"data/raw/{NEW}/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2, rt="002"))
    take_in(home)
    told = dict(ask(home, "SELECT period, message FROM findings WHERE rule = 'GEO04'"))
    assert "RT 003 RW 002 baru ada mulai triwulan IV 2025" in str(told[OLD])
    assert "RT 002 RW 002 hanya ada sampai triwulan III 2025" in str(told[NEW])
    assert [whole(home, period)[:3] for period in (OLD, NEW)] == [(1, 1, 2), (1, 1, 2)]
