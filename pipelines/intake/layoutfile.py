"""Reads layouts from TOML: ours in `schemas/layouts/`, an office's own in `data/layouts/`.

A mistake in an office's file is one sentence that names the file and the key.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.errors import OfficerError
from pipelines.intake.cells import column_index
from pipelines.intake.codes import written
from pipelines.intake.layouts import OWN_MARKS, Block, Layout, Layouts
from pipelines.intake.words import plain
from schemas import datasets
from schemas.codelists import code_list
from schemas.dataset import SCHEMAS
from schemas.kinds import Code, Letter, Text, YesNo

KEYS = {
    "name", "recognise", "based_on", "columns", "unused", "codes", "feeds", "once", "partial", "repeated", "totals",
    "block", "note",
}  # fmt: skip
LETTERS = re.compile(r"[A-Z]{1,3}")


class _Wrong(Exception):
    """What is wrong with one key."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(f"kunci {key} {sentence}")


@cache
def built_in() -> Layouts:
    """The layouts that come with the program."""
    return Layouts(tuple(_read_all(SCHEMAS / "layouts", {}).values()))


def load_layouts(folder: Path) -> Layouts:
    """The layouts that come with the program and the office's own. Raises OfficerError where one cannot be used."""
    if not folder.is_dir():
        return built_in()
    known = {layout.name: layout for layout in built_in().known}
    return Layouts(tuple((known | _read_all(folder, known)).values()))


def _read_all(folder: Path, known: dict[str, Layout]) -> dict[str, Layout]:
    """The layouts of a folder by name; one that is based on another comes after it."""
    entries = {path: _parsed(path) for path in sorted(folder.glob("*.toml"))}
    names = {entry.get("name") for entry in entries.values()}
    found: dict[str, Layout] = {}
    while entries:
        ready = [p for p, e in entries.items() if e.get("based_on") not in names - found.keys()] or list(entries)
        for path in ready:
            entry = entries.pop(path)
            try:
                layout = read_layout(entry, known | found)
                if layout.name in known | found:
                    raise _Wrong("name", f'berisi "{layout.name}" yang sudah dipakai tata letak lain. Ganti namanya')
            except _Wrong as wrong:
                raise OfficerError(f"Berkas tata letak {path}: {wrong}.") from wrong
            found[layout.name] = layout
    return found


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = f"{error}" if isinstance(error, tomllib.TOMLDecodeError) else "hurufnya bukan UTF-8"
        raise OfficerError(f"Berkas tata letak {path} tidak terbaca ({reason}). Perbaiki penulisannya.") from error


def read_layout(entry: dict[str, Any], known: dict[str, Layout]) -> Layout:
    """One layout from its TOML. Raises _Wrong naming the key that cannot be used."""
    if stranger := sorted(entry.keys() - KEYS):
        raise _Wrong(stranger[0], f"tidak dikenal. Yang dikenal: {', '.join(sorted(KEYS))}")
    if not isinstance(entry.get("name"), str) or not entry["name"].strip():
        raise _Wrong("name", 'harus berisi nama tata letak, misalnya name = "Data Posyandu"')
    base = _base(entry, known)
    columns = {plain(h): _column(h, c) for h, c in _table(entry, "columns").items()}
    columns |= dict.fromkeys(map(plain, _words(entry, "unused")), "")
    codes = dict(base.codes) if base else {}
    for column, table in _table(entry, "codes").items():
        codes[column] = _codes(column, table)
    feeds = _datasets(entry, "feeds") if "feeds" in entry else base.feeds if base else None
    totals = entry.get("totals")
    return Layout(
        entry["name"].strip(),
        _marks(entry),
        (base.columns if base else {}) | columns,
        codes,
        feeds,
        _datasets(entry, "once") | (base.once if base else frozenset()),
        _datasets(entry, "partial") | (base.partial if base else frozenset()),
        frozenset(_column("repeated", c) for c in _words(entry, "repeated")) | (base.repeated if base else frozenset()),
        _pattern("totals", totals) if totals is not None else base.totals if base else None,
        _block(_table(entry, "block")) if "block" in entry else base.block if base else None,
        str(entry.get("note", base.note if base else "")),
    )


