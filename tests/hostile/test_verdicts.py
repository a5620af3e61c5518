"""Every hostile file ends in the verdict that was written down for it, quickly, and stops no other file."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.intake.reader import Readers
from tests.intake.taking import Taken, take_book
from tests.intake.test_bad_files import sentence_of

from . import archives, cells, otherbooks, textfiles, xmlparts
from .case import REJECTED, Case, unique

CASES = unique([case for part in (archives, xmlparts, cells, otherbooks, textfiles) for case in part.CASES])
SECONDS = 10  # a file, the start of its reader counted


def parameters(cases: list[Case]) -> list[Any]:
    return [pytest.param(case, id=case.name) for case in cases]


def test_there_are_enough() -> None:
    assert len(CASES) >= 160


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    """One reading process for file after file; a file that kills it must not harm the next one."""
    with Readers() as pool:
        yield pool


def taken(case: Case, readers: Readers, folder: Path) -> tuple[Taken, float]:
    """What comes of the file, and how long it took."""
    path = folder / case.file
    path.write_bytes(case.make())
    started = time.monotonic()
    book = next(readers.read([(path, case.file)]))
    return take_book(book, case.file), time.monotonic() - started


@pytest.mark.parametrize("case", parameters(CASES))
def test_one_file(case: Case, readers: Readers, tmp_path: Path) -> None:
    found, seconds = taken(case, readers, tmp_path)
    if seconds >= SECONDS:  # other programs may have had the computer; not twice of the same file
        found, seconds = taken(case, readers, tmp_path)
    assert seconds < SECONDS
    if case.verdict == REJECTED:
        assert case.says in sentence_of(found.reason)
        assert found.counts == {}
        return
    assert found.reason is None
    read, accepted, held = found.total
    assert read == accepted + held
    assert (accepted, held) == case.rows
    for column, values in case.values.items():
        assert found.values(column, case.dataset) == values, column
    if case.rules is not None:
        assert {p.rule for p in found.problems} == case.rules
    assert not case.says or any(case.says in p.message for p in found.problems)
