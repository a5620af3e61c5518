"""The page says what the store says, works from a USB stick, can be read aloud, and takes no name for markup."""

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.profile.write import write_profile

from .reading import Element, figures, key, read_page
from .stores import AREAS, DIMENSIONS, KELURAHAN, MISSING, OWN, PERIOD, SECOND, WITHHELD, Made, make

HOSTILE = "<script>alert('x')</script> \"&amp; #let x = [*a*] $y$ @z \\ </svg>"
CHANGES = (
    f"areas_reported = 3 WHERE area = '{KELURAHAN}' AND period = '{PERIOD}'",
    f"status = 'c', {WITHHELD} WHERE indicator = 'p0'",
    f"status = 's', {WITHHELD} WHERE indicator = 'tpt' AND breakdown <> 'total'",
    f"{MISSING} WHERE indicator = 'neet'",
    f"status = 'm', {WITHHELD} WHERE indicator = 'cakupan_pkh'",
    "status = 'z', value = NULL, numerator = 0, denominator = 0 WHERE indicator = 'apm_sd'",
    "status = 'u' WHERE indicator = 'aps_7_12'",
    f"status = 'c', {WITHHELD} WHERE breakdown = 'agama:4'",
    f"status = 's', {WITHHELD} WHERE indicator = 'jumlah_penduduk' AND area = '{KELURAHAN}-001-001'",
    f"{MISSING} WHERE area = '{KELURAHAN}-002-002'",
    "value = 1234.5 WHERE indicator = 'rls' AND breakdown = 'total'",
    f"areas_reported = 2 WHERE area = '{KELURAHAN}' AND indicator = 'tpak' AND period = '{PERIOD}'",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    found = make(tmp_path_factory.mktemp("satu"), CHANGES)
    write_profile(found.office, PERIOD)
    return found


@pytest.fixture(scope="module")
def page(made: Made) -> Element:
    return read_page(made.file("profil.html"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Made:
    areas = {code: (level, HOSTILE, rts) for code, (level, _, rts) in AREAS.items()}
    found = make(tmp_path_factory.mktemp("jahat"), areas=areas, name=HOSTILE)
    write_profile(found.office, PERIOD)
    return found


def assert_equal(element: Element, made: Made) -> None:
    cell = made.cells[key(element)]
    assert element["data-status"] == cell["status"]
    if cell["status"] in ("ok", "u"):
        assert float(element["data-value"]) == cell["value"]
        written = element.text.removesuffix("*")
        assert re.fullmatch(r"\d{1,3}(\.\d{3})*(,\d+)?", written), written
        shown = float(written.replace(".", "").replace(",", "."))
        places = len(written.partition(",")[2])
        assert shown == pytest.approx(cell["value"], abs=0.5 * 10**-places + 1e-9)
        assert (element.text != written) == (cell["status"] == "u")
    else:
        assert element["data-value"] == ""
        assert not re.search(r"\d", element.text)


def test_every_figure_equals_its_cell(made: Made, page: Element) -> None:
    shown = figures(page)
    for element in shown:
        assert_equal(element, made)
    everything = {(PERIOD, KELURAHAN, code, "total") for code in catalogue()} - {
        (PERIOD, KELURAHAN, code, "total") for code in OWN
    }
    everything |= {
        (PERIOD, KELURAHAN, of, f"{dimension}:{code}")
        for dimension, (of, codes) in DIMENSIONS.items()
        for code in codes
    }
    everything |= {(PERIOD, area, "jumlah_penduduk", "total") for area, (level, _, _) in AREAS.items() if level == "rt"}
    assert everything <= {key(element) for element in shown}


def test_figures_are_rounded_as_their_kind_asks(made: Made, page: Element) -> None:
    texts = {key(e)[2]: e.text for e in figures(page) if key(e)[:2] == (PERIOD, KELURAHAN) and key(e)[3] == "total"}
    assert (texts["rls"], texts["neet"], texts["cakupan_pkh"]) == (
        "1.234,50",
        "belum dilaporkan",
        "jawaban belum cukup",
    )
    assert (texts["p0"], texts["apm_sd"]) == ("disembunyikan", "tidak ada")
    assert re.fullmatch(r"\d+,\d\*", texts["aps_7_12"])
    assert re.fullmatch(r"\d+,\d{3}", texts["gini"])


def test_nothing_is_fetched_and_nothing_runs(made: Made, page: Element) -> None:
    assert not page.all("script", "link", "iframe", "img", "object", "embed", "base", "form", "foreignobject", "use")
    for element in page.all():
        assert not [name for name in element.attributes if name.startswith("on") or name in ("style", "src", "action")]
        for name in ("href", "xlink:href"):
            assert element.attributes.get(name, "#").startswith("#")
        for name, value in element.attributes.items():
            assert name.startswith("xmlns") or not re.search(r"https?:|//|javascript:|@import", value), (name, value)
            assert all(to == "#" for to in re.findall(r"url\((.)", value))
    (style,) = page.all("style")
    assert not re.search(r"url\(|@import|@font-face|https?:|</", style.text)
    hashed = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    policy = next(m["content"] for m in page.all("meta") if m.attributes.get("http-equiv"))
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    assert made.file("profil.html").stat().st_size < 1_000_000


def test_the_page_can_be_read_aloud_and_by_keyboard(page: Element) -> None:
    assert page.all("html")[0]["lang"] == "id"
    assert [len(page.all(tag)) for tag in ("h1", "main", "header", "footer", "nav", "title")] == [1] * 6
    ids = [e["id"] for e in page.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for element in page.all():
        assert set(element.attributes.get("aria-labelledby", "").split()) <= set(ids)
        assert element.attributes.get("href", "#")[1:] in {"", *ids}
        if element.attributes.get("role") == "img":
            assert len(element["aria-label"]) > 40
    first = page.all("body")[0].inside[0]
    assert (first.tag, first["href"]) == ("a", "#isi")
    for table in page.all("table"):
        assert table.all("caption")[0].text
        assert {cell["scope"] for cell in table.all("th")} == {"col", "row"}
    for drawn in page.all("figure"):
        assert drawn.all("svg") == drawn.all("svg")[:1]
        assert drawn.all("h3")[0].text
        assert not drawn.all("svg") or figures(drawn.all("details")[0])
    assert len(page.all("svg")) > 10


def test_pictures_do_not_share_ids_and_hold_their_numbers(made: Made, page: Element) -> None:
    pyramid = next(f for f in page.all("figure") if f["aria-labelledby"] == "piramida-judul")
    texts = [text.text for text in pyramid.all("text")]
    assert "disembunyikan" not in texts
    for side in ("umur_L:0-4", "umur_P:75+"):
        value = made.cell("jumlah_penduduk", side)["value"]
        assert f"{value:,.0f}".replace(",", ".") in texts
    religion = next(f for f in page.all("figure") if f["aria-labelledby"] == "agama-judul")
    assert [t.text for t in religion.all("text")].count("disembunyikan") == 1


def test_hostile_names_stay_text(hostile: Made) -> None:
    page = read_page(hostile.file("profil.html"))
    assert not page.all("script")
    assert HOSTILE in page.all("h1")[0].text
    assert HOSTILE in page.all("title")[0].text
    assert len(page.all("svg")) > 10
    for element in figures(page):
        assert_equal(element, hostile)


def test_the_tiles_say_which_rts_are_withheld_and_which_have_not_reported(page: Element) -> None:
    tiles = [e for e in page.all("li") if "tile" in e.attributes.get("class", "").split()]
    told = {figures(e)[0]["data-area"][-7:]: (e["class"].split()[1], e.text) for e in tiles}
    assert told["001-001"] == ("hidden-figure", "RT 001 disembunyikan–")
    assert told["002-002"] == ("not-reported", "RT 002 belum dilaporkan–")
    assert told["001-002"][0].startswith("shade-")
    groups = [e["aria-label"] for e in page.all("section") if e.attributes.get("class") == "group"]
    assert groups == ["RW 001", "RW 002"]


def test_several_kelurahan_show_the_area_that_holds_them_and_a_table(tmp_path: Path) -> None:
    made = make(tmp_path, areas=AREAS | SECOND)
    write_profile(made.office, PERIOD)
    page = read_page(made.file("profil.html"))
    assert page.all("h1")[0].text == "Profil Kecamatan Kandangan"
    for element in figures(page):
        assert_equal(element, made)
    areas = {key(element)[1] for element in figures(page)}
    assert areas == {"63.06.05", KELURAHAN, "63.06.05.2001"}
    headline = figures(page.all("main")[0])[0]
    assert key(headline) == (PERIOD, "63.06.05", "jumlah_penduduk", "total")
    assert not [e for e in page.all("li") if "tile" in e.attributes.get("class", "").split()]
