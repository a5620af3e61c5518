"""`ketenagakerjaan`: the weekly labour questions for residents aged 15 or more, one row a person (Sakernas)."""

from schemas import keys
from schemas.dataset import Dataset, column
from schemas.kinds import Code, Letter, Whole, YesNo
from schemas.meaning import KBLI, LAST_WEEK, REGSOSEK, SAKERNAS, Meaning


class Ketenagakerjaan(
    Dataset, name="ketenagakerjaan", title="Ketenagakerjaan", order=4, grain="penduduk", identity="nik"
):  # fmt: skip
    """The week before enumeration, from which participation and unemployment are counted."""

    nik = keys.nik()
    nama = keys.nama()
    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()
    bekerja = column(
        "Bekerja", YesNo(), "Bekerja paling sedikit satu jam selama seminggu yang lalu.",
        ("Bekerja Seminggu Lalu", "Bekerja Seminggu yang Lalu"),
        means=Meaning("Bekerja",
            "Melakukan kegiatan ekonomi untuk memperoleh upah atau keuntungan paling sedikit satu jam dalam seminggu "
            "yang lalu, pekerja keluarga tidak dibayar termasuk.", SAKERNAS,
            "Apakah ia bekerja paling sedikit satu jam selama seminggu yang lalu?", time=LAST_WEEK),
    )  # fmt: skip
    sementara_tidak_bekerja = column(
        "Sementara Tidak Bekerja",
        YesNo(),
        "Punya pekerjaan tetapi seminggu yang lalu sementara tidak bekerja.",
        means=Meaning("Sementara Tidak Bekerja",
            "Mempunyai pekerjaan atau usaha, tetapi seminggu yang lalu tidak bekerja karena suatu sebab seperti "
            "cuti, sakit, atau menunggu panen. Dihitung sebagai bekerja.", SAKERNAS,
            "Apakah ia punya pekerjaan tetapi sementara tidak bekerja seminggu yang lalu?", time=LAST_WEEK),
    )  # fmt: skip
    mencari_kerja = column(
        "Mencari Kerja", YesNo(), "Sedang mencari pekerjaan.", ("Mencari Pekerjaan", "Sedang Mencari Pekerjaan"),
        means=Meaning("Mencari Pekerjaan",
            "Berusaha mendapatkan pekerjaan. Yang tidak bekerja dan mencari pekerjaan adalah penganggur.", SAKERNAS,
            "Apakah ia sedang mencari pekerjaan?", time=LAST_WEEK),
    )  # fmt: skip
    mempersiapkan_usaha = column(
        "Mempersiapkan Usaha", YesNo(), "Sedang mempersiapkan usaha baru.", ("Menyiapkan Usaha",),
        means=Meaning("Mempersiapkan Usaha",
            "Melakukan persiapan untuk memulai usaha baru. Yang tidak bekerja dan mempersiapkan usaha adalah "
            "penganggur.", SAKERNAS, "Apakah ia sedang mempersiapkan usaha baru?", time=LAST_WEEK),
    )  # fmt: skip
    putus_asa = column(
        "Putus Asa", YesNo(), "Tidak mencari kerja karena merasa tidak mungkin mendapatkannya.",
        means=Meaning("Putus Asa Mencari Pekerjaan",
            "Tidak mencari pekerjaan karena merasa tidak mungkin mendapatkannya. Yang tidak bekerja dan putus asa "
            "adalah penganggur.", SAKERNAS, "Apakah ia tidak mencari kerja karena merasa tidak mungkin mendapatkannya?",
            time=LAST_WEEK),
    )  # fmt: skip
    sudah_diterima = column(
        "Sudah Diterima Bekerja", YesNo(), "Sudah diterima bekerja tetapi belum mulai.",
        ("Sudah Diterima", "Sudah Diterima Kerja"),
        means=Meaning("Sudah Diterima Bekerja",
            "Tidak mencari pekerjaan karena sudah diterima bekerja tetapi belum mulai. Yang tidak bekerja dan sudah "
            "diterima adalah penganggur.", SAKERNAS, "Apakah ia sudah diterima bekerja tetapi belum mulai?",
            time=LAST_WEEK),
    )  # fmt: skip
    jam_kerja = column(
        "Jam Kerja", Whole(at_most=168), "Jam kerja selama seminggu yang lalu (jam).",
        ("Jumlah Jam Kerja", "Jam Kerja Seminggu"),
        means=Meaning("Jam Kerja",
            "Banyaknya jam yang dipakai untuk bekerja pada semua pekerjaan selama seminggu yang lalu, paling banyak "
            "168 jam.", SAKERNAS, "Berapa jam ia bekerja selama seminggu yang lalu?", unit="jam", time=LAST_WEEK),
    )  # fmt: skip
    status_pekerjaan = column(
        "Status Pekerjaan", Code(codes="status_pekerjaan"), "Status dalam pekerjaan utama.",
        ("Status Pekerjaan Utama", "Status dalam Pekerjaan Utama", "Kedudukan dalam Pekerjaan"),
        means=Meaning("Status Pekerjaan Utama",
            "Kedudukan seseorang dalam pekerjaan utamanya, misalnya berusaha sendiri, buruh, atau pekerja keluarga.",
            REGSOSEK, "Apa status atau kedudukan dalam pekerjaan utamanya?", time=LAST_WEEK),
    )  # fmt: skip
    lapangan_usaha = column(
        "Lapangan Usaha", Letter(codes="lapangan_usaha"), "Huruf kategori KBLI pekerjaan utama.",
        ("Lapangan Usaha (KBLI)", "Lapangan Pekerjaan", "Lapangan Pekerjaan Utama", "KBLI"),
        means=Meaning("Lapangan Usaha",
            "Bidang kegiatan tempat kerja pekerjaan utama, menurut huruf kategori KBLI. Arti sebagian huruf berbeda "
            "antara KBLI 2020 dan KBLI 2025.", KBLI, "Apa lapangan usaha tempat pekerjaan utamanya?", time=LAST_WEEK),
    )  # fmt: skip
    ikut_pelatihan = column(
        "Ikut Pelatihan",
        YesNo(),
        "Sedang mengikuti pelatihan atau kursus.",
        ("Mengikuti Pelatihan", "Pelatihan"),
        means=Meaning("Pelatihan Kerja",
            "Apakah seseorang sedang mengikuti pelatihan, kursus, atau magang; yang mengikuti bukan NEET.", SAKERNAS,
            "Apakah ia sedang mengikuti pelatihan atau kursus?", time=LAST_WEEK),
    )  # fmt: skip
