"""Areas: their codes, the register of RTs that are expected to report, and how a written address becomes a code."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.periods import Period, parse_period

LEVELS = ("rt", "rw", "kelurahan", "kecamatan", "kabupaten")
KELURAHAN_CODE = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}")
RT_CODE = re.compile(r"(\d\d\.\d\d\.\d\d\.\d{4})-(?:([A-Z0-9]+)\.)?(\d{3})-(\d{3})")
COLUMNS = {"code", "level", "name", "parent"}
CODES = {  # level -> the form of its codes, and one of them
    "provinsi": (re.compile(r"\d\d"), "63"),
    "kabupaten": (re.compile(r"\d\d\.\d\d"), "63.06"),
    "kecamatan": (re.compile(r"\d\d\.\d\d\.\d\d"), "63.06.05"),
    "kelurahan": (KELURAHAN_CODE, "63.06.05.1002"),
    "rw": (re.compile(rf"{KELURAHAN_CODE.pattern}-(?:[A-Z0-9]+\.)?\d{{3}}"), "63.06.05.1002-002"),
    "rt": (RT_CODE, "63.06.05.1002-002-005"),
}
WHOLE = ("rt", "rw", "kelurahan")  # levels of which a register that lists RTs lists all; of wider ones only a part
LARGEST = Decimal(20_000)  # km2; a larger kelurahan than any was measured in other units
MOST_ANCESTORS = {"kelurahan": 13, "kecamatan": 8, "kabupaten": 5, "provinsi": 2}


@dataclass(frozen=True)
class Address:
    """What a sheet says of where people live: digits or names as read, None where it is silent."""

    rt: str | None = None
    rw: str | None = None
    dusun: str | None = None

    def over(self, wider: "Address") -> "Address":
        """This address, completed by what a wider place (a title, a folder) says."""
        return Address(self.rt or wider.rt, self.rw or wider.rw, self.dusun or wider.dusun)


@dataclass(frozen=True)
class Area:
    """One area of the register; `km2` is None where nobody wrote it down.

    `since` and `until` are the first and the last quarter in which it stands, both included; None is always.
    """

    code: str
    level: str
    name: str
    parent: str
    km2: Decimal | None = None
    since: Period | None = None
    until: Period | None = None

    def stands_in(self, period: Period) -> bool:
        """Whether there is this area in a quarter."""
        return (self.since is None or self.since <= period) and (self.until is None or period <= self.until)


def dusun_code(name: str) -> str:
    """A dusun's name in capitals, letters and digits only."""
    return re.sub(r"[^A-Z0-9]", "", name.upper())


def rt_code(kelurahan: str, address: Address) -> str:
    """The code of an RT; `000` where there is no RW, `DUSUN.rw` where there is a dusun."""
    rw = f"{int(address.rw or 0):03d}"
    if address.dusun:
        rw = f"{dusun_code(address.dusun)}.{rw}"
    return f"{kelurahan}-{rw}-{int(address.rt or 0):03d}"


def ancestor(code: str, level: str) -> str:
    """The area of `level` that an RT code lies in."""
    if level == "rt":
        return code
    if level == "rw":
        return code.rsplit("-", 1)[0]
    return code[: MOST_ANCESTORS[level]]


def default_name(code: str, level: str) -> str:
    """A readable name for an area that no register names."""
    if level in ("rt", "rw"):
        parts = code.split("-")
        dusun, _, rw = parts[1].rpartition(".")
        words = ([f"RT {parts[2]}"] if level == "rt" else []) + ([] if rw == "000" else [f"RW {rw}"])
        words += [f"Dusun {dusun}"] if dusun else []
        return " ".join(words) or "Tanpa RW"
    return f"{level.capitalize()} {code}"


