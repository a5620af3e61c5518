"""What the policy lets the public see, in words."""

from collections.abc import Iterator
from itertools import groupby

from pipelines.areas import LEVELS
from pipelines.disclosure.policy import Rule, policy
from pipelines.publishing.workbook_titles import level_name

CLASSES = {  # what the sensitivity classes of `schemas/disclosure.toml` hold
    "S0": "angka pokok: penduduk, keluarga, jenis kelamin",
    "S1": "susunan penduduk, peristiwa, banyaknya siswa",
    "S2": "dokumen, rumah, sekolah, dan penerima bantuan yang tidak berhak",
    "S3": "kemiskinan, bantuan, tidak sekolah, disabilitas, pekerjaan",
    "S4": "besaran pengeluaran",
}


def shown_when(sensitivity: str) -> list[tuple[str, str]]:
    """For each level, when the public sees a figure of this class."""
    return [(level_name(level), condition(policy().rule(sensitivity, level))) for level in LEVELS]


def in_brief(sensitivity: str) -> str:
    """The same in a sentence, levels of one condition together: `RT: tidak ditampilkan; RW ke atas: ...`."""
    told = [(condition, [name for name, _ in levels]) for condition, levels in _alike(shown_when(sensitivity))]
    last = len(told) - 1
    said = [f"{span(names, number == last)}: {condition}" for number, (condition, names) in enumerate(told)]
    return "; ".join(said)


def _alike(listed: list[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    return ((condition, list(levels)) for condition, levels in groupby(listed, key=lambda pair: pair[1]))


def span(names: list[str], to_the_top: bool) -> str:
    """Levels that follow each other: `RT dan RW`; `Kelurahan ke atas` where they reach the widest."""
    if len(names) == 1:
        return names[0]
    return f"{names[0]} ke atas" if to_the_top else _and(names)


def condition(rule: Rule) -> str:
    """When a rule lets the public see a figure."""
    if rule.never:
        return "tidak ditampilkan"
    asked = []
    if rule.population:
        asked.append(f"wilayahnya berpenduduk sedikitnya {rule.population} orang")
    if rule.households:
        asked.append(f"sedikitnya {rule.households} keluarga didata")
    if rule.contributors:
        asked.append(f"sedikitnya {rule.contributors} keluarga ada di balik angkanya dan di balik sisanya")
    if rule.dominance < 1:
        asked.append("tidak ada dua keluarga yang menentukan hampir seluruhnya")
    return f"ditampilkan bila {_and(asked)}" if asked else "ditampilkan"


def _and(parts: list[str]) -> str:
    return " dan ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])}, dan {parts[-1]}"
