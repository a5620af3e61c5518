"""The same table as .xlsx, .xlsm, .xls, .ods and every common .csv gives the same residents."""

import shutil
import subprocess
from pathlib import Path

import pytest

from .taking import Taken, take
from .workbooks import BUDI, PEOPLE, PERSON, csv, ods, table, xlsm, xlsx

ACCENTED = table([PERSON, {**BUDI, "Nama Lengkap": "Núr Aïny"}])


def whole(taken: Taken) -> bool:
    """Whether the three people came in as they were written."""
    return (
        taken.reason is None
        and taken.total == (3, 3, 0)
        and taken.names == ["Ahmad", "Budi", "Siti"]
        and taken.values("nik") == [row[1] for row in PEOPLE[1:]]
        and taken.values("no_kk") == [row[0] for row in PEOPLE[1:]]
        and [f"{day:%d-%m-%Y}" for day in taken.values("tanggal_lahir")] == [row[4] for row in PEOPLE[1:]]
        and taken.areas == ["002-005"] * 3
        and not taken.problems
    )


@pytest.mark.parametrize(
    ("name", "write"),
    [("data.xlsx", xlsx), ("data.xlsm", xlsm), ("data.ods", ods), ("DATA.XLSX", xlsx), ("data.v2.Xlsm", xlsm)],
)
def test_workbooks(name: str, write: object) -> None:
    assert whole(take(write(PEOPLE), name))  # type: ignore[operator]


@pytest.fixture(scope="module")
def xls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with .xls files that LibreOffice made of ours."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice, which writes .xls, is not installed; test_samples reads a real .xls")
    home = tmp_path_factory.mktemp("xls")
    (home / "people.xlsx").write_bytes(xlsx(PEOPLE))
    faulty = table([PERSON | {"Agama": "=1/0"}, BUDI | {"Agama": "Islam"}])
    (home / "fault.xlsx").write_bytes(xlsx(faulty))
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    made = [str(home / "people.xlsx"), str(home / "fault.xlsx")]
    command = [office, "--headless", profile, "--convert-to", "xls", "--outdir", str(home), *made]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return home


def test_xls(xls: Path) -> None:
    assert whole(take((xls / "people.xls").read_bytes(), "data.xls"))


def test_error_in_an_xls_in_a_column_that_may_be_empty(xls: Path) -> None:
    assert take((xls / "fault.xls").read_bytes(), "data.xls").total == (2, 1, 1)


def test_xls_under_another_name(xls: Path) -> None:
    """Read by its content, with a warning."""
    taken = take((xls / "people.xls").read_bytes(), "data.xlsx")
    assert taken.names == ["Ahmad", "Budi", "Siti"]
    assert taken.found == [("FILE03", "")]


@pytest.mark.parametrize("name", ["data.xls", "data.csv"])
def test_wrong_extension_is_read_with_a_warning(name: str) -> None:
    for content in (xlsx(PEOPLE), ods(PEOPLE)):
        taken = take(content, name)
        assert taken.names == ["Ahmad", "Budi", "Siti"]
        assert taken.found == [("FILE03", "")]
        assert "Akhiran" in taken.problems[0].message


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv(separator: str, encoding: str) -> None:
    assert whole(take(csv(PEOPLE, separator, encoding), "data.csv"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_in_a_csv(encoding: str) -> None:
    assert take(csv(ACCENTED, ";", encoding), "data.csv").names == ["Ahmad", "Núr Aïny"]


def test_utf_16_with_the_high_byte_first() -> None:
    assert whole(take(b"\xfe\xff" + csv(PEOPLE, "\t", "utf-16-be"), "data.csv"))


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_sep_line(separator: str, encoding: str) -> None:
    """Excel's own hint; row numbers still count it."""
    taken = take(csv(PEOPLE, separator, encoding, first=f"sep={separator}\r\n"), "data.csv")
    assert whole(taken)
    broken = [*PEOPLE[:3], [*PEOPLE[3][:2], "", *PEOPLE[3][3:]]]
    taken = take(csv(broken, separator, encoding, first=f"sep={separator}\r\n"), "data.csv")
    assert taken.found == [("WAJIB01", "C5")]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"], ids=["LF", "CR", "CRLF"])
def test_line_ends(end: bytes) -> None:
    assert whole(take(csv(PEOPLE).replace(b"\r\n", end), "data.csv"))


def test_quoted_csv() -> None:
    """Quotes, separators and doubled quotes within a cell belong to it."""
    named = [PEOPLE[0], [*PEOPLE[1][:2], 'H. Ahmad "Amat", S.Pd', *PEOPLE[1][3:]]]
    lines = (",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in named)
    assert take("\r\n".join(lines).encode(), "data.csv").names == ['H. Ahmad "Amat", S.Pd']


def test_commas_in_names_do_not_make_the_separator() -> None:
    rows = [PEOPLE[0], *([*row[:2], f"{row[2]}, S.Pd, M.Pd, Dr", *row[3:]] for row in PEOPLE[1:])]
    assert take(csv(rows, ";"), "data.csv").names == [f"{name}, S.Pd, M.Pd, Dr" for name in ("Ahmad", "Budi", "Siti")]


def test_titles_above_a_csv() -> None:
    """A title line has fewer cells than the table; that is no fault of the rows."""
    rows = [["RT : 005  RW : 002"], [], *([*row[:6]] for row in PEOPLE)]
    taken = take(csv(rows, ";"), "data.csv")
    assert taken.areas == ["002-005"] * 3
    assert not taken.problems


def test_sheet_of_a_csv_has_a_name() -> None:
    """Every problem names a sheet, also where the file is one."""
    taken = take(csv([*PEOPLE[:2], [*PEOPLE[2][:2], None, *PEOPLE[2][3:]]]), "RW 002/RT 005/warga.csv")
    assert [(p.sheet, p.cell) for p in taken.problems] == [("warga", "C3")]
