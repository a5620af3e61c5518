"""The handed-out workbook says what the store says, shows nothing withheld, and runs nothing."""

import datetime as dt
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.errors import OfficerError
from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.release import NOT_PUBLISHED
from pipelines.publishing.tables import write_workbook
from pipelines.publishing.tiers import COLUMNS

PERIOD, RELEASE = "2025-Q3", "2025-Q3-0a1b2c3d"
KELURAHAN = "63.06.05.1002"
AREAS = {
    "63.06": ("kabupaten", "Hulu Sungai Selatan", 4),
    "63.06.05": ("kecamatan", "Kandangan", 4),
    KELURAHAN: ("kelurahan", "Kandangan Utara", 4),
    f"{KELURAHAN}-001": ("rw", "RW 001", 2),
    f"{KELURAHAN}-001-001": ("rt", "RT 001 RW 001", 1),
    f"{KELURAHAN}-001-002": ("rt", "=1+1", 1),
    f"{KELURAHAN}-002": ("rw", "<script>alert(1)</script>", 2),
    f"{KELURAHAN}-002-001": ("rt", "RT 001 RW 002", 1),
    f"{KELURAHAN}-002-002": ("rt", "RT 002 RW 002", 1),
}
SECOND = {
    "63.06.05.2001": ("kelurahan", "=HYPERLINK(1)", 1),
    "63.06.05.2001-001": ("rw", "RW 001", 1),
    "63.06.05.2001-001-001": ("rt", "RT 001", 1),
}
DESA = "Desa =HYPERLINK(1)"
SEXES = {"Total": "total", "Laki-laki": "L", "Perempuan": "P"}
MARK = " ¹⁾"
Store = dict[tuple[str, str, str], dict[str, Any]]


@dataclass(frozen=True)
class Release:
    """A published store, its cells, and the workbook made of it."""

    store: Path
    cells: Store
    book: Workbook


def publish(folder: Path, areas: dict[str, tuple[str, str, int]]) -> Release:
    """A store with every indicator and breakdown, and its workbook; no figure is the sum of others, then `CHANGES`.

    It has no table of the liaison tier, so whatever the workbook shows is public.
    """
    number = count(101)
    rows: list[tuple[object, ...]] = []
    for area, (level, name, rts) in areas.items():
        for entry, breakdown in [(i, b) for i in catalogue().values() for b in i.breakdowns]:
            value = next(number) + (0 if entry.is_count else 0.123456)
            parts: tuple[float | None, float | None] = (value, None) if entry.is_count else (None, None)
            if entry.method == "ratio" and not entry.is_count:
                parts = (float(next(number)), float(next(number)))
            cell = (PERIOD, level, area, name, entry.code, breakdown, *parts, value, entry.unit, 50)
            rows.append((*cell, rts, rts, "ok", RELEASE))
    path = folder / "published.duckdb"
    with duckdb.connect(str(path)) as store:
        store.register("rows", pd.DataFrame(rows, columns=COLUMNS))
        texts = pd.DataFrame(map(asdict, catalogue().values())).drop(columns=list(NOT_PUBLISHED))
        store.register("texts", texts)
        store.execute("CREATE TABLE cells_public AS FROM rows")
        store.execute("CREATE TABLE indicators AS FROM texts")
        store.execute("CREATE TABLE releases AS SELECT ? AS period, ? AS release", [PERIOD, RELEASE])
        store.execute("CREATE TABLE office AS SELECT ? AS kelurahan, 'Kandangan Utara' AS name", [KELURAHAN])
        for change in CHANGES:
            store.execute(f"UPDATE cells_public SET {change}")
        told = [dict(zip(COLUMNS, row, strict=True)) for row in store.execute("FROM cells_public").fetchall()]
    write_workbook(path, PERIOD, folder / "tabel.xlsx")
    cells = {(cell["area"], cell["indicator"], cell["breakdown"]): cell for cell in told}
    return Release(path, cells, openpyxl.load_workbook(folder / "tabel.xlsx"))


