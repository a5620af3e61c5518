"""The program as an officer meets it: exit codes, one sentence on stderr, data alone on stdout, no traceback."""

import csv
import datetime as dt
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pipelines.areas import default_name
from pipelines.publishing.sdmx import sdmx_id, sex_and_breakdown
from pipelines.publishing.tiers import COLUMNS
from tests.conftest import Cantik
from tests.warehouse.office import NOW, take_in
from tests.warehouse.rows import person, write_people


def one_line(text: str) -> str:
    """The text, after seeing that it is one line and no traceback."""
    assert "Traceback" not in text
    assert len(text.strip().splitlines()) == 1, text
    return text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "--period", "2025-Q5"), "Periode '2025-Q5' tidak dikenal"),
        (("pull",), "Belum ada yang diterbitkan"),
        (("check", "tidak-ada.xlsx"), "tidak ada"),
        (("check", "."), "adalah folder"),
        (("mengolah",), "Perintah salah"),
        (("pull", "--tier", "rahasia"), "Perintah salah"),
        (("explain", "p0", "--area", "x"), "Belum ada angka yang dihitung"),
        (("serve", "--port", "x"), "harus angka"),
        (("sample", "x", "--rt", "0"), "paling sedikit 1"),
        (("sample", f"{__file__}/x"), "adalah berkas"),
        (("demo", __file__), "adalah berkas"),
        (("run", "2025-Q3"), "pilihan tidak dikenal: 2025-Q3. Lihat: cantik run --help"),
        (("run", "--pe", "2025-Q3"), "--pe kurang jelas"),
        (("status", "--periode", "2025-Q5"), "Periode '2025-Q5' tidak dikenal"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(here: Cantik, home: Path, words: tuple[str, ...], said: str) -> None:
    done = here(home, *words)
    assert done.returncode == 2
    assert said in one_line(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (None, "Belum ada"),
        ("[kelurahan", "tidak terbaca"),
        ('[kelurahan]\ncode = "6305"\nname = "x"', "code seperti"),
        ('[kelurahan]\ncode = "63.06.05.1002"\nname = "x"\n[poverty_line]\n"2025" = 1', "Periode '2025'"),
        ('[kelurahan]\ncode = "63.06.05.1002"\nname = "x"\n[poverty_line]\n"2025-Q3" = "banyak"', "angka rupiah"),
        ('[kelurahan]\ncode = "63.06.05.1002"\nname = "x"\n[poverty_line]\n"2025-Q3" = 598.545', "tanpa titik ribuan"),
        ("[kelurahan]\ncode = “63.06.05.1002”", "baris 2. Tulis teks di antara tanda kutip lurus"),
        ('[kelurahan]\ncode = "63.06.05.1002"\nname = "x"\n[publikasi]\npublic = "complete"', "maksudnya: publication"),
        ('[kelurahan]\ncode = "63.06.05.1002"\nname = "x"\n[retention]\nraw_month = 1', "maksudnya: raw_months"),
    ],
)
def test_a_wrong_set_up_is_one_line_and_exit_2(here: Cantik, home: Path, config: str | None, said: str) -> None:
    path = home / "data" / "cantik.toml"
    path.unlink()
    if config is not None:
        path.write_text(config, encoding="utf-8")
    done = here(home, "run")
    assert done.returncode == 2
    assert said in one_line(done.stderr)


def test_check_lists_the_cell_and_exits_1(cantik: Cantik, home: Path, tmp_path: Path) -> None:
    wrong = (*person(1, "Ahmad")[:4], "31/02/1990", *person(1, "")[5:])
    file = write_people(tmp_path / "warga.xlsx", wrong, person(2, "Noor", kk=2))
    done = cantik(home, "check", str(file), "--format", "json", "--period", "2025-Q3")
    [entry] = json.loads(done.stdout)
    assert done.returncode == 1
    assert (entry["verdict"], entry["reason"]) == ("held", None)
    assert entry["sheets"] == [{"sheet": "Sheet", "dataset": "penduduk", "rows": 2, "accepted": 1, "held": 1}]
    [problem] = entry["problems"]
    assert list(problem) == ["sheet", "cell", "column", "rule", "severity", "message"]
    assert (problem["cell"], problem["rule"], problem["severity"]) == ("E2", "TGL01", "error")
    assert not (home / "data" / "warehouse" / "warehouse.duckdb").exists()


