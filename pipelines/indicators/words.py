"""What counted columns are called in a sentence: `schemas/views/words.toml`, and `wilayah.toml` for derived ones."""

import tomllib
from functools import cache

from pipelines.indicators.parts import DERIVED, declared
from schemas import datasets
from schemas.dataset import SCHEMAS


@cache
def words() -> dict[str, dict[str, str]]:
    """Source -> column -> its name in a sentence; those of count sheets are their labels."""
    found: dict[str, dict[str, str]] = tomllib.loads((SCHEMAS / "views" / "words.toml").read_text(encoding="utf-8"))
    recaps = [dataset for dataset in datasets().values() if dataset.about().register]
    counts = {name: column.label for recap in recaps for name, column in recap.columns().items()}
    return found | {"rekap": counts, DERIVED: {name: part.label for name, part in declared().items()}}
