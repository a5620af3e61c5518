"""No two releases of a period subtract to what neither shows: an outsider who kept them all recovers nothing."""

from collections.abc import Iterator

import pytest

from pipelines.periods import parse_period

from .attack import Attack
from .releases import Turn, joined, report_in_turns
from .test_attack import office_in

PERIOD = parse_period("2025-Q3")
VILLAGES, TURNS = 3, 4


@pytest.fixture(
    scope="module",
    params=[pytest.param(0.0, id="only reports", marks=pytest.mark.slow), pytest.param(0.2, id="corrections, too")],
)
def turns(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Turn]:
    """Small villages that report RT by RT, published four times; a share of the RTs is corrected each time."""
    office = office_in(tmp_path_factory.mktemp("home"))
    return report_in_turns(office, PERIOD, VILLAGES, seed=7, turns=TURNS, corrected=request.param)


def attacks(turns: list[Turn], seen: str) -> Iterator[Attack]:
    """The attack on each village by what was seen of it."""
    for kabupaten in sorted({str(row["area"]) for row in turns[-1].liaison if row["level"] == "kabupaten"}):
        rows = [[row for row in getattr(turn, seen) if str(row["area"]).startswith(kabupaten)] for turn in turns]
        own = [[row for row in turn.liaison if str(row["area"]).startswith(kabupaten)] for turn in turns]
        yield joined(rows, own)


def test_all_releases_together_give_nothing_away(turns: list[Turn]) -> None:
    every = list(attacks(turns, "public"))
    assert len(every) == VILLAGES
    for attack in every:
        assert attack.secret
        assert attack.recovered() == []


def test_releases_that_do_not_look_back_give_figures_away(turns: list[Turn]) -> None:
    """The attack is no blunt weapon: each of these releases is safe by itself, together they are not."""
    assert any(len(attack.recovered()) > 10 for attack in attacks(turns, "forgetful"))


def test_much_is_shown_all_the_same(turns: list[Turn]) -> None:
    """What is withheld for the sake of earlier releases is less than half of what could be shown without them."""
    shown = {
        seen: sum(row["value"] is not None for turn in turns for row in getattr(turn, seen))
        for seen in ("public", "forgetful")
    }
    assert 0.5 * shown["forgetful"] < shown["public"] < shown["forgetful"]
