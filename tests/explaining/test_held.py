"""A rule's sentence is told without what stands in the cell, and reads as a sentence all the same."""

import pytest

from pipelines.explaining.held import sentence
from schemas.dataset import rules

OF_A_FILE = ("FILE", "KIRIM", "WARGA02")  # no row is held by these


@pytest.mark.parametrize("rule", [code for code in rules() if not code.startswith(OF_A_FILE)])
def test_a_sentence_without_its_cell_is_whole(rule: str) -> None:
    said = sentence(rule, "Desil")
    assert "{" not in said
    assert said[0].isupper()
    assert said.endswith(".")
    assert not any(broken in said for broken in ("..", " .", "  ", ":."))
