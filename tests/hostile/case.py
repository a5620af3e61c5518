"""A hostile file and what must come of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.intake.workbooks import PEOPLE, Table, workbook
from tests.intake.workbooks import saved as saved_book

ACCEPTED, HELD, REJECTED = "accepted", "held", "rejected"
NAMES = ["Ahmad", "Budi", "Siti"]
NIKS = [row[1] for row in PEOPLE[1:]]
WHOLE: dict[str, list[Any]] = {"nama": NAMES, "nik": NIKS, "no_kk": [row[0] for row in PEOPLE[1:]]}
TOO_BIG, DAMAGED, UNUSUAL = "jauh lebih besar", "rusak atau terpotong", "tidak wajar"


@dataclass(frozen=True)
class Case:
    """One file. `rules` are all rule codes it must raise, `values` what the accepted residents must hold exactly."""

    name: str
    file: str
    make: Callable[[], bytes]
    verdict: str
    rows: tuple[int, int] | None = None  # accepted, held; of a refused file none
    rules: frozenset[str] | None = frozenset()
    says: str = ""
    values: dict[str, list[Any]] = field(default_factory=dict)
    dataset: str = "penduduk"
    slow: bool = False  # takes seconds: judged once, not also through the program


def refused(name: str, make: Callable[[], bytes], says: str, file: str = "data.xlsx", **more: Any) -> Case:
    """The whole file is refused with one sentence that holds `says`."""
    return Case(name, file, make, REJECTED, says=says, **more)


def whole(name: str, make: Callable[[], bytes], *rules: str, file: str = "data.xlsx", **more: Any) -> Case:
    """All three residents come in as they were written; `rules` are warnings."""
    values = {**WHOLE, **more.pop("values", {})}
    return Case(name, file, make, ACCEPTED, (3, 0), frozenset(rules), values=values, **more)


def one_held(name: str, make: Callable[[], bytes], *rules: str, file: str = "data.xlsx", **more: Any) -> Case:
    """Budi's row is held, the two others come in as they were written."""
    names = {"nama": ["Ahmad", "Siti"], "nik": [NIKS[0], NIKS[2]]}
    return Case(name, file, make, HELD, (2, 1), frozenset(rules), values=names, **more)


def with_texts(rows: Table, cells: dict[str, str]) -> bytes:
    """The table with texts that look like formulas, stored as text."""
    book = workbook({"Sheet1": rows})
    for address, text in cells.items():
        cell = book.worksheets[0][address]
        cell.value = text
        cell.data_type = "s"
    return saved_book(book)


def unique(cases: Iterable[Case]) -> list[Case]:
    """The cases, each under a name of its own."""
    found = list(cases)
    assert len({case.name for case in found}) == len(found)
    return found