def test_check_with_warnings_alone_exits_0(here: Cantik, home: Path, tmp_path: Path) -> None:
    file = write_people(tmp_path / "warga.xlsx", person(1, "Ahmad", head=False))
    done = here(home, "check", str(file), "--period", "2025-Q3")
    assert done.returncode == 0
    assert "KK01" in done.stdout


def test_check_needs_no_office(here: Cantik, tmp_path: Path) -> None:
    file = write_people(tmp_path / "warga.xlsx", person(1, "Ahmad"))
    done = here(tmp_path / "kosong", "check", str(file), "--period", "2025-Q3")
    assert (done.returncode, done.stderr) == (0, "")


def test_bad_files_each_get_a_sentence_and_do_not_stop_the_others(here: Cantik, home: Path) -> None:
    inbox = home / "data" / "raw" / "2025-Q3"
    good = write_people(inbox / "baik.xlsx", person(1, "Ahmad"))
    (inbox / "kosong.xlsx").write_bytes(b"")
    (inbox / "terpotong.xlsx").write_bytes(good.read_bytes()[:900])
    (inbox / "teks.xlsx").write_text("bukan excel", encoding="utf-8")
    (inbox / "surat.docx").write_bytes(b"PK\x03\x04")
    (inbox / "~$baik.xlsx").write_bytes(b"\x00" * 165)
    write_people(inbox.parent / "2025-Q9" / "salah.xlsx", person(2, "Noor", rt="002"))
    write_people(inbox.parent / "di luar.xlsx", person(3, "Siti", rt="003"))
    sheet = openpyxl.Workbook()
    sheet.active.append(["Tanggal", "Uraian", "Jumlah"])  # type: ignore[union-attr]
    sheet.save(inbox / "kas.xlsx")
    take_in(home)
    state = json.loads(here(home, "status", "--format", "json").stdout)
    refused = {f["file"]: f["message"] for f in state["findings"] if f["rule"] == "DITOLAK"}
    assert set(refused) == {
        "kosong.xlsx", "terpotong.xlsx", "teks.xlsx", "surat.docx", "kas.xlsx", "2025-Q9/salah.xlsx", "di luar.xlsx",
    }  # fmt: skip
    assert all(message.endswith(".") for message in refused.values())
    assert state["rows"] == {"read": 1, "accepted": 1, "held": 0}
    done = here(home, "check", *(str(p) for p in sorted(inbox.iterdir()) if not p.name.startswith("~")))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout


def test_status_json_has_the_contract_s_keys(cantik: Cantik, home: Path) -> None:
    write_people(home / "data/raw/2025-Q3/a.xlsx", person(1, "Ahmad"), ("123", *person(2, "Noor", kk=2)[1:]))
    take_in(home)
    state = json.loads(cantik(home, "status", "--format", "json").stdout)
    assert list(state)[:5] == ["period", "rows", "areas", "runs", "findings"]
    [area] = state["areas"]
    first = {"area": "63.06.05.1002-002-001", "reported": True, "accepted": 1, "held": 1}
    assert {key: area[key] for key in first} == first
    [finding] = [f for f in state["findings"] if f["severity"] == "error"]
    assert (finding["file"], finding["sheet"], finding["cell"], finding["rule"]) == ("a.xlsx", "Sheet", "A3", "ID01")


