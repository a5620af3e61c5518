"""Figures and identities apart: what the warehouse knows of a person needs the key, and the two files are one."""

import hashlib
import hmac
import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from pipelines.diagnosis import troubles
from pipelines.errors import OfficerError
from pipelines.periods import parse_period
from pipelines.settings import Places, load_office
from pipelines.template.accepted import accepted_before
from pipelines.warehouse.identities import identity_path
from pipelines.warehouse.ingest import rebuild
from pipelines.warehouse.key import KEY_BYTES, LOST, NEEDED, make_key, read_key
from pipelines.warehouse.pseudonyms import keyed, passing_key
from pipelines.warehouse.rights import forget
from tests.conftest import CONFIG
from tests.warehouse.named import one_key_each
from tests.warehouse.office import NOW, ask, contents, count_in, nothing, take_in
from tests.warehouse.rows import HEADINGS, person, write_people

PEOPLE = [person(1, "Ahmad Fauzi Rahman"), person(2, "Noor Hayati", head=False), person(3, "Zainal Abidin", kk=2)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three residents and a row that is held, received, measured and published."""
    home = tmp_path_factory.mktemp("identitas") / "kantor"
    (home / "data").mkdir(parents=True)
    (home / "data/cantik.toml").write_text(CONFIG, encoding="utf-8")
    write_people(home / "data/raw/2025-Q3/Kiriman Pak Zulkifli.xlsx", *PEOPLE, ("12", *person(4, "Rusdiansyah")[1:]))
    take_in(home)
    return home


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    """The same office, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "kantor"))


def keys(home: Path) -> set[str]:
    """What the warehouse counts people and families by."""
    with duckdb.connect(str(Places(home).warehouse), read_only=True) as store:
        rows = store.execute("SELECT person_key::VARCHAR FROM penduduk UNION SELECT family_key::VARCHAR FROM penduduk")
        return {str(key).replace("-", "") for (key,) in rows.fetchall() if key}


def guesses(numbers: set[str]) -> Iterator[str]:
    """Every number hashed in every way that needs no key, or with a key that an attacker might think of."""
    labels = ("", "nik|", "kk|", "warehouse:Nik|", "warehouse:FamilyCard|")
    for number in numbers:
        for text in (f"{label}{number}".encode() for label in labels):
            for known in (b"", b"cantik", bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)):
                yield hmac.new(known, text, "sha256").hexdigest()
            for way in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha3_256, hashlib.blake2b):
                yield way(text).hexdigest()


def pseudonym(key: bytes, kind: str, number: str) -> str:
    """The key of one number in the warehouse, computed a second time."""
    return hmac.digest(key, f"warehouse:{kind}|{number}".encode(), "sha256").hex()[:32]


def test_without_the_key_no_number_is_recovered_from_its_pseudonym(office: Path) -> None:
    known = {row[column] for row in PEOPLE for column in (0, 1)}
    numbers = known | {f"630605170890{serial:04}" for serial in range(1000)}  # all of that birthday and district
    there = keys(office)
    assert len(there) == 5
    assert not there & {guess[:32] for guess in guesses(numbers)}
    key = read_key(Places(office))
    assert there <= {pseudonym(key, kind, number) for kind in ("Nik", "FamilyCard") for number in numbers}
    assert str(read_key(Places(office)).hex()).encode() not in Places(office).warehouse.read_bytes()


def test_two_offices_know_the_same_people_under_other_keys(office: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain"
    shutil.copytree(office, other)
    shutil.rmtree(other / "data/warehouse")
    Places(other).rights_key.unlink()
    count_in(other)
    assert ask(other, "FROM penduduk ORDER BY ALL") == ask(office, "FROM penduduk ORDER BY ALL")
    assert not keys(other) & keys(office)


def test_no_two_numbers_share_a_key() -> None:
    numbers = [f"6306{n:012}" for n in range(200_000)]
    frame = pd.DataFrame({"nik": numbers, "no_kk": numbers}, dtype="str")
    made = keyed({"penduduk": frame}, passing_key())["penduduk"]
    assert len({*made["person_key"], *made["family_key"]}) == 2 * len(numbers)


def test_figures_stand_apart_from_every_text(small_sample: Path, tmp_path: Path) -> None:
    """Not one name, number, place of birth, held cell, finding, file or sheet of a whole kelurahan."""
    home = tmp_path / "kantor"
    shutil.copytree(small_sample, home)
    count_in(home)
    store = Places(home).warehouse
    one_key_each(store)
    queries = (
        "SELECT unnest([nik, no_kk, nama]) FROM penduduk",
        "SELECT unnest([no_kk, nama_kepala]) FROM kesejahteraan",
        "SELECT unnest([nik, nama]) FROM pendidikan",
        "SELECT unnest([value, message]) FROM findings",
        "SELECT path FROM receipts",
    )
    held = [cell for (cells,) in ask(home, "SELECT cells FROM held") for cell in json.loads(str(cells)).values()]
    texts = {str(text) for text in [*held, *(row[0] for query in queries for row in ask(home, query))]}
    texts = {text for text in texts if len(text) > 9}
    assert len(texts) > 300
    listed = {"Pelajar/Mahasiswa", "Mengurus Rumah Tangga", "Buruh Harian Lepas", "Belum/Tidak Bekerja"}
    content = store.read_bytes()
    with duckdb.connect(str(store), read_only=True) as tables:
        names = [name for (name,) in tables.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        told = "".join(repr(tables.execute(f"FROM {name}").fetchall()) for name in names)
    codes = {str(code) for row in ask(home, "SELECT DISTINCT pekerjaan FROM penduduk") for code in row}
    apart = texts - listed - codes - {str(a) for (a,) in ask(home, "SELECT DISTINCT area_name FROM cells")}
    assert not [text for text in apart if text.encode() in content or text in told]
    assert [text for text in apart if text.encode() in Places(home).identities.read_bytes()]


def test_an_occupation_that_is_in_no_list_stays_with_the_identities(home: Path) -> None:
    path = write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"))
    book = openpyxl.load_workbook(path)
    for cell, text in (("I1", "Pekerjaan"), ("I2", "Sopir Bu Salmah")):
        book.active[cell] = text  # type: ignore[index]
    book.save(path)
    count_in(home)
    assert ask(home, "SELECT pekerjaan FROM penduduk") == [("Sopir Bu Salmah",)]
    counted = "SELECT breakdown FROM cells WHERE indicator = 'jumlah_penduduk' AND breakdown LIKE 'pekerjaan:%'"
    assert set(ask(home, f"{counted} AND numerator = 1")) == {("pekerjaan:lain",)}
    assert b"Salmah" not in Places(home).warehouse.read_bytes()
    [filled] = accepted_before(Places(home).warehouse, parse_period("2025-Q4")).values()
    assert "Sopir Bu Salmah" in filled.rows["penduduk"][0]


@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda path: path.write_text("rusak"), lambda path: path.write_text("00" * 32)]
)
def test_a_lost_key_is_told_and_rebuild_makes_another(office: Path, harm: Callable[[Path], object]) -> None:
    before, old = contents(Places(office).warehouse), keys(office)
    harm(Places(office).rights_key)
    write_people(office / "data/raw/2025-Q3/b.xlsx", person(9, "Orang Baru", rt="002"))
    with pytest.raises(OfficerError) as told:
        count_in(office)
    assert str(told.value) == LOST
    assert LOST in troubles(Places(office))
    (office / "data/raw/2025-Q3/b.xlsx").unlink()
    ledger = Places(office).store / "receipts.jsonl"
    ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])
    rebuild(load_office(Places(office)), nothing)
    count_in(office)
    assert contents(Places(office).warehouse) == before
    assert not keys(office) & old
    assert troubles(Places(office)) == []


