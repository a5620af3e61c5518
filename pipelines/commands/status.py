"""`cantik status`: who has reported, what is held, what is open. Opens the warehouse to read, starts nothing."""

import argparse
import datetime as dt
import json
import sys
from collections import Counter

from rich.console import Console
from rich.table import Table

from pipelines import runlog
from pipelines.intake.inbox import look, newest_period
from pipelines.periods import Period, current_period, parse_period
from pipelines.publishing.csvout import print_text
from pipelines.settings import Office, find_home, load_office
from pipelines.warehouse.standing import Standing, standing

SHOWN_A_RULE = 10


def run(call: argparse.Namespace) -> int:
    """Print the state of a period as text or JSON."""
    office = load_office(find_home())
    period = parse_period(call.period) if call.period else newest_period(office) or current_period(dt.date.today())
    state = standing(office.places.warehouse, period, office.register)
    misplaced = [(m.path, m.reason) for m in look(office)[1]] if office.places.inbox.exists() else []
    if call.format == "json":
        print_text(_as_json(period, state, misplaced, office) + "\n", sys.stdout)
    else:
        _print(period, state, misplaced, office)
    return 0


def _as_json(period: Period, state: Standing, misplaced: list[tuple[str, str]], office: Office) -> str:
    refused = [
        {
            "file": path,
            "sheet": "",
            "cell": "",
            "column": "",
            "rule": "DITOLAK",
            "severity": "error",
            "message": reason,
        }
        for path, reason in [*state.rejected, *misplaced]
    ]
    return json.dumps(
        {
            "period": str(period),
            "rows": {"read": state.read, "accepted": state.accepted, "held": state.held},
            "areas": [
                {"area": area, "reported": reported, "accepted": accepted, "held": held}
                for area, (reported, accepted, held) in state.areas.items()
            ],
            "runs": runlog.read(office.places),
            "findings": refused + state.findings,
        },
        ensure_ascii=False,
        indent=1,
    )


def _print(period: Period, state: Standing, misplaced: list[tuple[str, str]], office: Office) -> None:
    console = Console(highlight=False, soft_wrap=True)
    reported = sum(1 for done, _, _ in state.areas.values() if done)
    console.print(f"{office.name}, {period.title}", style="bold", markup=False)
    console.print(f"RT masuk {reported} dari {len(state.areas)} RT seharusnya")
    console.print(f"Baris: {state.read} dibaca, {state.accepted} diterima, {state.held} tertahan")
    table = Table("RT", "Nama", "Melapor", "Diterima", "Tertahan")
    for area, (done, accepted, held) in state.areas.items():
        table.add_row(area, office.register.name(area, "rt"), "sudah" if done else "BELUM", str(accepted), str(held))
    console.print(table)
    for path, reason in [*state.rejected, *misplaced]:
        console.print(f"DITOLAK {path}: {reason}", markup=False)
    many = Counter((f["severity"], f["rule"]) for f in state.findings)
    shown: Counter[object] = Counter()
    for finding in state.findings:
        key = (finding["severity"], finding["rule"])
        shown[key] += 1
        if shown[key] <= SHOWN_A_RULE:
            word = "SALAH" if finding["severity"] == "error" else "periksa"
            place = " ".join(str(part) for part in (finding["file"], finding["sheet"], finding["cell"]) if part)
            console.print(f"[{word}] {place} {finding['rule']}: {finding['message']}", markup=False)
        if shown[key] == SHOWN_A_RULE and many[key] > SHOWN_A_RULE:
            console.print(f"    ... dan {many[key] - SHOWN_A_RULE} lagi seperti ini ({finding['rule']})", markup=False)
    for past in runlog.read(office.places, last=3):
        console.print(
            f"Pengolahan {past['finished_at']}: {past['outcome']}, {past['files']} berkas, "
            f"{past['accepted']} diterima, {past['held']} tertahan, {past['rejected']} ditolak",
            markup=False,
        )