def test_status_tells_when_what_was_mended_and_what_to_pass_on(here: Cantik, home: Path) -> None:
    """Received on 20 October, six days after the due day; mended the day after. RT 002 is expected and sent nothing."""
    areas = [f"63.06.05.1002-002-{rt}" for rt in ("001", "002")]
    lines = [f"{code},rt,{default_name(code, 'rt')},63.06.05.1002-002" for code in areas]
    (home / "data" / "areas.csv").write_text("\n".join(["code,level,name,parent", *lines]), encoding="utf-8")
    sent = home / "data/raw/2025-Q3/a.xlsx"
    write_people(sent, person(1, "Ahmad"), ("123", *person(2, "Noor", kk=2)[1:]))
    take_in(home, NOW + dt.timedelta(days=19))
    write_people(sent, person(1, "Ahmad"), person(2, "Noor", kk=2), person(3, "Siti", kk=3))
    take_in(home, NOW + dt.timedelta(days=20))
    done = here(home, "status", "--format", "json")
    state = json.loads(done.stdout)
    advice = "NIK salah ketik: salin 16 angkanya dari KTP atau KK; bila NIK belum terbit tulis 0."
    mistake = {"rule": "ID01", "severity": "error", "column": "NIK", "count": 1, "advice": advice}
    assert state["due"] == "2025-10-14"
    assert state["areas"][0] == {
        "area": areas[0], "reported": True, "accepted": 3, "held": 0, "sent": 2, "first_sent": "2025-10-20",
        "corrected": 1, "days_late": 6, "most_frequent": mistake,
    }  # fmt: skip
    silent = state["areas"][1]
    assert (silent["sent"], silent["first_sent"], silent["reported"], silent["most_frequent"]) == (0, None, False, None)
    assert silent["days_late"] >= 0
    assert state["resent"] == [
        {"area": areas[0], "dataset": "penduduk", "times": 1, "added": 1, "removed": 0, "corrected": 1,
         "columns": {"NIK": 1}}
    ]  # fmt: skip
    assert state["mistakes"] == [{**mistake, "areas": 1, "previous": None}]
    assert state["compared_with"] is None
    assert not any(secret in done.stdout for secret in ("Ahmad", "Noor", "Siti", person(1, "")[0]))

    text = here(home, "status").stdout
    assert "Batas melapor: 14-10-2025 (14 hari sesudah akhir triwulan)" in text
    assert re.search(rf"{areas[0]} 20-10-2025 +2 +3 +0 +1 +6 hari", text)
    assert re.search(rf"{areas[1]} BELUM +0 +0 +0 +0 ", text)
    assert f"  RT 001 RW 002: {advice} (1x, ID01)" in text
    assert "RT 001 RW 002, Penduduk: dikirim ulang 1x; terakhir: 1 baris baru, 1 diperbaiki (NIK 1)" in text
    assert not any(secret in text for secret in ("Ahmad", "Noor", "Siti", person(1, "")[0]))


def test_the_due_day_is_the_office_s_choice(here: Cantik, home: Path) -> None:
    """Without a warehouse, too: who has not reported is late as long as the due day is past."""
    config = home / "data" / "cantik.toml"
    own = config.read_text("utf-8")
    config.write_text(f"{own}[reporting]\ndue_days = 3\n", encoding="utf-8")
    state = json.loads(here(home, "status", "--format", "json").stdout)
    assert (state["due"], state["areas"], state["mistakes"]) == ("2025-10-03", [], [])
    for wrong in ('"dua"', "-1", "true", "1000000000"):
        config.write_text(f"{own}[reporting]\ndue_days = {wrong}\n", encoding="utf-8")
        done = here(home, "status")
        assert done.returncode == 2
        assert "due_days harus bilangan bulat 0 sampai 365" in one_line(done.stderr)


