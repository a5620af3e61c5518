"""What people get wrong: findings counted by rule, for each RT and for the whole office, beside the period before.

Counted is what was wrong in the workbooks as they came, also where it has been mended since, so that the counts of two
periods can be compared and an RT that has mended its workbook still hears what to look out for. A mistake that a
re-sent workbook repeats counts once: of the workbooks of one RT and dataset the one with most of it counts. Rules
across workbooks look at what is current only, so of theirs the mended ones are not known.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from schemas.dataset import rules

ERROR = "error"


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
    """How often a rule was broken, in how many RTs, in which column most often, and how often the period before."""

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
        return rules()[self.rule].advice.format(label=self.column)


def found_in(connection: duckdb.DuckDBPyConnection, period: str) -> list[Found]:
    """All findings of a period, counted. What a workbook of one RT has wrong as a whole is that RT's."""
    rows = connection.execute(
        """
        WITH only_rt AS (
            SELECT receipt, min(area) AS area FROM slices WHERE period = $period
            GROUP BY receipt HAVING count(DISTINCT area) = 1
        ), by_receipt AS (
            SELECT coalesce(f.area, o.area) AS area, r.kelurahan, r.path, coalesce(f.dataset, '') AS dataset, f.rule,
                   f.label, f.receipt, count(*) AS many
            FROM findings AS f JOIN receipts AS r USING (receipt) LEFT JOIN only_rt AS o USING (receipt)
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
    """Every rule that was broken, what holds rows first, the most frequent first. `before` None: nothing to compare."""
    found = list(found)
    past = [] if before is None else list(before)
    count, earlier = _counts(found), None if before is None else _counts(past)
    column = _columns(past) | _columns(found)
    areas = Counter(rule for rule, _ in {(e.rule, e.area) for e in found if e.area is not None})
    codes = count.keys() | (earlier or {}).keys()
    listed = [
        Mistake(rule, column.get(rule, ""), count[rule], areas[rule], None if earlier is None else earlier[rule])
        for rule in codes
    ]
    return sorted(listed, key=lambda m: (m.severity != ERROR, -m.count, m.rule))


def _counts(found: Iterable[Found]) -> Counter[str]:
    count: Counter[str] = Counter()
    for entry in found:
        count[entry.rule] += entry.many
    return count


def _columns(found: Iterable[Found]) -> dict[str, str]:
    """The column in which each rule is most often broken."""
    count: Counter[tuple[str, str]] = Counter()
    for entry in found:
        count[entry.rule, entry.label] += entry.many
    return {rule: label for (rule, label), _ in sorted(count.items(), key=lambda c: (c[1], c[0]))}
