"""Writes the profile of a release: page, PDF, infographic; nothing where they are up to date."""

import hashlib
from pathlib import Path

from pipelines.publishing.profile.reading import read_source, releases_until
from pipelines.publishing.stamps import made_by
from pipelines.replacing import write_whole
from pipelines.settings import Office

HERE = Path(__file__).parent
HEAD = 2048  # bytes of a page in which its stamp stands


def write_profile(office: Office, period: str) -> list[Path]:
    """Write the three documents of a released period unless they are there already. Returns the files.

    The page is written last and bears the stamp of all, so an interruption leaves none that only looks whole. Raises
    OfficerError where the period has no release, or the office's map cannot be read.
    """
    folder = office.places.reports / period
    page, document, sheet, picture = files = [
        folder / f"profil-{period}.html",
        folder / f"profil-{period}.pdf",
        folder / f"infografis-{period}.pdf",
        folder / f"infografis-{period}.png",
    ]
    stamp = _stamp(office, period)
    if all(file.exists() for file in files) and _bears(page, stamp):
        return files
    # Half a second of libraries, for a release that is new only.
    from pipelines.publishing.profile.boundaries import read_boundaries
    from pipelines.publishing.profile.compose import compose
    from pipelines.publishing.profile.html import page_of
    from pipelines.publishing.profile.infographic import infographic
    from pipelines.publishing.typeset import compiled

    folder.mkdir(parents=True, exist_ok=True)
    source = read_source(office.places.published, period)
    profile = compose(source, read_boundaries(office.places.map))
    told = infographic(source, profile)
    write_whole(document, compiled(HERE / "profil.typ", profile, profile.date, "pdf"))
    write_whole(sheet, compiled(HERE / "infografis.typ", told, profile.date, "pdf"))
    write_whole(picture, compiled(HERE / "infografis.typ", told, profile.date, "png"))
    write_whole(page, page_of(profile, stamp).encode())
    return files


def _bears(page: Path, stamp: str) -> bool:
    with page.open("rb") as file:
        return f'Cantik {stamp}"'.encode() in file.read(HEAD)


def _stamp(office: Office, period: str) -> str:
    """A name for all that the documents are made of: this release and those before, the map, our own words."""
    drawn = office.places.map.read_bytes() if office.places.map.exists() else b""
    releases = "\n".join(releases_until(office.places.published, period))
    return hashlib.sha256(b"\0".join([releases.encode(), drawn, made_by().encode()])).hexdigest()[:16]
