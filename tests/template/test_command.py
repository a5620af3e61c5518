"""`cantik template` as an officer calls it."""

import argparse
from pathlib import Path

import pytest

from pipelines.commands.template import run
from pipelines.errors import OfficerError
from tests.template.forms import HOUSEHOLD, RT, fill

HEAD = "code,level,name,parent,bps_code,rw,rt,dusun,km2\n"
OTHER = "63.06.05.1003-002-005"


def call(folder: Path | None, period: str | None = "2025-Q4", rt: str | None = None) -> int:
    """The command with these options."""
    return run(argparse.Namespace(period=period, rt=rt, output=str(folder) if folder else None))


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose register knows two RTs."""
    rows = (f"63.06.05.1002-002-00{rt},rt,RT,63.06.05.1002-002,,002,00{rt},,\n" for rt in (4, 5))
    (home / "data" / "areas.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    monkeypatch.setenv("CANTIK_HOME", str(home))
    return home


def names(folder: Path) -> list[str]:
    """The files of a folder and its folders."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_one_workbook_for_each_rt_of_the_register(office: Path, tmp_path: Path) -> None:
    assert call(tmp_path / "templat") == 0
    assert names(tmp_path / "templat") == ["RT 004 RW 002 - 2025-Q4.xlsx", "RT 005 RW 002 - 2025-Q4.xlsx"]


def test_the_period_is_the_current_quarter_where_none_is_said(office: Path, tmp_path: Path) -> None:
    assert call(tmp_path, None, RT) == 0
    assert len(list(tmp_path.glob("RT 005 RW 002 - 2*-Q*.xlsx"))) == 1


@pytest.mark.parametrize("code", [RT, "002-005"])
def test_one_rt_alone(office: Path, tmp_path: Path, code: str) -> None:
    assert call(tmp_path / "templat", rt=code) == 0
    assert names(tmp_path / "templat") == ["RT 005 RW 002 - 2025-Q4.xlsx"]


@pytest.mark.parametrize("code", ["63.06.05.1002-002-099", "5", "../005"])
def test_an_unknown_rt_is_refused(office: Path, tmp_path: Path, code: str) -> None:
    with pytest.raises(OfficerError, match="tidak dikenal"):
        call(tmp_path / "templat", rt=code)


def test_without_a_register_the_rt_must_be_named(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANTIK_HOME", str(home))
    with pytest.raises(OfficerError, match="Belum ada daftar RT"):
        call(tmp_path / "templat")
    assert call(tmp_path / "templat", rt=RT) == 0


def test_each_kelurahan_has_its_folder(office: Path, tmp_path: Path) -> None:
    with (office / "data" / "areas.csv").open("a", encoding="utf-8") as out:
        out.write(f"{OTHER},rt,RT,63.06.05.1003-002,,002,005,,\n")
    assert call(tmp_path / "templat") == 0
    assert "63.06.05.1003/RT 005 RW 002 - 2025-Q4.xlsx" in [n.replace("\\", "/") for n in names(tmp_path / "templat")]


def test_a_workbook_that_was_filled_in_is_never_overwritten(office: Path, tmp_path: Path) -> None:
    assert call(tmp_path / "templat") == 0
    assert call(tmp_path / "templat") == 0
    path = fill(tmp_path / "templat" / "RT 005 RW 002 - 2025-Q4.xlsx", HOUSEHOLD)
    before = path.read_bytes()
    with pytest.raises(OfficerError, match="1 berkas tidak ditimpa"):
        call(tmp_path / "templat")
    assert path.read_bytes() == before


def test_no_template_goes_into_the_inbox(office: Path) -> None:
    with pytest.raises(OfficerError, match="kotak masuk"):
        call(office / "data" / "raw" / "2025-Q4")
    with pytest.raises(OfficerError, match="Folder tujuan"):
        call(None)
