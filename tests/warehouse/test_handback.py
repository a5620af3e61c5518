"""The sender's own workbook comes back marked, and goes away once it is mended."""

import datetime as dt
import json
from pathlib import Path

import openpyxl

from pipelines.periods import parse_period
from pipelines.settings import Places, load_office
from pipelines.warehouse.handback import hand_back
from tests.conftest import Cantik
from tests.warehouse.office import NOW, fold_in
from tests.warehouse.rows import HEADINGS, person, write_people

PERIOD = parse_period("2025-Q3")
WRONG = ("123", *person(2, "Noor", kk=2)[1:])


def handed_back(home: Path) -> int:
    return hand_back(load_office(Places(home)), [PERIOD])


def test_a_faulty_workbook_comes_back_and_a_mended_one_goes(home: Path) -> None:
    sent = home / "data/raw/2025-Q3/RW 002/warga.xlsx"
    write_people(sent, person(1, "Ahmad"), WRONG)
    fold_in(home)
    back = home / "data/returned/2025-Q3/RW 002/warga - diperiksa.xlsx"
    assert handed_back(home) == 1
    book = openpyxl.load_workbook(back)
    assert book.sheetnames == ["Perbaiki dulu", "Sheet"]
    cell = book["Sheet"]["A3"]
    assert cell.fill.fgColor.rgb.endswith("FF8B7F")
    assert "ID01" in cell.comment.text
    assert [c.comment for c in book["Sheet"][2]] == [None] * 8
    assert handed_back(home) == 0

    write_people(sent, person(1, "Ahmad"), person(2, "Noor", kk=2))
    fold_in(home, NOW + dt.timedelta(days=1))
    assert handed_back(home) == 0
    assert not back.exists()


def test_another_rts_workbook_under_the_same_name_is_the_one_that_stays(home: Path) -> None:
    """Both are current; however often it is asked, the newer one is handed back and nothing is written again."""
    sent = home / "data/raw/2025-Q3/warga.xlsx"
    back = home / "data/returned/2025-Q3/warga - diperiksa.xlsx"
    for rt, now in (("001", NOW), ("002", NOW + dt.timedelta(days=1))):
        write_people(sent, person(1, "Ahmad", rt=rt), ("123", *person(2, "Noor", kk=2, rt=rt)[1:]))
        fold_in(home, now)
        assert handed_back(home) == 1
    newest = back.read_bytes()
    assert [handed_back(home), handed_back(home)] == [0, 0]
    assert back.read_bytes() == newest
    assert "002" in [str(cell.value) for cell in openpyxl.load_workbook(back)["Sheet"][2]]


def test_a_marked_workbook_sent_in_again_is_read_without_its_marks(home: Path) -> None:
    sent = home / "data/raw/2025-Q3/warga.xlsx"
    write_people(sent, person(1, "Ahmad"), WRONG)
    fold_in(home)
    handed_back(home)
    back = home / "data/returned/2025-Q3/warga - diperiksa.xlsx"
    book = openpyxl.load_workbook(back)
    book["Sheet"]["A3"] = person(2, "Noor", kk=2)[0]
    book.save(sent)
    assert fold_in(home, NOW + dt.timedelta(days=1)).held == 0
    assert handed_back(home) == 0
    assert not back.exists()


def test_two_files_that_differ_in_their_kind_come_back_apart(here: Cantik, home: Path) -> None:
    """`warga.csv` of one RT beside `warga.xlsx` of another: neither is written over by the other, nor by `check`."""
    inbox = home / "data/raw/2025-Q3"
    write_people(inbox / "warga.xlsx", WRONG)
    other = ("123", *person(3, "Rusdi", kk=3, rt="004")[1:])
    lines = [",".join(row) for row in (HEADINGS, other)]
    (inbox / "warga.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    fold_in(home)
    assert handed_back(home) == 2
    back = home / "data/returned/2025-Q3"
    named = {name: openpyxl.load_workbook(back / name).worksheets[1]["C2"].value for name in listed(back)}
    assert named == {"warga (csv) - diperiksa.xlsx": "Rusdi", "warga - diperiksa.xlsx": "Noor"}
    here(home, "check", *map(str, sorted(inbox.iterdir())))
    assert listed(back) == list(named)
    assert handed_back(home) == 0


def listed(folder: Path) -> list[str]:
    """The workbooks of a folder."""
    return sorted(path.name for path in folder.glob("*.xlsx"))


def test_check_hands_back_beside_the_file_and_among_the_returned_ones(
    cantik: Cantik, home: Path, tmp_path: Path
) -> None:
    outside = write_people(tmp_path / "luar" / "warga.xlsx", WRONG)
    inside = write_people(home / "data/raw/2025-Q3/RW 002/warga.xlsx", WRONG)
    done = cantik(home, "check", str(outside), str(inside), "--format", "json")
    assert [entry["verdict"] for entry in json.loads(done.stdout)] == ["held", "held"]
    assert outside.with_name("warga - diperiksa.xlsx").exists()
    assert (home / "data/returned/2025-Q3/RW 002/warga - diperiksa.xlsx").exists()
    assert sorted(p.name for p in inside.parent.iterdir()) == ["warga.xlsx"]
