"""The look of the workbooks: large enough to read, quiet, and only what is to be filled in is white."""

from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from schemas.kinds import Amount, Date, Kind, Whole

ACCENT, PALE, TINT, RULE, GREY, MISSING = "#1B4F8A", "#DCE7F3", "#F4F7FB", "#BCC8D4", "#5A6673", "#FFF2CC"
BASE = {"font_name": "Arial", "font_size": 11, "valign": "vcenter"}
OPEN, TEXT, DATE, THOUSANDS = {"locked": False}, "@", "dd-mm-yyyy", "#,##0"
HEADING = {"bold": True, "text_wrap": True, "align": "center", "border": 1}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": ACCENT},
    "place": {"bold": True, "font_size": 13},
    "note": {"font_color": GREY},
    "rule": {"bottom": 2, "bottom_color": ACCENT},
    "section": {"bold": True, "font_size": 13, "font_color": ACCENT},
    "plain": {},
    "prose": {"text_wrap": True, "valign": "top"},
    "number": {"bold": True, "font_color": ACCENT, "valign": "top", "align": "center"},
    "required": HEADING | {"bg_color": ACCENT, "font_color": "#FFFFFF", "border_color": "#FFFFFF"},
    "optional": HEADING | {"bg_color": PALE, "font_color": ACCENT, "border_color": "#FFFFFF"},
    "band": {"bold": True, "bg_color": PALE, "font_color": ACCENT},
    "code": {"align": "right", "font_color": GREY, "bottom": 1, "bottom_color": RULE, "indent": 1},
    "choice": {"bottom": 1, "bottom_color": RULE},
    "count": {"num_format": THOUSANDS, "border": 1, "border_color": RULE, "bg_color": TINT},
    "count_open": OPEN | {"num_format": THOUSANDS, "border": 1, "border_color": ACCENT},
    "sum": {"num_format": THOUSANDS, "border": 1, "border_color": RULE, "bg_color": PALE, "bold": True},
    "beyond": OPEN,
}


class Looks:
    """Formats of one workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str], Format] = {}

    def named(self, name: str) -> Format:
        """One of the free-standing looks."""
        return self._format(("look", name), LOOKS[name])

    def cell(self, kind: Kind, ruled: bool = True) -> Format:
        """A cell to fill in; `ruled` ones are the prepared rows, the others all that lies below."""
        rules = {"border": 1, "border_color": RULE} if ruled else {}
        return self._format((number_format(kind), str(ruled)), OPEN | rules | _shape(kind))

    def missing(self) -> Format:
        """A required cell left empty in a row that was begun."""
        return self._format(("condition", "missing"), {"bg_color": MISSING}, {})

    def fraction(self) -> Format:
        """An amount that is not whole, shown with its decimals."""
        return self._format(("condition", "fraction"), {"num_format": "#,##0.0#"}, {})

    def _format(self, key: tuple[str, str], properties: dict[str, Any], base: dict[str, Any] | None = None) -> Format:
        if key not in self._made:
            self._made[key] = self._workbook.add_format((BASE if base is None else base) | properties)
        return self._made[key]


def number_format(kind: Kind) -> str:
    """Numbers and dates as such; all else is text, so that no NIK loses its last digits."""
    if isinstance(kind, Date):
        return DATE
    if isinstance(kind, Whole):
        return "0"
    return THOUSANDS if isinstance(kind, Amount) else TEXT


def _shape(kind: Kind) -> dict[str, Any]:
    if isinstance(kind, Date | Whole):
        return {"num_format": number_format(kind), "align": "center"}
    side = "right" if isinstance(kind, Amount) else "left"
    return {"num_format": number_format(kind), "align": side, "indent": 1}