def cells_of(done: "subprocess.CompletedProcess[str]") -> list[dict[str, str]]:
    """The pulled rows."""
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.fixture(scope="module")
def published(small_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terbit") / "kantor"
    shutil.copytree(small_sample, folder)
    take_in(folder)
    return folder


def test_pull_writes_data_only_in_the_contract_s_columns(cantik: Cantik, published: Path) -> None:
    done = cantik(published, "pull")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == ",".join(COLUMNS)
    assert {row["period"] for row in cells_of(done)} == {"2025-Q3"}


def test_what_is_withheld_stays_listed_without_a_number(here: Cantik, published: Path) -> None:
    rows = cells_of(here(published, "pull"))
    assert len(rows) == len(cells_of(here(published, "pull", "--tier", "liaison")))
    withheld = [row for row in rows if row["status"] in ("c", "s", "m")]
    assert {row["status"] for row in withheld} >= {"c", "s"}
    assert {row[k] for row in withheld for k in ("numerator", "denominator", "value", "households")} == {""}
    poverty = [row for row in rows if row["level"] == "rt" and row["indicator"] in ("p0", "p1", "gini", "tpt")]
    assert {row["status"] for row in poverty} == {"c"}
    seen = cells_of(here(published, "pull", "jumlah_penduduk", "--level", "rt", "--breakdown", "total"))
    assert all(row["value"] for row in seen)


def test_the_liaison_sees_every_figure_at_every_level(here: Cantik, published: Path) -> None:
    rows = cells_of(here(published, "pull", "p0", "amh", "--tier", "liaison"))
    assert {row["level"] for row in rows} == {"rt", "rw", "kelurahan", "kecamatan", "kabupaten"}
    assert not [row for row in rows if row["status"] in ("c", "s")]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("P0",), 2, "Mungkin maksudnya: p0."),
        (("p0", "--area", "63.06.05.102"), 2, "Mungkin maksudnya: 63.06.05.1002."),
        (("p0", "-o", "tabel.pdf"), 2, "Akhiran .pdf tidak dikenal"),
        (("p0", "--format", "xlsx", "-o", "tabel.csv"), 2, "tidak cocok dengan nama tabel.csv"),
        (("amh", "--breakdown", "umur"), 0, "Tidak ada angka yang cocok"),
        (("p0,amh", "--level", "kelurahan"), 0, ""),  # as people write a list
    ],
)
def test_a_pull_that_gives_nothing_says_why(
    here: Cantik, published: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = here(published, "pull", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert {row["indicator"] for row in cells_of(done)} == ({"p0", "amh"} if not said else set())


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "json", "sdmx-csv"])
def test_every_format_holds_the_same_figures(here: Cantik, published: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"tabel.{form.replace('sdmx-', 'sdmx.')}"
    done = here(published, "pull", "jumlah_penduduk", "p0", "--format", form, "-o", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    expected = [(r["area"], r["indicator"], r["breakdown"], r["value"]) for r in cells_of(
        here(published, "pull", "jumlah_penduduk", "p0"))]  # fmt: skip
    found = read_back(target, form)
    told = [(sdmx_id(a), i, sex_and_breakdown(b)[0]) if form == "sdmx-csv" else (a, i, b) for a, i, b, _ in expected]
    assert [row[:3] for row in found] == told
    # A workbook keeps sixteen digits, as Excel does; every other format keeps all of them.
    room = 1e-15 if form == "xlsx" else 0.0
    for (*_, value), (*_, wanted) in zip(found, expected, strict=True):
        assert (value in (None, "")) == (wanted == "")
        assert wanted == "" or abs(float(str(value)) - float(wanted)) <= room * abs(float(wanted))


def read_back(path: Path, form: str) -> list[tuple[str, str, str, object]]:
    """Area, indicator, breakdown (of SDMX the sex) and value of each row of a finished file."""
    if form == "parquet":
        import duckdb

        query = f"SELECT area, indicator, breakdown, value FROM read_parquet('{path}')"
        return duckdb.connect().execute(query).fetchall()
    if form == "json":
        return [(r["area"], r["indicator"], r["breakdown"], r["value"]) for r in json.loads(path.read_text("utf-8"))]
    if form == "xlsx":
        head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    else:
        head, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    names = ("REF_AREA", "INDICATOR", "SEX", "OBS_VALUE") if form == "sdmx-csv" else (
        "area", "indicator", "breakdown", "value")  # fmt: skip
    places = [list(head).index(name) for name in names]
    return [tuple(row[p] for p in places) for row in rows]  # type: ignore[misc]


def test_check_pull_and_status_import_neither_prefect_nor_hypothesis(published: Path) -> None:
    program = (
        "import sys; from pipelines.cli import main; "
        "codes = [main([w, *sys.argv[1:]]) if w == 'check' else main([w]) for w in ('check', 'pull', 'status')]; "
        "assert not {'prefect', 'hypothesis'} & sys.modules.keys(), 'imported'"
    )
    file = next((published / "data" / "raw" / "2025-Q3").rglob("*.xlsx"))
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)],
        env={"CANTIK_HOME": str(published), "PATH": "", "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_damaged_warehouse_names_the_command_that_mends_it(
    cantik: Cantik, here: Cantik, published: Path, tmp_path: Path
) -> None:
    home = tmp_path / "kantor"
    shutil.copytree(published, home)
    before = here(home, "pull").stdout
    (home / "data" / "warehouse" / "warehouse.duckdb").write_bytes(b"rusak" * 1000)
    done = cantik(home, "status")
    assert done.returncode == 2
    assert "cantik rebuild" in one_line(done.stderr)
    assert here(home, "rebuild").returncode == 0
    assert here(home, "pull").stdout == before
