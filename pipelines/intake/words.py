"""How two writings of one word are found to be the same."""

import re
import unicodedata
from functools import lru_cache

LIST_SHEET = "Perbaiki dulu"  # the list that a returned workbook carries
PARENTHESES = re.compile(r"\([^()]*\)")
# What stands in parentheses explains a heading, unless it says of whom, of when, or in what: then it is another column.
TELLING = re.compile(
    r"%|persen|tahun|kapita|ribu|juta|000|ayah|ibu|bapak|wali|suami|istri|isteri|kepala|lalu|awal|lama|target|"
    r"\bp\s*/\s*w\b",
    re.IGNORECASE,
)
# How a date is written, and of whom a count is: these never make another column. A month first is no such date.
HARMLESS = re.compile(
    r"\s*((tanggal|tgl|hari|hh|dd)\s*[-/. ]\s*(bulan|bln|bb|mm)\s*[-/. ]\s*(tahun|thn|th|tttt|yyyy)|"
    r"termasuk (kepala keluarga|kk|krt)|jam\s*/\s*minggu|jam (dalam )?seminggu)\s*",
    re.IGNORECASE,
)
# `1=Kawin, 2. Belum`, `1 Islam 2 Kristen`: a number and what it means, as far as the next one.
LEGEND = re.compile(r"(?<!\w)(\d{1,2})\s*[=.:)-]?\s*([^\W\d_][^\d,;|=]*)")
FEWEST_EXPLAINED = 2  # numbers that make a legend
MONTH_FIRST = re.compile(r"\s*(bulan|bln|bb|mm)\s*[-/. ]\s*(tanggal|tgl|hari|hh|dd)\b", re.IGNORECASE)
# Of a number, only its unit explains: `Pengeluaran (makanan)`, `Laki-laki (balita)`, `Penerima PKH (orang)` are others.
UNIT = {
    "orang": "orang|org|jiwa", "keluarga": "kk|keluarga|kpm", "rumah": "rumah|unit|buah|bangunan",
    "rupiah": r"(rp\.?|rupiah)?\s*(/|per)?\s*(bulan|bln|sebulan)( terakhir)?|((dalam|dlm)\s*)?(rp\.?|rupiah)",
    "m2": r"m2|m²|m(eter)?( persegi)?", "desil": "dtsen|dtks",
    "jam": r"jam|(jam\s*)?(per |/ ?|dalam )?(se)?minggu( terakhir| (yang |yg )?lalu)?",
}  # fmt: skip
OF_ANY_NUMBER = (
    r"((di)?isi )?angka|perkiraan|kira-kira|(saat|bulan) ini|sekarang|(sesuai|menurut|dalam|di) kk|art|l\s*\+\s*p|"
    r"lk\s*\+\s*pr|total|semua|seluruhnya|tertinggi yang pernah.*|wajib( diisi)?|\*|\d{1,3}[a-z]?|60\s*\+|"
    r"1\s*(-|s\.?/?d\.?|sampai)\s*(8|10)"
)
SHORT = {  # how headings are shortened; `kel` is not here, which is a family, a sex or a kelurahan
    "anda": "", "bln": "bulan",
    "angg": "anggota", "bhn": "bahan", "dgn": "dengan", "dg": "dengan", "dlm": "dalam", "hub": "hubungan", "hubkel":
    "hubungan keluarga", "jlh": "jumlah", "jml": "jumlah", "jmlh": "jumlah", "jns": "jenis", "klg": "keluarga", "klrg":
    "keluarga", "kwn": "kawin", "lgkp": "lengkap", "lkp": "lengkap", "lhr": "lahir", "nmr": "nomor", "nomer": "nomor",
    "pengel": "pengeluaran", "rmh": "rumah", "smbr": "sumber", "stat": "status", "sts": "status", "stt": "status",
    "stts": "status", "tgl": "tanggal", "tmp": "tempat", "tmpt": "tempat", "tpt": "tempat", "akte": "akta",
}  # fmt: skip
WORD = re.compile(r"[^\W_]+")
# `(4)`, `12.`, and the questions of a questionnaire: `304.`, `R304.`, `P.304a)`, `R304 `
NUMBERING = re.compile(r"^\s*(?:\(?(?:[RPB]\.?\s?)?\d{1,3}[a-z]?\s?[.):]|[RP]\.?\d{2,4}[a-z]?(?=\s))\s*", re.IGNORECASE)
# Marks without a shape, and controls that command a terminal; blanks among them are parted by `split`.
INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Letters and digits only, lower case: `No. KK`, `NO_KK` and `no kk` are one word. `+`, `>` and `%` are kept."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum() or c in "+>%")


def is_list(sheet: str) -> bool:
    """Whether a sheet is by its name the list of a returned workbook, and no data."""
    return plain(sheet) == plain(LIST_SHEET)


@lru_cache(maxsize=50_000)
def readings(heading: str) -> tuple[str, ...]:
    """The ways to read a heading, best first: whole, without its numbering or parentheses, its short forms in full."""
    unnumbered = NUMBERING.sub("", heading)
    return _plain_ways(heading, unnumbered, _explained(heading), _explained(unnumbered))


@lru_cache(maxsize=50_000)
def counted_readings(heading: str, unit: str, names: frozenset[str]) -> frozenset[str]:
    """The ways to read the heading of a number.

    What stands in parentheses is left out only where it is its unit or one more of its `names`: `Laki-laki (L)`.
    """
    harmless = re.compile(rf"\s*({UNIT.get(unit, OF_ANY_NUMBER)}|{OF_ANY_NUMBER})\s*", re.IGNORECASE)
    asides = [aside[1:-1] for aside in PARENTHESES.findall(heading)]
    if all(plain(aside) in names or harmless.fullmatch(aside) or HARMLESS.fullmatch(aside) for aside in asides):
        return frozenset(readings(heading))
    return frozenset(_plain_ways(heading, NUMBERING.sub("", heading)))


def _plain_ways(*ways: str) -> tuple[str, ...]:
    """These ways as plain words, then the same with short forms in full."""
    return tuple(dict.fromkeys(word for way in (*ways, *map(_in_full, ways)) if (word := plain(way))))


def _in_full(heading: str) -> str:
    """The heading with the usual short forms of its words written out: `Sts. Hub. dlm Keluarga`."""
    return WORD.sub(lambda word: SHORT.get(word[0].casefold(), word[0]), heading)


def _explained(heading: str) -> str:
    """The heading without what stands in parentheses, where that only explains it."""
    return PARENTHESES.sub(lambda found: found[0] if _tells(found[0][1:-1]) else "", heading)


def _tells(aside: str) -> bool:
    if HARMLESS.fullmatch(aside) or is_legend(aside):
        return False
    return bool(TELLING.search(aside) or MONTH_FIRST.match(aside))


def is_legend(aside: str) -> bool:
    """Whether what stands in parentheses says what the numbers of a column mean."""
    return len(LEGEND.findall(aside)) >= FEWEST_EXPLAINED


def tidy(text: str) -> str:
    """Text without invisible characters, surrounding blanks or a leading apostrophe; runs of blanks become one."""
    if text.isascii() and text.isalnum():
        return text
    visible = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(visible.split()).removeprefix("'").strip()
