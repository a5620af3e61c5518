"""`pendidikan`: schooling of residents aged 5 or more, one row a person (questions of Regsosek 412 to 415)."""

from schemas import keys
from schemas.dataset import Dataset, column
from schemas.kinds import Code, Text, Whole, YesNo
from schemas.meaning import ATS, PIP, REGSOSEK, SUSENAS, Meaning


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
        means=Meaning("Partisipasi Sekolah",
            "Keadaan seseorang dalam pendidikan formal atau kesetaraan: belum pernah sekolah, masih sekolah, atau "
            "tidak sekolah lagi. Paket A, B, dan C termasuk sekolah.", REGSOSEK,
            "Apakah ia belum pernah sekolah, masih sekolah, atau tidak sekolah lagi?"),
    )  # fmt: skip
    jenjang = column(
        "Jenjang", Code(codes="jenjang"), "Jenjang yang sedang atau terakhir diikuti.",
        ("Jenjang Pendidikan", "Jenjang Sekolah", "Pendidikan Tertinggi"),
        means=Meaning("Jenjang Pendidikan",
            "Jenjang pendidikan yang sedang diikuti, atau yang terakhir diikuti oleh yang tidak sekolah lagi. MI, "
            "MTs, MA, Paket A, B, C, dan SLB dihitung pada jenjang yang setara.", REGSOSEK,
            "Apa jenjang pendidikan yang sedang atau terakhir diikuti?"),
    )  # fmt: skip
    kelas = column(
        "Kelas", Whole(at_least=1, at_most=8), "Kelas yang sedang atau terakhir diikuti, 1 sampai 7; 8 bila tamat.",
        ("Kelas Tertinggi", "Kelas/Tingkat", "Tingkat/Kelas", "Tingkat"),
        means=Meaning("Kelas",
            "Kelas atau tingkat tertinggi yang sedang atau pernah diikuti pada jenjang itu, 1 sampai 7; 8 berarti "
            "tamat. Bersama jenjang dan ijazah menentukan lama sekolah.", REGSOSEK,
            "Kelas atau tingkat berapa yang sedang atau terakhir diikuti? (8 bila tamat)", unit="kelas",
            measure="Tingkat"),
    )  # fmt: skip
    ijazah = column(
        "Ijazah Tertinggi", Code(codes="ijazah"), "Ijazah tertinggi yang dimiliki.",
        ("Ijazah", "Ijazah Terakhir", "Ijazah/STTB Tertinggi"),
        means=Meaning("Ijazah Tertinggi",
            "Ijazah atau surat tanda tamat belajar tertinggi yang dimiliki, termasuk ijazah kesetaraan.", REGSOSEK,
            "Apa ijazah tertinggi yang dimiliki?"),
    )  # fmt: skip
    baca_tulis = column(
        "Baca Tulis", YesNo(), "Dapat membaca dan menulis kalimat sederhana, huruf apa saja.",
        ("Dapat Baca Tulis", "Bisa Baca Tulis", "Melek Huruf", "Membaca dan Menulis", "Dapat Membaca dan Menulis"),
        means=Meaning("Kemampuan Membaca dan Menulis",
            "Kemampuan membaca dan menulis kalimat sederhana dengan huruf Latin, Arab, atau huruf lain.", SUSENAS,
            "Apakah ia dapat membaca dan menulis kalimat sederhana, dengan huruf apa saja?"),
    )  # fmt: skip
    alasan_tidak_sekolah = column(
        "Alasan Tidak Sekolah",
        Text(),
        "Alasan utama tidak sekolah.",
        ("Alasan Tidak/Putus Sekolah", "Alasan Putus Sekolah", "Alasan"),
        means=Meaning("Alasan Tidak Sekolah",
            "Alasan utama seseorang belum pernah sekolah atau tidak sekolah lagi, menurut jawabannya sendiri.", ATS,
            "Apa alasan utama tidak sekolah?"),
    )  # fmt: skip
    pip = column(
        "PIP", YesNo(), "Apakah menerima Program Indonesia Pintar.", ("Penerima PIP", "KIP/PIP"),
        means=Meaning("Program Indonesia Pintar", "Apakah seseorang menerima bantuan Program Indonesia Pintar (PIP).",
            PIP, "Apakah ia menerima PIP?"),
    )  # fmt: skip
