"""Hostile requests: nothing outside is read, nothing runs, nobody else's page gets an answer."""

import csv
import http.client
import io
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import httpx
import pytest

from pipelines.serving.guard import SECURITY
from pipelines.settings import Places
from tests.serving.homes import NOW, only_published
from tests.serving.payloads import PAYLOADS
from tests.serving.running import serving

PAGES = (
    "/",
    "/unduhan",
    "/tabel",
    "/tabel?tingkat=rt",
    "/indikator/amh",
    "/cara-mengambil",
    "/api/areas",
    "/tidak-ada",
)
STARTS = ("=", "+", "@", "\t", "\r")  # of a formula, as spreadsheets find it
SECRET = "RAHASIA-GUDANG"


@pytest.fixture(scope="module")
def poisoned(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server whose RTs and office bear hostile names, beside files that it must never hand out."""
    home = only_published(office, tmp_path_factory.mktemp("racun") / "kantor")
    poison(home)
    Places(home).warehouse.write_text(SECRET)
    (Places(home).reports / NOW / "warga.xlsx").write_text(SECRET)
    (home / "data" / "cantik.toml").write_text(SECRET)
    with serving(home) as client:
        yield client


def poison(home: Path) -> None:
    """Give the store an RT for every payload, and its kelurahan and office one each."""
    with duckdb.connect(str(Places(home).published)) as store:
        (code,) = store.execute("SELECT min(area) FROM areas WHERE level = 'rt'").fetchall()[0]
        for number, payload in enumerate(PAYLOADS, 1):
            area = f"{code[:-7]}099-{number:03d}"
            store.execute("INSERT INTO areas VALUES ('rt', $1, $2)", [area, payload])
            store.execute(
                "INSERT INTO cells_public SELECT * REPLACE ($1 AS area, $2 AS area_name) FROM cells_public "
                "WHERE area = $3",
                [area, payload, code],
            )
        for table in ("areas", "cells_public"):
            store.execute(f"UPDATE {table} SET area_name = $1 WHERE level = 'kelurahan'", [PAYLOADS[0]])
        store.execute("UPDATE office SET name = $1", [PAYLOADS[1]])
        store.execute("UPDATE indicators SET definition = $1, unit = $2", [PAYLOADS[2], PAYLOADS[3]])


class Found(HTMLParser):
    """What of a page could run: elements, attributes and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [
            name for name, _ in attrs if name.startswith("on") or name in ("style", "srcdoc", "xlink:href")
        ]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "formaction")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


OURS = frozenset(
    {"html", "head", "meta", "title", "link", "script", "body", "a", "header", "nav", "ul", "ol", "li", "main"}
    | {"footer", "h1", "h2", "h3", "p", "dl", "dt", "dd", "div", "section", "article", "table", "caption", "thead"}
    | {"tbody", "tr", "th", "td", "form", "label", "select", "optgroup", "option", "input", "button", "figure"}
    | {"figcaption", "svg", "desc", "defs", "pattern", "rect", "line", "circle", "text", "span", "b", "pre"}
    | {"details", "summary"}
)


@pytest.mark.parametrize("url", ["/", "/tabel?tingkat=rt", "/tabel?tingkat=kelurahan", "/indikator/amh"])
def test_hostile_names_stay_text(poisoned: httpx.Client, url: str) -> None:
    page = poisoned.get(url)
    assert page.status_code == 200
    found = Found(page.text)
    assert found.tags <= OURS
    assert found.handlers == []
    assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in found.addresses)
    assert re.findall(r"<script[^>]*>[^<]", page.text) == []
    if "tingkat=rt" in url:
        shown = " ".join(found.text)
        assert [payload for payload in PAYLOADS if " ".join(payload.split()) not in " ".join(shown.split())] == []


def test_hostile_names_do_not_run_in_csv(poisoned: httpx.Client) -> None:
    for url in ("/api/cells?level=rt&format=csv", "/tabel.csv?tingkat=rt"):
        fields = {field for row in csv.reader(io.StringIO(poisoned.get(url).text)) for field in row}
        assert {f"'{payload}" for payload in PAYLOADS if payload.startswith(STARTS)} <= fields
        assert [field for field in fields if field.startswith(STARTS)] == []


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../data/cantik.toml",
        "/static/..%2f..%2f..%2fpyproject.toml",
        "/static/%2e%2e/%2e%2e/served.py",
        "/static//etc/passwd",
        f"/berkas/{NOW}/warga.xlsx",
        f"/berkas/{NOW}/../../data/cantik.toml",
        f"/berkas/{NOW}/..%2f..%2fdata%2fcantik.toml",
        f"/berkas/{NOW}/metadata/../../../data/warehouse/warehouse.duckdb",
        f"/berkas/{NOW}/%2e%2e/%2e%2e/data/warehouse/warehouse.duckdb",
        f"/berkas/{NOW}/rilis.txt",
        f"/berkas/{NOW}/indikator-{NOW}.csv%00.txt",
        "/berkas/..%2f..%2fdata/cantik.toml",
        "/berkas//etc/passwd",
        "/berkas/" + "%5c..%5c..%5cdata%5ccantik.toml",
        "/indikator/../../data/cantik.toml",
        "/tabel.duckdb",
        "/data/warehouse/published.duckdb",
    ],
)
def test_no_path_leads_outside(poisoned: httpx.Client, path: str) -> None:
    connection = http.client.HTTPConnection(poisoned.base_url.host, poisoned.base_url.port)  # leaves the path as it is
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    assert answer.status in (400, 404)
    for told in (SECRET, "root:", "[project]", "Traceback", "/tmp/", "import "):
        assert told not in body


