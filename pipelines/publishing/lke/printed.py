"""Reads the profile's PDF as a reader of PDF gives it: the rows of its tables, a name with its unit and figures."""

from collections.abc import Iterator
from pathlib import Path

from pipelines.indicators.catalogue import BREAKDOWNS, catalogue
from pipelines.publishing.lke.media import Reading, Variable, Wanted
from pipelines.publishing.lke.opened import printed_text
from pipelines.publishing.lke.texts import printed_number
from pipelines.publishing.profile.blocks import POVERTY, REGISTERED
from pipelines.publishing.profile.words import LEGEND
from pipelines.publishing.workbook_figures import NOT_OFFICIAL

WORDS = tuple(word for word, _ in LEGEND if " " in word or word.isalpha())  # in place of a number


def profile(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """Every row of the profile's tables of all figures. They are of the area that is compared, which it is made for."""
    text = printed_text(path)
    for code, entry in catalogue().items():
        name = entry.name + (REGISTERED if code in POVERTY else "")
        marked = f"{name} {NOT_OFFICIAL}" if entry.official else name
        _, there, rest = text.partition(f" {marked} {entry.unit} ")
        for breakdown in (BREAKDOWNS if entry.by_sex else BREAKDOWNS[:1]) if there else ():
            said = next((word for word in WORDS if rest.startswith(word)), rest.partition(" ")[0])
            rest = rest[len(said) :].lstrip()
            yield Variable(code, breakdown), printed_number(said)
