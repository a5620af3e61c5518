"""Makes the packet: reads the media, compares them, judges the items, writes both as workbook and CSV."""

from collections.abc import Sequence
from pathlib import Path

from pipelines.publishing.lke.comparing import compared
from pipelines.publishing.lke.consistency import comparison_csv, comparison_sheet, files_sheet, sentence
from pipelines.publishing.lke.items import items
from pipelines.publishing.lke.judging import Evidence, judge
from pipelines.publishing.lke.media import files_of
from pipelines.publishing.lke.reading import read_media
from pipelines.publishing.lke.summary import summary_csv, summary_sheet
from pipelines.publishing.workbook_file import write_sheets
from pipelines.publishing.workbook_layout import SOURCE, Sheet
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_reading import read_publication
from pipelines.publishing.workbook_titles import territory
from pipelines.replacing import whole, write_whole
from pipelines.settings import Office


def write_packet(office: Office, period: str, packet: Sequence[Path]) -> str:
    """Write comparison and summary, each as workbook and CSV. Returns a sentence where figures differ, else none.

    Raises OfficerError for a finished file that cannot be read.
    """
    comparison, comparison_text, summary, summary_text = packet
    reports = comparison.parents[1]
    publication = read_publication(office.places.published, period, by_rt=())
    media = read_media(reports, publication)
    rows = compared(media)
    read = files_sheet(publication, media, files_of(reports, period), reports)
    _write(comparison, publication, [comparison_sheet(publication, media, rows), read])
    write_whole(comparison_text, comparison_csv(media, rows).encode())
    evidence = Evidence(reports, period, rows)
    judged = [(item, judge(item, evidence)) for item in items()]
    write_whole(summary_text, summary_csv(judged, evidence).encode())
    _write(summary, publication, [summary_sheet(publication, judged, evidence)])
    return sentence(publication, media, rows, comparison.relative_to(office.places.home).as_posix())


def _write(path: Path, publication: Publication, sheets: Sequence[Sheet]) -> None:
    """A workbook of plain sheets; the same release gives the same bytes."""
    running = (territory(publication), f"Rilis {publication.release}")
    with whole(path) as part:
        write_sheets(
            part,
            sheets,
            running,
            publication.period.reference_date,
            title=f"{sheets[0].title}, {running[0]}",
            author=publication.office,
            comments=f"{SOURCE}. {running[1]}.",
        )
