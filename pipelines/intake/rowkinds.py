"""What a row of a sheet is when it is no data: column numbers, totals, notes, an address between two blocks."""

import re
from itertools import pairwise

from pipelines.areas import Address
from pipelines.intake.addresses import stated
from pipelines.intake.vocabulary import PARTS
from pipelines.intake.words import PARENTHESES, is_legend, plain

TOTAL = re.compile(r"\s*(sub[\s-]*)?(grand\s*)?(jumlah|total|jml|jlh)\b", re.IGNORECASE)
CLOSING = re.compile(
    r"###|\s*(mengetahui|ketua rt|ketua rw|kepala desa|lurah\b|petugas\b|dibuat oleh|(keterangan|catatan|sumber)\s*:"
    r"|[A-Za-z ]+,\s*\d{1,2}\s+[A-Za-z]+\s+\d{4}\s*$)",
    re.IGNORECASE,
)
OFFICIAL = re.compile(r"\s*(nip|nrp|(no\W*)?(hp|telp|telepon|wa))\b", re.IGNORECASE)  # the number of whoever signs
COLUMN_NUMBER = re.compile(r"\(?-?(\d{1,3})(?:\.0)?([a-z]?)[.)]?", re.IGNORECASE)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
]  # fmt: skip
FEWEST_NUMBERS = 4  # columns that must be numbered beside the first
TALLY = re.compile(r"[\s:=]*[\d.,]{0,10}\s*(orang|org|jiwa|kk|%)?\.?\s*", re.IGNORECASE)
SHARES = frozenset(map(plain, ("Rata-rata", "Persen", "Persentase", "Prosentase", "%")))
PLACE = re.compile(r"\b(RT|RW|DUSUN|LINGKUNGAN)\b", re.IGNORECASE)
PLACE_WORD = re.compile(r"\s*(RT|RW|RUKUN TETANGGA|RUKUN WARGA|DUSUN|LINGKUNGAN)\s*\.?\s*", re.IGNORECASE)
FORM_WORD = re.compile(
    r"\s*(RT|RW|RUKUN|DUSUN|LINGKUNGAN|DESA|KEL|KELURAHAN|KEC|KECAMATAN|KAB|KABUPATEN|KOTA|PROV|PROVINSI|KODE POS|"
    r"BULAN|TAHUN|TRIWULAN|SEMESTER|PERIODE|TANGGAL|KETUA|NAMA KETUA)\b",
    re.IGNORECASE,
)
STREET = re.compile(r"\s*(alamat|jl|jalan|gang|gg)\b", re.IGNORECASE)  # where one person lives is no title
MOST_CELLS = 8  # of a line that states an address
WORDS_OF_A_NOTE = 7


def is_numbering(filled: list[str], right_below: bool = False) -> bool:
    """A row of column numbers below the headings: 1 2 3 4, (1) (2), -1 -2, KOLOM 2 3 4, 1 2 3a 3b, a b c, I II III.

    Right below the headings fewer will do: there a row 1 2 3 4 is no RT 1 of two families.
    """
    rest = [text.strip("() .").casefold() for text in filled[1:]]
    if len(rest) < FEWEST_NUMBERS - (right_below and filled[0].strip("() .") == "1"):
        return False
    if rest in (list(LETTERS[1 : len(rest) + 1]), ROMAN[1 : len(rest) + 1]):
        return True
    found = [COLUMN_NUMBER.fullmatch(text.strip()) for text in filled[1:]]
    numbers = [(int(match[1]), match[2]) for match in found if match]
    if len(numbers) < len(rest) or numbers[0] != (2, ""):
        return False
    # A column that was split has its parts 3a and 3b.
    return all(
        after == (before[0] + 1, after[1] and "a") or (after[0] == before[0] and before[1] and after[1] > before[1])
        for before, after in pairwise(numbers)
    )


def is_legend_row(filled: list[str]) -> bool:
    """A row right below the headings that says what their numbers mean, perhaps with other hints in parentheses."""
    return any(map(is_legend, filled)) and all(
        is_legend(text) or PARENTHESES.fullmatch(text.strip()) for text in filled
    )


def is_tally(filled: list[str]) -> bool:
    """A line below the table that counts it: `Laki-laki  3`, `Perempuan : 4 orang`, `Rata-rata  30,5  50,5`."""
    named, few = plain(filled[0]), 2 <= len(filled) <= 4
    return (named in SHARES or (named in PARTS and few)) and all(map(TALLY.fullmatch, filled[1:]))


def is_note(filled: list[str], closed: bool) -> bool:
    """A signature, a remark, an end mark: few cells, and either a closing word or whole sentences."""
    if (CLOSING.match(filled[0]) or OFFICIAL.match(filled[0])) and len(filled) <= 4:
        return True
    if closed and len(filled) <= 4:
        return True
    return len(filled) == 1 and len(filled[0].split()) >= WORDS_OF_A_NOTE and len(filled[0]) > 40


def is_labelled(filled: list[str]) -> bool:
    """A line of a form, a word and what it says in cells of their own: `RT`, `:`, `002`; or `RT`, `002`."""
    return 2 <= len(filled) <= MOST_CELLS and (
        filled[1].lstrip().startswith(":")
        or filled[0].rstrip().endswith(":")
        or (len(filled) == 2 and bool(PLACE_WORD.fullmatch(filled[0])))
    )


def is_title(filled: list[str]) -> bool:
    """A line above a table: of one cell, or of a form."""
    return len(filled) == 1 or is_labelled(filled)


def is_form_line(filled: list[str]) -> bool:
    """A labelled line that says whose table it is, and nothing of a person: `Kecamatan : Kandangan`."""
    return is_labelled(filled) and bool(FORM_WORD.match(filled[0]))


def labelled(filled: list[str]) -> Address | None:
    """The address that a labelled line states."""
    if not is_labelled(filled) or CLOSING.match(filled[0]) or STREET.match(filled[0]):
        return None
    address = stated(" ".join(filled))
    return address if address.rt or address.rw or address.dusun else None


def title_within(filled: list[str]) -> Address | None:
    """An address line between two blocks of one sheet (`RT : 006  RW : 002`)."""
    if len(filled) > MOST_CELLS or CLOSING.match(filled[0]) or STREET.match(filled[0]) or not PLACE.search(filled[0]):
        return None
    address = stated(" ".join(filled))
    return address if address.rt else None


def section(filled: list[str]) -> Address | None:
    """The RW or dusun that a line of one cell names for the RTs below it."""
    if len(filled) > 1 or CLOSING.match(filled[0]) or STREET.match(filled[0]) or not PLACE.match(filled[0].lstrip()):
        return None
    address = stated(filled[0])
    return address if not address.rt and (address.rw or address.dusun) else None
