"""The RT of every data row: what its own cells say, completed by titles above it and by the file's place."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipelines.areas import Address, Register
from pipelines.errors import OfficerError
from pipelines.intake.addresses import READ
from pipelines.intake.cells import FAULT, shown
from pipelines.intake.homes import card_of
from pipelines.intake.parsing import Fault
from pipelines.intake.staged import Batch, Part
from pipelines.periods import Period

HOME = "home"  # the card number, that finds the address of the family on another sheet
Known = dict[tuple[str, Period, Address], str | Fault]


def place_rows(parts: list[Part], register: Register, known: Known, batch: Batch) -> npt.NDArray[np.object_]:
    """The RT code of every row of the parts; None, with a problem, where its address is no known RT."""
    codes = [_of_part(part, register, known, batch) for part in parts]
    return np.concatenate(codes) if codes else np.empty(0, dtype=object)


def _of_part(part: Part, register: Register, known: Known, batch: Batch) -> npt.NDArray[np.object_]:
    """Rows that state the same address are placed once."""
    columns = part.sheet.columns
    places: list[tuple[str, int]] = [(p, columns[p]) for p in ("rt", "rw", "dusun") if p in columns]
    if part.homes and part.key is not None:
        places.append((HOME, part.key))
    stated = part.rows.title_of
    register = register.at(part.source.period)
    unregistered = not register.lists(part.source.kelurahan)
    told = [column for column in ("rw", "dusun") if unregistered and _told(part, column)]
    for _, place in places:
        texts = part.texts(place)
        stated = stated * len(texts.words) + np.frombuffer(texts.numbers, dtype=np.uintc)[part.rows.at]
    _, first, which = np.unique(stated, return_index=True, return_inverse=True)
    found = np.empty(len(first), dtype=object)
    for number, index in enumerate(first.tolist()):
        turn = part.rows.title_of[index]
        cells = [(column, part.texts(place)[part.rows.at[index]]) for column, place in places]
        code = _area(part, cells, part.rows.titles[turn], register, known)
        silent = next((column for column in told if not _says(part, dict(cells), turn, column)), None)
        if silent and isinstance(code, str):
            code = Fault("WAJIB01"), silent, False  # in which RW, nobody can know: not in none
        found[number] = code if isinstance(code, str) else None
        if not isinstance(code, str):
            fault, column, by_title = code
            at = part.rows.title_cells[turn] if by_title else ""
            for row in np.flatnonzero(which == number).tolist():
                part.note(batch, row, column, fault, at)
    return found[which]


def _told(part: Part, column: str) -> bool:
    """Whether some rows of the sheet name their RW or dusun in its column: then a blank there is no `there is none`."""
    place = part.sheet.columns.get(column)
    if place is None or getattr(part.source.place, column):
        return False
    texts = part.texts(place)
    numbers = np.unique(np.frombuffer(texts.numbers, dtype=np.uintc)[part.rows.at])
    read = (READ[column](shown(texts.words[number])) for number in numbers.tolist())
    return any(address and getattr(address, column) for address in read)


def _says(part: Part, cells: dict[str, str], turn: int, column: str) -> bool:
    """Whether a row says anything of its RW or dusun: a dash says that there is none."""
    named = READ["rt"](shown(cells["rt"])) if "rt" in cells else None
    said = (named, part.rows.titles[turn])
    return bool(cells[column].strip()) or any(address and getattr(address, column) for address in said)


def _area(
    part: Part, cells: Sequence[tuple[str, str]], title: Address, register: Register, known: Known
) -> str | tuple[Fault, str, bool]:
    """The code; or what is wrong, in which column, and whether it is the title that says so and not the row."""
    address = Address()
    for column, text in cells:
        if column == HOME:
            address = address.over(part.homes.get(card_of(text) or "", Address()))
            continue
        read = None if text.startswith(FAULT) else READ[column](shown(text))
        if read is None:
            return Fault("GEO04", "tulis nomornya saja, misalnya 005"), column, False
        address = address.over(read)
    by_title = not address.rt and bool(title.rt)
    address = address.over(title).over(part.source.place)
    if not address.rt and part.homes:
        return Fault("GEO04", "Nomor KK baris ini tidak ada di lembar yang menyebut RT-nya"), "rt", False
    if not address.rt:
        return Fault("WAJIB01"), "rt", False
    key = (part.source.kelurahan, part.source.period, address)
    if key not in known:
        try:
            known[key] = register.resolve(part.source.kelurahan, address)
        except OfficerError as unknown:
            known[key] = Fault("GEO04", str(unknown))
    code = known[key]
    return code if isinstance(code, str) else (code, "rt", by_title)
