"""The tables are data: what they name exists, they are what the evaluation asks for, and a wrong one is refused."""

from pathlib import Path

import pytest

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.book.declared import AREAS, INDICATORS, PERIODS, SEXES, Misdeclared, read_tables, tables

GOOD = """
["Penduduk".contoh]
number = "1.1"
title = "Penduduk"
unit = "orang"
universe = "Seluruh penduduk."
rows = "areas"
row = "Wilayah"
level = "rw"
columns = [
    { name = "l", title = "Laki-laki", indicator = "jumlah_penduduk", breakdown = "L" },
    { name = "p", title = "Perempuan", indicator = "jumlah_penduduk", breakdown = "P" },
]
chart = { kind = "column", title = "Penduduk", series = ["l", "p"] }
"""


def declared(folder: Path, text: str) -> tuple[object, ...]:
    """The tables of one declaration."""
    (folder / "contoh.toml").write_text(text, encoding="utf-8")
    return read_tables(folder)


def test_every_table_names_indicators_that_are_measured() -> None:
    assert all(set(table.codes) <= set(catalogue()) and table.codes for table in tables())


def test_no_indicator_is_left_out_of_the_book() -> None:
    assert set(catalogue()) == {code for table in tables() for code in table.codes}


def test_the_evaluation_finds_what_it_asks_for() -> None:
    """Item 8a: two-way tables and kinds of chart; item 13a: indicators with a series."""
    two_way = [t for t in tables() if t.rows in (AREAS, INDICATORS) and len({c.breakdown for c in t.columns}) > 1]
    assert len(two_way) >= 2
    assert len({table.chart.kind for table in tables() if table.chart}) >= 3
    assert len({code for table in tables() if table.rows == PERIODS for code in table.codes}) >= 5


def test_a_table_of_indicators_has_both_sexes_unless_it_says_otherwise(tmp_path: Path) -> None:
    text = GOOD.split("columns")[0].replace('"areas"', '"indicators"') + 'indicators = ["amh"]\n'
    (table,) = declared(tmp_path, text)
    assert table.columns == SEXES  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("jumlah_penduduk", "jumlah_pendudk", "unknown indicator jumlah_pendudk"),
        ('"areas"', '"agama"', "jumlah_penduduk is not split by L"),
        ('breakdown = "P"', 'spread = "ijazah"', "jumlah_penduduk is not split by ijazah"),
        ('level = "rw"', 'level = "rukun"', "unknown level"),
        ('level = "rw"', 'level = "rt"', "RT and RW do not stand in one chart"),
        ('number = "1.1"', 'number = "satu"', "number"),
        ('title = "Penduduk"', f'title = "{"Penduduk " * 12}"', "too long"),
        ('unit = "orang"', 'units = "orang"', "units"),
        ('universe = "Seluruh penduduk."\n', "", "universe"),
        ('name = "p"', 'name = "l"', "two columns"),
        ('"areas"', '"indicators"', "list of them"),
        ('indicator = "jumlah_penduduk", breakdown = "P"', 'breakdown = "P"', "without indicator"),
        ('"l", "p"]', '"l", "x"]', "no column x"),
        ('kind = "column"', 'kind = "kue"', "unknown kind"),
        ('kind = "column", title = "Penduduk", series = ["l", "p"]',
         'kind = "pyramid", title = "Penduduk", series = ["l"]', "two series"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert declared(tmp_path, GOOD)
    assert old in GOOD
    with pytest.raises(Misdeclared, match=said):
        declared(tmp_path, GOOD.replace(old, new))


@pytest.mark.parametrize(("old", "new"), [("contoh", "lain"), ('"1.1"', '"1.2"')])
def test_two_tables_share_neither_key_nor_number(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "a.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(Misdeclared, match="two tables have the"):
        declared(tmp_path, GOOD)
