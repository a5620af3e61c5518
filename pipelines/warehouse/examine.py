"""Judges one file alone, as `cantik run` would, without loading it: the same fold into a warehouse in memory."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.areas import Register
from pipelines.errors import OfficerError
from pipelines.intake.addresses import stated
from pipelines.intake.layouts import Layouts
from pipelines.intake.offers import Offer, is_telling, offers
from pipelines.intake.problems import Problem
from pipelines.intake.staged import Source
from pipelines.intake.staging import stage
from pipelines.intake.validation import validate
from pipelines.intake.workbook import Book
from pipelines.periods import Period
from pipelines.warehouse.correcting import Journal, correct
from pipelines.warehouse.identities import NAME
from pipelines.warehouse.ledger import Receipt
from pipelines.warehouse.load import fold, verdict_of
from pipelines.warehouse.pseudonyms import passing_key
from pipelines.warehouse.reconcile import reconcile
from pipelines.warehouse.store import connect
from schemas import datasets


@dataclass
class Examined:
    """One file's verdict: `sheets` holds sheet, dataset, rows, accepted, held."""

    file: str
    verdict: str
    reason: str | None
    sheets: list[dict[str, object]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)  # sheet, heading that no dataset knows
    offers: list[Offer] = field(default_factory=list)  # what the headings of each sheet seem to mean
    corrections: int = 0  # cells that corrections of the office speak of


def examine(
    file: Path,
    book: Book | OfficerError,
    kelurahan: str,
    register: Register,
    period: Period,
    place: str,
    layouts: Layouts | None = None,
    number: int = 1,
    journal: Journal | None = None,
) -> Examined:
    """Judge one file that was read. `place` is the text that may state its RT: its name, or its path in the inbox.

    `number` is that of its receipt, by which the office's corrections know what is newer than they are.
    """
    if isinstance(book, OfficerError):
        return Examined(str(file), verdict_of(str(book), 0, False), str(book))
    batch = stage([(Source(number, kelurahan, period, stated(place)), book)], register, layouts)
    corrected = correct(batch, {number: str(period)}, journal or Journal())
    verdicts = validate(batch)
    name = file.name.encode(errors="replace").decode()  # the warehouse stores no broken letters
    receipt = Receipt(number, 1, str(period), kelurahan, name, "", 0, dt.datetime.now().isoformat())
    with connect(None) as connection:
        fold(connection, {number: receipt}, batch, verdicts, passing_key(), corrected)
        reconcile(connection, period, None, alone=True)
        sheets = connection.execute(
            f"""
            SELECT s.sheet, n.name, s.dataset, s.rows, s.accepted, s.held
            FROM sheets AS s JOIN {NAME}.sheet_names AS n USING (receipt, sheet, dataset) ORDER BY s.sheet, s.dataset
            """
        ).fetchall()
        aside = {
            (sheet, dataset): count for dataset, sheet, count in connection.execute(_set_aside_counts()).fetchall()
        }
        findings = connection.execute(
            f"SELECT sheet, row, cell, label, rule, severity, value, message FROM {NAME}.findings ORDER BY rowid"
        ).fetchall()
    judged = verdicts.files[number]
    held, rows = 0, list[dict[str, object]]()
    for at, sheet, dataset, read, accepted, at_once in sheets:
        later = aside.get((at, dataset), 0)
        counts = {"rows": read, "accepted": accepted - later, "held": at_once + later}
        rows.append({"sheet": sheet, "dataset": dataset, **counts})
        held += at_once + later
    refused = any(p.rule == "FILE02" for _, p in judged.problems)
    unknown = dict.fromkeys((c.sheet, heading) for c in judged.counts for heading in c.unknown if is_telling(heading))
    return Examined(
        str(file),
        verdict_of(judged.rejected, held, refused),
        judged.rejected,
        rows,
        _once(Problem(*finding) for finding in findings),
        list(unknown),
        offers(batch.files[number], book.sheets),
        len(corrected),
    )


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """What a title or a line above a family says wrongly holds every row below it, and is told once.

    So is what is wrong with one row for several datasets: it is the same to whoever mends it.
    """
    first: dict[tuple[str, str | int, str, str], Problem] = {}
    for found in problems:
        first.setdefault((found.sheet, found.cell or found.row, found.rule, found.message), found)
    return list(first.values())


def _set_aside_counts() -> str:
    return " UNION ALL ".join(
        f"SELECT '{name}', sheet, count(*) FROM {name} WHERE set_aside IS NOT NULL GROUP BY sheet"
        for name in datasets()
    )
