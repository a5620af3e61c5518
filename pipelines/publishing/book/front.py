"""The book's first two sheets: the cover with what the book is and who signs it, and the list of tables and charts."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipelines.publishing.book.reading import Book
from pipelines.publishing.workbook_cover import KIND, located
from pipelines.publishing.workbook_figures import Cell, coverage, text, whole
from pipelines.publishing.workbook_layout import Column, Row, Sheet, place, set_up_page, write_row
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_styles import Styles
from pipelines.publishing.workbook_titles import day, period_title, territory

COVER, LISTED = "Sampul", "Daftar isi"
COLUMNS = [Column("", 26), Column("", 66)]
TITLE, PERIOD, RULE, BLANK = 34, 26, 8, 15  # row heights in points
TITLE_CHARACTERS = 38  # that fit on the page
MOST_LINES = 80  # that still read well when shrunk to one page
MISSING = "belum tersedia"
AVAILABLE = "tersedia"
LINE = "." * 46
HEADS = {
    "Desa": "Kepala Desa",
    "Kelurahan": "Lurah",
    "Kecamatan": "Camat",
    "Kabupaten": "Bupati",
    "Kota": "Wali Kota",
    "Provinsi": "Gubernur",
}


@dataclass(frozen=True)
class Listed:
    """One line of the list: what stands where, and why not where it does not."""

    chapter: str
    number: str
    title: str
    sheet: str
    codes: tuple[str, ...] = ()
    missing: str = ""


def title_of(publication: Publication) -> str:
    """`Kelurahan Kandangan Utara Dalam Angka`."""
    if len(publication.kelurahan) != 1:
        return f"{publication.where} Dalam Angka"
    only = publication.kelurahan[0]
    return f"{replace(only, name=publication.office or only.name).title} Dalam Angka"


def cover(workbook: xlsxwriter.Workbook, styles: Styles, book: Book, running: tuple[str, str]) -> None:
    """Write the cover; the office signs it on paper."""
    page, publication = workbook.add_worksheet(COVER), book.publication
    for number, column in enumerate(COLUMNS):
        page.set_column(number, number, column.width)
    row = 3
    for line in textwrap.wrap(title_of(publication), TITLE_CHARACTERS):
        page.set_row(row, TITLE)
        page.write_string(row, 0, line, styles.text("cover"))
        row += 1
    page.set_row(row, PERIOD)
    page.write_string(row, 0, period_title(publication), styles.text("period"))
    page.set_row(row + 1, RULE)
    for number in range(len(COLUMNS)):
        page.write_blank(row + 1, number, None, styles.text("rule"))
    row = _facts(page, styles, book, row + 4)
    row = _signed(page, styles, publication, row + 3)
    page.print_area(0, 0, row, len(COLUMNS) - 1)
    set_up_page(page, running, landscape=False)


def _facts(page: Worksheet, styles: Styles, book: Book, top: int) -> int:
    publication = book.publication
    reported, expected = _covered(book, ("jumlah_penduduk",))
    rts = f"{reported} / {expected}" if reported is not None else "lihat setiap tabel"
    facts = {
        "Wilayah": located(publication),
        "Periode": period_title(publication),
        "Tanggal acuan": day(publication.period.reference_date),
        "Rilis": publication.release,
        "RT masuk / RT seharusnya": f"{rts} (data penduduk); angka lain: pada setiap tabel",
        "Jenis angka": KIND,
        "Kerahasiaan": "Hanya angka yang boleh dilihat umum. Tidak ada nama, NIK, atau nomor KK. Angka yang berasal "
        "dari terlalu sedikit keluarga disembunyikan dan diberi tanda.",
        "Sumber": "Pendataan RT, diolah dengan Cantik",
        "Kutipan": f"{title_of(publication)}, {period_title(publication)}, rilis {publication.release}.",
    }
    for number, (name, value) in enumerate(facts.items(), start=top):
        write_row(page, styles, number, Row((Cell(name, "heading"), text(value)), "prose"), COLUMNS)
    return top + len(facts)


def _signed(page: Worksheet, styles: Styles, publication: Publication, top: int) -> int:
    """Where the head of the office signs, as the evaluation of the programme asks of every book."""
    only = publication.kelurahan[0] if len(publication.kelurahan) == 1 else publication.widest
    who = f"{HEADS[only.kind]} {publication.office if only in publication.kelurahan else only.name}" if only else ""
    for number, line in enumerate(("Mengesahkan,", who, "", "", "", LINE, "NIP " + LINE)):
        page.set_row(top + number, BLANK)
        page.write_string(top + number, 1, line, styles.text("signed"))
    return top + 6


def listing(
    workbook: xlsxwriter.Workbook, styles: Styles, book: Book, lines: Sequence[Listed], running: tuple[str, str]
) -> None:
    """Write the list of tables and charts, each with a link, or the word that it is not available yet."""
    columns = [
        Column("Nomor", 11), Column("Judul", 54), Column("Keadaan", 24),
        Column("RT masuk", 9, numeric=True), Column("RT seharusnya", 12, numeric=True),
    ]  # fmt: skip
    rows: list[Row] = []
    links: dict[int, Listed] = {}
    for number, line in enumerate(lines):
        if not number or line.chapter != lines[number - 1].chapter:
            rows.append(Row((Cell(line.chapter, "heading"), *(Cell(None) for _ in columns[1:])), "band"))
        reported, expected = _covered(book, line.codes) if not line.missing else (None, None)
        rts = (whole(reported), whole(expected)) if reported is not None else (Cell(None), Cell(None))
        if line.sheet:
            links[len(rows)] = line
        state = f"{MISSING}{line.missing}" if line.missing else AVAILABLE
        rows.append(Row((Cell(line.number, "link" if line.sheet else "text"), text(line.title), text(state), *rts)))
    sheet = Sheet(
        name=LISTED,
        title="Daftar Tabel dan Grafik",
        territory=territory(book.publication),
        subtitle=f"Rilis: {book.publication.release}.",
        columns=columns,
        rows=rows,
        notes=["RT masuk dan RT seharusnya: RT di balik indikator yang paling lengkap pada tabel itu."],
        landscape=False,
    )
    page, _ = place(workbook, styles, sheet, running)
    if len(rows) < MOST_LINES:
        page.fit_to_pages(1, 1)
    for number, line in links.items():
        look = styles.cell("plain", Cell("", "link"), last=number == len(rows) - 1)
        page.write_url(5 + number, 0, f"internal:'{line.sheet}'!A1", look, line.number, f"Buka lembar {line.sheet}")


def _covered(book: Book, codes: Sequence[str]) -> tuple[int | None, int | None]:
    widest = book.publication.widest
    return coverage(book.figure(widest, code, "total") for code in codes) if widest else (None, None)
