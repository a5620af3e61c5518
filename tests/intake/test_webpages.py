"""Web pages that village programs hand out as .xls: read as they are, for Excel would cost each NIK its last digit."""

import pytest

from .taking import Taken, take
from .workbooks import KK, NIK, PEOPLE, Table

HEAD = '<html><head><title>Data</title><meta charset="{}"><style>td {{mso-number-format:"\\@"}}</style></head>'
NAMES = ["Ahmad", "Budi", "Siti"]


def page(rows: Table, above: str = "", encoding: str = "utf-8", head: str = HEAD) -> bytes:
    """A page with one table, as programs write it."""
    lines = ("".join(f"<td class=textx>{'' if cell is None else cell}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>\n{line}\n</tr>" for line in lines)
    return f"{head.format(encoding)}<body>{above}<table border=1><tbody>{body}</table></body></html>".encode(encoding)


def taken_as_xls(content: bytes) -> Taken:
    return take(content, "penduduk.xls")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_people_of_a_page(encoding: str) -> None:
    taken = taken_as_xls(page(PEOPLE, "<div><h3>DATA PENDUDUK</h3>\n<label>RT 005&nbsp;RW 002</label></div>", encoding))
    assert (taken.names, taken.areas) == (NAMES, ["002-005"] * 3)
    assert taken.values("nik")[0] == NIK
    assert [p.rule for p in taken.problems] == ["FILE03"]
    assert "NIK" in taken.problems[0].message


def test_places_in_lines_above_the_table_and_letters_in_code() -> None:
    people = [row[:6] for row in PEOPLE]
    people[1][2] = "M. A&#39;an &amp; Siti<br>Aminah"
    taken = taken_as_xls(page(people, "<p>RT : 005 RW : 002</p><br>", head="<style>td {{}}</style>"))
    assert (taken.names[0], taken.areas[0]) == ("M. A'an & Siti Aminah", "002-005")


def test_headings_over_several_columns_and_cells_left_open() -> None:
    """A cell that reaches below or beside itself keeps its place; programs forget the ends of cells."""
    rows = (
        "<div><b>LAPORAN</b></div><TABLE><tr><th rowspan=2>No<th rowspan=2>RT<th rowspan='2'>RW<th colspan=2>Penduduk"
        " Awal Bulan<th colspan=2>Penduduk Akhir Bulan<th rowspan=2>Jumlah KK<tr><th>L<th>P<th>L<th>P"
        "<tr><td>1<td>005<td>002<td>59<td>49<td>60<td>50<td>30<tr><td colspan=3>Total<td>59<td>49<td>60<td>50<td>30"
    )
    taken = taken_as_xls(f"{rows}</TABLE>".encode())
    recap = [taken.values(c, "rekap_penduduk") for c in ("penduduk_laki_laki", "penduduk_perempuan", "jumlah_kk")]
    assert (recap, taken.total) == ([[60], [50], [30]], (1, 1, 0))


def test_an_export_of_opensid() -> None:
    """Of before v21.12: its column of certificates holds their numbers."""
    said = {"Alamat": "", "Dusun": "MANGSIT", "RW": "-", "RT": "004", "Nama": "AHMAD", "Nomor KK": KK, "Nomor NIK": NIK,
            "Jenis Kelamin": "LAKI-LAKI", "Tempat Lahir": "MANGSIT", "Tanggal Lahir": "12-05-1990", "Agama": "ISLAM",
            "Pendidikan (dLm KK)": "SLTA / SEDERAJAT", "Pendidikan (sdg ditemph)": "", "Pekerjaan": "NELAYAN/PERIKANAN",
            "Kawin": "KAWIN", "Hub. Keluarga": "KEPALA KELUARGA", "Akta Lahir": "474.1/12",
            "Cacat": "TIDAK CACAT"}  # fmt: skip
    taken = taken_as_xls(page([list(said), list(said.values())]))
    assert (taken.areas, taken.values("disabilitas"), taken.values("akta_lahir")) == (["MANGSIT.000-004"], [0], [None])


@pytest.mark.parametrize(
    "content",
    [b"<html><body>Silakan masuk</body></html>", b"<table><tr><td>NIK</td></tr></table>",
     b"<table><tr><td><table><tr><td>NIK</td></tr></table></td></tr><tr><td>x</td></tr></table>",
     b"<html><frameset><frame src=sheet001.htm></frameset></html>"],
    ids=["no table", "one row", "nested", "frames"],
)  # fmt: skip
def test_a_page_without_a_plain_table_is_refused(content: bytes) -> None:
    assert "halaman web" in str(taken_as_xls(content).reason)


def test_a_page_of_many_cells_is_no_village() -> None:
    wide = b"<table><tr>" + b"<td colspan=300>x</td>" * 2 + b"</tr><tr><td>x</td></tr></table>"
    assert "jauh lebih besar" in str(taken_as_xls(wide).reason)
