"""Every workbook of a release, and a pulled one, open in Excel as they are."""

from pathlib import Path

import pytest

from pipelines.cli import main
from tests.book.office import Released
from tests.excel import repairs


def test_excel_opens_every_workbook_without_repairing_it(
    one: Released, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANTIK_HOME", str(one.places.home))
    pulled = tmp_path / "tarikan.xlsx"
    assert main(["pull", "-o", str(pulled)]) == 0
    books = [pulled, *one.folder.rglob("*.xlsx")]
    assert len(books) == 1 + 7  # the book, the indicators, two of the packet, three forms
    assert {book.name: dict(found) for book in books if (found := repairs(book, tmp_path))} == {}
