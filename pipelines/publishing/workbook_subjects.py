"""The subject tables: indicators down the side where the areas are few, areas down the side where they are many."""

from itertools import chain

from pipelines.publishing.workbook_figures import Cell, coverage, shown, text, whole
from pipelines.publishing.workbook_layout import Column, Row, Sheet
from pipelines.publishing.workbook_notes import named, notes_below
from pipelines.publishing.workbook_publication import Entry, Place, Publication
from pipelines.publishing.workbook_titles import subject_sheet, subject_title, subtitle, territory

FEW = 3  # areas that are compared side by side
SEXES = {"L": "Laki-laki", "P": "Perempuan", "total": "Total"}
MORE = "RT masuk: RT di balik angka pada baris itu."


def subject(publication: Publication, number: int, name: str) -> Sheet:
    """All indicators of one subject for all kelurahan and above."""
    entries = publication.tabled[name]
    few = len(publication.areas) <= FEW
    rows = _indicator_rows(publication, entries) if few else _area_rows(publication, entries)
    return Sheet(
        name=subject_sheet(name),
        title=f"Tabel {number}. {subject_title(name)}",
        territory=territory(publication),
        subtitle=subtitle(publication, "lihat kolom Satuan" if few else "lihat judul kolom"),
        columns=_indicator_columns(publication) if few else _area_columns(entries),
        rows=rows,
        codes=tuple(entry.code for entry in entries),
        notes=notes_below(rows, entries, MORE),
        filtered=not few,
    )


def _indicator_columns(publication: Publication) -> list[Column]:
    columns = [Column("Indikator", 48), Column("Satuan", 26)]
    for place in publication.areas:
        prefix = f"{place.title}: " if len(publication.areas) > 1 else ""
        columns += [Column(f"{prefix}{heading}", 11, numeric=True) for heading in SEXES.values()]
        columns += [Column(f"{prefix}RT masuk", 11, numeric=True), Column(f"{prefix}RT seharusnya", 12, numeric=True)]
    return columns


def _indicator_rows(publication: Publication, entries: list[Entry]) -> list[Row]:
    return [
        Row(
            (text(named(e)), text(e.unit), *chain.from_iterable(_of_area(publication, p, e) for p in publication.areas))
        )
        for e in entries
    ]


def _of_area(publication: Publication, place: Place, entry: Entry) -> list[Cell]:
    figures = [publication.figure(place, entry.code, sex) for sex in SEXES]
    reported, expected = coverage(figures)
    return [*(shown(entry, figure, reported) for figure in figures), whole(reported), whole(expected)]


def _area_columns(entries: list[Entry]) -> list[Column]:
    return [
        Column("Wilayah", 27),
        Column("Kode wilayah", 14),
        Column("Rincian", 10),
        Column("RT masuk", 8, numeric=True),
        Column("RT seharusnya", 13, numeric=True),
        *(Column(f"{named(entry)} ({entry.unit})", 13, numeric=True) for entry in entries),
    ]


def _area_rows(publication: Publication, entries: list[Entry]) -> list[Row]:
    """One row an area; below all areas those of men, then those of women, where the subject has them."""
    sexes = ["total", "L", "P"] if any(entry.by_sex for entry in entries) else ["total"]
    return [_area_row(publication, entries, place, sex) for sex in sexes for place in publication.areas]


def _area_row(publication: Publication, entries: list[Entry], place: Place, sex: str) -> Row:
    figures = [publication.figure(place, entry.code, sex) for entry in entries]
    reported, expected = coverage(figures)
    return Row(
        (
            text(place.title if place in publication.upper else place.name),
            Cell(place.code, "code"),
            text(SEXES[sex]),
            whole(reported),
            whole(expected),
            *(shown(entry, figure, reported) for entry, figure in zip(entries, figures, strict=True)),
        ),
        "plain" if place.level == "kelurahan" else "total",
    )
