"""What is handed out in `reports/<period>/`: tables as CSV and Excel workbook, the book, the profile, the releases."""

from collections.abc import Sequence
from pathlib import Path

from pipelines.publishing.csvout import rows_text, write_csv
from pipelines.publishing.query import Selection, selected
from pipelines.publishing.revisions import Revision
from pipelines.publishing.tables import write_workbook
from pipelines.replacing import move_file, remove_file, write_whole
from pipelines.settings import Office

RELEASE_NOTE = "rilis.txt"
HISTORY = "riwayat-rilis.csv"
NO_LONGER_VALID = " - tidak berlaku"
HISTORY_COLUMNS = ("rilis", "sebelumnya", "tanggal", "angka_berubah", "rt_masuk_sebelum", "rt_masuk_sesudah", "sebab")


def write_reports(office: Office, period: str, release: str) -> list[Path]:
    """Write the products of a release unless they are there already. Returns the files handed out."""
    from pipelines.publishing.book.write import write_book  # who only asks for names here starts without them
    from pipelines.publishing.profile.write import write_profile

    folder = office.places.reports / period
    files = [folder / f"indikator-{period}.csv", folder / f"tabel-indikator-{period}.xlsx"]
    note = folder / RELEASE_NOTE
    said = note.read_text(encoding="utf-8").strip() if note.exists() else ""
    if said == release and all(f.exists() for f in files):
        return [*files, *write_book(office, period), *write_profile(office, period)]
    folder.mkdir(parents=True, exist_ok=True)
    remove_file(note)
    with selected(office.places.published, Selection(period=period)) as cells:
        write_csv(cells, files[0])
    write_workbook(office.places.published, period, files[1])
    files += [*write_book(office, period), *write_profile(office, period)]
    write_whole(note, f"{release}\n".encode())
    return files


def write_history(office: Office, period: str, log: Sequence[Revision]) -> None:
    """Write which releases the period has had, and why; an unchanged file stays as it is."""
    rows = (
        (
            r.release,
            r.previous,
            r.published_at[:10],
            r.cells_changed,
            r.areas_reported_before,
            r.areas_reported_now,
            r.reason,
        )
        for r in log
        if r.period == period
    )
    path, content = office.places.reports / period / HISTORY, ("\ufeff" + rows_text(HISTORY_COLUMNS, rows)).encode()
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)


def put_away(office: Office, period: str) -> Path | None:
    """Give the folder of a period that is published no more a name that says so, and return it; None without one.

    Nothing in it is deleted: it was handed out, and the officer may have laid files of his own beside it.
    """
    folder = office.places.reports / period
    if not folder.exists():
        return None
    marked = folder.with_name(period + NO_LONGER_VALID)
    names = (marked, *(marked.with_name(f"{marked.name} {n}") for n in range(2, 10_000)))
    free = next(name for name in names if not name.exists())
    move_file(folder, free)
    return free
