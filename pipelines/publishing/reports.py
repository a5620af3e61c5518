"""What is handed out in `reports/<period>/`: the public tables as one CSV and one Excel workbook."""

from pathlib import Path

from pipelines.publishing.csvout import write_csv
from pipelines.publishing.query import Selection, selected
from pipelines.publishing.tables import write_workbook
from pipelines.settings import Office

RELEASE_NOTE = "rilis.txt"


def write_reports(office: Office, period: str, release: str) -> list[Path]:
    """Write the public tables of a release unless they are there already. Returns the files handed out."""
    folder = office.places.reports / period
    files = [folder / f"indikator-{period}.csv", folder / f"tabel-indikator-{period}.xlsx"]
    note = folder / RELEASE_NOTE
    if note.exists() and note.read_text(encoding="utf-8").strip() == release and all(f.exists() for f in files):
        return files
    folder.mkdir(parents=True, exist_ok=True)
    note.unlink(missing_ok=True)
    with selected(office.places.published, Selection(period=period)) as cells:
        write_csv(cells, files[0])
    write_workbook(office.places.published, period, files[1])
    note.write_text(release + "\n", encoding="utf-8")
    return files
