"""An explanation as an officer reads it, in plain Bahasa Indonesia."""

from pipelines.areas import default_name
from pipelines.explaining.asked import Asked
from pipelines.explaining.explanation import Explanation
from pipelines.explaining.held import Held
from pipelines.explaining.numbers import number
from pipelines.explaining.sources import Part, RecapCell, Source
from pipelines.explaining.trace import units
from pipelines.indicators.catalogue import Indicator
from schemas import datasets

STATUS = {
    "ok": "dapat dipakai",
    "z": "tidak dapat dihitung karena penyebutnya nol",
    "u": "kurang andal karena hanya sedikit orang atau keluarga di baliknya",
    "m": "belum dilaporkan; bukan nol",
}
BREAKDOWN = {"total": "", "L": ", laki-laki", "P": ", perempuan"}


def text(found: Explanation) -> str:
    """The whole explanation of one figure."""
    entry = found.asked.entry
    lines = [*heading(found.asked), "", *_definition(found), "", *_figure(found), "", *_coverage(found), ""]
    lines += [
        "Asal angka (hanya untuk petugas)",
        *_sources(found),
        *_corrected(found),
        "",
        "Ditahan (hanya untuk petugas)",
    ]
    return "\n".join([*lines, *_held(found.held, entry)]) + "\n"


def heading(asked: Asked) -> list[str]:
    """Which figure is explained."""
    return [
        f"{asked.entry.name}{_of(asked)} ({asked.entry.code})",
        f"{asked.cell.area_name} ({asked.cell.area}), {asked.period.title}",
    ]


def _of(asked: Asked) -> str:
    split = asked.entry.split(asked.breakdown)
    return f", {split[0].label}: {split[0].codes[split[1]]}" if split else BREAKDOWN[asked.breakdown]


def _definition(found: Explanation) -> list[str]:
    entry, made = found.asked.entry, found.formula
    lines = [f"Definisi  : {entry.definition}", f"Rumus     : {made.formula}", f"Pembilang : {made.numerator}"]
    if found.poverty_line is not None:
        lines.append(f"Garis     : Rp{number(found.poverty_line)} per orang sebulan")
    if made.denominator:
        lines.append(f"Penyebut  : {made.denominator}")
    return [
        *lines,
        f"Semesta   : {made.universe}",
        f"Satuan    : {entry.unit}",
        f"Artinya   : {entry.interpretation}",
        f"Sumber    : {entry.reference}",
    ]


def _figure(found: Explanation) -> list[str]:
    cell, entry = found.asked.cell, found.asked.entry
    value = f"{number(cell.value)} {cell.unit}"
    if cell.value is None:
        figure = f"tidak ada, {STATUS[cell.status]}"
    elif entry.method != "ratio" or entry.is_count:
        figure = value
    else:
        scale = "" if entry.scale == 1 else f" x {entry.scale}"
        figure = f"{number(cell.numerator)} / {number(cell.denominator)}{scale} = {value}"
    lines = [f"Angka     : {figure}", f"Keadaan   : {cell.status}, {STATUS[cell.status]}"]
    if entry.method != "ratio" and cell.value is not None:
        below = "" if entry.denominator is None else f", penyebut {number(found.found.denominator)}"
        lines.append(f"Disusun dari: pembilang {number(units(entry, found.found.numerator))}{below}")
    if cell.households is not None:
        lines.append(f"Di baliknya: {number(cell.households)} keluarga")
    return lines


def _coverage(found: Explanation) -> list[str]:
    known = found.coverage
    lines = [f"RT masuk {known.reported} dari {known.expected} RT seharusnya"]
    for rt, reason in known.missing.items():
        lines.append(f"  belum: {default_name(rt, 'rt')} ({rt}): {reason}")
    if found.asked.entry.source != "rekap" and found.found.register:
        lines.append(f"Baris yang mungkin masuk semesta tetapi tidak diketahui: {number(known.unknown)}")
        lines += [f"  {what}: {number(many)} baris" for what, many in known.causes]
    return lines


