"""The workbook's look: one blue accent, thin rules, numbers in the reader's own separators."""

from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from pipelines.publishing.workbook_figures import Cell

ACCENT, PALE, PALER, RULE, GREY = "#1B4F8A", "#DCE7F3", "#F1F5FA", "#C5D0DC", "#5A6673"
UNFILLED = "#FFF4CE"  # where the office still has to write
ALARM, ON_ALARM = "#C00000", "#FDE7E9"  # a figure that is not what it is elsewhere
INDONESIAN = "[$-421]"  # LibreOffice then writes 1.234,5 on every computer; Excel follows the reader's settings
FONT, SIZE = "Arial", 9
DEFAULTS = {"font_name": FONT, "font_size": SIZE + 1}

ROWS: dict[str, dict[str, Any]] = {
    "plain": {},
    "subtotal": {"bold": True, "bg_color": PALER},
    "total": {"bold": True, "bg_color": PALE},
    "band": {"bold": True, "bg_color": PALE, "font_color": ACCENT},
    "subband": {"bold": True, "font_color": ACCENT},
    "prose": {"valign": "top"},
}
TEXTS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 13, "font_color": ACCENT},
    "territory": {"bold": True, "font_size": 10, "font_color": ACCENT},
    "subtitle": {"font_color": GREY},
    "note": {"font_size": 8, "font_color": GREY},
    "cover": {"bold": True, "font_size": 22, "font_color": ACCENT},
    "period": {"font_size": 14, "font_color": GREY},
    "rule": {"bottom": 2, "bottom_color": ACCENT},
    "section": {"bold": True, "font_size": 12, "font_color": ACCENT},
    "signed": {"font_size": 10, "align": "center"},
}
HEADING = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": ACCENT,
    "text_wrap": True,
    "border": 1,
    "border_color": "#FFFFFF",
}
LINK = {"font_color": ACCENT, "underline": 1}


class Styles:
    """Formats of one workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[object, ...], Format] = {}

    def text(self, name: str) -> Format:
        """A free-standing text: a title, a note, a rule."""
        return self._format((name,), TEXTS[name])

    def heading(self, numeric: bool, filtered: bool) -> Format:
        """A column heading, aligned as its column; above a filter's button it stands at the top."""
        place = {"align": "right" if numeric else "left", "valign": "top" if filtered else "vcenter"}
        return self._format(("heading", numeric, filtered), HEADING | place)

    def cell(self, row: str, cell: Cell, last: bool = False) -> Format:
        """A table cell by the kind of its row; the table's last row ends with the accent rule."""
        key = (row, cell.shape, cell.decimals, cell.marks, last)
        if key in self._made:
            return self._made[key]
        edge = {"bottom": 1, "bottom_color": ACCENT if last else RULE}
        return self._format(key, edge | ROWS[row] | _shape(cell))

    def _format(self, key: tuple[object, ...], properties: dict[str, Any]) -> Format:
        if key not in self._made:
            base = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"}
            self._made[key] = self._workbook.add_format(base | properties)
        return self._made[key]


def _shape(cell: Cell) -> dict[str, Any]:
    if cell.shape == "number":
        mark = f'" {cell.marks}"' if cell.marks else ""
        places = "." + "0" * cell.decimals if cell.decimals else ""
        return {"num_format": f"{INDONESIAN}#,##0{places}{mark}", "align": "right"}
    if cell.shape == "different":
        return {"bg_color": ON_ALARM, "font_color": ALARM, "bold": True, "align": "right", "text_wrap": True}
    if cell.shape == "flag":
        return {"align": "right", "font_color": GREY, "bold": False}
    if cell.shape == "unfilled":
        return {"bg_color": UNFILLED, "font_color": GREY, "text_wrap": True}
    if cell.shape == "link":
        return LINK | {"text_wrap": True}
    return {"text_wrap": cell.shape in ("text", "indented"), "indent": 1 if cell.shape == "indented" else 0}
