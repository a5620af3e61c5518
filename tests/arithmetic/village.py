"""Small random villages: valid rows only, with every awkward case that the indicators must survive."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .distributions import OCCUPATIONS
from .draws import (
    LAKI_LAKI,
    PEREMPUAN,
    aid,
    answer,
    birth_date,
    dwelling,
    maybe,
    recap_sheets,
    schooling,
    spending,
    work_answers,
)
from .formulas import ATTENDING, completed_years
from .records import (
    KELURAHAN,
    RECAPS,
    REFERENCE_DATE,
    REGISTERS,
    Area,
    Kesejahteraan,
    Ketenagakerjaan,
    Pendidikan,
    Penduduk,
    Village,
)

PREFIX = "630605"
EVERYTHING = frozenset(REGISTERS)
PARTIAL = (
    frozenset({"penduduk", *RECAPS}),
    frozenset({"penduduk", "kesejahteraan", "pendidikan"}),
    frozenset({"penduduk"}),
    frozenset({*REGISTERS, *RECAPS}),
)
NAMES = ("Ahmad", "Aminah", "Hasan", "Siti", "Rusdi", "Fatimah", "Yusuf", "Mariani", "Hadi", "Norhayati")
EARLIER = ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2")
EVENTS = ("kelahiran", "kematian", "pendatang", "pindah")
KEPALA, PASANGAN, ANAK, MERTUA, FAMILI = 1, 3, 4, 8, 9


def make_village(
    seed: int,
    rts: int = 6,
    families_per_rt: int = 15,
    *,
    recap_rts: int = 0,
    silent_rts: int = 0,
    partial_rts: int = 0,
) -> Village:
    """A village of so many RTs in several RWs; the last three numbers say how many of them are not ordinary.

    A recap RT sends count sheets only, a silent one nothing, a partial one an odd mix of sheets.
    """
    rng = Random(seed)
    village = Village(seed, area_register(rts))
    odd = rng.sample(village.rts(), recap_rts + silent_rts + partial_rts)
    sent = dict.fromkeys(village.rts(), EVERYTHING)
    for number, rt in enumerate(odd):
        if number < recap_rts:
            sent[rt] = frozenset(RECAPS)
        elif number < recap_rts + silent_rts:
            sent[rt] = frozenset()
        else:
            sent[rt] = PARTIAL[(number - recap_rts - silent_rts) % len(PARTIAL)]
    builder = Builder(rng, village, sent)
    for rt in village.rts():
        if "penduduk" in sent[rt]:
            for _ in range(families_per_rt):
                builder.add_family(rt)
            builder.add_stray_welfare(rt)
        if "rekap_penduduk" in sent[rt]:
            for dataset, recap in recap_sheets(rng).items():
                village.recaps.setdefault(dataset, {})[rt] = recap
    return village


def make_year(seed: int, rts: int, *, recap_rts: int, blanks: float) -> Village:
    """A village with count sheets of the four quarters before, of most RTs, and with the sizes of some areas."""
    village = make_village(seed, rts, 4, recap_rts=recap_rts)
    rng = Random(seed)
    for period in EARLIER:
        village.earlier[period] = {rt: quarter(rng, blanks) for rt in village.rts() if rng.random() > blanks / 4}
    for recap in village.recaps.get("rekap_penduduk", {}).values():
        recap |= {column: rng.randint(0, 3) for column in EVENTS}
    village.areas = [area._replace(km2=drawn_size(rng, area)) for area in village.areas]
    return village


def quarter(rng: Random, blanks: float) -> dict[str, int | None]:
    """Residents, families and events of a quarter of an RT; an event now and then not collected."""
    men, women = rng.randint(5, 60), rng.randint(5, 60)
    events = {column: maybe(rng, rng.randint(0, 3), blanks / 8) for column in EVENTS}
    return {"penduduk_laki_laki": men, "penduduk_perempuan": women, "jumlah_kk": rng.randint(3, 20), **events}


def drawn_size(rng: Random, area: Area) -> str:
    """Of most RTs, few RWs, and of what lies above the kelurahan, which nobody may divide by."""
    chance = {"rt": 0.8, "rw": 0.2, "kelurahan": 0.5}.get(area.level, 1.0)
    return f"{rng.randint(1, 9)}.{rng.randint(1, 999):03}" if rng.random() < chance else ""


def area_register(rts: int) -> list[Area]:
    """Province to RT, the RTs dealt over the RWs so that RT 001 exists in each of them."""
    areas = [
        Area("63", "provinsi", "Kalimantan Selatan", ""),
        Area("63.06", "kabupaten", "Hulu Sungai Selatan", "63"),
        Area("63.06.05", "kecamatan", "Kandangan", "63.06"),
        Area(KELURAHAN, "kelurahan", "Kandangan Utara", "63.06.05"),
    ]
    rws = max(2, rts // 2)
    codes = [(number % rws + 1, number // rws + 1) for number in range(rts)]
    for rw in sorted({rw for rw, _ in codes}):
        areas.append(Area(f"{KELURAHAN}-{rw:03}", "rw", f"RW {rw:03}", KELURAHAN))
    for rw, rt in sorted(codes):
        areas.append(Area(f"{KELURAHAN}-{rw:03}-{rt:03}", "rt", f"RT {rt:03}", f"{KELURAHAN}-{rw:03}"))
    return areas


@dataclass
class Builder:
    """Adds families and the rows that speak of them, keeping every identifier unique."""

    rng: Random
    village: Village
    sent: dict[str, frozenset[str]]
    serials: dict[str, int] = field(default_factory=dict)
    cards: int = 4000
    """Family cards start at a high serial, so that none can equal a NIK."""

    def add_family(self, rt: str) -> None:
        """One family, in one RT or split over two, with its welfare, education and work rows."""
        rng = self.rng
        no_kk = self.new_card()
        members = self.draw_members(rt, no_kk)
        self.trouble(members)
        elsewhere = self.other_full_rt(rt)
        if elsewhere and len(members) > 1 and rng.random() < 0.12:
            moved = rng.sample(members, rng.randint(1, len(members) - 1))
            for member in moved:
                member.rt = elsewhere
        self.village.penduduk.extend(members)
        for member in members:
            self.add_school_and_work(member)
        if "kesejahteraan" in self.sent[rt] and rng.random() < 0.92:
            where = rng.choice([member.rt for member in members])
            self.village.kesejahteraan.append(self.welfare(where, no_kk, len(members)))

    def add_stray_welfare(self, rt: str) -> None:
        """A welfare row of a family that the register does not know: it waits, uncounted."""
        if "kesejahteraan" in self.sent[rt]:
            self.village.kesejahteraan.append(self.welfare(rt, self.new_card(), self.rng.randint(1, 6)))

    def other_full_rt(self, rt: str) -> str | None:
        """Another RT to split a family with, never the childless first one.

        Both send all registers, so that there is no doubt which of them has reported.
        """
        first = self.village.rts()[0]
        full = [code for code, sent in self.sent.items() if sent >= EVERYTHING and code not in (rt, first)]
        return self.rng.choice(full) if full and self.sent[rt] >= EVERYTHING else None

    def draw_members(self, rt: str, no_kk: str) -> list[Penduduk]:
        """A head with, maybe, a spouse, children and others."""
        rng = self.rng
        head_age = rng.randint(17, 95) if rng.random() < 0.2 else rng.randint(22, 70)
        head_sex = PEREMPUAN if rng.random() < 0.25 else LAKI_LAKI
        members = [self.person(rt, no_kk, head_age, head_sex, KEPALA)]
        if rng.random() < 0.6:
            spouse_age = min(95, max(17, head_age + rng.randint(-8, 5)))
            members.append(self.person(rt, no_kk, spouse_age, 3 - head_sex, PASANGAN))
        for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 2, 3, 4, 7])):
            child_age = rng.randint(0, max(0, head_age - 17))
            members.append(self.person(rt, no_kk, child_age, rng.randint(1, 2), ANAK))
        if rng.random() < 0.25:
            relation = rng.choice([MERTUA, FAMILI])
            members.append(self.person(rt, no_kk, rng.randint(0, 95), rng.randint(1, 2), relation))
        return members

    def trouble(self, members: list[Penduduk]) -> None:
        """Non-residents, families without a resident head, families without any resident."""
        rng, fate = self.rng, self.rng.random()
        if fate < 0.06:
            for member in members:
                member.status_dasar = 3
        elif fate < 0.13:
            members[0].tinggal = False
        elif fate < 0.18:
            members[0].hubungan_keluarga = None
        for member in members:
            if rng.random() < 0.05:
                member.tinggal = False
            if rng.random() < 0.05:
                member.status_dasar = rng.choice([2, 3, 4, 6, 9])

    def person(self, rt: str, no_kk: str, usia: int, sex: int, relation: int) -> Penduduk:
        """One resident; in the first RT nobody is of school age."""
        rng = self.rng
        if rt == self.village.rts()[0] and 5 <= usia <= 24:
            usia += 25
        born = birth_date(rng, usia)
        grown_up = usia >= 20 or relation == PASANGAN or (usia >= 15 and rng.random() < 0.1)
        fertile = sex == PEREMPUAN and 15 <= usia <= 49
        return Penduduk(
            rt=rt,
            nik=None if rng.random() < (0.12 if usia < 17 else 0.03) else self.new_nik(born, sex),
            no_kk=no_kk,
            nama=f"{rng.choice(NAMES)} {rng.choice(NAMES)}",
            jenis_kelamin=sex,
            tempat_lahir=maybe(rng, "Kandangan", 0.2),
            tanggal_lahir=born,
            hubungan_keluarga=relation if relation == KEPALA else maybe(rng, relation),
            status_perkawinan=maybe(rng, rng.choice([1, 2, 2, 3, 4]) if grown_up else 1),
            agama=maybe(rng, rng.randint(1, 7)),
            pekerjaan=maybe(rng, rng.choice(list(OCCUPATIONS))),
            kewarganegaraan=maybe(rng, 1),
            disabilitas=maybe(rng, rng.randint(1, 6) if rng.random() < 0.07 else 0),
            hamil=answer(rng, 0.1, 0.1) if fertile else False if rng.random() < 0.4 else None,
            akta_lahir=answer(rng, 0.8, 0.1),
            ktp_el=answer(rng, 0.85 if usia >= 17 else 0.1, 0.08),
            tinggal=rng.choice([True, None]),
            status_dasar=rng.choice([1, 1, None]),
        )

    def welfare(self, rt: str, no_kk: str, persons: int) -> Kesejahteraan:
        """The welfare row of a family of so many members."""
        rng = self.rng
        row = Kesejahteraan(
            rt=rt,
            no_kk=no_kk,
            nama_kepala=maybe(rng, rng.choice(NAMES)),
            jumlah_anggota=persons,
            pengeluaran_bulanan=spending(rng, persons),
            desil=maybe(rng, rng.choice([1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10]), 0.1),
        )
        for column, value in {**dwelling(rng, persons), **aid(rng, persons)}.items():
            setattr(row, column, value)
        return row

    def add_school_and_work(self, person: Penduduk) -> None:
        """Education and work rows, for most; now and then in the sheet of another RT than the person's."""
        rng = self.rng
        usia = completed_years(person.tanggal_lahir, REFERENCE_DATE)
        where = person.rt
        if rng.random() < 0.03:
            where = self.other_full_rt(person.rt) or person.rt
        if usia >= 5 and "pendidikan" in self.sent[person.rt] and rng.random() < 0.9:
            studies = schooling(rng, usia)
            self.village.pendidikan.append(
                Pendidikan(
                    rt=where,
                    nik=person.nik,
                    nama=person.nama,
                    **studies,
                    baca_tulis=answer(rng, 0.9),
                    pip=answer(rng, 0.2, 0.3) if studies["partisipasi"] == ATTENDING else None,
                )
            )
        if usia >= 15 and "ketenagakerjaan" in self.sent[person.rt] and rng.random() < 0.88:
            week = work_answers(rng)
            works = week["bekerja"] is True
            self.village.ketenagakerjaan.append(
                Ketenagakerjaan(
                    rt=where,
                    nik=person.nik,
                    nama=person.nama,
                    **week,
                    jam_kerja=maybe(rng, rng.choice([1, 34, 35, rng.randint(1, 70)]), 0.3) if works else None,
                    status_pekerjaan=maybe(rng, rng.randint(1, 8), 0.2) if works else None,
                    lapangan_usaha=maybe(rng, rng.choice("ABCFGHIOPQS"), 0.3) if works else None,
                )
            )

    def new_card(self) -> str:
        """A family card number: region, date of issue, serial."""
        self.cards += 1
        issued = date(2006, 1, 2) + timedelta(days=self.rng.randint(0, 6800))
        return f"{PREFIX}{issued:%d%m%y}{self.cards:04}"

    def new_nik(self, born: date, sex: int) -> str:
        """A NIK: region, date of birth (a woman's day plus 40), serial from 0001."""
        day = born.day + (40 if sex == PEREMPUAN else 0)
        stem = f"{PREFIX}{day:02}{born:%m%y}"
        self.serials[stem] = self.serials.get(stem, 0) + 1
        return f"{stem}{self.serials[stem]:04}"
