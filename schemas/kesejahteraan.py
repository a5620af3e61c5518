"""`kesejahteraan`: welfare and dwelling of an RT's families, one row a family (dwelling codes of Regsosek 2022)."""

import pandas as pd

from schemas import keys
from schemas.dataset import Dataset, column, rule
from schemas.kinds import Amount, Code, Text, Whole, YesNo

SPESIFIK = "spesifik"  # personal finance, UU 27/2022 art. 4


class Kesejahteraan(
    Dataset, name="kesejahteraan", title="Kesejahteraan Keluarga", order=2, grain="keluarga", identity="no_kk"
):  # fmt: skip
    """The families from which poverty, aid and housing are counted."""

    no_kk = keys.no_kk()
    nama_kepala = column(
        "Nama Kepala Keluarga", Text(), "Nama kepala keluarga.",
        ("Nama Kepala", "Kepala Keluarga", "Nama KK", "Nama Kep Keluarga"), sensitivity="pribadi", shared=True,
    )  # fmt: skip
    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()
    jumlah_anggota = column(
        "Jumlah Anggota Keluarga", Whole(at_least=1), "Banyaknya anggota keluarga, kepala keluarga termasuk (orang).",
        ("Jumlah Anggota", "Jml Anggota", "Jumlah ART", "Jml ART", "Jml Anggota Keluarga", "Jumlah Jiwa"),
        required=True,
    )  # fmt: skip
    pengeluaran_bulanan = column(
        "Pengeluaran Bulanan", Amount(), "Pengeluaran seluruh keluarga sebulan (rupiah).",
        ("Pengeluaran per Bulan", "Pengeluaran Sebulan", "Pengeluaran Keluarga", "Pengeluaran (Rp)",
         "Pengeluaran Keluarga per Bulan", "Total Pengeluaran", "Pengeluaran"),
        required=True, sensitivity=SPESIFIK,
    )  # fmt: skip
    desil = column(
        "Desil", Whole(at_least=1, at_most=10), "Desil DTSEN, 1 sampai 10.",
        ("Desil DTSEN", "Desil Kesejahteraan"), sensitivity=SPESIFIK,
    )  # fmt: skip
    status_rumah = column(
        "Status Rumah", Code(codes="status_rumah"), "Status kepemilikan rumah.",
        ("Status Kepemilikan Rumah", "Kepemilikan Rumah", "Status Bangunan"),
    )  # fmt: skip
    luas_lantai = column("Luas Lantai", Amount(), "Luas lantai rumah (m2).", ("Luas Lantai (m2)", "Luas Rumah"))
    jenis_lantai = column(
        "Jenis Lantai", Code(codes="jenis_lantai"), "Bahan lantai terluas.", ("Lantai Terluas", "Lantai")
    )
    jenis_dinding = column(
        "Jenis Dinding", Code(codes="jenis_dinding"), "Bahan dinding terluas.", ("Dinding Terluas", "Dinding"),
    )  # fmt: skip
    jenis_atap = column("Jenis Atap", Code(codes="jenis_atap"), "Bahan atap terluas.", ("Atap Terluas", "Atap"))
    sumber_air_minum = column(
        "Sumber Air Minum", Code(codes="sumber_air"), "Sumber air minum utama.",
        ("Air Minum", "Sumber Air Minum Utama"),
    )  # fmt: skip
    sumber_air_mandi = column(
        "Sumber Air Mandi", Code(codes="sumber_air"), "Sumber air mandi dan cuci utama.",
        ("Air Mandi", "Sumber Air Mandi/Cuci"),
    )  # fmt: skip
    fasilitas_bab = column(
        "Fasilitas BAB", Code(codes="fasilitas_bab"), "Fasilitas tempat buang air besar.",
        ("Fasilitas Buang Air Besar", "Jamban", "Tempat BAB"),
    )  # fmt: skip
    jenis_kloset = column("Jenis Kloset", Code(codes="jenis_kloset"), "Jenis kloset.", ("Kloset",))
    pembuangan_tinja = column(
        "Pembuangan Tinja", Code(codes="pembuangan_tinja"), "Tempat pembuangan akhir tinja.",
        ("Tempat Buang Tinja", "Tempat Pembuangan Akhir Tinja", "TPA Tinja"),
    )  # fmt: skip
    sumber_penerangan = column(
        "Sumber Penerangan", Code(codes="sumber_penerangan"), "Sumber penerangan utama.",
        ("Penerangan", "Sumber Penerangan Utama"),
    )  # fmt: skip
    bahan_bakar_masak = column(
        "Bahan Bakar Masak", Code(codes="bahan_bakar_masak"), "Bahan bakar utama untuk memasak.",
        ("Bahan Bakar Memasak", "Bahan Bakar"),
    )  # fmt: skip
    pkh = column("PKH", YesNo(), "Apakah menerima PKH.", ("Penerima PKH", "Terima PKH"), sensitivity=SPESIFIK)
    bpnt = column(
        "BPNT", YesNo(), "Apakah menerima BPNT/Sembako.", ("Penerima BPNT", "Sembako", "BPNT/Sembako"),
        sensitivity=SPESIFIK,
    )  # fmt: skip
    blt = column(
        "BLT",
        YesNo(),
        "Apakah menerima BLT.",
        ("Penerima BLT", "BLT Dana Desa", "BLT-DD"),
        sensitivity=SPESIFIK,
    )
    pbi_jk = column(
        "PBI-JK", Whole(), "Banyaknya anggota yang ditanggung PBI-JK (orang).",
        ("Peserta PBI-JK", "Jumlah PBI-JK", "PBI JKN", "Anggota PBI-JK"), sensitivity=SPESIFIK,
    )  # fmt: skip

    @rule("HH01", at="luas_lantai")
    def plausible_floor(cls, frame: pd.DataFrame) -> pd.Series:
        """A floor of 4 to 1000 m2 (rule HH01 of the reconciliation list)."""
        return ~((frame["luas_lantai"] < 4) | (frame["luas_lantai"] > 1000))

    @rule("HH01", at="jumlah_anggota")
    def plausible_size(cls, frame: pd.DataFrame) -> pd.Series:
        """At most 20 members."""
        return ~(frame["jumlah_anggota"] > 20).fillna(False).astype(bool)

    @rule("HH01", at="pengeluaran_bulanan")
    def plausible_expenditure(cls, frame: pd.DataFrame) -> pd.Series:
        """Rp100,000 to Rp20,000,000 a person and month."""
        members = frame["jumlah_anggota"].astype("float64")
        each = frame["pengeluaran_bulanan"] / members.where(members > 0)
        return ~((each < 100_000) | (each > 20_000_000))

    @rule("HH02", at="pbi_jk")
    def insured_are_members(cls, frame: pd.DataFrame) -> pd.Series:
        """No more persons insured than members."""
        return ~(frame["pbi_jk"] > frame["jumlah_anggota"]).fillna(False).astype(bool)
