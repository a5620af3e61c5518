"""The handed-out workbook says what the store says, shows nothing withheld, and runs nothing."""

import datetime as dt
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.errors import OfficerError
from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.publishing.tables import write_workbook

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
SEXES = {"Total": "total", "Laki-laki": "L", "Perempuan": "P"}
MARK = " ¹⁾"
Store = dict[tuple[str, str, str], dict[str, Any]]


def make_store(path: Path, areas: dict[str, tuple[str, str, int]], *changes: str) -> Path:
    """A published store with every indicator and breakdown; no two figures are alike and none is the sum of others.

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
    with duckdb.connect(str(path)) as store:
        store.execute(
            """
            CREATE TABLE cells_public (
                period VARCHAR, level VARCHAR, area VARCHAR, area_name VARCHAR, indicator VARCHAR, breakdown VARCHAR,
                numerator DOUBLE, denominator DOUBLE, value DOUBLE, unit VARCHAR, households BIGINT,
                areas_reported BIGINT, areas_expected BIGINT, status VARCHAR, release VARCHAR)
            """
        )
        store.executemany(f"INSERT INTO cells_public VALUES ({', '.join('?' * 15)})", rows)
        names = [f.name for f in fields(Indicator) if f.name not in ("recap", "needs")]
        kinds = dict.fromkeys(("official", "by_sex", "fixed_point"), "BOOLEAN") | {"order": "BIGINT", "scale": "BIGINT"}
        columns = [f'"{name}" {kinds.get(name, "VARCHAR")}' for name in names]
        store.execute(f"CREATE TABLE indicators ({', '.join(columns)})")
        entries = [[getattr(entry, name) for name in names] for entry in catalogue().values()]
        store.executemany(f"INSERT INTO indicators VALUES ({', '.join('?' * len(names))})", entries)
        store.execute("CREATE TABLE releases AS SELECT ? AS period, ? AS release", [PERIOD, RELEASE])
        store.execute("CREATE TABLE office AS SELECT ? AS kelurahan, 'Kandangan Utara' AS name", [KELURAHAN])
        for change in changes:
            store.execute(f"UPDATE cells_public SET {change}")
    return path


def cells_of(store: Path) -> Store:
    with duckdb.connect(str(store), read_only=True) as published:
        table = published.execute("SELECT * FROM cells_public")
        names = [column[0] for column in table.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in table.fetchall()]
    return {(row["area"], row["indicator"], row["breakdown"]): row for row in rows}


def written(store: Path, folder: Path) -> Workbook:
    path = folder / "tabel.xlsx"
    write_workbook(store, PERIOD, path)
    return openpyxl.load_workbook(path)


def records(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    """The rows of the sheet's one table by heading; each also holds its worksheet row."""
    (table,) = sheet.tables.values()
    heading, *rows = sheet[table.ref]
    for row in rows:
        yield {str(h.value): cell.value for h, cell in zip(heading, row, strict=True)} | {"#": row[0].row}


def seen(cell: dict[str, Any] | None, column: str = "value") -> object:
    """What a reader must see of a store's cell: its number, else the sign of why there is none."""
    if cell is None:
        return "NA"
    if cell["status"] in ("c", "s", "m") or (column == "value" and cell["status"] == "z"):
        return cell["status"]
    return "NA" if cell[column] is None else cell[column]


NAMES = {entry.name: entry for entry in catalogue().values()}
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
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("store") / "published.duckdb", AREAS, *CHANGES)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("several") / "published.duckdb", AREAS | SECOND, *CHANGES)


