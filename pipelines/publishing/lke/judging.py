"""Which score the finished files of a release support, item by item. A score is never more than what they hold."""

import csv
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.periods import parse_period
from pipelines.publishing.book.declared import INDICATORS, PERIODS, Table, tables
from pipelines.publishing.book.sheets import sheet_name
from pipelines.publishing.lke.comparing import ABSENT, DIFFERENT, NEEDED, Compared
from pipelines.publishing.lke.items import Item

CHART = re.compile(rb"<c:(pie|line|bar)Chart>(?:<c:barDir val=\"(\w+)\")?")
SHEET = re.compile(rb'<sheet name="([^"]+)"')
CHARTS, TWO_WAY = 3, 2  # LKE 8a
SERIES, INDICATORS_OF_A_SERIES = 3, 5  # LKE 13a
FORMS = ("ms-keg", "ms-ind", "ms-var")  # LKE 11b, in the order of its scores


@dataclass(frozen=True)
class Judged:
    """What a release supports: None where Cantik cannot tell; `why` says what was found and what is missing."""

    score: int | None
    why: str


@dataclass(frozen=True)
class Evidence:
    """What is judged: the folder of a released period and its comparison."""

    folder: Path
    period: str
    rows: Sequence[Compared]


def judge(item: Item, evidence: Evidence) -> Judged:
    """The score of one item."""
    if not item.judged:
        said = "Cantik memberi bahannya; sisanya disiapkan kantor." if item.files else "Disiapkan kantor."
        return Judged(None, said)
    return RULES[item.judged](item, evidence)


def found(item: Item, evidence: Evidence) -> list[Path]:
    """The files of an item that are there."""
    named = (evidence.folder / name.format(period=evidence.period) for name in item.files)
    return [path for path in named if path.exists()]


def _there(item: Item, evidence: Evidence) -> Judged:
    missing = len(item.files) - len(found(item, evidence))
    return Judged(0, f"{missing} berkas belum ada.") if missing else Judged(item.full, "Berkasnya ada.")


def _processed(item: Item, evidence: Evidence) -> Judged:
    """LKE 8a: two two-way tables and three kinds of chart, counted in the finished book."""
    with zipfile.ZipFile(found(item, evidence)[0]) as book:
        sheets = {name.decode() for name in SHEET.findall(book.read("xl/workbook.xml"))}
        parts = [book.read(name) for name in book.namelist() if name.startswith("xl/charts/chart")]
    kinds = {kind for part in parts for kind in CHART.findall(part)}
    two_way = [table for table in tables() if is_two_way(table) and sheet_name(table.number) in sheets]
    said = f"{len(two_way)} tabel dua arah (perlu {TWO_WAY}), {len(kinds)} jenis grafik (perlu {CHARTS})."
    if len(two_way) >= TWO_WAY and len(kinds) >= CHARTS:
        return Judged(3, said)
    return Judged(2 if kinds else 1, said)


def is_two_way(table: Table) -> bool:
    """Whether a table crosses two classifications: its rows, and sexes or categories side by side."""
    sexes = {column.breakdown.rpartition("_")[2] for column in table.columns} >= {"L", "P"}
    crossed = sexes or any(column.spread for column in table.columns)
    return crossed and table.rows not in (INDICATORS, PERIODS)


def _consistent(_item: Item, evidence: Evidence) -> Judged:
    """LKE 11a: more than twenty variables that every medium has, all the same."""
    different = sum(row.verdict == DIFFERENT for row in evidence.rows)
    shared = [row for row in evidence.rows if ABSENT not in row.states]
    same = sum(row.everywhere for row in shared)
    said = f"{same} variabel sama di semua media (perlu lebih dari {NEEDED}); {different} variabel BERBEDA."
    return Judged(3 if same > NEEDED and not different else 2, said)


def _described(item: Item, evidence: Evidence) -> Judged:
    """LKE 11b: the forms count from the activity upwards."""
    have = {path.stem for path in found(item, evidence)}
    score = next((number for number, form in enumerate(FORMS) if form not in have), len(FORMS))
    return Judged(score, f"{score} dari {len(FORMS)} formulir metadata ada.")


def _accessible(item: Item, evidence: Evidence) -> Judged:
    """LKE 12a: files to print and to hand out; that they can be taken from a website Cantik cannot know."""
    there = len(found(item, evidence)) == len(item.files)
    return Judged(2 if there else 0, "Berkas cetak dan Excel ada; skor 3 perlu unduhan Excel di website kelurahan.")


def _series(_item: Item, evidence: Evidence) -> Judged:
    """LKE 13a: indicators with a number in each of the last quarters in a row, counted in the finished series."""
    last = [str(parse_period(evidence.period).before(quarters)) for quarters in range(SERIES)]
    columns = [filled for path in sorted(evidence.folder.glob("data/deret_*.csv")) for filled in _filled(path)]
    counts = [sum(set(last[:length]) <= filled for filled in columns) for length in range(1, SERIES + 1)]
    length = max((n for n, count in enumerate(counts, start=1) if count >= INDICATORS_OF_A_SERIES), default=0)
    said = f"{counts[-1]} indikator berangka pada {SERIES} triwulan berturut-turut (perlu {INDICATORS_OF_A_SERIES})"
    return Judged(length if length > 1 else 0, f"{said}, {counts[1]} pada 2 triwulan.")


def _filled(path: Path) -> list[set[str]]:
    """For each indicator of a series the periods in which the widest area has a number."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    names = [name for name in lines[0] if f"{name}_tanda" in lines[0]] if lines else []
    area = min((line["wilayah"] for line in lines), key=len, default="")
    return [{line["periode"] for line in lines if line["wilayah"] == area and line[name]} for name in names]


RULES: dict[str, Callable[[Item, Evidence], Judged]] = {
    "ada": _there,
    "olahan": _processed,
    "konsistensi": _consistent,
    "metadata": _described,
    "akses": _accessible,
    "seri": _series,
}
