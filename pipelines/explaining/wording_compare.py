"""A comparison as an officer reads it, in plain Bahasa Indonesia."""

from pipelines.areas import default_name
from pipelines.explaining.comparison import KINDS, MENDED, OTHER, REAL, REPORTS, UNSURE, Comparison
from pipelines.explaining.explanation import Explanation
from pipelines.explaining.movement import Move
from pipelines.explaining.numbers import number, signed
from pipelines.explaining.trace import units
from pipelines.indicators.catalogue import Indicator

TITLES = {
    REPORTS: "Laporan yang masuk atau tidak masuk",
    REAL: "Kejadian nyata",
    MENDED: "Perbaikan data",
    OTHER: "Ketentuan",
    UNSURE: "Perbaikan atau kejadian nyata, belum dapat dibedakan",
}
UNIT = {"orang": "orang", "keluarga": "keluarga", "rekap": "RT"}


def comparison_text(found: Explanation, since: Comparison) -> str:
    """Both figures, their difference and its parts."""
    entry, cell, before = found.asked.entry, found.asked.cell, since.older.cell
    more = None if cell.value is None or before.value is None else cell.value - before.value
    lines = [
        "",
        f"Perubahan sejak {since.older.period.title}",
        f"  angka    : {number(before.value)} menjadi {number(cell.value)} ({signed(more)})",
        f"  pembilang: {_from_to(entry, since.found.numerator, found.found.numerator)}",
    ]
    if entry.denominator is not None:
        below = since.found.denominator, found.found.denominator
        lines.append(f"  penyebut : {number(below[0])} menjadi {number(below[1])} ({signed(below[1] - below[0])})")
    for group, title in TITLES.items():
        own = [move for move in since.moves if KINDS[move.kind][0] == group]
        if own:
            lines += [f"  {title}:", *(_move(entry, move) for move in own)]
    if not since.moves:
        lines.append("  Tidak ada baris yang mengubah pembilang atau penyebut.")
    if entry.method != "ratio":
        lines.append("  Bagian di atas menjelaskan isinya; angkanya sendiri bergantung pada seluruh sebaran.")
    if entry.source == "orang":
        lines.append("  NIK yang dibetulkan terbaca sebagai satu tidak tercatat lagi dan satu baru tercatat.")
    return "\n".join(lines) + "\n"


def _from_to(entry: Indicator, before: int, after: int) -> str:
    was, now = units(entry, before), units(entry, after)
    return f"{number(was)} menjadi {number(now)} ({signed(units(entry, after - before))})"


def _move(entry: Indicator, move: Move) -> str:
    unit = "RT" if move.rts else UNIT[entry.source]
    parts = f"pembilang {signed(units(entry, move.numerator))}"
    if entry.denominator is not None:
        parts += f", penyebut {signed(move.denominator)}"
    names = f" ({', '.join(default_name(rt, 'rt') for rt in move.rts)})" if move.rts else ""
    return f"    {KINDS[move.kind][1]}: {number(move.units)} {unit}{names}, {parts}"
