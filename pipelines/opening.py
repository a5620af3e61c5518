"""Opens DuckDB files: the warehouse for the room that writes it, and what is published for everyone who reads it.

It stands outside the rooms, so that a process which serves only what is published needs nothing of the warehouse.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.errors import OfficerError
from pipelines.settings import IDENTITIES

# How DuckDB says that another process has a store open: of Linux, and of Windows, which adds its own words in the
# language of the computer, and mostly who has it open. Without that its words are looked at for what else they may be.
IN_USE = ("could not set lock", "file is already open in", "cannot open file")
FORBIDDEN = ("permission denied", "access is denied", "akses ditolak", "access denied")
MISSING = ("no such file", "cannot find the", "tidak dapat menemukan")
NOT_ALLOWED = "{} tidak boleh dibuka oleh akun komputer ini. Periksa izin folder data, lalu ulangi."
BUSY = "Gudang data sedang dipakai proses lain. Tunggu sampai selesai, lalu ulangi."


def connect_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """Open an existing store for reading. Raises OfficerError as `open_file` does."""
    return open_file(str(path), read_only=True)


def open_file(path: str, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file as every command does. Raises OfficerError where it is damaged or in use."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": "1",  # a second one saves an officer no time here, but spends a third more of the processor
        "autoinstall_known_extensions": "false",
        "preserve_insertion_order": "true",
    }
    with opening(Path(path)):
        return duckdb.connect(path, read_only=read_only, config=settings)


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Say what keeps a store from being opened. Raises OfficerError where it is damaged or in use."""
    try:
        yield
    except duckdb.IOException as error:
        raise OfficerError(_kept_from(path, error)) from error
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise OfficerError(damaged(path)) from error


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of it is written, or nothing where it is interrupted."""
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def damaged(path: Path) -> str:
    """What to do about a damaged store: everything in it follows from what is kept beside it."""
    if path.name.startswith("published"):
        return f"Tabel terbitan {path.name} rusak. Jalankan: cantik run (ditulis ulang dari gudang data)."
    if path.stem == IDENTITIES:
        return f"Gudang identitas {path.name} hilang atau rusak. Jalankan: cantik rebuild (disusun ulang)."
    return f"Gudang data {path.name} rusak. Jalankan: cantik rebuild (disusun ulang dari berkas yang tersimpan)."


def is_sound(path: Path) -> bool:
    """Whether a store can be read to its last value. Every block bears a checksum, which reading compares.

    Raises OfficerError where another process has it open.
    """
    try:
        with duckdb.connect(str(path), read_only=True, config={"threads": "1"}) as store:
            for (name,) in store.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                store.execute(f'SELECT bit_xor(hash(t)) FROM "{name}" AS t').fetchall()
    except (duckdb.Error, UnicodeDecodeError) as error:
        if (why := _kept_from(path, error)) != damaged(path):
            raise OfficerError(why) from error
        return False
    return True


def _kept_from(path: Path, error: Exception) -> str:
    """Why a store cannot be opened, in a sentence."""
    said = str(error).lower()
    if "cannot open file" in said and any(words in said for words in FORBIDDEN):
        return NOT_ALLOWED.format(path.name)
    in_use = any(words in said for words in IN_USE) and not any(words in said for words in MISSING)
    return BUSY if in_use else damaged(path)
