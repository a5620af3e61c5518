"""Where an office has boundaries: joined by code and never by name, hatched where withheld, refused where broken."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import OfficerError
from pipelines.publishing.profile.boundaries import middle, read_boundaries
from pipelines.publishing.profile.write import write_profile

from .reading import Element, figures, read_page
from .stores import KELURAHAN, MISSING, PERIOD, WITHHELD, Made, make


def square(x: float, y: float, size: float = 1) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def feature(code: str | None, ring: Any, **more: object) -> dict[str, Any]:
    named = {"code": code} if code else {}
    return {"type": "Feature", "properties": named | more, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def lay(made: Made, *features: Any) -> None:
    made.office.places.map.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def card(made: Made) -> Element:
    """The card of the RTs."""
    page = read_page(made.file("profil.html"))
    return next(e for e in page.all("div") if e.attributes.get("class") == "card broad")


def test_the_map_shows_by_code_what_the_tiles_would_show(tmp_path: Path) -> None:
    changes = (
        f"status = 'c', {WITHHELD} WHERE area = '{KELURAHAN}-001-001'",
        f"{MISSING} WHERE area = '{KELURAHAN}-002-001'",
    )
    made = make(tmp_path, changes, periods=(PERIOD,))
    lay(
        made,
        feature(f"{KELURAHAN}-001-001", square(0, 0), nama="RT 002 RW 001"),
        feature(f"{KELURAHAN}-001-002", square(1, 0), nama="<script>"),
        feature(f"{KELURAHAN}-002-001", square(0, 1)),
        feature(None, square(5, 5), nama="RT 002 RW 002"),
        {"type": "Feature", "properties": {"nama": "SAWAH"}, "geometry": None},
    )
    write_profile(made.office, PERIOD)
    shown = card(made)
    drawn = shown.all("svg")[0]
    texts = [text.text for text in drawn.all("text")]
    value = made.cell("jumlah_penduduk", area=f"{KELURAHAN}-001-002")["value"]
    assert texts == ["001/001", "002/001" + f"{value:,.0f}".replace(",", "."), "001/002"]
    fills = [path["fill"] for path in drawn.all("path") if path.attributes.get("stroke") == "#4b5563"]
    assert (fills[0], fills[2], fills[1][:1]) == ("url(#peta-arsir)", "#fff", "#")
    assert [p["id"] for p in drawn.all("pattern")] == ["peta-arsir"]
    assert "Tanpa batas di peta: RT 002 RW 002" in shown.text
    assert len(figures(shown)) == 4
    assert not [e for e in shown.all("li") if "tile" in e.attributes.get("class", "").split()]
    assert made.file("profil.pdf").read_bytes()[:5] == b"%PDF-"


def test_a_new_map_is_drawn_and_one_without_our_codes_leaves_the_tiles(tmp_path: Path) -> None:
    made = make(tmp_path, periods=(PERIOD,))
    write_profile(made.office, PERIOD)
    assert not card(made).all("svg")
    lay(made, feature("6306050013000100", square(0, 0)))
    write_profile(made.office, PERIOD)
    assert "areas.geojson tidak memuat kode RT" in card(made).text
    lay(made, feature(f"{KELURAHAN}-001-001", square(0, 0)))
    write_profile(made.office, PERIOD)
    assert card(made).all("svg")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        b'{"type": "FeatureCollection"}',
        b"[1, 2]",
        b'{"features": ' + b"[" * 100_000,
        b'{"features": [{"properties": {"kode": "X"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
        json.dumps({"features": [feature("X", [[0, 0], [1, 1]])]}).encode(),
        json.dumps({"features": [feature("X", [[0, 0], [1, "a"], [1, 1], [0, 0]])]}).encode(),
        json.dumps({"features": [feature("X", 7)]}).encode(),
        b'{"features": [{"properties": {"code": "X"}, "geometry": {"type": "Polygon", "coordinates": '
        b"[[[0, 0], [NaN, 1], [1, 1], [0, 0]]]}}]}",
    ],
)  # fmt: skip
def test_a_broken_map_is_refused_with_what_to_do(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    path.write_bytes(content)
    with pytest.raises(OfficerError, match=r"areas\.geojson.*(Ekspor|Perbaiki)"):
        read_boundaries(path)


def test_the_label_stands_in_the_middle_of_the_largest_part() -> None:
    large = {"type": "MultiPolygon", "coordinates": [[square(9, 9)], [square(0, 0, 4), square(1, 1)]]}
    assert middle([{"type": "Polygon", "coordinates": [square(20, 20)]}, large]) == pytest.approx((2, 2))
    assert middle([{"type": "Polygon", "coordinates": [[[3, 4], [3, 4], [3, 4], [3, 4]]]}]) == (3, 4)
