"""Runs the extended project on a small village: two RTs, of which only the first weighs its children."""

import datetime as dt
import json
import sys
from pathlib import Path

from openpyxl import Workbook

from pipelines.indicators.run import measure_changed
from pipelines.publishing.query import Selection, selected
from pipelines.publishing.release import publish
from pipelines.settings import Places, load_office
from pipelines.warehouse.identities import NAME, connect_named, named
from pipelines.warehouse.ingest import ingest
from schemas import datasets

PEOPLE = [
    ["NIK", "Nomor KK", "Nama Lengkap", "Jenis Kelamin", "Tanggal Lahir", "RT", "RW"],
    ["6306051506850001", "6306050201060001", "Ahmad", "L", "15-06-1985", "1", "1"],
    ["6306051506230001", "6306050201060001", "Udin", "L", "15-06-2023", "1", "1"],
    ["6306051506800001", "6306050201060002", "Hadi", "L", "15-06-1980", "2", "1"],
]
WEIGHTS = [
    ["NIK", "Nama", "RT", "RW", "BB", "Ditimbang"],
    ["6306051506230001", "Udin", "1", "1", 12.5, "Ya"],
    ["6306051506850001", "Ahmad", "1", "1", 250, "Ya"],
    ["6306051506850009", "Rusdi", "1", "1", "berat", "Ya"],
]


def write_home(home: Path) -> None:
    """The least home: settings and one workbook."""
    inbox = home / "data" / "raw" / "2025-Q3"
    inbox.mkdir(parents=True)
    settings = '[kelurahan]\ncode = "63.06.05.1002"\nname = "Kandangan Utara"\n'
    (home / "data" / "cantik.toml").write_text(settings, encoding="utf-8")
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in (("Warga", PEOPLE), ("Timbang", WEIGHTS)):
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(inbox / "laporan.xlsx")


def main() -> None:
    """Print as JSON what became of the rows and of the new indicator."""
    home = Path(sys.argv[1])
    write_home(home)
    office = load_office(Places(home))
    office.places.store.mkdir(parents=True)
    taken = ingest(office, None, dt.datetime(2025, 10, 1), lambda _done, _of: None)
    measure_changed(office)
    publish(office)
    wanted = Selection(("persentase_balita",), breakdown="total", tier="liaison")
    with selected(office.places.published, wanted) as found_cells:
        cells = found_cells.df()
    kept = cells[["area", "value", "status", "areas_reported", "areas_expected"]].astype(object)
    with connect_named(office.places.warehouse) as warehouse:
        stored = warehouse.execute(
            f"SELECT nama, berat_badan::DOUBLE FROM {named(datasets()['posyandu'])} ORDER BY 1"
        ).fetchall()
        found = warehouse.execute(f"SELECT rule FROM {NAME}.findings WHERE dataset = 'posyandu' ORDER BY 1").fetchall()
    forms = office.places.reports / "2025-Q3" / "metadata"
    variables = json.loads((forms / "ms-var.json").read_text(encoding="utf-8"))
    indicators = json.loads((forms / "ms-ind.json").read_text(encoding="utf-8"))["rekaman"]
    print(
        json.dumps(
            {
                "variables": [
                    [told["alias"], told["konsep"]]
                    for told in variables["rekaman"]
                    if told["kumpulan_data"] == "Posyandu"
                ],
                "unfilled": [told["isian"] for told in variables["belum_diisi"]],
                "indicator": [i["variabel_pembangun"] for i in indicators if i["kode_tabel"] == "persentase_balita"],
                "rows": [taken.accepted, taken.held],
                "stored": stored,
                "rules": [rule for (rule,) in found],
                "cells": {area: rest for area, *rest in kept.where(kept.notna(), None).to_numpy().tolist()},
            }
        )
    )


if __name__ == "__main__":  # readers of workbooks are spawned, which imports this file again
    main()
