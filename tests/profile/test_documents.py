"""The PDF, the infographic and when all are written: the same figures, the same bytes, nothing taken for markup."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from pipelines.errors import OfficerError
from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.profile.blocks import POVERTY
from pipelines.publishing.profile.write import write_profile
from pipelines.publishing.typeset import printable
from pipelines.publishing.workbook_figures import decimals_of

from .reading import figures, read_page
from .stores import AREAS, KELURAHAN, MISSING, OWN, PERIOD, WITHHELD, Made, make

A4 = (595.2756, 841.8898)
STRANGE = "#let a = 1; *b* $c$ @d <e> \\f // g \U0001f600 \u0646\u0635 \u202e\x07 " + "Panjang " * 30
CHANGES = (
    f"status = 'c', {WITHHELD} WHERE indicator = 'tpak'",
    f"{MISSING} WHERE area = '{KELURAHAN}-002-002'",
    f"value = 12345.67 WHERE area = '{KELURAHAN}' AND indicator = 'rls' AND breakdown = 'total'",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    found = make(tmp_path_factory.mktemp("dokumen"), CHANGES)
    write_profile(found.office, PERIOD)
    return found


def text_of(path: Path) -> str:
    """All text of a PDF; without spaces, for a reader of PDF may see one where two letters stand apart."""
    return close("".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def close(text: str) -> str:
    return "".join(text.split())


def test_every_total_of_the_page_stands_in_the_pdf_behind_its_name(made: Made) -> None:
    """A row of the tables: name, unit, total, then the sexes."""
    text, shown = text_of(made.file("profil.pdf")), figures(read_page(made.file("profil.html")))
    totals = {(e["data-indicator"], e["data-breakdown"]): e.text for e in shown if e["data-area"] == KELURAHAN}
    for code, entry in catalogue().items():
        if code in OWN:
            continue
        poverty = ", angka registrasi" if code in POVERTY else ""
        mark = " ¹⁾" if entry.official else ""
        sexes = [totals[code, sex] for sex in ("L", "P")] if entry.by_sex else []
        row = " ".join([f"{entry.name}{poverty}{mark}", entry.unit, totals[code, "total"], *sexes])
        assert close(row) in text, row


def test_the_pdf_is_for_archive_and_wall(made: Made) -> None:
    for name, most in (("profil.pdf", 20), ("infografis.pdf", 1)):
        document = pypdf.PdfReader(made.file(name))
        assert 1 <= len(document.pages) <= most
        assert {tuple(map(float, page.mediabox[2:])) for page in document.pages} == {A4}
        root = document.trailer["/Root"]
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("id", True)
        told = root["/Metadata"].get_object().get_data().decode()
        assert re.search(r"pdfuaid:part>1<", told)
        assert re.search(r"pdfaid:part>2<", told)
        assert document.metadata is not None
        assert "Kelurahan Kandangan Utara, Triwulan III 2025" in document.metadata["/Title"]
        assert document.metadata["/CreationDate"].startswith("D:20250930")
    pages = len(pypdf.PdfReader(made.file("profil.pdf")).pages)
    assert f"1dari{pages}" in text_of(made.file("profil.pdf"))
    assert "Daftarisi" in text_of(made.file("profil.pdf"))


def test_the_infographic_shows_the_same_figures_and_only_public_ones(made: Made) -> None:
    text = text_of(made.file("infografis.pdf"))
    for code, places in (("jumlah_penduduk", 0), ("jumlah_keluarga", 0), ("aps_7_12", 1), ("air_minum_layak", 1)):
        entry = catalogue()[code]
        value = f"{made.cell(code)['value']:,.{places}f}".translate(str.maketrans(",.", ".,"))
        assert (value in text, decimals_of(entry)) == (True, places)  # type: ignore[arg-type]
    assert close("Angkatan kerja (TPAK) disembunyikan") in text
    picture = made.file("infografis.png").read_bytes()
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (picture[:4], height > width > 1000, len(picture) < 1_000_000) == (b"\x89PNG", True, True)


def test_the_same_release_gives_the_same_bytes(made: Made) -> None:
    """Also in another process, where sets have another order and no chart was drawn before."""
    names = ("profil.html", "profil.pdf", "infografis.pdf", "infografis.png")
    before = {name: made.file(name).read_bytes() for name in names}
    made.file("profil.html").unlink()
    call = "import sys, pathlib as p; from pipelines.settings import Places, load_office as o"
    call += "; from pipelines.publishing.profile.write import write_profile as w"
    call += "; w(o(Places(p.Path(sys.argv[1]))), sys.argv[2])"
    home = made.office.places.home
    subprocess.run([sys.executable, "-c", call, home, PERIOD], check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert {name: made.file(name).read_bytes() for name in names} == before


def test_an_unchanged_release_is_left_alone_and_what_it_rests_on_is_not(tmp_path: Path) -> None:
    """An earlier period's new release changes the trend, and a half finished writing lacks its page."""
    made = make(tmp_path)
    files = write_profile(made.office, PERIOD)
    for file in files:
        os.utime(file, (1, 1))
    assert write_profile(made.office, PERIOD) == files
    assert {file.stat().st_mtime for file in files} == {1}

    files[1].unlink()
    write_profile(made.office, PERIOD)
    assert files[1].exists()

    os.utime(files[0], (1, 1))
    make_release(made, "2025-Q1", "2025-Q1-ffffffff")
    write_profile(made.office, PERIOD)
    assert files[0].stat().st_mtime > 1

    os.utime(files[0], (1, 1))
    make_release(made, "2025-Q4", "2025-Q4-ffffffff")
    write_profile(made.office, PERIOD)
    assert files[0].stat().st_mtime == 1  # a later period is none of its business


def make_release(made: Made, period: str, release: str) -> None:
    import duckdb

    with duckdb.connect(str(made.office.places.published)) as store:
        store.execute("DELETE FROM releases WHERE period = ?", [period])
        store.execute("INSERT INTO releases VALUES (?, ?)", [period, release])


def test_strange_names_break_no_document(tmp_path: Path) -> None:
    areas = {code: (level, STRANGE, rts) for code, (level, _, rts) in AREAS.items()}
    made = make(tmp_path, areas=areas, name=STRANGE, periods=(PERIOD,))
    write_profile(made.office, PERIOD)
    for name in ("profil.pdf", "infografis.pdf"):
        text = text_of(made.file(name))
        assert close("#let a = 1; *b* $c$ @d <e> \\f // g ? ??") in text
    assert len(pypdf.PdfReader(made.file("infografis.pdf")).pages) == 1


def test_letters_that_cannot_be_printed_are_seen_to_be_missing() -> None:
    assert printable("Ñ é ā “a” 5–9 ¹⁾ ≥") == "Ñ é ā “a” 5–9 ¹⁾ ≥"
    assert printable("a\u202eb\x07c\u200bd") == "abcd"
    assert printable("\u0646 \U0001f600") == "? ?"


def test_a_period_without_release_is_refused_and_nothing_is_left(made: Made) -> None:
    with pytest.raises(OfficerError, match="2024-Q1"):
        write_profile(made.office, "2024-Q1")
    assert not [file for file in (made.office.places.reports / "2024-Q1").glob("*") if file.is_file()]
