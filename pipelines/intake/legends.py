"""Headings that say themselves what their numbers mean: `Status Perkawinan (1=Kawin, 2=Belum Kawin)`.

Such numbers need not be ours: they are read by the heading alone, and one that it does not explain holds the row.
"""

from functools import lru_cache

from pipelines.intake.parsing import read_code
from pipelines.intake.words import LEGEND, PARENTHESES, is_legend
from schemas.kinds import Code, Kind, Text, YesNo


@lru_cache(maxsize=5_000)
def legend(heading: str, kind: Kind) -> dict[str, str] | None:
    """Their number -> our code, of a column with a list; None where the heading says nothing, or only what we say."""
    if not isinstance(kind, Code | YesNo | Text) or not kind.codes:
        return None
    asides = [aside[1:-1] for aside in PARENTHESES.findall(heading) if is_legend(aside[1:-1])]
    pairs = [(str(int(number)), label.strip(" .,;:/-")) for aside in asides for number, label in LEGEND.findall(aside)]
    found: dict[str, str] = {}
    for number, label in pairs:
        code = read_code(label, kind.codes, number=False)
        if isinstance(code, str):
            found[number] = code
        elif isinstance(kind, Text):
            found[number] = label
    return None if all(found.get(number) == number for number, _ in pairs) else found
