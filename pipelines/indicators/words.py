"""What the counted columns of the views are called in a sentence: `schemas/views/words.toml`."""

import tomllib
from functools import cache

from schemas import datasets
from schemas.dataset import SCHEMAS


@cache
def words() -> dict[str, dict[str, str]]:
    """View -> column -> its name in a sentence; those of count sheets are their labels."""
    found: dict[str, dict[str, str]] = tomllib.loads((SCHEMAS / "views" / "words.toml").read_text(encoding="utf-8"))
    recaps = [dataset for dataset in datasets().values() if dataset.about().register]
    return found | {"rekap": {name: column.label for recap in recaps for name, column in recap.columns().items()}}
