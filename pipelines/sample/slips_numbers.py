"""Mistakes in NIK and family card numbers. Each function plants one, where a row of the RT suits it."""

from pipelines.sample.people import CHILD, KIN, SINGLE
from pipelines.sample.rows import Fault, Raw, Row
from pipelines.sample.site import RESIDENT, Site, member, resident
from pipelines.sample.styles import CSV

EXCEL_DIGITS = 15  # Excel keeps no more of a number; the sixteenth becomes 0


def nik_as_number(site: Site) -> None:
    """Typed into a cell that is not text, so that Excel has destroyed the last digit."""
    if site.style is not CSV and (row := site.pick(RESIDENT, "nik", resident)):
        kept = int(str(row.values["nik"])[:EXCEL_DIGITS]) * 10
        site.spoil(row, "nik", Raw(kept))


def nik_without_serial(site: Site) -> None:
    """The serial 0000 is never issued."""
    if row := site.pick(RESIDENT, "nik", resident):
        site.spoil(row, "nik", f"{str(row.values['nik'])[:12]}0000")


def nik_too_short(site: Site) -> None:
    """One digit was left out."""
    if row := site.pick(RESIDENT, "nik", resident):
        site.spoil(row, "nik", str(row.values["nik"])[:-1])


def nik_of_other_sex(site: Site) -> None:
    """The day of birth in the NIK is that of the other sex; so it stands in every register."""
    row = site.pick(RESIDENT, "nik", resident)
    if not row or not row.person or not row.person.nik:
        return
    person = row.person
    wrong = site.office.registry.nik(row.person.nik[:6], person.tanggal_lahir, not person.woman)
    for dataset in ("pendidikan", "ketenagakerjaan"):
        for other in site.report.tables[dataset]:
            if other.person is person:
                other.values["nik"] = wrong
    site.spoil(row, "nik", wrong)


def one_nik_for_two(site: Site) -> None:
    """Two people of one RT with one NIK."""
    first = site.pick(RESIDENT, "nik", resident)
    if not first:
        return
    family = first.family
    second = site.pick(RESIDENT, "nik", lambda row: row.family is not family and resident(row))
    if not second:
        return
    site.spoil(first, "nik", first.values["nik"], f"juga dipakai {second.values['nama']}")
    site.spoil(second, "nik", first.values["nik"], f"milik {first.values['nama']}")
    second.faults.append(Fault("nik", "ID02", "tanggal lahir orang lain dalam NIK", follows=True))


def person_in_two_rts(site: Site) -> None:
    """Somebody of the RT before, still listed there, who lives with relatives here according to this RT."""
    host = site.pick(RESIDENT, "nik", member)
    if not host or not site.before:
        return
    other = site.before.pop(site.rng.randrange(len(site.before)))
    here = {
        "no_kk": host.values["no_kk"],
        "hubungan_keluarga": KIN,
        "rt": host.values["rt"],
        "rw": host.values["rw"],
    }
    copy = Row(other.values | here, host.family)
    copy.faults.append(site.fault("nik", f"tinggal di RT {other.values['rt']} RW {other.values['rw']}"))
    site.add_row(copy)


def movable(row: Row) -> bool:
    """Whether somebody may turn up in the next RT as well: a grown child, single."""
    person = row.person
    grown = bool(person and person.status_perkawinan is SINGLE and 18 <= person.age <= 40)
    return grown and member(row) and row.values["hubungan_keluarga"] is CHILD


def same_row_twice(site: Site) -> None:
    """A row copied to the end of the list."""
    if row := site.pick(RESIDENT, "nik", member):
        copy = Row(dict(row.values), faults=[site.fault("nik")])
        site.report.tables[RESIDENT].append(copy)


def nik_in_card_column(site: Site) -> None:
    """The NIK stands in the column of the family card too."""
    row = site.pick(RESIDENT, "no_kk", lambda row: bool(row.person and row.person.woman) and member(row))
    if row:
        site.spoil(row, "no_kk", row.values["nik"])


def no_card(site: Site) -> None:
    """The family card number is missing."""
    if row := site.pick(RESIDENT, "no_kk", member):
        site.spoil(row, "no_kk", None)
