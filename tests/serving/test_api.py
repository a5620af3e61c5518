"""The API says what `cantik pull` says, refuses what is not published, and lets the liaison in by token only."""

import base64
import datetime as dt
import io
import itertools
import json
import shutil
import threading
from pathlib import Path

import duckdb
import httpx
import openpyxl
import pytest

from pipelines.publishing.query import Selection, selected
from pipelines.publishing.tiers import COLUMNS
from pipelines.serving.served import served
from pipelines.serving.throttle import WRONG_TOKENS, Allowance
from pipelines.serving.tokens import make_token, revoke_token
from pipelines.settings import Places
from tests.conftest import Cantik
from tests.serving.homes import BEFORE, NOW, RELEASE_BEFORE
from tests.serving.running import serving

RW = "63.06.05.1002-001"


def token_for(home: Path, label: str = "bps") -> str:
    return make_token(served(Places(home)).tokens, label, dt.date(2025, 10, 1))[0]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ([], "format=csv"),
        (["jumlah_penduduk", "amh", "rls", "--level", "rw"], "indicator=jumlah_penduduk&indicator=amh,%20rls&level=rw"),
        (["--area", RW, "--breakdown", "P", "--format", "sdmx-csv"], f"area={RW}&breakdown=P&format=sdmx-csv"),
        (["--period", BEFORE, "--level", "kelurahan"], f"period={BEFORE}&level=kelurahan&format=csv"),
    ],
)
def test_text_answers_are_the_bytes_of_pull(
    client: httpx.Client, here: Cantik, public_home: Path, words: list[str], query: str
) -> None:
    form = [] if "format" in query else ["--format", "json"]
    pulled = here(public_home, "pull", *words, *form)
    assert pulled.returncode == 0
    assert len(pulled.stdout.splitlines()) > 2
    answer = client.get(f"/api/cells?{query}")
    assert answer.status_code == 200
    assert answer.content == pulled.stdout.encode()


def test_files_hold_the_same_cells(client: httpx.Client, public_home: Path, tmp_path: Path) -> None:
    with selected(Places(public_home).published, Selection(level="rw")) as cells:
        expected = cells.fetchall()
    (tmp_path / "sel.parquet").write_bytes(client.get("/api/cells?level=rw&format=parquet").content)
    found = duckdb.connect().read_parquet(str(tmp_path / "sel.parquet"))
    assert tuple(found.columns) == COLUMNS
    assert found.fetchall() == expected
    book = openpyxl.load_workbook(io.BytesIO(client.get("/api/cells?level=rw&format=xlsx").content))
    shown = [tuple(float(f"{v:.16G}") if isinstance(v, float) else v for v in row) for row in expected]
    assert [tuple(cell.value for cell in row) for row in book["Indikator"].iter_rows(min_row=2)] == shown


def test_json_is_the_default_and_says_what_it_is(client: httpx.Client) -> None:
    answer = client.get("/api/cells", params={"indicator": "jumlah_penduduk", "level": "kelurahan"})
    assert answer.headers["content-type"] == "application/json"
    assert [row["breakdown"] for row in answer.json()][:3] == ["total", "L", "P"]
    assert answer.json()[0]["period"] == NOW


def test_pages_of_an_answer_join_to_the_whole(client: httpx.Client) -> None:
    whole = client.get("/api/cells?level=rt").json()
    parts = [
        client.get(f"/api/cells?level=rt&limit=1000&offset={start}").json() for start in range(0, len(whole), 1000)
    ]
    assert len(parts) > 1
    assert [row for part in parts for row in part] == whole


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("indicator=amhh", "Mungkin maksudnya: amh"),
        ("indikator=amh", "'indikator' tidak dikenal"),
        ("level=desa", "rt, rw, kelurahan"),
        ("area=99", "/api/areas"),
        ("period=2031-Q1", f"{BEFORE}, {NOW}"),
        ("breakdown=X", "/api/breakdowns"),
        ("format=exe", "json, csv, xlsx"),
        ("tier=admin", "public, liaison"),
        ("limit=0", "paling kecil 1"),
        ("limit=9999999", "paling besar"),
        ("limit=semua", "bilangan bulat"),
        ("level=rt&level=rw", "lebih dari sekali"),
        (f"release={RELEASE_BEFORE}", "tier=liaison"),
        ("level=" + "x" * 300, "terlalu panjang"),
    ],
)
def test_what_is_not_published_is_refused_with_what_there_is(client: httpx.Client, query: str, told: str) -> None:
    answer = client.get(f"/api/cells?{query}")
    assert answer.status_code == 400
    assert told in answer.json()["pesan"]