def _sources(found: Explanation) -> list[str]:
    behind, entry = found.sources, found.asked.entry
    lines = [line for source in behind.counted for line in _counted(source)]
    if behind.looked_up:
        lines.append("Dibaca juga untuk menentukan cara menghitungnya:")
        lines += [line for source in behind.looked_up for line in _looked_up(source)]
    if behind.cells:
        lines.append("Dari rekap RT yang tidak mengirim daftarnya:" if entry.source != "rekap" else "Dari rekap RT:")
        lines += [_cell(cell) for cell in behind.cells]
    return lines or ["  tidak ada baris yang dihitung"]


def _corrected(found: Explanation) -> list[str]:
    lines = [
        f"  {at.file}, sheet '{at.sheet}', {datasets()[at.dataset].about().title}, sel {at.cell} ({at.label}): "
        f"dikoreksi {'-'.join(reversed(at.made.split('-')))}"
        for at in found.corrected
    ]
    return ["Dihitung menurut koreksi kantor, bukan menurut berkas:", *lines] if lines else []


def _place(source: Source) -> list[str]:
    read = ", ".join(f"{letter} ({label})" for letter, label in source.columns.items())
    title = datasets()[source.dataset].about().title
    lines = [f"  {source.file}, sheet '{source.sheet}', {title}"]
    return [*lines, f"    kolom dibaca: {read}"] if read else lines


def _counted(source: Source) -> list[str]:
    lines = _place(source)
    if source.numerator:
        lines.append(f"    pembilang: {_part(source.numerator)}")
    if source.denominator:
        lines.append(f"    penyebut : {_part(source.denominator)}")
    return lines


def _looked_up(source: Source) -> list[str]:
    return [*_place(source), f"    {_part(source.looked_up)}"] if source.looked_up else _place(source)


def _part(part: Part) -> str:
    if not part.rows:
        return "tidak ada baris"
    amount = "" if part.amount == part.rows else f", jumlahnya {number(part.amount)}"
    return f"{number(part.rows)} baris{amount} (baris {part.where})"


def _cell(cell: RecapCell) -> str:
    rt = f"{default_name(cell.area, 'rt')} ({cell.area})"
    return f"  {cell.file}, sheet '{cell.sheet}', sel {cell.cell}: {cell.label} {rt} = {number(cell.value)}"


def _held(held: Held, entry: Indicator) -> list[str]:
    if not (held.rows or held.homeless or held.waiting):
        return ["  tidak ada baris yang tertahan"]
    lines = [f"  {number(held.rows)} baris tertahan pada RT di wilayah ini"]
    for before, fault in zip([None, *held.faults], held.faults, strict=False):
        title = datasets()[fault.dataset].about().title
        if before is None or (before.rule, before.sentence) != (fault.rule, fault.sentence):
            lines.append(f"  {fault.rule}: {fault.sentence}")
        lines.append(f"    {fault.file}, sheet '{fault.sheet}', {title}, sel {', '.join(fault.cells)}")
    lines += [f"  {line}" for line in _change(held, entry)]
    if held.waiting:
        lines.append(
            f"  {number(held.waiting)} baris diterima tetapi belum dihitung: menunggu warganya (WARGA01, WARGA02)"
        )
    if held.homeless:
        lines.append(
            f"  {number(held.homeless)} baris lain tertahan tanpa RT yang dikenal; belum tentu dari wilayah ini"
        )
    return lines


def _change(held: Held, entry: Indicator) -> list[str]:
    """What is known of the figure were the rows accepted; nothing where nothing is."""
    lines = []
    if held.bound:
        least, most = number(held.bound.least), number(held.bound.most)
        upto = f"antara {least} dan {most}" if held.bound.most is not None else f"paling sedikit {least}"
        rows = number(held.bound.rows)
        lines.append(f"Bila {rows} baris ini diterima (sebagian atau semua), angka menjadi {upto} {entry.unit}")
    elif held.why:
        lines.append(f"Perubahan angka bila diterima tidak dapat dibatasi: {held.why}")
    if held.elsewhere:
        lines.append(
            f"{number(held.elsewhere)} baris di antaranya dari RT yang daftarnya belum dihitung; "
            "perubahannya tidak dapat diketahui"
        )
    return lines
