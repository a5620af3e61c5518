"""Charts and tables of one source, each with its title, unit, RTs, table and words where figures are missing."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from pipelines.capitals import capital
from pipelines.publishing.profile.charts import Bar
from pipelines.publishing.profile.model import Chart, Sentence, Shown, Table
from pipelines.publishing.profile.reading import Source
from pipelines.publishing.profile.words import UNRELIABLE, coverage, shown
from pipelines.publishing.workbook_notes import named
from pipelines.publishing.workbook_publication import Entry, Figure
from pipelines.publishing.workbook_titles import day

NO_CLASSES = "Rilis ini belum memuat rinciannya, sehingga gambarnya belum dapat dibuat."
NOTHING_SHOWN = "Tidak satu pun angkanya dapat ditampilkan: {reasons}."
SOME_HIDDEN = "Angka yang disembunyikan bukan nol."
FEWER = "Sebagian angka berasal dari lebih sedikit RT."
POVERTY = ("p0", "p1", "p2", "gini", "jumlah_penduduk_miskin")  # a kelurahan has none but its register's
REGISTERED = ", angka registrasi"  # behind the name of such a measure
Drawing = Callable[[str, Sequence[Bar]], str]


def of_classes(source: Source, code: str, dimension: str, without: Collection[str] = ()) -> list[Bar]:
    """The classes of a distribution in their order, each with its figure; not those whose codes are `without`."""
    classes = [c for c in source.classes.get(dimension, ()) if c.code not in without]
    return [Bar(c.label, shown(source, code, c.breakdown)) for c in classes]


def largest_first(listed: Sequence[Bar]) -> list[Bar]:
    """In the order of their figures; those without a figure, and who is unknown, stay behind."""
    return sorted(listed, key=lambda b: (b.figure.breakdown.endswith(":x"), -(b.figure.value or 0)))


def chart(source: Source, name: str, title: str, unit: str, listed: Sequence[Bar], draw: Drawing) -> Chart:
    """A chart with one figure a row; without any figure the words why."""
    table = Table(title, ("Rincian", capital(unit)), tuple((bar.label, bar.figure) for bar in listed))
    figures = [bar.figure for bar in listed]
    said = "; ".join(f"{bar.label} {bar.figure.text}" for bar in listed)
    return finished(source, name, title, unit, figures, said, table, lambda: draw(name, listed))


def finished(
    source: Source,
    name: str,
    title: str,
    unit: str,
    figures: Sequence[Shown],
    said: str,
    table: Table,
    draw: Callable[[], str],
) -> Chart:
    """The chart, drawn where it has a figure to draw. `said` is what it shows in words."""
    there = any(figure.status for figure in figures)
    reasons = ", ".join(dict.fromkeys(figure.text for figure in figures))
    absent = "" if any(f.known for f in figures) else NOTHING_SHOWN.format(reasons=reasons) if there else NO_CLASSES
    cells = [source.figure(f.indicator, f.breakdown) for f in figures]
    return Chart(
        id=name,
        title=title,
        unit=unit,
        source=source_line(source, cells),
        alt=f"{title} ({unit}): {said}.",
        svg="" if absent else draw(),
        table=table,
        notes=() if absent else notes(figures, cells),
        absent=absent,
    )


def source_line(source: Source, cells: Sequence[Figure | None]) -> str:
    """`Sumber: pendataan RT (23 dari 24 RT), 30 September 2025`, with the RTs behind the best covered figure."""
    known = [cell for cell in cells if cell is not None]
    best = max(known, key=lambda cell: cell.reported, default=None)
    rts = f" ({coverage(best)})" if best else ""
    return f"Sumber: pendataan RT{rts}, {day(source.publication.period.reference_date)}"


def notes(figures: Sequence[Shown], cells: Sequence[Figure | None]) -> tuple[str, ...]:
    """What a reader of the picture must know beside it."""
    told = [SOME_HIDDEN] if any(f.status in ("c", "s", "m") for f in figures) else []
    told += [f"{UNRELIABLE} kurang andal."] if any(f.text.endswith(UNRELIABLE) for f in figures) else []
    told += [FEWER] if len({cell.reported for cell in cells if cell is not None}) > 1 else []
    return tuple(told)


def all_figures(source: Source, title: str, *subjects: str) -> Table | None:
    """Every indicator of these subjects, both sexes where it has them; None where the release has none."""
    entries = [entry for subject in subjects for entry in source.publication.tabled.get(subject, [])]
    if not entries:
        return None
    rows = tuple(_row(source, entry) for entry in entries)
    return Table(title, ("Indikator", "Satuan", "Total", "Laki-laki", "Perempuan", "RT masuk"), rows)


def _row(source: Source, entry: Entry) -> Sentence:
    sexes = [shown(source, entry.code, sex) if entry.by_sex else "" for sex in ("L", "P")]
    rts = coverage(source.figure(entry.code)).removesuffix(" RT")
    poverty = REGISTERED if entry.code in POVERTY else ""
    return (named(replace(entry, name=entry.name + poverty)), entry.unit, shown(source, entry.code), *sexes, rts)
