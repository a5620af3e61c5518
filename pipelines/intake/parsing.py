"""Turns the text of one cell into a value of its column's kind, or into the fault that an officer must mend."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.intake.cells import BOOLEAN, DATE, FAULT, FOREIGN, NUMBER, OTHER, shown
from pipelines.intake.monthnames import MONTHS
from pipelines.intake.words import plain, tidy
from schemas import kinds
from schemas.codelists import code_list

BLANK = {"", "-", "--", "–", "—"}
SIXTEEN_DIGITS = re.compile(r"[0-9]{16}")
PUNCTUATION = re.compile(r"[\s.\-–'’`]")
DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.–— ]\s*(\d{1,2}|[A-Za-z]+)\s*[-/.,–— ]\s*(\d{4})", re.ASCII)
# `Kandangan, 07-06-1980`, `Kandangan / 7 Juni 1980`: place and date in one cell. About a date is no date.
BIRTHPLACE = re.compile(
    r"^(?!kira|sekitar|lebih|kurang|perkiraan|tahun|th)[^\W\d_][^\d,]*?[,./;:\s]\s*(?=\d)", re.IGNORECASE
)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)  # digits of other scripts are held
MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
DECIMAL_POINT = re.compile(r"\d+\.\d+")
RUPIAH = re.compile(r"^rp\.?\s*", re.IGNORECASE)
WHOLE_CODE = re.compile(r"0*(\d+?)(?:\.0+)?")  # a sign or a fraction is no code
ALTERNATIVES = re.compile(r"[/()]")
ORDINAL = re.compile(r"\s*\bke[\s-]*\d{1,2}$", re.IGNORECASE)
FIRST_TRUE_SERIAL = dt.date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
LENGTH_OF_A_DATE = len(f"{DATE}2025-09-30")  # a real date cell without a clock
EARLIEST_YEAR = 1850
CHOICES_SHOWN = 12


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be read: the rule it breaks and what its sentence adds."""

    rule: str
    detail: str = ""


@dataclass(frozen=True)
class Cleaned:
    """A value that was read after taking separators out of it: worth a warning."""

    value: str


NONE_AT_ALL = "nihil"  # what an official report says of a count; a dash says that nobody counted
NOT_WHOLE = Fault("ANGKA01", "Tulis angka bulat saja, misalnya 4")
NO_AMOUNT = Fault("ANGKA01", "Tulis angkanya saja, misalnya 1500000")


def is_blank(text: str) -> bool:
    """Whether a cell is empty: nothing, blanks or a dash alone."""
    return text in BLANK or tidy(text) in BLANK


@cache
def reader(kind: kinds.Kind) -> Callable[[str], Any]:
    """The function that reads a cell of this kind: text -> value, None (blank), Cleaned or Fault."""
    if isinstance(kind, kinds.Text):
        return lambda text: read_text(text, kind.codes)
    if isinstance(kind, kinds.Code | kinds.Letter | kinds.YesNo):
        number = not isinstance(kind, kinds.Letter)
        return lambda text: read_code(text, kind.codes, number)
    return {
        kinds.Nik: read_nik,
        kinds.FamilyCard: read_family_card,
        kinds.Date: read_date,
        kinds.Whole: read_whole,
        kinds.Amount: read_amount,
        kinds.Place: lambda text: tidy(shown(text)) or None,
    }[type(kind)]


def _sixteen_digits(text: str, rule: str) -> str | Cleaned | Fault | None:
    if SIXTEEN_DIGITS.fullmatch(text):
        return text
    word = tidy(text[1:] if text.startswith(NUMBER) else text)
    if word in BLANK:
        return None
    if text.startswith(NUMBER):
        digits = word.replace(".", "").replace("e+", "")
        return Fault("ID05") if len(digits) > 15 else Fault(rule, f"hanya {len(word)} angka, seharusnya 16")
    if text.startswith((DATE, BOOLEAN, OTHER)):
        return Fault(rule, "isinya bukan 16 angka")
    bare = PUNCTUATION.sub("", word)
    if re.fullmatch(r"[0-9]+", bare):
        if len(bare) != 16:
            return Fault(rule, f"ada {len(bare)} angka, seharusnya 16")
        return Cleaned(bare) if bare != word else bare
    return Fault(rule, "berisi selain angka")


