"""Where mistakes are planted: the registers of one RT, every person taken at most once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from pipelines.sample.people import HEAD
from pipelines.sample.quarters import Quarter
from pipelines.sample.rows import Fault, Report, Row, Value, held
from pipelines.sample.styles import Style, columns_of
from pipelines.sample.village import Office

Suits = Callable[[Row], bool]
UNMATCHED = "WARGA01"
RESIDENT, FAMILY = "penduduk", "kesejahteraan"


def anyone(_: Row) -> bool:
    """Every row suits."""
    return True


def resident(row: Row) -> bool:
    """A resident with a NIK."""
    return bool(row.person and row.person.resident and row.person.nik and row.values["nik"])


def member(row: Row) -> bool:
    """A resident with a NIK who is not the head of the family."""
    return resident(row) and row.values["hubungan_keluarga"] is not HEAD


@dataclass
class Site:
    """One RT to spoil. `office` numbers people who do not exist; `before` are rows of the RT before."""

    rng: Random
    report: Report
    style: Style
    office: Office
    before: list[Row]
    rule: str | None = None  # of the mistake being planted
    what: str = ""
    _taken: set[int] = field(default_factory=set)

    @property
    def quarter(self) -> Quarter:
        """The quarter reported on."""
        return self.office.quarter

    def has(self, dataset: str, column: str) -> bool:
        """Whether the style writes this column."""
        return column in columns_of(dataset, self.style)

    def untouched(self, dataset: str, suits: Suits) -> list[Row]:
        """The rows that suit, about people no mistake was made about yet."""
        rows = self.report.tables[dataset]
        return [row for row in rows if row.person and id(row.person) not in self._taken and suits(row)]

    def pick(self, dataset: str, column: str, suits: Suits) -> Row | None:
        """One of the untouched rows; none when no row suits or the style does not write the column."""
        if not self.has(dataset, column):
            return None
        rows = self.untouched(dataset, suits)
        if not rows:
            return None
        row = self.rng.choice(rows)
        self._taken.add(id(row.person))
        return row

    def spoil(self, row: Row, column: str, value: Value, detail: str = "") -> None:
        """Write a wrong value into a row, and note it."""
        row.values[column] = value
        row.faults.append(self.fault(column, detail))

    def fault(self, column: str | None, detail: str = "") -> Fault:
        """The mistake being planted, at a column."""
        return Fault(column, self.rule, f"{self.what}: {detail}" if detail else self.what)

    def add_row(self, row: Row) -> None:
        """Put a row of `penduduk` behind the other rows of its family, or at the end where it has none."""
        rows = self.report.tables[RESIDENT]
        last = max((at for at, other in enumerate(rows) if other.family is row.family), default=len(rows) - 1)
        rows.insert(last + 1, row)

    def note_consequences(self) -> None:
        """Rows about a held resident wait; so do the welfare rows of families that have nobody else."""
        tables = self.report.tables
        out = {id(row.person) for row in tables[RESIDENT] if row.person and held(row)}
        for dataset in ("pendidikan", "ketenagakerjaan"):
            for row in tables[dataset]:
                if id(row.person) in out:
                    row.faults.append(Fault("nik", UNMATCHED, "penduduknya ditahan", follows=True))
        for row in tables[FAMILY]:
            if row.family and row.person and all(id(person) in out for person in row.family.residents):
                row.faults.append(Fault("no_kk", UNMATCHED, "semua anggotanya ditahan", follows=True))
