"""Exports and surveys of other systems, made from their heading lists; a row is what is said by heading."""

from typing import Any

from .workbooks import Table

SIAK = (
    "Nomor KK, NIK, Nama Penduduk, Status, Tempat Lahir, Tanggal Lahir, Kelamin, NIK Ayah, Ayah, NIK Ibu, Ibu, "
    "Status Kawin, SHDK, Agama, Kecamatan, Desa/Kel, Alamat, RW, RT, Pendidikan, Pekerjaan, Deskripsi Pekerjaan, "
    "Gol. Darah, Cacat, Cetak KTP, Ganti KTP, KTP Berakhir, Nomor Paspor, Nomor Akta Lahir, Nomor Akta Kawin, "
    "Tanggal Kwn, Nomor Akta Cerai, Tgl Cerai, Petugas Registrasi, Tgl Ubah, Petugas Entri, Tgl Entri"
)
BIODATA = (
    "NO_KK, NIK, NAMA_LGKP, JENIS_KLMIN, TMPT_LHR, TGL_LHR, GOL_DRH, AGAMA, STAT_KWN, STAT_HBKEL, PDDK_AKH, "
    "JENIS_PKRJN, NAMA_LGKP_IBU, NAMA_LGKP_AYAH, ALAMAT, NO_RT, NO_RW, DUSUN, NO_PROP, NO_KAB, "
    "NO_KEC, NO_KEL, AKTA_LHR, FLAG_STATUS"
)
DAK = (
    "NIK, Nama, L/P, Dusun, RW, RT, Nomor Akte Kelahiran, Hubungan dengan Kepala Keluarga, Status Perkawinan, "
    "Agama dan Aliran Kepercayaan, Golongan Darah, Kewarganegaraan, Etnis/Suku, Pendidikan Umum Terakhir, "
    "Mata Pencaharian Pokok/Pekerjaan, Nama Bapak Kandung, Nama Ibu Kandung, Akseptor KB, Cacat Fisik, Cacat Mental"
)
DDK = (
    "No KK, Nama Kepala Keluarga, Dusun, RW, RT, Jumlah Penghasilan Perbulan, Jumlah Pengeluaran Perbulan, "
    "Status Kepemilikan Rumah *, Kategori KK, Penerima Raskin, Penerima BLT/BLSM, Peserta BPJS/Jamkesmas/Jamkesda, "
    "Sumber Air Minum *, Keterangan, Jenis Lahan, Luas Lahan, Jenis Komoditas, Produksi, Satuan, Nilai (Rp), "
    "Pemasaran Hasil, Jenis Komoditas, Jumlah Pohon, Produksi, Satuan, Nilai (Rp), Pemasaran Hasil"
)
DWELLING = "301a, 301b, 302, 303, 304, 305, 306a, 306b, 307a, 307b1, 307b2, 307b3, 308, 309a, 309b, 310"
MEMBERS = (
    "no kartu keluarga, 401, 402 Nama, 403 NIK, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416a, 416b"
)
BDT = (
    "ruta_6 (1), ID rumah tangga (2), Nama SLS (11), Alamat (12), Nama KRT (13), Jumlah ART (14), "
    "Status bangunan (16), Luas lantai (18), Lantai terluas (19), Atap Terluas (22), Sumber air minum (25), "
    "Fasilitas BAB (30), Status PKH, percentile, Nomor urut ART, Nama ART, NIK, HubKRT, jenis kelamin, "
    "Umur anggota rumah tangga (tahun), Status perkawinan, Partisipasi sekolah, Pendidikan tertinggi, "
    "Kelas tertinggi, Ijazah tertinggi, Bekerja seminggu yg lalu"
)

KASEP = (
    "104. Desa/Kelurahan, 105. Dusun, 106. RW, 107. RT, 108. Nama kepala keluarga (KK), 109. Jumlah anggota keluarga, "
    "110. Nomor kartu keluarga, 111. Alamat, 301. Nomor urut anggota keluarga, 302. Nama ART lengkap, "
    "303. Nomor induk kependudukan (NIK), 304. Jenis kelamin, 305. Status hubungan dengan kepala keluarga, "
    "306. Status perkawinan, 307. Tempat lahir, 308. Tanggal lahir, 309. Umur (tahun), 310. Agama yang dianut, "
    "311. Apakah memiliki kartu identitas, 312. Apakah alamat di KIA/KTP sesuai domisili saat ini, "
    "313. Partisipasi sekolah, 314. Jenjang dan jenis pendidikan tertinggi yang pernah/sedang diduduki, "
    "315. Kelas tertinggi yang pernah/sedang diduduki, 316. Ijazah/STTB tertinggi yang dimiliki, "
    "317. Apakah bekerja/membantu bekerja selama seminggu lalu, 318. Apakah lapangan usaha dari pekerjaan utama, "
    "319. Status dalam pekerjaan utama, 320. Kegiatan utama dalam seminggu"
)


