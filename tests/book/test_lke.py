"""The evaluation packet of a real release: what it compares is read from finished files, and a difference shows."""

import csv
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typst
from openpyxl import load_workbook

from pipelines.errors import OfficerError
from pipelines.publishing.lke.items import items
from pipelines.publishing.lke.write import write_lke
from pipelines.publishing.release import write_handouts
from pipelines.settings import Office, Places, load_office
from tests.book.office import Released

PERIOD = "2025-Q3"


class Copied:
    """An office whose finished files a test may change."""

    def __init__(self, release: Released, home: Path) -> None:
        shutil.copytree(release.places.home, home)
        self.office: Office = load_office(Places(home))
        self.folder = home / "reports" / PERIOD

    def compared(self) -> tuple[str, list[dict[str, str]]]:
        """What the officer is told, and the rows of the comparison."""
        told = write_lke(self.office, PERIOD, "rilis")
        return told, rows_of(self.folder)

    def different(self) -> list[str]:
        """The variables of the comparison that differ."""
        return [row["nama"] for row in self.compared()[1] if row["kesimpulan"] == "BERBEDA"]


@pytest.fixture
def copied(one: Released, tmp_path: Path) -> Iterator[Copied]:
    yield Copied(one, tmp_path / "kantor")


def rows_of(folder: Path) -> list[dict[str, str]]:
    """The comparison of a period as its CSV tells it."""
    with (folder / "lke" / f"11a-konsistensi-{PERIOD}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def summary_of(folder: Path) -> dict[str, dict[str, str]]:
    """The items of the summary by number."""
    with (folder / "lke" / f"ringkasan-lke-{PERIOD}.csv").open(encoding="utf-8", newline="") as file:
        return {row["butir"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("office", ["one", "several"])
def test_more_than_twenty_variables_are_the_same_in_every_medium(office: str, request: pytest.FixtureRequest) -> None:
    release: Released = request.getfixturevalue(office)
    rows = rows_of(release.folder)
    states = [[value for name, value in row.items() if name.endswith(": keadaan")] for row in rows]
    assert {row["kesimpulan"] for row in rows} == {"sama"}
    assert sum(set(row) == {"sama"} for row in states) > 20
    assert {len(row) for row in states} == {8}
    assert summary_of(release.folder)["11a"]["skor_didukung"] == "3"
    people = rows[0]
    assert (people["indikator"], people["rincian"]) == ("jumlah_penduduk", "total")
    wider = [cell for cell in release.cells.values() if cell["period"] == PERIOD and cell["level"] not in ("rt", "rw")]
    total = max(c["value"] for c in wider if (c["indicator"], c["breakdown"]) == ("jumlah_penduduk", "total"))
    assert {float(value) for name, value in people.items() if f"{name}: keadaan" in people} == {total}


def test_a_number_changed_in_the_book_makes_that_variable_differ(
    copied: Copied, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied.folder / f"kelurahan-dalam-angka-{PERIOD}.xlsx"
    book = load_workbook(path)
    cell = next(row[1] for row in book["T14.1"].iter_rows() if row[0].value == "Triwulan III 2025")
    was, cell.value = cell.value, cell.value + 1
    book.save(path)
    told, rows = copied.compared()
    (changed,) = [row for row in rows if row["kesimpulan"] == "BERBEDA"]
    assert changed["nama"] == "Jumlah Penduduk"
    assert changed["Kelurahan Dalam Angka (Excel): keadaan"] == "BERBEDA"
    assert changed["Kelurahan Dalam Angka (Excel)"] == f"{was}; {was + 1}"
    assert changed["CSV indikator: keadaan"] == "sama"
    assert "1 variabel" in told and path.name in told and "\n" not in told
    red = load_workbook(copied.folder / "lke" / f"11a-konsistensi-{PERIOD}.xlsx").worksheets[0]
    marked = {c.value for row in red.iter_rows() for c in row if c.fill.fgColor.rgb == "FFFDE7E9"}
    assert marked == {f"{was}; {was + 1}", "BERBEDA"}
    assert int(summary_of(copied.folder)["11a"]["skor_didukung"]) < 3
    assert copied.compared()[0] == told  # an unchanged packet goes on telling it
    write_handouts(copied.office)
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (f"profil-{PERIOD}.html", '>{shown}</td>', '>{wrong}</td>'),  # what people see
        (f"profil-{PERIOD}.html", 'data-value="{exact}">{shown}</td>', 'data-value="1.5">{shown}</td>'),
        ("data/deret_penduduk.csv", ",{exact},", ",1.5,"),
        ("sdmx/data.csv", "_T,2025-Q3,{exact},orang per keluarga", "_T,2025-Q3,,orang per keluarga"),
        (f"indikator-{PERIOD}.csv", ",{exact},orang per keluarga", ",1.5,orang per keluarga"),
    ],
)  # fmt: skip
def test_a_number_changed_in_a_text_makes_that_variable_differ(
    copied: Copied, file: str, before: str, after: str
) -> None:
    (value,) = [row["SDMX-CSV"] for row in copied.compared()[1] if row["nama"] == "Rata-rata Anggota Keluarga"]
    words = {"exact": value, "shown": f"{float(value):.2f}".replace(".", ","), "wrong": "9,99"}
    path = copied.folder / file
    text = path.read_text(encoding="utf-8")
    assert before.format(**words) in text
    path.write_text(text.replace(before.format(**words), after.format(**words)), encoding="utf-8")
    assert copied.different() == ["Rata-rata Anggota Keluarga"]


def test_a_number_changed_in_the_pdf_makes_that_variable_differ(copied: Copied) -> None:
    """Another PDF with one row of the profile in it: of all others it shows nothing."""
    row = "Rata-rata Anggota Keluarga orang per keluarga 9,99"
    typst.compile(f"- {row}\n".encode(), output=str(copied.folder / f"profil-{PERIOD}.pdf"))
    rows = {row["nama"]: row for row in copied.compared()[1]}
    assert [name for name, row in rows.items() if row["kesimpulan"] == "BERBEDA"] == ["Rata-rata Anggota Keluarga"]
    assert rows["Rata-rata Anggota Keluarga"]["Profil (PDF): keadaan"] == "BERBEDA"
    assert rows["Rata-rata Anggota Keluarga"]["Profil (PDF)"] == "9.99"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def beheaded(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def without_a_part(path: Path) -> None:
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist() if name != "xl/workbook.xml"}
    with zipfile.ZipFile(path, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)


def renamed_heading(path: Path) -> None:
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.value = "Daerah" if cell.value == "Triwulan" else cell.value
    book.save(path)


def in_words(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b",orang per keluarga", b"x,orang per keluarga"))


def not_utf8(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Jumlah", b"Juml\xe4h"))


def of_another_shape(path: Path) -> None:
    path.write_text("bukan;data\n1;2\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        ("sdmx/data.csv", of_another_shape),
        (f"indikator-{PERIOD}.csv", in_words),
        (f"profil-{PERIOD}.html", not_utf8),
        (f"profil-{PERIOD}.pdf", beheaded),
        (f"tabel-indikator-{PERIOD}.xlsx", without_a_part),
        (f"kelurahan-dalam-angka-{PERIOD}.xlsx", renamed_heading),
        ("data/deret_penduduk.parquet", cut),
    ],
)
def test_a_damaged_file_is_named_and_leaves_no_packet_of_before(
    copied: Copied, file: str, spoil: Callable[[Path], None]
) -> None:
    path = copied.folder / file
    before = path.read_bytes()
    spoil(path)
    assert path.read_bytes() != before
    named = re.escape(file) if "data/d" not in file else r"data/\*\.parquet"
    with pytest.raises(OfficerError, match=rf"{named} rusak atau diubah"):
        copied.compared()
    assert list((copied.folder / "lke").iterdir()) == []


def test_an_unchanged_release_leaves_the_files_alone_and_the_same_release_gives_the_same_bytes(copied: Copied) -> None:
    files = sorted((copied.folder / "lke").iterdir())
    before = [(file.stat().st_mtime_ns, file.read_bytes()) for file in files]
    write_handouts(copied.office)
    assert [(file.stat().st_mtime_ns, file.read_bytes()) for file in files] == before
    shutil.rmtree(copied.folder / "lke")
    write_handouts(copied.office)
    assert [file.read_bytes() for file in files] == [content for _, content in before]


def test_the_summary_has_every_item_and_counts_what_the_files_hold(one: Released, several: Released) -> None:
    assert sum(item.weight for item in items()) == pytest.approx(28.33, abs=0.01)
    of_three, of_one = summary_of(one.folder), summary_of(several.folder)
    assert list(of_three) == [item.number for item in items()]
    assert [of_three[n]["skor_didukung"] for n in ("8a", "11b", "12a", "13a", "12b")] == ["3", "3", "2", "3", ""]
    assert of_one["13a"]["skor_didukung"] == "0"  # a single quarter is no series
    for row in of_three.values():
        assert all((one.folder / name).exists() for name in row["berkas_bukti"].split("; ") if name)
