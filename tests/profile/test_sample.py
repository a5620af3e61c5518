"""The sample's real release, mistakes included: what is handed out is public, names nobody and needs no other tier."""

import re
import shutil
from pathlib import Path

import duckdb
import pypdf
import pytest

from pipelines.settings import Places
from tests.warehouse.office import ask, take_in_and_hand_out

from .reading import Element, figures, key, read_page

PERIOD = "2025-Q3"


@pytest.fixture(scope="module")
def home(small_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contoh") / "kantor"
    shutil.copytree(small_sample, folder)
    take_in_and_hand_out(folder)
    return folder


@pytest.fixture(scope="module")
def page(home: Path) -> Element:
    return read_page(home / "reports" / PERIOD / f"profil-{PERIOD}.html")


def test_publishing_writes_every_document_and_every_figure_is_the_public_one(home: Path, page: Element) -> None:
    with duckdb.connect(str(Places(home).published), read_only=True) as store:
        rows = store.execute(
            "SELECT period, area, indicator, breakdown, value, status FROM cells_public WHERE period = ?", [PERIOD]
        ).fetchall()
    cells = {row[:4]: row[4:] for row in rows}
    shown = [element for element in figures(page) if element["data-status"]]
    for element in shown:
        value, status = cells[key(element)]
        hidden = status in ("c", "s", "m", "z")
        assert (element["data-status"], element["data-value"]) == (status, "" if hidden else repr(float(value)))
    assert len({key(element) for element in shown}) > 100
    assert {"ok", "c"} <= {status for _, status in cells.values()}


def test_nobody_is_named_in_any_file(home: Path) -> None:
    """No NIK, family card or whole name of the warehouse, in text or in bytes."""
    people = ask(home, "SELECT nik, no_kk, nama FROM penduduk")
    numbers = {str(n) for row in people for n in row[:2] if n}
    names = {str(row[2]) for row in people if len(str(row[2])) > 6}
    assert len(numbers) > 400 < len(names)
    folder = home / "reports" / PERIOD
    texts = [(folder / f"profil-{PERIOD}.html").read_text(encoding="utf-8")]
    for name in ("profil", "infografis"):
        document = pypdf.PdfReader(folder / f"{name}-{PERIOD}.pdf")
        texts.append(" ".join(sheet.extract_text() for sheet in document.pages))
        texts.append((folder / f"{name}-{PERIOD}.pdf").read_bytes().decode("latin-1"))
    texts.append((folder / f"infografis-{PERIOD}.png").read_bytes().decode("latin-1"))
    for text in texts:
        assert not set(re.findall(r"(?<!\d)\d{16}(?!\d)", text)) & numbers
        assert not [name for name in names if name.casefold() in text.casefold()]