def test_lists(client: httpx.Client) -> None:
    indicators = client.get("/api/indicators").json()
    assert {"code", "name", "unit", "definition", "subject", "sensitivity"} <= set(indicators[0])
    assert {row["code"] for row in indicators} >= {"jumlah_penduduk", "p0", "amh", "tpt"}
    assert RW in client.get("/api/areas?format=csv").text
    assert [row["current"] for row in client.get("/api/releases").json()] == [True, True]
    assert [row["breakdown"] for row in client.get("/api/breakdowns").json()][:3] == ["total", "L", "P"]
    assert client.get("/api/areas?level=rt").status_code == 400


def test_openapi_describes_every_parameter_and_answer(client: httpx.Client) -> None:
    spec = client.get("/openapi.json").json()
    assert set(spec["paths"]) == {"/health", "/api/cells"} | {
        f"/api/{name}" for name in ("indicators", "areas", "releases", "breakdowns")
    }
    cells = spec["paths"]["/api/cells"]["get"]
    assert all(parameter["description"] for parameter in cells["parameters"])
    assert cells["responses"]["200"]["content"]["application/json"]["example"]
    for page in ("/docs", "/redoc"):
        assert client.get(page).status_code == 404


def test_the_liaison_needs_a_token_and_gets_every_figure(client: httpx.Client, public_home: Path, here: Cantik) -> None:
    token = token_for(public_home, "uji-akses")
    url = "/api/cells?tier=liaison&level=rt&format=csv"
    refused = client.get(url)
    assert refused.status_code == 401
    assert "Basic" in refused.headers["www-authenticate"]
    for wrong in (bearer("salah"), {"Authorization": "Basic !!"}, {"Authorization": f"Token {token}"}):
        assert client.get(url, headers=wrong).status_code == 401
    assert client.get(f"{url}&token={token}").status_code == 400  # never in an address
    pulled = here(public_home, "pull", "--tier", "liaison", "--level", "rt").stdout.encode()
    basic = base64.b64encode(f"siapa saja:{token}".encode()).decode()
    for right in (bearer(token), {"Authorization": f"Basic {basic}"}):
        answer = client.get(url, headers=right)
        assert answer.content == pulled
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["vary"] == "Authorization"
    revoke_token(served(Places(public_home)).tokens, "uji-akses")
    assert client.get(url, headers=bearer(token)).status_code == 401


def test_an_earlier_release_and_what_changed_since(client: httpx.Client, public_home: Path) -> None:
    token = bearer(token_for(public_home, "uji-rilis"))
    release = client.get("/health").json()["releases"][NOW]
    whole = client.get("/api/cells?tier=liaison", headers=token).json()
    assert client.get(f"/api/cells?tier=liaison&release={release}", headers=token).json() == whole
    assert client.get(f"/api/cells?tier=liaison&since={release}", headers=token).json() == []
    unknown = client.get("/api/cells?tier=liaison&release=../../warehouse", headers=token)
    assert (unknown.status_code, "tidak dikenal" in unknown.json()["pesan"]) == (400, True)


def test_who_guesses_tokens_is_locked_out_and_the_public_is_not(changed_home: Path) -> None:
    right = bearer(token_for(changed_home))
    with serving(changed_home) as client:
        url = "/api/cells?tier=liaison&level=kelurahan"
        tries = [client.get(url, headers=bearer(f"tebakan-{n}")).status_code for n in range(WRONG_TOKENS.times)]
        assert set(tries) == {401}
        locked = client.get(url, headers=right | {"X-Forwarded-For": "10.0.0.9"})
        assert (locked.status_code, int(locked.headers["retry-after"]) > 60) == (429, True)
        assert client.get("/api/cells?level=kelurahan").status_code == 200


