"""What each tier sees. Until disclosure control stands, the public sees three figures only below the kelurahan."""

PUBLIC_BELOW_KELURAHAN = ("jumlah_penduduk", "jumlah_keluarga", "rasio_jenis_kelamin")
COLUMNS = (
    "period", "level", "area", "area_name", "indicator", "breakdown", "numerator", "denominator", "value", "unit",
    "households", "areas_reported", "areas_expected", "status", "release",
)  # fmt: skip
HIDDEN = ("numerator", "denominator", "value", "households")


def public_cells(table: str) -> str:
    """SQL giving the public's view of a table of cells: a withheld cell stays listed and shows only its status `c`."""
    allowed = ", ".join(f"'{code}'" for code in PUBLIC_BELOW_KELURAHAN)
    withheld = f"(level IN ('rt', 'rw') AND indicator NOT IN ({allowed}))"
    shown = []
    for column in COLUMNS:
        if column in HIDDEN:
            shown.append(f"CASE WHEN {withheld} THEN NULL ELSE {column} END AS {column}")
        elif column == "status":
            shown.append(f"CASE WHEN {withheld} AND status <> 'm' THEN 'c' ELSE status END AS status")
        else:
            shown.append(column)
    return f"SELECT {', '.join(shown)} FROM {table}"
