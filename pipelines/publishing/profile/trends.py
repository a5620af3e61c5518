"""How figures have moved over the released periods; charts where at least two periods have a figure."""

from pipelines.capitals import capital
from pipelines.publishing.profile.blocks import source_line
from pipelines.publishing.profile.model import Block, Chart, Item, Prose, Section, Shown, Table
from pipelines.publishing.profile.reading import Source, title_of
from pipelines.publishing.profile.trend import AT_LEAST, line, short
from pipelines.publishing.profile.words import coverage, shown_then

FOLLOWED = (
    "jumlah_penduduk", "jumlah_keluarga", "persentase_lansia", "persentase_keluarga_desil_1_4",
    "anak_tidak_sekolah_7_18", "tpt", "air_minum_layak", "sanitasi_layak", "cakupan_ktp_el",
)  # fmt: skip
DRAWN = 6
LONGEST = 8  # periods: two years of quarters
ONE = "Baru satu periode yang terbit. Perkembangan digambar mulai dari dua periode."
CAUTION = (
    "Periode dengan RT masuk yang berbeda tidak dapat dibandingkan begitu saja: jumlahnya berubah juga karena RT yang "
    "melapor bertambah atau berkurang."
)


def trends(source: Source) -> Section:
    """The chapter of series."""
    periods = source.periods[-LONGEST:]
    codes = [code for code in FOLLOWED if code in source.entries]
    series = {code: [shown_then(source, period, code) for period in periods] for code in codes}
    blocks: list[Block] = []
    if len(periods) >= AT_LEAST:
        drawn = [code for code in codes if len([f for f in series[code] if f.known]) >= AT_LEAST][:DRAWN]
        blocks += [_chart(source, code, series[code]) for code in drawn]
        blocks.append(_table(source, periods, series))
    else:
        blocks.append(Prose("Belum ada pembanding", ((ONE,),)))
    return Section(
        id="perkembangan",
        title="Perkembangan antarperiode",
        lead=(CAUTION,) if len(periods) >= AT_LEAST else (),
        blocks=tuple(blocks),
    )


def _chart(source: Source, code: str, figures: list[Shown]) -> Chart:
    entry = source.entries[code]
    table = Table(entry.name, ("Periode", capital(entry.unit)), tuple((short(f.period), f) for f in figures))
    said = "; ".join(f"{title_of(f.period)} {f.text}" for f in figures)
    return Chart(
        id=f"tren-{code.replace('_', '-')}",
        title=entry.name,
        unit=entry.unit,
        source=source_line(source, [source.figure(code)]),
        alt=f"{entry.name} ({entry.unit}): {said}.",
        svg=line(f"tren-{code.replace('_', '-')}", figures),
        table=table,
    )


def _table(source: Source, periods: tuple[str, ...], series: dict[str, list[Shown]]) -> Table:
    reported = [source.before.get((period, FOLLOWED[0])) for period in periods[:-1]] + [source.figure(FOLLOWED[0])]
    rts = ("RT masuk (penduduk)", *(coverage(figure).removesuffix(" RT") for figure in reported))
    rows: list[tuple[Item, ...]] = [
        (f"{source.entries[code].name} ({source.entries[code].unit})", *series[code]) for code in series
    ]
    return Table("Deret waktu", ("Indikator", *map(short, periods)), (*rows, rts), wide=True)
