"""The officer's own workbook, handed back with every problem marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, count

from pipelines.errors import Unreadable
from pipelines.intake.cells import CELL_END
from pipelines.intake.inbox import windows_name
from pipelines.intake.problems import Problem
from pipelines.intake.words import is_list
from pipelines.intake.workbook import Book, read_book
from pipelines.returned.patch import patched
from pipelines.returned.twin import twin_of
from pipelines.returned.xmltext import Unpatchable

MACROS = ".xlsm"
CHECKED = " - diperiksa"
LONGEST_NAME = 198  # bytes: a letter may take four, and a file system holds 255
CHECKED_ALREADY = re.compile(r"(?: - diperiksa)+$")


def mark_workbook(content: bytes, name: str, problems: Sequence[Problem]) -> bytes:
    """The workbook with faulty cells coloured and explained, and the list `Perbaiki dulu` as its first sheet.

    It is the sender's own package but for the marks. What is no .xlsx or .xlsm, or cannot be patched with certainty,
    comes as a twin that holds its cells. Raises Unreadable for a file that cannot be read at all.
    """
    macros = name.lower().endswith(MACROS)
    book = read_book(name, content)
    try:
        marked = patched(content, macros, problems)
        if _cells(read_book(returned_name(name), marked)) == _cells(book):
            return marked
    except (Unpatchable, Unreadable, ValueError, LookupError):
        pass  # numbers or references within the package that make no sense: nothing there is safe to patch
    plain_copy, names = twin_of(book)
    renamed = [replace(problem, sheet=names.get(problem.sheet, problem.sheet)) for problem in problems]
    return patched(plain_copy, macros, renamed)


def returned_name(name: str) -> str:
    """`Data RT 5.xls` comes back as `Data RT 5 - diperiksa.xlsx`, under a name that Windows and memory sticks take."""
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, f".{suffix}".lower()) if dot and stem else (name, "")
    ending = CHECKED + (MACROS if suffix == MACROS else ".xlsx")
    kept = CHECKED_ALREADY.sub("", stem).encode("utf-8", "ignore")[: LONGEST_NAME - len(ending)]
    return windows_name(kept.decode("utf-8", "ignore").rstrip() + ending)


def returned_names(names: Iterable[str]) -> dict[str, str]:
    """The name under which each file of one folder comes back: two of them never share one, `a.csv` beside `a.xlsx`.

    The workbook keeps the plain name, the others add their kind: `a (csv) - diperiksa.xlsx`. Small and capital letters
    are alike, as they are on Windows.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(
        set(names), key=lambda name: (not name.lower().endswith((".xlsx", MACROS)), is_checked(name), name)
    ):
        stem, _, suffix = name.rpartition(".")
        kind = suffix.lower()
        wanted = [returned_name(name), returned_name(f"{CHECKED_ALREADY.sub('', stem)} ({kind}).{suffix}")]
        more = (returned_name(f"{CHECKED_ALREADY.sub('', stem)} ({kind} {number}).{suffix}") for number in count(2))
        found[name] = next(back for back in chain(wanted, more) if back.casefold() not in taken)
        taken.add(found[name].casefold())
    return found


def is_checked(name: str) -> bool:
    """Whether a file bears the name of a returned workbook."""
    return bool(CHECKED_ALREADY.search(name.rpartition(".")[0]))


def _cells(book: Book) -> list[tuple[str, bool, list[str], object, object]]:
    """All that intake takes from a book, the list apart; blank cells that were made to be coloured say nothing."""
    return [
        (
            sheet.name,
            sheet.hidden,
            [CELL_END.join(row).rstrip(CELL_END) for row in sheet.rows()],
            sheet.merged,
            sheet.faults,
        )
        for sheet in book.sheets
        if not is_list(sheet.name)
    ]
