"""What is not known: RTs that have not reported, figures that are withheld and why, figures to be careful with."""

from collections.abc import Iterable

from pipelines.publishing.numbers import number
from pipelines.publishing.profile.model import Prose, Section, Sentence
from pipelines.publishing.profile.reading import TILED, Source
from pipelines.publishing.profile.words import coverage, reason
from pipelines.publishing.workbook_publication import Entry, Figure

SEXES = {"total": "", "L": " (laki-laki)", "P": " (perempuan)"}
LEVELS = {"rt": "RT", "rw": "RW"}
ALL_IN = "Semua RT sudah melaporkan penduduknya."
NONE_HIDDEN = "Tidak ada angka wilayah ini yang disembunyikan."
NONE_WEAK = "Tidak ada angka wilayah ini yang kurang andal."
WEAK = "{name}: {rts}; hanya sedikit orang atau keluarga di baliknya, atau jawabannya belum lengkap."


def unknown(source: Source) -> Section:
    """The chapter of what the figures do not say."""
    return Section(
        id="belum-diketahui",
        title="Yang belum diketahui",
        lead=("Angka yang tidak ada di sini bukan nol: belum dilaporkan, belum cukup jawabannya, atau disembunyikan "
              "untuk melindungi keterangan warga.",),
        blocks=(
            Prose("RT yang belum melapor", tuple(_missing(source))),
            Prose("Angka dari sebagian RT saja", tuple(_partly(source)) or (("Tidak ada.",),)),
            Prose("Angka yang tidak ditampilkan", tuple(_hidden(source))),
            Prose("Angka yang kurang andal", tuple(_weak(source)) or ((NONE_WEAK,),)),
        ),
    )  # fmt: skip


def _missing(source: Source) -> Iterable[Sentence]:
    publication = source.publication
    told = [(p, publication.figure(p, TILED)) for p in publication.small if p.level == "rt"]
    names = [place.name for place, figure in told if figure is not None and figure.reported == 0]
    whole = source.figure(TILED)
    if names and len(publication.kelurahan) == 1:
        yield (f"{len(names)} RT: ", "; ".join(names), ".")
    elif whole is not None and whole.reported < whole.expected:
        yield (f"{number(whole.expected - whole.reported)} dari {number(whole.expected)} RT.",)
    else:
        yield (ALL_IN,)


def _partly(source: Source) -> Iterable[Sentence]:
    """Indicators that rest on fewer RTs than the residents do, those of the same RTs together."""
    whole = source.figure(TILED)
    most = whole.reported if whole else 0
    groups: dict[str, list[str]] = {}
    for entry, figure in _totals(source):
        if 0 < figure.reported < min(most, figure.expected):
            groups.setdefault(coverage(figure), []).append(entry.name)
    for rts, names in groups.items():
        yield (f"{rts}: ", "; ".join(names), ".")


def _hidden(source: Source) -> Iterable[Sentence]:
    place = source.place.title
    groups: dict[str, list[str]] = {}
    for entry, sex, figure in _cells(source):
        if figure.value is None or figure.status in ("c", "s", "m", "z"):
            named = groups.setdefault(_why(figure), [])
            if entry.name not in named:  # what is so of both sexes together is so of each
                named.append(entry.name + SEXES[sex])
    if not groups:
        yield (NONE_HIDDEN,)
    for why, names in groups.items():
        yield (f"{place}, {why}: ", "; ".join(names), ".")
    for level, name in LEVELS.items():
        count = source.below.get((level, "c"), 0) + source.below.get((level, "s"), 0)
        if count:
            yield (f"Tingkat {name}: {number(count)} angka disembunyikan, karena terlalu sedikit keluarga di baliknya "
                   "atau karena angka lain yang dilindungi dapat dihitung dari selisihnya.",)  # fmt: skip


def _why(figure: Figure) -> str:
    return "tidak dapat dihitung, penyebutnya nol" if figure.status == "z" else reason(figure)


def _weak(source: Source) -> Iterable[Sentence]:
    for entry, sex, figure in _cells(source):
        if figure.status == "u":
            yield (WEAK.format(name=entry.name + SEXES[sex], rts=coverage(figure)),)


def _totals(source: Source) -> Iterable[tuple[Entry, Figure]]:
    return ((entry, figure) for entry, sex, figure in _cells(source) if sex == "total")


def _cells(source: Source) -> Iterable[tuple[Entry, str, Figure]]:
    for entry in source.entries.values():
        for sex in SEXES:
            figure = source.figure(entry.code, sex)
            if figure is not None:
                yield entry, sex, figure
