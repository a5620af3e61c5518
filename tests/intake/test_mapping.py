"""Headings that nobody knows: what check offers, how the officer confirms it, and what the confirmed mapping does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.areas import Address, Register
from pipelines.commands.mapping import unread
from pipelines.errors import OfficerError
from pipelines.intake.layoutfile import load_layouts
from pipelines.intake.offers import Offer, offers
from pipelines.intake.staged import Source
from pipelines.intake.staging import stage
from pipelines.intake.workbook import read_book
from tests.conftest import Cantik
from tests.warehouse.office import take_in

from .surveys import DAK, dak, survey
from .taking import KELURAHAN, PERIOD
from .workbooks import PEOPLE, Table, xlsx

WRITTEN = {"Nama Lengkap": "Nama Wrg", "Tanggal Lahir": "Tgl Lhir", "Nomor KK": "No Kartu Kel"}


def handmade(*more: str) -> Table:
    """Our three people under headings that are nearly ours, and one that is not."""
    headings = [WRITTEN.get(heading, heading) for heading in PEOPLE[0]]
    return [[*headings, "Hobi", *more], *([*row, "Catur", *more] for row in PEOPLE[1:])]


def write(path: Path, *tables: Table) -> Path:
    """A workbook of these tables."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(xlsx(*tables))
    return path


def test_offer_names_known_and_unknown_headings(cantik: Cantik, home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "posyandu.xlsx", handmade())
    done = cantik(home, "check", str(file))
    assert done.returncode == 1
    assert "dikenal: 'NIK' = NIK, 'Jenis Kelamin' = Jenis Kelamin" in done.stdout
    assert (
        "tidak dikenal: 'No Kartu Kel' (mungkin maksudnya Nomor KK), 'Nama Wrg' (mungkin maksudnya Nama Lengkap), "
        "'Tgl Lhir' (mungkin maksudnya Tanggal Lahir), 'Hobi'\n"
    ) in done.stdout
    assert f'cantik check "{file}" --simpan-tata-letak NAMA' in done.stdout
    assert not (home / "data" / "layouts").exists()


def test_offer_as_json(here: Cantik, home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "posyandu.xlsx", handmade())
    [entry] = json.loads(here(home, "check", str(file), "--format", "json").stdout)
    assert entry["verdict"] == "rejected"
    [table] = entry["tables"]
    assert (table["sheet"], table["layout"]) == ("Sheet1", None)
    assert table["known"]["NIK"] == "NIK"
    assert table["unknown"] == {
        "No Kartu Kel": "Nomor KK", "Nama Wrg": "Nama Lengkap", "Tgl Lhir": "Tanggal Lahir", "Hobi": None,
    }  # fmt: skip


def test_unknown_column_of_a_good_sheet_has_its_nearest_heading(here: Cantik, home: Path, tmp_path: Path) -> None:
    rows: Table = [[*PEOPLE[0], "Pekerjaan Utma", "Hobi"], *([*row, "Petani", "Catur"] for row in PEOPLE[1:])]
    done = here(home, "check", str(write(tmp_path / "warga.xlsx", rows)))
    assert done.returncode == 0
    assert (
        "Kolom 'Pekerjaan Utma' di sheet 'Sheet1' tidak dikenal dan tidak dibaca (mungkin maksudnya Pek" in done.stdout
    )
    assert "Kolom 'Hobi' di sheet 'Sheet1' tidak dikenal dan tidak dibaca." in done.stdout


@pytest.mark.parametrize(
    "table",
    [
        [["6306051205900001", "AHMAD", "L", "Kawin"], ["6306051205900002", "BUDI", "L", "Kawin"]],
        [["AHMAD", "L", "Kawin", "Kepala Keluarga"], ["BUDI", "L", "Kawin", "Anak"]],
        [["AHMAD", "MANGSIT", "PETANI"], ["BUDI", "MANGSIT", "PETANI"]],
        [["AHMAD", "08123456789", "Kawin", "L"], ["BUDI", "08123456780", "Kawin", "L"]],
    ],
)
def test_data_without_headings_is_not_repeated(here: Cantik, home: Path, tmp_path: Path, table: Table) -> None:
    file = write(tmp_path / "data.xlsx", table)
    for form in ("text", "json"):
        done = here(home, "check", str(file), "--format", form)
        assert done.returncode == 1
        assert not [word for word in ("AHMAD", "BUDI", "6306", "0812") if word in done.stdout + done.stderr]


