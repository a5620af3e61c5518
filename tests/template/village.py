"""Two families as a ketua RT fills them in: whoever stands alone in one sheet can be broken without touching others."""

import datetime as dt

from tests.template.forms import Entry

FIRST_KK, SECOND_KK = "6306050101200001", "6306050202200002"
AHMAD, SITI, FAJAR = "6306051708900001", "6306054503920002", "6306051005160003"
AISYAH, HAMIDAH, RAHMAN = "6306054106220004", "6306056011550005", "6306051402100006"
ROWS = {"penduduk": 7, "kesejahteraan": 2, "pendidikan": 5, "ketenagakerjaan": 4}


def _resident(card: str, nik: str, name: str, sex: str, born: dt.date, relation: str, married: str) -> Entry:
    return {
        "Nomor KK": card,
        "NIK": nik,
        "Nama Lengkap": name,
        "Jenis Kelamin": sex,
        "Tempat Lahir": "Kandangan",
        "Tanggal Lahir": born,
        "Hubungan dalam Keluarga": relation,
        "Status Perkawinan": married,
        "Agama": "Islam",
        "Kewarganegaraan": "WNI",
        "Disabilitas": "Tidak",
        "Akta Kelahiran": "Ya",
        "Tinggal di RT Ini": "Ya",
        "Status Dasar": "Hidup",
    }


# Rows 6 to 12 of the sheet Penduduk. Aisyah (row 9) and the baby (row 10) stand in no other sheet.
PEOPLE = [
    _resident(FIRST_KK, AHMAD, "Ahmad Rifani", "Laki-laki", dt.date(1990, 8, 17), "Kepala Keluarga", "Kawin"),
    _resident(FIRST_KK, SITI, "Siti Noor", "Perempuan", dt.date(1992, 3, 5), "Istri", "Kawin"),
    _resident(FIRST_KK, FAJAR, "Muhammad Fajar", "Laki-laki", dt.date(2016, 5, 10), "Anak", "Belum Kawin"),
    _resident(FIRST_KK, AISYAH, "Noor Aisyah", "Perempuan", dt.date(2022, 6, 1), "Anak", "Belum Kawin"),
    _resident(FIRST_KK, "0", "Bayi Ahmad", "Laki-laki", dt.date(2025, 11, 30), "Anak", "Belum Kawin"),
    _resident(SECOND_KK, HAMIDAH, "Hamidah", "Perempuan", dt.date(1955, 11, 20), "Kepala Keluarga", "Cerai Mati"),
    _resident(SECOND_KK, RAHMAN, "Rahman", "Laki-laki", dt.date(2010, 2, 14), "Cucu", "Belum Kawin"),
]
FAMILIES: list[Entry] = [
    {"Nomor KK": FIRST_KK, "Nama Kepala Keluarga": "Ahmad Rifani", "Jumlah Anggota Keluarga": 5,
     "Pengeluaran Bulanan": 3_500_000, "Desil": 4, "Status Rumah": "Milik sendiri", "Luas Lantai": 54,
     "Fasilitas BAB": "Ada, digunakan sendiri", "PKH": "Tidak", "PBI-JK": 5},
    {"Nomor KK": SECOND_KK, "Nama Kepala Keluarga": "Hamidah", "Jumlah Anggota Keluarga": 2,
     "Pengeluaran Bulanan": 1_500_000, "Desil": 2, "Luas Lantai": 36.5, "PKH": "Ya", "PBI-JK": 2},
]  # fmt: skip
# Rows 6 to 10 of the sheet Pendidikan: Ahmad, Siti, Fajar, Hamidah, Rahman.
SCHOOLING: list[Entry] = [
    {"NIK": AHMAD, "Nama Lengkap": "Ahmad Rifani", "Partisipasi Sekolah": "Tidak sekolah lagi", "Jenjang": "SMA",
     "Kelas": 8, "Ijazah Tertinggi": "SMA", "Baca Tulis": "Ya"},
    {"NIK": SITI, "Nama Lengkap": "Siti Noor", "Partisipasi Sekolah": "Tidak sekolah lagi", "Jenjang": "SMP",
     "Kelas": 8, "Ijazah Tertinggi": "SMP", "Baca Tulis": "Ya"},
    {"NIK": FAJAR, "Nama Lengkap": "Muhammad Fajar", "Partisipasi Sekolah": "Masih sekolah", "Jenjang": "SD",
     "Kelas": 4, "Ijazah Tertinggi": "Tidak punya", "Baca Tulis": "Ya", "PIP": "Ya"},
    {"NIK": HAMIDAH, "Nama Lengkap": "Hamidah", "Partisipasi Sekolah": "Belum pernah sekolah", "Baca Tulis": "Ya"},
    {"NIK": RAHMAN, "Nama Lengkap": "Rahman", "Partisipasi Sekolah": "Masih sekolah", "Jenjang": "SMA",
     "Kelas": 1, "Ijazah Tertinggi": "SMP", "Baca Tulis": "Ya"},
]  # fmt: skip
# Rows 6 to 9 of the sheet Ketenagakerjaan: Ahmad, Siti, Hamidah, Rahman.
WORK: list[Entry] = [
    {"NIK": AHMAD, "Nama Lengkap": "Ahmad Rifani", "Bekerja": "Ya", "Jam Kerja": 40,
     "Lapangan Usaha": "A. Pertanian, kehutanan, dan perikanan"},
    {"NIK": SITI, "Nama Lengkap": "Siti Noor", "Bekerja": "Tidak", "Mencari Kerja": "Ya"},
    {"NIK": HAMIDAH, "Nama Lengkap": "Hamidah", "Bekerja": "Tidak", "Mencari Kerja": "Tidak"},
    {"NIK": RAHMAN, "Nama Lengkap": "Rahman", "Bekerja": "Tidak", "Mencari Kerja": "Tidak"},
]  # fmt: skip
VILLAGE: dict[str, list[Entry]] = {
    "Penduduk": list(PEOPLE),
    "Kesejahteraan Keluarga": FAMILIES,
    "Pendidikan": SCHOOLING,
    "Ketenagakerjaan": WORK,
}
