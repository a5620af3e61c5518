"""Opens a workbook that is handed out and says in it what it is; the same release gives the same bytes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from pipelines.inert import INERT_WORKBOOK
from pipelines.publishing.workbook_layout import SOURCE, Sheet, clean, place
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_styles import DEFAULTS, Styles
from pipelines.publishing.workbook_titles import period_title
from pipelines.replacing import whole


@contextmanager
def new_workbook(path: Path, date: dt.date, **said: str) -> Iterator[tuple[xlsxwriter.Workbook, Styles]]:
    """A workbook to fill, written once it is filled. `said` are its properties, `date` the reference date it bears."""
    # A copy of the defaults: the library writes into what it is given, and the next workbook would differ.
    workbook = xlsxwriter.Workbook(str(path), INERT_WORKBOOK | {"default_format_properties": dict(DEFAULTS)})
    noon = dt.datetime.combine(date, dt.time(12))
    workbook.set_properties({name: clean(text) for name, text in said.items()} | {"created": noon})
    yield workbook, Styles(workbook)
    workbook.close()


@contextmanager
def new_publication(
    path: Path, publication: Publication, title: str, subject: str
) -> Iterator[tuple[xlsxwriter.Workbook, Styles, tuple[str, str]]]:
    """The same for a published period, whole or not at all, and the lines at the head of its printed pages."""
    running = (f"{title}, {period_title(publication)}", f"Rilis {publication.release}")
    said = {
        "title": running[0],
        "subject": subject,
        "author": publication.office,
        "comments": f"{SOURCE}. {running[1]}.",
    }
    with whole(path) as part, new_workbook(part, publication.period.reference_date, **said) as (workbook, styles):
        yield workbook, styles, running


def write_sheets(path: Path, sheets: Sequence[Sheet], running: tuple[str, str], date: dt.date, **said: str) -> None:
    """A workbook of plain sheets, `running` at the head of each printed page."""
    with new_workbook(path, date, **said) as (workbook, styles):
        for sheet in sheets:
            place(workbook, styles, sheet, running)
