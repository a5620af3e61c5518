"""`rekap_penduduk`: the population count sheet that many RTs send instead of a register, one row an RT."""

import pandas as pd

from schemas import keys
from schemas.dataset import Dataset, column, rule
from schemas.kinds import Whole
from schemas.meaning import ADMINDUK, LANSIA, PENDUDUK, QUARTER, REKAP, Meaning

# How offices head all residents, above columns of men and women. Residents are those at the end of the period.
ALL = (
    "Jml Penduduk", "Jumlah Jiwa", "Jml Jiwa", "Penduduk", "Jiwa", "Warga", "Jumlah Warga", "Jenis Kelamin",
    "Penduduk Akhir", "Penduduk Akhir Bulan", "Penduduk Akhir Bulan Ini", "Jumlah Penduduk Akhir",
    "Jumlah Penduduk Akhir Bulan", "Jumlah Penduduk Akhir Bulan Ini", "Penduduk Bulan Ini", "Jumlah Penduduk Bulan Ini",
    "Jumlah Akhir", "Jumlah Jiwa Bulan Ini", "Keadaan Akhir Bulan", "Keadaan Akhir Bulan Ini",
)  # fmt: skip


def of_all(sex: str) -> tuple[str, ...]:
    """The headings of men (`L`) or women (`P`) below each heading of all residents, that of PKK's recaps included."""
    return tuple(f"{heading} {sex}" for heading in ("Jumlah Penduduk", *ALL, "Jumlah Anggota Keluarga Total"))


