"""Single cells: identities, dates, amounts, names and headings that are easily misread, or misread in silence."""

import datetime as dt
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.intake.workbooks import (
    BUDI,
    FAMILY,
    KK,
    NIK,
    PEOPLE,
    PERSON,
    SHEET,
    Table,
    changed,
    patched,
    saved,
    table,
    workbook,
    xlsx,
)

from .case import ACCEPTED, HELD, NAMES, NIKS, REJECTED, Case, one_held, refused, unique, whole, with_texts

BUDIS = BUDI["NIK"]
PAPUA = "9471010403850003"


def digits(zero: int) -> str:
    """Budi's NIK in another script."""
    return BUDIS.translate({ord("0") + n: chr(zero + n) for n in range(10)})


def cell(address: str, value: Any) -> Any:
    return lambda: changed(PEOPLE, {address: value})


def text(address: str, value: str) -> Any:
    return lambda: with_texts(PEOPLE, {address: value})


READ_AS_BUDI = {
    "apostrophe": "'" + BUDIS,
    "blanks around": f"  {BUDIS} ",
    "no-break space": BUDIS + "\u00a0",
    "zero-width space": BUDIS[:8] + "\u200b" + BUDIS[8:],
    "byte-order mark": "\ufeff" + BUDIS,
    "direction mark": "\u202e" + BUDIS,
    "full-width digits": digits(0xFF10),
    "line break": BUDIS + "\n",
}
WITH_A_WARNING = {
    "dots": f"{BUDIS[:6]}.{BUDIS[6:12]}.{BUDIS[12:]}",
    "hyphens": f"{BUDIS[:6]}-{BUDIS[6:12]}-{BUDIS[12:]}",
    "spaces": f"{BUDIS[:4]} {BUDIS[4:8]} {BUDIS[8:12]} {BUDIS[12:]}",
}
NO_NIK = {
    "15 digits": BUDIS[:15],
    "17 digits": BUDIS + "1",
    "letter O": BUDIS.replace("0", "O", 1),
    "exponent": "6,30605E+15",
    "decimals": BUDIS + ".0",
    "Arabic digits": digits(0x660),
    "Devanagari digits": digits(0x966),
    "superscript digits": "⁶" + BUDIS[1:-1] + "x",
    "two numbers": f"{BUDIS}/{NIK}",
    "day 32": "6306053203850001",
    "serial cut to 0000": BUDIS[:12] + "0000",
    "true": True,
    "a date": dt.date(1990, 1, 1),
    "SQL": "'; DROP TABLE penduduk;--",
}
NUMBERS = {
    "a whole number": int(BUDIS),
    "a float": float(BUDIS),
    "a Papua number": int(PAPUA),
    "15 digits and a 0": 6306050403850000,
}
IDENTITIES = [
    *(whole(f"NIK with {name}", text("B3", value)) for name, value in READ_AS_BUDI.items()),
    *(whole(f"NIK with {name}", text("B3", value), "ID06") for name, value in WITH_A_WARNING.items()),
    *(one_held(f"NIK: {name}", cell("B3", value), "ID01") for name, value in NO_NIK.items()),
    *(one_held(f"NIK stored as {name}", cell("B3", value), "ID05") for name, value in NUMBERS.items()),
    one_held("KK stored as a number", cell("A3", int(KK)), "ID05"),
    one_held("KK in Arabic digits", text("A3", KK.translate({48 + n: 0x660 + n for n in range(10)})), "ID04"),
    one_held("KK of another kind", cell("A3", BUDIS), "ID04", "KK01"),
    one_held("KK error", cell("A3", "#N/A"), "ID04"),
    Case("NIK not issued", "data.xlsx", cell("B3", "0"), ACCEPTED, (3, 0), values={"nik": [NIKS[0], None, NIKS[2]]}),
    Case("two people with one NIK", "data.xlsx", cell("B3", NIK), HELD, (1, 2), None, values={"nama": ["Siti"]}),
    Case(
        "the same row twice",
        "data.xlsx",
        lambda: xlsx([*PEOPLE, PEOPLE[2]]),
        HELD,
        (3, 1),
        frozenset({"DUP05"}),
        values={"nama": NAMES, "nik": NIKS},
    ),
]


