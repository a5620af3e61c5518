"""What the sample knows of its invented people. Fields that are columns carry the column's name."""

from dataclasses import dataclass, field
from datetime import date

from pipelines.sample.draws import entry
from schemas.codelists import Entry

MAN, WOMAN = entry("jenis_kelamin", "Laki-laki"), entry("jenis_kelamin", "Perempuan")
HEAD = entry("hubungan_keluarga", "Kepala Keluarga")
WIFE, CHILD = entry("hubungan_keluarga", "Istri"), entry("hubungan_keluarga", "Anak")
CHILD_IN_LAW, GRANDCHILD = entry("hubungan_keluarga", "Menantu"), entry("hubungan_keluarga", "Cucu")
PARENT, PARENT_IN_LAW = entry("hubungan_keluarga", "Orang Tua"), entry("hubungan_keluarga", "Mertua")
KIN = entry("hubungan_keluarga", "Famili Lain")
SINGLE, MARRIED = entry("status_perkawinan", "Belum Kawin"), entry("status_perkawinan", "Kawin")
DIVORCED, WIDOWED = entry("status_perkawinan", "Cerai Hidup"), entry("status_perkawinan", "Cerai Mati")
ALIVE, DEAD = entry("status_dasar", "Hidup"), entry("status_dasar", "Mati")
MOVED = entry("status_dasar", "Pindah")
ABLE = entry("disabilitas", "Tidak")
CITIZEN = entry("kewarganegaraan", "WNI")


@dataclass(slots=True)
class Schooling:
    """The answers of one person aged 5 or more to the schooling questions; `years` completed (RLS, BPS)."""

    years: int
    partisipasi: Entry
    jenjang: Entry | None
    kelas: int | None
    ijazah: Entry
    baca_tulis: bool
    alasan_tidak_sekolah: str | None = None
    pip: bool | None = None


@dataclass(slots=True)
class Work:
    """The answers of one person aged 15 or more to the weekly labour questions."""

    bekerja: bool = False
    sementara_tidak_bekerja: bool | None = None
    mencari_kerja: bool = False
    mempersiapkan_usaha: bool = False
    putus_asa: bool = False
    sudah_diterima: bool = False
    jam_kerja: int | None = None
    status_pekerjaan: Entry | None = None
    lapangan_usaha: Entry | None = None
    ikut_pelatihan: bool = False

    @property
    def employed(self) -> bool:
        """At work in the week, or only absent from it."""
        return self.bekerja or bool(self.sementara_tidak_bekerja)

    @property
    def unemployed(self) -> bool:
        """Not employed, and one of the four signs of open unemployment (Sakernas)."""
        signs = self.mencari_kerja, self.mempersiapkan_usaha, self.putus_asa, self.sudah_diterima
        return not self.employed and any(signs)


@dataclass(slots=True, eq=False)
class Person:
    """One person on a family card; `age` in completed years on the reference date."""

    nik: str | None
    no_kk: str
    nama: str
    jenis_kelamin: Entry
    tempat_lahir: str
    tanggal_lahir: date
    hubungan_keluarga: Entry
    status_perkawinan: Entry
    agama: Entry
    age: int
    pekerjaan: Entry | None = None
    kewarganegaraan: Entry = CITIZEN
    disabilitas: Entry = ABLE
    hamil: bool | None = None
    akta_lahir: bool | None = None
    ktp_el: bool | None = None
    tinggal: bool = True
    status_dasar: Entry = ALIVE
    schooling: Schooling | None = None
    work: Work | None = None

    @property
    def woman(self) -> bool:
        """Whether this is a woman or girl."""
        return self.jenis_kelamin is WOMAN

    @property
    def resident(self) -> bool:
        """Alive and living in the RT: whom the indicators count."""
        return self.tinggal and self.status_dasar is ALIVE


@dataclass(slots=True)
class Welfare:
    """The welfare answers of one family; `poor` is strictly below the poverty line."""

    nama_kepala: str
    jumlah_anggota: int
    pengeluaran_bulanan: int
    desil: int | None
    pkh: bool
    bpnt: bool
    blt: bool
    pbi_jk: int
    poor: bool
    dwelling: "Dwelling"


@dataclass(slots=True)
class Dwelling:
    """The dwelling answers of one family (codes of Regsosek 2022); `luas_lantai` in m2."""

    status_rumah: Entry
    luas_lantai: int
    jenis_lantai: Entry
    jenis_dinding: Entry
    jenis_atap: Entry
    sumber_air_minum: Entry
    sumber_air_mandi: Entry
    fasilitas_bab: Entry
    jenis_kloset: Entry | None
    pembuangan_tinja: Entry | None
    sumber_penerangan: Entry
    bahan_bakar_masak: Entry


@dataclass(slots=True, eq=False)
class Family:
    """One family card. The head comes first and always lives in the RT."""

    no_kk: str
    members: list[Person] = field(default_factory=list)
    welfare: Welfare | None = None

    @property
    def head(self) -> Person:
        """The head of the family."""
        return self.members[0]

    @property
    def residents(self) -> list[Person]:
        """The members whom the indicators count."""
        return [person for person in self.members if person.resident]
