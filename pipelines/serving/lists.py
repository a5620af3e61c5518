"""Tables of names beside the cells: indicators, areas, releases, breakdowns."""

from collections.abc import Callable
from typing import Literal

from duckdb import DuckDBPyConnection, DuckDBPyRelation

from pipelines.publishing.workbook_reading import by_subject, read_entries

SEXES = {"total": "Total", "L": "Laki-laki", "P": "Perempuan"}


def indicators(store: DuckDBPyConnection) -> DuckDBPyRelation:
    """The catalogue with each indicator's subject, in the order of publication."""
    subjects = [(e.code, name) for name, entries in by_subject(read_entries(store)).items() for e in entries]
    codes, names = zip(*subjects, strict=True) if subjects else ((), ())
    return store.sql(
        """
        SELECT subject, i.* EXCLUDE ("order") FROM indicators AS i
        JOIN (SELECT unnest($codes::VARCHAR[]) AS code, unnest($subjects::VARCHAR[]) AS subject) USING (code)
        ORDER BY "order"
        """,
        params={"codes": list(codes), "subjects": list(names)},
    )


def areas(store: DuckDBPyConnection) -> DuckDBPyRelation:
    """Level, code and name of every area."""
    return store.table("areas")


def releases(store: DuckDBPyConnection) -> DuckDBPyRelation:
    """Every release in the order of publication, which followed which and why; `current` are those that stand."""
    return store.sql(
        "SELECT r.*, r.release IN (SELECT release FROM releases) AS current FROM revisions AS r ORDER BY number"
    )


def breakdowns(store: DuckDBPyConnection) -> DuckDBPyRelation:
    """The breakdowns with what they are called; an older store knows only those of its cells."""
    if has_breakdowns(store):
        named = store.table("breakdowns")
        return named.select(*(column for column in named.columns if column != "order"))
    called = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in SEXES.items())
    return store.sql(
        f"SELECT breakdown, CASE breakdown {called} ELSE breakdown END AS label "
        "FROM cells_public GROUP BY ALL ORDER BY min(rowid)"
    )


def has_breakdowns(store: DuckDBPyConnection) -> bool:
    """Whether the store says what its breakdowns are called."""
    return bool(store.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'breakdowns'").fetchone())


Reader = Callable[[DuckDBPyConnection], DuckDBPyRelation]
ListName = Literal["indicators", "areas", "releases", "breakdowns"]
LISTS: dict[ListName, tuple[str, Reader]] = {
    "indicators": ("Katalog indikator: definisi, rumus, satuan, kepekaan", indicators),
    "areas": ("Wilayah: tingkat, kode, nama", areas),
    "releases": ("Riwayat rilis dan sebabnya", releases),
    "breakdowns": ("Rincian yang ada", breakdowns),
}
