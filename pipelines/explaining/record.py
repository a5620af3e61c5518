"""An explanation as JSON, for other programs of the office."""

import json
from dataclasses import asdict

from pipelines.explaining.explanation import Explanation


def as_json(found: Explanation) -> str:
    """The same facts as the text, under the contract's names where it has them."""
    asked, entry = found.asked, found.asked.entry
    record = {
        "indicator": entry.code,
        "name": entry.name,
        "breakdown": asked.breakdown,
        "period": str(asked.period),
        **{key: entry.__dict__[key] for key in ("definition", "interpretation", "reference", "scale", "method")},
        "formula": asdict(found.formula),
        "figure": asdict(asked.cell),
        "coverage": asdict(found.coverage),
        "sources": asdict(found.sources),
        "held": asdict(found.held),
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
