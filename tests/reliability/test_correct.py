"""A corrected value is counted from the day it is entered until the RT's own workbook brings it, and names nobody."""

import datetime as dt
import json
import random
import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from pipelines.cli import main
from pipelines.errors import OfficerError
from pipelines.journal import parse_journal
from pipelines.periods import parse_period
from pipelines.settings import Places, load_office
from pipelines.warehouse.correcting import canonical
from pipelines.warehouse.corrections import enter_corrections, load_corrections
from pipelines.warehouse.handback import hand_back
from pipelines.warehouse.ingest import fold_receipts, ingest, rebuild
from pipelines.warehouse.ledger import read_ledger
from pipelines.warehouse.proposal import Asked, Proposal, correctable, propose
from pipelines.warehouse.rights import JOURNAL, forget, load_forgotten
from pipelines.warehouse.standing import Standing, standing
from schemas import datasets
from tests.warehouse.office import NOW, ask, contents, nothing
from tests.warehouse.rows import HEADINGS, Row, changed, person, write_people

from .office import results, whole_run
from .remains import found_in
from .steps import steps_of, struck

pytestmark = pytest.mark.usefixtures("read_here")

AHMAD, NOOR = person(1, "Ahmad Rifani"), person(2, "Noor Hasan", kk=2)
NIK, BORN, SEX = AHMAD[0], 4, 3
KILLS = 30
BIRTHS = """
    SELECT nama, tanggal_lahir::VARCHAR FROM penduduk JOIN slices USING (receipt, area, period) WHERE closed_by IS NULL
"""


def send(home: Path, *rows: Row, period: str = "2025-Q3", name: str = "a.xlsx") -> Standing:
    """Lay a workbook into the inbox, take it in, and say how its period stands."""
    write_people(home / "data/raw" / period / name, *rows)
    ingest(load_office(Places(home)), None, NOW, nothing)
    return state(home, period)


def state(home: Path, period: str = "2025-Q3") -> Standing:
    office = load_office(Places(home))
    return standing(office.places.warehouse, parse_period(period), office.register)


def asked(value: str, column: str = "tanggal_lahir", period: str = "", number: str = NIK) -> Asked:
    return Asked(number, column, value, period, "menurut akta", "2025-10-02", "petugas")


def corrected(home: Path, wanted: Asked) -> Proposal:
    """Enter a correction and fold again, as the command does."""
    office = load_office(Places(home))
    found = propose(office, wanted)
    enter_corrections(office.places, found.made)
    fold_receipts(office, read_ledger(office.places), nothing)
    return found


def births(home: Path, period: str = "2025-Q3") -> dict[str, str]:
    return {str(n): str(b) for n, b in ask(home, f"{BIRTHS} AND period = '{period}'")}


def rules(home: Path, period: str = "2025-Q3") -> list[tuple[object, ...]]:
    current = f"(SELECT receipt FROM slices WHERE closed_by IS NULL AND period = '{period}')"
    return ask(
        home, f"SELECT rule, cell FROM findings WHERE rule LIKE 'KOREKSI%' AND receipt IN {current} ORDER BY ALL"
    )


def test_a_corrected_cell_is_counted_as_corrected_and_a_rebuild_is_the_same(home: Path, tally: Counter[str]) -> None:
    send(home, AHMAD, NOOR)
    found = corrected(home, asked("18 Agustus 1990"))
    assert (found.rows, found.periods) == (1, ["2025-Q3"])
    assert [said for said in found.warnings if said.startswith("NIK tidak cocok")]  # its digits say another day
    assert births(home) == {"Ahmad Rifani": "1990-08-18", "Noor Hasan": "1990-08-17"}
    assert rules(home) == [("KOREKSI01", "E2")]
    [pending] = state(home).corrections
    assert (pending.area, pending.column, pending.cells) == ("63.06.05.1002-002-001", "tanggal_lahir", 1)
    before = contents(Places(home).warehouse)
    shutil.rmtree(home / "data/raw")
    rebuild(load_office(Places(home)), nothing)
    assert contents(Places(home).warehouse) == before
    tally["corrected"] += 1


