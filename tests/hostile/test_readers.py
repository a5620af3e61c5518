"""Reading processes that die or hang: the file that did it is refused, and every other one is read."""

import time
from pathlib import Path

import pytest

from pipelines.intake import reader
from pipelines.intake.reader import Readers, read_all
from pipelines.intake.workbook import Book
from tests.intake.workbooks import PEOPLE, xlsx

from .xmlparts import far


def test_dying_readers_blame_nobody_else(tmp_path: Path) -> None:
    """Twenty files at once, every second one of which kills its process."""
    deadly, good = far(1_048_576, "XFD"), xlsx(PEOPLE)
    paths = [tmp_path / f"{number}.xlsx" for number in range(20)]
    for number, path in enumerate(paths):
        path.write_bytes(deadly if number % 2 else good)
    assert [isinstance(book, Book) for book in read_all(paths)] == [number % 2 == 0 for number in range(20)]


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(PEOPLE))
    with Readers() as readers:
        monkeypatch.setattr(reader, "SECONDS_A_FILE", 0)
        started = time.monotonic()
        assert not isinstance(next(readers.read([(path, path.name)])), Book)
        assert time.monotonic() - started < 10
        monkeypatch.undo()
        assert isinstance(next(readers.read([(path, path.name)])), Book)
