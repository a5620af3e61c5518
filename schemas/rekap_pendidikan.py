"""`rekap_pendidikan`: the schooling count sheet of an RT, one row an RT."""

from schemas import keys
from schemas.dataset import Dataset, column
from schemas.kinds import Whole


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
    )  # fmt: skip
    sekolah_tk = column(
        "Sekolah TK", Whole(), "Bersekolah di TK/PAUD (orang).",
        ("Jumlah Sekolah TK", "TK/PAUD", "Bersekolah TK", "Siswa TK"),
    )  # fmt: skip
    sekolah_smp = column(
        "Sekolah SMP", Whole(), "Bersekolah di SMP/MTs (orang).",
        ("Jumlah Sekolah SMP", "SMP/MTs", "Bersekolah SMP", "Siswa SMP"),
    )  # fmt: skip
    sekolah_sma = column(
        "Sekolah SMA", Whole(), "Bersekolah di SMA/MA/SMK (orang).",
        ("Jumlah Sekolah SMA", "SMA/MA/SMK", "Bersekolah SMA", "Siswa SMA", "Sekolah SMA/SMK"),
    )  # fmt: skip
    sekolah_tinggi = column(
        "Sekolah Tinggi", Whole(), "Kuliah di perguruan tinggi (orang).",
        ("Jumlah Sekolah Sarjana", "Jumlah Sekolah Tinggi", "Sarjana/Diploma", "Perguruan Tinggi", "Kuliah"),
    )  # fmt: skip
    putus_sekolah = column(
        "Putus Sekolah", Whole(), "Anak putus sekolah (orang).",
        ("Jumlah Penduduk Putus Sekolah", "Jumlah Putus Sekolah", "Anak Putus Sekolah"),
    )  # fmt: skip
    usia_7_12 = column(
        "Usia 7-12 Tahun", Whole(), "Penduduk umur 7-12 tahun (orang).",
        ("Umur 7-12 Tahun", "Usia 7-12", "Umur 7-12", "Jumlah Usia 7-12 Tahun"),
    )  # fmt: skip
    usia_13_15 = column(
        "Usia 13-15 Tahun", Whole(), "Penduduk umur 13-15 tahun (orang).",
        ("Umur 13-15 Tahun", "Usia 13-15", "Umur 13-15", "Jumlah Usia 13-15 Tahun"),
    )  # fmt: skip
    usia_16_18 = column(
        "Usia 16-18 Tahun", Whole(), "Penduduk umur 16-18 tahun (orang).",
        ("Umur 16-18 Tahun", "Usia 16-18", "Umur 16-18", "Jumlah Usia 16-18 Tahun"),
    )  # fmt: skip
    buta_huruf = column(
        "Buta Huruf", Whole(), "Penduduk buta huruf (orang).",
        ("Jumlah Buta Huruf", "Penduduk Buta Huruf"),
    )  # fmt: skip
