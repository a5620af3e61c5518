"""Sheet Sampul: what this workbook is, how complete it is, and links to its tables."""

import textwrap
from collections.abc import Sequence
from dataclasses import replace

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipelines.publishing.workbook_figures import Cell, coverage, text, whole
from pipelines.publishing.workbook_layout import Column, Row, Sheet, set_up_page, write_row, write_table
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_styles import Styles
from pipelines.publishing.workbook_summary import NAME as SUMMARY
from pipelines.publishing.workbook_summary import areas_in_order, first_row_of
from pipelines.publishing.workbook_titles import day, period_title

NAME = "Sampul"
RTS = (Column("RT masuk", 11, numeric=True), Column("RT seharusnya", 14, numeric=True))
COLUMNS = [Column("Lembar", 22), Column("Isi", 58), *RTS]
TITLE, PERIOD, RULE, SECTION = 32, 24, 8, 20  # row heights in points
TITLE_CHARACTERS = 42  # that fit on the page
KIND = "Angka registrasi kelurahan dari seluruh warga dan keluarga yang didata RT; tidak menggantikan angka resmi BPS."


def title_of(publication: Publication) -> str:
    """`Indikator Kelurahan Kandangan Utara`; of several kelurahan their number and the area that holds them."""
    if len(publication.kelurahan) != 1:
        return f"Indikator {publication.where}"
    only = publication.kelurahan[0]
    return f"Indikator {replace(only, name=publication.office or only.name).title}"


def cover(
    workbook: xlsxwriter.Workbook,
    styles: Styles,
    publication: Publication,
    sheets: Sequence[Sheet],
    running: tuple[str, str],
) -> None:
    """Write the first sheet."""
    page = workbook.add_worksheet(NAME)
    end = _title(page, styles, publication)
    end = _facts(page, styles, publication, end + 2)
    end = _tables(page, styles, publication, sheets, end + 2)
    end = _areas(page, styles, publication, end + 2)
    page.print_area(0, 0, end, len(COLUMNS) - 1)
    set_up_page(page, running, landscape=False)


def _title(page: Worksheet, styles: Styles, publication: Publication) -> int:
    lines = textwrap.wrap(title_of(publication), TITLE_CHARACTERS)
    for number, line in enumerate(lines):
        page.set_row(number, TITLE)
        page.write_string(number, 0, line, styles.text("cover"))
    page.set_row(len(lines), PERIOD)
    page.write_string(len(lines), 0, period_title(publication), styles.text("period"))
    page.set_row(len(lines) + 1, RULE)
    for number, column in enumerate(COLUMNS):
        page.set_column(number, number, column.width)
        page.write_blank(len(lines) + 1, number, None, styles.text("rule"))
    return len(lines) + 1


def _facts(page: Worksheet, styles: Styles, publication: Publication, top: int) -> int:
    facts = {
        "Wilayah": located(publication),
        "Periode": period_title(publication),
        "Tanggal acuan": day(publication.period.reference_date),
        "Rilis": publication.release,
        "Jenis angka": KIND,
        "Sumber": "Pendataan RT, diolah dengan Cantik",
    }
    _section(page, styles, top, "Keterangan")
    for number, (name, value) in enumerate(facts.items(), start=top + 1):
        cells = (Cell(name, "heading"), text(value), Cell(None), Cell(None))
        write_row(page, styles, number, Row(cells), COLUMNS)
    return top + len(facts)


def located(publication: Publication) -> str:
    """The territory with the areas that hold it."""
    around = [area.title for area in publication.around if area not in publication.upper]
    return ", ".join([publication.where, *around])


def _tables(page: Worksheet, styles: Styles, publication: Publication, sheets: Sequence[Sheet], top: int) -> int:
    """Every sheet with a link, and the RTs behind its best covered indicator where one area holds all others."""
    _section(page, styles, top, "Daftar tabel")
    rows = []
    for sheet in sheets:
        rts = (Cell(None), Cell(None))
        if sheet.codes and publication.widest:
            reported, expected = coverage(publication.figure(publication.widest, code) for code in sheet.codes)
            rts = (whole(reported), whole(expected))
        rows.append(Row((Cell(sheet.name, "link"), text(sheet.title), *rts)))
    write_table(page, styles, top + 1, COLUMNS, rows, "Daftar_tabel")
    for number, sheet in enumerate(sheets, start=top + 2):
        look = styles.cell("plain", Cell("", "link"), last=number == top + 1 + len(rows))
        page.write_url(number, 0, f"internal:'{sheet.name}'!A1", look, sheet.name, f"Buka lembar {sheet.name}")
    return top + 1 + len(rows)


def _areas(page: Worksheet, styles: Styles, publication: Publication, top: int) -> int:
    """Every area with the RTs behind its population, linked to its block in Ringkasan."""
    _section(page, styles, top, "Wilayah dan kelengkapan data penduduk")
    columns = [Column("Kode wilayah", 22), Column("Wilayah", 58), *RTS]
    places, rows = areas_in_order(publication), []
    for place in places:
        reported, expected = coverage([publication.figure(place, "jumlah_penduduk")])
        rows.append(Row((Cell(place.code, "code"), Cell(place.title, "link"), whole(reported), whole(expected))))
    write_table(page, styles, top + 1, columns, rows, "Wilayah_dan_kelengkapan")
    for number, place in enumerate(places, start=top + 2):
        look = styles.cell("plain", Cell("", "link"), last=number == top + 1 + len(rows))
        target = f"internal:'{SUMMARY}'!A{first_row_of(publication, place)}"
        page.write_url(number, 1, target, look, place.title, "Buka ringkasan wilayah ini")
    page.ignore_errors({"number_stored_as_text": f"A{top + 3}:A{top + 2 + len(rows)}"})
    return top + 1 + len(rows)


def _section(page: Worksheet, styles: Styles, row: int, title: str) -> None:
    page.set_row(row, SECTION)
    page.write_string(row, 0, title, styles.text("section"))
