"""What the program knows of the activity itself: territory, datasets, coverage, levels, protection."""

from pipelines.publishing.metadata.levels import WITHHELD, Levels
from pipelines.publishing.workbook_cover import KIND
from pipelines.publishing.workbook_figures import coverage
from pipelines.publishing.workbook_notes import FLAGS
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_titles import day, period_title
from schemas import datasets

INDIVIDUAL, OTHER = 1, 8  # codes of MS-Keg 4.8
OTHER_LEVEL, ABOVE = 16, {"kabupaten": 4, "kecamatan": 8}  # codes of MS-Keg 7.4
GRAINS = {"penduduk": "orang", "keluarga": "keluarga menurut KK", "rt": "RT"}


def facts_of(publication: Publication, levels: dict[str, Levels]) -> dict[str, str | int]:
    """The answers by the name that `schemas/forms/ms_keg.toml` asks for; `..._lainnya` completes a code."""
    grains = list(dict.fromkeys(dataset.about().grain for dataset in datasets().values()))
    others = [GRAINS.get(grain, grain) for grain in grains if grain != "penduduk"]
    upper = {area.level for area in publication.upper}
    known: dict[str, str | int] = {
        "judul": f"Pendataan RT {publication.where}",
        "tahun": str(publication.period.year),
        "bukan_survei": "Tidak berlaku: seluruh RT, keluarga, dan penduduk didata, tanpa sampel",
        "variabel": f"{sum(len(d.columns()) for d in datasets().values())} variabel, lihat lembar R.3.4",
        "wilayah": ", ".join([publication.where, *(a.title for a in publication.around if a.level == "kecamatan")]),
        "unit": INDIVIDUAL * ("penduduk" in grains) + OTHER * bool(others),
        "unit_lainnya": ", ".join(others),
        "penyajian": OTHER_LEVEL + sum(code for level, code in ABOVE.items() if level in upper),
        "penyajian_lainnya": "RT, RW, kelurahan menurut perlindungan keterangan warga",
        "rilis": publication.release,
        "tanggal_acuan": f"{period_title(publication)}, {day(publication.period.reference_date)}",
        "kumpulan_data": "; ".join(
            f"{about.title} (satu baris satu {GRAINS.get(about.grain, about.grain)})"
            for about in (dataset.about() for dataset in datasets().values())
        ),
        "kelengkapan": "; ".join(_covered(publication)),
        "perlindungan": protection(levels),
        "status_angka": KIND,
    }
    districts = [area.title for area in publication.around if area.level == "kabupaten"]
    return known | ({"kabupaten": districts[0]} if districts else {})


def protection(levels: dict[str, Levels]) -> str:
    """What the public sees at each level, counted on the release itself, and what its signs mean."""
    every = list(dict.fromkeys(level for of_one in levels.values() for level in of_one.every))
    told = [f"{level} {sum(level in of_one.shown for of_one in levels.values())}" for level in every]
    signs = " ".join(f"{sign}: {FLAGS[sign]}" for sign in WITHHELD)
    return f"Banyaknya indikator yang angkanya ditampilkan untuk umum, dari {len(levels)}: {', '.join(told)}. {signs}"


def _covered(publication: Publication) -> list[str]:
    told = []
    for place in publication.kelurahan:
        reported, expected = coverage([publication.figure(place, "jumlah_penduduk")])
        told.append(f"{place.title}: {reported or 0} / {expected or 0}")
    return told