def serial(number: float, shown: str = "dd/mm/yyyy", *, mac: bool = False) -> Any:
    def make() -> bytes:
        book = workbook({"Data": PEOPLE})
        if mac:
            book.epoch = CALENDAR_MAC_1904
        at = book["Data"]["E3"]
        at.value, at.number_format = number, shown
        return saved(book)

    return make


BORN = dt.date(1985, 3, 4)
DAYS = {"tanggal_lahir": [dt.date(1990, 5, 12), BORN, dt.date(1992, 7, 8)]}
SERIAL = (BORN - dt.date(1899, 12, 30)).days
ISO = patched(
    changed(PEOPLE, {"E3": "ISO"}),
    SHEET,
    b'<c r="E3" t="inlineStr"><is><t>ISO</t></is></c>',
    b'<c r="E3" t="d"><v>1985-03-04</v></c>',
)
NO_DATE = {
    "31 February": "31/02/1985",
    "month before day": "03/31/1985",
    "two digits of a year": "04-03-85",
    "only a year": "1985",
    "a number": 31_110,
    "eight digits": "04031985",
    "words": "tidak tahu",
    "year 0985": "04-03-0985",
    "Arabic digits": "٠٤-٠٣-١٩٨٥",
    "true": True,
    "two dates": "04-03-1985/1986",
}
NO_SERIAL = {
    "serial 0": 0,
    "serial 60": 60,
    "negative serial": -1,
    "serial 2,958,466": 2_958_466,
    "yyyymmdd": 19_850_304,
}
DATES = [
    whole("date cell", serial(SERIAL), values=DAYS),
    whole("date cell shown in Indonesian", serial(SERIAL, "[$-421]dd mmmm yyyy"), values=DAYS),
    whole("date cell shown month first", serial(SERIAL, "m/d/yy"), values=DAYS),
    whole("date cell that counts from 1904", serial(SERIAL - 1462, mac=True), values=DAYS),
    whole("date in ISO form", lambda: ISO, values=DAYS),
    whole("date with a month's name", text("E3", "4 Maret 1985"), values=DAYS),
    whole(
        "date with an old spelling",
        text("E3", "4 Nopember 1985"),
        "ID02",
        values={"tanggal_lahir": [DAYS["tanggal_lahir"][0], dt.date(1985, 11, 4), DAYS["tanggal_lahir"][2]]},
    ),
    whole("date that could be read in two ways", text("E3", "04/03/1985"), values=DAYS),
    whole("date in full-width digits", text("E3", "０４-０３-１９８５"), values=DAYS),
    # 1985 shown as a date is 7 June 1905: a day that a birth may have, so it is flagged and not held.
    whole("year typed into a date cell", serial(1985), "ID02", "LIFE06"),
    *(one_held(f"date: {name}", cell("E3", value), "TGL01") for name, value in NO_DATE.items()),
    *(one_held(f"date cell: {name}", serial(value), "TGL01") for name, value in NO_SERIAL.items()),
    one_held("date after the reference date", text("E3", "01-10-2090"), "LIFE03", "ID02"),
    one_held("date error", cell("E3", "#VALUE!"), "TGL01"),
]


def amount(name: str, value: Any, read: float | None) -> Case:
    def make() -> bytes:
        return (
            with_texts(table([FAMILY]), {"D2": value})
            if isinstance(value, str)
            else changed(table([FAMILY]), {"D2": value})
        )

    fate = (ACCEPTED, (1, 0)) if read is not None else (HELD, (0, 1))
    values = {"pengeluaran_bulanan": [read]} if read is not None else {}
    rules = None if read is not None else frozenset({"ANGKA01"})
    return Case(f"amount: {name}", "data.xlsx", make, *fate, rules, values=values, dataset="kesejahteraan")


