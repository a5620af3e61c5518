"""`ketenagakerjaan`: the weekly labour questions for residents aged 15 or more, one row a person (Sakernas)."""

from schemas import keys
from schemas.dataset import Dataset, column
from schemas.kinds import Code, Letter, Whole, YesNo


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
    )  # fmt: skip
    sementara_tidak_bekerja = column(
        "Sementara Tidak Bekerja",
        YesNo(),
        "Punya pekerjaan tetapi seminggu yang lalu sementara tidak bekerja.",
    )
    mencari_kerja = column("Mencari Kerja", YesNo(), "Sedang mencari pekerjaan.", ("Mencari Pekerjaan",))
    mempersiapkan_usaha = column(
        "Mempersiapkan Usaha", YesNo(), "Sedang mempersiapkan usaha baru.", ("Menyiapkan Usaha",)
    )
    putus_asa = column("Putus Asa", YesNo(), "Tidak mencari kerja karena merasa tidak mungkin mendapatkannya.")
    sudah_diterima = column(
        "Sudah Diterima Bekerja", YesNo(), "Sudah diterima bekerja tetapi belum mulai.",
        ("Sudah Diterima", "Sudah Diterima Kerja"),
    )  # fmt: skip
    jam_kerja = column(
        "Jam Kerja", Whole(at_most=168), "Jam kerja selama seminggu yang lalu (jam).",
        ("Jumlah Jam Kerja", "Jam Kerja Seminggu"),
    )  # fmt: skip
    status_pekerjaan = column(
        "Status Pekerjaan", Code(codes="status_pekerjaan"), "Status dalam pekerjaan utama.",
        ("Status dalam Pekerjaan Utama", "Kedudukan dalam Pekerjaan"),
    )  # fmt: skip
    lapangan_usaha = column(
        "Lapangan Usaha", Letter(codes="lapangan_usaha"), "Huruf kategori KBLI pekerjaan utama.",
        ("Lapangan Usaha (KBLI)", "KBLI"),
    )  # fmt: skip
    ikut_pelatihan = column(
        "Ikut Pelatihan",
        YesNo(),
        "Sedang mengikuti pelatihan atau kursus.",
        ("Mengikuti Pelatihan", "Pelatihan"),
    )