@dataclass
class Register:
    """The area register, or the lack of one: then the RTs are those that the workbooks name.

    RTs come, go and get other numbers: `at` is the register of one quarter, which knows the RTs of others as `absent`.
    """

    areas: dict[str, Area] = field(default_factory=dict)
    absent: dict[str, Area] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rts: dict[str, set[str]] = {}
        for area in self.areas.values():
            if area.level == "rt":
                self._rts.setdefault(ancestor(area.code, "kelurahan"), set()).add(area.code)
        for code in self.absent:
            self._rts.setdefault(ancestor(code, "kelurahan"), set())
        self._at: dict[Period, Register] = {}

    def at(self, period: Period) -> "Register":
        """The register of a quarter: without the RTs that were not yet, or are no more."""
        if period not in self._at:
            absent = {c: a for c, a in self.areas.items() if a.level == "rt" and not a.stands_in(period)}
            there = {code: area for code, area in self.areas.items() if code not in absent}
            self._at[period] = Register(there, absent) if absent else self
        return self._at[period]

    def lists(self, kelurahan: str) -> bool:
        """Whether any RT of a kelurahan is listed, be it of another quarter."""
        return kelurahan in self._rts

    def expected(self, period: Period, named: Iterable[str]) -> set[str]:
        """The RTs that should report a quarter: those of the register, without one those `named` by workbooks."""
        return self.at(period).rts() if self._rts else set(named)

    def rts(self, kelurahan: str | None = None) -> set[str]:
        """Codes of the RTs expected to report."""
        if kelurahan is not None:
            return self._rts.get(kelurahan, set())
        return set().union(*self._rts.values()) if self._rts else set()

    def name(self, code: str, level: str) -> str:
        """The registered name, or one made from the code."""
        return self.areas[code].name if code in self.areas else default_name(code, level)

    def territories(self) -> dict[str, Decimal]:
        """The km2 of every area of expected RTs that has one: its own, else the sum of its parts where all are known.

        Above the kelurahan it is always the sum, for an office lists its kelurahan under a kecamatan of which it holds
        a part. Without a list of RTs nobody knows whether an area is all there.
        """
        known: dict[str, Decimal] = {}
        inside: dict[str, list[str]] = {rt: [] for rt in self.rts()}
        for level, wider in zip(LEVELS, (*LEVELS[1:], None), strict=True):
            parts: dict[str, list[str]] = {}
            for code in sorted(inside):
                own = self.areas[code].km2 if code in self.areas and level in WHOLE else None
                if own is None and inside[code] and all(part in known for part in inside[code]):
                    own = sum((known[part] for part in inside[code]), Decimal(0))
                if own is not None:
                    known[code] = own
                if wider:
                    parts.setdefault(ancestor(code, wider), []).append(code)
            inside = parts
        return known

    def resolve(self, kelurahan: str, address: Address) -> str:
        """The code of a written address. Raises OfficerError naming what to write where it is no known RT.

        A register may know more than the sheet says: RW and RT, or dusun and RT, that fit one RT only are that RT.
        An RT number alone never is: it recurs in every RW.
        """
        code = rt_code(kelurahan, address)
        expected = self.rts(kelurahan)
        if not self.lists(kelurahan) or code in expected:
            return code
        fits = [rt for rt in expected if _fits(rt, address)] if address.rw or address.dusun else []
        if len(fits) == 1:
            return fits[0]
        gone = [
            area for area in self.absent.values() if area.code.startswith(f"{kelurahan}-") and _fits(area.code, address)
        ]
        if code in self.absent or len(gone) == 1:
            raise OfficerError(_not_then(self.absent.get(code) or gone[0]))
        raise OfficerError(_unknown_rt(code, address, expected))


def _fits(code: str, address: Address) -> bool:
    found = RT_CODE.fullmatch(code)
    if not found:
        return False
    _, dusun, rw, rt = found.groups()
    return (
        int(rt) == int(address.rt or 0)
        and (address.rw is None or int(rw) == int(address.rw))
        and (not dusun or not address.dusun or dusun == dusun_code(address.dusun))
    )


def _not_then(area: Area) -> str:
    """Why an RT is none of the quarter, and what to do."""
    name, when = default_name(area.code, "rt"), area.since or area.until
    word = "baru ada mulai" if area.since else "hanya ada sampai"
    if area.since and area.until:
        when, word = area.until, f"hanya ada dari {area.since.title} sampai"
    told = when.title if when else ""
    return f"menurut daftar wilayah {name} {word} {told}; tulis nomor RT yang berlaku, atau perbaiki areas.csv"


