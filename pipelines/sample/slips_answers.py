"""Mistakes in answers: dates, codes, relations, schooling, welfare, place. Each function plants one."""

from pipelines.sample.draws import entry
from pipelines.sample.names import Names
from pipelines.sample.people import DIVORCED, HEAD, KIN, WIDOWED
from pipelines.sample.rows import Raw, Row
from pipelines.sample.schooling import ATTENDS, SD, SENIOR
from pipelines.sample.site import FAMILY, RESIDENT, Site, anyone, member, resident

NUMBERS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
UNKNOWN_RT, TINY_HOUSE = "099", 3


def impossible_date(site: Site) -> None:
    """A day that no month has."""
    if row := site.pick(RESIDENT, "tanggal_lahir", resident):
        year = row.person.tanggal_lahir.year if row.person else site.quarter.last.year
        site.spoil(row, "tanggal_lahir", Raw(f"31/02/{year}"))


def unknown_word(site: Site) -> None:
    """A word that is in no code list: relations and statuses as the family calls them."""
    row = site.pick(RESIDENT, "agama", member)
    if not row:
        return
    column, word = "agama", "Islm"
    if row.values["hubungan_keluarga"] is KIN:
        column, word = "hubungan_keluarga", "Keponakan"
    elif row.values["status_perkawinan"] in (DIVORCED, WIDOWED):
        column, word = "status_perkawinan", "Janda/Duda"
    site.spoil(row, column, Raw(word), word)


def second_head(site: Site) -> None:
    """A grown member written down as head beside the head."""
    row = site.pick(
        RESIDENT, "hubungan_keluarga", lambda row: member(row) and bool(row.person and row.person.age >= 20)
    )
    if row:
        site.spoil(row, "hubungan_keluarga", HEAD)


def wrong_level(site: Site) -> None:
    """SD and SMA mixed up."""

    def pupil(row: Row) -> bool:
        school = row.person.schooling if row.person else None
        if not school or school.partisipasi is not ATTENDS:
            return False
        return school.jenjang in SENIOR or (school.jenjang is SD and school.kelas in (1, 2, 3))

    if row := site.pick("pendidikan", "jenjang", pupil):
        wrong = entry("jenjang", "SMA") if row.values["jenjang"] is SD else SD
        site.spoil(row, "jenjang", wrong)


def tiny_house(site: Site) -> None:
    """A floor area of 3 m2."""
    if row := site.pick(FAMILY, "luas_lantai", anyone):
        site.spoil(row, "luas_lantai", TINY_HOUSE)


def number_in_words(site: Site) -> None:
    """The members of a family counted in words."""
    if row := site.pick(FAMILY, "jumlah_anggota", anyone):
        size = row.values["jumlah_anggota"]
        word = NUMBERS[size] if isinstance(size, int) and size < len(NUMBERS) else "banyak"
        site.spoil(row, "jumlah_anggota", Raw(f"{word} orang"))


def unregistered_family(site: Site) -> None:
    """A family in the welfare list that the population register does not know."""
    like = site.pick(FAMILY, "no_kk", anyone)
    if not like:
        return
    head = like.person
    born = site.quarter.born(head.age if head else 40)
    name = Names().draw(site.rng, bool(head and head.woman), head.age if head else 40, born)
    card = site.office.registry.card(str(like.values["no_kk"])[:6], site.quarter.first)
    stranger = Row(dict(like.values) | {"nama_kepala": name})
    site.spoil(stranger, "no_kk", card)
    site.report.tables[FAMILY].append(stranger)


def unknown_rt(site: Site) -> None:
    """An RT that the kelurahan does not have."""
    if row := site.pick(RESIDENT, "rt", member):
        site.spoil(row, "rt", UNKNOWN_RT)
