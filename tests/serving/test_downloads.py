"""Every public file of a release is offered and handed out as it lies on the disk, and no other file is."""

import json
import re
from pathlib import Path

import httpx
import pytest

from pipelines.serving import products as offer
from pipelines.serving.guard import SECURITY
from pipelines.settings import Places
from tests.serving.homes import NOW
from tests.serving.running import serving

KEPT_BACK = (
    "metadata/ms-keg.xlsx",
    "metadata/ms-keg.json",
    f"lke/ringkasan-lke-{NOW}.xlsx",
    f"lke/ringkasan-lke-{NOW}.csv",
)
NOTES = ("rilis.txt",)  # which release the files belong to; the page says it


def links(client: httpx.Client) -> list[str]:
    """The addresses of files on the page of downloads."""
    return re.findall(r'href="(/berkas/[^"]+)"', client.get("/unduhan").text)


def test_every_public_file_of_the_release_is_handed_out(client: httpx.Client, public_home: Path) -> None:
    folder = Places(public_home).reports / NOW
    found = {address.removeprefix(f"/berkas/{NOW}/") for address in links(client)}
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name not in NOTES
    }
    assert found == there - set(KEPT_BACK)
    assert {name for name in KEPT_BACK if (folder / name).exists()} == set(KEPT_BACK)
    assert len([name for name in found if name.startswith("data/")]) > 40
    for address in links(client):
        answer, path = client.get(address), folder / address.removeprefix(f"/berkas/{NOW}/")
        assert (answer.status_code, answer.content) == (200, path.read_bytes()), address
        assert answer.headers["content-type"] == offer.MEDIA[path.suffix]
        told = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert (told.status_code, told.content) == (304, b"")
        policies = {a.headers["content-security-policy"] for a in (answer, told)}
        assert policies == {offer.APART if path.suffix == ".html" else SECURITY["Content-Security-Policy"]}
        for name in set(SECURITY) - {"Content-Security-Policy"}:
            assert answer.headers[name] == SECURITY[name]


def test_what_lies_beside_them_is_not(changed_home: Path) -> None:
    folder = Places(changed_home).reports / NOW
    secret = changed_home / "data" / "warga.csv"
    secret.write_text("RAHASIA", encoding="utf-8")
    package = folder / "data" / "datapackage.json"
    told = json.loads(package.read_text(encoding="utf-8"))
    laid = ["warga.csv", "../../../data/warga.csv", "/etc/passwd", "tautan.csv", "..\\warga.csv", "warga.exe", 7, None]
    told["resources"] = [{"path": path, "title": "Warga"} for path in laid] + told["resources"] + ["x"]
    (folder / "data" / "lain.csv").write_text("RAHASIA", encoding="utf-8")
    (folder / "data" / "tautan.csv").symlink_to(secret)
    (folder / "sdmx" / "structure.json").unlink()
    (folder / "sdmx" / "structure.json").symlink_to(secret)
    package.write_text(json.dumps(told), encoding="utf-8")
    with serving(changed_home) as client:
        found = links(client)
        assert len(found) > 40
        assert not [address for address in found if "warga" in address or "lain" in address or "structure" in address]
        for name in (
            *KEPT_BACK,
            "data/lain.csv",
            "data/tautan.csv",
            "data/warga.csv",
            "sdmx/structure.json",
            "data/rilis.txt",
        ):
            answer = client.get(f"/berkas/{NOW}/{name}")
            assert answer.status_code == 404
            assert "RAHASIA" not in answer.text


@pytest.mark.parametrize("spoiled", ["{", "[]", '{"version": "2025-Q3-ffffffff"}'])
def test_a_package_that_is_damaged_or_of_another_release_offers_no_table(changed_home: Path, spoiled: str) -> None:
    (Places(changed_home).reports / NOW / "data" / "datapackage.json").write_text(spoiled, encoding="utf-8")
    with serving(changed_home) as client:
        assert [address for address in links(client) if "/data/" in address] == [f"/berkas/{NOW}/data/datapackage.json"]


def test_a_period_without_release_is_refused_and_one_without_files_says_so(client: httpx.Client) -> None:
    assert client.get("/unduhan?periode=2020-Q1").status_code == 404
    assert client.get("/unduhan?period=2025-Q3").status_code == 400
    assert "belum ada" in client.get("/unduhan?periode=2025-Q2").text


def test_a_file_that_is_too_large_is_named_and_not_sent(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offer, "MOST_BYTES", 10_000)
    assert f"/berkas/{NOW}/sdmx/data.csv" not in links(client)
    assert "terlalu besar" in client.get("/unduhan").text
    assert client.get(f"/berkas/{NOW}/sdmx/data.csv").status_code == 404
