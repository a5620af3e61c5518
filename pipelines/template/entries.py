"""What a column lets in, and how its stored values are written: the officer types what intake reads back."""

import datetime as dt
from decimal import Decimal
from typing import Any

from pipelines.template.choices import choices_of
from schemas.dataset import Column
from schemas.kinds import Amount, Code, Date, FamilyCard, Kind, Letter, Nik, Text, Whole, YesNo

FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel's calendar is a day off
EARLIEST = dt.date(1906, 1, 1)  # a year typed alone, 1990, would be a day of 1905
NOT_ISSUED = "0"
WIDTHS: dict[type[Kind], int] = {Nik: 19, FamilyCard: 19, Date: 13, Amount: 15, Text: 20}
WIDEST, WIDE_NAME, ROOM = 40, 28, 3


def rule_of(spec: Column, cell: str, last_day: dt.date) -> dict[str, Any] | None:
    """The validation of a column for xlsxwriter; `cell` is its first cell, which formulas speak of."""
    kind, label = spec.kind, spec.label
    if choices := choices_of(kind):
        source = list(choices.offered.values()) if choices.inline else f"={choices.defined_name}"
        told = _told(label, "Pilih dari daftar: klik panah kecil di kanan sel.")
        return {"validate": "list", "source": source} | (told if choices.closed else {"show_error": False})
    if isinstance(kind, Nik | FamilyCard):
        formula = f"AND(ISTEXT({cell}),LEN({cell})=16)"
        if isinstance(kind, FamilyCard):
            return {"validate": "custom", "value": f"={formula}"} | _told(label, "Tulis 16 angka tanpa spasi.")
        told = _told(label, "Tulis 16 angka tanpa spasi, atau 0 bila belum terbit.")
        return {"validate": "custom", "value": f'=OR({formula},{cell}="0",{cell}=0)'} | told
    if isinstance(kind, Date):
        sentence = f"Tulis hari-bulan-tahun, misalnya 31-12-1990, paling akhir {last_day:%d-%m-%Y}."
        return {"validate": "custom", "value": _day_or_text(cell, last_day)} | _told(label, sentence)
    if isinstance(kind, Whole | Amount):
        return _number_rule(kind, label)
    return None


def _day_or_text(cell: str, last_day: dt.date) -> str:
    """A rule for dates alone would refuse 31-12-1990 on a computer set to American dates, where it stays text."""
    first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (EARLIEST, last_day))
    return f"=OR(AND(ISNUMBER({cell}),{cell}>={first},{cell}<={last}),AND(ISTEXT({cell}),LEN({cell})>=8))"


def _number_rule(kind: Whole | Amount, label: str) -> dict[str, Any]:
    name = "integer" if isinstance(kind, Whole) else "decimal"
    most = kind.at_most if isinstance(kind, Whole) else None
    if most is None:
        sentence = f"Tulis angkanya saja, paling sedikit {kind.at_least}."
        return {"validate": name, "criteria": ">=", "value": kind.at_least} | _told(label, sentence)
    limits = {"validate": name, "criteria": "between", "minimum": kind.at_least, "maximum": most}
    return limits | _told(label, f"Tulis angka {kind.at_least} sampai {most}.")


def _told(label: str, sentence: str) -> dict[str, str]:
    return {"error_title": label[:32], "error_message": sentence}


def written(kind: Kind, value: object) -> str | int | float | dt.date | None:
    """A stored value as its cell holds it: labels for codes, real dates, numbers as numbers, digits as text."""
    if value is None:
        return NOT_ISSUED if isinstance(kind, Nik) else None
    if isinstance(kind, Code | Letter | YesNo):
        choices = choices_of(kind)
        code = str(int(value)) if isinstance(value, bool) else str(value)
        return choices.offered[code] if choices else code
    if isinstance(value, dt.date):
        return value if value >= FIRST_DAY else f"{value:%d-%m-%Y}"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, int | float) else str(value)


def width(spec: Column) -> int:
    """Wide enough for what is usually written, and for the heading's longest word."""
    choices = choices_of(spec.kind)
    longest = max(map(len, choices.offered.values())) if choices else 0
    usual = WIDE_NAME if isinstance(spec.kind, Text) and spec.required else WIDTHS.get(type(spec.kind), 0)
    word = max(len(part) for part in spec.label.split())
    return min(WIDEST, max(usual, max(word, longest) + ROOM))
