"""Sheet Ringkasan: for every area of kelurahan level and above all indicators by subject, with all their parts."""

from pipelines.publishing.workbook_figures import NOT_APPLICABLE, Cell, part, shown, text, whole
from pipelines.publishing.workbook_layout import HEADING_ROW, Column, Row, Sheet
from pipelines.publishing.workbook_notes import named, notes_below
from pipelines.publishing.workbook_publication import Entry, Place, Publication
from pipelines.publishing.workbook_titles import subject_title, subtitle, territory

NAME = "Ringkasan"
COLUMNS = [
    Column("Indikator", 48),
    Column("Satuan", 26),
    Column("Total", 10, numeric=True),
    Column("Laki-laki", 10, numeric=True),
    Column("Perempuan", 10, numeric=True),
    Column("Pembilang", 11, numeric=True),
    Column("Penyebut", 11, numeric=True),
    Column("RT masuk", 8, numeric=True),
    Column("RT seharusnya", 13, numeric=True),
    Column("Tanda", 7, numeric=True),
]


def summary(publication: Publication) -> Sheet:
    """One block an area, the widest area first; one row an indicator."""
    several = len(publication.areas) > 1
    rows: list[Row] = []
    for place in areas_in_order(publication):
        area = (text(place.title),) if several else ()
        rows.append(_band(place.title, "band", len(area)))
        for subject, entries in publication.tabled.items():
            rows.append(_band(subject_title(subject), "subband", len(area)))
            rows += [Row((*area, *_cells(publication, place, entry))) for entry in entries]
    entries = [entry for listed in publication.tabled.values() for entry in listed]
    return Sheet(
        name=NAME,
        title="Tabel 1. Ringkasan Indikator",
        territory=territory(publication),
        subtitle=subtitle(publication, "lihat kolom Satuan"),
        columns=[Column("Wilayah", 26), *COLUMNS] if several else COLUMNS,
        rows=rows,
        codes=("jumlah_penduduk",),
        notes=notes_below(rows, entries, "RT masuk dan RT seharusnya: RT di balik angka total."),
        fixed=2 if several else 1,
        filtered=several,
        page_per_band=several,
    )


def areas_in_order(publication: Publication) -> list[Place]:
    """Every area before those that it holds."""
    return sorted([*publication.upper, *publication.kelurahan], key=lambda place: place.code)


def first_row_of(publication: Publication, place: Place) -> int:
    """The worksheet row, counted from 1, on which the area's block begins."""
    block = 1 + sum(1 + len(entries) for entries in publication.tabled.values())
    return HEADING_ROW + 2 + block * areas_in_order(publication).index(place)


def _band(title: str, kind: str, more: int) -> Row:
    return Row((Cell(title, "heading"), *(Cell(None) for _ in range(len(COLUMNS) - 1 + more))), kind)


def _cells(publication: Publication, place: Place, entry: Entry) -> tuple[Cell, ...]:
    total = publication.figure(place, entry.code)
    rts = total.reported if total else None
    sexes = [publication.figure(place, entry.code, sex) for sex in ("L", "P")]
    return (
        Cell(named(entry), "indented"),
        text(entry.unit),
        shown(entry, total),
        *(shown(entry, figure, rts) for figure in sexes),
        part(entry, total, total.numerator if total else None),
        part(entry, total, total.denominator if total else None),
        whole(rts),
        whole(total.expected if total else None),
        Cell(total.status if total else NOT_APPLICABLE, "flag"),
    )