def test_confirmed_mapping_lets_the_file_in(here: Cantik, home: Path) -> None:
    """Received and rejected first; the mapping makes it come in at the next run, without being sent again."""
    file = write(home / "data" / "raw" / "2025-Q3" / "posyandu.xlsx", handmade())
    take_in(home)
    done = here(home, "check", str(file), "--simpan-tata-letak", "posyandu")
    assert done.returncode == 0, done.stdout
    assert "3 baris, 3 diterima" in done.stdout
    assert "dikenal sebagai posyandu" in done.stdout
    assert "Tata letak disimpan" in done.stderr
    text = (home / "data" / "layouts" / "posyandu.toml").read_text(encoding="utf-8")
    assert '"Nama Wrg" = "nama" # Nama Lengkap' in text
    assert '"Hobi" = "" # tidak dibaca' in text
    take_in(home)
    with duckdb.connect(str(home / "data" / "warehouse" / "warehouse.duckdb"), read_only=True) as warehouse:
        assert warehouse.execute("SELECT verdict FROM receipts").fetchall() == [("accepted",)]
        assert warehouse.execute("SELECT count(*) FROM penduduk").fetchone() == (3,)


def test_mapping_serves_the_next_file_of_that_sender(here: Cantik, home: Path, tmp_path: Path) -> None:
    """Another column more or less does not matter; other senders are read as before."""
    here(home, "check", str(write(tmp_path / "a.xlsx", handmade())), "--simpan-tata-letak", "posyandu")
    assert here(home, "check", str(write(tmp_path / "b.xlsx", handmade("Catatan")))).returncode == 0
    ours = here(home, "check", str(write(tmp_path / "c.xlsx", PEOPLE)))
    assert ours.returncode == 0
    assert "posyandu" not in ours.stdout


