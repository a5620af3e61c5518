"""Words that several sheets of a workbook share."""

from pipelines.capitals import capital
from pipelines.periods import Period
from schemas.dataset import Dataset

UNITS = {"penduduk": "orang", "keluarga": "keluarga (satu Nomor KK)"}
ONLY = {"pendidikan": " umur 5 tahun ke atas", "ketenagakerjaan": " umur 15 tahun ke atas"}
GUIDE, LISTS = "Petunjuk", "Daftar Kode"


def period_title(period: Period) -> str:
    """`Triwulan IV 2025`."""
    return capital(period.title)


def unit(dataset: type[Dataset]) -> str:
    """What one row is: `satu baris satu orang umur 5 tahun ke atas`."""
    about = dataset.about()
    return f"satu baris satu {UNITS.get(about.grain, about.grain)}{ONLY.get(about.name, '')}"
