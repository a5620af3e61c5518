"""The invented people: believable as a whole, and consistent one by one."""

import re
from datetime import date

import pytest

from pipelines.sample import people
from pipelines.sample.names import Names
from pipelines.sample.people import Family, Person
from pipelines.sample.places import first_kelurahan, rts_of
from pipelines.sample.quarters import Quarter
from pipelines.sample.registry import Registry
from pipelines.sample.schooling import ATTENDS
from pipelines.sample.village import Office, people_of
from pipelines.sample.welfare import LINE

LEVELS = {"SD": (6, 13), "SMP": (11, 17), "SMA": (14, 21), "SMK": (14, 21)}
PLAUSIBLE_IJAZAH = {"SD": 11, "SMP": 14, "SMA": 17, "SMK": 17, "D1/D2": 19, "D3": 20, "D4/S1": 21, "S2": 23}
QUARTERS = ("2025-Q3", "2024-Q2")


def families_in(period: str, rts: int) -> list[Family]:
    office = Office(1, Quarter.of(period), Registry(), Names())
    return [family for rt in rts_of(first_kelurahan(1)[0], rts) for family in people_of(office, rt, 250)]


@pytest.fixture(scope="module", params=QUARTERS)
def village(request: pytest.FixtureRequest) -> list[Family]:
    return families_in(request.param, 100)


@pytest.fixture(scope="module")
def residents(village: list[Family]) -> list[Person]:
    return [person for family in village for person in family.residents]


def share(hits: int, of: int) -> float:
    return 100 * hits / of


def test_ages_and_sexes(residents: list[Person]) -> None:
    of = len(residents)
    women = sum(person.woman for person in residents)
    assert 23 <= share(sum(person.age < 15 for person in residents), of) <= 25.5
    assert 6 <= share(sum(person.age > 64 for person in residents), of) <= 8
    assert 99 <= share(of - women, women) <= 104
    assert max(person.age for person in residents) <= 100


def test_families(village: list[Family], residents: list[Person]) -> None:
    assert 3.1 <= len(residents) / len(village) <= 3.4
    assert 12 <= share(sum(family.head.woman for family in village), len(village)) <= 17
    for family in village:
        assert [person.hubungan_keluarga for person in family.members].count(people.HEAD) == 1
        assert family.head.hubungan_keluarga is people.HEAD and family.head.resident
        assert family.head.age >= 17
        for person in family.members:
            if person.hubungan_keluarga is people.CHILD:
                assert person.tanggal_lahir.year - family.head.tanggal_lahir.year >= 14


def test_numbers_are_valid_and_unique(village: list[Family]) -> None:
    persons = [person for family in village for person in family.members if person.nik]
    numbers = [str(person.nik) for person in persons] + [family.no_kk for family in village]
    assert len(numbers) == len(set(numbers))
    for person in persons:
        nik, born = str(person.nik), person.tanggal_lahir
        assert re.fullmatch(r"\d{12}(?!0000)\d{4}", nik)
        assert nik[6:12] == f"{born.day + 40 * person.woman:02}{born:%m%y}"
    for family in village:
        issued = family.no_kk[6:12]
        assert date(2000 + int(issued[4:]), int(issued[2:4]), int(issued[:2]))
    home = sum(str(person.nik).startswith("630605") for person in persons)
    assert 80 <= share(home, len(persons)) < 100


def test_nobody_shares_name_and_birthday(village: list[Family]) -> None:
    people_ = [(person.nama, person.tanggal_lahir) for family in village for person in family.members]
    assert len(people_) == len(set(people_))


def test_schooling_agrees_with_age(residents: list[Person]) -> None:
    for person in residents:
        school = person.schooling
        assert (school is None) == (person.age < 5)
        if school is None:
            continue
        assert person.age >= PLAUSIBLE_IJAZAH.get(school.ijazah.label, 0)
        if school.partisipasi is ATTENDS and school.jenjang and school.jenjang.label in LEVELS:
            least, most = LEVELS[school.jenjang.label]
            assert least <= person.age <= most


def test_schooling_as_a_whole(residents: list[Person]) -> None:
    grown = [person.schooling.years for person in residents if person.age >= 25 and person.schooling]
    assert 7.5 <= sum(grown) / len(grown) <= 8.7
    readers = [person.schooling.baca_tulis for person in residents if person.age >= 15 and person.schooling]
    assert 96.5 <= share(sum(readers), len(readers)) <= 99.5
    for (least, most), (low, high) in {(7, 12): (98.5, 100), (13, 15): (91, 97), (16, 18): (74, 85)}.items():
        of_age = [person for person in residents if least <= person.age <= most and person.schooling]
        attend = sum(person.schooling.partisipasi is ATTENDS for person in of_age if person.schooling)
        assert low <= share(attend, len(of_age)) <= high


def test_labour_as_a_whole(residents: list[Person]) -> None:
    work = [person.work for person in residents if person.age >= 15 and person.work]
    unemployed = sum(answers.unemployed for answers in work)
    force = unemployed + sum(answers.employed for answers in work)
    assert 66 <= share(force, len(work)) <= 73
    assert 2 <= share(unemployed, force) <= 4


def test_welfare_as_a_whole(village: list[Family]) -> None:
    welfare = [family.welfare for family in village if family.welfare]
    persons = sum(family.jumlah_anggota for family in welfare)
    poor = sum(family.jumlah_anggota for family in welfare if family.poor)
    assert 4 <= share(poor, persons) <= 6
    for family in welfare:
        assert family.poor == (family.pengeluaran_bulanan / family.jumlah_anggota < LINE)
        assert 0 <= family.pbi_jk <= family.jumlah_anggota
        assert 100_000 <= family.pengeluaran_bulanan / family.jumlah_anggota <= 20_000_000
    ranked = sorted((family for family in welfare if family.desil), key=lambda family: family.desil or 0)
    half = len(ranked) // 2
    assert sum(f.pengeluaran_bulanan for f in ranked[:half]) < 0.8 * sum(f.pengeluaran_bulanan for f in ranked[half:])
    assert sum(f.pkh + f.bpnt for f in ranked[:half]) > 4 * sum(f.pkh + f.bpnt for f in ranked[half:])


def test_dwellings_as_a_whole(village: list[Family]) -> None:
    dwellings = [family.welfare.dwelling for family in village if family.welfare]
    sealed = sum(d.pembuangan_tinja is not None and d.pembuangan_tinja.label == "Tangki septik" for d in dwellings)
    assert 79 <= share(sealed, len(dwellings)) <= 86
    river = sum(dwelling.sumber_air_minum.label == "Air permukaan" for dwelling in dwellings)
    assert 5 <= share(river, len(dwellings)) <= 15


def test_an_rt_does_not_depend_on_the_others() -> None:
    names = [family.head.nama for family in families_in("2025-Q3", 1)]
    assert names == [family.head.nama for family in families_in("2025-Q3", 3)][: len(names)]
