"""Sheet Penduduk RT: one row an RT, with RW, kelurahan and wider totals as published, never added up here."""

from pipelines.publishing.workbook_figures import Cell, coverage, shown, text, whole
from pipelines.publishing.workbook_layout import Column, Row, Sheet
from pipelines.publishing.workbook_notes import notes_below
from pipelines.publishing.workbook_publication import Entry, Place, Publication, totals_last
from pipelines.publishing.workbook_titles import subtitle, territory

NAME = "Penduduk RT"
FIGURES = (
    ("Laki-laki", "jumlah_penduduk", "L"),
    ("Perempuan", "jumlah_penduduk", "P"),
    ("Jumlah penduduk", "jumlah_penduduk", "total"),
    ("Rasio jenis kelamin", "rasio_jenis_kelamin", "total"),
    ("Jumlah keluarga", "jumlah_keluarga", "total"),
)
CODES = tuple(dict.fromkeys(code for _, code, _ in FIGURES))
KINDS = {"rt": "plain", "rw": "subtotal"}


def population(publication: Publication, number: int) -> Sheet | None:
    """Population and families by RT; None where the release has no figure of them."""
    known = {entry.code: entry for entries in publication.subjects.values() for entry in entries}
    if any(code not in known for code in CODES):
        return None
    several = len(publication.kelurahan) > 1
    kelurahan_of = {place.code: place.title for place in publication.kelurahan}
    rows = [
        _row(publication, known, place, kelurahan_of.get(place.code[:13], "Semua") if several else None)
        for place in totals_last([*publication.small, *publication.areas])
    ]
    return Sheet(
        name=NAME,
        title=f"Tabel {number}. Penduduk dan Keluarga menurut RT dan Jenis Kelamin",
        territory=territory(publication),
        subtitle=subtitle(publication, "orang; keluarga; laki-laki per 100 perempuan"),
        columns=[
            Column("Kode wilayah", 22),
            *([Column("Kelurahan", 24)] if several else []),
            Column("Wilayah", 24),
            *(Column(heading, 11, numeric=True) for heading, _, _ in FIGURES),
            Column("RT masuk", 9, numeric=True),
            Column("RT seharusnya", 13, numeric=True),
        ],
        rows=rows,
        codes=CODES,
        notes=notes_below(
            rows,
            [],
            "Keluarga dihitung sekali, di RT kepala keluarganya.",
        ),
        fixed=3 if several else 2,
        landscape=several,
        filtered=several,
    )


def _row(publication: Publication, known: dict[str, Entry], place: Place, kelurahan: str | None) -> Row:
    figures = [(known[code], publication.figure(place, code, sex)) for _, code, sex in FIGURES]
    reported, expected = coverage(figure for _, figure in figures)
    name = (
        Cell(place.name, "indented")
        if place.level == "rt"
        else text(place.name if place.level == "rw" else place.title)
    )
    return Row(
        (
            Cell(place.code, "code"),
            *([text(kelurahan)] if kelurahan is not None else []),
            name,
            *(shown(entry, figure, reported) for entry, figure in figures),
            whole(reported),
            whole(expected),
        ),
        KINDS.get(place.level, "total"),
        {"rt": 2, "rw": 1}.get(place.level, 0),
    )
