"""Residents and families, with what the other registers say of them."""

from dataclasses import dataclass, field

from .formulas import ATTENDING, NEVER, NO_LONGER, Truth, among, both, completed_years, either, negated
from .records import REFERENCE_DATE, Kesejahteraan, Ketenagakerjaan, Pendidikan, Penduduk, Village

SD, SMP, SMA, SMK = 1, 2, 3, 4
SM = (SMA, SMK)
HIGHER = (5, 6, 7, 8, 9)
HIGHEST = 9
"""Diploma to S3: levels, and the last code of certificates."""
LINE_OF_SM = 3
"""Certificates from this code up are of upper secondary school or higher."""


@dataclass
class Resident:
    """A resident row with its age, its education and work rows joined by NIK, and its family's welfare row by card."""

    row: Penduduk
    school: Pendidikan | None
    work: Ketenagakerjaan | None
    welfare: Kesejahteraan | None
    usia: int = field(init=False)

    def __post_init__(self) -> None:
        self.usia = completed_years(self.row.tanggal_lahir, REFERENCE_DATE)

    @property
    def attends(self) -> Truth:
        """Attending any school."""
        return None if self.school is None else self.school.partisipasi == ATTENDING

    def attends_level(self, *levels: int) -> Truth:
        """Attending one of these levels."""
        return both(self.attends, None if self.school is None else among(self.school.jenjang, levels))

    @property
    def ever_attended(self) -> Truth:
        """Attending, or attended before."""
        return None if self.school is None else self.school.partisipasi in (ATTENDING, NO_LONGER)

    def certificate_from(self, lowest: int) -> Truth:
        """Holds this certificate or a higher one; never at school means none."""
        if self.school is None:
            return None
        if self.school.partisipasi == NEVER:
            return False
        return among(self.school.ijazah, range(lowest, HIGHEST + 1))

    @property
    def has_sm_certificate(self) -> Truth:
        """Holds a certificate of upper secondary school or higher."""
        return self.certificate_from(LINE_OF_SM)

    @property
    def employed(self) -> Truth:
        """Worked in the week, or has work and was away from it."""
        if self.work is None:
            return None
        return either(self.work.bekerja, self.work.sementara_tidak_bekerja)

    @property
    def unemployed(self) -> Truth:
        """Not employed, and seeking, preparing a business, discouraged or about to start."""
        if self.work is None:
            return None
        work = self.work
        wants = either(work.mencari_kerja, work.mempersiapkan_usaha, work.putus_asa, work.sudah_diterima)
        return both(negated(self.employed), wants)

    @property
    def active(self) -> Truth:
        """In the labour force."""
        return either(self.employed, self.unemployed)

    @property
    def pkh_component(self) -> Truth:
        """Pregnant, aged 0 to 6, attending SD to SM, aged 60 or more, or disabled."""
        pregnant = self.row.hamil if self.row.jenis_kelamin == 2 else False
        disabled = None if self.row.disabilitas is None else self.row.disabilitas != 0
        by_age = self.usia <= 6 or self.usia >= 60
        return either(by_age, pregnant, disabled, self.attends_level(SD, SMP, *SM))


@dataclass
class Family:
    """A distinct family card with its residents, in the order of their rows, and its welfare row."""

    no_kk: str
    members: list[Resident]
    welfare: Kesejahteraan | None

    @property
    def head(self) -> Resident | None:
        """The resident head; of several the one in the lowest area, then the first row."""
        for member in self.members:
            if member.row.hubungan_keluarga == 1:
                return member
        return None

    @property
    def rt(self) -> str:
        """The area of the head, and without one of the first row."""
        return (self.head or self.members[0]).row.rt


def is_resident(row: Penduduk) -> bool:
    """Alive and living here; both are the default where nothing is said."""
    return row.status_dasar in (1, None) and row.tinggal is not False


def residents_of(village: Village) -> list[Resident]:
    """All residents by area code, then row order."""
    schools = {row.nik: row for row in village.pendidikan if row.nik}
    works = {row.nik: row for row in village.ketenagakerjaan if row.nik}
    welfare = {row.no_kk: row for row in village.kesejahteraan}
    residents = []
    for rt in village.rts():
        for row in village.penduduk:
            if row.rt == rt and is_resident(row):
                nik = row.nik or "none"
                residents.append(Resident(row, schools.get(nik), works.get(nik), welfare.get(row.no_kk)))
    return residents


def families_of(village: Village, residents: list[Resident]) -> list[Family]:
    """All families with at least one resident."""
    welfare = {row.no_kk: row for row in village.kesejahteraan}
    members: dict[str, list[Resident]] = {}
    for resident in residents:
        members.setdefault(resident.row.no_kk, []).append(resident)
    return [Family(no_kk, people, welfare.get(no_kk)) for no_kk, people in members.items()]
