"""Reads the worked examples: TOML files whose villages and expected figures are small tables of text."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "examples"
DATASETS = (
    "penduduk", "kesejahteraan", "pendidikan", "ketenagakerjaan",
    "rekap_penduduk", "rekap_kemiskinan", "rekap_pendidikan",
)  # fmt: skip
STATED = {"area", "numerator", "denominator", "value", "status", "coverage"}
OPTIONAL = {"breakdown", "households"}
NUMBER = re.compile(r"-?\d+(\.\d{1,6})?")
ROUNDED_FROM = 4  # decimals: a figure with fewer is exact, one with as many is rounded there

Row = dict[str, str]


class Key(NamedTuple):
    """Which cell an expectation is about; the area as the example writes it (`RT 1/2`, `RW 1`, `kelurahan`)."""

    indicator: str
    area: str
    breakdown: str


@dataclass(frozen=True)
class Example:
    """One village with the figures that follow from it by hand; `sizes` are the km2 that areas.csv says."""

    name: str
    working: str
    tables: dict[str, list[Row]]
    expected: dict[Key, Row]
    period: str = "2025-Q3"
    sizes: tuple[tuple[str, str], ...] = ()
    also_expected: tuple[str, ...] = ()
    refused: int = 0
    indicators: tuple[str, ...] = ()


def load(folder: Path = FOLDER) -> list[Example]:
    """Every example, in the order of the files."""
    return [
        _example(entry)
        for path in sorted(folder.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    ]


def _example(entry: dict[str, object]) -> Example:
    name, expect = str(entry.pop("name")), entry.pop("expect")
    assert isinstance(expect, dict)
    tables = {dataset: table(str(entry.pop(dataset))) for dataset in DATASETS if dataset in entry}
    expected: dict[Key, Row] = {}
    for indicators, text in expect.items():
        for indicator, row in product(indicators.split(), table(text)):
            assert row.keys() - OPTIONAL == STATED, f"{name}: {indicator} states {sorted(row)}"
            key = Key(indicator, row["area"], row.get("breakdown", "total"))
            assert key not in expected, f"{name}: {key} twice"
            expected[key] = row
    return Example(
        name=name,
        working=str(entry.pop("working")),
        tables=tables,
        expected=expected,
        indicators=tuple(dict.fromkeys(key.indicator for key in expected)),
        period=str(entry.pop("period", "2025-Q3")),
        sizes=tuple((row["area"], row["km2"]) for row in table(str(entry.pop("luas", "area | km2")))),
        also_expected=tuple(str(entry.pop("also_expected", "")).split()),
        refused=int(str(entry.pop("refused", 0))),
        **entry,  # an unknown key is a slip of the pen
    )


def table(text: str) -> list[Row]:
    """Rows of a table of text: a line of headings, then one line a row, cells parted by `|`."""
    headings, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(headings, line, strict=True)) for line in lines]


def figure(text: str) -> Decimal | None:
    """A figure as written; None where the cell is empty."""
    return Decimal(text) if text else None


def slack(text: str) -> Decimal:
    """How far the exact figure may lie from the written one: half of its last place where it is rounded."""
    places = len(text.partition(".")[2])
    return Decimal(5).scaleb(-places - 1) if places >= ROUNDED_FROM else Decimal("1e-9")
