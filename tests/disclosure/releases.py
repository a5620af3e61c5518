"""Villages that report RT by RT and are published anew each time, and an outsider who keeps every release.

He knows all public cells of all releases, and that an RT which had reported keeps its figures; where one was corrected
he is even told so, only not by how much. So an RT is one unknown in all the releases that hold the same of it.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from pipelines.disclosure.withheld import withheld
from pipelines.indicators.measure import measure
from pipelines.opening import connect_read_only
from pipelines.periods import Period
from pipelines.publishing.release import publish_cells
from pipelines.publishing.tiers import COLUMNS, public_cells
from pipelines.settings import Office
from pipelines.warehouse.store import connect

from .attack import EVERYBODY_HAS, NOBODY_HAS, Attack, Key, Row
from .villages import write_villages

AWAY = 10_000.0  # the solver's unknowns are not below zero, and a change may be


@dataclass(frozen=True)
class Turn:
    """What the public saw of a release, what it would have seen had nobody looked back, and what the liaison saw."""

    public: list[Row]
    forgetful: list[Row]
    liaison: list[Row]


def report_in_turns(
    office: Office, period: Period, villages: int, seed: int, turns: int, corrected: float
) -> list[Turn]:
    """Publish as many times; every RT reports before a turn of its own. A share of those that had is corrected."""
    rng = np.random.default_rng(seed)
    warehouse = office.places.warehouse
    warehouse.parent.mkdir(parents=True)
    with write_villages(period, villages, seed, warehouse) as connection:
        _appoint(connection, turns, rng)
    published = []
    for turn in range(turns):
        with connect(warehouse) as connection:
            if turn:
                _correct(connection, corrected, rng)
            connection.execute("INSERT INTO slices SELECT * EXCLUDE turn FROM coming WHERE turn = $1", [turn])
            measure(connection, office, period)
            connection.execute("DELETE FROM cells")
            connection.execute("INSERT INTO cells SELECT * FROM new_cells")
        publish_cells(office, dt.datetime(2025, 10, 1 + turn))
        published.append(_seen(warehouse, office.places.published, period))
    return published


def _appoint(connection: duckdb.DuckDBPyConnection, turns: int, rng: np.random.Generator) -> None:
    """`coming`: the slices with the turn in which each is reported, now and then a dataset later than its RT."""
    slices = connection.execute("SELECT DISTINCT area, dataset FROM slices ORDER BY ALL").fetchall()
    first = {area: int(rng.integers(turns)) for area in sorted({area for area, _ in slices})}
    rows = [(area, dataset, min(first[area] + int(rng.random() < 0.1), turns - 1)) for area, dataset in slices]
    connection.execute("CREATE TABLE appointed (area VARCHAR, dataset VARCHAR, turn INTEGER)")
    connection.executemany("INSERT INTO appointed VALUES ($1, $2, $3)", rows)
    connection.execute("CREATE TABLE coming AS SELECT s.*, turn FROM slices AS s JOIN appointed USING (area, dataset)")
    connection.execute("DELETE FROM slices")


def _correct(connection: duckdb.DuckDBPyConnection, share: float, rng: np.random.Generator) -> None:
    """In some RTs that had reported one family is corrected: it does not live there, or answered otherwise."""
    for (area,) in connection.execute("SELECT DISTINCT area FROM slices ORDER BY ALL").fetchall():
        if rng.random() >= share:
            continue
        families = connection.execute(
            "SELECT DISTINCT family_key FROM penduduk WHERE area = $1 ORDER BY ALL", [area]
        ).fetchall()
        if families:
            family = families[rng.integers(len(families))]
            moves = "UPDATE penduduk SET tinggal = NOT tinggal WHERE family_key = $1"
            answers = (
                "UPDATE kesejahteraan SET pkh = NOT pkh, sumber_air_minum = 12 - sumber_air_minum WHERE family_key = $1"
            )
            connection.execute(moves if rng.random() < 0.5 else answers, family)


def _seen(warehouse: Path, published: Path, period: Period) -> Turn:
    with connect_read_only(published) as store:
        public, liaison = _rows(store, "cells_public"), _rows(store, "cells")
    with connect_read_only(warehouse) as connection:
        connection.register("forgetful", withheld(connection, [str(period)]))
        connection.execute("CREATE TEMP TABLE measured_cells AS SELECT *, '' AS release FROM cells ORDER BY sort")
        return Turn(public, _rows(connection, f"({public_cells('measured_cells', 'forgetful')})"), liaison)


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM {table}").fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def joined(releases: list[list[Row]], liaison: list[list[Row]]) -> Attack:
    """One system of all releases. The liaison's cells say in which releases an RT was another, and no more.

    Secret are the figures of RTs that no release showed, what a correction changed, and the areas withheld for their
    own sake.
    """
    attack, told, spoke, may_speak = Attack([]), set(), set(), defaultdict(set)
    latest: dict[Key, tuple[int, float]] = {}
    changes: list[tuple[int, int, int]] = []
    since: dict[str, int] = {}
    before: dict[Key, Row] = {}
    for turn, (rows, own) in enumerate(zip(releases, liaison, strict=True)):
        single = Attack(rows)
        holds = {(str(r["area"]), str(r["indicator"]), str(r["breakdown"])): r for r in own if r["areas_reported"]}
        since |= {cell[0]: turn for cell, row in holds.items() if _parts(row) != _parts(before.get(cell, row))}
        before = holds
        kept_back = set(single.secret)
        single.spare({cell for cell, row in holds.items() if _is_nobody(row)})
        here: dict[int, int] = {}
        for key, unknown in single.number.items():
            row, cell = single.cells[key[:3]], key[:3]
            is_rt = row["level"] == "rt"
            version = since.get(key[0], 0) if is_rt else turn
            here[unknown] = number = attack.number.setdefault((f"{version} {key[0]}", *key[1:]), len(attack.number))
            value = _parts(holds[cell])[key[3]]
            last, then = latest.get(key, (number, value))
            if is_rt and then != value and key[3] in "NR":
                change = attack.number.setdefault((f"{version} change {key[0]}", *key[1:]), len(attack.number))
                attack.equal.append(({number: 1.0, last: -1.0, change: -1.0}, -AWAY))
                changes.append((last, number, change))
            latest[key] = number, value
            if unknown in kept_back - single.secret or row["status"] not in ("c", "s"):  # `m` is for want of answers
                told.add(number)
                spoke |= {cell} if is_rt else set()
            elif unknown in single.secret and (row["status"] == "c" or is_rt):
                attack.secret.add(number)
                may_speak[cell] |= {number} if row["status"] == "s" else set()
        for name in ("equal", "at_most"):
            equations = [({here[u]: f for u, f in terms.items()}, value) for terms, value in getattr(single, name)]
            getattr(attack, name).extend(equations)
    no_secret = told.union(*(may_speak[cell] for cell in spoke))  # what an RT shows later it could have shown before
    attack.secret |= {change for old, new, change in changes if not {old, new} <= no_secret}
    attack.secret -= no_secret
    return attack


def _parts(row: Row) -> dict[str, float]:
    numerator, denominator = (float(row[name] or 0) for name in ("numerator", "denominator"))  # type: ignore[arg-type]
    return {"N": numerator, "D": denominator, "R": denominator - numerator}


def _is_nobody(row: Row) -> bool:
    """That an area has nobody of an age or sex, or with a code, is no secret of anybody's; nor is a good extreme."""
    counts = row["denominator"] is None or ":" in str(row["breakdown"]) or row["indicator"] in NOBODY_HAS
    everybody = row["indicator"] in EVERYBODY_HAS and row["numerator"] == row["denominator"]
    return row["denominator"] == 0 or (counts and row["numerator"] == 0) or everybody
