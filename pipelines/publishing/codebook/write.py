"""Writes `katalog-indikator-<period>.pdf`, unless it says already what the declarations say.

It holds no figure, so a new release of the period leaves it as it is.
"""

import hashlib
from pathlib import Path

from pipelines.opening import connect_read_only
from pipelines.periods import parse_period
from pipelines.publishing.stamps import made_by
from pipelines.replacing import write_whole
from pipelines.settings import Office

TEMPLATE = Path(__file__).parent / "katalog.typ"


def write_codebook(office: Office, period: str) -> Path:
    """Write the catalogue of a released period unless it is there already. Returns the file."""
    path = office.places.reports / period / f"katalog-indikator-{period}.pdf"
    stamp = f"Cantik {_stamp(office, period)}"
    if path.exists() and stamp.encode() in path.read_bytes():
        return path
    from pipelines.publishing.codebook.compose import compose  # libraries for what is new only
    from pipelines.publishing.typeset import compiled, plain
    from pipelines.publishing.workbook_reading import read_entries, read_publication

    publication = read_publication(office.places.published, period, by_rt=())
    with connect_read_only(office.places.published) as store:
        entries = read_entries(store)
    told = compose(entries, publication, office.poverty_line.get(publication.period))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, compiled(TEMPLATE, plain(told) | {"stamp": stamp}, told.date, "pdf"))
    return path


def _stamp(office: Office, period: str) -> str:
    """A name for all that it is made of: the declarations as they are published, our words, the place, the line."""
    with connect_read_only(office.places.published) as store:
        declared = store.execute("SELECT definitions FROM releases WHERE period = ?", [period]).fetchall()
        places = store.execute("FROM areas WHERE level NOT IN ('rt', 'rw') ORDER BY ALL").fetchall()
    line = office.poverty_line.get(parse_period(period))
    return hashlib.sha256(f"{made_by()}{declared}{places}{period}{line}".encode()).hexdigest()[:16]
