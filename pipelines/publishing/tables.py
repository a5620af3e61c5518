"""The workbook of indicator tables that an office hands out: public tier, in Bahasa Indonesia, one file a period."""

import datetime as dt
from pathlib import Path

import xlsxwriter

from pipelines.publishing.sheet import PLAIN_TEXT
from pipelines.publishing.workbook_cover import cover, title_of
from pipelines.publishing.workbook_definitions import definitions
from pipelines.publishing.workbook_layout import SOURCE, Sheet, clean, place
from pipelines.publishing.workbook_population import CODES, population
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_reading import read_publication
from pipelines.publishing.workbook_remarks import remarks
from pipelines.publishing.workbook_styles import DEFAULTS, Styles
from pipelines.publishing.workbook_subjects import subject
from pipelines.publishing.workbook_summary import summary
from pipelines.publishing.workbook_titles import period_title
from pipelines.replacing import whole


def write_workbook(store: Path, period: str, path: Path) -> None:
    """Write the tables of a published period, whole or not at all; the same release gives the same bytes.

    Raises OfficerError where the period has no release.
    """
    publication = read_publication(store, period, by_rt=CODES)
    with whole(path) as part:
        # A copy of the defaults: the library writes into what it is given, and the next workbook would differ.
        workbook = xlsxwriter.Workbook(str(part), PLAIN_TEXT | {"default_format_properties": dict(DEFAULTS)})
        workbook.set_properties(_properties(publication))
        styles, sheets = Styles(workbook), _sheets(publication)
        running = (f"{title_of(publication)}, {period_title(publication)}", f"Rilis {publication.release}")
        cover(workbook, styles, publication, sheets, running)
        for sheet in sheets:
            place(workbook, styles, sheet, running)
        workbook.close()


def _sheets(publication: Publication) -> list[Sheet]:
    tables = [summary(publication)]
    by_rt = population(publication, 2)
    if by_rt is not None:
        tables.append(by_rt)
    for name in publication.subjects:
        tables.append(subject(publication, len(tables) + 1, name))
    return [*tables, definitions(publication), remarks(publication)]


def _properties(publication: Publication) -> dict[str, object]:
    """What the file says of itself; dated by the reference date, so that it depends on nothing but the release."""
    return {
        "title": clean(f"{title_of(publication)}, {period_title(publication)}"),
        "subject": "Indikator kelurahan dari pendataan RT",
        "author": clean(publication.office),
        "comments": f"{SOURCE}. Rilis {publication.release}.",
        "created": dt.datetime.combine(publication.period.reference_date, dt.time(12)),
    }
