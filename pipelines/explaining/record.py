"""An explanation as JSON, for other programs of the office."""

import json
from dataclasses import asdict

from pipelines.explaining.asked import Asked
from pipelines.explaining.comparison import KINDS, Comparison
from pipelines.explaining.explanation import Explanation
from pipelines.explaining.formula import Formula
from pipelines.explaining.trace import units


def about(asked: Asked, made: Formula) -> dict[str, object]:
    """Which figure is explained, and what it means."""
    entry = asked.entry
    return {
        "indicator": entry.code,
        "name": entry.name,
        "breakdown": asked.breakdown,
        "period": str(asked.period),
        **{key: entry.__dict__[key] for key in ("definition", "interpretation", "reference", "scale", "method")},
        "formula": asdict(made),
    }


def as_json(found: Explanation, since: Comparison | None) -> str:
    """The same facts as the text, under the contract's names where it has them."""
    record = about(found.asked, found.formula) | {
        "poverty_line": found.poverty_line,
        "figure": asdict(found.asked.cell),
        "coverage": asdict(found.coverage),
        "sources": asdict(found.sources),
        "held": asdict(found.held),
        "corrected": [asdict(cell) for cell in found.corrected],
        "comparison": _compared(since) if since else None,
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _compared(since: Comparison) -> dict[str, object]:
    """The older figure and the moves; numerators in their own unit."""
    entry = since.older.entry
    return {
        "period": str(since.older.period),
        "figure": asdict(since.older.cell),
        "moves": [
            asdict(move)
            | {"group": KINDS[move.kind][0], "about": KINDS[move.kind][1], "numerator": units(entry, move.numerator)}
            for move in since.moves
        ],
    }
