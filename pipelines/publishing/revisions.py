"""The revision log: which release followed which, how many figures changed, and why.

Derived from the kept releases. What cannot be derived, order and time, stands in `riwayat.jsonl` beside them: a line is
added once the store is in its place, so every line was published. A line that a power cut prevented, the next run adds.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from pipelines.errors import OfficerError
from pipelines.journal import JournalDamaged, journal_text, parse_journal
from pipelines.publishing.kept import SAID, is_kept, kept_file
from pipelines.replacing import part_of, replace_file
from pipelines.sqltext import literal

LOG = "riwayat.jsonl"
TABLE = {
    "number": "INTEGER",
    "period": "VARCHAR",
    "release": "VARCHAR",
    "previous": "VARCHAR",
    "cells_changed": "BIGINT",
    "areas_reported_before": "BIGINT",
    "areas_reported_now": "BIGINT",
    "definitions_changed": "BOOLEAN",
    "reason": "VARCHAR",
}
KEYS = ("tier", "area", "indicator", "breakdown")
PARTS = ("numerator", "denominator", "value", "households")


@dataclass(frozen=True)
class Release:
    """A published period: its id, and hashes of its definitions and of all inputs. A store of old lacks the hashes."""

    period: str
    release: str
    definitions: str = ""
    inputs: str = ""


@dataclass(frozen=True)
class Revision:
    """One line of the log. `cells_changed` counts public cells that differ, are new or are gone.

    The three last count cells of RTs in the liaison's tier: reported as they were not before, no longer reported,
    and reported both times with other numbers.
    """

    period: str
    release: str
    previous: str
    published_at: str
    definitions: str
    definitions_changed: bool
    cells_changed: int
    areas_reported_before: int
    areas_reported_now: int
    newly_reported: int
    no_longer_reported: int
    corrected: int
    inputs: str = ""  # a log of old lacks them

    @property
    def reason(self) -> str:
        """Why there is a new release, in words for the officer and the liaison."""
        if not self.previous:
            return "terbitan pertama"
        reasons = {
            "definisi atau aturan penyajian berubah": self.definitions_changed,
            "laporan RT bertambah": self.newly_reported,
            "laporan RT berkurang": self.no_longer_reported,
            "koreksi angka RT yang sudah melapor": self.corrected,
        }
        return "; ".join(text for text, true in reasons.items() if true) or "keterangan wilayah atau penyajian berubah"


def read_log(folder: Path) -> list[Revision]:
    """All revisions in the order of publication. Raises OfficerError for a damaged log."""
    path = folder / LOG
    if not path.exists():
        return []
    try:
        return [Revision(**row) for row in parse_journal(path.read_bytes())]  # type: ignore[arg-type]  # as written
    except (JournalDamaged, TypeError) as error:
        raise OfficerError(
            f"Riwayat rilis {path.name} rusak. Pulihkan dari cadangan: cantik restore BERKAS."
        ) from error


def write_log(folder: Path, log: Sequence[Revision]) -> None:
    """Write the log whole, with the lines it has and those that follow."""
    path = folder / LOG
    part = part_of(path)
    part.write_text(journal_text([asdict(r) for r in log]), encoding="utf-8", newline="\n")
    replace_file(part, path)


def following(log: Sequence[Revision], folder: Path, releases: Sequence[Release], now: dt.datetime) -> list[Revision]:
    """The log and a revision for each kept release that is not the newest of its period in it."""
    longer = list(log)
    for release in releases:
        earlier = [r for r in log if r.period == release.period]
        if not earlier or earlier[-1].release != release.release:
            # What was deleted or damaged by hand cannot be compared with, and must not stop publishing.
            before = next((r for r in reversed(earlier) if is_kept(folder, r.release)), None)
            longer.append(_revision(release, before, folder, now))
    return longer


def published_before(log: Sequence[Revision], folder: Path, period: str, last: int) -> tuple[Path, ...]:
    """The kept files of a period's releases but the `last` of them, each once, in the order of publication.

    Of a release that was deleted by hand nothing is known any more.
    """
    releases = [r.release for r in log if r.period == period]
    files = (kept_file(folder, release) for release in dict.fromkeys(releases[: len(releases) - last]))
    return tuple(path for path in files if path.exists())


def add_revisions(store: duckdb.DuckDBPyConnection, log: Sequence[Revision]) -> None:
    """Write the table `revisions`: the log without its times, so that a store follows from its inputs alone."""
    store.execute(f"CREATE TABLE revisions ({', '.join(f'{name} {kind}' for name, kind in TABLE.items())})")
    rows = [[number, *(getattr(r, name) for name in list(TABLE)[1:])] for number, r in enumerate(log, 1)]
    store.executemany(f"INSERT INTO revisions VALUES ({', '.join('?' * len(TABLE))})", rows)


def _beside(reader: duckdb.DuckDBPyConnection) -> str:
    """SQL for the cells `n` and `b` of two releases, each beside the other of its key.

    Mostly these are the same keys in the same order, and need not be looked up.
    """
    apart = " OR ".join(f"n.{key} IS DISTINCT FROM b.{key}" for key in KEYS)
    if reader.execute(f"SELECT 1 FROM n POSITIONAL JOIN b WHERE {apart} LIMIT 1").fetchone() is None:
        return "n POSITIONAL JOIN b"
    return f"n FULL JOIN b ON {' AND '.join(f'n.{key} = b.{key}' for key in KEYS)}"


def _revision(release: Release, before: Revision | None, folder: Path, now: dt.datetime) -> Revision:
    differs = " OR ".join(f"n.{column} IS DISTINCT FROM b.{column}" for column in SAID)
    corrected = " OR ".join(f"n.{part} IS DISTINCT FROM b.{part}" for part in PARTS)
    earlier, limit = (release.release, "LIMIT 0") if before is None else (before.release, "")
    now_reported, then_reported = "coalesce(n.areas_reported, 0)", "coalesce(b.areas_reported, 0)"
    with duckdb.connect(config={"threads": "1", "temp_directory": ""}) as reader:
        for name, file, rows in (("n", release.release, ""), ("b", earlier, limit)):
            path = literal(str(kept_file(folder, file)))
            reader.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({path}) {rows}")
        counts = reader.execute(
            f"""
            SELECT
                count(*) FILTER (tier = 'public' AND ({differs})),
                count(DISTINCT area) FILTER (tier = 'liaison' AND b.level = 'rt' AND {then_reported} > 0),
                count(DISTINCT area) FILTER (tier = 'liaison' AND n.level = 'rt' AND {now_reported} > 0),
                count(*) FILTER (tier = 'liaison' AND n.level = 'rt' AND {now_reported} > {then_reported}),
                count(*) FILTER (tier = 'liaison' AND b.level = 'rt' AND {now_reported} < {then_reported}),
                count(*) FILTER (tier = 'liaison' AND n.level = 'rt' AND n.areas_reported = b.areas_reported
                                 AND n.areas_reported > 0 AND ({corrected}))
            FROM (SELECT n, b, coalesce(n.tier, b.tier) AS tier, coalesce(n.area, b.area) AS area
                  FROM {_beside(reader)})
            """
        ).fetchone()
    assert counts is not None
    changed, reported_before, reported_now, newly, no_longer, corrections = counts
    return Revision(
        period=release.period,
        release=release.release,
        previous=before.release if before else "",
        published_at=now.isoformat(timespec="seconds"),
        definitions=release.definitions,
        definitions_changed=before is not None and before.definitions != release.definitions,
        cells_changed=changed,
        areas_reported_before=reported_before,
        areas_reported_now=reported_now,
        newly_reported=newly,
        no_longer_reported=no_longer,
        corrected=corrections,
        inputs=release.inputs,
    )