@pytest.fixture(scope="module")
def book(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(store, tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def wide(several: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(several, tmp_path_factory.mktemp("wide"))


def assert_summary_row(row: dict[str, Any], area: str, published: Store) -> None:
    code = NAMES[row["Indikator"].removesuffix(MARK)].code
    total = published[area, code, "total"]
    for heading, breakdown in SEXES.items():
        assert row[heading] == seen(published.get((area, code, breakdown))), (code, heading)
    assert row["Pembilang"] == seen(total, "numerator")
    assert row["Penyebut"] == seen(total, "denominator")
    assert (row["RT masuk"], row["RT seharusnya"]) == (total["areas_reported"], total["areas_expected"])
    assert (row["Satuan"], row["Tanda"]) == (total["unit"], total["status"])


def test_every_figure_of_the_summary_equals_the_store(book: Workbook, store: Path) -> None:
    rows = [row for row in records(book["Ringkasan"]) if row["Satuan"]]
    assert [row["Indikator"].removesuffix(MARK) for row in rows] == list(NAMES)
    published = cells_of(store)
    for row in rows:
        assert_summary_row(row, KELURAHAN, published)


def test_the_summary_of_several_kelurahan_has_every_area_with_figures_of_its_own(wide: Workbook, several: Path) -> None:
    titles = {"Kecamatan Kandangan": "63.06.05", "Kelurahan Kandangan Utara": KELURAHAN,
              "Desa =HYPERLINK(1)": "63.06.05.2001"}  # fmt: skip
    rows = [row for row in records(wide["Ringkasan"]) if row["Satuan"]]
    assert [row["Wilayah"] for row in rows] == [title for title in titles for _ in NAMES]
    published = cells_of(several)
    for row in rows:
        assert_summary_row(row, titles[row["Wilayah"]], published)


def test_an_area_that_only_repeats_one_kelurahan_is_left_out(book: Workbook) -> None:
    shown = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not {"Kecamatan Kandangan", "Kabupaten Hulu Sungai Selatan"} & shown
    assert "Kelurahan Kandangan Utara, Kecamatan Kandangan, Kabupaten Hulu Sungai Selatan" in shown


POPULATION = {
    "Laki-laki": ("jumlah_penduduk", "L"),
    "Perempuan": ("jumlah_penduduk", "P"),
    "Jumlah penduduk": ("jumlah_penduduk", "total"),
    "Rasio jenis kelamin": ("rasio_jenis_kelamin", "total"),
    "Jumlah keluarga": ("jumlah_keluarga", "total"),
}


@pytest.mark.parametrize("which", ["store", "several"])
def test_every_figure_by_rt_equals_the_store(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path: Path = request.getfixturevalue(which)
    published, rows = cells_of(path), list(records(written(path, tmp_path)["Penduduk RT"]))
    areas = [code for code, (level, *_) in AREAS.items() if level in ("kelurahan", "rw", "rt")]
    areas += ["63.06.05", *SECOND] if which == "several" else []
    assert sorted(row["Kode wilayah"] for row in rows) == sorted(areas)
    for row in rows:
        for heading, (code, breakdown) in POPULATION.items():
            assert row[heading] == seen(published[row["Kode wilayah"], code, breakdown]), row
        total = published[row["Kode wilayah"], "jumlah_penduduk", "total"]
        assert (row["RT masuk"], row["RT seharusnya"]) == (total["areas_reported"], total["areas_expected"])


def test_rts_stand_above_the_total_of_their_rw(book: Workbook) -> None:
    codes = [row["Kode wilayah"].removeprefix(KELURAHAN) for row in records(book["Penduduk RT"])]
    assert codes == ["-001-001", "-001-002", "-001", "-002-001", "-002-002", "-002", ""]


def test_subject_tables_of_one_kelurahan_equal_the_store(book: Workbook, store: Path) -> None:
    published, found = cells_of(store), []
    for sheet in ("Kependudukan", "Dokumen", "Kesejahteraan", "Pendidikan", "Ketenagakerjaan"):
        for row in records(book[sheet]):
            entry = NAMES[row["Indikator"].removesuffix(MARK)]
            found.append(entry.code)
            for heading, breakdown in SEXES.items():
                assert row[heading] == seen(published.get((KELURAHAN, entry.code, breakdown)))
            assert row["RT masuk"] == published[KELURAHAN, entry.code, "total"]["areas_reported"]
    assert found == list(catalogue())


def test_subject_tables_of_many_areas_have_one_row_an_area(tmp_path: Path) -> None:
    more = {f"63.06.05.300{n}": ("kelurahan", f"Kelurahan {n}", 1) for n in range(5)}
    store = make_store(tmp_path / "published.duckdb", AREAS | SECOND | more, *CHANGES)
    published, sheet = cells_of(store), written(store, tmp_path)["Ketenagakerjaan"]
    rows = list(records(sheet))
    assert [row["Kode wilayah"] for row in rows[:8]] == [KELURAHAN, "63.06.05.2001", *more, "63.06.05"]
    assert [row["Rincian"] for row in rows] == [sex for sex in SEXES for _ in range(8)]
    for row in rows:
        for code in ("tpak", "tpt", "tkk", "neet"):
            (heading,) = [h for h in row if h.startswith(catalogue()[code].name)]
            assert row[heading] == seen(published[row["Kode wilayah"], code, SEXES[row["Rincian"]]])
        assert (row["RT masuk"], row["RT seharusnya"]) == (
            published[row["Kode wilayah"], "tpak", "total"]["areas_reported"],
        ) * 2


def test_withheld_figures_show_their_flag_and_no_number(book: Workbook) -> None:
    rows = {row["Indikator"].removesuffix(MARK): row for row in records(book["Ringkasan"]) if row["Satuan"]}
    poor = rows[catalogue()["p0"].name]
    assert [poor[h] for h in ("Total", "Pembilang", "Penyebut", "Tanda")] == ["c"] * 4
    jobless = rows[catalogue()["tpt"].name]
    assert (jobless["Laki-laki"], jobless["Perempuan"]) == ("s", "s")
    assert [rows[catalogue()["neet"].name][h] for h in ("Total", "Laki-laki", "Pembilang")] == ["m"] * 3
    none = rows[catalogue()["apm_sd"].name]
    assert [none[h] for h in ("Total", "Pembilang", "Penyebut")] == ["z", 0, 0]


def test_figures_are_numbers_that_their_format_rounds(book: Workbook) -> None:
    sheet = book["Ringkasan"]
    formats = {
        row["Indikator"].removesuffix(MARK): sheet.cell(row["#"], 3).number_format
        for row in records(sheet)
        if row["Satuan"]
    }
    expected = {"jumlah_penduduk": "#,##0", "amh": "#,##0.0", "p1": "#,##0.000", "gini": "#,##0.000", "rls": "#,##0.00"}
    assert {code: formats[catalogue()[code].name] for code in expected} == expected
    for row in records(sheet):
        assert all(not re.fullmatch(r"[\d.,]+", str(v)) for v in row.values() if isinstance(v, str))


def test_doubtful_figures_stay_numbers_and_carry_their_mark(book: Workbook) -> None:
    sheet = book["Ringkasan"]
    rows = {row["Indikator"].removesuffix(MARK): row["#"] for row in records(sheet) if row["Satuan"]}
    unreliable = sheet.cell(rows[catalogue()["aps_7_12"].name], 3)
    assert (unreliable.data_type, unreliable.number_format) == ("n", '#,##0.0" u"')
    fewer = sheet.cell(rows[catalogue()["persentase_lansia"].name], 4)
    assert (fewer.data_type, fewer.number_format) == ("n", '#,##0.0" ²⁾"')
    notes = [str(sheet.cell(row, 1).value) for row in range(max(rows.values()) + 1, sheet.max_row + 1)]
    assert {note.split()[0] for note in notes} >= {"u:", "c:", "s:", "z:", "m:", "NA:", "²⁾", "¹⁾", "Sumber:"}


def test_nothing_runs_and_nothing_leads_outside(wide: Workbook, several: Path, tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    write_workbook(several, PERIOD, path)
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if "external" in name.lower() or name.endswith(".bin")]
        for name in parts.namelist():
            content = parts.read(name).decode()
            assert 'TargetMode="External"' not in content
            assert "<f>" not in content
    assert all(cell.data_type != "f" for sheet in wide for row in sheet.iter_rows() for cell in row)


def test_hostile_names_stay_text(book: Workbook, wide: Workbook) -> None:
    names = {row["Wilayah"] for row in records(book["Penduduk RT"])}
    assert {"=1+1", "<script>alert(1)</script>"} <= names
    cells = [c for row in book["Penduduk RT"].iter_rows() for c in row if c.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]
    assert "Desa =HYPERLINK(1): Total" in next(records(wide["Dokumen"]))


def test_the_same_release_gives_the_same_bytes(store: Path, tmp_path: Path) -> None:
    """Also in another process, where sets have another order and no workbook was written before."""
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    write_workbook(store, PERIOD, paths[0])
    call = "import sys, pathlib, pipelines.publishing.tables as t; s, p = map(pathlib.Path, sys.argv[1:])"
    subprocess.run([sys.executable, "-c", f"{call}; t.write_workbook(s, '{PERIOD}', p)", store, paths[1]], check=True)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert openpyxl.load_workbook(paths[0]).properties.created == dt.datetime(2025, 9, 30, 12)
    with zipfile.ZipFile(paths[0]) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_a_period_without_release_leaves_what_was_there(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(OfficerError, match="2024-Q1"):
        write_workbook(store, "2024-Q1", path)
    assert [p.name for p in tmp_path.iterdir()] == ["tabel.xlsx"]
    assert path.read_bytes() == b"before"


def test_every_link_of_the_cover_leads_to_its_place(wide: Workbook) -> None:
    links = {str(cell.value): cell.hyperlink for row in wide["Sampul"].iter_rows() for cell in row if cell.hyperlink}
    assert [name for name in wide.sheetnames if name not in links] == ["Sampul"]
    for text, link in links.items():
        sheet, address = link.location.replace("'", "").split("!")
        if sheet == "Ringkasan" and text != "Ringkasan":
            assert wide[sheet][address].value == text
    assert "Kelurahan Kandangan Utara" in links


def test_sheets_can_be_read_by_keyboard_and_on_paper(book: Workbook) -> None:
    assert book.sheetnames == ["Sampul", "Ringkasan", "Penduduk RT", "Kependudukan", "Dokumen", "Kesejahteraan",
                               "Pendidikan", "Ketenagakerjaan", "Definisi", "Catatan"]  # fmt: skip
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert all(table.headerRowCount == 1 for table in sheet.tables.values())
        assert sheet.print_area
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P" in sheet.oddFooter.right.text
        assert RELEASE in sheet.oddHeader.right.text
        if sheet.title != "Sampul":
            assert sheet.print_title_rows == "$5:$5"
            assert sheet.freeze_panes.endswith("6")


def test_every_indicator_is_defined_in_words(book: Workbook) -> None:
    rows = [row for row in records(book["Definisi"]) if row["Definisi"]]
    assert [row["Kode"] for row in rows] == list(catalogue())
    formulas = {row["Kode"]: row["Rumus"] for row in rows}
    assert formulas["rasio_jenis_kelamin"] == "100 × jumlah laki-laki / jumlah perempuan"
    assert formulas["jumlah_penduduk"] == "Banyaknya penduduk"
    assert not [formula for formula in formulas.values() if "_" in formula or "BETWEEN" in formula]