def test_it_lets_in_a_row_that_its_cell_had_held(home: Path, tally: Counter[str]) -> None:
    assert send(home, changed(AHMAD, SEX, "?"), NOOR).held == 1
    corrected(home, asked("Laki-laki", "jenis_kelamin"))
    now = state(home)
    assert (now.accepted, now.held, now.findings) == (2, 0, [])
    tally["corrected"] += 1


def test_it_ends_when_the_workbook_brings_the_right_value(home: Path, tally: Counter[str]) -> None:
    send(home, AHMAD, NOOR)
    corrected(home, asked("18-08-1990"))
    mended = changed(AHMAD, BORN, "18-08-1990")
    assert send(home, mended, NOOR).corrections == []
    assert rules(home) == []
    assert births(home)["Ahmad Rifani"] == "1990-08-18"
    # In the next period it is over: what the RT writes then is what is counted.
    send(home, AHMAD, NOOR, period="2025-Q4")
    assert births(home, "2025-Q4")["Ahmad Rifani"] == "1990-08-17"
    assert rules(home, "2025-Q4") == []
    # An old copy for its own period is as wrong as it was.
    assert len(send(home, AHMAD, NOOR, name="b.xlsx").corrections) == 1
    assert births(home)["Ahmad Rifani"] == "1990-08-18"
    before = contents(Places(home).warehouse)
    rebuild(load_office(Places(home)), nothing)
    assert contents(Places(home).warehouse) == before
    tally["corrected"] += 1


def test_a_newer_workbook_with_the_wrong_value_is_corrected_and_told(home: Path, tally: Counter[str]) -> None:
    send(home, AHMAD, NOOR)
    corrected(home, asked("18-08-1990"))
    send(home, NOOR, AHMAD, period="2025-Q4")
    assert births(home, "2025-Q4")["Ahmad Rifani"] == "1990-08-18"
    assert rules(home, "2025-Q4") == [("KOREKSI01", "E3")]
    hand_back(load_office(Places(home)), [parse_period("2025-Q4")])
    [back] = (home / "data/returned/2025-Q4").glob("*.xlsx")
    book = openpyxl.load_workbook(back)
    said = " ".join(str(cell) for row in book.worksheets[0].values for cell in row if cell)
    assert "18-08-1990" in said
    assert "Perbaiki juga di berkas ini" in said
    tally["corrected"] += 1


def test_a_third_value_is_the_sender_s_word_and_told(home: Path, tally: Counter[str]) -> None:
    send(home, AHMAD, NOOR)
    corrected(home, asked("18-08-1990"))
    send(home, changed(AHMAD, BORN, "19-08-1990"), NOOR)
    assert births(home)["Ahmad Rifani"] == "1990-08-19"
    assert rules(home) == [("KOREKSI02", "E2")]
    send(home, AHMAD, NOOR, period="2025-Q4")
    assert births(home, "2025-Q4")["Ahmad Rifani"] == "1990-08-17"
    tally["corrected"] += 1


def test_of_one_period_alone(home: Path, tally: Counter[str]) -> None:
    send(home, AHMAD, period="2025-Q2")
    send(home, AHMAD)
    corrected(home, asked("18-08-1990", period="2025-Q2"))
    assert births(home, "2025-Q2") == {"Ahmad Rifani": "1990-08-18"}
    assert births(home) == {"Ahmad Rifani": "1990-08-17"}
    corrected(home, asked("18-08-1990"))
    assert births(home) == {"Ahmad Rifani": "1990-08-18"}
    assert births(home, "2025-Q2") == {"Ahmad Rifani": "1990-08-18"}
    tally["corrected"] += 1


def test_a_correction_is_taken_back_by_another(home: Path, tally: Counter[str]) -> None:
    send(home, AHMAD, NOOR)
    before = births(home)
    corrected(home, asked("18-08-1990"))
    corrected(home, asked("17-08-1990"))
    assert births(home) == before
    assert rules(home) == []
    assert state(home).corrections == []
    tally["corrected"] += 1


