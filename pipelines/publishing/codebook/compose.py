"""The catalogue as a whole: foreword, how to read it, what is not shown, the subjects, concepts and terms."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from pipelines.areas import LEVELS
from pipelines.capitals import capital
from pipelines.disclosure.policy import CLASSES as ORDER
from pipelines.disclosure.policy import policy
from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.codebook.entries import Described, described
from pipelines.publishing.codebook.texts import COVERAGE, DIFFERENCES, FOREWORD, LABELS, RULES
from pipelines.publishing.numbers import number
from pipelines.publishing.protection import CLASSES, condition, span
from pipelines.publishing.workbook_definitions import RECOMPUTED
from pipelines.publishing.workbook_notes import FLAGS
from pipelines.publishing.workbook_publication import Entry, Publication
from pipelines.publishing.workbook_reading import by_subject
from pipelines.publishing.workbook_remarks import READING
from pipelines.publishing.workbook_titles import day, level_name, period_title, subject_title
from schemas import datasets

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Subject:
    """One chapter of indicators."""

    title: str
    entries: tuple[Described, ...]


@dataclass(frozen=True)
class Codebook:
    """All that is printed. `protection` has a row a class: its name, then what the public sees at each level."""

    where: str
    located: str
    period: str
    date: dt.date
    reference_date: str
    foreword: str
    labels: Pairs
    reading: Pairs
    levels: tuple[str, ...]
    protection: tuple[tuple[str, ...], ...]
    rules: tuple[str, ...]
    flags: Pairs
    differences: Pairs
    subjects: tuple[Subject, ...]
    concepts: Pairs
    breakdowns: Pairs
    terms: Pairs
    recomputed: str


def compose(entries: list[Entry], publication: Publication, line: Decimal | None) -> Codebook:
    """The catalogue of these entries, for the place and period of a publication."""
    where, date = publication.where, publication.period.reference_date
    spans = _spans()
    return Codebook(
        where=where,
        located=", ".join(area.title for area in publication.around if area not in publication.upper),
        period=period_title(publication),
        date=date,
        reference_date=day(date),
        foreword=FOREWORD.format(where=where),
        labels=LABELS,
        reading=tuple(READING.items()),
        levels=tuple(span(list(map(level_name, levels)), levels == spans[-1]) for levels in spans),
        protection=tuple(
            (f"{name} {CLASSES[name]}", *(capital(condition(policy().rule(name, levels[0]))) for levels in spans))
            for name in ORDER
        ),
        rules=(*RULES, _coverage()),
        flags=tuple((sign, meaning) for sign, meaning in FLAGS.items() if sign != "ok"),
        differences=DIFFERENCES,
        subjects=tuple(_subjects(entries, line)),
        concepts=_concepts(entries),
        breakdowns=_breakdowns(entries),
        terms=_terms(),
        recomputed=RECOMPUTED,
    )


def _subjects(entries: list[Entry], line: Decimal | None) -> Iterable[Subject]:
    for chapter, (subject, listed) in enumerate(by_subject(entries).items(), start=1):
        numbered = enumerate(listed, start=1)
        yield Subject(subject_title(subject), tuple(described(e, f"{chapter}.{n}", subject, line) for n, e in numbered))


def _coverage() -> str:
    least, flagged = (f"{number(100 * share)} persen" for share in (policy().coverage_least, policy().coverage_flagged))
    return COVERAGE.format(least=least, flagged=flagged)


def _concepts(entries: list[Entry]) -> Pairs:
    """Each concept with the indicators that measure it."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(entry.concept, []).append(entry.name)
    return tuple((concept, "; ".join(names)) for concept, names in sorted(found.items()))


def _spans() -> list[list[str]]:
    """The levels, those together of which the policy says the same of every class."""
    return [list(levels) for _, levels in groupby(LEVELS, key=lambda level: [policy().rule(c, level) for c in ORDER])]


def _breakdowns(entries: list[Entry]) -> Pairs:
    """The classes of each dimension that an indicator is split by."""
    split = [dimension for entry in entries for dimension in catalogue()[entry.code].dimensions]
    found = {one.label: ", ".join(one.codes.values()) for one in split if one.like is None}
    return tuple(found.items())


def _terms() -> Pairs:
    """What the columns of the registers mean; those of the count sheets say it of their numbers again."""
    found = {
        column.means.concept: column.means.definition
        for dataset in datasets().values()
        if dataset.about().grain != "rt"
        for column in dataset.columns().values()
        if column.means is not None
    }
    return tuple(sorted(found.items()))
