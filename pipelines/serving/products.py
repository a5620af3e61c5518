"""The files of `reports/<period>/` that the pages hand out: those that Cantik itself makes for the public, by name.

A file that someone has laid beside them is not on the list, whatever it is called, and so is never served. Nor is what
an office keeps to itself until it files it: the activity's form with its people (MS-Keg), and its own score.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.publishing.reports import HISTORY, RELEASE_NOTE
from pipelines.serving.open_data import packaged

MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
}
BOOKS, DOCUMENTS, FIGURES, METADATA, QUALITY, TABLES = (
    "Buku dan tabel", "Profil dan infografis", "Semua angka", "Penjelasan indikator dan variabel", "Mutu",
    "Data terbuka per tabel",
)  # fmt: skip
FIRST = (BOOKS, DOCUMENTS)  # what the front page offers
PUBLIC = (  # group, name in the period's folder, and what it is
    (BOOKS, "kelurahan-dalam-angka-{period}.xlsx", "Kelurahan Dalam Angka, buku kerja Excel"),
    (BOOKS, "tabel-indikator-{period}.xlsx", "Tabel indikator, buku kerja Excel"),
    (DOCUMENTS, "profil-{period}.html", "Profil kelurahan, halaman"),
    (DOCUMENTS, "profil-{period}.pdf", "Profil kelurahan, PDF"),
    (DOCUMENTS, "infografis-{period}.pdf", "Infografis, PDF"),
    (DOCUMENTS, "infografis-{period}.png", "Infografis, gambar"),
    (FIGURES, "indikator-{period}.csv", "Semua angka, CSV"),
    (FIGURES, "sdmx/data.csv", "Semua angka, SDMX-CSV 2.0"),
    (FIGURES, "sdmx/structure.json", "Struktur SDMX-JSON 2.0"),
    (FIGURES, HISTORY, "Riwayat rilis, CSV"),
    (METADATA, "katalog-indikator-{period}.pdf", "Katalog indikator, PDF"),
    (METADATA, "metadata/ms-ind.xlsx", "Metadata indikator (MS-Ind), Excel"),
    (METADATA, "metadata/ms-ind.json", "Metadata indikator (MS-Ind), JSON"),
    (METADATA, "metadata/ms-var.xlsx", "Metadata variabel (MS-Var), Excel"),
    (METADATA, "metadata/ms-var.json", "Metadata variabel (MS-Var), JSON"),
    (QUALITY, "lke/11a-konsistensi-{period}.xlsx", "Perbandingan angka antar media, Excel"),
    (QUALITY, "lke/11a-konsistensi-{period}.csv", "Perbandingan angka antar media, CSV"),
    (TABLES, "data/datapackage.json", "Keterangan semua tabel (Frictionless Data Package)"),
)
IN_PLACE = (".html", ".pdf", ".png")  # a browser shows them
MOST_BYTES = 64_000_000  # a file is read whole before it is sent, so that a slow reader keeps no file open
# A page of its own: it may run what it carries, in an origin of its own that reaches neither this site nor another.
APART = (
    "sandbox allow-scripts allow-downloads; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Product:
    """One file that is handed out; `name` is its address below the period."""

    group: str
    name: str
    title: str
    path: Path
    bytes: int

    @property
    def size(self) -> str:
        """`24 kB`, on one line."""
        return f"{max(1, round(self.bytes / 1000)):,}\u00a0kB".replace(",", ".")

    @property
    def media(self) -> str:
        """Its media type."""
        return MEDIA[self.path.suffix]

    @property
    def sent(self) -> bool:
        """Whether it is small enough to be sent from here."""
        return self.bytes <= MOST_BYTES


def products(reports: Path, period: str, release: str) -> list[Product]:
    """The files of a period that are there and belong to the release; none while they are being written."""
    folder = reports / period
    note = folder / RELEASE_NOTE
    try:
        if note.read_text(encoding="utf-8").strip() != release:
            return []
    except (FileNotFoundError, PermissionError):  # it goes first and comes back last
        return []
    return [
        Product(group, name, title, path, path.stat().st_size)
        for group, name, title in _listed(folder, period, release)
        if not _is_elsewhere(path := folder / name, folder) and path.is_file()
    ]


def grouped(listed: list[Product]) -> dict[str, list[Product]]:
    """The files by group, in the order of the list."""
    groups: dict[str, list[Product]] = {}
    for product in listed:
        groups.setdefault(product.group, []).append(product)
    return groups


def _listed(folder: Path, period: str, release: str) -> Iterator[tuple[str, str, str]]:
    yield from ((group, name.format(period=period), title) for group, name, title in PUBLIC)
    yield from ((TABLES, f"data/{name}", title) for name, title in packaged(folder, release))


def _is_elsewhere(path: Path, folder: Path) -> bool:
    """Whether a link leads from it out of the period's folder."""
    return path.is_symlink() or not path.resolve().is_relative_to(folder.resolve())
