"""What the profile says, once, for every medium: sections of blocks whose figures keep the cell that they come from."""

import datetime as dt
from dataclasses import dataclass

from pipelines.capitals import capital
from pipelines.publishing.workbook_titles import day


@dataclass(frozen=True)
class Shown:
    """One published cell as a reader sees it; `value` unrounded, None where the public sees no number."""

    text: str
    indicator: str
    breakdown: str
    area: str
    period: str
    status: str
    value: float | None

    @property
    def exact(self) -> str:
        """The value for a machine: with a decimal point, nothing rounded, empty for none."""
        return "" if self.value is None else repr(self.value)

    @property
    def known(self) -> bool:
        """Whether the public sees a number."""
        return self.value is not None


Item = str | Shown
Sentence = tuple[Item, ...]


@dataclass(frozen=True)
class Headline:
    """A large number with its RTs, what lies behind it and what became of it since the period before."""

    title: str
    figure: Shown
    unit: str
    coverage: str
    change: Sentence
    parts: Sentence = ()


@dataclass(frozen=True)
class Table:
    """A table: the first column names its rows, the others hold figures or words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Item, ...], ...]
    wide: bool = False
    kind: str = "table"


@dataclass(frozen=True)
class Chart:
    """A picture of figures with the table that says the same. Without `svg`, `absent` says why there is none."""

    id: str
    title: str
    unit: str
    source: str
    alt: str
    svg: str
    table: Table
    notes: tuple[str, ...] = ()
    absent: str = ""
    kind: str = "chart"


@dataclass(frozen=True)
class Tile:
    """One area of the tile grid. `shade` 1 (fewest) to 5, 0 withheld, -1 not reported."""

    label: str
    title: str
    figure: Shown
    shade: int


@dataclass(frozen=True)
class Tiles:
    """Tiles in named groups, and what each shade means; on a map where there is one, and `alt` says what it shows."""

    title: str
    unit: str
    source: str
    groups: tuple[tuple[str, tuple[Tile, ...]], ...]
    legend: tuple[tuple[int, str], ...]
    notes: tuple[str, ...] = ()
    svg: str = ""
    alt: str = ""
    kind: str = "tiles"

    @property
    def table(self) -> Table:
        """The same as a table."""
        rows = [(tile.title, tile.figure) for _, tiles in self.groups for tile in tiles]
        return Table(self.title, ("Wilayah", capital(self.unit)), tuple(rows))


@dataclass(frozen=True)
class Prose:
    """A list of plain sentences under a heading of its own."""

    title: str
    lines: tuple[Sentence, ...]
    kind: str = "prose"


@dataclass(frozen=True)
class Definition:
    """One indicator in words."""

    name: str
    definition: str
    formula: str
    interpretation: str
    reference: str


@dataclass(frozen=True)
class Definitions:
    """The indicators of one subject in words."""

    title: str
    entries: tuple[Definition, ...]
    kind: str = "definitions"


Block = Chart | Table | Tiles | Prose | Definitions


@dataclass(frozen=True)
class Section:
    """One chapter. `lead` opens it in a sentence or two; `all_figures` lists every indicator of its subjects."""

    id: str
    title: str
    lead: Sentence = ()
    blocks: tuple[Block, ...] = ()
    all_figures: Table | None = None


@dataclass(frozen=True)
class Profile:
    """The whole profile of one release. `facts` are name and value of what the release says of itself."""

    title: str
    period: str
    located: str
    notice: str
    facts: tuple[tuple[str, str], ...]
    headlines: tuple[Headline, ...]
    sections: tuple[Section, ...]
    legend: tuple[tuple[str, str], ...]
    release: str
    date: dt.date

    @property
    def reference_date(self) -> str:
        """`30 September 2025`."""
        return day(self.date)
