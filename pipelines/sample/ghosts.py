"""People listed who are not there, and people there who are not listed: most escape every rule."""

from datetime import timedelta

from pipelines.sample import people
from pipelines.sample.civil import give_civil_status
from pipelines.sample.people import Family
from pipelines.sample.rows import Row, person_values
from pipelines.sample.site import RESIDENT, Site, resident
from pipelines.sample.structures import Member
from pipelines.sample.village import person_of
from pipelines.sample.work import give_work

OLDEST = 96.0


def deceased_listed(site: Site) -> None:
    """An old parent of the head has died and still stands in the list as alive."""
    if family := _family(site, 30, 60):
        age = min(OLDEST, family.head.age + site.rng.uniform(21, 32))
        gone = Member(people.PARENT, site.rng.random() < 0.6, age, people.WIDOWED)
        _list(site, family, gone)


def migrant_listed(site: Site) -> None:
    """A grown child has moved away and still stands in the list as resident."""
    if family := _family(site, 42, 75):
        age = min(38.0, max(18.2, family.head.age - site.rng.uniform(20, 28)))
        gone = Member(people.CHILD, site.rng.random() < 0.5, age, people.SINGLE)
        _list(site, family, gone)


def born_too_late(site: Site) -> None:
    """A child born after the quarter, with no NIK yet."""
    family = _family(site, 20, 45)
    if not family:
        return
    baby = Member(people.CHILD, site.rng.random() < 0.5, 0.01, people.SINGLE)
    row = _list(site, family, baby, "tanggal_lahir")
    row.values["tanggal_lahir"] = site.quarter.last + timedelta(days=site.rng.randint(2, 25))
    row.values["nik"] = None


def newborn_missing(site: Site) -> None:
    """A child of the last year was never written down."""
    row = site.pick(RESIDENT, "nik", lambda row: bool(row.person and row.person.age == 0 and row.person.resident))
    if row:
        site.report.tables[RESIDENT].remove(row)
        site.report.missing.append(site.fault(None, f"{row.values['nama']} dari KK {row.values['no_kk']}"))


def _family(site: Site, youngest: int, oldest: int) -> Family | None:
    """A family whose head is of such an age."""
    row = site.pick(
        RESIDENT,
        "nik",
        lambda row: (
            bool(row.family and row.person is row.family.head and youngest <= row.person.age <= oldest)
            and resident(row)
        ),
    )
    return row.family if row else None


def _list(site: Site, family: Family, who: Member, column: str = "nama") -> Row:
    """Write somebody into the list of a family to which he does not belong any more, or not yet."""
    region = site.report.rt.kelurahan.region
    ghost = person_of(site.rng, site.office, family.no_kk, region, who, family.head.agama)
    give_civil_status(site.rng, ghost)
    give_work(site.rng, ghost)
    row = Row(person_values(site.rng, site.report.rt, ghost), family, faults=[site.fault(column)])
    site.add_row(row)
    return row
