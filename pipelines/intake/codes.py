"""Codes of a foreign layout as ours. A number is read by its layout alone: what it does not declare is a fault."""

from dataclasses import replace

from pipelines.intake.cells import FOREIGN, shown
from pipelines.intake.parsing import WHOLE_CODE, Fault, is_blank, labels
from pipelines.intake.words import plain, tidy
from schemas.kinds import Kind


def written(text: str) -> str:
    """How a foreign code is looked up: a number without its zeros, else letters and digits only."""
    whole = WHOLE_CODE.fullmatch(text)
    return whole[1] if whole else plain(text)


def ours(codes: dict[str, str], text: str) -> str:
    """A cell of a foreign sheet in our codes. A label that the layout does not declare is read as ours."""
    if is_blank(text):
        return text
    word = tidy(shown(text))
    lettered = any(map(str.isalpha, word))
    if lettered or WHOLE_CODE.fullmatch(word):
        found = codes.get(written(word))
        if found is not None:
            return found
    return text if lettered else FOREIGN + word


def advised(fault: Fault, kind: Kind) -> Fault:
    """The fault of a cell whose numbers are not ours: only labels may be offered."""
    name = getattr(kind, "codes", None)
    return replace(fault, detail=labels(name)) if fault.rule == "KODE01" and name else fault
