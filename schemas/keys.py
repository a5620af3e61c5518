"""Columns that several datasets share: who a row is about, and where it lives."""

from typing import Any

from schemas.dataset import column
from schemas.kinds import FamilyCard, Nik, Place, Text
from schemas.meaning import KK, WILAYAH, Meaning

PRIBADI = "pribadi"


def nik() -> Any:
    """The resident's NIK; may be not yet issued, so an empty cell does not hold the row."""
    return column(
        "NIK",
        Nik(),
        "Nomor Induk Kependudukan, 16 angka sebagai teks; tulis 0 bila belum terbit.",
        ("Nomor NIK", "No NIK", "Nomor Induk Kependudukan", "No Induk Kependudukan", "No KTP", "Nomor KTP",
         "NIK/No KTP", "No KTP/NIK", "NIK Anggota"),
        required=True, sensitivity=PRIBADI, shared=True,
        means=Meaning("Nomor Induk Kependudukan",
            "Nomor identitas penduduk 16 angka yang unik dan tetap: enam angka kode wilayah pendaftaran pertama, "
            "enam angka tanggal lahir (tanggal perempuan ditambah 40), dan empat angka nomor urut.", KK,
            "Berapa NIK Bapak/Ibu/Saudara menurut KTP-el atau KK?"),
    )  # fmt: skip


def no_kk() -> Any:
    """The family card number that makes people one family."""
    return column(
        "Nomor KK",
        FamilyCard(),
        "Nomor Kartu Keluarga, 16 angka sebagai teks.",
        ("No KK", "Nomor Kartu Keluarga", "No Kartu Keluarga", "Kartu Keluarga", "KK", "NKK", "No. Kartu Keluarga",
         "Kode Keluarga"),
        required=True, sensitivity=PRIBADI, shared=True,
        means=Meaning("Kartu Keluarga",
            "Nomor 16 angka pada Kartu Keluarga. Orang dengan nomor KK yang sama adalah satu keluarga; keluarga "
            "menurut KK tidak sama dengan rumah tangga yang makan dari satu dapur.", KK,
            "Berapa Nomor KK keluarga ini?"),
    )  # fmt: skip


def nama() -> Any:
    """The resident's full name."""
    return column(
        "Nama Lengkap",
        Text(),
        "Nama lengkap sesuai KTP atau KK.",
        ("Nama", "Nama Penduduk", "Nama Anggota Keluarga", "Nama Warga", "Nama Anggota", "Nama Siswa",
         "Nama Lengkap/Panggilan", "Nama Kepala Keluarga/Anggota", "Nama Kepala Keluarga dan Anggota Keluarga",
         "Nama Kepala/Anggota Keluarga", "Nama KK/Anggota Keluarga"),
        required=True, sensitivity=PRIBADI, shared=True,
        means=Meaning("Nama Penduduk",
            "Nama lengkap seseorang sebagaimana tertulis pada KTP-el atau KK, tanpa gelar tambahan.", KK,
            "Siapa nama lengkap menurut KTP-el atau KK?"),
    )  # fmt: skip


def dusun() -> Any:
    """The hamlet of a desa, or the lingkungan of a kelurahan."""
    return column(
        "Dusun",
        Place(part="dusun"),
        "Nama dusun atau lingkungan; kosongkan bila tidak ada.",
        ("Nama Dusun", "Lingkungan", "Dusun/Lingkungan"), shared=True,
        means=Meaning("Dusun",
            "Bagian wilayah desa, atau lingkungan pada kelurahan, yang membawahi RW dan RT; kosong bila wilayah ini "
            "tidak memilikinya.", WILAYAH, "Di dusun atau lingkungan mana alamat ini?"),
    )  # fmt: skip


def rw() -> Any:
    """The RW."""
    return column(
        "RW",
        Place(part="rw"),
        "Nomor RW; kosongkan bila tidak ada.",
        ("No RW", "Nomor RW", "Rukun Warga"), shared=True,
        means=Meaning("Rukun Warga",
            "Lembaga kemasyarakatan di bawah kelurahan atau dusun yang membawahi beberapa RT; kosong bila tidak ada "
            "RW.", WILAYAH, "Di RW berapa alamat ini?"),
    )  # fmt: skip


def rt() -> Any:
    """The RT; one cell may state RT, RW and dusun together."""
    return column(
        "RT",
        Place(part="rt"),
        "Nomor RT.",
        ("No RT", "Nomor RT", "Rukun Tetangga", "Nama RT", "RT/RW", "Nama SLS", "Satuan Lingkungan Setempat"),
        required=True, shared=True,
        means=Meaning("Rukun Tetangga",
            "Lembaga kemasyarakatan terkecil yang mendata warganya. Nomor RT hanya berarti bersama RW dan dusunnya, "
            "karena nomor yang sama berulang.", WILAYAH, "Di RT berapa alamat ini?"),
    )  # fmt: skip
