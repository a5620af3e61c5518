"""Lists that look like the register of residents and are not: of the dead, of recipients, of pupils.

What betrays them is declared in `schemas/lists.toml`. Read as a register, each would take the place of a whole RT.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipelines.intake.cells import column_letters, shown
from pipelines.intake.headings import Table
from pipelines.intake.parsing import is_blank
from pipelines.intake.problems import Problem, problem
from pipelines.intake.staged import Part
from pipelines.intake.texts import SheetText
from pipelines.intake.words import plain, readings, tidy
from schemas.dataset import SCHEMAS

REGISTER = "penduduk"
BEFORE_A_LIST = r"(daftar|data|buku|rekap|rekapitulasi|laporan|register)( nama(-nama)?)? *"
BY_TITLE = 'Di atas tabel tertulis "{}": ini {}, bukan seluruh warga RT, jadi tidak dibaca sebagai data Penduduk. '
BY_HEADING = "Semua baris mengisi kolom {}: ini {}, bukan seluruh warga RT, jadi tidak dibaca sebagai data Penduduk. "
IF_ALL = "Bila memang seluruh warga, {}."


@dataclass(frozen=True)
class _Partial:
    """One kind of list: its name, how a title of it begins, and headings that betray it where all rows fill them."""

    name: str
    title: re.Pattern[str]
    headings: frozenset[str]


@dataclass(frozen=True)
class _Left:
    """What tells that somebody is gone: a filled column, or the first words of a remark."""

    headings: frozenset[str]
    remarks: frozenset[str]
    words: re.Pattern[str]


@cache
def _declared() -> tuple[_Left, tuple[_Partial, ...]]:
    entries = tomllib.loads((SCHEMAS / "lists.toml").read_text(encoding="utf-8"))
    left, partial = entries["left"], entries["partial"]
    return (
        _Left(_plain(left["headings"]), _plain(left["remarks"]), re.compile(left["words"], re.IGNORECASE)),
        tuple(
            _Partial(
                entry["name"],
                re.compile(rf"{BEFORE_A_LIST}({'|'.join(entry['titles'])})\b", re.IGNORECASE),
                _plain(entry["headings"]),
            )
            for entry in partial
        ),
    )


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, words))


def why_partial(part: Part) -> str | None:
    """Why the rows of a register are not all residents of an RT, None where nothing says so."""
    _, kinds = _declared()
    for text in _titles(part.sheet.texts, part.table):
        for kind in kinds:
            if kind.title.match(text):
                return BY_TITLE.format(text, kind.name) + IF_ALL.format("ganti judulnya")
    if not len(part.rows.at):
        return None
    for place, words, heading in _unread(part):
        for kind in kinds:
            if words & kind.headings and not any(is_blank(part.texts(place)[row]) for row in part.rows.at.tolist()):
                return BY_HEADING.format(heading, kind.name) + IF_ALL.format(f"hapus kolom {heading}")
    return None


def gone(part: Part) -> list[Problem]:
    """The rows of a register that say that somebody died or moved away, where no Status Dasar says it."""
    if part.sheet.dataset != REGISTER or "status_dasar" in part.sheet.columns:
        return []
    left, _ = _declared()
    found = []
    for place, words, heading in _unread(part):
        telling = bool(words & left.headings)
        if not telling and not words & left.remarks:
            continue
        texts = part.texts(place)
        for row in part.rows.at.tolist():
            text = tidy(shown(texts[row]))
            if not is_blank(text) and (telling or left.words.match(text)):
                cell = f"{column_letters(place)}{row + 1}"
                at = {"sheet": part.sheet.name, "row": row + 1, "cell": cell}
                found.append(problem("LIFE01", **at, label=heading, value=text))
    return found


def _titles(sheet: SheetText, table: Table) -> list[str]:
    """The lines above the headings, each as one text."""
    lines = (" ".join(tidy(shown(cell)) for cell in row if cell.strip()) for row in sheet.rows(table.heading_row))
    return [line for line in lines if line]


def _unread(part: Part) -> list[tuple[int, frozenset[str], str]]:
    """Place, plain words and heading of each column that no dataset has."""
    reading = part.table.reading
    used = {place for placed in reading.columns.values() for place in placed.values()}
    return [
        (place, frozenset(word for way in ways for word in readings(way)), tidy(ways[0]))
        for place, ways in enumerate(reading.texts)
        if place not in used and ways[0].strip()
    ]
