"""The formula of an indicator in LaTeX, as SIRUSA and INDAH take it, from the same words as the sheet Definisi."""

from pipelines.publishing.workbook_definitions import everyone_in_words, parts_in_words
from pipelines.publishing.workbook_publication import Entry

SPECIAL = str.maketrans({c: f"\\{c}" for c in "%&_#${}"})
FORMULAS = {
    "median": r"Md = l + i \cdot \frac{\frac{N}{2} - F}{f},\ N = %s",
    "gini": r"G = \frac{2 \sum_{i=1}^{n} i\, x_i}{n \sum_{i=1}^{n} x_i} - \frac{n + 1}{n}",
    "sum_of_ratios": r"\sum_{a} \frac{E_a}{P_a},\ E_a = %s,\ P_a = %s,\ a = \text{umur}",
}


def formula(entry: Entry) -> str:
    """A count is its numerator, a rate a fraction times its scale; the methods that no two numbers carry are given."""
    top, bottom = parts_in_words(entry)
    everyone = _text(everyone_in_words(entry))
    if entry.method == "median":
        return FORMULAS["median"] % everyone
    if entry.method == "sum_of_ratios":
        return FORMULAS["sum_of_ratios"] % (_text(top), everyone)
    if entry.method in FORMULAS:
        return FORMULAS[entry.method]
    if bottom is None:
        return _text(top)
    fraction = rf"\frac{{{_text(top)}}}{{{_text(bottom)}}}"
    return rf"{fraction} \times {entry.scale}" if entry.scale != 1 else fraction


def _text(words: str) -> str:
    return rf"\text{{{words.translate(SPECIAL)}}}"
