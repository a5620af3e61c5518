"""Writes a village as the workbooks, settings and area register of a home, the way RTs fill them in."""

import csv
from dataclasses import fields
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from .labels import HEADINGS, LABELS, MONTHS, SHEET_TITLES
from .records import KELURAHAN, PERIOD, POVERTY_LINE, RECAPS, REGISTERS, Recap, Row, Village

Cell = str | int | date | None

AREA_COLUMNS = ("code", "level", "name", "parent", "bps_code", "rw", "rt", "dusun", "km2")


def write_home(village: Village, home: Path) -> None:
    """Makes the folder a home with the settings, the area register and one workbook an RT."""
    inbox = home / "data" / "raw" / PERIOD
    inbox.mkdir(parents=True)
    (home / "data" / "cantik.toml").write_text(settings(), encoding="utf-8")
    write_areas(village, home / "data" / "areas.csv")
    for rt in village.rts():
        write_workbook(village, rt, inbox)
    for period, recaps in village.earlier.items():
        write_quarter(recaps, home / "data" / "raw" / period)


def write_quarter(recaps: dict[str, Recap], inbox: Path) -> None:
    """The count sheets of an earlier quarter, all RTs in one."""
    inbox.mkdir()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["rw", "rt", *next(iter(recaps.values()))])
    for rt, recap in recaps.items():
        append_row(sheet, [*rt.split("-")[1:], *recap.values()])
    book.save(inbox / "Rekap.xlsx")


def settings() -> str:
    """The least that an office must say about itself."""
    return (
        f'[kelurahan]\ncode = "{KELURAHAN}"\nname = "Kandangan Utara"\n\n[poverty_line]\n"{PERIOD}" = {POVERTY_LINE}\n'
    )


def write_areas(village: Village, path: Path) -> None:
    """The register of areas; the RTs in it are expected to report."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(AREA_COLUMNS)
        for area in village.areas:
            parts = area.code.split("-")
            rw = parts[1] if len(parts) > 1 else ""
            rt = parts[2] if len(parts) > 2 else ""
            bps_code = "6306050013" if area.level == "kelurahan" else ""
            lines.writerow([area.code, area.level, area.name, area.parent, bps_code, rw, rt, "", area.km2])


def write_workbook(village: Village, rt: str, inbox: Path) -> None:
    """One workbook of an RT, a sheet a dataset, rows in their order; none for an RT that sends nothing."""
    rng = Random(f"{village.seed} {rt}")
    rw_number, rt_number = (int(part) for part in rt.split("-")[1:])
    named_above = rng.random() < 0.3
    book = Workbook()
    book.remove(book.worksheets[0])
    for dataset in REGISTERS:
        rows = [row for row in village.register(dataset) if row.rt == rt]
        if not rows:
            continue
        sheet = book.create_sheet(SHEET_TITLES[dataset])
        if named_above:
            sheet.append([f"DATA RT {rt_number}"])
            sheet.append([f"RT : {rt_number:03}  RW : {rw_number:03}"])
            sheet.append([])
        columns = [field.name for field in fields(rows[0]) if field.name != "rt"]
        place = [] if named_above else ["rw", "rt"]
        sheet.append([HEADINGS.get(column, column) for column in columns + place])
        for row in rows:
            where: list[Cell] = [] if named_above else spelled_place(rng, rw_number, rt_number)
            append_row(sheet, [cell(rng, column, row) for column in columns] + where)
    for dataset in RECAPS:
        recap = village.recaps.get(dataset, {}).get(rt)
        if recap is not None:
            write_recap(book.create_sheet(SHEET_TITLES[dataset]), recap, rw_number, rt_number)
    if book.worksheets:
        book.save(inbox / f"RT {rt_number:03} RW {rw_number:03}.xlsx")


def write_recap(sheet: Worksheet, recap: Recap, rw_number: int, rt_number: int) -> None:
    """A count sheet with its one line; a number that was not collected stays blank."""
    sheet.append(["rw", "rt", *recap])
    append_row(sheet, [f"{rw_number:03}", f"{rt_number:03}", *recap.values()])


def append_row(sheet: Worksheet, values: list[Cell]) -> None:
    """Appends cells; what is text stays text even where it looks like a number."""
    line = sheet.max_row + 1
    for number, value in enumerate(values, start=1):
        if value is None:
            continue
        written = sheet.cell(line, number, value)
        if isinstance(value, str):
            written.number_format = "@"
        elif isinstance(value, date):
            written.number_format = "dd/mm/yyyy"


def spelled_place(rng: Random, rw_number: int, rt_number: int) -> list[Cell]:
    """RW and RT in one of the spellings that mean the same."""
    spellings: list[tuple[Cell, Cell]] = [
        (f"{rw_number:03}", f"{rt_number:03}"),
        (rw_number, rt_number),
        (str(rw_number), f"{rt_number:02}"),
        (f"{rw_number:02}", f"RT {rt_number}"),
    ]
    return list(rng.choice(spellings))


def cell(rng: Random, column: str, row: Row) -> Cell:
    """A value as somebody would type it: a code as number or label, a date as date or text."""
    value: Any = getattr(row, column)
    if column == "nik" and value is None:
        return rng.choice([None, "0"])
    if value is None:
        return None
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, date):
        return spelled_date(rng, value)
    if column in LABELS:
        labels = ["L", "P"] if column == "jenis_kelamin" else []
        short = labels[value - 1] if labels else str(value)
        typed: Cell = rng.choice([value, short, LABELS[column][value], LABELS[column][value].upper()])
        return typed
    plain: Cell = value
    return plain


def spelled_date(rng: Random, day: date) -> Cell:
    """A real date cell or one of the spellings of the contract."""
    spellings: list[Cell] = [
        day,
        day,
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    ]
    return rng.choice(spellings)