def read_nik(text: str) -> str | Cleaned | Fault | None:
    """16 digits whose date part is a real date and whose serial is not 0000; `0` is not yet issued."""
    if len(text) < 16 and (word := tidy(text.lstrip(NUMBER))) and not word.strip("0"):
        return None
    found = _sixteen_digits(text, "ID01")
    if found is None or isinstance(found, Fault):
        return found
    digits = found.value if isinstance(found, Cleaned) else found
    if digits.endswith("0000"):
        return Fault("ID01", "empat angka terakhir 0000, biasanya terpotong oleh Excel")
    if not digits.startswith("0") and not _is_birth_part(digits[6:12]):
        return Fault("ID01", "angka ke-7 sampai ke-12 bukan tanggal lahir")
    return found


@cache
def _is_birth_part(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    day -= 40 if day > 40 else 0
    return _is_date(1900 + year, month, day) or _is_date(2000 + year, month, day)


def read_family_card(text: str) -> str | Cleaned | Fault | None:
    """16 digits; day 41 to 71 in the date part betrays a woman's NIK in the wrong column."""
    found = _sixteen_digits(text, "ID04")
    if found is None or isinstance(found, Fault):
        return found
    digits = found.value if isinstance(found, Cleaned) else found
    if 41 <= int(digits[6:8]) <= 71 and 1 <= int(digits[8:10]) <= 12:
        return Fault("ID04", "angkanya seperti NIK, bukan Nomor KK")
    if not digits.strip("0"):
        return Fault("ID04", "isinya nol semua")
    return found


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def read_date(text: str) -> dt.date | Fault | None:
    """A real date cell, or text with the day before the month and a four-digit year, perhaps behind a place."""
    fault = Fault("TGL01")
    if text.startswith(DATE) and len(text) == LENGTH_OF_A_DATE:  # nearly every date; the other ways cost more
        read = dt.date.fromisoformat(text[1:])
        return read if read >= FIRST_TRUE_SERIAL else fault
    if text.startswith((NUMBER, BOOLEAN, OTHER, FAULT, FOREIGN)):
        return fault
    word = MIDNIGHT.sub("", BIRTHPLACE.sub("", tidy(text[1:] if text.startswith(DATE) else text)))
    if word in BLANK:
        return None
    if found := YEAR_FIRST.fullmatch(word):
        year, month, day = map(int, found.groups())
    elif found := DAY_FIRST.fullmatch(word):
        named = found[2].isdigit()
        month = int(found[2]) if named else MONTHS.get(found[2].casefold(), 0)
        day, year = int(found[1]), int(found[3])
    else:
        return fault
    if not _is_date(year, month, day) or year < EARLIEST_YEAR:
        return fault
    read = dt.date(year, month, day)
    return fault if text.startswith(DATE) and read < FIRST_TRUE_SERIAL else read


def _number(text: str) -> str | Fault | None:
    """A number as plain digits with a decimal point, written the Indonesian way or by a machine."""
    if text.startswith(NUMBER):
        return text[1:]
    if text.startswith((DATE, BOOLEAN, OTHER, FAULT)):
        return Fault("ANGKA01")
    word = RUPIAH.sub("", tidy(text)).removesuffix(",-").removesuffix(".-").replace(" ", "")
    if word in BLANK:
        return None
    sign, word = ("-", word[1:]) if word.startswith("-") else ("", word)
    whole, comma, fraction = word.partition(",")
    if comma:
        whole = whole.replace(".", "") if THOUSANDS.fullmatch(whole) else whole
        word = f"{whole}.{fraction}" if whole.isdigit() and fraction.isdigit() else "?"
    elif THOUSANDS.fullmatch(word):
        word = word.replace(".", "")
    if word.isascii() and (word.isdigit() or DECIMAL_POINT.fullmatch(word)):
        return sign + word
    return Fault("ANGKA01")


def read_whole(text: str) -> int | Fault | None:
    """A whole number; `1.234` is one thousand two hundred and thirty-four, `nihil` is none."""
    word = _number(text)
    if isinstance(word, Fault) and text.strip().casefold() == NONE_AT_ALL:
        return 0
    if word is None or isinstance(word, Fault):
        return word and NOT_WHOLE
    try:
        value = float(word)
    except ValueError:
        return NOT_WHOLE
    return int(value) if value.is_integer() and abs(value) < 1e12 else NOT_WHOLE


def read_amount(text: str) -> float | Fault | None:
    """A number with decimals: `Rp 1.500.000,-`, `36,5`, `36.5`."""
    word = _number(text)
    if word is None or isinstance(word, Fault):
        return word and NO_AMOUNT
    try:
        value = float(word)
    except ValueError:
        return NO_AMOUNT
    return value if abs(value) < 1e14 else NO_AMOUNT


def _spelled(text: str) -> str:
    """As `plain`, but a slash parts words: `Diploma I/II` is not `Diploma III`."""
    return "/".join(map(plain, text.split("/")))


@cache
def _codes(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Writing -> code, and code -> label. A writing without its slashes counts only where it means one code."""
    entries = code_list(name)
    exact: dict[str, str] = {}
    loose: dict[str, set[str]] = {}
    for entry in entries:
        for word in (entry.label, *entry.synonyms):
            for written in (word, f"{entry.code} {word}"):
                exact[_spelled(written)] = entry.code
                loose.setdefault(plain(written), set()).add(entry.code)
    exact |= {_spelled(entry.code): entry.code for entry in entries}
    writings = {word: min(codes) for word, codes in loose.items() if len(codes) == 1} | exact
    return writings, {entry.code: entry.label for entry in entries}


def read_code(text: str, codes: str, number: bool = True) -> int | str | Fault | None:
    """A code written as its number, its label, both, or a declared synonym."""
    word = text[1:] if text.startswith((NUMBER, BOOLEAN)) else text
    if text.startswith((DATE, OTHER, FAULT, FOREIGN)):
        return Fault("KODE01", choices(codes))
    if is_blank(word):
        return None
    writings, _ = _codes(codes)
    bare = tidy(word)
    if not any(map(str.isalpha, bare)):
        whole = WHOLE_CODE.fullmatch(bare)
        found = writings.get(whole[1]) if whole else None
    else:
        found = writings.get(_spelled(bare)) or writings.get(plain(bare)) or _agreed(bare, writings)
    if found is None:
        return Fault("KODE01", choices(codes))
    return int(found) if number else found


def _agreed(word: str, writings: dict[str, str]) -> str | None:
    """The code that each part of a writing says: `Laki-laki (L)`, `SLTP/MTs`, `Anak ke-2`. None where they differ."""
    parts = [part for part in ALTERNATIVES.split(ORDINAL.sub("", word)) if part.strip()]
    said = {writings.get(_spelled(part.strip())) for part in parts if not part.strip().isdigit()}
    return said.pop() if len(said) == 1 else None


def choices(codes: str) -> str:
    """The list as an officer reads it, cut where it is long."""
    bare = codes == "ya_tidak"  # its numbers are not what people write
    return _listed([e.label if bare else f"{e.code} {e.label}" for e in code_list(codes)])


def labels(codes: str) -> str:
    """The list by its labels alone: in a foreign sheet our numbers mean something else."""
    return _listed([e.label for e in code_list(codes)])


def _listed(words: list[str]) -> str:
    more = ", dan lainnya" if len(words) > CHOICES_SHOWN else ""
    return ", ".join(words[:CHOICES_SHOWN]) + more


def read_text(text: str, codes: str | None) -> str | Fault | None:
    """Text as written; where the column has a list, a code or synonym of it becomes its label."""
    if text.startswith(FAULT):
        return Fault("TEKS01")
    if codes and text.startswith(FOREIGN):
        return Fault("KODE01", choices(codes))
    word = tidy(shown(text))
    if word in BLANK:
        return None
    if codes:
        writings, names = _codes(codes)
        if found := writings.get(_spelled(word)) or writings.get(plain(word)):
            return names[found]
        if word.isdigit():
            return Fault("KODE01", choices(codes))
    return word
