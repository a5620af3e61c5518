"""How one value is written into a cell: labels, numbers or short forms, dates in four manners."""

from datetime import date

from pipelines.sample.quarters import in_words
from pipelines.sample.rows import Raw, Value
from pipelines.sample.styles import Style
from schemas.codelists import Entry, code_list
from schemas.dataset import Column
from schemas.kinds import Letter, Place, Text, YesNo

Cell = str | int | float | date | None
YES, NO = (next(known for known in code_list(YesNo.codes) if known.code == code) for code in ("1", "0"))
# Lists that the field abbreviates; the short form is the first declared synonym (L, P, KK, BK, K).
ABBREVIATED = frozenset({"jenis_kelamin", "hubungan_keluarga", "status_perkawinan"})


def written(value: Value, column: Column, style: Style) -> Cell:
    """The cell for a value of a column in a style; nothing for what is unknown."""
    if isinstance(value, str):
        if style.bare and isinstance(column.kind, Place):
            return value.lstrip("0")
        return value.upper() if style.capitals and isinstance(column.kind, Text) else value
    if isinstance(value, bool):
        return _code(YES if value else NO, column, style)
    if isinstance(value, Entry):
        return _code(value, column, style)
    if isinstance(value, date):
        return _day(value, style)
    return value.written if isinstance(value, Raw) else value


def _code(code: Entry, column: Column, style: Style) -> Cell:
    if isinstance(column.kind, Letter):
        return code.code
    if style.codes == "number" and not isinstance(column.kind, Text):
        return int(code.code)
    short = style.codes == "short" and getattr(column.kind, "codes", None) in ABBREVIATED and code.synonyms
    text = code.synonyms[0] if short else code.label
    return text.upper() if style.capitals else text


def _day(day: date, style: Style) -> Cell:
    if style.dates == "words":
        return in_words(day)
    if style.dates == "cell":
        return day
    return f"{day:%d/%m/%Y}" if style.dates == "slashes" else f"{day:%d-%m-%Y}"
