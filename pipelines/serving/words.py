"""Figures and their status as people read them on a page."""

from pipelines.publishing.numbers import number
from pipelines.publishing.workbook_figures import NOT_APPLICABLE, Cell

STATUS = {
    "z": "tidak dapat dihitung",
    "c": "dirahasiakan",
    "s": "ikut dirahasiakan",
    "m": "belum dilaporkan",
    NOT_APPLICABLE: "tidak berlaku",
}
UNRELIABLE = "kurang andal"


def read_out(cell: Cell) -> str:
    """A cell of a table as text."""
    if isinstance(cell.value, float):
        return f"{number(cell.value, cell.decimals)} {cell.marks}".rstrip()
    return str(cell.value or "")


def in_words(cell: Cell) -> Cell:
    """The cell with its flag spelled out; a number stays as it is, its mark for few observations is told elsewhere."""
    if cell.shape == "flag":
        return cell._replace(value=STATUS[str(cell.value)])
    return cell._replace(marks=" ".join(mark for mark in cell.marks.split() if mark != "u"))
