"""The files of `reports/<period>/` that the pages hand out: those that Cantik itself makes for the public, by name.

A file that someone has laid beside them is not on the list, whatever it is called, and so is never served.
"""

from dataclasses import dataclass
from pathlib import Path

from pipelines.publishing.reports import HISTORY, RELEASE_NOTE

MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".zip": "application/zip",
}
PUBLIC = (  # name in the period's folder, and what it is
    ("kelurahan-dalam-angka-{period}.xlsx", "Kelurahan Dalam Angka, buku kerja Excel"),
    ("profil-{period}.html", "Profil kelurahan, halaman"),
    ("profil-{period}.pdf", "Profil kelurahan, PDF"),
    ("infografis-{period}.pdf", "Infografis, PDF"),
    ("infografis-{period}.png", "Infografis, gambar"),
    ("tabel-indikator-{period}.xlsx", "Tabel indikator, buku kerja Excel"),
    ("indikator-{period}.csv", "Semua angka, CSV"),
    (HISTORY, "Riwayat rilis, CSV"),
    ("metadata/ms-ind.xlsx", "Metadata indikator (MS-Ind), Excel"),
    ("metadata/ms-var.xlsx", "Metadata variabel (MS-Var), Excel"),
)
IN_PLACE = (".html", ".pdf", ".png")  # a browser shows them
# A page of its own: it may run what it carries, in an origin of its own that reaches neither this site nor another.
APART = (
    "sandbox allow-scripts allow-downloads; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Product:
    """One file that is handed out; `name` is its address below the period."""

    name: str
    title: str
    path: Path
    bytes: int

    @property
    def size(self) -> str:
        """`24 kB`."""
        return f"{max(1, round(self.bytes / 1000)):,} kB".replace(",", ".")

    @property
    def media(self) -> str:
        """Its media type."""
        return MEDIA[self.path.suffix]


def products(reports: Path, period: str, release: str) -> list[Product]:
    """The files of a period that are there and belong to the release; none while they are being written."""
    folder = reports / period
    note = folder / RELEASE_NOTE
    try:
        if note.read_text(encoding="utf-8").strip() != release:
            return []
    except FileNotFoundError:  # it goes first and comes back last
        return []
    listed = [(name.format(period=period), title) for name, title in PUBLIC]
    paths = [(name, title, folder / name) for name, title in listed]
    there = [entry for entry in paths if entry[2].is_file() and not entry[2].is_symlink()]
    return [Product(name, title, path, path.stat().st_size) for name, title, path in there]
