"""`cantik status`: who has reported, what is held, what is open, and what can be learned from it.

Opens the warehouse to read, starts nothing.
"""

import argparse
import datetime as dt
import json
import sys
from collections import Counter
from dataclasses import asdict

from rich.console import Console

from pipelines import runlog, status_words
from pipelines.diagnosis import troubles
from pipelines.errors import OfficerError
from pipelines.inert import inert_json, one_line
from pipelines.intake.inbox import look, newest_period
from pipelines.opening import damaged
from pipelines.periods import Period, current_period, parse_period
from pipelines.publishing.csvout import print_text
from pipelines.safekeeping.note import reminder
from pipelines.settings import Office, find_home, load_office
from pipelines.warehouse.arrivals import Arrival, days_late
from pipelines.warehouse.mistakes import Mistake
from pipelines.warehouse.resent import Resent
from pipelines.warehouse.standing import Standing, standing

SHOWN_A_RULE = 10


def run(call: argparse.Namespace) -> int:
    """Print the state of a period as text or JSON."""
    office, today = load_office(find_home()), dt.date.today()
    period = parse_period(call.period) if call.period else newest_period(office) or current_period(today)
    to_back_up, found = reminder(office, dt.datetime.now()), troubles(office.places)
    for store in (office.places.warehouse, office.places.identities):
        if damaged(store) in found:
            raise OfficerError(damaged(store))
    state = standing(office.places.warehouse, period, office.register, office.kelurahan)
    misplaced = [(m.path, m.reason) for m in look(office)[1]] if office.places.inbox.exists() else []
    if call.format == "json":
        more: dict[str, object] = {"backup": to_back_up, "troubles": found}
        print_text(_as_json(period, state, misplaced, office, today, more) + "\n", sys.stdout)
    else:
        first = [f"RUSAK: {told}" for told in found] + ([to_back_up] if to_back_up else [])
        print_text("".join(f"{line}\n" for line in first), sys.stdout)
        _print(period, state, misplaced, office, today)
    return 0


def _as_json(
    period: Period,
    state: Standing,
    misplaced: list[tuple[str, str]],
    office: Office,
    today: dt.date,
    more: dict[str, object],
) -> str:
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
    text = json.dumps(
        {
            "period": str(period),
            "rows": {"read": state.read, "accepted": state.accepted, "held": state.held},
            "areas": [_area(area, state, office.due(period), today) for area in state.areas],
            "runs": runlog.read(office.places),
            "findings": refused + state.findings,
            "due": office.due(period).isoformat(),
            "resent": [_resent(entry) for entry in state.learned.resent],
            "corrections": [asdict(entry) for entry in state.corrections],
            "mistakes": [_mistake(entry) for entry in state.learned.mistakes],
            "compared_with": asdict(state.learned.before) if state.learned.before else None,
            **more,
        },
        ensure_ascii=False,
        indent=1,
    )
    return inert_json(text)


def _area(area: str, state: Standing, due: dt.date, today: dt.date) -> dict[str, object]:
    reported, accepted, held = state.areas[area]
    arrival = state.learned.arrivals.get(area, Arrival())
    mistake = state.learned.most_frequent.get(area)
    return {
        "area": area,
        "reported": reported,
        "accepted": accepted,
        "held": held,
        "sent": arrival.sent,
        "first_sent": arrival.first.isoformat() if arrival.first else None,
        "corrected": state.learned.corrected.get(area, 0),
        "days_late": days_late(arrival, reported, due, today),
        "most_frequent": None if mistake is None else _mistake_of_area(mistake),
    }


def _mistake_of_area(mistake: Mistake) -> dict[str, object]:
    return {
        "rule": mistake.rule,
        "severity": mistake.severity,
        "column": mistake.column,
        "count": mistake.count,
        "advice": mistake.advice,
    }


def _mistake(mistake: Mistake) -> dict[str, object]:
    return _mistake_of_area(mistake) | {"areas": mistake.areas, "previous": mistake.previous}


def _resent(entry: Resent) -> dict[str, object]:
    return {
        "area": entry.area,
        "dataset": entry.dataset,
        "times": entry.times,
        "added": entry.added,
        "removed": entry.removed,
        "corrected": entry.corrected,
        "columns": entry.columns,
    }


def _print(period: Period, state: Standing, misplaced: list[tuple[str, str]], office: Office, today: dt.date) -> None:
    console = Console(highlight=False, soft_wrap=True)

    def line(text: str) -> None:
        console.print(one_line(text), markup=False, emoji=False)

    console.print(one_line(f"{office.name}, {period.title}"), style="bold", markup=False, emoji=False)
    learned = state.learned
    for part in (
        status_words.heading(office, period, state),
        status_words.areas_lines(office, period, state, today) if state.areas else [],
        status_words.mistakes_of_areas(learned),
        status_words.mistakes_of_all(learned),
        status_words.resendings(learned),
        status_words.corrections(state.corrections),
    ):
        for text in part:
            line(text)
        if part:
            console.print()
    for path, reason in [*state.rejected, *misplaced]:
        line(f"DITOLAK {path}: {reason}")
    many = Counter((f["severity"], f["rule"]) for f in state.findings)
    shown: Counter[object] = Counter()
    for finding in state.findings:
        key = (finding["severity"], finding["rule"])
        shown[key] += 1
        if shown[key] <= SHOWN_A_RULE:
            word = "SALAH" if finding["severity"] == "error" else "periksa"
            place = " ".join(str(part) for part in (finding["file"], finding["sheet"], finding["cell"]) if part)
            line(f"[{word}] {place} {finding['rule']}: {finding['message']}")
        if shown[key] == SHOWN_A_RULE and many[key] > SHOWN_A_RULE:
            line(f"    ... dan {many[key] - SHOWN_A_RULE} lagi seperti ini ({finding['rule']})")
    for past in runlog.read(office.places, last=3):
        line(
            f"Pengolahan {past['finished_at']}: {past['outcome']}, {past['files']} berkas, "
            f"{past['accepted']} diterima, {past['held']} tertahan, {past['rejected']} ditolak"
        )
