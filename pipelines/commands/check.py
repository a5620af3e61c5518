"""`cantik check`: judges files one by one; loads nothing, needs no server."""

import argparse
import datetime as dt
import json
import sys
from collections import Counter
from pathlib import Path

from pipelines.areas import KELURAHAN_CODE, Register, read_register
from pipelines.commands.mapping import advice, described, save, unread
from pipelines.errors import OfficerError, Unreadable
from pipelines.faultlog import record
from pipelines.inert import inert_json, one_line
from pipelines.intake.inbox import is_ignored, newest_period
from pipelines.intake.layoutfile import load_layouts
from pipelines.intake.layouts import Layouts
from pipelines.intake.problems import ERROR
from pipelines.intake.reader import read_all
from pipelines.intake.workbook import SPREADSHEETS, Book
from pipelines.periods import Period, current_period, parse_period
from pipelines.publishing.csvout import print_text
from pipelines.replacing import InUse, write_whole
from pipelines.returned.mark import is_checked, mark_workbook, returned_names
from pipelines.screen import say
from pipelines.settings import Office, Places, find_home, load_office
from pipelines.warehouse.examine import Examined, examine
from pipelines.warehouse.foreseen import Foreseen, foresee

PLACEHOLDER_KELURAHAN = "00.00.00.0000"  # codes of a file judged where there is no office; never stored
SHOWN_A_RULE = 5


def run(call: argparse.Namespace) -> int:
    """Exit 0 where no file has an error, else 1."""
    places = find_home()
    files = [file for name in call.file for file in _meant(name)]
    for file in files:
        if file.is_dir():
            raise OfficerError(f'{file} adalah folder. Sebutkan berkasnya; semua isinya: "{file / "*.xlsx"}".')
        if not file.is_file():
            raise OfficerError(f"Berkas {file} tidak ada. Periksa nama dan foldernya.")
    if call.layout_name and len(files) > 1:
        raise OfficerError("Tata letak disimpan dari satu berkas saja. Sebutkan satu berkas.")
    office = load_office(places) if places.config.exists() else None
    layouts = load_layouts(places.layouts)
    foreseen = foresee(places) if office else Foreseen()
    examined = []
    for file, book in zip(files, read_all(files), strict=True):
        result = _judge(file, book, places, office, call.period, layouts, foreseen)
        if call.layout_name:
            save(places.layouts, call.layout_name, result.offers, layouts)
            result = _judge(file, book, places, office, call.period, load_layouts(places.layouts), foreseen)
        examined.append(result)
        if result.problems:
            _hand_back(file, result, _target(file, places, office))
    if told := foreseen.lost or (foreseen.unsure if any(e.corrections for e in examined) else ""):
        say(told)
    text = _as_json(examined) if call.format == "json" else "\n".join(map(_as_text, examined))
    print_text(text + "\n", sys.stdout)
    faulty = any(e.verdict != "accepted" or any(p.severity == ERROR for p in e.problems) for e in examined)
    return 1 if faulty else 0


def _meant(name: str) -> list[Path]:
    """The file of that name, or those of a pattern such as `*.xlsx`: the shells of Windows leave it to the program."""
    path = Path(name)
    try:
        found = [] if path.exists() else sorted(p for p in path.parent.glob(path.name) if not is_ignored(p.name))
    except ValueError:
        found = []
    return [p for p in found if not is_checked(p.name)] or [path]


def _judge(
    file: Path,
    book: Book | OfficerError,
    places: Places,
    office: Office | None,
    asked: str | None,
    layouts: Layouts,
    foreseen: Foreseen,
) -> Examined:
    period, kelurahan, place = _where(file, places, office, asked)
    register = office.register if office else read_register(places.register)
    if office and kelurahan != PLACEHOLDER_KELURAHAN and not register.rts(kelurahan):
        register = Register()  # a register of other kelurahan says nothing of this one
    number = 1
    if foreseen.journal.corrections and not isinstance(book, OfficerError):
        number = foreseen.number(str(period), kelurahan, _received_as(file, places, kelurahan), file.read_bytes())
    return examine(file, book, kelurahan, register, period, place, layouts, number, foreseen.journal_of_one())


def _received_as(file: Path, places: Places, kelurahan: str) -> str | None:
    """The path under which a file of the inbox is received; None for a file outside."""
    if not (inside := _inside(file, places)):
        return None
    parts = inside[1:]
    return "/".join(parts[1:] if parts[:1] == (kelurahan,) else parts)


def _inside(file: Path, places: Places) -> tuple[str, ...]:
    """The parts of a file's place within the inbox; none for a file outside."""
    try:
        return file.resolve().relative_to(places.inbox.resolve()).parts
    except ValueError:
        return ()


