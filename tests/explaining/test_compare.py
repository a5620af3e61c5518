"""Why a figure moved: worked by hand for a few people, and adding up for whole villages that change at random."""

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from pipelines.explaining.comparison import KINDS, Comparison, compare
from pipelines.explaining.derived import explain_derived
from pipelines.explaining.trace import make_rows, trace
from pipelines.explaining.wording_compare import TITLES
from pipelines.indicators.catalogue import catalogue
from tests.arithmetic.records import PERIOD, RECAPS, Village
from tests.arithmetic.village import make_village
from tests.arithmetic.workbooks import settings, write_areas, write_workbook
from tests.warehouse.office import take_in

from .asking import Open, ask, cells_of, opened, places_of
from .village import RT1, RT2, RT3, RW, write_book, write_tiny

NEXT, LATER = "2025-Q4", "2026-Q3"
HEAD = (
    "NIK",
    "Nomor KK",
    "Nama Lengkap",
    "L/P",
    "Tanggal Lahir",
    "Hubungan dalam Keluarga",
    "Status Dasar",
    "RW",
    "RT",
)
SCHOOL_HEAD = ("NIK", "Nama Lengkap", "Partisipasi Sekolah", "Jenjang", "Baca Tulis", "RW", "RT")
BORN = {
    "Ahmad": "15-03-1980", "Sitiaji": "15-03-1985", "Yusuf": "15-03-1950", "Budi": "15-03-1990", "Rino": "15-03-1992",
    "Sapto": "15-03-1993", "Joko": "15-03-1988", "Lukman": "15-03-1975", "Tono": "15-03-1970",
    "Dewa": "15-11-2010",  # 14 on 30 September 2025, 15 on 31 December
    "Bayi": "10-11-2025",
}  # fmt: skip


def nik(name: str) -> str:
    day, month, year = BORN[name].split("-")
    return f"630605{day}{month}{year[2:]}0001"


def write_rt(home: Path, period: str, rt: str, people: dict[str, str], reads: dict[str, str]) -> None:
    """One RT's registers: name -> Status Dasar, and name -> Baca Tulis; everybody heads a family of one."""
    number, people_rows = rt[-3:], []
    for name, fate in people.items():
        card = f"630605010120{list(BORN).index(name) + 1:04}"
        people_rows.append((nik(name), card, name, "L", BORN[name], "Kepala Keluarga", fate, "002", number))
    school = [(nik(n), n, "Tidak sekolah lagi", "SD", answer, "002", number) for n, answer in reads.items()]
    sheets: dict[str, list[tuple[object, ...]]] = {"Warga": [HEAD, *people_rows], "Sekolah": [SCHOOL_HEAD, *school]}
    write_book(home / "data" / "raw" / period / f"RT {number}.xlsx", sheets)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    home = write_tiny(tmp_path_factory.mktemp("kantor"))
    for file in (home / "data" / "raw" / PERIOD).rglob("*.xlsx"):
        file.unlink()
    then = dict.fromkeys(("Ahmad", "Sitiaji", "Yusuf", "Budi", "Rino", "Sapto", "Dewa"), "Hidup")
    write_rt(home, PERIOD, RT1, then, {
        "Ahmad": "Ya", "Sitiaji": "Tidak", "Yusuf": "", "Budi": "Ya", "Rino": "Ya", "Sapto": "Ya", "Dewa": "Ya",
    })  # fmt: skip
    write_rt(home, PERIOD, RT3, {"Lukman": "Hidup"}, {"Lukman": "Ya"})
    now = dict.fromkeys(("Ahmad", "Sitiaji", "Yusuf", "Joko", "Dewa", "Bayi"), "Hidup") | {"Budi": "Mati"}
    write_rt(home, NEXT, RT1, now, dict.fromkeys(("Ahmad", "Sitiaji", "Yusuf", "Joko", "Dewa"), "Ya"))
    write_rt(home, NEXT, RT2, {"Tono": "Hidup"}, {"Tono": "Ya"})
    write_rt(home, NEXT, RT3, dict.fromkeys(("Lukman", "Rino"), "Hidup"), dict.fromkeys(("Lukman", "Rino"), "Ya"))
    take_in(home)
    with opened(home) as at:
        yield at