def test_another_key_never_brings_a_forgotten_person_back(office: Path) -> None:
    forget(Places(office), PEOPLE[0][0], {}, "2025-10-01")
    rebuild(load_office(Places(office)), nothing)
    assert ask(office, "SELECT count(*) FROM penduduk") == [(2,)]
    before = Places(office).warehouse.read_bytes()
    Places(office).rights_key.write_text("11" * KEY_BYTES)
    with pytest.raises(OfficerError) as told:
        rebuild(load_office(Places(office)), nothing)
    assert str(told.value) == NEEDED
    assert Places(office).warehouse.read_bytes() == before


@pytest.mark.parametrize("harm", ["lost", "empty", "earlier"])
def test_identities_that_are_not_the_warehouse_s_are_told(office: Path, tmp_path: Path, harm: str) -> None:
    apart = identity_path(Places(office).warehouse)
    earlier = apart.read_bytes()
    write_people(office / "data/raw/2025-Q3/b.xlsx", person(9, "Orang Baru", rt="002"))
    count_in(office)
    before = contents(Places(office).warehouse)
    apart.unlink()
    if harm == "empty":
        duckdb.connect(str(apart)).close()
    elif harm == "earlier":
        apart.write_bytes(earlier)
    for action in (
        lambda: count_in(office),
        lambda: accepted_before(Places(office).warehouse, parse_period("2025-Q4")),
    ):
        with pytest.raises(OfficerError, match=r"identitas\.duckdb .* cantik rebuild"):
            action()
    assert any("identitas.duckdb" in said for said in troubles(Places(office)))
    rebuild(load_office(Places(office)), nothing)
    count_in(office)
    assert contents(Places(office).warehouse) == before


def test_a_warehouse_of_before_the_identities_leaves_no_name_in_its_pages(office: Path) -> None:
    before = contents(Places(office).warehouse)
    Places(office).identities.unlink()
    Places(office).rights_key.unlink()
    Places(office).warehouse.unlink()
    with duckdb.connect(str(Places(office).warehouse)) as old:
        old.execute("CREATE TABLE facts (name VARCHAR PRIMARY KEY, value VARCHAR)")
        old.execute("INSERT INTO facts VALUES ('layout', 'earlier')")
        old.execute("CREATE TABLE penduduk AS SELECT 'Ahmad Fauzi Rahman' AS nama, '6306051708900001' AS nik")
        old.execute("CREATE TABLE receipts AS SELECT 1 AS receipt, 'x.xlsx' AS path")
    assert b"Ahmad Fauzi" in Places(office).warehouse.read_bytes()
    count_in(office, NOW)
    assert contents(Places(office).warehouse) == before
    assert b"Ahmad Fauzi" not in Places(office).warehouse.read_bytes()


def test_a_torn_key_is_made_anew_only_before_anything_stands_under_it(home: Path) -> None:
    Places(home).rights_key.write_text("ab")
    assert make_key(Places(home)) == read_key(Places(home))
    assert HEADINGS[0] == "NIK"


def test_what_a_killed_process_spilled_goes_at_the_next_start(office: Path) -> None:
    store = Places(office).store
    left = [store / "spill", store / "warehouse.duckdb.tmp"]
    for folder in left:
        folder.mkdir(exist_ok=True)
        (folder / "duckdb_temp_storage_S32K-0.tmp").write_bytes(b"Ahmad Fauzi Rahman")
    count_in(office)
    assert not [path for folder in left for path in folder.rglob("*")]
