"""The rows that an RT writes down about its people, one mapping of column to value a row."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from random import Random

from pipelines.sample.draws import table
from pipelines.sample.people import ALIVE, Family, Person
from pipelines.sample.places import Rt
from pipelines.sample.work import WORKING_AGE
from schemas import datasets
from schemas.codelists import Entry
from schemas.dataset import rules


@dataclass(frozen=True)
class Raw:
    """What stands in a cell as it is, whatever the column is meant to hold."""

    written: str | int


Value = str | int | float | bool | date | Entry | Raw | None

# Share of cells left empty, that is unknown, in columns that may be. An RT rarely fills in everything.
UNKNOWN: dict[str, dict[str, float]] = table("unknown")
REGISTERS = tuple(UNKNOWN)


@dataclass(slots=True)
class Fault:
    """A planted mistake at a column of a row and the rule that should find it; or what follows from one."""

    column: str | None
    rule: str | None
    what: str
    follows: bool = False

    @property
    def severity(self) -> str | None:
        """As declared with the rule; none for what no rule can see."""
        return rules()[self.rule].severity if self.rule else None


@dataclass(slots=True, eq=False)
class Row:
    """One row of a register before it is written; `person` is empty where no such resident exists."""

    values: dict[str, Value]
    family: Family | None = None
    person: Person | None = None
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """All that one RT reports. `missing` are the people who ought to stand in `penduduk` and do not."""

    rt: Rt
    families: list[Family]
    tables: dict[str, list[Row]]
    missing: list[Fault] = field(default_factory=list)


def report_of(rng: Random, rt: Rt, families: list[Family]) -> Report:
    """The registers of an RT, families together and heads first."""
    tables: dict[str, list[Row]] = {name: [] for name in REGISTERS}
    for family in families:
        welfare = family.welfare
        assert welfare is not None, "every family is asked"
        about = _values(rng, "kesejahteraan", (family, welfare, welfare.dwelling, rt))
        tables["kesejahteraan"].append(Row(about, family, family.head))
        for person in family.members:
            _add_person(rng, tables, rt, family, person)
    return Report(rt, families, tables)


def _add_person(rng: Random, tables: dict[str, list[Row]], rt: Rt, family: Family, person: Person) -> None:
    tables["penduduk"].append(Row(person_values(rng, rt, person), family, person))
    if person.resident and person.schooling:
        tables["pendidikan"].append(Row(_values(rng, "pendidikan", (person, person.schooling, rt)), family, person))
    if person.resident and person.work and person.age >= WORKING_AGE:
        values = _values(rng, "ketenagakerjaan", (person, person.work, rt))
        tables["ketenagakerjaan"].append(Row(values, family, person))


def person_values(rng: Random, rt: Rt, person: Person) -> dict[str, Value]:
    """The cells of one person in the population register; a NIK not yet issued is `0` or empty."""
    values = _values(rng, "penduduk", (person, rt))
    if values["nik"] is None and rng.random() < 0.5:
        values["nik"] = "0"
    return values


def _values(rng: Random, dataset: str, sources: tuple[object, ...]) -> dict[str, Value]:
    named = _sources(dataset, tuple(type(source) for source in sources))
    values: dict[str, Value] = {column: getattr(sources[at], column) for column, at in named}
    for column, share in UNKNOWN[dataset].items():
        if rng.random() < share:
            values[column] = None
    return values


@cache
def _sources(dataset: str, types: tuple[type, ...]) -> tuple[tuple[str, int], ...]:
    """Which of the sources has each column of a dataset: the first with a field of its name."""
    known = [{known.name for known in fields(source)} for source in types]
    return tuple(
        (column, next(at for at, names in enumerate(known) if column in names))
        for column in datasets()[dataset].columns()
    )


def without_unlisted(report: Report, columns: tuple[str, ...]) -> None:
    """Drop from `penduduk` who is dead, gone or away where no column can say so."""
    rows = report.tables["penduduk"]
    if "status_dasar" not in columns:
        rows = [row for row in rows if row.person and row.person.status_dasar is ALIVE]
    if "tinggal" not in columns:
        rows = [row for row in rows if row.person and row.person.tinggal]
    report.tables["penduduk"] = rows


def held(row: Row) -> bool:
    """Whether a planted mistake keeps this row out of the counts."""
    return any(fault.severity == "error" for fault in row.faults)


def residents(report: Report) -> Iterator[Person]:
    """The people of the RT whom the indicators count."""
    for family in report.families:
        yield from family.residents