def test_mapping_of_a_known_layout_keeps_its_codes(here: Cantik, home: Path, tmp_path: Path) -> None:
    """A Prodeskel sheet with a misspelt heading is Prodeskel all the same: 1 is Kawin."""
    table = survey(DAK, dak(), more="No KK, Tanggal Lahir")
    table[0][table[0].index("Tanggal Lahir")] = "Tanggal Lahirr"
    file = write(tmp_path / "dak.xlsx", table)
    assert "Dikenal sebagai Prodeskel DAK" in here(home, "check", str(file)).stdout
    done = here(home, "check", str(file), "--simpan-tata-letak", "dak kami")
    assert done.returncode == 0, done.stdout
    assert 'based_on = "Prodeskel DAK"' in (home / "data" / "layouts" / "dak kami.toml").read_text(encoding="utf-8")
    layout = load_layouts(home / "data" / "layouts").by_name["dak kami"]
    assert layout.codes["status_perkawinan"]["1"] == "2"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../luar", "tidak dapat dipakai"),
        ("sudah", "sudah ada"),
        ("opensid", "sudah ada"),
    ],
)
def test_a_name_that_cannot_be_used(here: Cantik, home: Path, tmp_path: Path, name: str, said: str) -> None:
    folder = home / "data" / "layouts"
    folder.mkdir()
    (folder / "sudah.toml").write_text('name = "Sudah"\nrecognise = ["Aaa", "Bbb"]\n', encoding="utf-8")
    done = here(home, "check", str(write(tmp_path / "a.xlsx", handmade())), "--simpan-tata-letak", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert [path.name for path in folder.iterdir()] == ["sudah.toml"]


def test_nothing_to_map_and_several_files(here: Cantik, home: Path, tmp_path: Path) -> None:
    file = str(write(tmp_path / "a.xlsx", PEOPLE))
    done = here(home, "check", file, "--simpan-tata-letak", "x")
    assert (done.returncode, done.stderr) == (
        2,
        "cantik: Tidak ada judul kolom yang perlu diartikan. Tidak ada yang disimpan.\n",
    )
    assert "satu berkas saja" in here(home, "check", file, file, "--simpan-tata-letak", "x").stderr


BROKEN = {
    "recognise": ('name = "X"\n', "kunci recognise harus memuat sedikitnya 2 judul"),
    "column": ('name = "X"\nrecognise = ["A1", "B1"]\n[columns]\nUmur = "usia"\n', 'kunci "Umur" berisi "usia"'),
    "code": (
        'name = "X"\nrecognise = ["A1", "B1"]\n[codes.agama]\n1 = "Jedi"\n',
        'kunci codes.agama."1" berisi "Jedi"',
    ),
    "no code": ('name = "X"\nrecognise = ["A1", "B1"]\n[codes.nik]\n1 = "2"\n', "kunci codes.nik bukan kolom berkode"),
    "dataset": ('name = "X"\nrecognise = ["A1", "B1"]\nfeeds = ["warga"]\n', 'kunci feeds berisi "warga"'),
    "base": ('name = "X"\nbased_on = "Y"\nrecognise = ["A1", "B1"]\n', 'kunci based_on berisi "Y"'),
    "key": ('name = "X"\nrecognize = ["A1", "B1"]\n', "kunci recognize tidak dikenal"),
    "name": ('recognise = ["A1", "B1"]\n', "kunci name harus berisi"),
    "block": ('name = "X"\nrecognise = ["A1", "B1"]\n[block]\nstart = "("\n', "kunci block.start bukan pola"),
    "totals": ('name = "X"\nrecognise = ["A1", "B1"]\ntotals = "("\n', "kunci totals bukan pola"),
    "taken": ('name = "SIAK"\nrecognise = ["A1", "B1"]\n', 'kunci name berisi "SIAK" yang sudah dipakai'),
    "toml": ('name = "X\n', "tidak terbaca"),
}


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_broken_layout_is_one_sentence(tmp_path: Path, wrong: str) -> None:
    text, said = BROKEN[wrong]
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(OfficerError) as raised:
        load_layouts(tmp_path)
    assert str(raised.value).startswith(f"Berkas tata letak {tmp_path / 'x.toml'}")
    assert said in str(raised.value)


def test_a_broken_layout_stops_the_call_with_exit_2(here: Cantik, home: Path, tmp_path: Path) -> None:
    folder = home / "data" / "layouts"
    folder.mkdir()
    (folder / "x.toml").write_text('name = "X"\n', encoding="utf-8")
    done = here(home, "check", str(write(tmp_path / "a.xlsx", PEOPLE)))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "kunci recognise" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal to type into")
def test_the_dialogue(home: Path, tmp_path: Path) -> None:
    """On a terminal each heading is asked for: a guess is taken, a word that means nothing is asked again."""
    file = write(tmp_path / "a.xlsx", handmade("Kerja"))
    keyboard, terminal = os.openpty()
    os.write(keyboard, b"\n\n\nbukan apa-apa\nAgama\n-\n")
    call = [sys.executable, "-m", "pipelines", "check", str(file), "--simpan-tata-letak", "posyandu"]
    done = subprocess.run(
        call,
        stdin=terminal,
        env=os.environ | {"CANTIK_HOME": str(home)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    os.close(keyboard)
    os.close(terminal)
    assert "'Hobi' [-]: " in done.stderr
    assert "'bukan apa-apa' bukan nama kolom. Pilih salah satu: " in done.stderr
    text = (home / "data" / "layouts" / "posyandu.toml").read_text(encoding="utf-8")
    assert '"Tgl Lhir" = "tanggal_lahir"' in text
    assert '"Hobi" = "agama"' in text
    assert '"Kerja" = ""' in text
    assert done.returncode == 1  # Catur is no religion
    assert "KODE01" in done.stdout


def under_status(*values: str) -> Table:
    """People of ours, and a column headed only `STATUS` in place of those that may be meant."""
    kept = [at for at, heading in enumerate(PEOPLE[0]) if heading not in ("Hubungan dalam Keluarga", "Status Dasar")]
    rows = [PEOPLE[0], *(PEOPLE[1 + number % 3] for number in range(len(values)))]
    return [[*(row[at] for at in kept), value] for row, value in zip(rows, ("STATUS", *values), strict=True)]


def offered(table: Table) -> list[Offer]:
    """What `check` offers for a table, without a process for it."""
    book = read_book("a.xlsx", xlsx(table))
    batch = stage([(Source(1, KELURAHAN, PERIOD, Address()), book)], Register(), load_layouts(Path("tidak ada")))
    return offers(batch.files[1], book.sheets)


@pytest.mark.parametrize(
    ("values", "met", "meant"),
    [
        (("Kawin", "Belum Kawin", "Cerai Hidup", "", "Kawin"), "Kawin, Belum Kawin, Cerai Hidup", "Status Perkawinan"),
        (("Hidup", "hidup", "MATI", "Pindah"), "Hidup, Mati, Pindah", "Status Dasar"),
        (("KK", "Istri", "Anak", "Anak", "cucu"), "Anak, Kepala Keluarga, Istri, ...", "Hubungan dalam Keluarga"),
        (("Kawin", "Kawin", "Kawin", "Kawin", "tidak tahu"), "Kawin", "Status Perkawinan"),
        (("Kawin", "Hidup", "Kawin", "Pindah"), "", ""),  # neither is most of it
        (("Ya", "Tidak", "Ya"), "", ""),  # several columns are answered so
        (("Lainnya", "Lainnya", "Lainnya"), "", ""),  # stands in several lists
        (("1", "2", "1"), "", ""),  # a number is a code of any list
        (("L", "P", "L"), "", ""),  # the sex stands there already
        (("Kawin",), "", ""),
        (("Catur", "Voli", "Catur"), "", ""),
    ],
)
def test_what_the_values_of_an_unknown_column_say(values: tuple[str, ...], met: str, meant: str) -> None:
    told = unread("STATUS", "Sheet1", offered(under_status(*values)))
    guess = f" (berisi {met}; mungkin maksudnya {meant})" if met else ""
    assert told == f"  Kolom 'STATUS' di sheet 'Sheet1' tidak dikenal dan tidak dibaca{guess}."


def test_two_columns_of_the_same_values_are_not_told_apart() -> None:
    table = under_status("Kawin", "Belum Kawin")
    twice = [[*row, "CATATAN" if row is table[0] else row[-1]] for row in table]
    assert [column for offer in offered(twice) for _, column in offer.unknown] == [None, None]


def test_what_values_say_is_taken_when_it_is_confirmed_and_not_before(cantik: Cantik, home: Path) -> None:
    file = write(home / "data/raw/2025-Q3/a.xlsx", under_status("Kawin", "Belum Kawin", "Cerai Hidup"))
    take_in(home)
    assert marital(home) == [(None, 3)]
    done = cantik(home, "check", str(file), "--simpan-tata-letak", "status kami")
    assert (done.returncode, "'STATUS' = Status Perkawinan" in done.stderr) == (0, True)
    take_in(home)
    assert marital(home) == [(1, 1), (2, 1), (3, 1)]


def marital(home: Path) -> list[tuple[int | None, int]]:
    with duckdb.connect(str(home / "data/warehouse/warehouse.duckdb"), read_only=True) as warehouse:
        states = "SELECT status_perkawinan, count(*) FROM penduduk GROUP BY ALL ORDER BY ALL"
        return warehouse.execute(states).fetchall()