def _base(entry: dict[str, Any], known: dict[str, Layout]) -> Layout | None:
    name = entry.get("based_on")
    if name is not None and name not in known:
        raise _Wrong("based_on", f'berisi "{name}" yang bukan tata letak yang dikenal')
    return known[name] if name is not None else None


def _table(entry: dict[str, Any], key: str) -> dict[str, Any]:
    table = entry.get(key, {})
    if not isinstance(table, dict):
        raise _Wrong(key, f"harus berupa bagian [{key}]")
    return table


def _words(entry: dict[str, Any], key: str) -> list[str]:
    words = entry.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise _Wrong(key, f'harus berupa daftar, misalnya {key} = ["Alamat", "Catatan"]')
    return words


def _marks(entry: dict[str, Any]) -> tuple[tuple[str, frozenset[str]], ...]:
    """`recognise` is a list of headings, or a table of such lists by vintage."""
    asked = entry.get("recognise")
    vintages = asked if isinstance(asked, dict) else {"": asked}
    marks = []
    for vintage, words in vintages.items():
        key = f'recognise."{vintage}"' if vintage else "recognise"
        found = frozenset(filter(None, map(plain, _words({key: words if words is not None else []}, key))))
        if len(found) < OWN_MARKS:
            raise _Wrong(key, f"harus memuat sedikitnya {OWN_MARKS} judul kolom yang menandai tata letak ini")
        marks.append((vintage, found))
    return tuple(marks)


@cache
def _all_columns() -> frozenset[str]:
    return frozenset(column for dataset in datasets().values() for column in dataset.columns())


def _column(heading: str, column: object) -> str:
    if column != "" and column not in _all_columns():
        raise _Wrong(f'"{heading}"', f'berisi "{column}" yang bukan nama kolom Cantik. Pakai nama seperti no_kk')
    return str(column)


def _datasets(entry: dict[str, Any], key: str) -> frozenset[str]:
    words = _words(entry, key)
    for word in words:
        if word not in datasets():
            raise _Wrong(key, f'berisi "{word}" yang bukan nama data Cantik. Pilih: {", ".join(datasets())}')
    return frozenset(words)


def _codes(column: str, table: object) -> dict[str, str]:
    """Their code or label -> ours, each checked against our list. A text column without a list takes any text."""
    kinds = [d.columns()[column].kind for d in datasets().values() if column in d.columns()]
    kind = next((k for k in kinds if isinstance(k, Code | Letter | YesNo | Text)), None)
    key = f"codes.{column}"
    if kind is None or not isinstance(table, dict):
        raise _Wrong(key, "bukan kolom berkode, atau isinya bukan daftar kode = kode")
    allowed: set[str] = set()
    if not isinstance(kind, Text):
        allowed = {word for e in code_list(kind.codes) for word in (e.code, e.label)}
    for code, ours in table.items():
        if not isinstance(ours, str) or (ours and allowed and ours not in allowed):
            raise _Wrong(f'{key}."{code}"', f'berisi "{ours}" yang tidak ada dalam daftar kode {column}')
    return {written(code): ours for code, ours in table.items()}


def _pattern(key: str, pattern: object) -> re.Pattern[str]:
    try:
        return re.compile(str(pattern), re.IGNORECASE)
    except re.error as error:
        raise _Wrong(key, "bukan pola yang benar") from error


def _block(table: dict[str, Any]) -> Block:
    """`start = "pattern"`, `column = "B"`, `no_kk = ["B", 1]`, `address = [["G", 1]]`, `number = "B"`."""

    def letter(key: str, value: object) -> int:
        if not isinstance(value, str) or not LETTERS.fullmatch(value):
            raise _Wrong(f"block.{key}", 'harus huruf kolom, misalnya "B"')
        return column_index(value)

    def place(key: str, value: object) -> tuple[int, int]:
        if not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], int):
            raise _Wrong(f"block.{key}", 'harus huruf kolom dan banyaknya baris di bawahnya, misalnya ["B", 1]')
        return letter(key, value[0]), value[1]

    addresses: Iterable[object] = table.get("address", [])
    return Block(
        _pattern("block.start", table.get("start", "")),
        letter("column", table.get("column")),
        letter("blank", table["blank"]) if "blank" in table else None,
        place("no_kk", table.get("no_kk")),
        tuple(place("address", value) for value in addresses),
        letter("number", table.get("number")),
    )
