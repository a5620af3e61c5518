"""The access log: who took what, without people; a changed line is noticed."""

import io
import json
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from pipelines.accesslog import DAMAGED, note_access
from pipelines.cli import main
from pipelines.diagnosis import troubles
from pipelines.journal import parse_journal
from pipelines.settings import Places

AREA = "63.06.05.1002"


def call(home: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    monkeypatch.setenv("CANTIK_HOME", str(home))
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        return main(words), err.getvalue()


def test_what_was_taken_is_entered_with_its_filters_tier_and_release(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = str(tmp_path / "Siti Aminah 6306057008900001.csv")
    assert call(office, monkeypatch, "pull", "amh", "--tier", "liaison", "--level", "rt", "-o", target)[0] == 0
    assert call(office, monkeypatch, "pull", "--breakdown", "6306057008900001 Siti Aminah")[0] == 2
    assert call(office, monkeypatch, "explain", "amh", "--area", AREA)[0] == 0
    assert call(office, monkeypatch, "pull", "Siti Aminah")[0] == 2  # nothing was taken
    rows = parse_journal(Places(office).access_log.read_bytes())
    assert [row["perintah"] for row in rows] == ["pull", "explain"]
    first = rows[0]
    assert (first["indikator"], first["tingkat"], first["tier"]) == (["amh"], "rt", "liaison")
    [release] = first["rilis"]  # type: ignore[misc]
    assert str(release).startswith("2025-Q3-")
    assert first["akun"]
    assert rows[1]["wilayah"] == AREA
    text = Places(office).access_log.read_text("utf-8")
    assert "Siti" not in text
    assert "6306057008900001" not in text


def test_without_a_log_the_liaison_s_tier_is_not_given_but_the_public_one_is(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Places(office).access_log.mkdir()
    code, err = call(office, monkeypatch, "pull", "--tier", "liaison")
    assert (code, "tidak dapat dicatat" in err) == (2, True)
    assert call(office, monkeypatch, "explain", "amh", "--area", AREA)[0] == 2
    assert call(office, monkeypatch, "pull")[0] == 0


@pytest.mark.parametrize("way", ["ubah", "hapus", "tukar"])
def test_a_line_that_was_changed_taken_out_or_moved_is_noticed(office: Path, way: str, tally: Counter[str]) -> None:
    places = Places(office)
    for tier in ("liaison", "public", "liaison"):
        note_access(places, "pull", tier=tier)
    assert troubles(places) == []
    a, b, c = places.access_log.read_bytes().splitlines(keepends=True)
    lines = {"ubah": [a, b.replace(b"public", b"liaison"), c], "hapus": [a, c], "tukar": [b, a, c]}[way]
    places.access_log.write_bytes(b"".join(lines))
    assert troubles(places) == [DAMAGED]
    tally["links"] += 1
    note_access(places, "pull", tier="public")
    assert troubles(places) == [DAMAGED]  # until somebody takes the evidence away


def test_a_log_whose_end_is_spoiled_is_kept_aside(office: Path) -> None:
    places = Places(office)
    note_access(places, "pull", tier="liaison")
    places.access_log.write_bytes(b"\x00" * 100 + b"\n")
    note_access(places, "pull", tier="public")
    assert troubles(places) == []
    assert places.access_log.with_name("akses.jsonl.rusak-1").read_bytes() == b"\x00" * 100 + b"\n"
    assert [json.loads(line)["tier"] for line in places.access_log.read_text("utf-8").splitlines()] == ["public"]


def test_a_log_goes_on_from_its_last_line_alone(office: Path) -> None:
    places = Places(office)
    for number in range(50):
        note_access(places, "pull", nomor=number)
        if number == 20:
            with places.access_log.open("ab") as log:
                log.write(b'{"waktu": "20')  # a power cut
    assert [row["nomor"] for row in parse_journal(places.access_log.read_bytes())] == list(range(50))
