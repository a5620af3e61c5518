"""Makes a workbook, fills it in as a ketua RT does, and sends it in."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.areas import Area, Register
from pipelines.intake.workbook import read_book
from pipelines.periods import Period
from pipelines.template.accepted import Accepted
from pipelines.template.form import FIRST_ROW, HEADING_ROW
from pipelines.template.recipient import Recipient
from pipelines.template.workbook import make_workbook
from pipelines.warehouse.examine import Examined, examine

KELURAHAN = "63.06.05.1002"
RT = f"{KELURAHAN}-002-005"
PERIOD = Period(2025, 4)
FIRST = FIRST_ROW + 1  # as Excel counts
NIK, KK = "6306051708900001", "6306050101200001"
Entry = dict[str, object]

HOUSEHOLD: dict[str, list[Entry]] = {
    "Penduduk": [
        {
            "Nomor KK": KK, "NIK": NIK, "Nama Lengkap": "Ahmad Rifani", "Jenis Kelamin": "Laki-laki",
            "Tempat Lahir": "Kandangan", "Tanggal Lahir": dt.datetime(1990, 8, 17),
            "Hubungan dalam Keluarga": "Kepala Keluarga", "Status Perkawinan": "Kawin", "Agama": "Islam",
            "Pekerjaan": "Petani/Pekebun", "Kewarganegaraan": "WNI", "Disabilitas": "Tidak", "Sedang Hamil": "Tidak",
            "Akta Kelahiran": "Ya", "KTP-el": "Ya", "Tinggal di RT Ini": "Ya", "Status Dasar": "Hidup",
        },
        {"Nomor KK": KK, "NIK": "0", "Nama Lengkap": "Noor Aisyah", "Jenis Kelamin": "Perempuan",
         "Tanggal Lahir": "31-12-2025", "Hubungan dalam Keluarga": "Anak"},
    ],
    "Kesejahteraan Keluarga": [
        {"Nomor KK": KK, "Jumlah Anggota Keluarga": 2, "Pengeluaran Bulanan": 2_500_000, "Desil": 3,
         "Luas Lantai": 36.5, "Fasilitas BAB": "Ada, digunakan sendiri", "PKH": "Ya"}
    ],
    "Pendidikan": [
        {"NIK": NIK, "Nama Lengkap": "Ahmad Rifani", "Partisipasi Sekolah": "Tidak sekolah lagi", "Jenjang": "SMA",
         "Kelas": 8, "Ijazah Tertinggi": "SMA", "Baca Tulis": "Ya"}
    ],
    "Ketenagakerjaan": [
        {"NIK": NIK, "Nama Lengkap": "Ahmad Rifani", "Bekerja": "Ya", "Jam Kerja": 40,
         "Lapangan Usaha": "A. Pertanian, kehutanan, dan perikanan"}
    ],
}  # fmt: skip


def make(path: Path, area: str = RT, accepted: Accepted | None = None, period: Period = PERIOD) -> Path:
    """Write the workbook of one RT."""
    path.write_bytes(make_workbook(Recipient(area, "Kelurahan Kandangan Utara"), period, accepted or Accepted()))
    return path


def columns(sheet: Worksheet) -> dict[str, str]:
    """Label -> letters of the headings of a sheet to fill in."""
    return {str(cell.value).removesuffix(" *"): cell.column_letter for cell in sheet[HEADING_ROW + 1] if cell.value}


def fill(path: Path, entries: dict[str, list[Entry]], first: int = FIRST) -> Path:
    """Type rows into the workbook's sheets and save it."""
    book = openpyxl.load_workbook(path)
    for name, rows in entries.items():
        letters = columns(book[name])
        for number, row in enumerate(rows, start=first):
            for label, value in row.items():
                book[name][f"{letters[label]}{number}"].value = value
    book.save(path)
    return path


def send(path: Path, period: Period = PERIOD, area: str = RT) -> Examined:
    """Judge the workbook as `cantik check` does, with a register that knows its RT."""
    register = Register({area: Area(area, "rt", "RT", area.rsplit("-", 1)[0])})
    return examine(path, read_book(path.name, path.read_bytes()), KELURAHAN, register, period, path.name)


def through_libreoffice(paths: list[Path], suffix: str, folder: Path) -> list[Path]:
    """Open the workbooks in LibreOffice and save them again, all at once; skips where there is none."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    target = folder / suffix
    subprocess.run(
        [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(target), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return [target / f"{path.stem}.{suffix}" for path in paths]
