"""The sizes in the area register: read as offices write them, refused where they cannot be, summed where honest."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.areas import Address, read_register
from pipelines.errors import OfficerError
from pipelines.periods import Period

HEAD = "code,level,name,parent,bps_code,rw,rt,dusun,km2\n"
KELURAHAN = "63.06.05.1002"
RT1, RT2, RT3 = (f"{KELURAHAN}-{rw}-001" for rw in ("001", "002", "003"))


def sizes(path: Path, **km2: str) -> dict[str, Decimal]:
    """The territories of three RTs in three RWs of one kelurahan, by what stands in the last column."""
    rows = [("63.06.05", "kecamatan", "63.06", km2.get("kecamatan", ""))]
    rows += [(KELURAHAN, "kelurahan", "63.06.05", km2.get("kelurahan", ""))]
    rows += [(rt, "rt", rt[:-4], km2.get(f"rt{n}", "")) for n, rt in enumerate((RT1, RT2, RT3), start=1)]
    lines = [f'{code},{level},Nama,{parent},,,,,"{size}"' for code, level, parent, size in rows]
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return read_register(path).territories()


def refused(folder: Path, register: str, told: str) -> None:
    """A register that is refused with a sentence."""
    path = folder / "areas.csv"
    path.write_text(register, encoding="utf-8")
    with pytest.raises(OfficerError, match=told):
        read_register(path)


def test_an_own_size_goes_before_that_of_the_parts(tmp_path: Path) -> None:
    found = sizes(tmp_path / "areas.csv", kelurahan="1,5", rt1="0.2", rt2="0.3", rt3="0.4")
    assert found[KELURAHAN] == found["63.06.05"] == found["63.06"] == Decimal("1.5")
    assert found[RT1] == found[RT1[:-4]] == Decimal("0.2")


def test_parts_add_up_only_where_all_are_known(tmp_path: Path) -> None:
    assert sizes(tmp_path / "areas.csv", rt1="0.2", rt2="0.3", rt3="0.4")[KELURAHAN] == Decimal("0.9")
    assert sizes(tmp_path / "areas.csv", rt1="0.2", rt2="0.3").keys() == {RT1, RT2, RT1[:-4], RT2[:-4]}
    assert sizes(tmp_path / "areas.csv") == {}


def test_a_kecamatan_is_no_larger_than_what_the_office_holds_of_it(tmp_path: Path) -> None:
    """Else the residents of one kelurahan would be spread over all of it."""
    assert sizes(tmp_path / "areas.csv", kecamatan="106.71", kelurahan="1.5")["63.06.05"] == Decimal("1.5")
    assert "63.06.05" not in sizes(tmp_path / "areas.csv", kecamatan="106.71")


def test_without_rts_nobody_knows_whether_an_area_is_all_there(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(f"{HEAD}{KELURAHAN},kelurahan,Nama,63.06.05,,,,,1.5\n", encoding="utf-8")
    assert read_register(path).territories() == {}


@pytest.mark.parametrize(
    ("written", "told"),
    [("0", "Kosongkan"), ("0,00", "Kosongkan"), ("dua", "bukan angka"), ("-1", "bukan angka"),
     ("1.697,22", "bukan angka"), ("1500000", "meter persegi")],
)  # fmt: skip
def test_what_is_no_size_is_refused(tmp_path: Path, written: str, told: str) -> None:
    with pytest.raises(OfficerError, match=f"baris 3: luas '{written}'.*{told}"):
        sizes(tmp_path / "areas.csv", kelurahan=written)


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [("2026", "", "kolom since: Periode '2026' tidak dikenal"), ("", "Q4", "kolom until: Periode 'Q4'"),
     ("2026-Q2", "2026-Q1", "until sebelum since")],
)  # fmt: skip
def test_quarters_that_cannot_be_are_refused(tmp_path: Path, since: str, until: str, told: str) -> None:
    line = f"{RT1},rt,RT,{RT1[:-4]},{since},{until}"
    refused(tmp_path, f"code,level,name,parent,since,until\n{line}\n", f"baris 2.*{told}")


def test_a_kelurahan_whose_rts_are_all_of_another_quarter_is_no_unlisted_one(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(f"code,level,name,parent,since\n{RT1},rt,RT,{RT1[:-4]},2026-Q1\n", encoding="utf-8")
    register = read_register(path)
    with pytest.raises(OfficerError, match="baru ada mulai triwulan I 2026"):
        register.at(Period(2025, 4)).resolve(KELURAHAN, Address("1", "1"))
    assert register.at(Period(2026, 1)).resolve(KELURAHAN, Address("1", "1")) == RT1


@pytest.mark.parametrize(
    ("line", "told"),
    [("63.1,kabupaten,Tabalong,63", "kode kabupaten '63.1' salah. Contoh: 63.06"),
     ("63:06:05,kecamatan,Kandangan,63.06", "kode kecamatan '63:06:05' salah"),
     (f"{KELURAHAN}-1-1,rt,RT,{KELURAHAN}-001", "kode rt '.*-1-1' salah"),
     (f"{RT1},rukun tetangga,RT,{RT1[:-4]}", "level 'rukun tetangga' tidak dikenal")],
)  # fmt: skip
def test_what_excel_made_of_a_code_is_refused(tmp_path: Path, line: str, told: str) -> None:
    refused(tmp_path, f"code,level,name,parent\n{line}\n", f"baris 2: {told}")


def test_a_register_that_excel_saved_is_read_and_a_workbook_is_told(tmp_path: Path) -> None:
    """With semicolons, in the computer's own letters, its headings in capitals; as .xlsx it would be passed over."""
    path = tmp_path / "areas.csv"
    path.with_suffix(".xlsx").write_bytes(b"PK")
    with pytest.raises(OfficerError, match="simpan sebagai CSV"):
        read_register(path)
    path.write_bytes(f"CODE;Level;Name ;parent\r\n{RT1};RT;RT\xb4 Satu;{RT1[:-4]}\r\n".encode("cp1252"))
    assert read_register(path).name(RT1, "rt") == "RT\xb4 Satu"
