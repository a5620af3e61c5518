"""All that is handed out, opened down to its parts: nobody's name or number in it, and no figure that is withheld."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pypdf
import pytest

from tests.book.office import PERIOD, Released, contents
from tests.warehouse.office import ask

DIGITS = 12  # letters of a figure: as many as tell it from every other
NUMBER = re.compile(r"\d+\.\d+")


def opened(file: Path) -> Iterator[bytes]:
    """The bytes of a file and of its parts; of a packed one what a reader gets out of it."""
    yield from contents(file)
    if file.suffix == ".parquet":
        found = duckdb.connect().read_parquet(str(file)).fetchall()
        yield "\n".join(repr(value) for row in found for value in row).encode()
    elif file.suffix == ".pdf":
        document = pypdf.PdfReader(file)
        yield repr(document.metadata).encode()
        yield from (page.extract_text().encode() for page in document.pages)


@pytest.fixture(scope="module")
def handed_out(one: Released) -> dict[str, bytes]:
    files = sorted(path for path in one.folder.rglob("*") if path.is_file())
    found = {path.relative_to(one.folder).as_posix(): b"\n".join(opened(path)) for path in files}
    assert {Path(name).suffix for name in found} >= {".xlsx", ".csv", ".html", ".pdf", ".png", ".json", ".parquet"}
    return found


def test_no_product_holds_a_person(one: Released, handed_out: dict[str, bytes]) -> None:
    rows = ask(one.places.home, "SELECT DISTINCT nik, no_kk, nama FROM penduduk")
    numbers = {str(value) for nik, card, _ in rows for value in (nik, card) if value}
    names = {str(name) for _, _, name in rows if name and " " in str(name)}
    assert len(numbers) > 300 and len(names) > 100
    for file, said in handed_out.items():
        assert not [word for word in numbers | names if word.encode() in said], file


def test_no_product_holds_a_figure_that_is_withheld(one: Released, handed_out: dict[str, bytes]) -> None:
    """To the last digits, by which a share is known wherever it stands; small counts stand everywhere."""
    with duckdb.connect(str(one.places.published), read_only=True) as store:
        withheld = store.execute(
            "SELECT DISTINCT c.value FROM cells AS c JOIN cells_public AS p "
            "USING (period, area, indicator, breakdown) WHERE p.status IN ('c', 's', 'm') AND c.value IS NOT NULL"
        ).fetchall()
        shown = store.execute("SELECT value FROM cells_public WHERE value IS NOT NULL").fetchall()
    known, secret = ({digits(repr(value)) for (value,) in cells} - {""} for cells in (shown, withheld))
    secret -= known
    assert len(secret) > 100
    told = {
        file: {digits(number) for number in NUMBER.findall(said.decode(errors="replace"))}
        for file, said in handed_out.items()
    }
    assert {file: found & secret for file, found in told.items() if found & secret} == {}
    assert len(told[f"indikator-{PERIOD}.csv"] & known) > 50


def digits(number: str) -> str:
    """What tells a figure from every other: it, cut after so many digits; nothing of one that has fewer."""
    return number[:DIGITS] if len(number) > DIGITS else ""