class RekapPenduduk(
    Dataset, name="rekap_penduduk", title="Rekap Penduduk", order=5, grain="rt", identity="rt", register="penduduk"
):  # fmt: skip
    """Counts of an RT, in persons where nothing else is said; an empty cell is not collected, never zero."""

    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()
    penduduk_laki_laki = column(
        "Penduduk Laki-laki", Whole(), "Penduduk laki-laki (orang).",
        ("Jumlah Penduduk Laki-laki", "Laki-laki", "Jumlah Laki-laki", "Jml Laki-laki", "Laki2", "Laki", "Pria", "L",
         "LK",
         *of_all("L")), required=True,
        means=Meaning("Penduduk Laki-laki",
            "Banyaknya penduduk laki-laki yang hidup dan sehari-hari tinggal di RT pada tanggal acuan.", PENDUDUK,
            "Berapa penduduk laki-laki di RT ini?", unit="orang"),
    )  # fmt: skip
    penduduk_perempuan = column(
        "Penduduk Perempuan", Whole(), "Penduduk perempuan (orang).",
        ("Jumlah Penduduk Perempuan", "Perempuan", "Jumlah Perempuan", "Jml Perempuan", "Wanita", "Prp", "P", "PR",
         *of_all("P")), required=True,
        means=Meaning("Penduduk Perempuan",
            "Banyaknya penduduk perempuan yang hidup dan sehari-hari tinggal di RT pada tanggal acuan.", PENDUDUK,
            "Berapa penduduk perempuan di RT ini?", unit="orang"),
    )  # fmt: skip
    jumlah_penduduk = column(
        "Jumlah Penduduk", Whole(), "Seluruh penduduk (orang).",
        ("Total Penduduk", "L+P", "LK+PR", "Penduduk L+P", "Jumlah Penduduk L+P", *ALL),
        means=Meaning("Penduduk",
            "Banyaknya seluruh penduduk RT. Hanya pembanding: yang dihitung adalah laki-laki ditambah perempuan.",
            PENDUDUK, "Berapa seluruh penduduk di RT ini?", unit="orang"),
    )  # fmt: skip
    jumlah_kk = column(
        "Jumlah KK", Whole(), "Banyaknya keluarga (KK).",
        ("KK", "Jumlah Keluarga", "Jml KK", "Kepala Keluarga", "Jumlah Kepala Keluarga", "Jumlah Kartu Keluarga"),
        required=True,
        means=Meaning("Keluarga", "Banyaknya Kartu Keluarga yang berbeda dengan sedikitnya satu penduduk di RT.",
            ADMINDUK, "Berapa keluarga (KK) di RT ini?", unit="keluarga"),
    )  # fmt: skip
    jumlah_rumah = column(
        "Jumlah Rumah", Whole(), "Banyaknya rumah.",
        ("Jumlah Bumbung Rumah", "Bumbung Rumah", "Jml Rumah"),
        means=Meaning("Rumah",
            "Banyaknya bangunan tempat tinggal di RT; satu rumah dapat dihuni lebih dari satu keluarga.", REKAP,
            "Berapa rumah di RT ini?", unit="rumah"),
    )  # fmt: skip
    umur_0_1 = column(
        "Umur 0-1 Tahun", Whole(), "Anak umur 0-1 tahun (orang).",
        ("Jumlah Anak Usia 0-1 Tahun", "Bayi (0-1 Th)", "Usia 0-1 Tahun", "Anak Usia 0-1 Tahun", "Umur 0-1"),
        means=Meaning("Penduduk Umur 0-1 Tahun",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 0 atau 1 tahun.", REKAP,
            "Berapa anak umur 0-1 tahun di RT ini?", unit="orang"),
    )  # fmt: skip
    umur_2_5 = column(
        "Umur 2-5 Tahun", Whole(), "Anak umur 2-5 tahun (orang).",
        ("Jumlah Anak Usia 2-5 Tahun", "Balita (2-5 Th)", "Usia 2-5 Tahun", "Anak Usia 2-5 Tahun", "Umur 2-5"),
        means=Meaning("Penduduk Umur 2-5 Tahun",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 2 sampai 5 tahun.", REKAP,
            "Berapa anak umur 2-5 tahun di RT ini?", unit="orang"),
    )  # fmt: skip
    umur_0_14 = column(
        "Umur 0-14 Tahun", Whole(), "Penduduk umur 0-14 tahun (orang).",
        ("Usia 0-14 Tahun", "Umur 0-14", "Usia 0-14", "Jumlah Usia 0-14 Tahun", "Penduduk Umur 0-14 Tahun"),
        means=Meaning("Penduduk Umur 0-14 Tahun",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 0 sampai 14 tahun (belum produktif).", REKAP,
            "Berapa penduduk umur 0-14 tahun di RT ini?", unit="orang"),
    )  # fmt: skip
    umur_15_64 = column(
        "Umur 15-64 Tahun", Whole(), "Penduduk umur 15-64 tahun (orang).",
        ("Usia 15-64 Tahun", "Umur 15-64", "Usia 15-64", "Jumlah Usia 15-64 Tahun", "Penduduk Umur 15-64 Tahun"),
        means=Meaning("Penduduk Umur 15-64 Tahun",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 15 sampai 64 tahun (usia produktif).", REKAP,
            "Berapa penduduk umur 15-64 tahun di RT ini?", unit="orang"),
    )  # fmt: skip
    umur_65_ke_atas = column(
        "Umur 65 Tahun ke Atas", Whole(), "Penduduk umur 65 tahun ke atas (orang).",
        ("Usia 65 Tahun ke Atas", "Umur 65 ke Atas", "Umur 65+", "Usia 65+", "Penduduk Umur 65 Tahun ke Atas"),
        means=Meaning("Penduduk Umur 65 Tahun ke Atas",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 65 tahun atau lebih.", REKAP,
            "Berapa penduduk umur 65 tahun ke atas di RT ini?", unit="orang"),
    )  # fmt: skip
    lansia = column(
        "Lansia", Whole(), "Penduduk umur 60 tahun ke atas (orang).",
        ("Jumlah Penduduk Lansia", "Jumlah Lansia", "Penduduk Lansia", "Lansia (>=60 Th)", "Lansia 60+", "Lanjut Usia"),
        means=Meaning("Penduduk Lanjut Usia",
            "Banyaknya penduduk yang umurnya pada ulang tahun terakhir 60 tahun atau lebih.", LANSIA,
            "Berapa penduduk umur 60 tahun ke atas di RT ini?", unit="orang"),
    )  # fmt: skip
    kelahiran = column(
        "Kelahiran", Whole(), "Kelahiran selama triwulan (orang).",
        ("Jumlah Kelahiran", "Jumlah Kelahiran Bayi", "Kelahiran Bayi", "Lahir"),
        means=Meaning("Kelahiran", "Banyaknya bayi lahir hidup selama triwulan dari ibu yang tinggal di RT.", REKAP,
            "Berapa bayi lahir hidup selama triwulan ini?", unit="orang", time=QUARTER),
    )  # fmt: skip
    kematian = column(
        "Kematian", Whole(), "Kematian selama triwulan (orang).",
        ("Jumlah Kematian", "Mati", "Meninggal"),
        means=Meaning("Kematian", "Banyaknya penduduk RT yang meninggal selama triwulan.", REKAP,
            "Berapa penduduk meninggal selama triwulan ini?", unit="orang", time=QUARTER),
    )  # fmt: skip
    pendatang = column(
        "Pendatang", Whole(), "Penduduk yang datang selama triwulan (orang).",
        ("Jumlah Pendatang", "Datang"),
        means=Meaning("Pendatang",
            "Banyaknya orang yang pindah masuk dan menjadi penduduk RT selama triwulan; perpindahan antar-RT dalam "
            "satu kelurahan termasuk.", REKAP, "Berapa orang datang menetap selama triwulan ini?", unit="orang",
            time=QUARTER),
    )  # fmt: skip
    pindah = column(
        "Pindah", Whole(), "Penduduk yang pindah selama triwulan (orang).",
        ("Jumlah Pindah", "Pindah Keluar"),
        means=Meaning("Penduduk Pindah",
            "Banyaknya penduduk RT yang pindah keluar selama triwulan; perpindahan antar-RT dalam satu kelurahan "
            "termasuk.", REKAP, "Berapa penduduk pindah selama triwulan ini?", unit="orang", time=QUARTER),
    )  # fmt: skip
    memiliki_ktp_el = column(
        "Memiliki KTP-el", Whole(), "Penduduk yang memiliki KTP-el (orang).",
        ("Jumlah Memiliki KTP", "Memiliki KTP", "Jumlah Memiliki KTP-el", "Jumlah KTP-el"),
        means=Meaning("Pemilik Kartu Tanda Penduduk Elektronik", "Banyaknya penduduk RT yang memiliki KTP-el.",
            ADMINDUK, "Berapa penduduk yang memiliki KTP-el?", unit="orang"),
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
