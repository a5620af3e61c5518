"""Completes an example's rows to rows that a workbook may hold: valid numbers, names, heads of family."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from .examples import Example, Row

ABOUT_PERSONS = ("pendidikan", "ketenagakerjaan")
OF_THE_PERSON = ("umur", "jenis_kelamin")
WITHOUT_NIK = "none"
LEAST = {  # what a starred column holds where the example is about something else
    "kesejahteraan": {"jumlah_anggota": "1", "pengeluaran_bulanan": "1000000"},
    "rekap_penduduk": {"penduduk_laki_laki": "10", "penduduk_perempuan": "10", "jumlah_kk": "5"},
    "rekap_kemiskinan": {"penerima_pkh": "0"},
    "rekap_pendidikan": {"sekolah_sd": "0"},
}


@dataclass
class Numbers:
    """Issues NIK and KK numbers that are valid and never repeat, whatever the village."""

    niks: Counter[str] = field(default_factory=Counter)
    cards: int = 0

    def nik(self, born: dt.date, sex: str) -> str:
        """Region, birth date (a woman's day plus 40), serial from 0001."""
        stem = f"630605{born.day + (40 if sex == 'P' else 0):02}{born:%m%y}"
        self.niks[stem] += 1
        return f"{stem}{self.niks[stem]:04}"

    def card(self) -> str:
        """Region, date of issue, serial from 0001."""
        self.cards += 1
        return f"630605020106{self.cards:04}"


class Village:
    """The rows of one example by dataset, keyed by the official column names."""

    def __init__(self, example: Example, numbers: Numbers) -> None:
        self.numbers = numbers
        self.year = int(example.period[:4])
        self.cards: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.rows: dict[str, list[Row]] = {}
        tables = {name: _repeated(rows) for name, rows in example.tables.items()}
        self.rows["penduduk"] = self._residents(tables)
        for name, rows in tables.items():
            if name in ABOUT_PERSONS:
                self.rows[name] = [self._of_person(row) for row in rows]
            elif name != "penduduk":
                self.rows[name] = [self._of_family(LEAST[name] | row) for row in rows]
        self.sizes = dict(example.sizes)
        self.rts = sorted(
            {rt_of(row["rt"]) for rows in self.rows.values() for row in rows}
            | {rt_of(text) for text in example.also_expected}
        )
        for row in (row for rows in self.rows.values() for row in rows):
            row["rw"], row["rt"] = rt_of(row["rt"])
            row.setdefault("periode", example.period)

    def sent_in(self) -> dict[str, dict[str, list[Row]]]:
        """The rows of each period by dataset."""
        periods: dict[str, dict[str, list[Row]]] = {}
        for name, rows in self.rows.items():
            for row in rows:
                periods.setdefault(row.pop("periode"), {}).setdefault(name, []).append(row)
        return periods

    def _residents(self, tables: dict[str, list[Row]]) -> list[Row]:
        """The `penduduk` table, and who is brought along: whose age another table states, and lone heads."""
        rows = [self._resident(row) for row in tables.get("penduduk", [])]
        for row in (row for name in ABOUT_PERSONS for row in tables.get(name, [])):
            if row.get("umur"):
                row.setdefault("nama", f"Warga {len(rows) + 1}")
                assert row["nama"] not in self.people, f"{row['nama']} is brought along twice"
                rows.append(self._resident({key: row[key] for key in ("rt", "nama", *OF_THE_PERSON) if key in row}))
        if "penduduk" not in tables:
            heads = [{"rt": row["rt"], "keluarga": row["keluarga"]} for row in tables.get("kesejahteraan", [])]
            rows += [self._resident(head) for head in heads]
        return rows

    def _resident(self, given: Row) -> Row:
        row = dict(given)
        sex = row["jenis_kelamin"] = row.get("jenis_kelamin") or "L"
        age = row.pop("umur", "") or "40"
        born = row["tanggal_lahir"] = row.get("tanggal_lahir") or f"15-06-{self.year - int(age)}"
        nik = row.get("nik") or self.numbers.nik(dt.datetime.strptime(born, "%d-%m-%Y").date(), sex)
        row["nik"] = "" if nik == WITHOUT_NIK else nik
        family = row.pop("keluarga", "") or f"only {row['nik']} {len(self.cards)}"
        relation = "Famili Lain" if family in self.cards else "Kepala Keluarga"
        row["hubungan_keluarga"] = row.get("hubungan_keluarga") or relation
        row["no_kk"] = self._card(family)
        row["nama"] = row.get("nama") or f"Warga {nik}"
        self.people.setdefault(row["nama"], row["nik"])
        return row

    def _of_person(self, given: Row) -> Row:
        """A schooling or work row: its person's NIK, or a new one where the register knows nobody of the name."""
        row = {key: value for key, value in given.items() if key not in OF_THE_PERSON}
        known = self.people.get(row["nama"])
        row["nik"] = self.numbers.nik(dt.date(1990, 1, 1), "L") if known is None else known
        return row

    def _of_family(self, given: Row) -> Row:
        row = dict(given)
        if family := row.pop("keluarga", ""):
            row["no_kk"] = self._card(family)
        return row

    def _card(self, family: str) -> str:
        if family not in self.cards:
            self.cards[family] = self.numbers.card()
        return self.cards[family]


def rt_of(text: str) -> tuple[str, str]:
    """RW and RT of `2` (RT 002 of RW 001) or of `2/3` (RT 002 of RW 003)."""
    rt, _, rw = text.partition("/")
    return f"{int(rw or 1):03}", f"{int(rt):03}"


def area_of(kelurahan: str, text: str) -> str:
    """The code of an area as the examples write it: `kelurahan`, `RW 1`, `RT 2`, `RT 2/3`."""
    if text == "kelurahan":
        return kelurahan
    level, _, number = text.partition(" ")
    return f"{kelurahan}-{int(number):03}" if level == "RW" else "-".join((kelurahan, *rt_of(number)))


def _repeated(rows: list[Row]) -> list[Row]:
    """A row with `kali` stands for so many equal ones."""
    repeated = []
    for row in rows:
        once = {column: value for column, value in row.items() if column != "kali"}
        repeated += [dict(once) for _ in range(int(row.get("kali") or 1))]
    return repeated
