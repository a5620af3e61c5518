"""placeholder"""

from pathlib import Path


def write_workbook(store: Path, period: str, path: Path) -> None:
    path.write_bytes(b"")