REFUSED = [
    (asked("31-02-1990"), "Tulis hari-bulan-tahun"),
    (asked("01-10-2025"), "Isi itu ditolak"),
    (asked("Lk2", "jenis_kelamin"), "1 Laki-laki, 2 Perempuan"),
    (asked("", "nama"), "Isi Nama Lengkap"),
    (asked("17/8/1990"), "tidak ada yang perlu dikoreksi"),
    (asked("Islam", "agama"), "tidak punya kolom Agama"),
    (asked("18-08-1990", number="6306051708909999"), "tidak ada dalam data"),
    (asked("18-08-1990", period="2025-Q2"), "tidak ada dalam data"),
]


def test_a_refused_value_is_one_sentence_and_changes_nothing(home: Path) -> None:
    send(home, AHMAD, NOOR)
    for wanted, said in REFUSED:
        with pytest.raises(OfficerError, match=said):
            propose(load_office(Places(home)), wanted)
    assert not (Places(home).store / JOURNAL).exists()


def test_canonical_values_read_back_as_themselves() -> None:
    office = {"tanggal_lahir": ["31/12/1990"], "jenis_kelamin": ["P", "2"], "hamil": ["ya"], "pekerjaan": ["Petani"]}
    from pipelines.intake.parsing import reader

    specs = datasets()["penduduk"].columns() | datasets()["kesejahteraan"].columns()
    for column, texts in (office | {"luas_lantai": ["36,5", "1.500"], "jumlah_anggota": ["4"]}).items():
        kind = specs[column].kind
        for text in texts:
            value = reader(kind)(text)
            assert reader(kind)(canonical(kind, value)) == value, (column, text)


def test_neither_the_number_nor_the_place_can_be_corrected() -> None:
    can = {name: correctable(dataset) for name, dataset in datasets().items()}
    assert {"nik", "rt", "rw", "dusun"}.isdisjoint(can["penduduk"])
    assert "no_kk" in can["penduduk"]
    assert "no_kk" not in can["kesejahteraan"]
    assert can["rekap_penduduk"] == []


def test_the_journal_names_nobody_and_what_is_of_a_forgotten_person_goes(home: Path, tally: Counter[str]) -> None:
    send(home, AHMAD, NOOR)
    corrected(home, asked("Ahmad Rifani Saleh", "nama"))
    places = Places(home)
    for secret in (NIK, "Rifani Saleh", "menurut akta"):
        assert secret.encode() not in (places.store / JOURNAL).read_bytes()
        assert secret.encode() not in places.warehouse.read_bytes()
    [entry] = load_corrections(places)
    assert (entry.content.old, entry.content.new, entry.account) == ("Ahmad Rifani", "Ahmad Rifani Saleh", "petugas")
    lines = (places.store / JOURNAL).read_text("utf-8")
    (places.store / JOURNAL).write_text(lines.replace("petugas", "seorang"), "utf-8")
    with pytest.raises(OfficerError, match="Catatan hak warga"):
        load_corrections(places)
    (places.store / JOURNAL).write_text(lines, "utf-8")
    key = places.rights_key.read_text("ascii")
    places.rights_key.write_text("00" * 32 + "\n", "ascii")
    with pytest.raises(OfficerError, match="Catatan hak warga"):
        rebuild(load_office(places), nothing)
    assert places.warehouse.exists()
    places.rights_key.write_text(key, "ascii")
    forget(places, NIK, {AHMAD[1]: {"Ahmad Rifani Saleh", "Ahmad Rifani"}}, "2025-10-03")
    ingest(load_office(places), None, NOW + dt.timedelta(days=1), nothing)
    assert load_corrections(places) == []
    assert [row["jenis"] for row in parse_journal((places.store / JOURNAL).read_bytes())] == ["lupakan", "sunting"]
    assert load_forgotten(places).persons
    assert found_in(home, [NIK, "Rifani"], ("data/raw/",)) == {}
    tally["corrected"] += 1


