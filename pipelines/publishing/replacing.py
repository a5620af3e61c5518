"""Puts a finished file in the place of another; a power cut leaves the old one or the new one."""

import os
import time
from pathlib import Path

from pipelines.errors import OfficerError

REPLACE_ATTEMPTS, SECONDS_BETWEEN = 20, 0.25  # Windows refuses to replace a file while a reader opens it


def replace_file(part: Path, path: Path) -> None:
    """Put a finished file in the place of another, on disk before its name changes."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    for attempt in range(REPLACE_ATTEMPTS):
        try:
            part.replace(path)
        except PermissionError:
            if attempt == REPLACE_ATTEMPTS - 1:
                raise OfficerError(f"{path.name} sedang dibuka program lain. Tutup dahulu, lalu ulangi.") from None
            time.sleep(SECONDS_BETWEEN)
        else:
            return
