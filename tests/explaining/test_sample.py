"""The sample village, mistakes included: for every cell the rows that are listed add up to the stored figure."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.explaining.agreement import check
from pipelines.explaining.derived import explain_derived
from pipelines.explaining.formula import formula, words
from pipelines.explaining.held import Held, held
from pipelines.explaining.places import Sheets, sheets
from pipelines.explaining.reading import is_flag, reads
from pipelines.explaining.sources import sources
from pipelines.explaining.trace import make_rows, trace, units
from pipelines.explaining.wording_derived import derived_text
from pipelines.indicators.catalogue import VIEWS, Indicator, catalogue
from pipelines.indicators.derived import derived
from pipelines.indicators.lineage import behind, named
from schemas import datasets
from tests.warehouse.office import take_in

from .asking import Open, ask, cells_of, expanded, opened, places_of


@pytest.fixture(scope="module")
def sample(small_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Open, Sheets]]:
    home = tmp_path_factory.mktemp("contoh") / "kantor"
    shutil.copytree(small_sample, home)
    take_in(home)
    with opened(home) as at:
        yield at, sheets(*at, "2025-Q3")


def see_that_flags_give_at_most_one(connection: duckdb.DuckDBPyConnection, entry: Indicator) -> None:
    """The bounds of held rows rest on it; so they do on who is in one part being in the other."""
    flags = {
        text: all(is_flag(entry.source, c) for c in named(text)) for text in (entry.numerator, entry.denominator or "0")
    }
    for part, text in zip("nd", (entry.numerator, entry.denominator or "0"), strict=True):
        if flags[text]:
            strange = f"SELECT count(*) FROM traced WHERE {part} NOT IN (0, 1) OR (NOT counted AND {part} <> 0)"
            assert connection.execute(strange).fetchall() == [(0,)]
    if entry.denominator == "1" and flags[entry.numerator]:
        assert connection.execute("SELECT count(*) FROM traced WHERE n > d").fetchall() == [(0,)]


def see_that_nobody_is_named(found: Held, value: float | None) -> None:
    """What is held names cells and rules; the bound holds what the figure is now."""
    assert not found.rows or found.faults
    for fault in found.faults:
        assert fault.cells
        assert "{" not in fault.sentence
        assert fault.sentence.endswith(".")
    if found.bound and value is not None:
        assert found.bound.least <= value
        assert found.bound.most is None or value <= found.bound.most


COUNTED = [entry for entry in catalogue().values() if not entry.is_derived]


@pytest.mark.parametrize("entry", COUNTED, ids=lambda entry: entry.code)
def test_listed_rows_and_cells_add_up_to_stored_cells(sample: tuple[Open, Sheets], entry: Indicator) -> None:
    """Of the kelurahan, and of two RTs in turn, one of them by its codes, too."""
    places = places_of(sample[0], entry)
    rts = sorted({area for level, area, _ in places if level == "rt"})
    first, second = (rts[(COUNTED.index(entry) + step) % len(rts)] for step in (0, len(rts) // 2))
    see_that_all_adds_up(sample, entry, [place for place in places if place[0] == "kelurahan" or place[1] == first
        or (place[1] == second and place[2] in entry.plain)])  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("entry", COUNTED, ids=lambda entry: entry.code)
def test_listed_rows_and_cells_add_up_to_every_stored_cell(sample: tuple[Open, Sheets], entry: Indicator) -> None:
    see_that_all_adds_up(
        sample, entry, [place for place in places_of(sample[0], entry) if place[0] in ("rt", "rw", "kelurahan")]
    )


def see_that_all_adds_up(sample: tuple[Open, Sheets], entry: Indicator, places: list[tuple[str, str, str]]) -> None:
    """What is listed of each place (level, area, breakdown) is what is stored."""
    (connection, office), all_sheets = sample
    assert {breakdown for *_, breakdown in places} == set(entry.breakdowns)
    cells = [ask(sample[0], entry.code, area, breakdown) for _, area, breakdown in places]
    make_rows(connection, office, cells[0])
    for asked in cells:
        found = trace(connection, asked)
        check(asked, found)  # values, parts and reporting RTs; next, what is listed
        behind = sources(connection, asked, all_sheets)
        recap = connection.execute("SELECT coalesce(sum(n), 0), coalesce(sum(d), 0) FROM recapped").fetchall()[0]
        above, below = [s.numerator for s in behind.counted], [s.denominator for s in behind.counted]
        assert sum(p.amount for p in above if p) == pytest.approx(units(entry, found.numerator - int(recap[0])))
        assert sum(p.amount for p in below if p) == found.denominator - int(recap[1])
        for part in (*above, *below, *(s.looked_up for s in behind.looked_up)):
            assert part is None or len(expanded(part.where)) == part.rows
        flags = all(is_flag(entry.source, c) for c in named(entry.numerator)) if entry.source != "rekap" else False
        assert not flags or all(p.amount == p.rows for p in above if p)
        if asked.cell.numerator is not None and not behind.cells:
            assert sum(p.amount for p in above if p) == pytest.approx(asked.cell.numerator)
        if asked.breakdown == "total" and behind.cells and entry.is_count:
            assert sum(c.value for c in behind.cells) == int(recap[0])
        if asked.cell.level == "kelurahan" and asked.breakdown == "total":
            if entry.source != "rekap":
                see_that_flags_give_at_most_one(connection, entry)
            see_that_nobody_is_named(held(connection, asked, found, all_sheets), asked.cell.value)


@pytest.mark.parametrize("entry", derived(), ids=lambda entry: entry.code)
def test_a_figure_made_of_others_says_what_it_lacks(sample: tuple[Open, Sheets], entry: Indicator) -> None:
    """A first quarter has no rates of a year."""
    (connection, office), _ = sample
    for asked in cells_of((connection, office), entry):
        found = explain_derived(connection, office, asked)
        assert bool(found.why) == (asked.cell.status == "m")
        assert "_" not in derived_text(found, None).partition("Berkas dan baris")[0].replace(entry.code, "")


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_every_formula_is_in_words(entry: Indicator) -> None:
    """No column's name and no sign of SQL is left."""
    for breakdown in entry.breakdowns:
        said = formula(entry, breakdown)
        for text in (said.numerator, said.denominator or "", said.universe):
            assert "_" not in text
            assert not {"=", "<", ">", "+"} & set(text)


def test_every_word_is_used() -> None:
    for view in VIEWS[:2]:
        texts = [
            t for e in catalogue().values() if e.source == view
            for t in (e.numerator, e.denominator, e.universe, e.bin) if t
        ]  # fmt: skip
        assert set(words()[view]) == set().union(*map(named, texts))


@pytest.mark.parametrize("entry", [e for e in COUNTED if e.source != "rekap"], ids=lambda e: e.code)
def test_what_a_figure_reads_covers_what_it_needs(entry: Indicator) -> None:
    """Every column that an RT must have asked is found behind the figure, and all that is found exists."""
    for breakdown in entry.breakdowns:
        found = reads(entry, breakdown)
        assert set(entry.columns) <= found
        assert all(column in datasets()[dataset].columns() for dataset, column in found)
        if entry.sex(breakdown):
            assert ("penduduk", "jenis_kelamin") in found
        if split := entry.split(breakdown):
            assert behind(entry.source, split[0].column) <= found
