"""Every release's cells of both tiers, kept for ever: one Parquet file a release, beside the stores.

They are written before the store that publishes them, so no release is ever seen that is not kept. Cells only: no
person is in them, and nothing of the warehouse is computed from them.
"""

import hashlib
from pathlib import Path

import duckdb
from duckdb import ColumnExpression, ConstantExpression, DuckDBPyConnection, DuckDBPyRelation

from pipelines.errors import OfficerError
from pipelines.publishing.tiers import COLUMNS, TIERS
from pipelines.replacing import part_of, remove_file, replace_file, write_whole

KEYS = ("area", "indicator", "breakdown")  # of a cell within its period and tier
SAID = tuple(column for column in COLUMNS if column != "release")  # all that a cell says but who says it


def kept_file(folder: Path, release: str) -> Path:
    """Where the cells of a release are kept."""
    return folder / f"{release}.parquet"


def sum_file(folder: Path, release: str) -> Path:
    """The SHA-256 of a kept file, as `sha256sum -c` reads it: Parquet itself does not notice a changed figure."""
    return folder / f"{release}.parquet.sha256"


def is_kept(folder: Path, release: str) -> bool:
    """Whether the cells of a release are there as they were written."""
    path, noted = kept_file(folder, release), sum_file(folder, release)
    if noted.exists():
        return path.exists() and noted.read_bytes() == _sum(path)
    try:
        return path.exists() and bool(duckdb.connect(config={"temp_directory": ""}).read_parquet(str(path)).columns)
    except duckdb.Error:
        return False


def lost(path: Path) -> str:
    """What to do about a kept release that is not as it was written."""
    return f"Berkas rilis {path.name} hilang atau rusak. Jalankan: cantik run, atau pulihkan dengan cantik restore."


def damaged_releases(folder: Path) -> list[str]:
    """A sentence for each kept release that is not as it was written."""
    releases = [path.name.removesuffix(".parquet.sha256") for path in sorted(folder.glob("*.parquet.sha256"))]
    return [lost(kept_file(folder, release)) for release in releases if not is_kept(folder, release)]


def keep(store: DuckDBPyConnection, folder: Path) -> None:
    """Keep every release of a store that is not kept yet."""
    for (release,) in store.execute("SELECT release FROM releases ORDER BY period").fetchall():
        path = kept_file(folder, release)
        if is_kept(folder, release):  # a release is named after its content: what is kept under its name is the same
            _note_sum(folder, release)
            continue
        folder.mkdir(parents=True, exist_ok=True)
        remove_file(sum_file(folder, release))
        part = part_of(path)
        liaison, public = (
            store.table(table)
            .filter(ColumnExpression("release") == ConstantExpression(release))
            .select(ConstantExpression(tier).alias("tier"), *map(ColumnExpression, COLUMNS))
            for tier, table in sorted(TIERS.items())
        )
        liaison.union(public).write_parquet(str(part), compression="zstd")
        replace_file(part, path)
        _note_sum(folder, release)


def _note_sum(folder: Path, release: str) -> None:
    """Note the sum of a kept file that has none: it was just written, interrupted, or kept by an earlier version."""
    if not (noted := sum_file(folder, release)).exists():
        write_whole(noted, _sum(kept_file(folder, release)))


def _sum(path: Path) -> bytes:
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n".encode()


def read_kept(reader: DuckDBPyConnection, folder: Path, release: str, tier: str) -> DuckDBPyRelation:
    """The cells of a kept release in the contract's columns. Raises OfficerError where the file is lost or damaged."""
    path = kept_file(folder, release)
    if not is_kept(folder, release):
        raise OfficerError(lost(path))
    cells = reader.read_parquet(str(path)).filter(ColumnExpression("tier") == ConstantExpression(tier))
    return cells.select(*COLUMNS)


def differing(cells: DuckDBPyRelation, before: DuckDBPyRelation) -> DuckDBPyRelation:
    """The cells that `before` does not hold with the same figures, in their order."""
    same = " AND ".join(f"n.{c} = b.{c}" if c in KEYS else f"n.{c} IS NOT DISTINCT FROM b.{c}" for c in SAID)
    numbered = cells.project("*, row_number() OVER () AS place").set_alias("n")  # a join may lose the order
    return numbered.join(before.set_alias("b"), same, how="anti").order("place").select(*COLUMNS)
