"""Two hundred invented persons go through every path, also the failing ones; then every byte outside is searched."""

import io
import shutil
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.cli import main
from pipelines.diagnosis import diagnosed
from pipelines.errors import OfficerError
from pipelines.faultlog import record
from pipelines.settings import Places
from tests.conftest import Cantik
from tests.warehouse.rows import HEADINGS

from .office import whole_run
from .remains import found_in

PERSONS = 200
RAW = ("data/raw/", "data/returned/", "data/warehouse/kept/", "data/warehouse/identitas.duckdb")
LEDGER = "data/warehouse/receipts.jsonl"  # the names of the files that were sent, which may be people's


def marker(number: int) -> tuple[str, str, str]:
    """NIK, KK and name of an invented person."""
    return (
        f"630605{41 + number % 28:02}0790{7000 + number:04}",
        f"630605010120{8000 + number // 4:04}",
        f"Zulq {number:04} Warga",
    )


def people() -> list[str]:
    return [text for number in range(PERSONS) for text in marker(number)]


def write_markers(home: Path) -> None:
    """Accepted rows, held ones of many kinds, a person twice, welfare and work sheets, refused and broken files."""
    inbox = home / "data/raw/2025-Q3"
    for part in range(4):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(HEADINGS)
        work = book.create_sheet("Kerja")
        work.append(("NIK", "Nama Lengkap", "RW", "RT", "Bekerja"))
        for number in range(part * 50, part * 50 + 50):
            nik, family, name = marker(number)
            wrong, rt = number % 5, f"{part + 1:03}"
            born = "31-02-1990" if wrong == 1 else "17-07-1990"
            sex = name if wrong == 2 else "P"
            sheet.append((nik[:15] if wrong == 3 else nik, family, name, sex, born, "Kepala Keluarga", "001", rt))
            work.append((nik, name, "001", rt, name if wrong == 4 else "Ya"))
        sheet.append((marker(0)[0], marker(0)[1], marker(1)[2], "P", "17-07-1990", "Istri", "001", f"{part + 1:03}"))
        book.save(inbox / f"{marker(part)[2]} {marker(part)[0]}.xlsx")
    whole = (inbox / f"{marker(0)[2]} {marker(0)[0]}.xlsx").read_bytes()
    (inbox / f"{marker(5)[2]} putus.xlsx").write_bytes(whole[:2000])
    (inbox / f"{marker(6)[2]}.docx").write_bytes(whole)
    (inbox.parent / f"{marker(7)[2]} salah tempat.xlsx").write_bytes(whole)
    lines = "\n".join(";".join((*marker(n), "P")) for n in range(0, PERSONS, 7))
    (inbox / f"{marker(8)[0]}.csv").write_text(f"Tanggal;Uraian;{marker(9)[2]}\n{lines}\n", encoding="utf-8")


def use(home: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setenv("CANTIK_HOME", str(home))
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")), redirect_stderr(io.StringIO()):
        main(words)


def fail_in_every_way(home: Path) -> None:
    """Faults whose texts quote people: of DuckDB, of Python, of the system; each as the program records it."""
    nik, _, name = marker(3)
    places = Places(home)
    for fault in (
        lambda: duckdb.sql(f"SELECT CAST('{name}' AS INTEGER)").fetchall(),
        lambda: duckdb.sql(f'SELECT * FROM "{name}"').fetchall(),
        lambda: int(name),
        lambda: {}[nik],
        lambda: (home / f"{name} {nik}").read_bytes(),
    ):
        try:
            fault()
        except Exception as error:  # noqa: BLE001 - as the program does
            record(places, error)
            diagnosed(places, error)


def test_nobody_is_named_outside_the_raw_stores(
    tiny_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Counter[str]
) -> None:
    home = tmp_path / "kantor"
    shutil.copytree(tiny_sample, home)
    (home / "data/areas.csv").unlink()
    write_markers(home)
    whole_run(home)
    fail_in_every_way(home)
    nik, _, name = marker(10)
    for words in (
        ("pull", "--tier", "liaison", "-o", str(home / "tabel.xlsx")),
        ("pull", name), ("pull", "--area", nik), ("pull", "--breakdown", name), ("pull", "--release", name),
        ("explain", "amh", "--area", "63.06.05.1002"), ("explain", name, "--area", nik), ("status",),
        ("forget", nik, "--ya"), ("forget", "9901010101010001", "--ya"),
        ("correct", marker(12)[0], "--kolom", "jenis_kelamin", "--nilai", name, "--alasan", name),
        ("correct", "9901010101010001", "--kolom", name, "--nilai", name, "--alasan", name),
    ):  # fmt: skip
        use(home, monkeypatch, *words)
    store = home / "data/warehouse/warehouse.duckdb"
    content = bytearray(store.read_bytes())
    content[4096 * 4 :: 100_000] = bytes(len(content[4096 * 4 :: 100_000]))
    whole = store.read_bytes()
    store.write_bytes(content)
    (home / "data/raw/2025-Q3" / f"{marker(0)[2]} {marker(0)[0]}.xlsx").touch()
    shutil.copy(home / "data/raw/2025-Q3" / f"{marker(1)[2]} {marker(1)[0]}.xlsx", home / "data/raw/2025-Q3/z.xlsx")
    with pytest.raises(Exception) as told:
        whole_run(home)
    if not isinstance(told.value, OfficerError):
        record(Places(home), told.value)
    store.write_bytes(whole)
    assert found_in(home, people(), (*RAW, LEDGER)) == {}
    tally["markers"] += PERSONS
    assert found_in(home, people()), "the search finds nothing where there is something"


@pytest.mark.slow
def test_nobody_is_named_in_prefect_s_folder_either(
    cantik: Cantik, tiny_sample: Path, tmp_path: Path, tally: Counter[str]
) -> None:
    home = tmp_path / "kantor"
    shutil.copytree(tiny_sample, home)
    (home / "data/areas.csv").unlink()
    write_markers(home)
    assert cantik(home, "run").returncode == 0
    nik, _, name = marker(12)
    corrected = cantik(home, "correct", nik, "--kolom", "jenis_kelamin", "--nilai", "P", "--alasan", f"kata {name}")
    assert corrected.returncode == 0, corrected.stderr
    store = home / "data/warehouse/warehouse.duckdb"
    whole = store.read_bytes()
    content = bytearray(whole)
    content[4096 * 4 :: 50_000] = bytes(len(content[4096 * 4 :: 50_000]))
    store.write_bytes(content)
    shutil.copy(home / "data/raw/2025-Q3" / f"{marker(1)[2]} {marker(1)[0]}.xlsx", home / "data/raw/2025-Q3/z.xlsx")
    done = cantik(home, "run")
    assert done.returncode == 2
    assert "cantik rebuild" in done.stderr
    store.write_bytes(whole)
    assert (home / "data/warehouse/prefect/prefect.db").exists()
    assert found_in(home, people(), (*RAW, LEDGER)) == {}
    tally["markers"] += PERSONS
