"""The pages say what the store says, in words a visitor understands, and hand out exactly what they show."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import httpx
import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.numbers import number
from pipelines.serving.hosts import hosts_of
from tests.serving.homes import BEFORE, NOW, with_a_period_before
from tests.serving.running import serving

MARKED = ' "'  # around a mark in a number format
RW = "63.06.05.1002-001"


def shown(html: str) -> list[list[str]]:
    """The rows of the table that a visitor has picked, headings first, as text."""
    table = re.search(r'<table class="figures".*?</table>', html, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)
    return [[unescape(text) for text in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def as_excel_shows(cell: Cell) -> str:
    """A cell of a workbook as its number format shows it, with Indonesian separators."""
    if not isinstance(cell.value, int | float):
        return str(cell.value or "")
    places, _, mark = str(cell.number_format).partition(".")[2].partition('"')
    return f"{number(float(cell.value), len(places))} {mark.strip(MARKED)}".rstrip()


def test_the_catalogue_lists_every_indicator_with_its_figure_and_coverage(client: httpx.Client) -> None:
    page = client.get("/").text
    for entry in catalogue().values():
        assert f"/indikator/{entry.code}" in page
        assert entry.name in unescape(page)
    total = client.get("/api/cells?indicator=jumlah_penduduk&level=kelurahan&breakdown=total").json()[0]
    assert f'<td class="number">{number(total["value"], 0)}</td>' in page
    assert f"{total['areas_reported']} / {total['areas_expected']}" in page
    assert "bukan angka resmi BPS" in page


@pytest.mark.parametrize("code", ["jumlah_penduduk", "amh", "p2", "gini", "umur_median", "cakupan_pkh"])
def test_the_page_of_an_indicator_says_what_it_is(client: httpx.Client, code: str) -> None:
    entry, page = catalogue()[code], unescape(client.get(f"/indikator/{code}").text)
    for told in (entry.name, entry.definition, entry.interpretation, entry.reference, entry.unit, entry.sensitivity):
        assert told in page
    assert ("bukan angka resmi BPS: BPS menghitung" in page) == entry.official
    assert "RT: tidak ditampilkan" in page or entry.sensitivity in ("S0", "S2")
    assert "Triwulan II 2025" in page
    assert client.get("/indikator/tidak_ada").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        f"indikator=jumlah_penduduk&tingkat=rt&periode={NOW}&rincian=semua",
        f"indikator=jumlah_penduduk&tingkat=rt&wilayah={RW}",
        f"indikator=tpt&tingkat=rw&periode={BEFORE}&rincian=P",
        "indikator=gini&tingkat=kelurahan",
        "indikator=p0&tingkat=rt",
        "",
    ],
)
def test_page_excel_and_csv_show_the_same(client: httpx.Client, query: str) -> None:
    html = client.get(f"/tabel?{query}").text
    (link,) = re.findall(r'href="(/tabel\.xlsx\?[^"]*)"', html)
    address = unescape(link)
    seen = shown(html)
    assert len(seen) > 1
    book = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
    (table,) = book.worksheets[0].tables.values()
    cells = book.worksheets[0][table.ref]
    excel = [[cell.value for cell in row] for row in cells]
    assert [re.sub(r"\s", " ", str(heading)) for heading in excel[0]] == seen[0]
    assert [[as_excel_shows(cell) for cell in row] for row in cells[1:]] == seen[1:]
    text = client.get(address.replace(".xlsx", ".csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == seen[0]
    for row, cells_of_row in zip(rows[1:], excel[1:], strict=True):
        for written, value in zip(row, cells_of_row, strict=True):
            assert (
                (float(written) == pytest.approx(value, rel=1e-15))
                if isinstance(value, float)
                else written == str(value if value is not None else "")
            )


def test_figures_are_those_of_the_api(client: httpx.Client) -> None:
    rows = shown(client.get("/tabel?indikator=amh&tingkat=rw&rincian=total").text)
    cells = client.get("/api/cells?indicator=amh&level=rw&breakdown=total").json()
    assert rows[0][2:] == ["Total", "Pembilang", "Penyebut", "Keluarga", "RT masuk", "RT seharusnya", "Keterangan"]
    for row, cell in zip(rows[1:], cells, strict=True):
        assert row[:2] == [cell["area_name"], cell["area"]]
        if cell["status"] in ("ok", "u"):
            expected = (cell["value"], 1), (cell["numerator"], 0), (cell["denominator"], 0), (cell["households"], 0)
            assert row[2:6] == [number(float(value), decimals) for value, decimals in expected]
        else:
            assert row[2:6] == ["dirahasiakan" if cell["status"] == "c" else "ikut dirahasiakan"] * 4
        assert row[6:8] == [str(cell["areas_reported"]), str(cell["areas_expected"])]


def test_what_is_withheld_says_so_and_shows_no_figure(client: httpx.Client) -> None:
    html = client.get("/tabel?indikator=p0&tingkat=rt").text
    assert {row[2] for row in shown(html)[1:]} == {"dirahasiakan"}
    assert "data-value" not in html.partition("</thead>")[2].replace('data-value="1.0"', "")  # RT masuk, RT seharusnya
    assert "melindungi keterangan warga" in html


def test_a_choice_that_does_not_fit_is_said_not_guessed(client: httpx.Client) -> None:
    html = client.get(f"/tabel?indikator=jumlah_keluarga&rincian=L&tingkat=kelurahan&wilayah={RW}").text
    assert "tidak memiliki rincian yang dipilih" in html
    assert "tidak memuat tingkat ini" in html
    assert len(shown(html)) == 2


def test_bars_are_as_long_as_their_figures(client: httpx.Client) -> None:
    html = client.get("/tabel?indikator=jumlah_penduduk&tingkat=rw").text
    widths = [float(width) for width in re.findall(r'<rect class="bar"[^>]* width="([\d.]+)%"', html)]
    values = [c["value"] for c in client.get("/api/cells?indicator=jumlah_penduduk&level=rw&breakdown=total").json()]
    assert widths == pytest.approx([100 * value / max(values) for value in values], abs=0.001)
    most = max(values)
    assert f"Tertinggi RW {values.index(most) + 1:03d}: {number(most, 0)}." in html


def test_a_series_has_a_point_for_every_period(client: httpx.Client) -> None:
    html = client.get("/indikator/jumlah_penduduk").text
    assert html.count("<circle") == 2
    assert html.index("Triwulan II 2025") < html.index("Triwulan III 2025", html.index("per triwulan"))


def test_the_liaison_sees_every_figure_on_the_page(client: httpx.Client, public_home: Path) -> None:
    assert client.get("/tabel?tier=liaison").status_code == 401
    assert client.get("/tabel.xlsx?tier=liaison").status_code == 401


def test_a_page_is_kept_until_it_changes(changed_home: Path) -> None:
    with serving(changed_home) as client:
        tags = {url: client.get(url).headers["etag"] for url in ("/", "/tabel", "/indikator/amh")}
        for url, tag in tags.items():
            assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
        with_a_period_before(changed_home)
        assert all(client.get(url, headers={"If-None-Match": tag}).status_code == 200 for url, tag in tags.items())


def test_distributions_are_columns(client: httpx.Client) -> None:
    html = client.get("/tabel?indikator=jumlah_penduduk&tingkat=kelurahan&rincian=agama").text
    cells = client.get("/api/cells?indicator=jumlah_penduduk&level=kelurahan&breakdown=agama").json()
    codes = [row for row in client.get("/api/breakdowns").json() if row["dimension"] == "agama"]
    assert "Menurut agama" in html
    assert len(codes) > 3
    headings, figures, *_ = shown(html)
    assert headings[2 : 2 + len(codes)] == [row["label"] for row in codes]
    numbers = {cell["breakdown"]: cell for cell in cells if cell["value"] is not None}
    assert numbers
    for place, row in enumerate(codes):
        if row["breakdown"] in numbers:
            assert figures[2 + place].startswith(number(numbers[row["breakdown"]]["value"], 0))
    assert html.count('class="bar"') == len(codes)


@pytest.mark.parametrize(
    ("value", "decimals", "read"),
    [
        (1234.5, 1, "1.234,5"),
        (0.25, 1, "0,3"),
        (12.25, 1, "12,3"),
        (2.5, 0, "3"),
        (1e6, 0, "1.000.000"),
        (0.0004, 3, "0,000"),
    ],
)
def test_figures_are_rounded_as_excel_shows_them(value: float, decimals: int, read: str) -> None:
    assert number(value, decimals) == read


def test_a_server_of_the_whole_network_answers_addresses_and_its_own_name_only() -> None:
    wide = hosts_of("0.0.0.0")
    assert all(wide.answers(host) for host in ("192.168.1.5:8420", "[fe80::1]:8420", "localhost"))
    assert not any(wide.answers(host) for host in ("jahat.example", "192.168.1.5.nip.io", "", "a b"))
    assert not hosts_of("127.0.0.1").answers("192.168.1.5")


def test_an_indicator_that_is_a_distribution_shows_its_classes_and_no_total(client: httpx.Client) -> None:
    """Its total is all of it: 100 says nothing."""
    line = re.search(r'/indikator/keluarga_menurut_desil".*?</tr>', client.get("/").text, re.DOTALL)
    assert line and '<td class="number flag">sebaran</td>' in line[0]
    page = client.get("/indikator/keluarga_menurut_desil").text
    cells = client.get("/api/cells?indicator=keluarga_menurut_desil&level=kelurahan&breakdown=desil").json()
    known = [cell for cell in cells if cell["value"] is not None]
    assert known
    for cell in known:
        assert f">{number(cell['value'], 1)}" in page
    assert '<th scope="row">Desil 1</th>' in page and '<th scope="row">Total</th>' not in page
    html = client.get("/tabel?indikator=keluarga_menurut_desil&tingkat=kelurahan").text
    assert shown(html)[0][2] == "Desil 1"
    assert "Total dan jenis kelamin" not in html
