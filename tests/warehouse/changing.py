"""A few kelurahan of tiny RTs whose sheets are drawn at random, and what officers then send again."""

import random
from collections.abc import Callable
from pathlib import Path

from schemas import datasets
from schemas.codelists import code_list
from schemas.kinds import Code, Whole, YesNo
from tests.spec.home import write_workbook

PERIOD = "2025-Q3"
KELURAHAN = ("63.06.05.1001", "63.06.05.1002", "63.06.06.1001")
RTS = 7  # of each kelurahan, in two RW
Row = dict[str, str]
Sheets = dict[str, list[Row]]


class Office:
    """The sheets of every RT, as they were last sent."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.draw = home, random.Random(seed)
        self.sent: dict[tuple[str, str, str], Sheets] = {}
        self.numbers = 0
        data = home / "data"
        data.mkdir(parents=True)
        (data / "cantik.toml").write_text(
            f'[kelurahan]\ncode = "{KELURAHAN[0]}"\nname = "Uji"\n[poverty_line]\n"{PERIOD}" = 598545\n',
            encoding="utf-8",
        )
        for kelurahan in KELURAHAN:
            for rt in range(1, RTS + 1):
                self.sent[kelurahan, f"{1 + rt % 2:03}", f"{rt:03}"] = self._report()
        if seed % 2:
            rows = [f"{k}-{rw}-{rt},rt,RT {rt},{k}-{rw},0.{rt}" for k, rw, rt in self.sent]
            (data / "areas.csv").write_text("\n".join(["code,level,name,parent,km2", *rows]), encoding="utf-8")
        for place in self.sent:
            self._send(place)

    def change(self) -> None:
        """One or two RTs send anew."""
        for place in self.draw.sample(sorted(self.sent), self.draw.choice((1, 1, 2))):
            for _ in range(self.draw.randint(1, 3)):
                self.draw.choice(CHANGES)(self, self.sent[place])
            self._send(place)

    def somebody(self, dataset: str) -> Row | None:
        """A row of any RT."""
        rows = [row for sheets in self.sent.values() for row in sheets.get(dataset, ())]
        return self.draw.choice(rows) if rows else None

    def row(self, dataset: str, **known: str) -> Row:
        """A row with every answer drawn, some left blank."""
        row = {}
        for column, spec in datasets()[dataset].columns().items():
            answers = [""] if column in known or not spec.required else []
            if isinstance(spec.kind, Code | YesNo):
                answers += [entry.label for entry in code_list(spec.kind.codes)]
            elif isinstance(spec.kind, Whole):
                answers += [str(self.draw.randint(1, 9))]
            row[column] = self.draw.choice(answers or [""])
        told = {
            "status_dasar": "Hidup",
            "tinggal": "Ya",
            "pengeluaran_bulanan": str(self.draw.randint(1, 80) * 100_000),
        }
        return row | {column: value for column, value in told.items() if column in row} | known

    def person(self, card: str, head: bool) -> Row:
        """A new resident."""
        self.numbers += 1
        sex = self.draw.choice("LP")
        day, month, year = self.draw.randint(1, 28), self.draw.randint(1, 12), self.draw.randint(1940, 2024)
        born = f"{day:02}-{month:02}-{year}"
        nik = f"630605{day + 40 * (sex == 'P'):02}{month:02}{year % 100:02}{self.numbers:04}"
        relation = "Kepala Keluarga" if head else self.draw.choice(("Anak", "Istri", "Famili Lain"))
        return self.row("penduduk", nik=nik, no_kk=card, nama=f"Warga {self.numbers}", jenis_kelamin=sex,
                        tanggal_lahir=born, hubungan_keluarga=relation)  # fmt: skip

    def card(self) -> str:
        """A new family's number."""
        self.numbers += 1
        return f"630605020106{self.numbers:04}"

    def _report(self) -> Sheets:
        sheets: Sheets = {}
        for _ in range(self.draw.randint(1, 3)):
            add_family(self, sheets)
        if self.draw.random() < 0.3:
            sheets["rekap_penduduk"] = [self.row("rekap_penduduk")]
        return sheets

    def _send(self, place: tuple[str, str, str]) -> None:
        kelurahan, rw, rt = place
        folder = self.home / "data" / "raw" / PERIOD / kelurahan
        folder.mkdir(parents=True, exist_ok=True)
        here = {name: [row | {"rw": rw, "rt": rt} for row in rows] for name, rows in self.sent[place].items()}
        if any(here.values()):
            write_workbook(folder / f"{rw} {rt}.xlsx", here)


