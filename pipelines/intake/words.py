"""How two writings of one word are found to be the same."""

import re
import unicodedata
from functools import lru_cache

LIST_SHEET = "Perbaiki dulu"  # the list that a returned workbook carries
PARENTHESES = re.compile(r"\([^()]*\)")
# What stands in parentheses explains a heading, unless it says of whom, of when, or in what: then it is another column.
TELLING = re.compile(
    r"%|persen|tahun|kapita|ribu|juta|000|ayah|ibu|bapak|wali|suami|istri|isteri|kepala|lalu|awal|lama|target",
    re.IGNORECASE,
)
SHORT = {  # how headings are shortened; `kel` is not here, which is a family, a sex or a kelurahan
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
    ways = [heading, unnumbered, _explained(heading), _explained(unnumbered)]
    ways += [_in_full(way) for way in ways]
    return tuple(dict.fromkeys(word for way in ways if (word := plain(way))))


def _in_full(heading: str) -> str:
    """The heading with the usual short forms of its words written out: `Sts. Hub. dlm Keluarga`."""
    return WORD.sub(lambda word: SHORT.get(word[0].casefold(), word[0]), heading)


def _explained(heading: str) -> str:
    """The heading without what stands in parentheses, where that only explains it."""
    return PARENTHESES.sub(lambda found: found[0] if TELLING.search(found[0]) else "", heading)


def tidy(text: str) -> str:
    """Text without invisible characters, surrounding blanks or a leading apostrophe; runs of blanks become one."""
    if text.isascii() and text.isalnum():
        return text
    visible = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(visible.split()).removeprefix("'").strip()
