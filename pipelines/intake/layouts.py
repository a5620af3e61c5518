"""Foreign layouts, declared in `schemas/layouts/*.toml`: whose headings and codes a sheet speaks."""

import tomllib
from dataclasses import dataclass
from functools import cache

from pipelines.intake.words import plain
from schemas.dataset import SCHEMAS


@dataclass(frozen=True)
class Layout:
    """One foreign system: the headings that betray it, its headings as our columns, its codes as ours."""

    name: str
    recognise: frozenset[str]
    columns: dict[str, str]  # plain heading -> our column; "" means a heading that we must not read as ours
    codes: dict[str, dict[str, str]]  # our column -> plain text -> our code


@cache
def layouts() -> tuple[Layout, ...]:
    """All declared layouts, the most demanding first."""
    found = []
    for path in sorted((SCHEMAS / "layouts").glob("*.toml")):
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(
            Layout(
                entry["name"],
                frozenset(plain(h) for h in entry["recognise"]),
                {plain(h): column for h, column in entry.get("columns", {}).items()},
                {c: {plain(t): code for t, code in codes.items()} for c, codes in entry.get("codes", {}).items()},
            )
        )
    return tuple(sorted(found, key=lambda layout: -len(layout.recognise)))


def recognise(headings: list[str]) -> Layout | None:
    """The layout whose marks all stand among the headings of a sheet, if any."""
    present = {plain(h) for h in headings}
    return next((layout for layout in layouts() if layout.recognise <= present), None)
