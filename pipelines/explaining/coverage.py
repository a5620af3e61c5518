"""How complete a figure is: which RTs are missing and why, and how many rows could not be counted."""

from collections import defaultdict
from dataclasses import dataclass

import duckdb

from pipelines.explaining.asked import Asked
from pipelines.explaining.reading import reads
from pipelines.explaining.sources import BASE, recap_dataset
from pipelines.explaining.trace import Trace, measurable, recap_parts
from pipelines.indicators.lineage import named
from pipelines.indicators.reporting import silent_columns
from pipelines.settings import Office
from schemas import datasets

CAUSES = 3  # of the unknown rows, the commonest


@dataclass(frozen=True)
class Coverage:
    """RTs that are missing with the reason, rows that may belong to the universe but are unknown, and why."""

    reported: int
    expected: int
    missing: dict[str, str]
    unknown: int
    causes: list[tuple[str, int]]


def coverage(connection: duckdb.DuckDBPyConnection, office: Office, asked: Asked, found: Trace) -> Coverage:
    """What stands in `traced`, `reported` and the open slices of the period."""
    absent = [rt for rt in asked.rts if rt not in {*found.register, *found.recap}]
    missing = dict.fromkeys(absent, "")
    if absent and not measurable(asked.entry, office, asked.period):
        line = f"garis kemiskinan {asked.period} belum diisi di cantik.toml"
        missing = dict.fromkeys(absent, line)
    elif absent:
        missing = _reasons(connection, asked, absent)
    unknown = connection.execute("SELECT count(*) FROM traced WHERE unknown").fetchall()[0][0]
    causes = _causes(connection, asked) if unknown else []
    return Coverage(found.reported, len(asked.rts), missing, int(unknown), causes)


def _reasons(connection: duckdb.DuckDBPyConnection, asked: Asked, absent: list[str]) -> dict[str, str]:
    """Why each RT has not reported: it sent nothing, lacks a dataset, or its sheets never answered a column."""
    sent: dict[str, dict[str, int]] = defaultdict(dict)
    for area, dataset, accepted in connection.execute(
        "SELECT area, dataset, accepted FROM slices WHERE period = $1 AND closed_by IS NULL", [str(asked.period)]
    ).fetchall():
        sent[area][dataset] = accepted
    silent = silent_columns(connection, set(asked.entry.columns)) if asked.entry.columns else {}
    parts = recap_parts(asked.entry, asked.breakdown)
    counts = sorted(set().union(*(named(part) for part in parts if part))) if parts else []
    reasons = {}
    for rt in absent:
        if rt not in sent:
            reasons[rt] = "belum mengirim apa pun"
            continue
        said = [_lack(dataset, sent[rt]) for dataset in asked.entry.datasets if not sent[rt].get(dataset)]
        labels = [datasets()[d].columns()[c].label for (d, c), rts in silent.items() if rt in rts]
        if not said and labels:
            said.append(f"lembarnya tidak pernah mengisi {_listed(labels)}")
        said += _blanks(connection, counts, rt) if any(sent[rt].get(recap_dataset(c)) for c in counts) else []
        reasons[rt] = "; ".join(said)
    return reasons


def _lack(dataset: str, sent: dict[str, int]) -> str:
    title = datasets()[dataset].about().title
    return f"semua baris {title} tertahan" if dataset in sent else f"belum mengirim {title}"


def _blanks(connection: duckdb.DuckDBPyConnection, counts: list[str], rt: str) -> list[str]:
    """The cells of an RT's count sheets that should have spoken for it but are empty."""
    row = connection.execute(f"SELECT {', '.join(counts)} FROM rekap WHERE area = $1", [rt]).fetchone() or ()
    labels = [
        datasets()[recap_dataset(c)].columns()[c].label for c, value in zip(counts, row, strict=False) if value is None
    ]
    return [f"rekapnya mengosongkan {_listed(labels)}"] if labels else []


def _listed(labels: list[str]) -> str:
    return ", ".join(f"'{label}'" for label in labels)


def _causes(connection: duckdb.DuckDBPyConnection, asked: Asked) -> list[tuple[str, int]]:
    """What the unknown rows lack, commonest first: a row in another dataset, or a filled cell."""
    base, columns = BASE[asked.entry.source], reads(asked.entry, asked.breakdown)
    counts: list[tuple[str, int]] = []
    kept = datasets()[base].stored()
    if base != "penduduk" and {dataset for dataset, _ in columns} != {base}:
        filled = " AND ".join(f'b."{kept[c]}" IS NOT NULL' for of, c in sorted(columns) if of == base)
        query = f"""SELECT count(*) FROM traced AS t JOIN {base} AS b ON b.receipt = t.receipt AND b.sheet = t.sheet
                    AND b."row" = t."row" WHERE t.unknown AND {filled}"""
        counts.append(("keterangan anggota keluarganya tidak lengkap", connection.execute(query).fetchall()[0][0]))
    for dataset in sorted({dataset for dataset, _ in columns}, key=lambda d: d != base):
        if dataset != base and base != "penduduk":
            continue  # a family's members are many: their blanks do not add up to families
        key, kept = datasets()[dataset].key(), datasets()[dataset].stored()
        join = f"LEFT JOIN current_{dataset} AS o ON o.{key} = b.{key}"
        source = "b" if dataset == base else "o"
        lacking = "FALSE" if dataset == base else "o.receipt IS NULL"
        own = [c for of, c in sorted(columns) if of == dataset]
        empty = ", ".join(f'count(*) FILTER (NOT {lacking} AND {source}."{kept[c]}" IS NULL)' for c in own)
        row = connection.execute(
            f"""
            SELECT count(*) FILTER ({lacking}), {empty}
            FROM traced AS t JOIN {base} AS b ON b.receipt = t.receipt AND b.sheet = t.sheet AND b."row" = t."row"
            {"" if dataset == base else join} WHERE t.unknown
            """
        ).fetchall()[0]
        about, specs = datasets()[dataset].about(), datasets()[dataset].columns()
        counts.append((f"tidak ada barisnya di {about.title}", row[0]))
        counts += [(f"kolom '{specs[c].label}' kosong", many) for c, many in zip(own, row[1:], strict=True)]
    return sorted(((what, many) for what, many in counts if many), key=lambda pair: -pair[1])[:CAUSES]
