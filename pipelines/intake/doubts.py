"""Answers that another answer of their column puts in doubt: alone they are certain, beside it they are not."""

import re
from collections.abc import Collection

from schemas.kinds import Code, Date, Kind

# Month first, as computers set to English write: 5/25/1990. Beside it 5/12/1990 may be May or December.
NUMBERS = re.compile(r"\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*\d{4}\b.*", re.ASCII)
FEWEST = 2  # dates with the month first that are no slip of one hand
WOMAN, EITHER = "w", "p"  # P is a woman beside L, and a man beside W
MONTH_FIRST = (
    "Sebagian tanggal di kolom {} ditulis dengan bulan di depan (seperti 12/31/1990), jadi tanggal lain di kolom itu "
    "tidak dapat dipastikan. Tulis semuanya hari-bulan-tahun, misalnya 31-12-1990."
)
PRIA = "Kolom {} berisi P dan W: P mungkin pria, mungkin perempuan. Tulis L atau P, atau Laki-laki dan Perempuan."


def doubtful(kind: Kind, texts: Collection[str]) -> tuple[frozenset[str], str]:
    """The texts of a column that cannot be taken as they stand, and why, with {} for the column's label."""
    if isinstance(kind, Date):
        return _by_month(texts)
    if isinstance(kind, Code) and kind.codes == "jenis_kelamin":
        return _by_sex(texts)
    return frozenset(), ""


def _by_month(texts: Collection[str]) -> tuple[frozenset[str], str]:
    """Dates that may be either, where several have the month first and none the day for certain."""
    read = {text: (int(found[1]), int(found[2])) for text in texts if (found := NUMBERS.match(text))}
    month_first = sum(one <= 12 < other <= 31 for one, other in read.values())
    if month_first < FEWEST or any(other <= 12 < one for one, other in read.values()):
        return frozenset(), ""
    return frozenset(text for text, (one, other) in read.items() if one != other and max(one, other) <= 12), MONTH_FIRST


def _by_sex(texts: Collection[str]) -> tuple[frozenset[str], str]:
    words = {text: text.strip().casefold() for text in texts}
    doubted = frozenset(text for text, word in words.items() if word == EITHER)
    return (doubted, PRIA) if WOMAN in words.values() else (frozenset(), "")
