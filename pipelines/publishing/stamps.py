"""Names for what products are made with, so that they are made anew where that changes."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipelines import disclosure, indicators
from schemas.dataset import SCHEMAS

ROOMS = (Path(__file__).parent, Path(disclosure.__file__).parent, Path(indicators.__file__).parent)
DECLARED = ("*.py", "*.toml", "*.csv", "*.sql")


def digest_of(files: Iterable[Path]) -> str:
    """64 hexadecimal digits that change with the content of any of the files."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()


def digest_of_texts(*texts: str) -> str:
    """64 hexadecimal digits that change with any of the texts, and with where one ends."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def parts_of(room: Path) -> list[Path]:
    """A room's code, forms and pictures."""
    return [path for path in room.rglob("*") if path.is_file() and path.suffix not in (".pyc", "")]


@cache
def made_by() -> str:
    """A digest of all that says what is in a product: the declarations, our code, the forms it fills."""
    declared = [path for kind in DECLARED for path in SCHEMAS.rglob(kind)]
    return digest_of([*declared, *(path for room in ROOMS for path in parts_of(room))])
