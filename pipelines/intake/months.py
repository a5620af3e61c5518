"""Workbooks with a sheet a month: the contract joins the sheets of one RT, so the same people come again and again."""

import re

from pipelines.intake.monthnames import MONTHS
from pipelines.intake.problems import Problem, problem
from pipelines.intake.staged import Part
from schemas import datasets

FIRST_WORD = re.compile(r"\W*(?:bulan|bln)?\W*([A-Za-z]+)", re.IGNORECASE)
BY_MONTH = (
    "Lembar {} tampaknya satu lembar tiap bulan, dan semuanya dibaca sebagai satu data {}: RT atau orang yang sama "
    "muncul berulang. Kirim lembar bulan terakhir saja."
)


def sheets_by_month(parts: list[Part]) -> list[Problem]:
    """One finding a dataset that several sheets named after months feed."""
    found = []
    for dataset in datasets():
        names = dict.fromkeys(p.sheet.name for p in parts if p.sheet.dataset == dataset and _is_month(p.sheet.name))
        if len(names) > 1:
            detail = BY_MONTH.format(", ".join(names), datasets()[dataset].about().title)
            found.append(problem("FILE04", sheet=list(names)[-1], detail=detail))
    return found


def _is_month(name: str) -> bool:
    word = FIRST_WORD.match(name)
    return word is not None and word[1].casefold() in MONTHS
