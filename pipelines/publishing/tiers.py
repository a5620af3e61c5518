"""What each tier sees of a cell."""

COLUMNS = (
    "period", "level", "area", "area_name", "indicator", "breakdown", "numerator", "denominator", "value", "unit",
    "households", "areas_reported", "areas_expected", "status", "release",
)  # fmt: skip
TIERS = {"public": "cells_public", "liaison": "cells"}  # the table of each in `published.duckdb`
HIDDEN = ("numerator", "denominator", "value", "households")
NUMBERLESS = ("c", "s", "m")  # what is withheld stays listed and shows only its status


def public_cells(cells: str, withheld: str) -> str:
    """SQL giving the public's view of cells. `withheld` holds what the public sees instead of their status."""
    hidden = ", ".join(f"'{status}'" for status in NUMBERLESS)
    shown = []
    for column in COLUMNS:
        if column in HIDDEN:
            shown.append(f"CASE WHEN seen IN ({hidden}) THEN NULL ELSE {column} END AS {column}")
        elif column == "status":
            shown.append("coalesce(seen, status) AS status")
        else:
            shown.append(f"c.{column}")
    keys = "period, area, indicator, breakdown"
    return f"SELECT {', '.join(shown)} FROM {cells} AS c LEFT JOIN {withheld} USING ({keys}) ORDER BY c.rowid"
