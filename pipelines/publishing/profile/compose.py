"""Makes the profile of a source: headline figures, then the chapters, then what every indicator means."""

from pipelines.publishing.profile.boundaries import Shape
from pipelines.publishing.profile.model import Definition, Definitions, Headline, Profile, Section
from pipelines.publishing.profile.reading import TILED, Source
from pipelines.publishing.profile.sections import education, papers, population, welfare, work
from pipelines.publishing.profile.trends import trends
from pipelines.publishing.profile.unknown import unknown
from pipelines.publishing.profile.words import LEGEND, change, coverage, shown
from pipelines.publishing.workbook_definitions import in_words
from pipelines.publishing.workbook_publication import Entry
from pipelines.publishing.workbook_titles import day, period_title, subject_title

NOTICE = (
    "Angka registrasi kelurahan: dihitung dari seluruh warga dan keluarga yang didata RT. Tidak menggantikan angka "
    "resmi BPS dan tidak dapat dibandingkan langsung dengannya."
)
HEADLINES = {
    "jumlah_penduduk": "Penduduk",
    "jumlah_keluarga": "Keluarga (KK)",
    "umur_median": "Umur median",
    "persentase_lansia": "Lansia (60+)",
    "anak_tidak_sekolah_7_18": "Anak 7–18 tidak sekolah",
    "tpak": "Angkatan kerja (TPAK)",
    "persentase_keluarga_desil_1_4": "KK desil 1–4",
    "air_minum_layak": "Air minum layak",
}


def compose(source: Source, shapes: dict[str, list[Shape]]) -> Profile:
    """The whole profile, ready for every medium. `shapes` are the boundaries that the office has, by area code."""
    publication = source.publication
    around = [area.title for area in publication.around if area not in publication.upper]
    date = publication.period.reference_date
    place = source.place.title if publication.widest or len(publication.kelurahan) == 1 else publication.where
    return Profile(
        title=f"Profil {place}",
        period=period_title(publication),
        located=", ".join(around),
        notice=NOTICE,
        facts=(
            ("Keadaan", day(date)),
            ("RT masuk", coverage(source.figure(TILED))),
            ("Rilis", publication.release),
            ("Sumber", "Pendataan RT, diolah dengan Cantik"),
        ),
        headlines=tuple(_headline(source, code, title) for code, title in HEADLINES.items()),
        sections=(
            population(source, shapes),
            education(source),
            work(source),
            welfare(source),
            papers(source),
            trends(source),
            unknown(source),
            _meanings(source),
        ),
        release=publication.release,
        date=date,
        legend=LEGEND,
    )


def _headline(source: Source, code: str, title: str) -> Headline:
    entry = source.entries[code]
    men, women = shown(source, code, "L"), shown(source, code, "P")
    unit = "%" if entry.unit == "persen" else entry.unit
    return Headline(
        title=title,
        figure=shown(source, code),
        unit=unit,
        coverage=coverage(source.figure(code)),
        change=change(source, code),
        parts=("Laki-laki ", men, ", perempuan ", women) if men.known and women.known else (),
    )


def _meanings(source: Source) -> Section:
    blocks = tuple(
        Definitions(subject_title(subject), tuple(map(_meaning, entries)))
        for subject, entries in source.publication.subjects.items()
    )
    return Section(id="definisi", title="Arti setiap angka", blocks=blocks)


def _meaning(entry: Entry) -> Definition:
    interpretation = entry.interpretation
    return Definition(entry.name, entry.definition, in_words(entry), interpretation, entry.reference)
