"""What the finished files say: a medium is one of them as its reader opens it, and every figure it shows of an area."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.workbook_figures import NOT_OFFICIAL
from pipelines.publishing.workbook_publication import Place

MEDIA = {  # what is compared, and its files within `reports/<period>/`
    "CSV indikator": "indikator-{period}.csv",
    "Tabel indikator (Excel)": "tabel-indikator-{period}.xlsx",
    "Kelurahan Dalam Angka (Excel)": "kelurahan-dalam-angka-{period}.xlsx",
    "Profil (laman HTML)": "profil-{period}.html",
    "Profil (PDF)": "profil-{period}.pdf",
    "Data terbuka (CSV)": "data/*.csv",
    "Data terbuka (Parquet)": "data/*.parquet",
    "SDMX-CSV": "sdmx/data.csv",
}
SEXES = {"Laki-laki": "L", "Perempuan": "P", "Total": "total"}


class Variable(NamedTuple):
    """An indicator, of all or of one sex: breakdown is total, L or P."""

    indicator: str
    breakdown: str


class Seen(NamedTuple):
    """One figure as it stands in a file: None where the file says that it shows none; `decimals` where rounded."""

    number: float | None
    decimals: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What is looked up in every medium: the figures of one area in one period."""

    area: Place
    period: str
    period_title: str

    @property
    def labels(self) -> tuple[str, str]:
        """How tables name the area; the first that a table has is meant, as a kelurahan may be named as its area."""
        return self.area.title, self.area.name


@dataclass(frozen=True)
class Medium:
    """A finished product: its name, its files as a pattern within `reports/<period>/`, and what they say."""

    name: str
    files: str
    said: dict[Variable, tuple[Seen, ...]]


Reading = tuple[Variable, Seen]


def files_of(folder: Path, period: str) -> list[Path]:
    """The files behind all media, those that are there."""
    return [path for files in MEDIA.values() for path in sorted(folder.glob(files.format(period=period)))]


def gathered(name: str, files: str, readings: Iterable[Reading]) -> Medium:
    """A medium of all that was read in its files; a variable may stand in several places."""
    said: dict[Variable, tuple[Seen, ...]] = {}
    for variable, seen in readings:
        if is_compared(variable):
            said[variable] = (*said.get(variable, ()), seen)
    return Medium(name, files, said)


def is_compared(variable: Variable) -> bool:
    """Whether it is a figure of its own: no part of a distribution, nor the whole of one, which is always 100."""
    entry = catalogue().get(variable.indicator)
    return entry is not None and not entry.whole and variable.breakdown in SEXES.values()


@cache
def codes_by_name() -> dict[str, str]:
    """The code of each indicator by the name that tables print."""
    return {entry.name: code for code, entry in catalogue().items()}


def unmarked(label: object) -> str:
    """A printed name without the mark of figures that BPS has officially."""
    return str(label).removesuffix(f" {NOT_OFFICIAL}")
