"""One sheet as an RT lays it out: titles, headings in one or two lines, rows, total, signature."""

from dataclasses import dataclass, field
from datetime import timedelta
from zlib import crc32

from pipelines.sample.people import HEAD
from pipelines.sample.places import Kelurahan, Rt
from pipelines.sample.quarters import Quarter, in_words
from pipelines.sample.rows import Fault, Row
from pipelines.sample.styles import GROUPS, Style, columns_of, heading, joined_heading
from pipelines.sample.wording import Cell, written
from schemas.dataset import Dataset

ADDITIVE = ("jumlah_anggota", "pengeluaran_bulanan")  # columns of a register that a total row adds up
HIDDEN_EVERY = 90


@dataclass(slots=True)
class Grid:
    """A sheet's cells by row, and what is special about some. `faults` are placed at a row and a column."""

    name: str
    dataset: str | None = None
    cells: list[list[Cell]] = field(default_factory=list)
    titles: int = 0
    headings: range = range(0)
    body: range = range(0)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    faults: list[tuple[Fault, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden: bool = False
    rows: int = 0


def lay_out(
    dataset: type[Dataset],
    rows: list[Row],
    style: Style,
    place: Rt | Kelurahan,
    quarter: Quarter,
    signer: tuple[str, str],
) -> Grid:
    """The sheet of one dataset for a place; `signer` is office and name."""
    about = dataset.about()
    grid = Grid(about.title.upper() if style.capitals else about.title, about.name, rows=len(rows))
    columns = columns_of(about.name, style)
    _titles(grid, dataset, style, place, quarter)
    _headings(grid, dataset, columns, style)
    first = len(grid.cells)
    _rows(grid, dataset, columns, rows, style)
    if style.total:
        _total(grid, dataset, columns, len(rows))
    grid.body = range(first, len(grid.cells))
    if style.hidden_rows:
        grid.hidden_rows = list(range(first + 20, first + len(rows), HIDDEN_EVERY))
    if style.signed:
        _signature(grid, place, quarter, signer)
    return grid


def _titles(grid: Grid, dataset: type[Dataset], style: Style, place: Rt | Kelurahan, quarter: Quarter) -> None:
    if not style.titled:
        return
    lines = [f"DATA {dataset.about().title.upper()}", _kelurahan(place).title.upper(), quarter.title]
    if style.place == "title" and isinstance(place, Rt):
        lines.append(f"RT : {place.rt}   RW : {place.rw}")
    for line in [*lines, None]:
        grid.cells.append([line] if line else [])
    grid.titles = len(lines)


def _kelurahan(place: Rt | Kelurahan) -> Kelurahan:
    return place.kelurahan if isinstance(place, Rt) else place


def _headings(grid: Grid, dataset: type[Dataset], columns: tuple[str, ...], style: Style) -> None:
    declared = dataset.columns()
    names = [heading(declared[name], style) for name in columns]
    if style.place == "joined":
        names[columns.index("rt")] = joined_heading(declared["rt"])
    before: list[Cell] = ["No"] if style.numbered else []
    line: list[Cell] = [*before, *names, *style.extra]
    top = len(grid.cells)
    if not style.two_lines:
        grid.cells.append(line)
        grid.headings = range(top, top + 1)
        return
    upper = list(line)
    lower: list[Cell] = [None] * len(line)
    grouped: set[int] = set()
    for title, members in GROUPS.items():
        at = [columns.index(member) + len(before) for member in members if member in columns]
        if len(at) == len(members):
            lower[at[0] : at[-1] + 1] = line[at[0] : at[-1] + 1]
            upper[at[0] : at[-1] + 1] = [title, *[None] * (len(at) - 1)]
            grid.merges.append((top, at[0], top, at[-1]))
            grouped.update(at)
    grid.merges += [(top, at, top + 1, at) for at in range(len(line)) if at not in grouped]
    grid.cells += [upper, lower]
    grid.headings = range(top, top + 2)


def _rows(grid: Grid, dataset: type[Dataset], columns: tuple[str, ...], rows: list[Row], style: Style) -> None:
    declared = dataset.columns()
    specs = [(name, declared[name]) for name in columns]
    gaps = style.gaps and dataset.about().grain == "penduduk"
    shift = 1 if style.numbered else 0
    for number, row in enumerate(rows, 1):
        if gaps and number > 1 and row.family is not rows[number - 2].family:
            grid.cells.append([])
        cells: list[Cell] = [number] if style.numbered else []
        values = row.values
        if style.place == "joined":
            values = values | {"rt": f"RT.{values['rt']}/RW.{values['rw']}"}
        cells += [written(values[name], spec, style) for name, spec in specs]
        cells += [_extra(name, row) for name in style.extra]
        for fault in row.faults:
            at = columns.index(fault.column) if fault.column else 0
            grid.faults.append((fault, len(grid.cells), at + shift))
        grid.cells.append(cells)


def _extra(name: str, row: Row) -> Cell:
    """A cell of an undeclared column, the same for equal rows; the telephone numbers cannot exist."""
    chance = crc32(f"{name}{row.values.get('nik') or row.values.get('no_kk')}".encode())
    if not name.startswith("No"):
        return "pindahan" if chance % 25 == 0 else None
    if row.values.get("hubungan_keluarga", HEAD) is not HEAD or chance % 5 > 1:
        return None
    return f"0800-{chance % 10_000:04}-{chance // 7 % 1_000:03}"


def _total(grid: Grid, dataset: type[Dataset], columns: tuple[str, ...], count: int) -> None:
    about = dataset.about()
    start = grid.headings[-1] + 1
    total: list[Cell] = ["JUMLAH"] + [None] * len(columns)
    for at, name in enumerate(columns, 1):
        numbers = [cells[at] for cells in grid.cells[start:] if cells and isinstance(cells[at], int)]
        if (about.register and numbers) or name in ADDITIVE:
            total[at] = sum(number for number in numbers if isinstance(number, int))
    if about.grain == "penduduk":
        total[columns.index("nama") + 1] = f"{count} ORANG"
    grid.cells.append(total)


def _signature(grid: Grid, place: Rt | Kelurahan, quarter: Quarter, signer: tuple[str, str]) -> None:
    right = max(0, len(grid.cells[grid.headings[0]]) - 4)
    office, name = signer
    day = in_words(quarter.last + timedelta(days=5))
    lines = ["", "", f"{_kelurahan(place).name}, {day}", "Mengetahui,", office, "", "", name]
    grid.cells += [[*[None] * right, line] if line else [] for line in lines]
