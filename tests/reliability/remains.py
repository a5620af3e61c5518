"""Every byte and every stored text below a folder, to be searched for people."""

import io
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb


def contents_of(folder: Path, without: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes; of packages also their parts, of databases also their rows as text."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name.startswith(tuple(without)):
            continue
        content = path.read_bytes()
        yield name, name.encode() + content
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                for part in package.namelist():
                    yield f"{name}!{part}", package.read(part)
        elif path.suffix == ".duckdb":
            yield from _duckdb_rows(path, name)
        elif path.suffix == ".parquet":
            yield name, repr(duckdb.sql(f"FROM read_parquet('{path}')").fetchall()).encode()
        elif path.suffix == ".db":
            yield from _sqlite_rows(path, name)


def found_in(folder: Path, people: Iterable[str], without: Iterable[str] = ()) -> dict[str, list[str]]:
    """The places in which any of these texts stands, each with the texts."""
    told = [person.encode() for person in people]
    places: dict[str, list[str]] = {}
    for name, content in contents_of(folder, without):
        folded = content.lower()
        if hits := [person.decode() for person in told if person.lower() in folded]:
            places.setdefault(name, []).extend(hits)
    return places


def _duckdb_rows(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    with duckdb.connect(str(path), read_only=True) as store:
        for (table,) in store.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            yield f"{name}!{table}", repr(store.execute(f'FROM "{table}"').fetchall()).encode()


def _sqlite_rows(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    with sqlite3.connect(path) as store:
        tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            yield f"{name}!{table}", repr(store.execute(f'SELECT * FROM "{table}"').fetchall()).encode()
