"""A figure waits where an earlier release of the period would give an RT away, and appears when more RTs report."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.areas import default_name
from pipelines.errors import OfficerError
from pipelines.indicators.run import measure_changed
from pipelines.publishing.notices import notices
from pipelines.publishing.release import publish_cells
from pipelines.publishing.revisions import read_log
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import ingest
from tests.conftest import CONFIG
from tests.warehouse.office import NOW, nothing
from tests.warehouse.rows import person, write_people

PERIOD, KELURAHAN = "2025-Q3", "63.06.05.1002"
FAMILIES = {"001": 45, "002": 50, "003": 20, "004": 15}  # of one person each; 40 are the least of an RT that is shown


def office(folder: Path, more: str = "") -> Path:
    """A home whose register expects four RTs."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "cantik.toml").write_text(CONFIG + more, encoding="utf-8")
    codes = [f"{KELURAHAN}-002-{rt}" for rt in FAMILIES]
    lines = [f"{code},rt,{default_name(code, 'rt')},{KELURAHAN}-002" for code in codes]
    (folder / "data" / "areas.csv").write_text("\n".join(["code,level,name,parent", *lines]), encoding="utf-8")
    return folder


def send(home: Path, *rts: str, without: int = 0) -> None:
    """The RTs' workbooks; the first lacks some of its families."""
    for rt in rts:
        first = 1000 * int(rt) + (without if rt == rts[0] else 0)
        people = [person(n, f"Warga {n}", kk=n, rt=rt) for n in range(first, 1000 * int(rt) + FAMILIES[rt])]
        write_people(home / "data" / "raw" / PERIOD / f"{rt}.xlsx", *people)


def publish(home: Path) -> dict[str, tuple[str, float | None]]:
    """What the public sees of the number of residents: area -> status and number."""
    ingest(load_office(Places(home)), None, NOW, nothing)
    measure_changed(load_office(Places(home)))
    publish_cells(load_office(Places(home)), NOW + dt.timedelta(days=len(read_log(Places(home).releases))))
    return seen(home, "jumlah_penduduk")


def seen(home: Path, indicator: str) -> dict[str, tuple[str, float | None]]:
    """The public cells of an indicator's total."""
    with duckdb.connect(str(Places(home).published), read_only=True) as store:
        rows = store.execute(
            "SELECT area, status, numerator FROM cells_public WHERE indicator = $1 AND breakdown = 'total'", [indicator]
        ).fetchall()
    return {area.removeprefix(KELURAHAN): (status, number) for area, status, number in rows}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two RTs have reported and are published."""
    home = office(tmp_path_factory.mktemp("menunggu") / "kantor")
    send(home, "001", "002")
    assert publish(home)[""] == ("ok", 95)
    return home


@pytest.fixture(scope="module")
def three(two: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A third, too small to be shown, has reported alone since."""
    home = Path(shutil.copytree(two, tmp_path_factory.mktemp("tiga") / "kantor"))
    send(home, "003")
    publish(home)
    return home


def copied(home: Path, folder: Path) -> Path:
    """The same home, to be changed."""
    return Path(shutil.copytree(home, folder / "kantor"))


def test_a_total_that_tells_of_one_small_rt_waits(three: Path) -> None:
    now = seen(three, "jumlah_penduduk")
    assert now[""] == now["-002"] == ("s", None)
    assert now["-002-003"] == ("c", None)
    [line] = notices(load_office(Places(three)), [PERIOD])
    assert line.startswith("2025-Q3: ")
    assert "menunggu laporan RT lain" in line


def test_it_is_shown_again_when_another_rt_reports(three: Path, tmp_path: Path) -> None:
    home = copied(three, tmp_path)
    send(home, "004")
    now = publish(home)
    assert now[""] == now["-002"] == ("ok", 130)
    assert now["-002-003"] == now["-002-004"] == ("c", None)
    assert notices(load_office(Places(home)), [PERIOD]) == []


def test_rts_that_report_together_need_not_wait(two: Path, tmp_path: Path) -> None:
    home = copied(two, tmp_path)
    send(home, "003", "004")
    assert publish(home)[""] == ("ok", 130)


def test_a_correction_is_shown_only_where_its_rt_is(two: Path, tmp_path: Path) -> None:
    home = copied(two, tmp_path)
    send(home, "001", without=1)
    assert publish(home)[""] == ("ok", 94)
    send(home, "003", "004")
    assert publish(home)[""] == ("ok", 129)
    send(home, "003", without=1)
    assert publish(home)[""] == ("s", None)
    send(home, "003")
    assert publish(home)[""] == ("ok", 129)  # as two releases ago


def test_nothing_new_makes_no_new_release(three: Path, tmp_path: Path) -> None:
    home = copied(three, tmp_path)
    before, log = Places(home).published.read_bytes(), read_log(Places(home).releases)
    publish(home)
    assert Places(home).published.read_bytes() == before
    Places(home).published.unlink()
    publish(home)
    assert read_log(Places(home).releases) == log
    assert seen(home, "jumlah_penduduk")[""] == ("s", None)


def test_of_a_release_that_was_deleted_nothing_is_known(three: Path, tmp_path: Path) -> None:
    home = copied(three, tmp_path)
    first, second = read_log(Places(home).releases)
    (Places(home).releases / f"{first.release}.parquet").unlink()
    assert publish(home)[""] == ("ok", 115)
    log = read_log(Places(home).releases)
    assert [r.previous for r in log] == ["", first.release, second.release]
    publish(home)
    assert read_log(Places(home).releases) == log


def test_an_office_may_publish_only_what_is_complete(tmp_path: Path) -> None:
    home = office(tmp_path / "kantor", '[publication]\npublic = "complete"\n')
    send(home, "001", "002")
    assert publish(home)[""] == ("ok", 95)
    assert set(seen(home, "umur_median").values()) == {("m", None)}
    [line] = notices(load_office(Places(home)), [PERIOD])
    assert line.startswith("2025-Q3: baru 2 dari 4 RT melapor.")
    send(home, "003", "004")
    publish(home)
    with duckdb.connect(str(Places(home).published), read_only=True) as store:
        shown = store.execute(
            "SELECT status, value FROM cells_public WHERE (indicator, area) = ('umur_median', $1)", [KELURAHAN]
        ).fetchall()
    assert ("ok", 35.5) in shown
    assert notices(load_office(Places(home)), [PERIOD]) == []


def test_another_choice_of_when_to_publish_is_one_sentence(tmp_path: Path) -> None:
    home = office(tmp_path / "kantor", '[publication]\npublic = "later"\n')
    with pytest.raises(OfficerError, match="publication"):
        load_office(Places(home))
