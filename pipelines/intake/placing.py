"""The RT of every data row: what its own cells say, completed by titles above it and by the file's place."""

from collections.abc import Sequence

from pipelines.areas import Address, Register
from pipelines.errors import OfficerError
from pipelines.intake.addresses import READ
from pipelines.intake.cells import shown
from pipelines.intake.parsing import Fault
from pipelines.intake.staged import Batch, Part

Known = dict[tuple[str, Address], str | Fault]


def place_rows(parts: list[Part], register: Register, batch: Batch) -> list[str | None]:
    """The RT code of every row of the parts; None, with a problem, where its address is no known RT."""
    codes: list[str | None] = []
    known: Known = {}
    for part in parts:
        places = [(p, part.sheet.columns[p]) for p in ("rt", "rw", "dusun") if p in part.sheet.columns]
        memory: dict[tuple[object, ...], str | tuple[Fault, str]] = {}
        for index, (row, title) in enumerate(zip(part.sheet.cells, part.rows.titles, strict=True)):
            key = (title, *(row[place] for _, place in places))
            if key not in memory:
                memory[key] = _area(part, places, row, title, register, known)
            code = memory[key]
            if isinstance(code, str):
                codes.append(code)
            else:
                codes.append(None)
                part.note(batch, index, code[1], code[0])
    return codes


def _area(
    part: Part, places: Sequence[tuple[str, int]], row: list[str], title: Address, register: Register, known: Known
) -> str | tuple[Fault, str]:
    address = Address()
    for column, place in places:
        read = READ[column](shown(row[place]))
        if read is None:
            return Fault("GEO04", "tulis nomornya saja, misalnya 005"), column
        address = address.over(read)
    address = address.over(title).over(part.source.place)
    if not address.rt:
        return Fault("WAJIB01"), "rt"
    key = (part.source.kelurahan, address)
    if key not in known:
        try:
            known[key] = register.resolve(part.source.kelurahan, address)
        except OfficerError as unknown:
            known[key] = Fault("GEO04", str(unknown))
    code = known[key]
    return code if isinstance(code, str) else (code, "rt")