def _where(file: Path, places: Places, office: Office | None, asked: str | None) -> tuple[Period, str, str]:
    """The period to judge by, the kelurahan, and the text that may state the RT."""
    kelurahan = office.kelurahan if office else PLACEHOLDER_KELURAHAN
    period = parse_period(asked) if asked else None
    parts = _inside(file, places)
    place = file.name
    if len(parts) > 1:
        if len(parts) > 2 and KELURAHAN_CODE.fullmatch(parts[1]):
            kelurahan = parts[1]
        place = "/".join(parts[1:])
        period = period or parse_period(parts[0])
    if period is None:
        period = (newest_period(office) if office else None) or current_period(dt.date.today())
    return period, kelurahan, place


def _target(file: Path, places: Places, office: Office | None) -> Path:
    """Beside a file outside the home; among the returned ones for a file of the inbox."""
    inside = _inside(file, places)
    if office and inside:
        names = returned_names([*_beside(file), file.name])
        return places.returned.joinpath(*inside[:-1]) / names[file.name]
    # What is already marked beside it was made by an earlier check, and is made anew.
    unmarked = (name for name in _beside(file) if not is_checked(name))
    return file.with_name(returned_names([*unmarked, file.name])[file.name])


def _beside(file: Path) -> list[str]:
    """The names of the spreadsheets in the folder of a file."""
    return [
        other.name
        for other in file.parent.iterdir()
        if other.suffix.lower() in SPREADSHEETS and not is_ignored(other.name) and other.is_file()
    ]


def _hand_back(file: Path, result: Examined, target: Path) -> None:
    """Write the marked workbook; where that cannot be done, say so and go on."""
    try:
        content = mark_workbook(file.read_bytes(), file.name, result.problems)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    except Unreadable:
        return  # the reason is printed; there is nothing to mark
    except Exception as fault:  # noqa: BLE001 - the list is printed all the same; the details go to the log
        if not isinstance(fault, OSError | InUse):
            record(find_home(), fault)
        say(f"Berkas {target} tidak dapat ditulis. Tutup berkas itu di Excel, lalu ulangi.")
    else:
        say(f"Berkas bertanda: {target}")


def _as_json(examined: list[Examined]) -> str:
    entries = [
        {
            "file": e.file,
            "verdict": e.verdict,
            "reason": e.reason,
            "sheets": e.sheets,
            "problems": [
                {
                    "sheet": p.sheet,
                    "cell": p.cell,
                    "column": p.column,
                    "rule": p.rule,
                    "severity": p.severity,
                    "message": p.message,
                }
                for p in e.problems
            ],
            "tables": [
                {
                    "sheet": o.sheet,
                    "layout": o.name,
                    "known": dict(o.known),
                    "unknown": {heading: o.label(column) if column else None for heading, column in o.unknown},
                }
                for o in e.offers
            ],
        }
        for e in examined
    ]
    return inert_json(json.dumps(entries, ensure_ascii=False, indent=1))


WORDS = {"accepted": "DITERIMA", "held": "SEBAGIAN TERTAHAN", "rejected": "DITOLAK"}


def _as_text(examined: Examined) -> str:
    lines = [f"{examined.file}: {WORDS[examined.verdict]}"]
    if examined.reason:
        lines.append(f"  {examined.reason}")
    lines += [
        f"  Sheet '{s['sheet']}' ({s['dataset']}): {s['rows']} baris, {s['accepted']} diterima, {s['held']} tertahan"
        for s in examined.sheets
    ]
    shown: Counter[str] = Counter()
    many = Counter(p.rule for p in examined.problems)
    for p in sorted(examined.problems, key=lambda p: p.severity != ERROR):
        shown[p.rule] += 1
        if shown[p.rule] > SHOWN_A_RULE:
            continue  # one cause on 4,000 rows is said a few times, then counted
        word = "SALAH" if p.severity == ERROR else "periksa"
        place = " ".join(filter(None, (f"'{p.sheet}'" if p.sheet else "", p.cell)))
        lines.append(f"  [{word}] {place} {p.rule}: {p.message}")
        if shown[p.rule] == SHOWN_A_RULE and many[p.rule] > SHOWN_A_RULE:
            lines.append(f"      ... dan {many[p.rule] - SHOWN_A_RULE} lagi seperti ini ({p.rule})")
    lines += [unread(heading, sheet, examined.offers) for sheet, heading in examined.unknown]
    for offer in examined.offers:
        lines += described(offer)
    lines += advice(examined.offers, examined.file)
    return "\n".join(map(one_line, lines))