def add_family(office: Office, sheets: Sheets) -> None:
    """A family moves in, with what is asked of it."""
    card = office.card()
    people = [office.person(card, head=not n) for n in range(office.draw.randint(1, 4))]
    sheets.setdefault("penduduk", []).extend(people)
    family = office.row("kesejahteraan", no_kk=card, jumlah_anggota=str(len(people)))
    sheets.setdefault("kesejahteraan", []).append(family)
    for person in people:
        known = {"nik": person["nik"], "nama": person["nama"]}
        for dataset in ("pendidikan", "ketenagakerjaan"):
            if office.draw.random() < 0.7:
                sheets.setdefault(dataset, []).append(office.row(dataset, **known))


def _some(office: Office, sheets: Sheets) -> tuple[str, list[Row]]:
    dataset = office.draw.choice(sorted(sheets))
    return dataset, sheets[dataset]


def mend(office: Office, sheets: Sheets) -> None:
    """Other answers for somebody."""
    dataset, rows = _some(office, sheets)
    if rows:
        row = office.draw.choice(rows)
        keys = {key: row[key] for key in ("nik", "no_kk", "nama", "tanggal_lahir", "jumlah_anggota") if key in row}
        row.update(office.row(dataset, **keys))


def remove(office: Office, sheets: Sheets) -> None:
    """A row less."""
    _, rows = _some(office, sheets)
    if len(rows) > 1:
        rows.pop(office.draw.randrange(len(rows)))


def drop_sheet(office: Office, sheets: Sheets) -> None:
    """A sheet less."""
    if len(sheets) > 1:
        sheets.pop(office.draw.choice(sorted(sheets)))


def silence(office: Office, sheets: Sheets) -> None:
    """A question that nobody answers any more."""
    dataset, rows = _some(office, sheets)
    optional = [name for name, spec in datasets()[dataset].columns().items() if not spec.required]
    column = office.draw.choice(optional)
    for row in rows:
        row[column] = ""


def copy_from_elsewhere(office: Office, sheets: Sheets) -> None:
    """Somebody of any RT stands here too: as he is, or under another name and birth date."""
    dataset = office.draw.choice(("penduduk", "penduduk", "kesejahteraan", "pendidikan", "ketenagakerjaan"))
    if (row := office.somebody(dataset)) is not None:
        other = {"nama": "Orang Lain", "tanggal_lahir": "01-01-1980"} if office.draw.random() < 0.3 else {}
        sheets.setdefault(dataset, []).append(row | {key: text for key, text in other.items() if key in row})


def share_family(office: Office, sheets: Sheets) -> None:
    """Somebody here is of a family of any RT."""
    if (row := office.somebody("penduduk")) is not None:
        sheets.setdefault("penduduk", []).append(office.person(row["no_kk"], head=False))


def move_away(office: Office, sheets: Sheets) -> None:
    """Somebody is no resident any more."""
    if sheets.get("penduduk"):
        office.draw.choice(sheets["penduduk"])["status_dasar"] = "Pindah"


CHANGES: tuple[Callable[[Office, Sheets], None], ...] = (
    add_family, mend, mend, remove, drop_sheet, silence, copy_from_elsewhere, copy_from_elsewhere, share_family,
    share_family, move_away,
)  # fmt: skip
