"""Figures and their status as people read them on a page."""

from pipelines.areas import LEVELS
from pipelines.disclosure.policy import Rule, policy
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
LEVEL_NAMES = {"rt": "RT", "rw": "RW"}


def level_name(level: str) -> str:
    """`RT`, `Kelurahan`."""
    return LEVEL_NAMES.get(level, level.capitalize())


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


def shown_when(sensitivity: str) -> list[tuple[str, str]]:
    """For each level, when the public sees a figure of this class."""
    return [(level_name(level), _condition(policy().rule(sensitivity, level))) for level in LEVELS]


def _condition(rule: Rule) -> str:
    if rule.never:
        return "tidak ditampilkan"
    asked = []
    if rule.population:
        asked.append(f"wilayahnya berpenduduk sedikitnya {rule.population} orang")
    if rule.households:
        asked.append(f"sedikitnya {rule.households} keluarga didata")
    if rule.contributors:
        asked.append(f"sedikitnya {rule.contributors} keluarga ada di balik angkanya dan di balik sisanya")
    if rule.dominance < 1:
        asked.append("tidak ada dua keluarga yang menentukan hampir seluruhnya")
    return f"ditampilkan bila {' dan '.join(asked)}" if asked else "ditampilkan"
