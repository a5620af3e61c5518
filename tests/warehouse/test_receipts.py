"""Receipts: the same bytes twice, a corrected file, an old file put back, two files for one RT, a torn ledger."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb

from pipelines.periods import parse_period
from pipelines.settings import Places, load_office
from pipelines.warehouse.ledger import LEDGER, read_ledger
from pipelines.warehouse.standing import standing
from tests.warehouse.office import NOW, ask, contents, count_in, take_in
from tests.warehouse.rows import person, write_people

COUNT = (
    "SELECT numerator FROM cells WHERE indicator = 'jumlah_penduduk' AND level = 'kelurahan' AND breakdown = 'total'"
)
LATER = NOW + dt.timedelta(days=1)
OWN, OTHER = "63.06.05.1002", "63.06.05.2003"


def population(home: Path) -> int:
    """The counted population of the kelurahan."""
    return int(str(ask(home, COUNT)[0][0]).split(".")[0])


def test_a_repeated_run_changes_nothing(home: Path) -> None:
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2))
    take_in(home)
    before = contents(Places(home).warehouse), contents(Places(home).published)
    again = take_in(home, LATER)
    assert again.files == 0
    assert (contents(Places(home).warehouse), contents(Places(home).published)) == before


def test_the_same_bytes_under_another_name_count_once(home: Path) -> None:
    first = write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"))
    count_in(home)
    shutil.copy(first, first.with_name("salinan.xlsx"))
    again = count_in(home, LATER)
    assert [(t.path, t.of) for t in again.twins] == [("salinan.xlsx", "a.xlsx")]
    assert population(home) == 1


def test_a_corrected_file_replaces_its_rt_whole_and_keeps_the_older_rows_closed(home: Path) -> None:
    path = home / "data/raw/2025-Q3/a.xlsx"
    write_people(path, person(1, "Ahmad"), person(2, "Noor", kk=2))
    count_in(home)
    write_people(path, person(1, "Ahmad"))
    count_in(home, LATER)
    assert population(home) == 1
    assert ask(home, "SELECT receipt, closed_by FROM slices ORDER BY receipt") == [(1, 2), (2, None)]
    assert ask(home, "SELECT count(*) FROM penduduk") == [(3,)]


def test_an_old_file_put_back_under_its_name_counts_again(home: Path) -> None:
    path = home / "data/raw/2025-Q3/a.xlsx"
    old = write_people(path, person(1, "Ahmad"), person(2, "Noor", kk=2)).read_bytes()
    count_in(home)
    write_people(path, person(1, "Ahmad"))
    count_in(home, LATER)
    path.write_bytes(old)
    count_in(home, LATER + dt.timedelta(days=1))
    assert population(home) == 2


def test_of_two_files_for_one_rt_the_later_name_wins_and_a_finding_names_both(home: Path) -> None:
    write_people(home / "data/raw/2025-Q3/b.xlsx", person(1, "Ahmad"))
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(2, "Noor"), person(3, "Siti", kk=2))
    count_in(home)
    assert population(home) == 1
    [(message,)] = ask(home, "SELECT message FROM findings WHERE rule = 'FILE05'")
    assert "'a.xlsx'" in str(message)
    assert "'b.xlsx'" in str(message)


def test_the_later_received_wins_over_the_later_name(home: Path) -> None:
    write_people(home / "data/raw/2025-Q3/z.xlsx", person(1, "Ahmad"))
    count_in(home)
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(2, "Noor"), person(3, "Siti", kk=2))
    count_in(home, LATER)
    assert population(home) == 2


def test_a_person_in_two_rts_counts_once_in_the_lower_code(home: Path) -> None:
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad", rt="002"), person(2, "Noor", kk=2, rt="002"))
    write_people(home / "data/raw/2025-Q3/b.xlsx", person(1, "Ahmad", rt="001"))
    count_in(home)
    assert population(home) == 2
    assert ask(home, "SELECT area FROM penduduk WHERE set_aside = 'DUP02'") == [("63.06.05.1002-002-002",)]


def test_where_last_reported_goes_before_the_lower_code(home: Path) -> None:
    write_people(home / "data/raw/2025-Q3/b.xlsx", person(1, "Ahmad", rt="001"))
    count_in(home)
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad", rt="002"))
    count_in(home, LATER)
    assert ask(home, "SELECT area FROM penduduk WHERE set_aside = 'DUP02'") == [("63.06.05.1002-002-001",)]


def test_two_different_people_with_one_nik_in_two_rts_are_all_held(home: Path) -> None:
    other = (*person(1, "Siti Aminah", rt="001")[:4], "02-03-1971", *person(1, "", rt="001")[5:])
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad", rt="002"), person(2, "Noor", kk=2, rt="002"))
    write_people(home / "data/raw/2025-Q3/b.xlsx", other)
    count_in(home)
    assert population(home) == 1
    assert ask(home, "SELECT count(*) FROM penduduk WHERE set_aside = 'DUP01'") == [(2,)]


def test_rebuild_gives_an_identical_warehouse(small_sample: Path, tmp_path: Path) -> None:
    from pipelines.settings import load_office
    from pipelines.warehouse.ingest import rebuild
    from tests.warehouse.office import measure_changed, nothing

    home = tmp_path / "kantor"
    shutil.copytree(small_sample, home)
    count_in(home)
    before = contents(Places(home).warehouse)
    shutil.rmtree(home / "data" / "raw" / "2025-Q3")  # the kept files suffice
    (home / "data" / "raw" / "2025-Q3").mkdir()
    office = load_office(Places(home))
    rebuild(office, nothing)
    measure_changed(office)
    assert contents(Places(home).warehouse) == before


def test_a_torn_last_line_of_the_ledger_is_no_receipt(home: Path) -> None:
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"))
    count_in(home)
    ledger = Places(home).store / LEDGER
    with ledger.open("ab") as out:
        out.write(b'{"receipt": 2, "arriv')
    assert len(read_ledger(Places(home))) == 1
    write_people(home / "data/raw/2025-Q3/b.xlsx", person(2, "Noor", rt="003"))
    count_in(home, LATER)
    assert [r.receipt for r in read_ledger(Places(home))] == [1, 2]
    assert population(home) == 2


def test_a_new_rt_in_the_register_lets_held_rows_in(home: Path) -> None:
    register = home / "data" / "areas.csv"
    head = "code,level,name,parent,bps_code,rw,rt,dusun,km2\n"
    first = "63.06.05.1002-002-001,rt,RT 001 RW 002,63.06.05.1002-002,,002,001,,\n"
    register.write_text(head + first, encoding="utf-8")
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2, rt="007"))
    count_in(home)
    assert population(home) == 1
    assert ask(home, "SELECT rule FROM findings WHERE severity = 'error'") == [("GEO04",)]
    register.write_text(head + first + first.replace("001,rt", "007,rt"), encoding="utf-8")
    again = count_in(home, LATER)
    assert again.refolded
    assert population(home) == 2


def test_a_warehouse_of_an_earlier_version_is_made_anew_from_the_kept_files(home: Path) -> None:
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2))
    count_in(home)
    before = contents(Places(home).warehouse)
    (home / "data/raw/2025-Q3/a.xlsx").unlink()
    with duckdb.connect(str(Places(home).warehouse)) as connection:
        connection.execute("ALTER TABLE cells DROP COLUMN with_rest")
        connection.execute("UPDATE facts SET value = 'earlier' WHERE name = 'layout'")
    count_in(home, LATER)
    assert contents(Places(home).warehouse) == before


def test_a_sentence_on_somebody_in_two_kelurahan_names_the_other_and_the_file_its_folder(home: Path) -> None:
    """RT 001 is in every kelurahan, and so is a file of that name."""
    register = [f"{kelurahan}-{rw}-001,rt,RT 001," for kelurahan, rw in ((OWN, "002"), (OTHER, "BESAR.000"))]
    (home / "data/areas.csv").write_text("\n".join(["code,level,name,parent", *register]), encoding="utf-8")
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"), person(2, "Noor", kk=2))
    write_people(home / f"data/raw/2025-Q3/{OTHER}/Dusun Besar/a.xlsx", person(2, "Noor", kk=2, rt="1", rw=""))
    take_in(home)
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"), person(2, "Noor B", kk=2))
    take_in(home, LATER)
    office = load_office(Places(home))
    told = standing(office.places.warehouse, parse_period("2025-Q3"), office.register, OWN).findings
    [(file, message)] = [(f["file"], f["message"]) for f in told if f["rule"] == "DUP02"]
    assert file == f"{OTHER}/Dusun Besar/a.xlsx"
    assert f"tercatat di RT 001 RW 002 kelurahan {OWN}. Dihitung" in str(message)
    write_people(home / f"data/raw/2025-Q3/{OTHER}/Dusun Besar/a.xlsx", person(2, "Noor", kk=2, rt="1", rw="0"))
    take_in(home, LATER + dt.timedelta(days=1))
    [(message,)] = ask(home, "SELECT message FROM findings WHERE rule = 'DUP02'")
    assert f"tercatat di RT 001 Dusun BESAR kelurahan {OTHER}. Dihitung" in str(message)
