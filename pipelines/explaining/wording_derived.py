"""A figure made of others as an officer reads it, in plain Bahasa Indonesia."""

from pipelines.explaining.derived import Derivation, PartCell
from pipelines.explaining.numbers import number, signed
from pipelines.explaining.wording import STATUS, heading
from pipelines.periods import parse_period


def derived_text(found: Derivation, since: Derivation | None) -> str:
    """The whole explanation, and with an older figure what it was then."""
    asked, entry, cell = found.asked, found.asked.entry, found.asked.cell
    lines = [
        *heading(asked),
        "",
        f"Definisi  : {entry.definition}",
        f"Rumus     : {found.formula.formula}",
        f"Pembilang : {found.formula.numerator}",
        f"Penyebut  : {found.formula.denominator}",
        f"Satuan    : {entry.unit}",
        f"Artinya   : {entry.interpretation}",
        f"Sumber    : {entry.reference}",
        "",
        f"Angka     : {_figure(found)}",
        f"Keadaan   : {cell.status}, {_state(found)}",
        f"RT masuk {cell.areas_reported} dari {cell.areas_expected} RT seharusnya",
        "",
        "Disusun dari angka lain wilayah ini",
        *(_part(part) for part in found.parts),
    ]
    if found.sized:
        told = "belum diketahui" if found.km2 is None else f"{number(found.km2)} km2"
        lines.append(f"  luas wilayah menurut areas.csv: {told}")
    lines += ["", "Berkas dan baris di balik setiap angka itu (hanya untuk petugas)"]
    calls = [
        f"  cantik explain {p.indicator} --area {cell.area} --period {p.period}" for p in found.parts if p.reported
    ]
    lines += list(dict.fromkeys(calls)) or ["  belum ada"]
    return "\n".join([*lines, *(_since(found, since) if since else [])]) + "\n"


def _figure(found: Derivation) -> str:
    cell, entry = found.asked.cell, found.asked.entry
    if found.why:
        return f"tidak ada: {found.why}"
    if cell.value is None:
        return f"tidak ada, {STATUS[cell.status]}"
    scale = "" if entry.scale == 1 else f" x {number(entry.scale)}"
    return f"{number(cell.numerator)} / {number(cell.denominator)}{scale} = {number(cell.value)} {cell.unit}"


def _state(found: Derivation) -> str:
    if found.why:
        return "tidak dapat disusun; bukan nol"
    low = found.asked.cell.status == "u" and found.asked.cell.level in ("rt", "rw")
    return "kurang andal karena wilayahnya kecil" if low else STATUS[found.asked.cell.status]


def _part(part: PartCell) -> str:
    if not part.expected:
        return f"  {part.name}, {parse_period(part.period).title}: belum ada data"
    told = "belum dilaporkan" if part.value is None else number(part.value)
    return f"  {part.name}, {parse_period(part.period).title}: {told} (RT masuk {part.reported} dari {part.expected})"


def _since(found: Derivation, since: Derivation) -> list[str]:
    now, then = found.asked.cell, since.asked.cell
    more = None if now.value is None or then.value is None else now.value - then.value
    lines = ["", f"Perubahan sejak {since.asked.period.title}"]
    for name, was, is_now in (
        ("pembilang", then.numerator, now.numerator),
        ("penyebut ", then.denominator, now.denominator),
    ):
        lines.append(f"  {name}: {number(was)} menjadi {number(is_now)}")
    lines.insert(2, f"  angka    : {number(then.value)} menjadi {number(now.value)} ({signed(more)})")
    return [*lines, "  Untuk sebabnya bandingkan angka penyusunnya: cantik explain ... --compare."]
