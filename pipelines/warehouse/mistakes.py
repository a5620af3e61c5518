"""What people get wrong: findings counted by rule, for each RT and for the whole office, beside the period before.

Counted is what was wrong in the workbooks as they came, also where it has been mended since, so that the counts of two
periods can be compared and an RT that has mended its workbook still hears what to look out for. A mistake that a
re-sent workbook repeats counts once: of the workbooks of one RT and dataset the one with most of it counts. Rules
across workbooks look at what is current only, so of theirs the mended ones are not known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from pipelines.intake.problems import ERROR
from pipelines.warehouse.identities import NAME
from schemas.dataset import rules


@dataclass(frozen=True)
class Found:
    """How often one receipt breaks one rule in one column. `sender` is the RT, or the file that names none."""

    sender: str
    area: str | None
    dataset: str
    rule: str
    label: str
    many: int


@dataclass(frozen=True)
class Mistake:
    """How often the same advice was needed, in how many RTs, for which column most often, and how often before."""

    rule: str
    column: str
    count: int
    areas: int
    previous: int | None = None

    @property
    def severity(self) -> str:
        """As the rule declares it."""
        return rules()[self.rule].severity

    @property
    def advice(self) -> str:
        """What an officer passes on."""
        return _advice(self.rule, self.column)


def found_in(connection: duckdb.DuckDBPyConnection, period: str) -> list[Found]:
    """All findings of a period, counted. What a workbook of one RT has wrong as a whole is that RT's."""
    rows = connection.execute(
        f"""
        WITH only_rt AS (
            SELECT receipt, min(area) AS area FROM slices WHERE period = $period
            GROUP BY receipt HAVING count(DISTINCT area) = 1
        ), by_receipt AS (
            SELECT coalesce(f.area, o.area) AS area, r.kelurahan, n.path, coalesce(f.dataset, '') AS dataset, f.rule,
                   f.label, f.receipt, count(*) AS many
            FROM {NAME}.findings AS f JOIN receipts AS r USING (receipt) JOIN {NAME}.files AS n USING (receipt)
            LEFT JOIN only_rt AS o USING (receipt)
            WHERE f.period = $period GROUP BY ALL
        )
        SELECT coalesce(area, concat(kelurahan, '/', path)) AS sender, area, dataset, rule, label, max(many)
        FROM by_receipt GROUP BY ALL ORDER BY ALL
        """,
        {"period": period},
    ).fetchall()
    return [Found(*row) for row in rows]


def period_before(connection: duckdb.DuckDBPyConnection, period: str) -> str | None:
    """The newest earlier period that anything was received for."""
    [(before,)] = connection.execute("SELECT max(period) FROM receipts WHERE period < $1", [period]).fetchall()
    return None if before is None else str(before)


def most_frequent(found: Iterable[Found]) -> dict[str, Mistake]:
    """Of each RT what it most often gets wrong: of what holds rows, where there is nothing of that, of the rest."""
    by_area: dict[str, list[Found]] = {}
    for entry in found:
        if entry.area is not None:
            by_area.setdefault(entry.area, []).append(entry)
    return {area: mistakes(entries)[0] for area, entries in sorted(by_area.items())}


def mistakes(found: Iterable[Found], before: Iterable[Found] | None = None) -> list[Mistake]:
    """All mistakes, those that hold rows first, the most frequent first. `before` None: nothing to compare with.

    A rule is one mistake, or one for each column where its advice names the column.
    """
    now, past = _by_advice(found), _by_advice(before or ())
    listed = [
        Mistake(
            rule,
            _column(now[rule, advice] or past[rule, advice]),
            sum(entry.many for entry in now[rule, advice]),
            len({entry.area for entry in now[rule, advice]} - {None}),
            None if before is None else sum(entry.many for entry in past[rule, advice]),
        )
        for rule, advice in now.keys() | past.keys()
    ]
    return sorted(listed, key=lambda m: (m.severity != ERROR, -m.count, m.rule, m.column))


def _by_advice(found: Iterable[Found]) -> defaultdict[tuple[str, str], list[Found]]:
    by_advice: defaultdict[tuple[str, str], list[Found]] = defaultdict(list)
    for entry in found:
        by_advice[entry.rule, _advice(entry.rule, entry.label)].append(entry)
    return by_advice


def _advice(rule: str, label: str) -> str:
    return rules()[rule].advice.format(label=label)


def _column(found: Iterable[Found]) -> str:
    """The column that most of them are in."""
    count: Counter[str] = Counter()
    for entry in found:
        count[entry.label] += entry.many
    return min(count, key=lambda label: (-count[label], label))
