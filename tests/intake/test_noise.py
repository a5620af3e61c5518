"""Whatever stands where: no arrangement of headings, people, counts and notes breaks the intake or loses a row."""

from random import Random
from typing import Any

import pytest

from pipelines.intake.texts import SheetText
from pipelines.intake.workbook import Book

from .taking import take_book
from .workbooks import BUDI, PERSON

HEADINGS = [
    "NO", "NIK", "No KK", "NAMA", "JK", "L", "P", "JENIS KELAMIN", "TGL LAHIR", "RT", "RW", "DUSUN", "KK", "Status",
    "Ket", "Tgl Meninggal", "PKH", "Jumlah Anggota", "NISN", "Uraian", "KELAHIRAN", "TEMPAT", "TANGGAL", "SD/MI",
    "Pengeluaran", "Bekerja", "Partisipasi Sekolah", "Desa", "0-14", "NOMOR KK",
]  # fmt: skip
CELLS: list[Any] = [
    PERSON["Nomor KK"], PERSON["NIK"], BUDI["NIK"], f"No. KK : {PERSON['Nomor KK']}", "Alamat : RT 005 RW 002",
    "RT 005 RW 002", "RW 002", "DUSUN A", "DAFTAR PENERIMA", "REKAP KEMATIAN", "L", "v", 1, 2, 3, 30, "005",
    "12-05-1990", "AHMAD", "Meninggal", "Mengetahui", "Ketua RT", "Kandangan, 30 September 2025", "-",
    "###", "JUMLAH", "a", "II", -1,
]  # fmt: skip


def noise(random: Random) -> SheetText:
    """A sheet of up to 24 rows, some of them alike, some blank."""
    width, rows = random.randrange(1, 12), []
    for _ in range(random.randrange(1, 25)):
        words = random.choice([HEADINGS, CELLS, [*HEADINGS, *CELLS], [""]])
        row = [random.choice([*words, ""]) for _ in range(width)]
        rows.append(random.choice(rows) if rows and random.random() < 0.2 else row)
    return SheetText(random.choice(["Sheet1", "RT 01", "JULI"])).fill(list(zip(*rows, strict=True)))


@pytest.mark.parametrize("seed", range(4))
def test_noise(seed: int) -> None:
    random = Random(seed)
    for _ in range(40):
        taken = take_book(Book([noise(random) for _ in range(random.randrange(1, 4))]), "data.xlsx")
        read, accepted, held = taken.total
        assert read == accepted + held
