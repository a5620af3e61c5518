"""Count sheets of small villages over five quarters, and an outsider who holds the publications of all of them."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

import duckdb
import numpy as np

from pipelines.areas import Area, Register, ancestor
from pipelines.periods import Period
from pipelines.warehouse.store import connect

from .attack import Attack, Row
from .villages import RNG, counts

SILENT = 0.05  # of the quarters of a village, those in which an RT sends nothing
# What a rate of a year adds up to and what it is over: (factor, indicator, quarters before).
EVENTS = {
    "angka_kelahiran_kasar": "jumlah_kelahiran",
    "angka_kematian_kasar": "jumlah_kematian",
    "angka_migrasi_neto": "migrasi_neto",
}
MADE_OF = {
    code: ([(1.0, event, back) for back in range(4)], [(1.0, "jumlah_penduduk", 2)]) for code, event in EVENTS.items()
} | {
    "laju_pertumbuhan_penduduk": (
        [(1.0, "jumlah_penduduk", 0), (-1.0, "jumlah_penduduk", 4)],
        [(1.0, "jumlah_penduduk", 4)],
    )
}


def write_quarters(periods: list[Period], villages: int, seed: int) -> tuple[duckdb.DuckDBPyConnection, Register]:
    """A warehouse in memory, and the register with the sizes of kelurahan and of some RTs."""
    rng = np.random.default_rng(seed)
    connection = connect(None)
    areas: dict[str, Area] = {}
    for number in range(villages):
        kelurahan = f"{10 + number // 90}.{1 + number % 90:02}.01.1001"
        rts = _rts(rng, kelurahan)
        areas |= {rt: Area(rt, "rt", rt, rt[:-4], _size(rng, 0.5)) for rt in rts}
        areas[kelurahan] = Area(kelurahan, "kelurahan", kelurahan, ancestor(kelurahan, "kecamatan"), _size(rng, 0.8))
        for turn, period in enumerate(periods):
            receipt = number * len(periods) + turn + 1
            rows = counts(rng, rts).assign(receipt=receipt, sheet=1, row=np.arange(len(rts)) + 2, period=str(period))
            if rng.random() < SILENT:
                rows = rows[rows["area"] != rts[0]]
            connection.register("drawn", rows)
            connection.execute("INSERT INTO rekap_penduduk BY NAME SELECT * FROM drawn")
            connection.execute(
                "INSERT INTO slices SELECT receipt, period, 'rekap_penduduk', area, 1, 0, NULL FROM drawn"
            )
    return connection, Register(areas)


def _rts(rng: RNG, kelurahan: str) -> list[str]:
    rws = range(1, rng.integers(1, 4) + 1)
    return [f"{kelurahan}-{rw:03}-{rt:03}" for rw in rws for rt in range(1, rng.integers(1, 4) + 1)]


def _size(rng: RNG, chance: float) -> Decimal | None:
    return Decimal(int(rng.integers(1, 999))) / 100 if rng.random() < chance else None


def over_quarters(published: Mapping[Period, list[Row]], nobody: Mapping[Period, set[tuple[str, str, str]]]) -> Attack:
    """One system of all quarters: what each gives away by itself, and the figures that join them.

    `nobody` are the cells of each quarter that are over nobody.
    """
    attack = Attack([])
    number: dict[tuple[Period, str, str], int] = {}
    for period, rows in published.items():
        single = Attack(rows)
        single.spare(nobody[period])
        here = {
            unknown: attack.number.setdefault((f"{period} {area}", *rest), len(attack.number))
            for (area, *rest), unknown in single.number.items()
        }
        number |= {(period, key[0], key[1]): here[u] for key, u in single.number.items() if key[2:] == ("total", "N")}
        attack.secret |= {here[unknown] for unknown in single.secret}
        for name in ("equal", "at_most"):
            equations = [({here[u]: f for u, f in terms.items()}, value) for terms, value in getattr(single, name)]
            getattr(attack, name).extend(equations)
    for period, rows in published.items():
        for row in rows:
            if row["indicator"] in MADE_OF and row["value"] is not None:
                for part, terms in zip(("numerator", "denominator"), MADE_OF[str(row["indicator"])], strict=True):
                    sums: dict[int, float] = defaultdict(float)
                    for factor, indicator, back in terms:
                        sums[number[period.before(back), str(row["area"]), indicator]] += factor
                    attack.equal.append((dict(sums), float(row[part])))  # type: ignore[arg-type]
    return attack
