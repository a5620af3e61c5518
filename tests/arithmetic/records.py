"""The rows of a village, typed; None means unknown. Column names and codes are those of the contract."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

PERIOD = "2025-Q3"
REFERENCE_DATE = date(2025, 9, 30)
POVERTY_LINE = 598_545
KELURAHAN = "63.06.05.1002"

REGISTERS = ("penduduk", "kesejahteraan", "pendidikan", "ketenagakerjaan")
RECAPS = ("rekap_penduduk", "rekap_kemiskinan", "rekap_pendidikan")


@dataclass(kw_only=True)
class Penduduk:
    rt: str
    nik: str | None
    no_kk: str
    nama: str
    jenis_kelamin: int
    tempat_lahir: str | None = None
    tanggal_lahir: date
    hubungan_keluarga: int | None = None
    status_perkawinan: int | None = None
    agama: int | None = None
    pekerjaan: str | None = None
    kewarganegaraan: int | None = None
    disabilitas: int | None = None
    hamil: bool | None = None
    akta_lahir: bool | None = None
    ktp_el: bool | None = None
    tinggal: bool | None = None
    status_dasar: int | None = None


@dataclass(kw_only=True)
class Kesejahteraan:
    rt: str
    no_kk: str
    nama_kepala: str | None = None
    jumlah_anggota: int
    pengeluaran_bulanan: int
    desil: int | None = None
    status_rumah: int | None = None
    luas_lantai: int | None = None
    jenis_lantai: int | None = None
    jenis_dinding: int | None = None
    jenis_atap: int | None = None
    sumber_air_minum: int | None = None
    sumber_air_mandi: int | None = None
    fasilitas_bab: int | None = None
    jenis_kloset: int | None = None
    pembuangan_tinja: int | None = None
    sumber_penerangan: int | None = None
    bahan_bakar_masak: int | None = None
    pkh: bool | None = None
    bpnt: bool | None = None
    blt: bool | None = None
    pbi_jk: int | None = None


@dataclass(kw_only=True)
class Pendidikan:
    rt: str
    nik: str | None
    nama: str
    partisipasi: int
    jenjang: int | None = None
    kelas: int | None = None
    ijazah: int | None = None
    baca_tulis: bool | None = None
    pip: bool | None = None


@dataclass(kw_only=True)
class Ketenagakerjaan:
    rt: str
    nik: str | None
    nama: str
    bekerja: bool | None = None
    sementara_tidak_bekerja: bool | None = None
    mencari_kerja: bool | None = None
    mempersiapkan_usaha: bool | None = None
    putus_asa: bool | None = None
    sudah_diterima: bool | None = None
    jam_kerja: int | None = None
    status_pekerjaan: int | None = None
    lapangan_usaha: str | None = None
    ikut_pelatihan: bool | None = None


Row = Penduduk | Kesejahteraan | Pendidikan | Ketenagakerjaan
Recap = dict[str, int | None]


class Area(NamedTuple):
    """A line of the area register; a parent of '' is the top, km2 of '' is unknown."""

    code: str
    level: str
    name: str
    parent: str
    km2: str = ""


@dataclass
class Village:
    """All that a village reports; the order of a list is the order of the rows in the workbooks."""

    seed: int
    areas: list[Area]
    penduduk: list[Penduduk] = field(default_factory=list)
    kesejahteraan: list[Kesejahteraan] = field(default_factory=list)
    pendidikan: list[Pendidikan] = field(default_factory=list)
    ketenagakerjaan: list[Ketenagakerjaan] = field(default_factory=list)
    recaps: dict[str, dict[str, Recap]] = field(default_factory=dict)
    """Recap dataset, then RT, to its numbers."""
    earlier: dict[str, dict[str, Recap]] = field(default_factory=dict)
    """Earlier period, then RT, to the numbers of its rekap_penduduk."""

    def rts(self) -> list[str]:
        """The codes of the RTs that are expected to report, in order."""
        return sorted(area.code for area in self.areas if area.level == "rt")

    def register(self, dataset: str) -> list[Row]:
        """The rows of one of the four registers."""
        rows: list[Row] = getattr(self, dataset)
        return rows