def compared(at: Open, code: str, area: str, breakdown: str = "total") -> Comparison:
    connection, office = at
    newer = ask(at, code, area, breakdown, NEXT)
    make_rows(connection, office, newer)
    return compare(connection, office, newer, trace(connection, newer), PERIOD)


def told(found: Comparison) -> dict[str, tuple[int, int, int]]:
    return {move.kind: (move.units, move.numerator, move.denominator) for move in found.moves}


def test_literacy_of_one_rt_from_3_more_causes_than_its_value_shows(few: Open) -> None:
    """From 4 of 5 (Ahmad, Budi, Rino, Sapto; not Sitiaji) to 5 of 5 (Ahmad, Sitiaji, Yusuf, Joko, Dewa)."""
    found = compared(few, "amh", RT1)
    assert (found.older.cell.numerator, found.older.cell.denominator) == (4, 5)
    assert told(found) == {
        "meninggal": (1, -1, -1),  # Budi
        "ke_rt": (1, -1, -1),  # Rino
        "umur": (1, 1, 1),  # Dewa is 15 now
        "terisi": (1, 1, 1),  # Yusuf
        "jawaban": (1, 1, 0),  # Sitiaji
        "baru": (1, 1, 1),  # Joko
        "hilang": (1, -1, -1),  # Sapto
    }


def test_a_move_within_the_area_moves_nothing_and_a_new_rt_is_a_report(few: Open) -> None:
    found = compared(few, "jumlah_penduduk", RW)
    assert told(found) == {
        "rt_masuk": (1, 1, 0),  # Tono's
        "lahir": (1, 1, 0),
        "meninggal": (1, -1, 0),
        "baru": (1, 1, 0),
        "hilang": (1, -1, 0),
    }
    assert found.moves[0].rts == (RT2,)


def test_whoever_comes_from_another_rt_is_told_apart(few: Open) -> None:
    assert told(compared(few, "jumlah_penduduk", RT3)) == {"dari_rt": (1, 1, 0)}


def test_a_growth_is_told_by_its_two_figures(two_periods: Open) -> None:
    """The periods lie a year apart; some RT is a report later or earlier, and then there is no figure."""
    cells = cells_of(two_periods, catalogue()["laju_pertumbuhan_penduduk"], LATER)
    found = [explain_derived(*two_periods, asked) for asked in cells]
    assert {one.why is None for one in found} == {True, False}
    for one in found:
        now, then = (part.value for part in one.parts)
        assert one.why or one.asked.cell.value == pytest.approx(100 * ((now or 0) / (then or 1) - 1))
        assert one.why is None or "RT" in one.why


def test_every_kind_has_its_words() -> None:
    assert {group for group, _ in KINDS.values()} == set(TITLES)


