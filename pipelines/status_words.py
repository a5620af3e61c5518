"""The standing of a period in words and columns, as an officer reads it and passes it on. Counts only, no person."""

import datetime as dt
from collections.abc import Iterable

from pipelines.areas import ancestor, default_name
from pipelines.periods import Period, parse_period
from pipelines.settings import Office
from pipelines.warehouse.arrivals import Arrival, days_late
from pipelines.warehouse.corrected import Corrected
from pipelines.warehouse.learned import Learned
from pipelines.warehouse.mistakes import Mistake
from pipelines.warehouse.resent import Resent
from pipelines.warehouse.standing import Standing
from schemas import datasets

SHOWN_MISTAKES, SHOWN_COLUMNS = 10, 3
LEFT_ALIGNED = ("RT", "Masuk", "Nama")


def day(date: dt.date) -> str:
    """As it is written in a workbook."""
    return f"{date:%d-%m-%Y}"


def heading(office: Office, period: Period, state: Standing) -> list[str]:
    """How much has come in, and until when it should have."""
    reported = sum(1 for done, _, _ in state.areas.values() if done)
    return [
        f"RT masuk {reported} dari {len(state.areas)} RT seharusnya",
        f"Baris: {state.read} dibaca, {state.accepted} diterima, {state.held} tertahan",
        f"Batas melapor: {day(office.due(period))} ({office.due_days} hari sesudah akhir triwulan)",
    ]


def areas_lines(office: Office, period: Period, state: Standing, today: dt.date) -> list[str]:
    """One line an RT, narrow enough for a plain terminal; a name only where the register says more than the code."""
    named = {area: office.register.name(area, "rt") for area in state.areas}
    if all(name == default_name(area, "rt") for area, name in named.items()):
        named = {}
    head = ["RT", "Masuk", "Berkas", "Diterima", "Tertahan", "Diperbaiki", "Terlambat", *(["Nama"] if named else [])]
    rows = [head]
    for area, (done, accepted, held) in state.areas.items():
        arrival = state.learned.arrivals.get(area, Arrival())
        late = days_late(arrival, done, office.due(period), today)
        corrected = state.learned.corrected.get(area, 0)
        rows.append(
            [
                area,
                day(arrival.first) if arrival.first else "BELUM",
                *(str(number) for number in (arrival.sent, accepted, held, corrected)),
                lateness(done, late),
                *([named[area]] if named else []),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [" ".join(_aligned(*cell) for cell in zip(head, row, widths, strict=True)).rstrip() for row in rows]


def _aligned(column: str, text: str, width: int) -> str:
    return text.ljust(width) if column in LEFT_ALIGNED else text.rjust(width)


def lateness(reported: bool, days: int) -> str:
    """How late an RT was or, while none of its rows is accepted, is by now; `belum` where it still has time."""
    if days:
        return f"{days} hari"
    return "tidak" if reported else "belum"


def mistakes_of_areas(learned: Learned) -> list[str]:
    """For each RT what it most often gets wrong, as a sentence to pass on."""
    if not learned.most_frequent:
        return []
    return [
        "Paling sering salah, untuk disampaikan ke RT:",
        *(
            f"  {where(area, learned.most_frequent)}: {mistake.advice} ({mistake.count}x, {mistake.rule})"
            for area, mistake in learned.most_frequent.items()
        ),
    ]


def mistakes_of_all(learned: Learned) -> list[str]:
    """The most frequent mistakes of the whole office, beside the period before."""
    made = [mistake for mistake in learned.mistakes if mistake.count]
    gone = [mistake for mistake in learned.mistakes if not mistake.count]
    if not made and not gone:
        return []
    if learned.before is None:
        compared = "belum ada triwulan sebelumnya untuk dibandingkan"
    else:
        compared = f"dibandingkan {parse_period(learned.before.period).title}, {learned.before.reported} RT melapor"
    lines = [f"Kesalahan tersering di semua RT ({compared}):"]
    lines += [f"  {_counted(mistake)}: {mistake.advice}" for mistake in made[:SHOWN_MISTAKES]]
    if len(made) > SHOWN_MISTAKES:
        lines.append(f"  ... dan {len(made) - SHOWN_MISTAKES} macam kesalahan lain")
    if gone:
        lines.append("  Tidak ada lagi: " + ", ".join(f"{m.rule} {m.column} (dulu {m.previous}x)" for m in gone))
    return lines


def _counted(mistake: Mistake) -> str:
    in_areas = f" di {mistake.areas} RT" if mistake.areas else ""
    said = f"{mistake.rule} {mistake.count}x{in_areas}"
    if mistake.previous is None:
        return said
    more = mistake.count - mistake.previous
    trend = f"naik {more}" if more > 0 else f"turun {-more}" if more < 0 else "tetap"
    return f"{said} (dulu {mistake.previous}x, {trend})"


def resendings(learned: Learned) -> list[str]:
    """One line for each dataset of an RT that was re-sent."""
    areas = {entry.area for entry in learned.resent}
    return [
        f"{where(entry.area, areas)}, {datasets()[entry.dataset].about().title}: dikirim ulang {entry.times}x; "
        f"terakhir: {_changed(entry)}"
        for entry in learned.resent
    ]


def corrections(pending: list[Corrected]) -> list[str]:
    """One line for each column of an RT that is counted as residents had it corrected; no value and no person."""
    areas = {entry.area for entry in pending}
    return [
        f"Koreksi yang belum ada di berkas RT: {where(entry.area, areas)}, {datasets()[entry.dataset].about().title}, "
        f"{datasets()[entry.dataset].columns()[entry.column].label}: {entry.cells} sel, "
        f"terakhir dikoreksi {day(dt.date.fromisoformat(entry.made))}"
        for entry in pending
    ]


def _changed(entry: Resent) -> str:
    parts = (
        (entry.added, f"{entry.added} baris baru"),
        (entry.removed, f"{entry.removed} hilang"),
        (entry.corrected, f"{entry.corrected} diperbaiki{_columns(entry)}"),
    )
    return ", ".join(said for many, said in parts if many) or "tidak ada baris yang berubah"


def _columns(entry: Resent) -> str:
    shown = [f"{label} {many}" for label, many in list(entry.columns.items())[:SHOWN_COLUMNS]]
    more = len(entry.columns) - len(shown)
    if more > 0:
        shown.append(f"{more} kolom lain")
    return f" ({', '.join(shown)})" if shown else ""


def where(area: str, among: Iterable[str]) -> str:
    """An RT as people say it; with its kelurahan where the list holds several."""
    several = len({ancestor(code, "kelurahan") for code in among}) > 1
    name = default_name(area, "rt")
    return f"{name} ({ancestor(area, 'kelurahan')})" if several else name