def test_files_of_the_release_are_handed_out_by_name_only(poisoned: httpx.Client) -> None:
    book = poisoned.get(f"/berkas/{NOW}/tabel-indikator-{NOW}.xlsx")
    assert (book.status_code, book.content[:2]) == (200, b"PK")
    assert "attachment" in book.headers["content-disposition"]
    assert poisoned.get(f"/berkas/{NOW}/metadata/ms-ind.xlsx").status_code == 200
    assert "warga.xlsx" not in poisoned.get("/").text


def test_files_of_another_release_are_not(office: Path, tmp_path: Path) -> None:
    home = only_published(office, tmp_path / "kantor")
    (Places(home).reports / NOW / "rilis.txt").write_text("2025-Q3-ffffffff\n")
    with serving(home) as client:
        assert f"indikator-{NOW}.csv" not in client.get("/").text
        assert client.get(f"/berkas/{NOW}/indikator-{NOW}.csv").status_code == 404


@pytest.mark.parametrize(
    "name", ["indicator", "level", "area", "period", "breakdown", "tier", "format", "release", "limit"]
)
@pytest.mark.parametrize(
    "value",
    [
        "' OR 1=1 --",
        "rt'; DROP TABLE cells;--",
        "\x00",
        "../../warehouse",
        "%s%s%n",
        "{{7*7}}",
        "\u202e",
        "9" * 190,
        "NaN",
    ],
)
def test_parameters_are_values_never_sql(poisoned: httpx.Client, name: str, value: str) -> None:
    answer = poisoned.get("/api/cells", params={name: value})
    assert answer.status_code == 400
    assert set(answer.json()) == {"pesan"}
    assert "\x00" not in answer.json()["pesan"]
    assert "\u202e" not in answer.json()["pesan"]


@pytest.mark.parametrize("name", ["indikator", "tingkat", "periode", "wilayah", "tier", "lain"])
def test_the_form_is_checked_too(poisoned: httpx.Client, name: str) -> None:
    answer = poisoned.get("/tabel", params={name: "<script>alert(1)</script>"})
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    "host", ["jahat.example", "localhost.jahat.example", "192.168.1.9", "", "127.0.0.1.nip.io", "[::"]
)
def test_a_foreign_name_gets_no_answer(poisoned: httpx.Client, host: str) -> None:
    for path in ("/", "/api/cells", "/static/gaya.css"):
        answer = poisoned.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "Kandangan" not in answer.text
    assert poisoned.get("/health", headers={"Host": "localhost:1"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X"])
def test_only_reading(poisoned: httpx.Client, method: str) -> None:
    answer = poisoned.request(method, "/api/cells")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert "access-control-allow-origin" not in answer.headers


def test_what_is_too_much_is_refused(poisoned: httpx.Client) -> None:
    assert poisoned.request("GET", "/api/cells", content=b"x" * 1000).status_code == 413
    assert poisoned.get("/api/cells?indicator=" + "amh," * 2000).status_code == 414
    assert poisoned.get("/api/cells", headers={"X": "x" * 100_000}).status_code in (400, 431)


def test_a_header_cannot_be_forged_through_a_parameter(poisoned: httpx.Client) -> None:
    for query in ("period=2025-Q3%0d%0aSet-Cookie:a=b", "format=csv%0d%0aX-Palsu:1", "indicator=amh%0d%0aX-Palsu:1"):
        answer = poisoned.get(f"/api/cells?{query}")
        assert answer.status_code == 400
        assert not {"set-cookie", "x-palsu"} & set(answer.headers)


@pytest.mark.parametrize(
    "url", [*PAGES, "/api/cells?level=x", f"/berkas/{NOW}/indikator-{NOW}.csv", "/static/gaya.css"]
)
def test_every_answer_bears_the_security_headers(poisoned: httpx.Client, url: str) -> None:
    answer = poisoned.get(url, headers={"Origin": "http://jahat.example"})
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers
    assert not {"server", "x-powered-by", "set-cookie"} & set(answer.headers)


def test_our_own_fault_is_one_sentence_and_goes_to_the_log(office: Path, tmp_path: Path) -> None:
    home = only_published(office, tmp_path / "kantor")
    with duckdb.connect(str(Places(home).published)) as store:
        store.execute("DROP TABLE areas")
    faults: list[BaseException] = []
    with serving(home, faults=faults) as client:
        for url in ("/api/cells", "/tabel"):
            answer = client.get(url)
            assert answer.status_code == 500
            assert "Terjadi kesalahan pada program" in answer.text
            assert not re.search(r"Traceback|Catalog|areas|File|\.py", answer.text)
            assert {name: answer.headers[name] for name in SECURITY} == SECURITY
            assert answer.headers["Connection"] == "close"
    assert len(faults) == 2
    shutil.rmtree(home)