def _unknown_rt(code: str, address: Address, expected: Iterable[str]) -> str:
    if not address.rw and not address.dusun and any(_fits(rt, address) for rt in expected):
        return "nomor RT ini ada di beberapa RW atau RW-nya belum ditulis; tulis juga RW-nya"
    near = get_close_matches(code, sorted(expected), n=1, cutoff=0.8)
    hint = f" (mungkin maksudnya {default_name(near[0], 'rt')})" if near else ""
    return f"{default_name(code, 'rt')} tidak ada dalam daftar wilayah; perbaiki nomornya atau daftarkan RT itu{hint}"


def read_register(path: Path) -> Register:
    """Read `areas.csv`; an absent file is an empty register. Raises OfficerError where it cannot be used."""
    if not path.exists():
        if (workbook := path.with_suffix(".xlsx")).exists():
            raise OfficerError(
                f"Daftar wilayah {workbook.name} belum dapat dibaca. Buka di Excel dan simpan sebagai CSV dengan nama "
                f"{path.name} di folder yang sama."
            )
        return Register()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp1252")
    rows = csv.DictReader(text.splitlines(), delimiter="," if text.count(",") >= text.count(";") else ";")
    rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
    missing = COLUMNS - set(rows.fieldnames)
    if missing:
        raise OfficerError(
            f"Daftar wilayah areas.csv tidak punya kolom {', '.join(sorted(missing))}. Tambahkan kolomnya."
        )
    areas: dict[str, Area] = {}
    for number, row in enumerate(rows, start=2):
        code, level = (row["code"] or "").strip(), (row["level"] or "").strip().lower()
        if not code:
            continue
        if level not in CODES:
            raise OfficerError(
                f"Daftar wilayah areas.csv baris {number}: level '{level}' tidak dikenal. Pilih: {', '.join(CODES)}."
            )
        form, example = CODES[level]
        if not form.fullmatch(code):
            raise OfficerError(
                f"Daftar wilayah areas.csv baris {number}: kode {level} '{code}' salah. Contoh: {example}. Excel suka "
                "mengubah kode: atur kolomnya sebagai Teks."
            )
        if code in areas:
            raise OfficerError(f"Daftar wilayah areas.csv baris {number}: kode '{code}' ditulis dua kali. Hapus satu.")
        km2 = _km2((row.get("km2") or "").strip(), level, number)
        since, until = (_quarter(row.get(column), column, number) for column in ("since", "until"))
        if since and until and until < since:
            raise OfficerError(f"Daftar wilayah areas.csv baris {number}: until sebelum since. Perbaiki keduanya.")
        if (since or until) and level != "rt":
            raise OfficerError(f"Daftar wilayah areas.csv baris {number}: since dan until hanya untuk RT. Kosongkan.")
        areas[code] = Area(code, level, (row["name"] or "").strip(), (row["parent"] or "").strip(), km2, since, until)
    return Register(areas)


def _quarter(written: str | None, column: str, number: int) -> Period | None:
    """The quarter of a cell, None where it is empty. Raises OfficerError."""
    if not (text := (written or "").strip()):
        return None
    try:
        return parse_period(text)
    except OfficerError as unknown:
        raise OfficerError(f"Daftar wilayah areas.csv baris {number}, kolom {column}: {unknown}") from None


def _km2(written: str, level: str, number: int) -> Decimal | None:
    """A size as an office writes it, `1.25` or `1,25`. Raises OfficerError; nothing written is unknown, never zero."""
    if not written:
        return None
    where = f"Daftar wilayah areas.csv baris {number}: luas '{written}'"
    if not re.fullmatch(r"\d+([.,]\d+)?", written):
        raise OfficerError(f"{where} bukan angka. Tulis luasnya dalam km2, misalnya 1.25, atau kosongkan.")
    km2 = Decimal(written.replace(",", "."))
    if not km2:
        raise OfficerError(f"{where} tidak mungkin. Kosongkan bila luasnya belum diketahui.")
    if level in WHOLE and km2 > LARGEST:
        raise OfficerError(f"{where} terlalu besar. Tulis luasnya dalam km2, bukan dalam meter persegi atau hektare.")
    return km2
