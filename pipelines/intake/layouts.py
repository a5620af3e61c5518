"""Foreign layouts: whose headings and codes a sheet speaks. They are declared in TOML, read by `layoutfile`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.intake.words import readings

OWN_MARKS = 2  # so many headings at least must betray a layout


@dataclass(frozen=True)
class Block:
    """A form whose family stands in lines above its members. Places are (column, rows below the first line)."""

    start: re.Pattern[str]  # what the first line of a family says
    column: int  # and in which column
    blank: int | None  # a column that is empty in that line
    no_kk: tuple[int, int]
    address: tuple[tuple[int, int], ...]
    number: int  # the column that numbers the members; a line without a number there is none
    label: re.Pattern[str] | None = None  # how the family's further lines begin, where not all have as many

    @property
    def lines(self) -> int:
        """How many lines a family has at most."""
        return 1 + max(below for _, below in (self.no_kk, *self.address))


@dataclass(frozen=True, eq=False)
class Layout:
    """One foreign system: the headings that betray it, its headings as our columns, its codes as ours."""

    name: str
    marks: tuple[tuple[str, frozenset[str]], ...]  # vintage and the plain headings that betray it
    columns: dict[str, str]  # plain heading -> our column; "" means a heading that we must not read as ours
    codes: dict[str, dict[str, str]]  # our column -> their code or label -> our code; "" means unknown
    feeds: frozenset[str] | None = None  # the datasets it may feed, where not whatever its headings fit
    once: frozenset[str] = frozenset()  # datasets whose values are repeated on every member's row
    partial: frozenset[str] = frozenset()  # datasets that only some of the rows answer
    repeated: frozenset[str] = frozenset()  # columns whose heading comes again further right
    totals: re.Pattern[str] | None = None  # how a row of totals begins, beside JUMLAH and TOTAL
    block: Block | None = None
    note: str = ""  # why nothing is read of it


@dataclass(frozen=True)
class Recognised:
    """A layout and its vintage."""

    layout: Layout
    vintage: str

    @property
    def name(self) -> str:
        """As the officer reads it."""
        return f"{self.layout.name} ({self.vintage})" if self.vintage else self.layout.name


@dataclass(frozen=True, eq=False)
class Layouts:
    """The layouts that a run knows. Compared by identity, so that readings of headings can be remembered with it."""

    known: tuple[Layout, ...]
    by_name: dict[str, Layout] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {layout.name: layout for layout in self.known})

    @cached_property
    def words(self) -> frozenset[str]:
        """Every heading that a layout declares. A bare number is left out: it stands in data far more often."""
        words = {word for layout in self.known for word in layout.columns}
        words |= {word for layout in self.known for _, marks in layout.marks for word in marks}
        return frozenset(word for word in words if not word.isdigit())

    @cached_property
    def _by_demand(self) -> tuple[tuple[frozenset[str], Recognised], ...]:
        """The most demanding marks first; of two alike the layout that was declared later, an office's own."""
        known = reversed(self.known)
        found = [(marks, Recognised(layout, vintage)) for layout in known for vintage, marks in layout.marks]
        return tuple(sorted(found, key=lambda entry: -len(entry[0])))

    def recognise(self, headings: Iterable[str]) -> Recognised | None:
        """The layout whose marks all stand among the headings of a sheet, if any."""
        present = {word for heading in headings for word in readings(heading)}
        return next((found for marks, found in self._by_demand if marks <= present), None)
