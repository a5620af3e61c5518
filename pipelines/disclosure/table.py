"""One period's cells as arrays: a row a place, a column a figure, everything that disclosure control looks at."""

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from pipelines.areas import LEVELS
from pipelines.indicators.catalogue import catalogue

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
POPULATION = ("jumlah_penduduk", "total")


@dataclass(frozen=True)
class Table:
    """`parent` is the row of the place that holds a place, -1 at the top; places of a lower level come first.

    `part` and `rest` are families behind the numerator and behind what is not in it; a count has no rest (NaN).
    """

    areas: list[str]
    depth: npt.NDArray[np.int64]
    parent: npt.NDArray[np.int64]
    figures: list[tuple[str, str]]
    place: dict[tuple[str, str], int]  # of a figure among the columns
    reported: Mask
    rts: Numbers  # how many RTs stand behind the figure
    expected: Numbers  # how many RTs a place has
    empty: Mask  # nothing to divide by
    part: Numbers
    rest: Numbers
    coverage: Numbers
    dominance: Numbers
    population: Numbers
    households: Numbers

    def judged(self) -> npt.NDArray[np.int64]:
        """The depth whose rule each place is judged by: the only RW of a kelurahan (most have none, so `000`) is it."""
        held = self.parent[self.parent >= 0]
        alone = np.bincount(held, minlength=len(self.areas)) == 1
        is_all = (self.depth == LEVELS.index("rw")) & (self.parent >= 0) & alone[self.parent]
        return np.where(is_all, self.depth + 1, self.depth)

    def holds(self, places: Mask) -> Mask:
        """The places that hold one of these, themselves among them."""
        held = places.copy()
        for place, parent in enumerate(self.parent):
            if parent >= 0 and held[place]:
                held[parent] = True
        return held

    def summed(self, values: Numbers) -> Numbers:
        """Values of RTs added up for every place; places of a lower level come first."""
        sums = values.copy()
        for place, parent in enumerate(self.parent):
            if parent >= 0:
                sums[parent] += sums[place]
        return sums

    def tops(self) -> npt.NDArray[np.int64]:
        """For every place the row of the widest place that holds it."""
        top = np.arange(len(self.parent))
        for place in range(len(top) - 1, -1, -1):
            if self.parent[place] >= 0:
                top[place] = top[self.parent[place]]
        return top

    def wider(self, values: Numbers) -> Numbers:
        """For every place the values of the next wider place; at the top its own."""
        above: Numbers = values[np.where(self.parent >= 0, self.parent, np.arange(len(self.parent)))]
        return above

    def columns(self, code: str, breakdowns: tuple[str, ...]) -> list[int]:
        """The columns of an indicator's breakdowns."""
        return [self.place[code, breakdown] for breakdown in breakdowns]


def read_table(warehouse: duckdb.DuckDBPyConnection, period: str) -> Table:
    """The measured cells of a period. They are a row for every place and figure, in the order of publication."""
    figures = [(i.code, b) for i in catalogue().values() for b in i.breakdowns]
    found = warehouse.execute(
        """
        SELECT level, area, indicator, breakdown, areas_reported AS rts, areas_expected, status = 'z' AS empty,
               numerator, households, with_part, with_rest, known / nullif(known + unknown, 0) AS coverage,
               top_two AS dominance
        FROM cells WHERE period = $1 ORDER BY sort
        """,
        [period],
    ).fetchnumpy()
    shape = (-1, len(figures))
    grid = {name: np.asarray(_filled(column)).reshape(shape) for name, column in found.items()}
    assert [(str(c), str(b)) for c, b in zip(grid["indicator"][0], grid["breakdown"][0], strict=True)] == figures
    areas, levels = [str(a) for a in grid["area"][:, 0]], [str(lv) for lv in grid["level"][:, 0]]
    row = {area: n for n, area in enumerate(areas)}
    is_count = np.array([catalogue()[code].denominator is None for code, _ in figures])
    all_people = figures.index(POPULATION)
    numbers = {name: grid[name].astype("float64") for name in ("with_part", "with_rest", "coverage", "dominance")}
    return Table(
        areas=areas,
        depth=np.array([LEVELS.index(level) for level in levels]),
        parent=np.array([row.get(_parent(a, lv), -1) for a, lv in zip(areas, levels, strict=True)]),
        figures=figures,
        place={figure: column for column, figure in enumerate(figures)},
        reported=grid["rts"].astype("int64") > 0,
        rts=grid["rts"].astype("float64"),
        expected=grid["areas_expected"][:, 0].astype("float64"),
        empty=grid["empty"].astype(bool),
        part=np.nan_to_num(numbers["with_part"]),
        rest=np.where(is_count, np.nan, np.nan_to_num(numbers["with_rest"])),
        coverage=numbers["coverage"],
        dominance=np.nan_to_num(numbers["dominance"]),
        population=np.nan_to_num(grid["numerator"][:, all_people].astype("float64")),
        households=np.nan_to_num(grid["households"][:, all_people].astype("float64")),
    )


def _filled(column: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """A column without its mask: NaN where nothing is known."""
    if not isinstance(column, np.ma.MaskedArray):
        return column
    numeric = column.dtype.kind in "iuf"
    return np.ma.filled(column.astype("float64"), np.nan) if numeric else np.ma.filled(column)


def _parent(area: str, level: str) -> str:
    """The code of the next wider area."""
    if level in ("rt", "rw"):
        return area.rsplit("-", 1)[0]
    return area.rsplit(".", 1)[0]
