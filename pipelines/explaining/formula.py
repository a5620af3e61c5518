"""A catalogue entry's formula in words of Bahasa Indonesia: its parts, its universe, how it is put together."""

from dataclasses import dataclass

from sqlglot import exp

from pipelines.indicators.catalogue import Indicator
from pipelines.indicators.lineage import parsed
from pipelines.indicators.parts import DERIVED
from pipelines.indicators.words import words

UNIT = {"orang": "penduduk", "keluarga": "keluarga yang didata", "rekap": "RT", DERIVED: "yang dilaporkan wilayah ini"}
MADE = {
    "median": "umur yang membagi semua {unit} itu menjadi dua bagian sama banyak (diinterpolasi per satu tahun umur)",
    "sum_of_ratios": "jumlah, atas setiap umur, dari pembilang dibagi penyebut pada umur itu",
    "gini": "semua {unit} diurutkan menurut pengeluaran per anggota, lalu dihitung G = 2 x jumlah(i x_i) / "
    "(n x jumlah x) - (n + 1) / n",
}


@dataclass(frozen=True)
class Formula:
    """What is divided by what, over whom. A count has no denominator."""

    formula: str
    numerator: str
    denominator: str | None
    universe: str


def formula(entry: Indicator, breakdown: str) -> Formula:
    """The entry's formula as an officer reads it."""
    universe = spoken(entry.universe, entry.source)
    universe += {"L": ", laki-laki saja", "P": ", perempuan saja"}.get(entry.sex(breakdown) or "", "")
    if entry.method != "ratio":
        made = MADE[entry.method].format(unit=UNIT[entry.source])
    elif entry.is_count:
        made = "banyaknya pembilang"
    else:
        made = "pembilang dibagi penyebut" + ("" if entry.scale == 1 else f", dikali {entry.scale}")
    denominator = None if entry.denominator is None else spoken(entry.denominator, entry.source)
    if entry.denominator == "1":
        denominator = "semua dalam semesta yang diketahui"
    numerator = spoken(entry.numerator, entry.source)
    if split := entry.split(breakdown):
        dimension, code = split
        numerator += f", {dimension.label.partition(',')[0]}: {dimension.codes[code]}"
    return Formula(made, numerator, denominator, universe)


def spoken(expression: str, source: str) -> str:
    """An expression over the columns of a view, in words."""
    return _spoken(parsed(expression), source)


def _spoken(tree: exp.Expr, source: str) -> str:
    def say(part: str) -> str:
        return _spoken(tree.args[part], source)

    if isinstance(tree, exp.Boolean):
        return f"semua {UNIT[source]}"
    if isinstance(tree, exp.Literal):
        return UNIT[source]
    if isinstance(tree, exp.Column):
        return words()[source].get(tree.name, tree.name)
    if isinstance(tree, exp.Add):
        return f"{say('this')} ditambah {say('expression')}"
    if isinstance(tree, exp.Sub):
        return f"{say('this')} dikurangi {say('expression')}"
    if isinstance(tree, exp.And):
        return f"{say('this')}, {say('expression')}"
    if isinstance(tree, exp.EQ) and tree.expression.name == "1":
        return say("this")
    if isinstance(tree, exp.GTE):
        return f"{say('this')} {tree.expression.name} tahun ke atas"
    if isinstance(tree, exp.Between):
        return f"{say('this')} {tree.args['low'].name}-{tree.args['high'].name} tahun"
    return tree.sql(dialect="duckdb")
