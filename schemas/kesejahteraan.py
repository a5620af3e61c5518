"""`kesejahteraan`: welfare and dwelling of an RT's families, one row a family (dwelling codes of Regsosek 2022)."""

import pandas as pd

from schemas import keys
from schemas.dataset import Dataset, column, rule
from schemas.kinds import Amount, Code, Text, Whole, YesNo
from schemas.meaning import BANSOS, BLT, DTSEN, JKN, KK, LAST_MONTH, REGSOSEK, SUSENAS, Meaning

SPESIFIK = "spesifik"  # personal finance, UU 27/2022 art. 4


class Kesejahteraan(
    Dataset, name="kesejahteraan", title="Kesejahteraan Keluarga", order=2, grain="keluarga", identity="no_kk"
):  # fmt: skip
    """The families from which poverty, aid and housing are counted."""

    no_kk = keys.no_kk()
    nama_kepala = column(
        "Nama Kepala Keluarga", Text(), "Nama kepala keluarga.",
        ("Nama Kepala", "Kepala Keluarga", "Nama KK", "Nama Kep Keluarga"), sensitivity="pribadi", shared=True,
        means=Meaning("Kepala Keluarga", "Nama orang yang tercatat sebagai kepala keluarga pada Kartu Keluarga.", KK,
            "Siapa nama kepala keluarga?"),
    )  # fmt: skip
    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()
    jumlah_anggota = column(
        "Jumlah Anggota Keluarga", Whole(at_least=1), "Banyaknya anggota keluarga, kepala keluarga termasuk (orang).",
        ("Jumlah Anggota", "Jml Anggota", "Jumlah ART", "Jml ART", "Jml Anggota Keluarga", "Jumlah Jiwa"),
        required=True,
        means=Meaning("Anggota Keluarga", "Banyaknya orang dalam satu Kartu Keluarga, kepala keluarga termasuk.", KK,
            "Berapa orang anggota keluarga ini, kepala keluarga termasuk?", unit="orang"),
    )  # fmt: skip
    pengeluaran_bulanan = column(
        "Pengeluaran Bulanan", Amount(), "Pengeluaran seluruh keluarga sebulan (rupiah).",
        ("Pengeluaran per Bulan", "Pengeluaran Sebulan", "Pengeluaran Keluarga", "Pengeluaran (Rp)",
         "Pengeluaran Keluarga per Bulan", "Pengeluaran/Bulan", "Total Pengeluaran", "Total Pengeluaran Sebulan",
         "Total Pengeluaran per Bulan", "Jumlah Pengeluaran per Bulan", "Jumlah Pengeluaran Sebulan",
         "Rata-rata Pengeluaran per Bulan", "Rata-rata Pengeluaran Sebulan", "Pengeluaran Rumah Tangga per Bulan",
         "Pengeluaran"),
        required=True, sensitivity=SPESIFIK,
        means=Meaning("Pengeluaran Keluarga",
            "Nilai seluruh pengeluaran konsumsi keluarga, makanan dan bukan makanan, dalam sebulan. Dibagi jumlah "
            "anggota menjadi pengeluaran per kapita. Ditanyakan dengan satu pertanyaan, tidak serinci Susenas.",
            SUSENAS, "Berapa rupiah pengeluaran seluruh keluarga dalam sebulan terakhir?", unit="rupiah",
            measure="Nilai", time=LAST_MONTH),
    )  # fmt: skip
    desil = column(
        "Desil", Whole(at_least=1, at_most=10), "Desil DTSEN, 1 sampai 10.",
        ("Desil DTSEN", "Desil Kesejahteraan"), sensitivity=SPESIFIK,
        means=Meaning("Desil Kesejahteraan",
            "Peringkat kesejahteraan keluarga dalam sepuluh kelompok menurut DTSEN; 1 paling rendah. Peringkat "
            "nasional, sehingga satu kelurahan tidak terbagi rata 10 persen.", DTSEN,
            "Berapa desil DTSEN keluarga ini?", unit="desil", measure="Peringkat"),
    )  # fmt: skip
    status_rumah = column(
        "Status Rumah", Code(codes="status_rumah"), "Status kepemilikan rumah.",
        ("Status Kepemilikan Rumah", "Kepemilikan Rumah", "Status Bangunan",
         "Status Penguasaan Bangunan Tempat Tinggal"),
        means=Meaning("Status Penguasaan Rumah", "Status penguasaan bangunan tempat tinggal yang ditempati keluarga.",
            REGSOSEK, "Apa status kepemilikan rumah yang ditempati?"),
    )  # fmt: skip
    luas_lantai = column(
        "Luas Lantai", Amount(), "Luas lantai rumah (m2).", ("Luas Lantai (m2)", "Luas Rumah"),
        means=Meaning("Lantai Tempat Tinggal",
            "Luas lantai bangunan tempat tinggal yang ditempati keluarga. Rumah layak huni menyediakan sedikitnya "
            "7,2 m2 untuk setiap anggota.", REGSOSEK, "Berapa meter persegi luas lantai rumah?", unit="m2",
            measure="Luas"),
    )  # fmt: skip
    jenis_lantai = column(
        "Jenis Lantai", Code(codes="jenis_lantai"), "Bahan lantai terluas.", ("Lantai Terluas", "Lantai"),
        means=Meaning("Bahan Lantai", "Bahan bangunan yang menutup bagian terluas dari lantai rumah.", REGSOSEK,
            "Apa bahan lantai rumah yang terluas?"),
    )  # fmt: skip
    jenis_dinding = column(
        "Jenis Dinding", Code(codes="jenis_dinding"), "Bahan dinding terluas.", ("Dinding Terluas", "Dinding"),
        means=Meaning("Bahan Dinding", "Bahan bangunan yang menutup bagian terluas dari dinding rumah.", REGSOSEK,
            "Apa bahan dinding rumah yang terluas?"),
    )  # fmt: skip
    jenis_atap = column(
        "Jenis Atap", Code(codes="jenis_atap"), "Bahan atap terluas.", ("Atap Terluas", "Atap"),
        means=Meaning("Bahan Atap", "Bahan bangunan yang menutup bagian terluas dari atap rumah.", REGSOSEK,
            "Apa bahan atap rumah yang terluas?"),
    )  # fmt: skip
    sumber_air_minum = column(
        "Sumber Air Minum", Code(codes="sumber_air"), "Sumber air minum utama.",
        ("Air Minum", "Sumber Air Minum Utama"),
        means=Meaning("Air Minum", "Sumber air yang paling banyak dipakai keluarga untuk minum.", REGSOSEK,
            "Apa sumber air minum utama?"),
    )  # fmt: skip
    sumber_air_mandi = column(
        "Sumber Air Mandi", Code(codes="sumber_air"), "Sumber air mandi dan cuci utama.",
        ("Air Mandi", "Sumber Air Mandi/Cuci"),
        means=Meaning("Air Mandi dan Cuci",
            "Sumber air yang paling banyak dipakai keluarga untuk mandi dan mencuci; menentukan layak tidaknya air "
            "kemasan dan isi ulang.", REGSOSEK, "Apa sumber air utama untuk mandi dan mencuci?"),
    )  # fmt: skip
    fasilitas_bab = column(
        "Fasilitas BAB", Code(codes="fasilitas_bab"), "Fasilitas tempat buang air besar.",
        ("Fasilitas Buang Air Besar", "Jamban", "Tempat BAB"),
        means=Meaning("Fasilitas Buang Air Besar",
            "Ada tidaknya fasilitas tempat buang air besar dan siapa yang menggunakannya.", REGSOSEK,
            "Apakah ada fasilitas tempat buang air besar, dan siapa yang menggunakannya?"),
    )  # fmt: skip
    jenis_kloset = column(
        "Jenis Kloset", Code(codes="jenis_kloset"), "Jenis kloset.", ("Kloset",),
        means=Meaning("Kloset", "Jenis tempat duduk atau jongkok pada fasilitas buang air besar keluarga.", REGSOSEK,
            "Apa jenis kloset yang digunakan?"),
    )  # fmt: skip
    pembuangan_tinja = column(
        "Pembuangan Tinja", Code(codes="pembuangan_tinja"), "Tempat pembuangan akhir tinja.",
        ("Tempat Buang Tinja", "Tempat Pembuangan Akhir Tinja", "TPA Tinja"),
        means=Meaning("Pembuangan Akhir Tinja",
            "Tempat penampungan atau pembuangan akhir tinja dari fasilitas buang air besar keluarga.", REGSOSEK,
            "Di mana tempat pembuangan akhir tinja?"),
    )  # fmt: skip
    sumber_penerangan = column(
        "Sumber Penerangan", Code(codes="sumber_penerangan"), "Sumber penerangan utama.",
        ("Penerangan", "Sumber Penerangan Utama"),
        means=Meaning("Penerangan Rumah", "Sumber penerangan yang paling banyak dipakai di rumah.", REGSOSEK,
            "Apa sumber penerangan utama?"),
    )  # fmt: skip
    bahan_bakar_masak = column(
        "Bahan Bakar Masak", Code(codes="bahan_bakar_masak"), "Bahan bakar utama untuk memasak.",
        ("Bahan Bakar Memasak", "Bahan Bakar"),
        means=Meaning("Bahan Bakar Memasak",
            "Bahan bakar atau energi yang paling banyak dipakai keluarga untuk memasak.", REGSOSEK,
            "Apa bahan bakar utama untuk memasak?"),
    )  # fmt: skip
    pkh = column(
        "PKH", YesNo(), "Apakah menerima PKH.", ("Penerima PKH", "Terima PKH"), sensitivity=SPESIFIK,
        means=Meaning("Program Keluarga Harapan", "Apakah keluarga menerima bantuan Program Keluarga Harapan (PKH).",
            BANSOS, "Apakah keluarga ini menerima PKH?"),
    )  # fmt: skip
    bpnt = column(
        "BPNT", YesNo(), "Apakah menerima BPNT/Sembako.",
        ("Penerima BPNT", "Sembako", "BPNT/Sembako", "Penerima Sembako"),
        sensitivity=SPESIFIK,
        means=Meaning("Bantuan Pangan Nontunai",
            "Apakah keluarga menerima Bantuan Pangan Nontunai (BPNT), disebut juga Program Sembako.", BANSOS,
            "Apakah keluarga ini menerima BPNT/Sembako?"),
    )  # fmt: skip
    blt = column(
        "BLT",
        YesNo(),
        "Apakah menerima BLT.",
        ("Penerima BLT", "BLT Dana Desa", "BLT-DD"),
        sensitivity=SPESIFIK,
        means=Meaning("Bantuan Langsung Tunai",
            "Apakah keluarga menerima bantuan langsung tunai (BLT), termasuk BLT dana desa.", BLT,
            "Apakah keluarga ini menerima BLT?"),
    )  # fmt: skip
    pbi_jk = column(
        "PBI-JK", Whole(), "Banyaknya anggota yang ditanggung PBI-JK (orang).",
        ("Peserta PBI-JK", "Jumlah PBI-JK", "PBI JKN", "Anggota PBI-JK"), sensitivity=SPESIFIK,
        means=Meaning("Penerima Bantuan Iuran Jaminan Kesehatan",
            "Banyaknya anggota keluarga yang iuran jaminan kesehatannya dibayar pemerintah (PBI-JK). Satuannya "
            "orang, bukan keluarga.", JKN, "Berapa orang anggota keluarga ini menjadi peserta PBI-JK?", unit="orang"),
    )  # fmt: skip

    @rule("HH01", at="luas_lantai", detail="Biasanya 4 sampai 1.000 m2.")
    def plausible_floor(cls, frame: pd.DataFrame) -> pd.Series:
        """A floor of 4 to 1000 m2 (rule HH01 of the reconciliation list)."""
        return ~((frame["luas_lantai"] < 4) | (frame["luas_lantai"] > 1000))

    @rule("HH01", at="jumlah_anggota", detail="Biasanya paling banyak 20 orang.")
    def plausible_size(cls, frame: pd.DataFrame) -> pd.Series:
        """At most 20 members."""
        return ~(frame["jumlah_anggota"] > 20).fillna(False).astype(bool)

    @rule("HH01", at="pengeluaran_bulanan",
          detail="Biasanya Rp100.000 sampai Rp20.000.000 per orang sebulan.")  # fmt: skip
    def plausible_expenditure(cls, frame: pd.DataFrame) -> pd.Series:
        """Rp100,000 to Rp20,000,000 a person and month."""
        members = frame["jumlah_anggota"].astype("float64")
        each = frame["pengeluaran_bulanan"] / members.where(members > 0)
        return ~((each < 100_000) | (each > 20_000_000))

    @rule("HH02", at="pbi_jk")
    def insured_are_members(cls, frame: pd.DataFrame) -> pd.Series:
        """No more persons insured than members; a family of none is told so itself."""
        more = (frame["pbi_jk"] > frame["jumlah_anggota"]) & (frame["jumlah_anggota"] > 0)
        return ~more.fillna(False).astype(bool)
