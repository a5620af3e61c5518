"""Marks of finished files: which of them say what is to be said already, and are left alone.

A file is as it must be where it is as we wrote it, and what it was made of is the same. So the files of a release do
not depend on the one before: those that are left alone are those that would be made again byte for byte.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pipelines.publishing.stamps import digest_of


class Mark(NamedTuple):
    """Digests of what a file was made of, and of the file as it was written."""

    made_of: str
    written: str


Marks = Mapping[Path, Mark]


def mark_of(file: Path, of: str) -> Mark | tuple[()]:
    """The mark of a finished file; none for one that every release makes anew."""
    return Mark(of, digest_of([file])) if of else ()


def stands(file: Path, of: str, marks: Marks) -> bool:
    """Whether a file needs not be made again."""
    noted = marks.get(file)
    return noted is not None and noted.made_of == of and file.exists() and digest_of([file]) == noted.written
