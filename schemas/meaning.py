"""What a column means, in the words of BPS's form for variables (MS-Var, Peraturan BPS 5/2020).

A column's label and description tell an officer what to type; its meaning tells a statistician what was measured.
A concept follows the rules for standard data: capitals, no abbreviation, no measure in front, no period or place.
"""

from dataclasses import dataclass

# Where a column comes from ("referensi pemilihan"): the form or law whose item and classification it takes over.
KK = "Kartu Keluarga dan KTP-el; UU 24/2013 tentang administrasi kependudukan"
ADMINDUK = "UU 24/2013 tentang administrasi kependudukan"
STATUS_DASAR = "Status dasar penduduk OpenSID (buku induk penduduk desa/kelurahan)"
PENDUDUK = "Standar data penduduk, Peraturan BPS 4/2020; dibatasi pada penduduk yang terdaftar di RT"
WILAYAH = "Kode wilayah Kemendagri (Kepmendagri 300.2.2-2138/2025); satuan lingkungan setempat (SLS) BPS"
DISABILITAS = "UU 8/2016 tentang penyandang disabilitas; ragam menurut kode cacat OpenSID"
REGSOSEK = "Regsosek 2022 (BPS)"
SUSENAS = "Susenas (BPS)"
SAKERNAS = "Sakernas (BPS)"
KBLI = "KBLI, Peraturan BPS 2/2020 dan Peraturan BPS 7/2025"
DTSEN = "Data Tunggal Sosial dan Ekonomi Nasional (DTSEN)"
BANSOS = "Program bantuan sosial Kementerian Sosial"
BLT = "Bantuan langsung tunai menurut catatan RT"
JKN = "Program Jaminan Kesehatan Nasional, segmen penerima bantuan iuran"
ATS = "Pendataan anak tidak sekolah (ATS), kementerian yang membidangi pendidikan"
PIP = "Program Indonesia Pintar, kementerian yang membidangi pendidikan"
SIRUSA_SEKOLAH = "SIRUSA BPS: angka partisipasi sekolah"
LANSIA = "UU 13/1998 tentang kesejahteraan lanjut usia"
LAYAK = "Kriteria BPS untuk rumah, air minum, dan sanitasi layak"
REKAP = "Rekap RT yang dipakai dalam pembinaan Desa/Kelurahan Cantik"

AT_REFERENCE = "Tanggal acuan (hari terakhir triwulan)"
LAST_WEEK = "Selama seminggu sebelum pendataan"
LAST_MONTH = "Sebulan terakhir sebelum pendataan"
QUARTER = "Selama triwulan"


@dataclass(frozen=True)
class Meaning:
    """What MS-Var asks beyond label, kind and rules. Only numbers have a `unit` and a `measure`."""

    concept: str
    definition: str
    reference: str
    question: str
    unit: str = ""
    measure: str = "Jumlah"
    time: str = AT_REFERENCE
