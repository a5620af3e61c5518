"""Opens DuckDB files: the warehouse for the room that writes it, and what is published for everyone who reads it.

It stands outside the rooms, so that a process which serves only what is published needs nothing of the warehouse.
"""

from pathlib import Path

import duckdb

from pipelines.errors import OfficerError


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
    try:
        return duckdb.connect(path, read_only=read_only, config=settings)
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise OfficerError("Gudang data sedang dipakai proses lain. Tunggu sampai selesai, lalu ulangi.") from error
        raise OfficerError(_damaged(path)) from error
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise OfficerError(_damaged(path)) from error


def _damaged(path: str) -> str:
    return f"Gudang data {Path(path).name} rusak. Jalankan: cantik rebuild (disusun ulang dari berkas yang tersimpan)."