def survey(headings: str, *people: dict[str, Any], more: str = "") -> Table:
    """Headings and a row each; a heading that comes twice is filled once. `more` names columns an officer added."""
    names = headings.split(", ") + ([name for name in more.split(", ") if name])
    rows: Table = [list(names)]
    for person in people:
        left = dict(person)
        rows.append([left.pop(name, None) for name in names])
        assert not left, f"no heading {sorted(left)}"
    return rows


def siak(**said: Any) -> dict[str, Any]:
    """One resident of a SIAK export."""
    return {
        "Nomor KK": "6306051501100001", "NIK": "6306051205900001", "Nama Penduduk": "AHMAD", "Status": "Hidup",
        "Tempat Lahir": "KANDANGAN", "Tanggal Lahir": "12-05-1990", "Kelamin": "Laki-Laki", "NIK Ayah": "-",
        "Status Kawin": "Kawin", "SHDK": "Kepala Keluarga", "Agama": "ISLAM", "Alamat": "DSN LIWET", "RW": "2",
        "RT": "5", "Pendidikan": "SLTA / SEDERAJAT", "Pekerjaan": "Petani/Pekebun", "Cacat": "-",
        "Petugas Registrasi": "SITI", "Tgl Entri": "01-01-2010",
    } | {key.replace("_", " "): value for key, value in said.items()}  # fmt: skip


def dak(**said: Any) -> dict[str, Any]:
    """One member of a Prodeskel survey, with the columns that an officer must add."""
    return {
        "NIK": "6306051205900001", "Nama": "AHMAD", "L/P": "L", "RW": "002", "RT": "005",
        "Hubungan dengan Kepala Keluarga": 1, "Status Perkawinan": 1, "Agama dan Aliran Kepercayaan": 2,
        "Kewarganegaraan": 1, "Mata Pencaharian Pokok/Pekerjaan": 1, "Golongan Darah": 0,
        "No KK": "6306051501100001", "Tanggal Lahir": "12-05-1990",
    } | said  # fmt: skip


def ddk(**said: Any) -> dict[str, Any]:
    """One family of a Prodeskel survey, with the column that an officer must add."""
    return {
        "No KK": "6306051501100001", "Nama Kepala Keluarga": "AHMAD", "RW": "002", "RT": "005",
        "Jumlah Penghasilan Perbulan": 5_000_000, "Jumlah Pengeluaran Perbulan": 4_000_000,
        "Status Kepemilikan Rumah *": 172, "Kategori KK": 1, "Penerima BLT/BLSM": 0, "Sumber Air Minum *": 497,
        "Jumlah Anggota": 4,
    } | said  # fmt: skip


def kasep(**said: Any) -> dict[str, Any]:
    """One member of a family that SI-KASEP asked, by the numbers of the questions."""
    answers = {
        "106": "002", "107": "005", "110": "6306051501100001", "302": "AHMAD", "303": "6306051205900001", "304": 1,
        "305": 1, "306": 2, "308": "12-05-1990", "310": 6, "311": 3, "313": 3, "314": 13, "315": 8, "316": 13,
        "317": 1, "318": 12, "319": 4, "320": 1,
    } | {key.removeprefix("q"): value for key, value in said.items()}  # fmt: skip
    return {name: answers[name[:3]] for name in KASEP.split(", ") if name[:3] in answers}


def bdt(person: str, nik: str, **said: Any) -> dict[str, Any]:
    """One member of household 1 of the poverty database."""
    return {
        "ruta_6 (1)": "3GDKWU", "ID rumah tangga (2)": "520602000709810001", "Nama SLS (11)": "DUSUN 3, RW 03, RT 07",
        "Nama KRT (13)": "ALI", "Jumlah ART (14)": "3", "Status bangunan (16)": "1", "Luas lantai (18)": "42",
        "Lantai terluas (19)": "9", "Atap Terluas (22)": "6", "Sumber air minum (25)": "5", "Fasilitas BAB (30)": "3",
        "Status PKH": "2", "percentile": "50", "Nama ART": person, "NIK": nik, "HubKRT": "1", "jenis kelamin": "1",
        "Status perkawinan": "2", "Partisipasi sekolah": "2", "Pendidikan tertinggi": "7", "Kelas tertinggi": "8",
        "Ijazah tertinggi": "3", "Bekerja seminggu yg lalu": "1",
    } | said  # fmt: skip
