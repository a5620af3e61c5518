"""What moved a figure between two periods, in parts that add up exactly: RTs, then people or families, by cause."""

from dataclasses import dataclass

import duckdb

from pipelines.explaining.asked import Asked
from pipelines.explaining.snapshots import snapshots
from pipelines.explaining.trace import Trace
from pipelines.settings import Office

Totals = dict[str, tuple[int, int]]  # RT -> numerator, denominator


@dataclass(frozen=True)
class Move:
    """One cause: how many RTs, people or families it concerns, and what it adds to each part. `rts` for RTs."""

    kind: str
    units: int
    numerator: int
    denominator: int
    rts: tuple[str, ...] = ()


def totals(connection: duckdb.DuckDBPyConnection, found: Trace) -> Totals:
    """What each RT behind a traced figure gives to its parts."""
    rows = connection.execute(
        "SELECT area, sum(n)::HUGEINT, sum(d)::HUGEINT "
        "FROM (SELECT area, n, d FROM traced UNION ALL SELECT area, n, d FROM recapped) GROUP BY area"
    ).fetchall()
    given = {area: (int(n), int(d)) for area, n, d in rows}
    return {rt: given.get(rt, (0, 0)) for rt in (*found.register, *found.recap)}


def moves(
    connection: duckdb.DuckDBPyConnection, office: Office, older: Asked, newer: Asked,
    old: tuple[Trace, Totals], new: tuple[Trace, Totals],
) -> list[Move]:  # fmt: skip
    """All causes of the difference. Asserts that they add up to it."""
    (was, before), (now, after) = old, new
    both = sorted(set(was.register) & set(now.register))
    found = _of_rts(was, now, before, after)
    if both:
        snapshots(connection, older, newer, office.poverty_line, both)
        found += _of_units(connection, older)
    assert sum(m.numerator for m in found) == now.numerator - was.numerator, "the parts add up to the difference"
    assert sum(m.denominator for m in found) == now.denominator - was.denominator, "the parts add up to the difference"
    return found


def _of_rts(was: Trace, now: Trace, before: Totals, after: Totals) -> list[Move]:
    """RTs that newly report, report no longer, changed between count sheet and register, or sent count sheets twice."""
    recap_twice = {rt for rt in before.keys() & after.keys() if rt in was.recap and rt in now.recap}
    register_twice = {rt for rt in before.keys() & after.keys() if rt in was.register and rt in now.register}
    groups = {
        "rt_masuk": after.keys() - before.keys(),
        "rt_keluar": before.keys() - after.keys(),
        "rt_ganti": (before.keys() & after.keys()) - recap_twice - register_twice,
        "rt_rekap": {rt for rt in recap_twice if before[rt] != after[rt]},
    }
    none = (0, 0)
    return [
        Move(
            kind,
            len(rts),
            sum(after.get(rt, none)[0] - before.get(rt, none)[0] for rt in rts),
            sum(after.get(rt, none)[1] - before.get(rt, none)[1] for rt in rts),
            tuple(sorted(rts)),
        )
        for kind, rts in groups.items()
        if rts
    ]


MATCHED = """
WITH o AS (
    SELECT key, sum(n) AS n, sum(d) AS d, bool_or(unknown) AS unknown, min(born) AS born, min(sex) AS sex
    FROM before WHERE inside AND key IS NOT NULL GROUP BY key
),
b AS (SELECT key, sum(n) AS n, sum(d) AS d, bool_or(unknown) AS unknown FROM answers
      WHERE inside AND key IS NOT NULL GROUP BY key),
g AS (SELECT key, sum(n) AS n, sum(d) AS d FROM aged WHERE inside AND key IS NOT NULL GROUP BY key),
a AS (SELECT key, sum(n) AS n, sum(d) AS d, min(born) AS born, min(sex) AS sex
      FROM after WHERE inside AND key IS NOT NULL GROUP BY key),
came AS (
    SELECT CASE WHEN a.born > $day THEN 'lahir'
                WHEN e.here THEN 'lain_kelamin'
                WHEN e.key IS NOT NULL THEN 'dari_rt'
                WHEN f.aside THEN 'diterima'
                WHEN f.absent THEN 'kembali'
                ELSE 'baru' END AS kind, a.n, a.d
    FROM a ANTI JOIN o USING (key)
    LEFT JOIN (SELECT key, bool_or(here) AS here FROM before GROUP BY key) AS e USING (key)
    LEFT JOIN before_fates AS f USING (key)
),
gone AS (
    SELECT CASE WHEN e.here THEN 'lain_kelamin'
                WHEN e.key IS NOT NULL THEN 'ke_rt'
                WHEN f.dead THEN 'meninggal'
                WHEN f.moved THEN 'pindah'
                WHEN f.absent THEN 'pergi'
                WHEN f.aside THEN 'tertahan'
                ELSE 'hilang' END AS kind, -o.n AS n, -o.d AS d
    FROM o ANTI JOIN a USING (key)
    LEFT JOIN (SELECT key, bool_or(here) AS here FROM after GROUP BY key) AS e USING (key)
    LEFT JOIN after_fates AS f USING (key)
),
changed AS (
    SELECT CASE WHEN o.born <> a.born OR o.sex <> a.sex THEN 'diperbaiki'
                WHEN o.unknown AND NOT b.unknown THEN 'terisi'
                WHEN b.unknown AND NOT o.unknown THEN 'kosong'
                ELSE 'jawaban' END AS kind, b.n - o.n AS n, b.d - o.d AS d
    FROM o JOIN a USING (key) JOIN b USING (key)
),
older AS (SELECT 'umur' AS kind, g.n - b.n AS n, g.d - b.d AS d FROM o JOIN b USING (key) JOIN g USING (key)),
line AS (SELECT 'garis' AS kind, a.n - g.n AS n, a.d - g.d AS d FROM o JOIN g USING (key) JOIN a USING (key)),
nameless AS (
    SELECT 'tanpa_nik' AS kind, n, d FROM after WHERE inside AND key IS NULL
    UNION ALL SELECT 'tanpa_nik', -n, -d FROM before WHERE inside AND key IS NULL
)
SELECT kind, count(*), sum(n)::HUGEINT, sum(d)::HUGEINT FROM (
    FROM came UNION ALL FROM gone UNION ALL FROM changed UNION ALL FROM older UNION ALL FROM line
    UNION ALL FROM nameless
) WHERE n <> 0 OR d <> 0 GROUP BY kind ORDER BY kind
"""


def _of_units(connection: duckdb.DuckDBPyConnection, older: Asked) -> list[Move]:
    """People or families of the RTs that reported by their registers both times, matched by NIK or card number."""
    rows = connection.execute(MATCHED, {"day": older.period.reference_date}).fetchall()
    return [Move(kind, int(many), int(n), int(d)) for kind, many, n, d in rows]
