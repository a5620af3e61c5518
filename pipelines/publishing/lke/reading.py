"""Opens every medium of a release, all of them finished files in `reports/<period>/`."""

from collections.abc import Callable, Iterable
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.publishing.lke import printed, texts, workbooks
from pipelines.publishing.lke.media import MEDIA, Medium, Reading, Wanted, gathered
from pipelines.publishing.lke.opened import Damaged
from pipelines.publishing.workbook_publication import Place, Publication
from pipelines.publishing.workbook_titles import period_title

READERS: dict[str, Callable[[Path, Wanted], Iterable[Reading]]] = {
    "CSV indikator": texts.indicator_csv,
    "Tabel indikator (Excel)": workbooks.indicator_workbook,
    "Kelurahan Dalam Angka (Excel)": workbooks.book,
    "Profil (laman HTML)": texts.page,
    "Profil (PDF)": printed.profile,
    "Data terbuka (CSV)": texts.open_csv,
    "Data terbuka (Parquet)": texts.open_parquet,
    "SDMX-CSV": texts.sdmx,
}


def read_media(folder: Path, publication: Publication) -> list[Medium]:
    """Every medium of a period's folder. Raises OfficerError, naming the file, for one that cannot be read."""
    wanted = Wanted(compared_area(publication), str(publication.period), period_title(publication))
    media = []
    for name, pattern in MEDIA.items():
        files = pattern.format(period=publication.period)
        try:
            media.append(gathered(name, files, READERS[name](_at(folder, files), wanted)))
        except Damaged:
            told = f"reports/{folder.name}/{files}"
            raise OfficerError(
                f"Berkas {told} rusak atau diubah. Hapus berkas itu, lalu jalankan: cantik run."
            ) from None
    return media


def compared_area(publication: Publication) -> Place:
    """The widest area of the office; where none holds all others, its own kelurahan or the first."""
    own = [place for place in publication.kelurahan if place.name == publication.office]
    return publication.widest or (own or publication.kelurahan)[0]


def _at(folder: Path, files: str) -> Path:
    """A file, or the folder of several."""
    return (folder / files).parent if "*" in files else folder / files
