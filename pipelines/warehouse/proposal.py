"""A correction before it is made: tried on the kept workbooks in which the person stands, judged as any cell is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.errors import OfficerError, Unreadable
from pipelines.intake.addresses import stated
from pipelines.intake.columns import staged_column
from pipelines.intake.layoutfile import load_layouts
from pipelines.intake.parsing import Fault
from pipelines.intake.problems import ERROR, Problem, problem
from pipelines.intake.reader import Readers
from pipelines.intake.staged import Batch, Source
from pipelines.intake.staging import stage
from pipelines.intake.validation import validate
from pipelines.intake.workbook import Book
from pipelines.periods import parse_period
from pipelines.settings import Office
from pipelines.warehouse.corrected import ended
from pipelines.warehouse.correcting import (
    APPLIED,
    CONTRADICTED,
    CORRECTED,
    Journal,
    Noted,
    alike,
    canonical,
    correct,
    file_value,
)
from pipelines.warehouse.corrections import Content, Correction, load_corrections
from pipelines.warehouse.identities import NAME, connect_named
from pipelines.warehouse.ledger import Receipt, read_ledger
from pipelines.warehouse.mending import require_kept
from pipelines.warehouse.redaction import kept_books
from pipelines.warehouse.rights import load_forgotten
from schemas import datasets
from schemas.dataset import Dataset
from schemas.kinds import Place

UNKNOWN = "Nomor itu tidak ada dalam data yang sekarang dipakai, diterima atau tertahan. Periksa angka dan periodenya."
NO_COLUMN = "Berkas yang memuat nomor itu tidak punya kolom {label}. Minta RT mengirim berkas dengan kolom itu."
ALREADY = "Isi itu sudah yang dipakai, tidak ada yang perlu dikoreksi."


@dataclass(frozen=True)
class Asked:
    """What an officer asks for; without `period` wherever the wrong value stands."""

    number: str
    column: str
    value: str
    period: str
    reason: str
    day: str
    account: str


@dataclass(frozen=True)
class Proposal:
    """Corrections that can be made: one a dataset; how many rows of which periods, and what to look at again."""

    made: list[Correction]
    rows: int
    periods: list[str]
    warnings: list[str]


def correctable(dataset: type[Dataset]) -> list[str]:
    """The columns that can be corrected where a row is found by a number: neither that number nor the place."""
    identity = dataset.about().identity
    columns = dataset.columns()
    if not columns[identity].kind.pseudonym:
        return []
    return [name for name, spec in columns.items() if name != identity and not isinstance(spec.kind, Place)]


def propose(office: Office, asked: Asked) -> Proposal:
    """Try a correction. Raises OfficerError, in one sentence, for a person, column or value that is refused."""
    names = [name for name, dataset in datasets().items() if asked.column in correctable(dataset)]
    receipts, over = _standing(office, names, asked)
    if not receipts:
        raise OfficerError(UNKNOWN)
    require_kept(office, receipts)
    with Readers() as readers:
        books = list(kept_books(office.places, receipts, readers, load_forgotten(office.places)))
    journal = Journal(load_corrections(office.places), over)
    before, _ = _tried(office, receipts, books, journal)
    wanted = {name: _value(name, asked) for name in names}
    made = _made(office, asked, before, wanted, len(journal.corrections))
    if not made:
        raise OfficerError(_why_none(asked, before, names))
    now = Journal([*journal.corrections, *made], over)
    after, noted = _tried(office, receipts, books, now)
    return _judged(made, before, after, noted)


def _standing(
    office: Office, names: Sequence[str], asked: Asked
) -> tuple[list[Receipt], dict[int, set[tuple[int, str]]]]:
    """The current receipts in which the number stands, accepted or held."""
    if not office.places.warehouse.exists():
        return [], {}
    found: set[int] = set()
    with connect_named(office.places.warehouse) as connection:
        for name in names:
            rows = connection.execute(
                f"""
                SELECT DISTINCT s.receipt FROM slices AS s WHERE s.closed_by IS NULL AND s.dataset = $name
                  AND ($period = '' OR s.period = $period) AND (
                    EXISTS (SELECT 1 FROM {NAME}.{name} AS i
                            WHERE i.receipt = s.receipt AND i."{datasets()[name].about().identity}" = $number)
                    OR EXISTS (SELECT 1 FROM {NAME}.held AS h WHERE h.receipt = s.receipt AND h.dataset = s.dataset
                               AND contains(regexp_replace(h.cells, '[ .-]', '', 'g'), $number)))
                """,
                {"name": name, "number": asked.number, "period": asked.period},
            ).fetchall()
            found |= {row[0] for row in rows}
        over = ended(connection)
    return [r for r in read_ledger(office.places) if r.receipt in found], over


def _tried(
    office: Office, receipts: list[Receipt], books: list[Book | Unreadable], journal: Journal
) -> tuple[Batch, list[Noted]]:
    """The receipts staged and corrected by a journal."""
    sources = [Source(r.receipt, r.kelurahan, parse_period(r.period), stated(r.path)) for r in receipts]
    staged = stage(zip(sources, books, strict=True), office.register, load_layouts(office.places.layouts))
    trial = Journal(journal.corrections, {number: set(ends) for number, ends in journal.ended.items()})
    return staged, correct(staged, {r.receipt: r.period for r in receipts}, trial)


def _value(name: str, asked: Asked) -> str:
    """The asked value as a cell of the column says it. Raises OfficerError with the sentence that a cell would get."""
    spec = datasets()[name].columns()[asked.column]
    typed, faulty = staged_column(spec, [asked.value], np.zeros(1, dtype=np.intp))
    fault = faulty.get(asked.value)
    if isinstance(fault, Fault):
        raise OfficerError(problem(fault.rule, label=spec.label, value=asked.value, detail=fault.detail).message)
    return canonical(spec.kind, typed[0])


def _made(office: Office, asked: Asked, batch: Batch, wanted: dict[str, str], known: int) -> list[Correction]:
    """One correction for each dataset in which the newest row of the person says something else."""
    made: list[Correction] = []
    after = max(r.receipt for r in read_ledger(office.places))
    for name, new in wanted.items():
        rows = _rows(batch, name, asked)
        if not rows:
            continue
        old = file_value(batch, name, rows[-1], asked.column)
        if not alike(old, new):
            content = Content(asked.number, old, new, asked.reason)
            number = known + len(made) + 1
            made.append(Correction(number, asked.day, asked.account, after, name, asked.column, asked.period, content))
    return made


def _rows(batch: Batch, name: str, asked: Asked) -> list[int]:
    """Where the person stands in a staged frame, on sheets that have the column; the newest period comes last."""
    frame = batch.frames[name]
    mine = np.flatnonzero((frame[datasets()[name].about().identity] == asked.number).fillna(False)).tolist()
    sheets = {(s.dataset, f.number, s.number): s for f in batch.files.values() for s in f.sheets}
    mine = [
        at
        for at in mine
        if asked.column in sheets[name, int(frame["file"].iloc[at]), int(frame["sheet"].iloc[at])].columns
    ]
    return sorted(mine, key=lambda at: (frame["reference_date"].iloc[at], at))


def _why_none(asked: Asked, batch: Batch, names: Sequence[str]) -> str:
    if any(_rows(batch, name, asked) for name in names):
        return ALREADY
    return NO_COLUMN.format(label=datasets()[names[0]].columns()[asked.column].label)


def _judged(made: list[Correction], before: Batch, after: Batch, noted: Sequence[Noted]) -> Proposal:
    """What the rules say of the corrected rows that they did not say before."""
    numbers = {entry.number for entry in made}
    rows = {
        (n.receipt, n.sheet, n.row, n.dataset): n for n in noted if n.correction in numbers and n.outcome == APPLIED
    }
    said = [_said(batch, set(rows)) for batch in (before, after)]
    new = [found for found in said[1] if found not in said[0] and found.rule not in (CORRECTED, CONTRADICTED)]
    errors = [found.message for found in new if found.severity == ERROR]
    if errors:
        raise OfficerError(f"Isi itu ditolak: {errors[0]}")
    periods = sorted({n.period for n in rows.values()})
    return Proposal(made, len(rows), periods, list(dict.fromkeys(found.message for found in new)))


def _said(batch: Batch, rows: set[tuple[int, int, int, str]]) -> list[Problem]:
    """The problems of some rows once pandera has judged the batch."""
    validate(batch)
    return [
        entry
        for receipt, problems in batch.problems.items()
        for sheet, dataset, entry in problems
        if (receipt, sheet, entry.row, dataset) in rows
    ]
