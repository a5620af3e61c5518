"""Writes the packet `reports/<period>/lke/` from the other products of the period, once these are finished."""

from pathlib import Path

from pipelines.publishing.lke.items import items
from pipelines.publishing.lke.media import files_of
from pipelines.publishing.stamps import digest_of, digest_of_texts, made_by
from pipelines.replacing import remove_file, write_whole
from pipelines.settings import Office

FOLDER, NOTE = "lke", "rilis.txt"
NAMES = ("11a-konsistensi", "ringkasan-lke")


def write_lke(office: Office, period: str, release: str) -> str:
    """Write the packet unless no file that it rests on has changed. Returns what to tell of figures that differ.

    Raises OfficerError, and leaves no packet of before, where a finished file cannot be read.
    """
    reports = office.places.reports / period
    note, stamp = reports / FOLDER / NOTE, _stamp(reports, period, release)
    packet = [reports / FOLDER / f"{name}-{period}.{kind}" for name in NAMES for kind in ("xlsx", "csv")]
    if note.exists() and all(file.exists() for file in packet):
        before, _, told = note.read_text(encoding="utf-8").partition("\n")
        if before == stamp:
            return told.strip()
    for file in (note, *packet):
        remove_file(file)
    note.parent.mkdir(parents=True, exist_ok=True)
    from pipelines.publishing.lke.packet import write_packet  # half a second of libraries, for what is new only

    told = write_packet(office, period, packet)
    write_whole(note, f"{stamp}\n{told}\n".encode())
    return told


def _stamp(reports: Path, period: str, release: str) -> str:
    """A name for all that the packet says: the release, every file that is compared, every proof that is there."""
    compared = "".join(digest_of([file]) for file in files_of(reports, period))
    proofs = [name.format(period=period) for item in items() for name in item.files]
    there = "\n".join(name for name in proofs if not name.startswith(FOLDER) and (reports / name).exists())
    return digest_of_texts(release, compared, there, made_by())
