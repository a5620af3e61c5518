"""What the server may open: the published store, the kept releases, the reports, its tokens and its own log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import duckdb
from duckdb import DuckDBPyConnection

from pipelines import publishing
from pipelines.publishing.stamps import digest_of, parts_of
from pipelines.settings import Places
from pipelines.sqltext import literal

MEMORY = "256MB"
SECONDS = 20.0  # a reading of the largest answer takes less than two
ROOMS = (Path(__file__).parent, Path(publishing.__file__).parent)


class NotPublished(Exception):
    """There is no store yet, or it cannot be read at this moment."""


@dataclass(frozen=True)
class Served:
    """The only paths that the server knows."""

    published: Path
    releases: Path
    reports: Path
    tokens: Path
    access_log: Path


def served(places: Places) -> Served:
    """What is served of a home."""
    return Served(
        published=places.published,
        releases=places.releases,
        reports=places.reports,
        tokens=places.tokens,
        access_log=places.access_log,
    )


@contextmanager
def confined(store: Path, *folders: Path) -> Iterator[DuckDBPyConnection]:
    """The published store as it is now, held open to read by a connection that can open no other file.

    `folders` are the only others that it may reach. A store that is replaced meanwhile stays the same for this
    reader; the next one sees the new. Held briefly, for Windows replaces no file that is open.
    Raises NotPublished where there is no store, it is damaged, or reading takes longer than `SECONDS`.
    """
    if not store.exists():
        raise NotPublished
    try:
        # A database of its own in memory: connections to one path would share what the first of them opened.
        with duckdb.connect(":memory:", config={"threads": "1", "autoinstall_known_extensions": "false"}) as reader:
            listed = ", ".join(literal(f"{folder.as_posix()}/") for folder in folders)
            reader.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = ''")
            reader.execute(f"SET allowed_directories = [{listed}]")
            reader.execute(f"ATTACH {literal(store.as_posix())} AS terbitan (READ_ONLY); USE terbitan")
            reader.execute("SET enable_external_access = false; SET lock_configuration = true")
            limit = Timer(SECONDS, reader.interrupt)
            limit.daemon = True
            limit.start()
            try:
                yield reader
            finally:
                limit.cancel()
    except (duckdb.IOException, duckdb.InterruptException, duckdb.SerializationException) as error:
        raise NotPublished from error
    except duckdb.InvalidInputException as error:
        if "not a valid DuckDB database file" not in str(error):
            raise
        raise NotPublished from error


def software() -> str:
    """A hash of the code that makes the answers: what it changes is no longer what a client has kept."""
    return digest_of(path for room in ROOMS for path in parts_of(room))
