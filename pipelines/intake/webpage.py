"""Reads the web pages that village programs hand out as `.xls`: tables of HTML, which Excel opens with a warning.

Opening one in Excel and saving it again costs the last digit of every NIK, so it is read as it is, all cells as text.
"""

import re
from html.parser import HTMLParser

from pipelines.errors import Unreadable
from pipelines.intake.texts import TOO_BIG, SheetText

SHEET = "Halaman"
MOST_COLUMNS, MOST_CELLS = 300, 1_000_000
FEWEST_ROWS = 2  # headings and somebody
UNREAD = {"script", "style", "title", "xml"}
LINES = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "center", "caption", "label"}
CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]+)""", re.IGNORECASE)
BLANKS = re.compile(r"[\s\xa0]+")


def read_web_page(content: bytes) -> SheetText | None:
    """The tables of a page one below another, lines outside them as rows of one cell.

    None where it has no table, or one within another. Raises Unreadable where it is far larger than a village.
    """
    page = _Page()
    page.feed(_decoded(content))
    page.close()
    page.end_line()
    if page.nested or page.table_rows < FEWEST_ROWS:
        return None
    width = max(map(len, page.rows))
    columns = zip(*(row + [""] * (width - len(row)) for row in page.rows), strict=True)
    return SheetText(SHEET, merged=page.merged).fill(columns)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    declared = CHARSET.search(content[:2000])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        name = declared[1].decode("ascii").lower() if declared else ""
        return content.decode("latin-1" if name == "iso-8859-1" else "cp1252", "replace")


class _Page(HTMLParser):
    """Collects rows of cells. A cell that spans others is written once, at its first row and column."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self.table_rows = 0
        self.nested = False
        self._text: list[str] = []
        self._tables = self._unread = 0
        self._span: tuple[int, int] | None = None  # rows and columns of the open cell
        self._row: dict[int, str] | None = None
        self._below: dict[int, int] = {}  # column -> rows that a cell above still reaches
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self._unread += 1
        elif tag == "body":
            self._unread = 0
        elif tag == "table":
            self.end_line()
            self.nested = self.nested or self._tables > 0
            self._tables += 1
            self._below = {}
        elif tag == "tr":
            self._end_row()
            self._row = {}
        elif tag in ("td", "th"):
            self._end_cell()
            self._row = {} if self._row is None else self._row
            said = dict(attrs)
            self._span = (_spanned(said.get("rowspan")), _spanned(said.get("colspan")))
            self._text = []
        elif tag == "br":
            self._text.append("\n")
        elif tag in LINES and self._span is None:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_row()
            self._tables = max(0, self._tables - 1)
        elif tag in LINES and self._span is None:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._unread and (self._span or not self._tables):
            self._text.append(data)

    def end_line(self) -> None:
        """Take a line outside the tables as a row of one cell."""
        line, self._text = BLANKS.sub(" ", "".join(self._text)).strip(), []
        if line:
            self.rows.append([line])

    def _end_cell(self) -> None:
        if self._span is None or self._row is None:
            return
        (rows, columns), self._span = self._span, None
        place = 0
        while place in self._row or self._below.get(place, 0) > 0:
            place += 1
        self._cells += columns
        if place + columns > MOST_COLUMNS or self._cells > MOST_CELLS:
            raise Unreadable(TOO_BIG)
        self._row |= {place + further: "" for further in range(columns)}
        self._row[place] = BLANKS.sub(" ", "".join(self._text)).strip()
        self._text = []
        if rows > 1 or columns > 1:
            top = len(self.rows)
            self.merged.append(((top, place), (top + rows - 1, place + columns - 1)))
        for further in range(place, place + columns):
            self._below[further] = rows  # of this row and those below it

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        row, self._row = self._row, None
        width = max((*row, *(place for place, left in self._below.items() if left > 0)), default=-1) + 1
        self.rows.append([row.get(place, "") for place in range(width)])
        self.table_rows += bool(row)
        self._below = {place: left - 1 for place, left in self._below.items() if left > 1}
        if len(self.rows) > MOST_CELLS:
            raise Unreadable(TOO_BIG)


def _spanned(stated: str | None) -> int:
    """How many rows or columns a cell takes; one where that is no sensible number."""
    return int(stated) if stated and stated.isascii() and stated.isdigit() and 0 < int(stated) <= MOST_COLUMNS else 1