def test_who_asks_too_often_waits(changed_home: Path) -> None:
    few = Allowance(5, 60)
    with serving(changed_home, requests=few) as client:
        codes = [client.get("/static/ikon.svg").status_code for _ in range(few.times + 1)]
        assert codes == [200] * few.times + [429]
        assert int(client.get("/").headers["retry-after"]) >= 1


def test_a_copy_holds_until_the_next_release(client: httpx.Client, public_home: Path) -> None:
    url = "/api/cells?level=kelurahan&format=csv"
    first = client.get(url)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, no-cache"
    assert client.get("/health").json()["releases"][NOW] in tag
    for header in (tag, f"W/{tag}", f'"lain", {tag}', "*"):
        again = client.get(url, headers={"If-None-Match": header})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(url, headers={"If-None-Match": '"lain"'}).status_code == 200
    others = [url.replace("csv", "json"), url + "&breakdown=L", url + f"&period={BEFORE}", url + "&limit=1"]
    tags = {client.get(other).headers["etag"] for other in others}
    assert len(tags | {tag}) == len(others) + 1
    assert (
        client.get("/api/areas", headers={"If-None-Match": client.get("/api/areas").headers["etag"]}).status_code == 304
    )


def test_head_gives_the_headers_alone(client: httpx.Client) -> None:
    url = "/api/cells?level=kelurahan"
    head, whole = client.head(url), client.get(url)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", whole.headers["etag"])


def test_the_access_log_says_who_pulled_what_and_nothing_typed(changed_home: Path) -> None:
    token = token_for(changed_home, "bps-kabupaten")
    with serving(changed_home) as client:
        client.get("/api/cells?indicator=amh&level=rw&format=csv")
        client.get("/api/cells?tier=liaison&level=rt", headers=bearer(token))
        client.get("/api/cells?indicator=6306051234560001")
        client.get("/tabel?tier=liaison", auth=("Budi", token))
        client.get("/tabel.xlsx?indikator=amh")
        releases = client.get("/health").json()["releases"]
    text = served(Places(changed_home)).access_log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["tier"], line["token"]) for line in lines] == [
        ("public", None), ("liaison", "bps-kabupaten"), ("liaison", "bps-kabupaten"), ("public", None),
    ]  # fmt: skip
    assert lines[0]["query"]["indicators"] == ["amh"]
    assert {line["release"] for line in lines} == set(releases.values())
    for secret in (token, "6306051234560001", "Budi", "127.0.0.1"):
        assert secret not in text


def test_no_store_and_a_damaged_one_are_said_in_one_sentence(changed_home: Path) -> None:
    store = Places(changed_home).published
    with serving(changed_home) as client:
        assert client.get("/health").json()["status"] == "ok"
        for content in (None, b"", b"bukan basis data" * 1000):
            store.unlink()
            if content is not None:
                store.write_bytes(content)
            for url in (
                "/health",
                "/api/cells",
                "/api/areas",
                "/",
                "/tabel",
                "/indikator/amh",
                "/berkas/2025-Q3/x.csv",
            ):
                answer = client.get(url)
                assert (answer.status_code, "cantik run" in answer.text) == (503, True), (url, content)
            store.touch()


def test_nothing_torn_is_seen_while_the_store_is_replaced(changed_home: Path, tmp_path: Path) -> None:
    store = Places(changed_home).published
    stores = []
    for number in (1, 2):
        path = tmp_path / f"{number}.duckdb"
        shutil.copy(store, path)
        with duckdb.connect(str(path)) as other:
            for table in ("cells", "cells_public", "releases"):
                other.execute(f"UPDATE {table} SET release = '2025-Q3-0000000{number}'")
        stores.append(path)
    finished = threading.Event()

    def replace() -> None:
        for number in itertools.cycle((0, 1)):
            part = tmp_path / "part"
            shutil.copy(stores[number], part)
            part.replace(store)
            if finished.wait(0.02):
                return

    seen = set()
    with serving(changed_home) as client:
        writer = threading.Thread(target=replace)
        writer.start()
        try:
            for _ in range(60):
                answer = client.get("/api/cells?level=rw")
                assert answer.status_code == 200
                (release,) = {row["release"] for row in answer.json()}
                assert f'"{release}.' in answer.headers["etag"]
                seen.add(release)
        finally:
            finished.set()
            writer.join()
    assert len(seen) >= 2
