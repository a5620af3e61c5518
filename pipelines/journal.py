"""Journals of one JSON object a line, each line bound to all before it: a changed, lost or moved line is noticed.

A line's `rantai` is a hash over the link before it and the line without it. That shows damage and careless edits, not
a forger, who can link the whole journal anew. A line without a link is one of an earlier version, and has no linked
line before it.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

LINK = "rantai"
LETTERS = 32
LONGEST_LINE = 2**20


class JournalDamaged(Exception):
    """A journal whose lines do not follow from each other."""


Row = dict[str, object]


def parse_journal(content: bytes) -> list[Row]:
    """The rows of a journal without their links. A torn last line, left by a power cut, is not yet a row.

    Raises JournalDamaged.
    """
    return _parsed(content)[0]


def journal_text(rows: Sequence[Row]) -> str:
    """A whole journal of rows."""
    return _linked(rows, "")


def append_to_journal(path: Path, rows: Sequence[Row]) -> None:
    """Add whole lines and have them on disk; cut off a torn line first. Raises JournalDamaged, with nothing written."""
    with path.open("r+b" if path.exists() else "w+b") as journal:
        content = journal.read()
        link = _parsed(content)[1]
        _write(journal, content.rfind(b"\n") + 1, _linked(rows, link))


def append_to_long_journal(path: Path, row: Row) -> None:
    """As `append_to_journal`, however long it is: only the last line is read. Raises JournalDamaged for that line."""
    with path.open("r+b" if path.exists() else "w+b") as journal:
        start = max(0, journal.seek(0, os.SEEK_END) - LONGEST_LINE)
        journal.seek(start)
        content = journal.read()
        end = content.rfind(b"\n")
        last = content[content.rfind(b"\n", 0, max(end, 0)) + 1 : max(end, 0)]
        try:
            link = str(json.loads(last)[LINK]) if last else ""
        except (ValueError, TypeError, KeyError):
            link = _parsed(path.read_bytes())[1]  # of an earlier version, or damaged
        _write(journal, start + end + 1, _linked([row], link))


def _write(journal: BinaryIO, at: int, lines: str) -> None:
    """Write whole lines over a torn one, and have them on disk."""
    journal.seek(at)
    journal.truncate()
    journal.write(lines.encode())
    journal.flush()
    os.fsync(journal.fileno())


def _parsed(content: bytes) -> tuple[list[Row], str]:
    """The rows, and the link to go on from."""
    rows: list[Row] = []
    link, linked = "", False
    for line in content.split(b"\n")[:-1]:
        try:
            row = json.loads(line)
            told = row.pop(LINK, None)
            said = _said(row)
        except (ValueError, TypeError, AttributeError):
            raise JournalDamaged from None
        link = _link(link, said)
        linked = linked or told is not None
        if linked and told != link:
            raise JournalDamaged
        rows.append(row)
    return rows, link


def _linked(rows: Sequence[Row], link: str) -> str:
    lines = []
    for row in rows:
        link = _link(link, _said(row))
        lines.append(_said({**row, LINK: link}) + "\n")
    return "".join(lines)


def _said(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False)


def _link(before: str, said: str) -> str:
    return hashlib.sha256(f"{before}{said}".encode(errors="surrogatepass")).hexdigest()[:LETTERS]