AMOUNTS = [
    amount("thousands and decimals", "1.234.567,56", 1_234_567.56),
    amount("rupiah", "Rp 1.500.000,-", 1_500_000),
    amount("comma for decimals", "1500000,5", 1_500_000.5),
    amount("machine form", "1500000.5", 1_500_000.5),
    amount("full-width", "１５０００００", 1_500_000),
    amount("number", 1_500_000.25, 1_500_000.25),
    amount("12 people", "12 orang", None),
    amount("English thousands", "1,500,000", None),
    amount("exponent", "1e6", None),
    amount("not a number", "NaN", None),
    amount("infinite", "inf", None),
    amount("1E+300", 1e300, None),
    amount("Arabic digits", "١٥٠٠٠٠٠", None),
    amount("juta", "1,5 juta", None),
    amount("formula as text", "=1500000*2", None),
    amount("true", True, None),
    Case(
        "amount: error",
        "data.xlsx",
        lambda: changed(table([FAMILY]), {"D2": "#DIV/0!"}),
        HELD,
        (0, 1),
        frozenset({"ANGKA01"}),
        dataset="kesejahteraan",
    ),
]

KEPT_NAMES = {
    "NA": "NA",
    "None": "None",
    "null": "null",
    "nan": "NaN",
    "N/A": "N/A",
    "True": "TRUE",
    "1e5": "1e5",
    "formula": "=1+1",
    "program": "=cmd|'/c calc'!A0",
    "plus": "+62 Budi",
    "at": "@SUM(A1:A9)",
    "minus": "-2+3",
    "link": '=HYPERLINK("http://127.0.0.1:9/?x="&B2,"klik")',
    "script": "<script>alert(1)</script>",
    "picture": "<img src=x onerror=alert(1)>",
    "markup": "[bold red]Budi[/] [link=http://127.0.0.1:9]x[/link]",
    "template": "{{7*7}} ${7*7} %s {0}",
    "SQL": "Budi'); DROP TABLE penduduk;--",
    "path": "../../etc/passwd",
    "quotes": "Budi \"Amat\" 'O'",
    "emoji": "Budi :skull: 💀",
}
CLEANED_NAMES = {
    "tab before a formula": ("\t=1+1", "=1+1"),
    "line break before a formula": ("\n=1+1", "=1+1"),
    "direction mark": ("\u202eidub", "idub"),
    "isolates": ("\u2066Budi\u2069", "Budi"),
}


def named(name: str, written: str, read: str, *, escaped: bool = False) -> Case:
    def make() -> bytes:
        if escaped:
            return patched(xlsx(PEOPLE), SHEET, b"Budi", written.encode())
        return with_texts(PEOPLE, {"C3": written})

    return Case(
        f"name: {name}", "data.xlsx", make, ACCEPTED, (3, 0), values={"nama": ["Ahmad", read, "Siti"], "nik": NIKS}
    )


TEXTS = [
    *(named(name, value, value) for name, value in KEPT_NAMES.items()),
    *(named(name, value, read) for name, (value, read) in CLEANED_NAMES.items()),
    named("letter as an escape", "_x0042_udi", "Budi", escaped=True),
    named("return as an escape", "Budi_x000D_", "Budi", escaped=True),
    named("terminal command as an escape", "_x001B_]0;x_x0007_Budi", "]0;xBudi", escaped=True),
    named("terminal command of eight bits", "_x009B_31mBudi", "31mBudi", escaped=True),
    named("mark of ours as an escape", "_x0001_Budi", "Budi", escaped=True),
    one_held("name: error", cell("C3", "#NAME?"), "TEKS01"),
    one_held("name: formula never calculated", cell("C3", "=A1"), "TEKS01"),
    one_held("name: empty", cell("C3", None), "WAJIB01"),
]
OPTIONAL = table([{**PERSON, "Agama": "Islam"}, {**BUDI, "Agama": "Islam"}])


def faulty(name: str, value: str) -> Case:
    """An error in a column that may be empty: read as empty it would be unknown, and nobody would know."""
    return Case(name, "data.xlsx", lambda: changed(OPTIONAL, {"I3": value}), HELD, (1, 1), frozenset({"KODE01"}))


