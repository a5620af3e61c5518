"""The workbook of indicator tables that an office hands out: public tier, in Bahasa Indonesia, one file a period."""

from pathlib import Path

from pipelines.publishing.workbook_cover import cover, title_of
from pipelines.publishing.workbook_definitions import definitions
from pipelines.publishing.workbook_file import new_publication
from pipelines.publishing.workbook_layout import Sheet, place
from pipelines.publishing.workbook_population import CODES, population
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_reading import read_publication
from pipelines.publishing.workbook_remarks import remarks
from pipelines.publishing.workbook_subjects import subject
from pipelines.publishing.workbook_summary import summary


def write_workbook(store: Path, period: str, path: Path) -> None:
    """Write the tables of a published period, whole or not at all; the same release gives the same bytes.

    Raises OfficerError where the period has no release.
    """
    publication = read_publication(store, period, by_rt=CODES)
    sheets = _sheets(publication)
    opened = new_publication(path, publication, title_of(publication), "Indikator kelurahan dari pendataan RT")
    with opened as (workbook, styles, running):
        cover(workbook, styles, publication, sheets, running)
        for sheet in sheets:
            place(workbook, styles, sheet, running)


def _sheets(publication: Publication) -> list[Sheet]:
    tables = [summary(publication)]
    by_rt = population(publication, 2)
    if by_rt is not None:
        tables.append(by_rt)
    for name in publication.subjects:
        tables.append(subject(publication, len(tables) + 1, name))
    return [*tables, definitions(publication), remarks(publication)]
