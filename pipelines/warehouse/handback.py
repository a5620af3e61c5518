"""Hands each sender's own workbook back, marked: `data/returned/<period>/`, one file for each that has findings."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path, PurePosixPath

import duckdb

from pipelines.diagnosis import is_disk_full
from pipelines.errors import Unreadable
from pipelines.faultlog import record
from pipelines.intake.problems import Problem
from pipelines.periods import Period, parse_period
from pipelines.replacing import InUse, remove_file, write_whole
from pipelines.returned.mark import CHECKED, mark_workbook, returned_names
from pipelines.screen import say
from pipelines.settings import Office
from pipelines.warehouse.identities import NAME, connect_named
from pipelines.warehouse.ledger import Receipt, kept_file
from pipelines.warehouse.mending import folded_receipts, require_kept
from pipelines.warehouse.removed import load_removed
from pipelines.warehouse.rights import load_forgotten
from pipelines.warehouse.standing import make_current

LARGEST_MARKED = 16 * 2**20  # bytes; a larger file is listed in the status only
NOTES = ".tanda.json"  # what each returned file was made from, so that nothing is marked twice
NOT_YET = ""  # in place of that: what lies there is of before
STUCK = (
    "{} berkas di data/returned belum diperbarui, misalnya {}: sedang dibuka program lain seperti Excel, atau nama "
    "folder dan berkasnya terlalu panjang. Tutup atau pendekkan, lalu jalankan lagi: cantik run"
)


@dataclass(frozen=True)
class Marked:
    """One workbook to hand back: its receipt and what is wrong with it now."""

    receipt: Receipt
    problems: tuple[Problem, ...]

    @property
    def made_from(self) -> str:
        """A hash of the bytes and the findings."""
        told = repr([astuple(problem) for problem in self.problems])
        return hashlib.sha256(f"{self.receipt.sha256}{told}".encode()).hexdigest()


def hand_back(office: Office, periods: list[Period]) -> int:
    """Bring the returned workbooks of the periods up to date; returns how many were written anew.

    A workbook whose findings are all mended, or that a newer one replaced, is taken away again. One that Excel holds
    open, or whose place has too long a name, stays as it is and stops nothing: the officer is told how many, and the
    next run tries again.
    """
    written, stuck = 0, list[str]()
    with connect_named(office.places.warehouse) as connection:
        for period in periods:
            targets = returned_paths(office, str(period), _received(connection, period))
            done = _of_period(office, period, _to_mark(connection, period), targets)
            written, stuck = written + done[0], stuck + done[1]
    if stuck:
        say(STUCK.format(len(stuck), stuck[0]))
    return written


def hand_back_all(office: Office, receipts: Iterable[Receipt]) -> int:
    """The same for every period of the receipts."""
    return hand_back(office, [parse_period(period) for period in sorted({r.period for r in receipts})])


def returned_paths(office: Office, period: str, files: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Path]:
    """Where the marked workbook of each inbox file (kelurahan, path) belongs; several kelurahan keep their folders."""
    folders: dict[Path, list[tuple[str, str]]] = {}
    for kelurahan, path in files:
        folder = office.places.returned / period
        if kelurahan != office.kelurahan:
            folder /= kelurahan
        folders.setdefault(folder / PurePosixPath(path).parent, []).append((kelurahan, path))
    found: dict[tuple[str, str], Path] = {}
    for folder, inside in folders.items():
        names = returned_names(PurePosixPath(path).name for _, path in inside)
        found |= {file: folder / names[PurePosixPath(file[1]).name] for file in inside}
    return found


def _received(connection: duckdb.DuckDBPyConnection, period: Period) -> list[tuple[str, str]]:
    """Kelurahan and path of each file of a period, the faultless ones too: they keep their names for themselves."""
    files = (
        f"SELECT DISTINCT kelurahan, path FROM receipts JOIN {NAME}.files USING (receipt) WHERE period = ? ORDER BY ALL"
    )
    return connection.execute(files, [str(period)]).fetchall()


def _of_period(
    office: Office, period: Period, marked: list[Marked], targets: dict[tuple[str, str], Path]
) -> tuple[int, list[str]]:
    """How many workbooks were written, and those that could be neither written nor taken away."""
    folder = office.places.returned / str(period)
    notes = folder / NOTES
    before = _noted(notes)
    now: dict[str, str] = {}
    written, stuck = 0, list[str]()
    redacted, removed = load_forgotten(office.places).redacted, load_removed(office.places)
    # Another RT's workbook under a name used before leaves both current: the newer one, which is later in the list, is
    # handed back, and the older one's problems stand in the status.
    newest = {targets[entry.receipt.kelurahan, entry.receipt.path]: entry for entry in marked}
    for target, entry in newest.items():
        if entry.receipt.sha256 in redacted or entry.receipt.receipt in removed:
            continue  # no workbook is left of it; its problems stand in the status
        name = target.relative_to(folder).as_posix()
        if before.get(name) != entry.made_from or not target.exists():
            content = _marked(office, entry)
            if content is None:
                continue
            if not _write(office, target, content):
                now[name] = NOT_YET
                stuck.append(name)
                continue
            written += 1
        now[name] = entry.made_from
    for name in sorted(before.keys() - now.keys()):
        if not take_away(folder / name):
            now[name] = NOT_YET
            stuck.append(name)
    if now != before:
        notes.parent.mkdir(parents=True, exist_ok=True)
        write_whole(notes, json.dumps(now, ensure_ascii=False, indent=1).encode())
    return written, stuck


def _noted(notes: Path) -> dict[str, str]:
    """What each returned file was made from. Where the notes are damaged, all are made again or taken away."""
    try:
        noted = json.loads(notes.read_text(encoding="utf-8")) if notes.exists() else {}
        if isinstance(noted, dict):
            return noted
    except ValueError:
        pass
    ours = (path.relative_to(notes.parent).as_posix() for path in notes.parent.rglob("*") if CHECKED in path.name)
    return dict.fromkeys(ours, NOT_YET)


def _marked(office: Office, entry: Marked) -> bytes | None:
    """The marked workbook; None where there is no sheet to mark. A fault of ours in marking never stops a run."""
    if entry.receipt.bytes > LARGEST_MARKED:
        return None
    require_kept(office, [entry.receipt])
    try:
        return mark_workbook(kept_file(office.places, entry.receipt).read_bytes(), entry.receipt.path, entry.problems)
    except Unreadable:
        return None  # its sentence stands in the status
    except Exception as fault:  # noqa: BLE001 - the list in the status remains; the details go to the log
        record(office.places, fault)
        return None


def _write(office: Office, path: Path, content: bytes) -> bool:
    """Write a workbook; returns False where this system cannot do it now, or never under this name.

    Raises OSError where the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except InUse:
        return False
    except OSError as fault:
        if is_disk_full(fault):
            raise
        record(office.places, fault)
        return False
    return True


def take_away(path: Path) -> bool:
    """Remove a returned workbook; returns False where a program holds it open."""
    try:
        remove_file(path)
    except InUse:
        return False
    return True


def _to_mark(connection: duckdb.DuckDBPyConnection, period: Period) -> list[Marked]:
    """The current receipts of a period with their current findings, in order."""
    make_current(connection, str(period))
    rows = connection.execute(
        """
        SELECT f.receipt, f.sheet, f.row, f.cell, f.label, f.rule, f.severity, f.value, f.message
        FROM current_findings AS f
        ORDER BY f.receipt, f.sheet, f.row, f.cell, f.rule, f.message
        """
    ).fetchall()
    problems: dict[int, list[Problem]] = {}
    for receipt, *finding in rows:
        problems.setdefault(receipt, []).append(Problem(*finding))
    known = {r.receipt: r for r in folded_receipts(connection, "receipt IN (SELECT receipt FROM current_findings)")}
    return [Marked(known[number], tuple(found)) for number, found in sorted(problems.items())]