def changed(village: Village) -> Village:
    """A year later: people die, go, move, are mended, answer otherwise; RTs fall silent or send count sheets."""
    rng, later = Random(village.seed), copy.deepcopy(village)
    later.seed += 1000  # other spellings in the workbooks
    rts = [rt for rt in later.rts() if any(p.rt == rt for p in later.penduduk)]
    silent = rng.choice(rts)
    recap = rng.choice([rt for rt in rts if rt != silent])
    for person in later.penduduk:
        fate = rng.random()
        if fate < 0.04:
            person.status_dasar = rng.choice([2, 3, 6])
        elif fate < 0.08:
            person.rt = rng.choice(rts)
        elif fate < 0.11:
            person.tanggal_lahir -= timedelta(days=rng.randint(1, 4000))
        elif fate < 0.13:
            person.jenis_kelamin = 3 - person.jenis_kelamin
        elif fate < 0.15:
            person.nik = None
        elif fate < 0.18:
            person.tanggal_lahir = date(2025, 10, rng.randint(1, 31))
            person.nik = person.nik and person.nik[:12] + str(rng.randint(8000, 9999))
        elif fate < 0.21:
            person.nik = person.nik and person.nik[:12] + str(rng.randint(6000, 7999))
        person.ktp_el = rng.choice([True, False, None, person.ktp_el, person.ktp_el])
        person.hubungan_keluarga = rng.choice([person.hubungan_keluarga] * 9 + [1, None])
    for pupil in later.pendidikan:
        pupil.baca_tulis = rng.choice([True, False, None, pupil.baca_tulis, pupil.baca_tulis])
        pupil.partisipasi = rng.choice([1, 2, 3] + [pupil.partisipasi] * 9)
    for family in later.kesejahteraan:
        family.pengeluaran_bulanan = int(family.pengeluaran_bulanan * rng.choice([0.8, 1, 1, 1.3]))
        family.pkh = rng.choice([True, False, None, family.pkh, family.pkh])
        family.desil = rng.choice([family.desil, family.desil, rng.randint(1, 10)])
    for rows in (later.penduduk, later.kesejahteraan, later.pendidikan, later.ketenagakerjaan):
        rows[:] = [row for row in rows if row.rt not in (silent, recap) and rng.random() > 0.03]  # type: ignore[attr-defined]
    for dataset in RECAPS:
        own = later.recaps.setdefault(dataset, {})
        for numbers in own.values():
            numbers.update({name: None if n is None else n + rng.randint(0, 2) for name, n in numbers.items()})
        if own:
            own[recap] = dict(next(iter(own.values())))
    return later


@pytest.fixture(scope="module")
def two_periods(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    home = tmp_path_factory.mktemp("kantor")
    village = make_village(21, rts=7, families_per_rt=9, recap_rts=1, silent_rts=1)
    (home / "data").mkdir()
    (home / "data" / "cantik.toml").write_text(settings() + f'"{LATER}" = 640000\n', encoding="utf-8")
    write_areas(village, home / "data" / "areas.csv")
    for period, state in ((PERIOD, village), (LATER, changed(village))):
        inbox = home / "data" / "raw" / period
        inbox.mkdir(parents=True)
        for rt in state.rts():
            write_workbook(state, rt, inbox)
    take_in(home)
    with opened(home) as at:
        yield at


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_the_parts_add_up_to_both_differences(two_periods: Open, every: int) -> None:
    """For every so many indicators, of the kelurahan, an RW and an RT in turn, of both sexes, each, and some codes."""
    connection, office = two_periods
    seen: set[str] = set()
    for turn, entry in enumerate([entry for entry in catalogue().values() if not entry.is_derived][::every]):
        places = [place for place in places_of(two_periods, entry, LATER) if place[0] in ("kelurahan", "rw", "rt")]
        plain = [place for place in places if place[2] in entry.plain]
        split = [place for place in places if place[2] not in entry.plain and place[0] != "rt"]
        chosen = plain[turn % len(plain) if turn % 2 else turn % len(entry.plain)]
        for _, area, breakdown in [chosen, *split[:: len(split) // 2 + 1]]:
            newer = ask(two_periods, entry.code, area, breakdown, LATER)
            make_rows(connection, office, newer)
            now = trace(connection, newer)
            found = compare(connection, office, newer, now, PERIOD)
            assert sum(m.numerator for m in found.moves) == now.numerator - found.found.numerator
            assert sum(m.denominator for m in found.moves) == now.denominator - found.found.denominator
            assert all(m.units > 0 for m in found.moves)
            assert entry.poverty_line or "garis" not in {m.kind for m in found.moves}
            seen |= {m.kind for m in found.moves}
    common = {"rt_keluar", "lahir", "baru", "hilang", "meninggal", "pergi", "umur", "garis", "diperbaiki", "jawaban"}
    assert common <= seen
