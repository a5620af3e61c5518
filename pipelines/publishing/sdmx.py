"""Cells as SDMX names them: the columns of SDMX-CSV 2.0 by the data structure CANTIK:INDIKATOR.

DuckDB writes the rows: pysdmx's own data writers need pyarrow, 150 MB that nothing else here wants. The structure is
pysdmx's (`book/structure.py`), and tests read both back with it.
"""

import re

from duckdb import DuckDBPyRelation

from pipelines.sqltext import literal

AGENCY, FLOW, VERSION = "CANTIK", "INDIKATOR", "1.0"
DATAFLOW = f"{AGENCY}:{FLOW}({VERSION})"
WHOLE = "_T"
SEXES = {"L": "M", "P": "F"}  # ours -> CL_SEX
# Our status -> CL_OBS_STATUS: A normal, U low reliability, M cannot exist, L not collected, Q suppressed;
# and CL_CONF_STATUS: F free, C confidential, D secondary confidentiality.
STATUS = {
    "ok": ("A", "F"), "u": ("U", "F"), "z": ("M", "F"), "m": ("L", "F"), "c": ("Q", "C"), "s": ("Q", "D"),
}  # fmt: skip
OWN_CODES = ("SEX", "BREAKDOWN", "OBS_STATUS", "CONF_STATUS")  # of these the program knows every value
INTERNAL = "N"  # what the liaison sees is not for publication
NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9_@$-]")  # SDMX allows no others in a code, so `63.06` is `63_06`


def sdmx_id(code: str) -> str:
    """A code of ours as SDMX can name it: `63.06.05.1002` is `63_06_05_1002`, `umur:75+` is `umur_75PLUS`."""
    return NOT_IN_AN_ID.sub("_", code.replace("+", "PLUS"))


def sex_and_breakdown(breakdown: str) -> tuple[str, str]:
    """The SDMX codes of a breakdown: `umur_L:0-4` is men, `umur_0-4`."""
    dimension, colon, code = breakdown.partition(":")
    if not colon:
        return SEXES.get(breakdown, WHOLE), WHOLE
    for ours, sex in SEXES.items():
        if dimension.endswith(f"_{ours}"):
            return sex, sdmx_id(f"{dimension[:-2]}:{code}")
    return WHOLE, sdmx_id(breakdown)


def as_sdmx(cells: DuckDBPyRelation, tier: str = "public") -> DuckDBPyRelation:
    """The cells in the columns of SDMX-CSV 2.0: structure, dimensions, the observation, its attributes."""
    sex = " ".join(f"WHEN breakdown = '{o}' OR contains(breakdown, '_{o}:') THEN '{s}'" for o, s in SEXES.items())
    observed = " ".join(f"WHEN '{ours}' THEN '{of}'" for ours, (of, _) in STATUS.items())
    kept = " ".join(f"WHEN '{ours}' THEN '{conf}'" for ours, (_, conf) in STATUS.items())
    columns = {
        "STRUCTURE": "'dataflow'",
        "STRUCTURE_ID": f"'{DATAFLOW}'",
        "ACTION": "'R'",
        "FREQ": "'Q'",
        "REF_AREA": _id(cells, "area"),
        "INDICATOR": _id(cells, "indicator"),
        "SEX": f"CASE {sex} ELSE '{WHOLE}' END",
        "BREAKDOWN": f"CASE WHEN contains(breakdown, ':') THEN {_id(cells, _both_sexes())} ELSE '{WHOLE}' END",
        "TIME_PERIOD": "period",
        "OBS_VALUE": "value",
        "UNIT_MEASURE": "unit",
        "OBS_STATUS": f"CASE status {observed} END",
        "CONF_STATUS": f"CASE status {kept} END" if tier == "public" else f"'{INTERNAL}'",
        "NUM": "numerator",
        "DEN": "denominator",
        "HOUSEHOLDS": "households",
        "AREAS_REPORTED": "areas_reported",
        "AREAS_EXPECTED": "areas_expected",
        "AREA_LEVEL": "level",
        "RELEASE": "release",
    }
    return cells.project(", ".join(f"{said} AS {name}" for name, said in columns.items()))


def _id(cells: DuckDBPyRelation, said: str) -> str:
    """SQL for `sdmx_id` of an expression. What must go is looked for among its few values: a pattern is slow."""
    codes = cells.project(f"{said} AS code").distinct().fetchall()
    odd = "".join(sorted({found for (code,) in codes for found in NOT_IN_AN_ID.findall(code.replace("+", ""))}))
    return f"translate(replace({said}, '+', 'PLUS'), {literal(odd)}, '{'_' * len(odd)}')"


def _both_sexes() -> str:
    said = "breakdown"
    for ours in SEXES:
        said = f"replace({said}, '_{ours}:', ':')"
    return said
