"""Where people live: one tile an RT, grouped by RW, shaded by residents; of several kelurahan a table."""

from collections.abc import Iterable
from itertools import groupby

from pipelines.publishing.numbers import number
from pipelines.publishing.profile.blocks import source_line
from pipelines.publishing.profile.model import Shown, Table, Tile, Tiles
from pipelines.publishing.profile.reading import TILED, Source
from pipelines.publishing.profile.theme import SHADES
from pipelines.publishing.profile.words import coverage, shown
from pipelines.publishing.workbook_publication import Place

TITLE = "Penduduk menurut RT"
WITHHELD, NOT_REPORTED = 0, -1
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000, 50000, 100000)
COLUMNS = ("jumlah_penduduk", "jumlah_keluarga", "rata_rata_anggota_keluarga")


def tiles(source: Source) -> Tiles | None:
    """The tile grid of the one kelurahan; None where there are several or no RT is known."""
    rts = [place for place in source.publication.small if place.level == "rt"]
    if len(source.publication.kelurahan) != 1 or not rts:
        return None
    figures = {rt.code: shown(source, TILED, place=rt) for rt in rts}
    bounds = shades([f.value for f in figures.values() if f.value is not None])
    names = {place.code: place.name for place in source.publication.small}
    groups = []
    for rw, members in groupby(rts, key=lambda rt: rt.code.rpartition("-")[0]):
        tiled = [
            Tile(f"RT {rt.code[-3:]}", rt.name, figures[rt.code], _shade(figures[rt.code], bounds)) for rt in members
        ]
        groups.append((names.get(rw, rw), tuple(tiled)))
    return Tiles(
        title=TITLE,
        unit="orang",
        source=source_line(source, [source.figure(TILED)]),
        groups=tuple(groups),
        legend=_legend(bounds, figures.values()),
    )


def shades(values: list[float]) -> list[tuple[float, float]]:
    """Up to as many equal classes of whole numbers as there are shades, from and to inclusive."""
    if not values:
        return []
    low, high = min(values), max(values)
    step = next((s for s in STEPS if (high // s) - (low // s) < len(SHADES)), STEPS[-1])
    first = int(low // step) * step
    return [(float(start), float(start + step - 1)) for start in range(first, int(high) + 1, step)][: len(SHADES)]


def shade_of(value: float | None, bounds: list[tuple[float, float]]) -> int:
    """1 and more: the class of a value; few classes take the stronger shades apart."""
    if value is None:
        return WITHHELD
    place = next((n for n, (_, end) in enumerate(bounds) if value <= end), len(bounds) - 1)
    return 1 + (place * (len(SHADES) - 1) // max(len(bounds) - 1, 1))


def _shade(figure: Shown, bounds: list[tuple[float, float]]) -> int:
    return NOT_REPORTED if figure.status in ("m", "") else shade_of(figure.value, bounds)


def _legend(bounds: list[tuple[float, float]], figures: Iterable[Shown]) -> tuple[tuple[int, str], ...]:
    told = [(shade_of(end, bounds), f"{number(start)}–{number(end)}") for start, end in bounds]
    shades_there = {_shade(figure, bounds) for figure in figures}
    told += [(WITHHELD, "disembunyikan")] if WITHHELD in shades_there else []
    return (*told, (NOT_REPORTED, "belum dilaporkan")) if NOT_REPORTED in shades_there else tuple(told)


def by_kelurahan(source: Source) -> Table | None:
    """One row a kelurahan, then the areas that hold them; None where there is only one."""
    areas = source.publication.areas
    if len(source.publication.kelurahan) < 2:
        return None
    headings = tuple(source.entries[code].name for code in COLUMNS)
    rows = tuple(_row(source, area) for area in areas)
    return Table("Penduduk dan keluarga menurut wilayah", ("Wilayah", *headings, "RT masuk"), rows)


def _row(source: Source, area: Place) -> tuple[str | Shown, ...]:
    figures = (shown(source, code, place=area) for code in COLUMNS)
    return (area.title, *figures, coverage(source.publication.figure(area, TILED)).removesuffix(" RT"))