def records(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    """The rows of the sheet's one table by heading; each also holds its worksheet row."""
    (table,) = sheet.tables.values()
    heading, *rows = sheet[table.ref]
    for row in rows:
        yield {str(h.value): cell.value for h, cell in zip(heading, row, strict=True)} | {"#": row[0].row}


def summary(book: Workbook) -> dict[str, dict[str, Any]]:
    """The indicator rows of Ringkasan by code, of its last area."""
    rows = [row for row in records(book["Ringkasan"]) if row["Satuan"]]
    return {NAMES[row["Indikator"].removesuffix(MARK)].code: row for row in rows}


def seen(cell: dict[str, Any] | None, column: str = "value") -> object:
    """What a reader must see of a store's cell: its number, else the sign of why there is none."""
    if cell is None:
        return "NA"
    if cell["status"] in ("c", "s", "m") or (column == "value" and cell["status"] == "z"):
        return cell["status"]
    return "NA" if cell[column] is None else cell[column]


NAMES = {entry.name: entry for entry in catalogue().values()}
TABLED = [entry.code for entry in catalogue().values() if not entry.whole]  # a total of 100 percent says nothing
WITHHELD = "numerator = NULL, denominator = NULL, value = NULL, households = NULL"
CHANGES = (
    f"status = 'c', {WITHHELD} WHERE indicator = 'p0'",
    "status = 'c' WHERE indicator = 'bab_sembarangan'",
    f"status = 's', {WITHHELD} WHERE indicator = 'tpt' AND breakdown <> 'total'",
    f"status = 'm', {WITHHELD}, areas_reported = 0 WHERE indicator = 'neet'",
    "status = 'z', value = NULL, numerator = 0, denominator = 0 WHERE indicator = 'apm_sd'",
    "status = 'u' WHERE indicator = 'aps_7_12'",
    f"status = 'c', {WITHHELD} WHERE indicator = 'jumlah_keluarga' AND area = '{KELURAHAN}-001-001'",
    f"status = 'm', {WITHHELD}, areas_reported = 0 WHERE area = '{KELURAHAN}-002-002'",
    "areas_reported = areas_reported - 1 WHERE indicator = 'persentase_lansia' AND breakdown <> 'total'",
)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return publish(tmp_path_factory.mktemp("one"), AREAS)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return publish(tmp_path_factory.mktemp("several"), AREAS | SECOND)


def assert_summary_row(row: dict[str, Any], area: str, published: Store) -> None:
    code = NAMES[row["Indikator"].removesuffix(MARK)].code
    total = published[area, code, "total"]
    for heading, breakdown in SEXES.items():
        assert row[heading] == seen(published.get((area, code, breakdown))), (code, heading)
    assert (row["Pembilang"], row["Penyebut"]) == (seen(total, "numerator"), seen(total, "denominator"))
    assert (row["RT masuk"], row["RT seharusnya"]) == (total["areas_reported"], total["areas_expected"])
    assert (row["Satuan"], row["Tanda"]) == (total["unit"], total["status"])


def test_every_figure_of_the_summary_equals_the_store(one: Release) -> None:
    rows = summary(one.book)
    assert list(rows) == TABLED
    for row in rows.values():
        assert_summary_row(row, KELURAHAN, one.cells)


def test_the_summary_of_several_kelurahan_has_every_area_with_figures_of_its_own(several: Release) -> None:
    titles = {"Kecamatan Kandangan": "63.06.05", "Kelurahan Kandangan Utara": KELURAHAN, DESA: "63.06.05.2001"}
    rows = [row for row in records(several.book["Ringkasan"]) if row["Satuan"]]
    assert [row["Wilayah"] for row in rows] == [title for title in titles for _ in TABLED]
    for row in rows:
        assert_summary_row(row, titles[row["Wilayah"]], several.cells)


def test_an_area_that_only_repeats_one_kelurahan_is_left_out(one: Release) -> None:
    shown = {str(cell.value) for sheet in one.book for row in sheet.iter_rows() for cell in row}
    assert not {"Kecamatan Kandangan", "Kabupaten Hulu Sungai Selatan"} & shown
    assert "Kelurahan Kandangan Utara, Kecamatan Kandangan, Kabupaten Hulu Sungai Selatan" in shown


POPULATION = {
    "jumlah_penduduk": {"Laki-laki": "L", "Perempuan": "P", "Jumlah penduduk": "total"},
    "rasio_jenis_kelamin": {"Rasio jenis kelamin": "total"},
    "jumlah_keluarga": {"Jumlah keluarga": "total"},
}


@pytest.mark.parametrize("which", ["one", "several"])
def test_every_figure_by_rt_equals_the_store(which: str, request: pytest.FixtureRequest) -> None:
    release: Release = request.getfixturevalue(which)
    rows = list(records(release.book["Penduduk RT"]))
    areas = [code for code in AREAS if code.startswith(KELURAHAN)]
    areas += ["63.06.05", *SECOND] if which == "several" else []
    totals_last = sorted(areas, key=lambda code: f"{code}~")
    assert [row["Kode wilayah"] for row in rows] == totals_last
    for row in rows:
        for code, headings in POPULATION.items():
            told = {heading: seen(release.cells[row["Kode wilayah"], code, sex]) for heading, sex in headings.items()}
            assert {heading: row[heading] for heading in headings} == told
        total = release.cells[row["Kode wilayah"], "jumlah_penduduk", "total"]
        assert (row["RT masuk"], row["RT seharusnya"]) == (total["areas_reported"], total["areas_expected"])


def test_subject_tables_of_one_kelurahan_equal_the_store(one: Release) -> None:
    found = []
    for sheet in one.book.sheetnames[3:-2]:
        for row in records(one.book[sheet]):
            entry = NAMES[row["Indikator"].removesuffix(MARK)]
            found.append(entry.code)
            for heading, breakdown in SEXES.items():
                assert row[heading] == seen(one.cells.get((KELURAHAN, entry.code, breakdown)))
            assert row["RT masuk"] == one.cells[KELURAHAN, entry.code, "total"]["areas_reported"]
    assert found == TABLED


def test_subject_tables_of_many_areas_have_one_row_an_area(tmp_path: Path) -> None:
    more = {f"63.06.05.300{n}": ("kelurahan", f"Kelurahan {n}", 1) for n in range(5)}
    release = publish(tmp_path, AREAS | SECOND | more)
    rows = list(records(release.book["Ketenagakerjaan"]))
    assert [row["Kode wilayah"] for row in rows[:8]] == [KELURAHAN, "63.06.05.2001", *more, "63.06.05"]
    assert [row["Rincian"] for row in rows] == [sex for sex in SEXES for _ in range(8)]
    for row in rows:
        for code in ("tpak", "tpt", "tkk", "neet"):
            (heading,) = [h for h in row if h.startswith(catalogue()[code].name)]
            assert row[heading] == seen(release.cells[row["Kode wilayah"], code, SEXES[row["Rincian"]]])
        assert row["RT masuk"] == release.cells[row["Kode wilayah"], "tpak", "total"]["areas_reported"]


def test_withheld_figures_show_their_flag_and_no_number(one: Release) -> None:
    rows = summary(one.book)
    for code in ("p0", "bab_sembarangan"):
        assert [rows[code][h] for h in ("Total", "Pembilang", "Penyebut", "Tanda")] == ["c"] * 4
    assert [rows["tpt"][h] for h in ("Laki-laki", "Perempuan")] == ["s"] * 2
    assert [rows["neet"][h] for h in ("Total", "Laki-laki", "Pembilang")] == ["m"] * 3
    assert [rows["apm_sd"][h] for h in ("Total", "Pembilang", "Penyebut")] == ["z", 0, 0]


def test_figures_are_numbers_that_their_format_rounds_and_marks(one: Release) -> None:
    sheet, rows = one.book["Ringkasan"], summary(one.book)
    looks = {"jumlah_penduduk": "#,##0", "amh": "#,##0.0", "p1": "#,##0.000", "gini": "#,##0.000", "rls": "#,##0.00"}
    for code, look in (looks | {"aps_7_12": '#,##0.0" u"'}).items():
        cell = sheet.cell(rows[code]["#"], 3)
        assert (cell.data_type, cell.number_format) == ("n", f"[$-421]{look}")
    assert sheet.cell(rows["persentase_lansia"]["#"], 4).number_format == '[$-421]#,##0.0" ²⁾"'
    assert not [v for row in rows.values() for v in row.values() if re.fullmatch(r"'?[\d.,]+'", repr(v))]
    notes = {str(cell.value).split()[0] for cell in sheet["A"] if cell.value}
    assert notes >= {"ok:", "u:", "c:", "s:", "z:", "m:", "NA:", "²⁾", "¹⁾", "Sumber:"}


def test_hostile_names_stay_text_and_nothing_leads_outside(one: Release, several: Release) -> None:
    with zipfile.ZipFile(several.store.with_name("tabel.xlsx")) as parts:
        for name in parts.namelist():
            assert not re.search(rb'TargetMode="External"|<f>|<f ', parts.read(name)), name
    assert all(cell.data_type != "f" for sheet in several.book for row in sheet.iter_rows() for cell in row)
    kinds = {cell.value: cell.data_type for row in one.book["Penduduk RT"].iter_rows() for cell in row}
    assert (kinds["=1+1"], kinds["<script>alert(1)</script>"]) == ("s", "s")
    assert f"{DESA}: Total" in next(records(several.book["Dokumen"]))


def test_the_same_release_gives_the_same_bytes(one: Release, tmp_path: Path) -> None:
    """Also in another process, where sets have another order and no workbook was written before."""
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    write_workbook(one.store, PERIOD, paths[0])
    call = "import sys, pathlib as p, pipelines.publishing.tables as t; s, q, to = sys.argv[1:]"
    call += "; t.write_workbook(p.Path(s), q, p.Path(to))"
    subprocess.run([sys.executable, "-c", call, one.store, PERIOD, paths[1]], check=True)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert openpyxl.load_workbook(paths[0]).properties.created == dt.datetime(2025, 9, 30, 12)
    with zipfile.ZipFile(paths[0]) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_a_period_without_release_leaves_what_was_there(one: Release, tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(OfficerError, match="2024-Q1"):
        write_workbook(one.store, "2024-Q1", path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"tabel.xlsx": b"before"}


def test_every_link_of_the_cover_leads_to_its_place(several: Release) -> None:
    wide = several.book
    links = {str(cell.value): cell.hyperlink for row in wide["Sampul"].iter_rows() for cell in row if cell.hyperlink}
    assert [name for name in wide.sheetnames if name not in links] == ["Sampul"]
    for text, link in links.items():
        sheet, address = link.location.replace("'", "").split("!")
        assert text in (sheet, wide[sheet][address].value)
    assert "Kelurahan Kandangan Utara" in links


def test_sheets_can_be_read_by_keyboard_and_on_paper(one: Release) -> None:
    assert one.book.sheetnames == [
        "Sampul", "Ringkasan", "Penduduk RT", "Kependudukan", "Dokumen", "Kesejahteraan", "Ketepatan Bantuan",
        "Kemiskinan Multidimensi", "Pendidikan", "Anak Tidak Sekolah", "Ketenagakerjaan", "Definisi", "Catatan",
    ]  # fmt: skip
    for sheet in one.book:
        assert not sheet.merged_cells.ranges
        assert all(table.headerRowCount == 1 for table in sheet.tables.values())
        assert sheet.print_area
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert ("&P" in sheet.oddFooter.right.text, RELEASE in sheet.oddHeader.right.text) == (True, True)
        if sheet.title != "Sampul":
            assert (sheet.print_title_rows, sheet.freeze_panes[1:]) == ("$5:$5", "6")


def test_every_indicator_is_defined_in_words(one: Release) -> None:
    rows = [row for row in records(one.book["Definisi"]) if row["Definisi"]]
    assert sorted(row["Kode"] for row in rows) == sorted(catalogue())
    formulas = {row["Kode"]: row["Rumus"] for row in rows}
    assert formulas["rasio_jenis_kelamin"] == "100 × jumlah penduduk laki-laki / jumlah penduduk perempuan"
    assert formulas["jumlah_penduduk"] == "Banyaknya penduduk"
    assert not [formula for formula in formulas.values() if "_" in formula or "BETWEEN" in formula]
