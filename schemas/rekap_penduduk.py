"""`rekap_penduduk`: the population count sheet that many RTs send instead of a register, one row an RT."""

import pandas as pd

from schemas import keys
from schemas.dataset import Dataset, column, rule
from schemas.kinds import Whole


class RekapPenduduk(
    Dataset, name="rekap_penduduk", title="Rekap Penduduk", order=5, grain="rt", identity="rt", register="penduduk"
):  # fmt: skip
    """Counts of an RT, in persons where nothing else is said; an empty cell is not collected, never zero."""

    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()
    penduduk_laki_laki = column(
        "Penduduk Laki-laki", Whole(), "Penduduk laki-laki (orang).",
        ("Jumlah Penduduk Laki-laki", "Laki-laki", "Jumlah Laki-laki", "Penduduk L", "Jumlah Penduduk L",
         "Jml Laki-laki", "L"), required=True,
    )  # fmt: skip
    penduduk_perempuan = column(
        "Penduduk Perempuan", Whole(), "Penduduk perempuan (orang).",
        ("Jumlah Penduduk Perempuan", "Perempuan", "Jumlah Perempuan", "Penduduk P", "Jumlah Penduduk P",
         "Jml Perempuan", "P"), required=True,
    )  # fmt: skip
    jumlah_penduduk = column(
        "Jumlah Penduduk", Whole(), "Seluruh penduduk (orang).",
        ("Total Penduduk", "Jumlah Jiwa", "Jml Penduduk", "Penduduk L+P", "Jumlah Penduduk L+P", "L+P"),
    )  # fmt: skip
    jumlah_kk = column(
        "Jumlah KK", Whole(), "Banyaknya keluarga (KK).",
        ("Jumlah Keluarga", "Jml KK", "Jumlah Kepala Keluarga", "Jumlah Kartu Keluarga"), required=True,
    )  # fmt: skip
    jumlah_rumah = column(
        "Jumlah Rumah", Whole(), "Banyaknya rumah.",
        ("Jumlah Bumbung Rumah", "Bumbung Rumah", "Jml Rumah"),
    )  # fmt: skip
    umur_0_1 = column(
        "Umur 0-1 Tahun", Whole(), "Anak umur 0-1 tahun (orang).",
        ("Jumlah Anak Usia 0-1 Tahun", "Bayi (0-1 Th)", "Usia 0-1 Tahun", "Anak Usia 0-1 Tahun", "Umur 0-1"),
    )  # fmt: skip
    umur_2_5 = column(
        "Umur 2-5 Tahun", Whole(), "Anak umur 2-5 tahun (orang).",
        ("Jumlah Anak Usia 2-5 Tahun", "Balita (2-5 Th)", "Usia 2-5 Tahun", "Anak Usia 2-5 Tahun", "Umur 2-5"),
    )  # fmt: skip
    umur_0_14 = column(
        "Umur 0-14 Tahun", Whole(), "Penduduk umur 0-14 tahun (orang).",
        ("Usia 0-14 Tahun", "Umur 0-14", "Jumlah Usia 0-14 Tahun", "Penduduk Umur 0-14 Tahun"),
    )  # fmt: skip
    umur_15_64 = column(
        "Umur 15-64 Tahun", Whole(), "Penduduk umur 15-64 tahun (orang).",
        ("Usia 15-64 Tahun", "Umur 15-64", "Jumlah Usia 15-64 Tahun", "Penduduk Umur 15-64 Tahun"),
    )  # fmt: skip
    umur_65_ke_atas = column(
        "Umur 65 Tahun ke Atas", Whole(), "Penduduk umur 65 tahun ke atas (orang).",
        ("Usia 65 Tahun ke Atas", "Umur 65 ke Atas", "Umur 65+", "Usia 65+", "Penduduk Umur 65 Tahun ke Atas"),
    )  # fmt: skip
    lansia = column(
        "Lansia", Whole(), "Penduduk umur 60 tahun ke atas (orang).",
        ("Jumlah Penduduk Lansia", "Jumlah Lansia", "Penduduk Lansia", "Lansia (>=60 Th)", "Lansia 60+", "Lanjut Usia"),
    )  # fmt: skip
    kelahiran = column(
        "Kelahiran", Whole(), "Kelahiran selama triwulan (orang).",
        ("Jumlah Kelahiran", "Jumlah Kelahiran Bayi", "Kelahiran Bayi", "Lahir"),
    )  # fmt: skip
    kematian = column(
        "Kematian", Whole(), "Kematian selama triwulan (orang).",
        ("Jumlah Kematian", "Mati", "Meninggal"),
    )  # fmt: skip
    pendatang = column(
        "Pendatang", Whole(), "Penduduk yang datang selama triwulan (orang).",
        ("Jumlah Pendatang", "Datang"),
    )  # fmt: skip
    pindah = column(
        "Pindah", Whole(), "Penduduk yang pindah selama triwulan (orang).",
        ("Jumlah Pindah", "Pindah Keluar"),
    )  # fmt: skip
    memiliki_ktp_el = column(
        "Memiliki KTP-el", Whole(), "Penduduk yang memiliki KTP-el (orang).",
        ("Jumlah Memiliki KTP", "Memiliki KTP", "Jumlah Memiliki KTP-el", "Jumlah KTP-el"),
    )  # fmt: skip

    @rule("REK01", at="jumlah_penduduk")
    def total_is_both_sexes(cls, frame: pd.DataFrame) -> pd.Series:
        """The stated population equals men + women."""
        both = frame["penduduk_laki_laki"] + frame["penduduk_perempuan"]
        return ~(frame["jumlah_penduduk"] != both).fillna(False).astype(bool)

    @rule("REK02", at="umur_15_64")
    def ages_are_total(cls, frame: pd.DataFrame) -> pd.Series:
        """The three broad ages add up to men + women."""
        ages = frame["umur_0_14"] + frame["umur_15_64"] + frame["umur_65_ke_atas"]
        both = frame["penduduk_laki_laki"] + frame["penduduk_perempuan"]
        return ~(ages != both).fillna(False).astype(bool)

    @rule("REK05", at="lansia", detail="lansia melebihi penduduk, atau umur 65 ke atas melebihi lansia")
    def parts_within_whole(cls, frame: pd.DataFrame) -> pd.Series:
        """The elderly (60+) are residents, and those of 65 and over are elderly."""
        both = frame["penduduk_laki_laki"] + frame["penduduk_perempuan"]
        more = (frame["lansia"] > both).fillna(False) | (frame["umur_65_ke_atas"] > frame["lansia"]).fillna(False)
        return ~more.astype(bool)