FAULTS = [
    faulty(f"error {error} where a cell may be empty", error) for error in ("#REF!", "#N/A", "#DIV/0!", "#NUM!")
] + [faulty("formula never calculated where a cell may be empty", "=A1")]


def headed(
    name: str, change: dict[int, str], verdict: str, says: str = "", rows: tuple[int, int] | None = None
) -> Case:
    heads = [change.get(n, label) for n, label in enumerate(PEOPLE[0])]
    rules = frozenset({"FILE02"} if verdict == REJECTED else ())  # it comes back with its headings marked
    return Case(
        f"heading: {name}",
        "data.xlsx",
        lambda: with_texts([heads, *PEOPLE[1:]], {"B1": heads[1]}),
        verdict,
        rows,
        rules,
        says,
    )


HEADINGS = [
    headed("Cyrillic letters", {1: "N\u0406K"}, REJECTED, "NIK"),
    headed("Greek letters", {1: "\u039d\u0399\u039a"}, REJECTED, "NIK"),
    headed("full-width letters", {1: "ＮＩＫ"}, ACCEPTED, rows=(3, 0)),
    headed("no-break and zero-width spaces", {0: "Nomor\u00a0KK\u200b", 1: "\ufeffNIK"}, ACCEPTED, rows=(3, 0)),
    headed("the same twice", {5: "NIK"}, REJECTED, "dua kali"),
    headed("a formula's text", {1: "=NIK"}, ACCEPTED, rows=(3, 0)),
    headed("a script", {2: "<script>Nama Lengkap</script>"}, REJECTED, "Nama Lengkap"),
    headed("20,000 characters", {2: "Nama " * 4000}, REJECTED, "Nama Lengkap"),
]


def hidden(**states: str) -> bytes:
    book = workbook({name: PEOPLE if name != "Kode" else [["Kode"], ["1"]] for name in states})
    for name, state in states.items():
        book[name].sheet_state = state
    return saved(book)


def hidden_rows() -> bytes:
    book = workbook({"Data": PEOPLE})
    book["Data"].row_dimensions[3].hidden = True
    book["Data"].column_dimensions["B"].hidden = True
    return saved(book)


def strange_sheet_name(title: bytes) -> Table | bytes:
    return patched(changed(PEOPLE, {"B3": "1"}), "xl/workbook.xml", b'name="Sheet1"', b'name="' + title + b'"')


SHEETS = [
    whole("hidden first sheet", lambda: hidden(Kode="hidden", Data="visible"), "FILE01"),
    whole("very hidden sheet", lambda: hidden(Data="visible", Kode="veryHidden"), "FILE01"),
    refused("all data hidden", lambda: hidden(Kode="visible", Data="hidden"), "", rules=frozenset({"FILE01"})),
    whole("hidden row and column", hidden_rows),
    refused("nothing but blanks", lambda: xlsx([[" ", "  "], [None]]), "tidak berisi data"),
    # A no-break space is a sign to the reader: the sentence asks for headings instead of data.
    refused("nothing but no-break spaces", lambda: xlsx([["\u00a0", "\u00a0"]]), "judul kolom"),
    refused("no table", lambda: xlsx([["Halo"], ["apa kabar"]]), "judul kolom"),
    one_held("sheet named as a link", lambda: strange_sheet_name(b"=HYPERLINK(&quot;x&quot;)"), "ID01"),
    one_held("sheet named as markup", lambda: strange_sheet_name(b"[red]&lt;script&gt;"), "ID01"),
    one_held("sheet named with a terminal command", lambda: strange_sheet_name(b"&#155;31m&#x202e;x"), "ID01"),
    one_held("sheet named with a path", lambda: strange_sheet_name(b"../../x"), "ID01"),
]
VALUES = [*IDENTITIES, *DATES, *AMOUNTS]
CASES: list[Case] = unique([*VALUES, *TEXTS, *FAULTS, *HEADINGS, *SHEETS])
