"""The people of one RT: families drawn until the RT is full, every member with all that the registers ask."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.sample.civil import give_civil_status, give_residence
from pipelines.sample.draws import odds, stream
from pipelines.sample.names import Names
from pipelines.sample.origins import origin
from pipelines.sample.people import MAN, WOMAN, Family, Person
from pipelines.sample.places import Rt
from pipelines.sample.quarters import Quarter
from pipelines.sample.registry import Registry
from pipelines.sample.schooling import STARTS, draw_schooling
from pipelines.sample.structures import Member, draw_family
from pipelines.sample.welfare import give_welfare
from pipelines.sample.work import give_work
from schemas.codelists import Entry

# Banjar and Muslim by a large majority; Dayak Meratus from Loksado keep their own belief.
FAITH = odds("agama", {"Islam": 98.6, "Kristen": 0.6, "Katolik": 0.3, "Kepercayaan Lain": 0.3, "Buddha": 0.1,
                       "Hindu": 0.1})  # fmt: skip
OLDEST_CARD = date(2009, 1, 1)  # family cards of the electronic register
UNNUMBERED_DAYS, UNNUMBERED = 180, 0.2  # newborns whose NIK is not yet issued
SIZE_VARIES = 0.2


@dataclass(frozen=True)
class Office:
    """What the RTs of one kelurahan share while they are made: the numbers and names already given."""

    seed: int
    quarter: Quarter
    registry: Registry
    names: Names


def people_of(office: Office, rt: Rt, persons: int) -> list[Family]:
    """The families of an RT, about so many persons (a fifth more or less, as RTs differ)."""
    rng = stream(office.seed, "penduduk", rt.code)
    wanted = persons * rng.uniform(1 - SIZE_VARIES, 1 + SIZE_VARIES)
    families: list[Family] = []
    listed = 0
    while listed < wanted:
        family = _family(rng, office, rt)
        families.append(family)
        listed += len(family.members)
    return families


def _family(rng: Random, office: Office, rt: Rt) -> Family:
    drawn = draw_family(rng)
    faith, region, quarter = FAITH.draw(rng), rt.kelurahan.region, office.quarter
    founded = max(OLDEST_CARD, quarter.born(drawn[0].age - 16))
    issued = founded + timedelta(days=rng.randrange(max(1, (quarter.last - founded).days)))
    family = Family(office.registry.card(region, issued))
    family.members = [person_of(rng, office, family.no_kk, region, member, faith) for member in drawn]
    for person in family.members:
        if person.age >= STARTS:
            exact = (quarter.last - person.tanggal_lahir).days / 365.2425
            person.schooling = draw_schooling(rng, person.woman, exact, quarter)
        give_civil_status(rng, person)
        give_residence(rng, person)
        give_work(rng, person)
    give_welfare(rng, family)
    return family


def person_of(rng: Random, office: Office, no_kk: str, region: str, member: Member, faith: Entry) -> Person:
    """A member of a family with number, name, origin and birth date."""
    born = office.quarter.born(member.age)
    age = office.quarter.age(born)
    first_registered, birthplace = origin(rng, region, member.age)
    unnumbered = (office.quarter.last - born).days < UNNUMBERED_DAYS and rng.random() < UNNUMBERED
    return Person(
        nik=None if unnumbered else office.registry.nik(first_registered, born, member.woman),
        no_kk=no_kk,
        nama=office.names.draw(rng, member.woman, age, born),
        jenis_kelamin=WOMAN if member.woman else MAN,
        tempat_lahir=birthplace,
        tanggal_lahir=born,
        hubungan_keluarga=member.relation,
        status_perkawinan=member.marital,
        agama=faith,
        age=age,
    )
