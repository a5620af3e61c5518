"""`pendidikan`: schooling of residents aged 5 or more, one row a person (questions of Regsosek 412 to 415)."""

from schemas import keys
from schemas.dataset import Dataset, column
from schemas.kinds import Code, Text, Whole, YesNo


class Pendidikan(
    Dataset, name="pendidikan", title="Pendidikan", order=3, grain="penduduk", identity="nik"
):  # fmt: skip
    """The schooling from which participation, literacy and years of schooling are counted."""

    nik = keys.nik()
    nama = keys.nama()
    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()
    partisipasi = column(
        "Partisipasi Sekolah", Code(codes="partisipasi"),
        "1 Belum pernah sekolah, 2 Masih sekolah, 3 Tidak sekolah lagi.",
        ("Partisipasi", "Status Sekolah", "Partisipasi Bersekolah"), required=True,
    )  # fmt: skip
    jenjang = column(
        "Jenjang", Code(codes="jenjang"), "Jenjang yang sedang atau terakhir diikuti.",
        ("Jenjang Pendidikan", "Jenjang Sekolah", "Pendidikan Tertinggi"),
    )  # fmt: skip
    kelas = column(
        "Kelas", Whole(at_least=1, at_most=8), "Kelas yang sedang atau terakhir diikuti, 1 sampai 7; 8 bila tamat.",
        ("Kelas Tertinggi", "Kelas/Tingkat", "Tingkat"),
    )  # fmt: skip
    ijazah = column(
        "Ijazah Tertinggi", Code(codes="ijazah"), "Ijazah tertinggi yang dimiliki.",
        ("Ijazah", "Ijazah Terakhir", "Ijazah/STTB Tertinggi"),
    )  # fmt: skip
    baca_tulis = column(
        "Baca Tulis", YesNo(), "Dapat membaca dan menulis kalimat sederhana, huruf apa saja.",
        ("Dapat Baca Tulis", "Bisa Baca Tulis", "Melek Huruf", "Membaca dan Menulis"),
    )  # fmt: skip
    alasan_tidak_sekolah = column(
        "Alasan Tidak Sekolah",
        Text(),
        "Alasan utama tidak sekolah.",
        ("Alasan Tidak/Putus Sekolah", "Alasan"),
    )
    pip = column("PIP", YesNo(), "Apakah menerima Program Indonesia Pintar.", ("Penerima PIP", "KIP/PIP"))
