"""Reads with openpyxl the few workbooks that calamine refuses for one newer error value (#SPILL!, #CALC!)."""

import io

from pipelines.errors import Unreadable
from pipelines.intake.cells import FAULT, OTHER, as_text
from pipelines.intake.refusals import DAMAGED
from pipelines.intake.texts import TOO_BIG, SheetText

MOST_CELLS = 2_000_000  # openpyxl makes an object of each


def read_openpyxl(content: bytes, faults: dict[str, dict[str, str]], names: list[str]) -> list[SheetText]:
    """The worksheets with their cached values.

    Raises Unreadable where a sheet is far larger than a village, or where openpyxl leaves out one of `names`.
    """
    import openpyxl

    workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    if [sheet.title for sheet in workbook.worksheets] != names:
        raise Unreadable(DAMAGED)
    sheets = []
    for sheet in workbook.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise Unreadable(TOO_BIG)
        cells = (
            [FAULT + str(c.value) if c.data_type == "e" else "" if c.value is None else _text(c.value) for c in column]
            for column in sheet.iter_cols()
        )
        merged = [((r.min_row - 1, r.min_col - 1), (r.max_row - 1, r.max_col - 1)) for r in sheet.merged_cells.ranges]
        hidden = sheet.sheet_state != "visible"
        text = SheetText(sheet.title, hidden, merged, {} if hidden else faults.get(sheet.title, {}))
        sheets.append(text.take(list(cells)))
    return sheets


def _text(value: object) -> str:
    # openpyxl gives array formulas and the like as objects of its own.
    return as_text(value) if type(value).__module__ in ("builtins", "datetime") else f"{OTHER}{type(value).__name__}"
