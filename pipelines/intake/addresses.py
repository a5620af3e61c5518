"""Reads RT, RW and dusun as people write them: in a cell, in a title above the table, in a file's name."""

import re
from functools import lru_cache

from pipelines.areas import Address
from pipelines.intake.parsing import BLANK
from pipelines.intake.words import tidy

PAIR = re.compile(r"(?:RT\s*/\s*RW)?[\s.:]*0*(\d{1,3})\s*/\s*0*(\d{1,3})", re.IGNORECASE)
REVERSED_PAIR = re.compile(r"RW\s*/\s*RT[\s.:]*0*(\d{1,3})\s*/\s*0*(\d{1,3})", re.IGNORECASE)
RT = re.compile(r"(?<![A-Za-z])(?:RT|RUKUN TETANGGA)\.?[\s.:_/-]*0*(\d{1,3})(?!\d)", re.IGNORECASE)
RW = re.compile(r"(?<![A-Za-z])(?:RW|RUKUN WARGA)\.?[\s.:_/-]*0*(\d{1,3})(?!\d)", re.IGNORECASE)
NAMED_PAIR = re.compile(r"(?<![A-Za-z])RT\.?(?:\s*/\s*RW)?[\s.:]*0*(\d{1,3})\s*/\s*0*(\d{1,3})(?!\d)", re.IGNORECASE)
DUSUN = re.compile(r"(?<![A-Za-z])(?:DUSUN|DSN\.?|LINGKUNGAN)[\s.:]+([A-Za-z0-9][A-Za-z0-9 '-]*)", re.IGNORECASE)
AFTER_DUSUN = re.compile(
    r"\s+(?:RT|RW|DESA|KEL|KELURAHAN|KEC|KECAMATAN|KAB|KABUPATEN|KOTA|PROVINSI|PERIODE)\b", re.IGNORECASE
)
DUSUN_WORD = re.compile(r"^(?:DUSUN|DSN\.?)[\s.:]+", re.IGNORECASE)
SUFFIX = re.compile(r"\.(xlsx|xlsm|xls|ods|csv)$", re.IGNORECASE)
SEPARATORS = re.compile(r"[\s.,:;/|_-]+")
COUNTED = re.compile(r"(?:JUMLAH|BANYAKNYA|JML|TOTAL)\s+(?:RT|RW)", re.IGNORECASE)


# An RT or RW in Roman numbers, behind its word or in a cell of nothing else; X alone is a gap to be filled in.
ROMAN = "XXX|XX|X?(?:IX|IV|VI{0,3}|I{1,3})|X"
BEHIND = re.compile(
    r"(?<![A-Za-z])((?:R[TW]|RUKUN (?:TETANGGA|WARGA))\.?[\s.:_/-]*)" rf"((?!X+\b)(?:{ROMAN}))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
ALONE = re.compile(rf"(?<![A-Za-z])(?!X+\b)(?:{ROMAN})(?![A-Za-z])")
NUMBERS_ONLY = re.compile(r"[\d\sRTW.:/IVX-]+")
VALUES = {"X": 10, "V": 5, "I": 1}


def _arabic(text: str, *, cell: bool) -> str:
    """The text with its Roman numbers of RT and RW in digits. In a cell without other words they need no word."""
    word = text.upper()
    if not ("I" in word or "V" in word or "X" in word):
        return text
    if cell and NUMBERS_ONLY.fullmatch(word):
        return ALONE.sub(lambda found: _value(found[0]), word)
    return BEHIND.sub(lambda found: found[1] + _value(found[2]), text)


def _value(roman: str) -> str:
    values = [VALUES[letter] for letter in roman.upper()]
    return str(sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)))


@lru_cache(maxsize=20_000)
def read_rt(text: str) -> Address | None:
    """The address in an RT cell (`5`, `RT.005/RW.002`, `005/002`, `RT 019 RW 04 DUSUN X`); None where unreadable."""
    word = _arabic(tidy(text).removesuffix("."), cell=True)
    if word in BLANK:
        return Address()
    if word.isdigit() and word.isascii() and len(word.lstrip("0")) <= 3:
        return Address(rt=word.lstrip("0") or None)
    if pair := PAIR.fullmatch(word):
        return _stated(Address(rt=pair[1], rw=pair[2]))
    address, rest = _labelled(word)
    return _stated(address) if address.rt and not rest else None


@lru_cache(maxsize=20_000)
def read_rw(text: str) -> Address | None:
    """The RW of an RW cell; zeros and a dash mean that there is none. None where unreadable."""
    word = _arabic(tidy(text), cell=True)
    if word in BLANK:
        return Address()
    number = re.fullmatch(r"(?:RW\.?[\s.:]*)?0*(\d{0,3})", word, re.IGNORECASE)
    return Address(rw=number[1] or None) if number else None


@lru_cache(maxsize=20_000)
def read_dusun(text: str) -> Address | None:
    """The dusun of a dusun cell. None where it holds no letter or digit."""
    word = DUSUN_WORD.sub("", tidy(text)).strip()
    if word in BLANK or word == "0":
        return Address()
    return Address(dusun=word) if any(c.isalnum() for c in word) else None


READ = {"rt": read_rt, "rw": read_rw, "dusun": read_dusun}


def _labelled(text: str) -> tuple[Address, str]:
    """The labelled parts of a text, and what is left of it."""
    if pair := REVERSED_PAIR.search(text):
        return Address(rt=pair[2], rw=pair[1]), ""
    rt = rw = dusun = None
    if pair := NAMED_PAIR.search(text):
        rt, rw = pair[1], pair[2]
        text = _without(text, *pair.span())
    if found := DUSUN.search(text):
        named = AFTER_DUSUN.split(found[1])[0]
        dusun = DUSUN_WORD.sub("", named).strip(" .'-") or None
        text = _without(text, found.start(), found.start(1) + len(named))
    if not rt and (found := RT.search(text)):
        rt, text = found[1], _without(text, *found.span())
    if not rw and (found := RW.search(text)):
        rw, text = found[1], _without(text, *found.span())
    return Address(rt, rw.lstrip("0") or None if rw else None, dusun), SEPARATORS.sub("", text)


def _stated(address: Address) -> Address:
    """The address without an RT or RW 0, 00 or 000: these mean that there is none."""
    return Address((address.rt or "").lstrip("0") or None, (address.rw or "").lstrip("0") or None, address.dusun)


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"


def stated(text: str) -> Address:
    """What a title line or a file's path states of an address, labelled parts only (`RT : 005  RW : 002`)."""
    if COUNTED.search(text):
        return Address()
    return _stated(_labelled(_arabic(tidy(SUFFIX.sub("", text)), cell=False))[0])
