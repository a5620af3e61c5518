"""The book's last tables: T13, what every indicator means and which releases the period has had."""

from dataclasses import replace

from pipelines.publishing.book.reading import Book
from pipelines.publishing.workbook_definitions import definitions
from pipelines.publishing.workbook_figures import Cell, text
from pipelines.publishing.workbook_layout import SOURCE, Column, Row, Sheet
from pipelines.publishing.workbook_remarks import remarks
from pipelines.publishing.workbook_titles import subtitle, territory

CHAPTER = "Metadata"
FORMS = "Formulir MS-Keg, MS-Var, dan MS-Ind menurut Peraturan BPS 5/2020 ada pada folder metadata rilis ini."


def last_sheets(book: Book) -> list[Sheet]:
    """T13.1 definitions, T13.2 the revision log, T13.3 how to read."""
    defined = definitions(book.publication)
    return [
        replace(defined, name="T13.1", title="Tabel 13.1. Definisi Indikator", notes=[*defined.notes, FORMS]),
        _revisions(book),
        replace(remarks(book.publication), name="T13.3", title="Tabel 13.3. Cara Membaca Tabel"),
    ]


def _revisions(book: Book) -> Sheet:
    rows = [
        Row(
            (
                Cell(r.release, "code"),
                Cell(r.previous or "-", "code"),
                Cell(float(r.cells_changed), "number"),
                Cell(float(r.reported_before), "number"),
                Cell(float(r.reported_now), "number"),
                text(r.reason),
            ),
            "prose",
        )
        for r in book.revisions
    ]
    return Sheet(
        name="T13.2",
        title="Tabel 13.2. Riwayat Rilis Periode Ini",
        territory=territory(book.publication),
        subtitle=subtitle(book.publication, "angka; RT"),
        columns=[
            Column("Rilis", 18),
            Column("Menggantikan", 18),
            Column("Angka yang berubah", 12, numeric=True),
            Column("RT masuk sebelum", 12, numeric=True),
            Column("RT masuk sesudah", 12, numeric=True),
            Column("Sebab", 34),
        ],
        rows=rows,
        notes=[
            "Angka yang berubah: angka terbuka untuk umum yang baru, berbeda, atau tidak terbit lagi.",
            f"{SOURCE}.",
        ],
        landscape=False,
    )
