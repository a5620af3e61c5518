"""One release, every medium read back from its finished file: each says what the store says, and nothing more."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb
import openpyxl
import pypdf
import pytest

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.book.declared import tables
from pipelines.publishing.profile.blocks import POVERTY
from tests.book.office import KELURAHAN, PERIOD, Released, categories_of
from tests.book.reading import seen_on
from tests.book.test_open_data import data, handed_out, keys_of, rows_of
from tests.book.test_sdmx import data_of
from tests.profile.reading import figures, key, read_page
from tests.serving.running import serving

OFFICIAL = " ¹⁾"
DECIMALS = {"Jumlah": 0, "Persentase": 1, "Rasio": 1, "Indeks": 3, "Median": 1, "Rata-rata": 2, "Harapan": 2, "Laju": 2}
WORDS = ("disembunyikan", "belum dilaporkan", "jawaban belum cukup", "tidak ada")
SEXES = {"_T": "total", "M": "L", "F": "P"}
Key = tuple[str, str, str]  # area, indicator, breakdown
Said = dict[Key, list[float | Decimal | None]]


def said(pairs: Iterator[tuple[Key, Any]]) -> Said:
    """What a medium says of each cell, in every place that it says it; None for a cell that shows no number."""
    found: Said = {}
    for cell, value in pairs:
        found.setdefault(cell, []).append(value if isinstance(value, float | int | Decimal) else None)
    return found


def of_csv(release: Released) -> Iterator[tuple[Key, Any]]:
    told = duckdb.connect().read_csv(str(release.folder / f"indikator-{PERIOD}.csv"), all_varchar=True)
    for area, indicator, breakdown, value in told.project("area, indicator, breakdown, value").fetchall():
        yield (area, indicator, breakdown), float(value) if value else None


def of_book(release: Released) -> Iterator[tuple[Key, Any]]:
    book, categories = openpyxl.load_workbook(release.workbook), categories_of(release)
    for table in tables():
        if f"T{table.number}" in book.sheetnames:
            for (period, *cell), value in seen_on(book[f"T{table.number}"], table, release.cells, categories):
                if period == PERIOD and value not in ("NA", "…"):
                    yield tuple(cell), value  # type: ignore[misc]


def of_indicator_workbook(release: Released) -> Iterator[tuple[Key, Any]]:
    names = {entry.name: code for code, entry in catalogue().items()}
    for sheet in openpyxl.load_workbook(release.folder / f"tabel-indikator-{PERIOD}.xlsx").worksheets:
        for table in sheet.tables.values():
            heading, *rows = ([cell.value for cell in row] for row in sheet[table.ref])
            for values in rows:
                row = dict(zip(map(str, heading), values, strict=True))
                code = names.get(str(row.get("Indikator")).removesuffix(OFFICIAL))
                for sex, name in (("total", "Total"), ("L", "Laki-laki"), ("P", "Perempuan")):
                    if code and row.get(name) not in (None, "NA"):
                        yield (KELURAHAN, code, sex), row[name]


def of_page(release: Released) -> Iterator[tuple[Key, Any]]:
    """As machines read the page and, rounded, as people do."""
    for element in figures(read_page(release.folder / f"profil-{PERIOD}.html")):
        period, *cell = key(element)
        if period == PERIOD and element["data-status"]:
            yield tuple(cell), float(element["data-value"]) if element["data-value"] else None  # type: ignore[misc]
            yield tuple(cell), printed(element.text)  # type: ignore[misc]


def of_pdf(release: Released) -> Iterator[tuple[Key, Any]]:
    """The rows of its tables: name, unit, total and both sexes; a reader of PDF gives each cell a line of its own."""
    pages = pypdf.PdfReader(release.folder / f"profil-{PERIOD}.pdf").pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for code, entry in catalogue().items():
        name = f"{entry.name}{', angka registrasi' if code in POVERTY else ''}{OFFICIAL if entry.official else ''}"
        _, there, rest = text.partition(f" {name} {entry.unit} ")
        for sex in ("total", "L", "P") if there and entry.by_sex else ("total",) if there else ():
            word = next((w for w in WORDS if rest.startswith(w)), rest.partition(" ")[0])
            rest = rest[len(word) :].lstrip()
            yield (KELURAHAN, code, sex), printed(word)


def of_open_data(release: Released, kind: str) -> Iterator[tuple[Key, Any]]:
    categories = categories_of(release)
    for table in handed_out(release):
        rows = rows_of(release, table)
        if kind == "parquet":
            found = duckdb.connect().read_parquet(str(data(release) / f"{table.key}.parquet"))
            rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
        for row in rows:
            for name, (period, *cell) in keys_of(table, row, categories).items():
                if period == PERIOD and row[f"{name}_tanda"] != "na":
                    yield tuple(cell), float(row[name]) if row[name] not in ("", None) else None  # type: ignore[misc]


def of_sdmx(release: Released) -> Iterator[tuple[Key, Any]]:
    areas = {area.replace(".", "_"): area for _, area, _, _ in release.cells}
    codes = {code.replace(".", "_"): code for code in catalogue()}
    for row in data_of(release):
        if row["BREAKDOWN"] == "_T":
            cell = areas[row["REF_AREA"]], codes[row["INDICATOR"]], SEXES[row["SEX"]]
            yield cell, float(row["OBS_VALUE"]) if row["OBS_VALUE"] else None


def of_api(release: Released) -> Iterator[tuple[Key, Any]]:
    with serving(release.places.home) as client:
        for cell in client.get(f"/api/cells?period={PERIOD}").json():
            value = cell["value"]
            yield (cell["area"], cell["indicator"], cell["breakdown"]), None if value is None else float(value)


def printed(text: str) -> Decimal | None:
    """`1.234,5` as a reader takes it; none for a word."""
    number = text.strip().removesuffix("*")
    return Decimal(number.replace(".", "").replace(",", ".")) if number.lstrip("-")[:1].isdigit() else None


@pytest.fixture(scope="module")
def media(one: Released) -> dict[str, Said]:
    return {
        "csv": said(of_csv(one)),
        "book": said(of_book(one)),
        "workbook": said(of_indicator_workbook(one)),
        "page": said(of_page(one)),
        "pdf": said(of_pdf(one)),
        "open csv": said(of_open_data(one, "csv")),
        "open parquet": said(of_open_data(one, "parquet")),
        "sdmx": said(of_sdmx(one)),
        "api": said(of_api(one)),
    }


def test_every_medium_says_what_the_store_says(one: Released, media: dict[str, Said]) -> None:
    for name, told in media.items():
        for cell, values in told.items():
            public = one.cells[(PERIOD, *cell)]
            hidden = public["value"] is None or public["status"] not in ("ok", "u")
            places = DECIMALS[catalogue()[cell[1]].measure] if cell[1] != "gini" else 3
            for value in values:
                if hidden or value is None:
                    assert (hidden, value) == (True, None), (name, cell)
                elif isinstance(value, Decimal):
                    exact = Decimal(repr(public["value"])).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
                    assert value == exact, (name, cell)
                else:
                    assert value == pytest.approx(public["value"], rel=1e-15), (name, cell)


def test_more_than_twenty_variables_stand_in_all_of_them(one: Released, media: dict[str, Said]) -> None:
    """Of the kelurahan; among them one that is withheld and one of few observations."""
    everywhere = {cell for cell in media["csv"] if all(cell in told for told in media.values())}
    assert {area for area, _, _ in everywhere} >= {KELURAHAN}
    assert len({code for area, code, _ in everywhere if area == KELURAHAN}) > 60
    assert len([cell for cell in everywhere if cell[2] in ("L", "P")]) > 40
    statuses = {one.cells[(PERIOD, *cell)]["status"] for cell in everywhere}
    assert {"ok", "u"} <= statuses
    assert statuses & {"c", "s"}


def test_so_do_those_of_every_rw_in_all_that_show_them(one: Released, media: dict[str, Said]) -> None:
    showing = [name for name, told in media.items() if any(len(area) == 17 for area, _, _ in told)]
    assert set(showing) == {"csv", "book", "open csv", "open parquet", "sdmx", "api"}
    everywhere = {c for c in media["csv"] if len(c[0]) == 17 and all(c in media[name] for name in showing)}
    assert len({code for _, code, _ in everywhere}) > 20
    assert {one.cells[(PERIOD, *cell)]["status"] for cell in everywhere} & {"c", "s"}