def test_as_an_officer_calls_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    send(home, *(person(n, f"Warga {n}", kk=n) for n in range(1, 6)))
    monkeypatch.setenv("CANTIK_HOME", str(home))
    words = ("correct", NIK, "--kolom", "Jenis Kelamin", "--alasan", "menurut KTP")
    assert main([*words, "--nilai", "3"]) == 2
    assert "1 Laki-laki, 2 Perempuan" in capsys.readouterr().err
    assert main([*words]) == 2  # nobody to ask
    assert main(["correct", NIK, "--kolom", "RT", "--nilai", "002", "--alasan", "pindah"]) == 2
    capsys.readouterr()
    assert main([*words, "--nilai", "P"]) == 0
    said = capsys.readouterr().err
    assert "Jenis Kelamin dikoreksi di 1 baris" in said
    assert NIK not in said
    assert main(["explain", "jumlah_penduduk", "--area", "63.06.05.1002", "--breakdown", "P"]) == 0
    told = capsys.readouterr().out
    assert "Dihitung menurut koreksi kantor, bukan menurut berkas:" in told
    assert "sel D2 (Jenis Kelamin)" in told
    assert "1 orang" in told
    assert main(["status", "--format", "json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert [(c["area"], c["column"], c["cells"]) for c in status["corrections"]] == [
        ("63.06.05.1002-002-001", "jenis_kelamin", 1)
    ]
    assert main(["status"]) == 0
    shown = capsys.readouterr().out
    assert "Koreksi yang belum ada di berkas RT: RT 001 RW 002, Penduduk, Jenis Kelamin: 1 sel" in shown
    assert NIK not in shown + (home / "data/akses.jsonl").read_text("utf-8")


def checked(
    home: Path, capsys: pytest.CaptureFixture[str], file: Path, period: str
) -> tuple[list[tuple[str, str]], tuple[int, int], str]:
    """What `cantik check` finds of corrections, how many rows it lets in and holds, and what it says beside."""
    before = {path: path.read_bytes() for path in sorted((home / "data/warehouse").rglob("*")) if path.is_file()}
    capsys.readouterr()
    main(["check", str(file), "--period", period, "--format", "json"])
    said = capsys.readouterr()
    [entry] = json.loads(said.out)
    assert before == {p: p.read_bytes() for p in sorted((home / "data/warehouse").rglob("*")) if p.is_file()}
    [sheet] = entry["sheets"]
    found = sorted((p["rule"], p["cell"]) for p in entry["problems"] if p["rule"].startswith("KOREKSI"))
    return found, (sheet["accepted"], sheet["held"]), said.err


SENT = {
    "as wrong as before": AHMAD,
    "mended": changed(AHMAD, BORN, "18-08-1990"),
    "a third value": changed(AHMAD, BORN, "19-08-1990"),
    "a value that cannot be read": changed(AHMAD, BORN, "?"),
    "nothing": changed(AHMAD, BORN, ""),
}


BOTH = (AHMAD, SENT["mended"])  # what an earlier workbook of 2025-Q3 says after the correction: in force, or over
ALL = [pytest.param(p, e, list(SENT), marks=pytest.mark.slow) for p in ("2025-Q3", "2025-Q4") for e in BOTH]


@pytest.mark.parametrize(
    ("period", "earlier", "kinds"),
    [
        ("2025-Q3", AHMAD, ["as wrong as before", "a third value"]),
        ("2025-Q4", SENT["mended"], ["as wrong as before"]),
        *ALL,
    ],
)
def test_check_judges_as_the_run_does(
    home: Path,
    period: str,
    earlier: Row,
    kinds: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever the workbook says of a corrected cell, before it is sent and after it was received."""
    monkeypatch.setenv("CANTIK_HOME", str(home))
    send(home, AHMAD, NOOR)
    corrected(home, asked("18-08-1990"))
    send(home, earlier, NOOR)
    for kind in kinds:
        file = write_people(tmp_path / "lain.xlsx", SENT[kind], NOOR)
        foreseen = checked(home, capsys, file, period)
        inbox = home / "data/raw" / period / "a.xlsx"
        inbox.parent.mkdir(exist_ok=True)
        inbox.write_bytes(file.read_bytes())
        ingest(load_office(Places(home)), None, NOW, nothing)
        now = state(home, period)
        assert foreseen == (rules(home, period), (now.accepted, now.held), foreseen[2])
        assert checked(home, capsys, inbox, period)[:2] == foreseen[:2]


def test_check_goes_on_where_corrections_or_the_warehouse_cannot_be_read(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANTIK_HOME", str(home))
    send(home, AHMAD, NOOR)
    corrected(home, asked("18-08-1990"))
    file, other = write_people(tmp_path / "a.xlsx", AHMAD), write_people(tmp_path / "b.xlsx", NOOR)
    corrections = ([("KOREKSI01", "E2")], (1, 0))
    assert checked(home, capsys, file, "2025-Q3") == (*corrections, checked(home, capsys, file, "2025-Q3")[2])
    warehouse, journal = Places(home).warehouse, home / "data/warehouse" / JOURNAL
    warehouse.write_bytes(b"rusak" * 3000)
    found, rows, said = checked(home, capsys, file, "2025-Q3")
    assert (found, rows) == corrections
    assert "gudang data tidak terbaca. Gudang data warehouse.duckdb rusak" in said
    assert "gudang data" not in checked(home, capsys, other, "2025-Q3")[2]  # no correction speaks of it
    warehouse.unlink()
    assert checked(home, capsys, file, "2025-Q3")[:2] == corrections
    journal.write_bytes(journal.read_bytes()[:-20] + b"\n")
    found, rows, said = checked(home, capsys, file, "2025-Q3")
    assert (found, rows) == ([], (1, 0))
    assert "Koreksi kantor tidak ikut diperiksa. Catatan hak warga" in said
    assert NIK not in said


class Correct:
    """`cantik correct` in a process made for it."""

    def __init__(self, nik: str) -> None:
        self._nik = nik

    def __call__(self, home: Path) -> None:
        import os

        os.environ["CANTIK_HOME"] = str(home)
        assert main(["correct", self._nik, "--kolom", "nama", "--nilai", "Nama Yang Benar", "--alasan", "KTP"]) == 0


@pytest.mark.slow
def test_a_correction_that_is_killed_is_made_by_the_next_run_or_not_at_all(
    office: Path, tmp_path: Path, tally: Counter[str]
) -> None:
    [(nik,)] = ask(office, "SELECT nik FROM penduduk WHERE nik IS NOT NULL ORDER BY nik LIMIT 1")
    calm, untouched, moment, entered = tmp_path / "tenang", results(office), random.Random(1), 0
    shutil.copytree(office, calm)
    steps = steps_of(Correct(str(nik)), calm, tmp_path / "langkah.txt")
    whole_run(calm)
    expected = results(calm)
    for _ in range(KILLS):
        home = tmp_path / "padam"
        shutil.copytree(office, home)
        assert struck(Correct(str(nik)), home, moment.randint(1, len(steps) - 5))
        made = bool(load_corrections(Places(home)))
        entered += made
        whole_run(home)
        for part in ("warehouse", "published", "returned", "kept"):
            assert results(home)[part] == (expected if made else untouched)[part], part
        shutil.rmtree(home)
    assert entered > KILLS // 2
    tally["other"] += KILLS


@pytest.mark.slow
def test_who_is_forgotten_goes_under_the_name_before_the_correction_too(
    home: Path, monkeypatch: pytest.MonkeyPatch, tally: Counter[str]
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADINGS, AHMAD, NOOR):
        book.active.append(row)
    welfare = book.create_sheet("Kesejahteraan")
    welfare.append(("Nomor KK", "Nama Kepala Keluarga", "RW", "RT", "Jumlah Anggota Keluarga", "Pengeluaran Sebulan"))
    welfare.append((AHMAD[1], "Ahmad Rifani", "002", "001", 1, 900000))
    book.save(home / "data/raw/2025-Q3/a.xlsx")
    ingest(load_office(Places(home)), None, NOW, nothing)
    assert ask(home, "SELECT nama_kepala FROM kesejahteraan") == [("Ahmad Rifani",)]
    corrected(home, asked("Akhmad Rofani", "nama"))
    monkeypatch.setenv("CANTIK_HOME", str(home))
    assert main(["forget", NIK, "--ya"]) == 0
    assert found_in(home, [NIK, "Rifani", "Rofani"], ("data/raw/",)) == {}
    assert ask(home, "SELECT no_kk FROM kesejahteraan") == [(AHMAD[1],)]
    tally["forgotten"] += 1
