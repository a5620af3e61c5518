"""Every indicator against figures worked by hand: spreadsheets in, published cells out."""

from decimal import Decimal

import pytest

from pipelines.indicators.catalogue import catalogue
from tests.warehouse.office import ask

from .conftest import Published
from .examples import FOLDER, NUMBER, Example, figure, load, slack

EXAMPLES = load()
CASES = [
    pytest.param(example, indicator, id=f"{indicator}: {example.name}")
    for example in EXAMPLES
    for indicator in example.indicators
]
STATUSES = {"ok", "u", "z", "m"}
LEVELS = ("RT", "RW", "kelurahan")


@pytest.mark.parametrize(("example", "indicator"), CASES)
def test_figures(published: Published, example: Example, indicator: str) -> None:
    wrong = []
    for key, stated in example.expected.items():
        if key.indicator != indicator:
            continue
        cell = published.cell(example, *key)
        found = {column: cell[column] for column in ("numerator", "denominator", "value")}
        wrong += [
            f"{key.area} {key.breakdown}: {column} {value}, by hand {stated[column] or 'empty'}"
            for column, value in found.items()
            if not agrees(value, stated[column])
        ]
        plain = {"status": cell["status"], "coverage": f"{cell['areas_reported']}/{cell['areas_expected']}"}
        if "households" in stated:
            plain["households"] = "" if cell["households"] is None else str(cell["households"])
        wrong += [
            f"{key.area} {key.breakdown}: {column} {value}, by hand {stated[column]}"
            for column, value in plain.items()
            if value != stated[column]
        ]
    assert not wrong, "\n".join((example.working, *wrong))


def agrees(found: object, stated: str) -> bool:
    """Whether a published figure is the written one, up to the rounding of the latter."""
    by_hand = figure(stated)
    if found is None or by_hand is None:
        return found is None and by_hand is None
    return abs(Decimal(str(found)) - by_hand) <= slack(stated)


def test_every_indicator_has_an_example() -> None:
    worked = {indicator for example in EXAMPLES for indicator in example.indicators}
    assert sorted(catalogue().keys() - worked) == []
    assert sorted(worked - catalogue().keys()) == []


@pytest.mark.parametrize("indicator", catalogue())
def test_every_indicator_is_worked_at_two_levels(indicator: str) -> None:
    """An RT and the kelurahan at least, both with a figure; both sexes where the grain is the person; every split."""
    stated = {
        (key.area.split()[0], key.breakdown.partition(":")[0])
        for example in EXAMPLES
        for key, row in example.expected.items()
        if key.indicator == indicator and row["value"]
    }
    entry = catalogue()[indicator]
    wanted = {("RT", "total")} | {("kelurahan", sex) for sex in entry.plain}
    wanted |= {(level, dimension) for level in ("RT", "kelurahan") for dimension in entry.by}
    assert wanted <= stated


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_expected_figures_are_literals(example: Example) -> None:
    """Nothing computes an expectation: each is a number on the page, with its working beside it."""
    assert {path.suffix for path in FOLDER.iterdir()} == {".toml"}
    assert example.working.strip()
    for key, row in example.expected.items():
        assert key.area.startswith(LEVELS)
        assert row["status"] in STATUSES
        for column in ("numerator", "denominator", "value"):
            assert row[column] == "" or NUMBER.fullmatch(row[column]), f"{key}: {column}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_hand_working_is_consistent(example: Example) -> None:
    """No slip of the hand: value = scale x numerator / denominator, a count is its numerator, `z`, `m` empty."""
    for key, row in example.expected.items():
        entry = catalogue()[key.indicator]
        top, bottom, value = (row[column] for column in ("numerator", "denominator", "value"))
        if row["status"] in ("z", "m"):
            assert not value, key
        elif entry.is_count:
            assert (bottom, value) == ("", top), key
        elif entry.method != "ratio":
            assert (top, bottom) == ("", ""), key
            assert value, key
        else:
            share = entry.scale / Decimal(bottom)
            assert abs(share * Decimal(top) - Decimal(value)) <= slack(value) + share * slack(top), key


def test_no_row_is_refused_that_an_example_does_not_announce(published: Published) -> None:
    """A figure must never be right because a row was refused."""
    assert (published.taken.rejected, published.taken.misplaced) == (0, [])
    stated = {published.kelurahan[e.name]: e.refused for e in EXAMPLES if e.refused}
    query = "SELECT left(area, 13), count(*) FROM findings WHERE severity = 'error' GROUP BY ALL"
    found = ask(published.places.home, query)
    assert dict(found) == stated
