"""The notes (comments) of one sheet: ours are added below those of the sender, and taken away again."""

import re

from pipelines.intake.cells import column_letters
from pipelines.intake.words import LIST_SHEET
from pipelines.returned.remarks import AUTHOR, Cell, Note, cell_of
from pipelines.returned.xmltext import Unpatchable, attribute, escaped, opened, prefix_of, prefixed

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors></authors><commentList></commentList></comments>"
)
P = rb"(?:[\w.-]+:)?"
AUTHORS = re.compile(rb"<" + P + rb"author\b[^>]*?(?:/>|>(.*?)</" + P + rb"author\s*>)", re.DOTALL)
COMMENT = re.compile(rb"<" + P + rb"comment\s([^>]*)>(.*?)</" + P + rb"comment\s*>", re.DOTALL)
WORDS = re.compile(rb"<" + P + rb"t(?:\s[^>]*)?>([^<]*)</" + P + rb"t\s*>")
RUN = re.compile(rb"<" + P + rb"r(?:\s[^>]*)?>")
MARK = re.compile(rb"(?:[\r\n]|&#1[03];|&#x[aAdD];|_x000[AaDd]_)*== CANTIK: (?:SALAH|PERIKSA) ==")
NUMBER = re.compile(rb"\(" + LIST_SHEET.encode() + rb" no\. (\d+)")
FONT = b'<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'


class Notes:
    """The comments part of a sheet."""

    def __init__(self, xml: bytes = EMPTY) -> None:
        self.prefix = prefix_of(xml)
        self.xml = opened(opened(xml, b"authors"), b"commentList")
        self.authors = [found[1] or b"" for found in AUTHORS.finditer(self.xml)]

    def take_ours(self) -> tuple[dict[Cell, int], set[Cell]]:
        """Remove our notes: the line of the list that each named, and the cells that have no note any more."""
        numbers: dict[Cell, int] = {}
        bare: set[Cell] = set()

        def kept(found: re.Match[bytes]) -> bytes:
            cell = cell_of((attribute(found[1], b"ref") or b"").decode().replace("$", ""))
            author = self._author(found[1])
            mark = MARK.search(found[2])
            if cell is None or not (mark or author == AUTHOR.encode()):
                return found[0]
            if number := NUMBER.search(found[2]):
                numbers[cell] = int(number[1])
            rest = _before(found[2], mark.start()) if mark else b""
            if not b"".join(WORDS.findall(rest)).strip():
                bare.add(cell)
                return b""
            at = found.start(2) - found.start()
            return found[0][:at] + rest + found[0][at + len(found[2]) :]

        self.xml = COMMENT.sub(kept, self.xml)
        return numbers, bare

    def _author(self, attributes: bytes) -> bytes:
        number = int(attribute(attributes, b"authorId") or 0)
        return self.authors[number] if number < len(self.authors) else b""

    def put(self, notes: dict[Cell, Note]) -> list[Cell]:
        """Add these notes. Returns the cells that had none before and so need a box to show it in."""
        waiting = dict(notes)

        def extended(found: re.Match[bytes]) -> bytes:
            cell = cell_of((attribute(found[1], b"ref") or b"").decode().replace("$", ""))
            note = waiting.pop(cell, None) if cell else None
            if note is None or self._author(found[1]).startswith(b"tc="):
                return found[0]  # a threaded comment hides any note; colour and list must do there
            at = found.start(2) - found.start()
            return found[0][:at] + self._below(found[2], note) + found[0][at + len(found[2]) :]

        self.xml = COMMENT.sub(extended, self.xml)
        if waiting:
            author = self._our_author()
            new = b"".join(self._comment(cell, note, author) for cell, note in waiting.items())
            self._insert(b"commentList", new)
        return list(waiting)

    def _our_author(self) -> int:
        if AUTHOR.encode() not in self.authors:
            self.authors.append(AUTHOR.encode())
            self._insert(b"authors", prefixed(f"<author>{AUTHOR}</author>".encode(), self.prefix))
        return self.authors.index(AUTHOR.encode())

    def _insert(self, parent: bytes, child: bytes) -> None:
        at = self.xml.rfind(b"</" + self.prefix + parent + b">")
        if at < 0:
            raise Unpatchable("comments without a list")
        self.xml = self.xml[:at] + child + self.xml[at:]

    def _comment(self, cell: Cell, note: Note, author: int) -> bytes:
        row, column = cell
        head = f'<comment ref="{column_letters(column)}{row}" authorId="{author}" shapeId="0"><text>'.encode()
        return prefixed(head + _runs(note, "") + b"</text></comment>", self.prefix)

    def _below(self, inside: bytes, note: Note) -> bytes:
        """The sender's text as runs, then ours. Text outside a run would hide the runs that follow."""
        end = inside.rfind(b"</" + self.prefix + b"text>")
        if end < 0:
            raise Unpatchable("comment without text")
        before = inside[:end]
        if RUN.search(before) is None and (plain := WORDS.search(before)):
            name = self.prefix + b"r>"
            before = before[: plain.start()] + b"<" + name + plain[0] + b"</" + name + before[plain.end() :]
        return before + prefixed(_runs(note, "\n"), self.prefix) + inside[end:]

    def is_empty(self) -> bool:
        """Whether no note is left."""
        return COMMENT.search(self.xml) is None


def _runs(note: Note, first: str) -> bytes:
    title, body = escaped(first + note.title()), escaped("\n" + note.body())
    return (
        b"<r><rPr><b/>" + FONT + b'</rPr><t xml:space="preserve">' + title + b"</t></r>"
        b"<r><rPr>" + FONT + b'</rPr><t xml:space="preserve">' + body + b"</t></r>"
    )


def _before(inside: bytes, mark: int) -> bytes:
    """What stands in a comment before our mark, its elements closed again."""
    holder = next((t for t in WORDS.finditer(inside) if t.start() <= mark < t.end()), None)
    end = inside.rfind(b"</")  # of the text element
    if holder is None:
        return inside
    if inside[holder.start(1) : mark].strip():
        closing = inside[holder.end(1) : holder.end()]
        run = re.compile(rb"\s*</" + P + rb"r\s*>").match(inside, holder.end())
        return inside[:mark] + closing + (run[0] if run else b"") + inside[end:]
    runs = [run.start() for run in RUN.finditer(inside, 0, holder.start())]
    return inside[: runs[-1] if runs else holder.start()] + inside[end:]
