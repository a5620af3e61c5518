"""`rekap_pendidikan`: the schooling count sheet of an RT, one row an RT."""

from schemas import keys
from schemas.dataset import Dataset, column
from schemas.kinds import Whole
from schemas.meaning import REKAP, SIRUSA_SEKOLAH, SUSENAS, Meaning


class RekapPendidikan(
    Dataset, name="rekap_pendidikan", title="Rekap Pendidikan",
    order=7, grain="rt", identity="rt", register="pendidikan"
):  # fmt: skip
    """Counts of an RT, in persons; an empty cell is not collected, never zero."""

    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()
    sekolah_sd = column(
        "Sekolah SD", Whole(), "Bersekolah di SD/MI (orang).",
        ("Jumlah Sekolah SD", "SD/MI", "Bersekolah SD", "Siswa SD"), required=True,
        means=Meaning("Siswa Sekolah Dasar",
            "Banyaknya penduduk RT, umur berapa pun, yang sedang bersekolah di SD/MI atau sederajat.", SIRUSA_SEKOLAH,
            "Berapa penduduk yang bersekolah di SD/MI?", unit="orang"),
    )  # fmt: skip
    sekolah_tk = column(
        "Sekolah TK", Whole(), "Bersekolah di TK/PAUD (orang).",
        ("Jumlah Sekolah TK", "TK/PAUD", "Bersekolah TK", "Siswa TK"),
        means=Meaning("Siswa Taman Kanak-kanak", "Banyaknya penduduk RT yang sedang mengikuti TK, RA, atau PAUD lain.",
            REKAP, "Berapa anak yang bersekolah di TK/PAUD?", unit="orang"),
    )  # fmt: skip
    sekolah_smp = column(
        "Sekolah SMP", Whole(), "Bersekolah di SMP/MTs (orang).",
        ("Jumlah Sekolah SMP", "SMP/MTs", "Bersekolah SMP", "Siswa SMP"),
        means=Meaning("Siswa Sekolah Menengah Pertama",
            "Banyaknya penduduk RT, umur berapa pun, yang sedang bersekolah di SMP/MTs atau sederajat.", SIRUSA_SEKOLAH,
            "Berapa penduduk yang bersekolah di SMP/MTs?", unit="orang"),
    )  # fmt: skip
    sekolah_sma = column(
        "Sekolah SMA", Whole(), "Bersekolah di SMA/MA/SMK (orang).",
        ("Jumlah Sekolah SMA", "SMA/MA/SMK", "Bersekolah SMA", "Siswa SMA", "Sekolah SMA/SMK"),
        means=Meaning("Siswa Sekolah Menengah Atas",
            "Banyaknya penduduk RT, umur berapa pun, yang sedang bersekolah di SMA/MA/SMK atau sederajat.",
            SIRUSA_SEKOLAH, "Berapa penduduk yang bersekolah di SMA/MA/SMK?", unit="orang"),
    )  # fmt: skip
    sekolah_tinggi = column(
        "Sekolah Tinggi", Whole(), "Kuliah di perguruan tinggi (orang).",
        ("Jumlah Sekolah Sarjana", "Jumlah Sekolah Tinggi", "Sarjana/Diploma", "Perguruan Tinggi", "Kuliah"),
        means=Meaning("Mahasiswa",
            "Banyaknya penduduk RT yang sedang kuliah di perguruan tinggi, diploma sampai doktor.", REKAP,
            "Berapa penduduk yang sedang kuliah?", unit="orang"),
    )  # fmt: skip
    putus_sekolah = column(
        "Putus Sekolah", Whole(), "Anak putus sekolah (orang).",
        ("Jumlah Penduduk Putus Sekolah", "Jumlah Putus Sekolah", "Anak Putus Sekolah"),
        means=Meaning("Anak Putus Sekolah",
            "Banyaknya penduduk umur 7-18 tahun yang pernah sekolah, tidak sekolah lagi, dan belum berijazah SMA/SMK.",
            SIRUSA_SEKOLAH, "Berapa anak putus sekolah di RT ini?", unit="orang"),
    )  # fmt: skip
    usia_7_12 = column(
        "Usia 7-12 Tahun", Whole(), "Penduduk umur 7-12 tahun (orang).",
        ("Umur 7-12 Tahun", "Usia 7-12", "Umur 7-12", "Jumlah Usia 7-12 Tahun"),
        means=Meaning("Penduduk Umur 7-12 Tahun",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 7 sampai 12 tahun (umur resmi SD).",
            SIRUSA_SEKOLAH, "Berapa penduduk umur 7-12 tahun?", unit="orang"),
    )  # fmt: skip
    usia_13_15 = column(
        "Usia 13-15 Tahun", Whole(), "Penduduk umur 13-15 tahun (orang).",
        ("Umur 13-15 Tahun", "Usia 13-15", "Umur 13-15", "Jumlah Usia 13-15 Tahun"),
        means=Meaning("Penduduk Umur 13-15 Tahun",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 13 sampai 15 tahun (umur resmi SMP).",
            SIRUSA_SEKOLAH, "Berapa penduduk umur 13-15 tahun?", unit="orang"),
    )  # fmt: skip
    usia_16_18 = column(
        "Usia 16-18 Tahun", Whole(), "Penduduk umur 16-18 tahun (orang).",
        ("Umur 16-18 Tahun", "Usia 16-18", "Umur 16-18", "Jumlah Usia 16-18 Tahun"),
        means=Meaning("Penduduk Umur 16-18 Tahun",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 16 sampai 18 tahun (umur resmi SMA).",
            SIRUSA_SEKOLAH, "Berapa penduduk umur 16-18 tahun?", unit="orang"),
    )  # fmt: skip
    buta_huruf = column(
        "Buta Huruf", Whole(), "Penduduk buta huruf (orang).",
        ("Jumlah Buta Huruf", "Penduduk Buta Huruf"),
        means=Meaning("Penduduk Buta Huruf",
            "Banyaknya penduduk 15 tahun ke atas yang tidak dapat membaca dan menulis kalimat sederhana dengan huruf "
            "apa pun.", SUSENAS, "Berapa penduduk 15 tahun ke atas yang buta huruf?", unit="orang"),
    )  # fmt: skip
