"""The headings and code labels of the contract, and the dwelling labels of the Regsosek questionnaire."""

from .records import REGISTERS

HEADINGS: dict[str, str] = {
    "nik": "NIK",
    "no_kk": "Nomor KK",
    "nama": "Nama Lengkap",
    "jenis_kelamin": "Jenis Kelamin",
    "tempat_lahir": "Tempat Lahir",
    "tanggal_lahir": "Tanggal Lahir",
    "hubungan_keluarga": "Hubungan dalam Keluarga",
    "status_perkawinan": "Status Perkawinan",
    "agama": "Agama",
    "pekerjaan": "Pekerjaan",
    "kewarganegaraan": "Kewarganegaraan",
    "disabilitas": "Disabilitas",
    "hamil": "Sedang Hamil",
    "akta_lahir": "Akta Kelahiran",
    "ktp_el": "KTP-el",
    "tinggal": "Tinggal di RT Ini",
    "status_dasar": "Status Dasar",
    "rw": "RW",
    "rt": "RT",
}

IJAZAH_DAN_JENJANG = ("SD", "SMP", "SMA", "SMK", "D1/D2", "D3", "D4/S1", "S2", "S3")
WATER = (
    "Air kemasan bermerk",
    "Air isi ulang",
    "Leding",
    "Sumur bor/pompa",
    "Sumur terlindung",
    "Sumur tak terlindung",
    "Mata air terlindung",
    "Mata air tak terlindung",
    "Air permukaan (sungai/danau/waduk/kolam/irigasi)",
    "Air hujan",
    "Lainnya",
)


def numbered(*labels: str, start: int = 1) -> dict[int, str]:
    """Labels by code, counted from the first."""
    return dict(enumerate(labels, start))


LABELS: dict[str, dict[int, str]] = {
    "jenis_kelamin": numbered("Laki-laki", "Perempuan"),
    "hubungan_keluarga": numbered(
        "Kepala Keluarga",
        "Suami",
        "Istri",
        "Anak",
        "Menantu",
        "Cucu",
        "Orang Tua",
        "Mertua",
        "Famili Lain",
        "Pembantu",
        "Lainnya",
    ),
    "status_perkawinan": numbered("Belum Kawin", "Kawin", "Cerai Hidup", "Cerai Mati"),
    "agama": numbered("Islam", "Kristen", "Katolik", "Hindu", "Buddha", "Khonghucu", "Kepercayaan Lain"),
    "kewarganegaraan": numbered("WNI", "WNA", "Dua Kewarganegaraan"),
    "disabilitas": numbered("Tidak", "Fisik", "Netra", "Rungu/Wicara", "Mental", "Ganda", "Lainnya", start=0),
    "status_dasar": {1: "Hidup", 2: "Mati", 3: "Pindah", 4: "Hilang", 6: "Pergi", 9: "Tidak Valid"},
    "status_pekerjaan": numbered(
        "Berusaha sendiri",
        "Berusaha dibantu buruh tidak tetap/tidak dibayar",
        "Berusaha dibantu buruh tetap/dibayar",
        "Buruh/karyawan/pegawai swasta",
        "PNS/TNI/Polri/BUMN/BUMD/pejabat negara",
        "Pekerja bebas pertanian",
        "Pekerja bebas non-pertanian",
        "Pekerja keluarga/tidak dibayar",
    ),
    "partisipasi": numbered("Belum pernah sekolah", "Masih sekolah", "Tidak sekolah lagi"),
    "jenjang": numbered("PAUD", *IJAZAH_DAN_JENJANG, start=0),
    "ijazah": numbered("tidak punya", *IJAZAH_DAN_JENJANG, start=0),
    "jenis_lantai": numbered(
        "Marmer/granit",
        "Keramik",
        "Parket/vinil/karpet",
        "Ubin/tegel/teraso",
        "Kayu/papan",
        "Semen/bata merah",
        "Bambu",
        "Tanah",
        "Lainnya",
    ),
    "jenis_dinding": numbered(
        "Tembok",
        "Plesteran anyaman bambu/kawat",
        "Kayu/papan/Gypsum/GRC/Calciboard",
        "Anyaman bambu",
        "Batang kayu",
        "Bambu",
        "Lainnya",
    ),
    "jenis_atap": numbered(
        "Beton",
        "Genteng",
        "Seng",
        "Asbes",
        "Kayu/sirap",
        "Bambu",
        "Jerami/ijuk/daun-daunan/rumbia",
        "Lainnya",
    ),
    "status_rumah": numbered("Milik sendiri", "Kontrak/sewa", "Bebas sewa", "Dinas", "Lainnya"),
    "sumber_air_minum": numbered(*WATER),
    "sumber_air_mandi": numbered(*WATER),
    "fasilitas_bab": numbered(
        "Ada, digunakan hanya Anggota Keluarga sendiri",
        "Ada, digunakan bersama Anggota Keluarga dari rumah tangga tertentu",
        "Ada, di MCK komunal",
        "Ada, di MCK umum/siapapun menggunakan",
        "Ada, Anggota Keluarga tidak menggunakan",
        "Tidak ada fasilitas",
    ),
    "jenis_kloset": numbered("Leher angsa", "Plengsengan dengan tutup", "Plengsengan tanpa tutup", "Cemplung/cubluk"),
    "pembuangan_tinja": numbered(
        "Tangki septik",
        "IPAL",
        "Kolam/sawah/sungai/danau/laut",
        "Lubang tanah",
        "Pantai/tanah lapang/kebun",
        "Lainnya",
    ),
}

SHEET_TITLES: dict[str, str] = dict(
    zip(REGISTERS, ("Data Warga", "Keluarga", "Sekolah", "Pekerjaan"), strict=True),
    rekap_penduduk="Rekap 1",
    rekap_kemiskinan="Rekap 2",
    rekap_pendidikan="Rekap 3",
)
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
