"""Writes the examples as one home: settings, area register, and a workbook for each village."""

import csv
from pathlib import Path

from openpyxl import Workbook

from schemas import datasets
from schemas.kinds import Amount, Kind, Whole

from .examples import Example, Row
from .village import Numbers, Village, area_of

POVERTY_LINE = 598_545  # of 2025-Q3; other periods have none
FIRST_VILLAGE = 1001


def write_home(home: Path, examples: list[Example]) -> dict[str, str]:
    """Make the folder a home that holds every example. Returns example -> kelurahan code."""
    codes = {example.name: f"63.06.05.{number}" for number, example in enumerate(examples, start=FIRST_VILLAGE)}
    assert len(codes) == len(examples), "two examples share a name"
    data, numbers = home / "data", Numbers()
    data.mkdir(parents=True)
    (data / "cantik.toml").write_text(
        f'[kelurahan]\ncode = "63.06.05.{FIRST_VILLAGE}"\nname = "Kandangan Utara"\n'
        f'[poverty_line]\n"2025-Q3" = {POVERTY_LINE}\n',
        encoding="utf-8",
    )
    with (data / "areas.csv").open("w", encoding="utf-8", newline="") as file:
        register = csv.writer(file)
        register.writerow(["code", "level", "name", "parent", "km2"])
        for example in examples:
            code, village = codes[example.name], Village(example, numbers)
            km2 = {area_of(code, area): size for area, size in village.sizes.items()}
            register.writerow([code, "kelurahan", example.name, code[:8], km2.get(code, "")])
            for rw, rt in village.rts:
                rt_code = f"{code}-{rw}-{rt}"
                register.writerow([rt_code, "rt", f"RT {rt} RW {rw}", f"{code}-{rw}", km2.get(rt_code, "")])
            for period, rows in village.sent_in().items():
                inbox = data / "raw" / period / code
                inbox.mkdir(parents=True)
                write_workbook(inbox / "laporan.xlsx", rows)
    return codes


def write_workbook(path: Path, sheets: dict[str, list[Row]]) -> None:
    """One sheet a dataset, all its columns under their labels."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        columns = datasets()[name].columns()
        unknown = {column for row in rows for column in row} - columns.keys()
        assert not unknown, f"{name} has no {sorted(unknown)}"
        sheet = workbook.create_sheet(datasets()[name].about().title)
        sheet.append([column.label for column in columns.values()])
        for row in rows:
            sheet.append([typed(row.get(column, ""), spec.kind) for column, spec in columns.items()])
    workbook.save(path)


def typed(text: str, kind: Kind) -> str | float | None:
    """Amounts and counts as numbers, everything else as the text that an officer types."""
    if not text:
        return None
    return float(text) if isinstance(kind, Amount | Whole) else text
