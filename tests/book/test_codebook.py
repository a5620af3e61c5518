"""The printed catalogue: every indicator with all its texts, by the signed policy, made once a period."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pypdf
import pytest

from pipelines.disclosure.policy import policy
from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.codebook.write import write_codebook
from pipelines.publishing.typeset import printable
from pipelines.settings import Office, load_office
from tests.book.office import PERIOD, Released, released

AGAIN = """
import sys; from pathlib import Path
from pipelines.settings import Places, load_office
from pipelines.publishing.codebook.write import write_codebook
write_codebook(load_office(Places(Path(sys.argv[1]))), sys.argv[2])
"""


def close(text: str) -> str:
    """Without spaces, for a reader of PDF may see one where two letters stand apart."""
    return "".join(printable(text).split())


@pytest.fixture(scope="module")
def book(one: Released) -> pypdf.PdfReader:
    return pypdf.PdfReader(one.folder / f"katalog-indikator-{PERIOD}.pdf")


@pytest.fixture
def office(one: Released, tmp_path: Path) -> Office:
    shutil.copytree(one.places.home, tmp_path / "x", ignore=shutil.ignore_patterns("raw", "kept"))
    return load_office(released(tmp_path / "x").places)


def test_every_indicator_is_described_in_full(book: pypdf.PdfReader) -> None:
    text = close("".join(page.extract_text() for page in book.pages))
    for entry in catalogue().values():
        for told in (entry.name, entry.code, entry.definition, entry.interpretation, entry.reference, entry.concept):
            assert close(told) in text, (entry.code, told)
    assert text.count(close("Lihat Beda dengan angka BPS.")) == sum(e.official for e in catalogue().values())
    assert text.count(close("Angka registrasi kelurahan; angka sensus")) == sum(
        not e.official for e in catalogue().values()
    )
    at_rw = policy().rule("S3", "rw").contributors
    assert close(f"RW ke atas: ditampilkan bila sedikitnya {at_rw} keluarga ada di balik angkanya") in text
    assert close(f"kurang dari {policy().coverage_least:.0%}".replace("%", " persen")) in text


def test_it_is_a_document_for_the_archive_that_can_be_read_aloud(book: pypdf.PdfReader) -> None:
    root = book.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("id", True)
    told = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part>1<" in told and "pdfaid:part>2<" in told
    assert len(book.outline) > 10


def test_a_new_release_leaves_it_alone_and_a_new_poverty_line_does_not(office: Office) -> None:
    path = office.places.reports / PERIOD / f"katalog-indikator-{PERIOD}.pdf"
    before = path.stat().st_mtime_ns, path.read_bytes()
    with duckdb.connect(str(office.places.published)) as store:
        store.execute("UPDATE releases SET release = $1 WHERE period = $2", [f"{PERIOD}-ffffffff", PERIOD])
    write_codebook(office, PERIOD)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    settings = office.places.home / "data" / "cantik.toml"
    text = settings.read_text(encoding="utf-8")
    assert "598545" in text
    settings.write_text(text.replace("598545", "612345"), encoding="utf-8")
    write_codebook(load_office(office.places), PERIOD)
    said = close("".join(page.extract_text() for page in pypdf.PdfReader(path).pages[10:16]))  # where poverty stands
    assert "Rp612.345" in said and "Rp598.545" not in said


def test_the_same_declarations_give_the_same_bytes_in_another_process(office: Office) -> None:
    path = office.places.reports / PERIOD / f"katalog-indikator-{PERIOD}.pdf"
    before = path.read_bytes()
    path.unlink()
    call = [sys.executable, "-c", AGAIN, str(office.places.home), PERIOD]
    subprocess.run(call, check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert path.read_bytes() == before
