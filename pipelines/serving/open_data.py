"""The tables of a release's data package: which files belong to it is told by the package, not by what lies there."""

import json
import re
from pathlib import Path
from typing import Any

PACKAGE = Path("data", "datapackage.json")
NAME = re.compile(r"[a-z0-9_]+\.(csv|parquet)")
KINDS = {"csv": "CSV", "parquet": "Parquet"}


def packaged(folder: Path, release: str) -> list[tuple[str, str]]:
    """Name in `data/` and title of each file; none where the package is not there, damaged, or of another release."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return []
    if not isinstance(package, dict) or package.get("version") != release:
        return []
    named = [_named(resource) for resource in package.get("resources") or ()]
    return [entry for entry in named if entry is not None]


def _named(resource: Any) -> tuple[str, str] | None:
    """A name that stays within the folder, and what the file holds."""
    path, title = (resource.get(key) if isinstance(resource, dict) else None for key in ("path", "title"))
    found = NAME.fullmatch(path) if isinstance(path, str) else None
    return (found[0], f"{title}, {KINDS[found[1]]}") if found else None
