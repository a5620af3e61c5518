"""CSV: it has no checksum, no types and no declared encoding, so every doubt must be told."""

from random import Random

from tests.intake.workbooks import BUDI, PEOPLE, PERSON, csv, table

from .case import ACCEPTED, HELD, NIKS, TOO_BIG, Case, refused, unique
from .case import one_held as one_held_
from .case import whole as whole_

FILE = "data.csv"
ACCENTED = table([PERSON, {**BUDI, "Nama Lengkap": "Núr Aïny"}])
QUOTE, LETTERS, NUL = "kutip", "Huruf", "karakter nol"
LAST = PEOPLE[-1]


def whole(name: str, content: bytes, *rules: str, **more: object) -> Case:
    return whole_(name, lambda: content, *rules, file=FILE, **more)


def one_held(name: str, content: bytes, *rules: str, **more: object) -> Case:
    return one_held_(name, lambda: content, *rules, file=FILE, **more)


def no(name: str, content: bytes, says: str, **more: object) -> Case:
    return refused(name, lambda: content, says, FILE, **more)


def ragged(row: list[object]) -> bytes:
    return csv([PEOPLE[0], PEOPLE[1], row, LAST])


PLAIN = csv(PEOPLE)
CASES: list[Case] = unique(
    [
        whole("csv with semicolons", csv(PEOPLE, ";")),
        whole("csv with tabs", csv(PEOPLE, "\t")),
        whole("csv with bars", csv(PEOPLE, "|")),
        whole("csv with sep=;", csv(PEOPLE, ";", first="sep=;\r\n")),
        whole("csv with a byte-order mark", csv(PEOPLE, ";", "utf-8-sig")),
        whole("csv with two byte-order marks", b"\xef\xbb\xbf" + csv(PEOPLE, ";", "utf-8-sig")),
        whole("csv in UTF-16", csv(PEOPLE, "\t", "utf-16")),
        whole("csv in UTF-16, high byte first", b"\xfe\xff" + csv(PEOPLE, "\t", "utf-16-be")),
        no("csv in UTF-16 without a mark", csv(PEOPLE, "\t", "utf-16-le"), NUL),
        no("csv in UTF-32", csv(PEOPLE, "\t", "utf-32"), NUL),
        no("csv in UTF-16 with half a letter at its end", csv(PEOPLE, "\t", "utf-16")[:-1], LETTERS),
        Case(
            "csv in the Windows code page",
            FILE,
            lambda: csv(ACCENTED, ";", "cp1252"),
            ACCEPTED,
            (2, 0),
            values={"nama": ["Ahmad", "Núr Aïny"]},
        ),
        no("csv in two encodings", csv(ACCENTED, ";") + csv(ACCENTED[1:], ";", "cp1252"), LETTERS),
        # Without a letter that betrays itself in the code page, only the pairs of UTF-8 tell.
        no(
            "csv in two encodings, quotes only",
            csv([*PEOPLE[:2], [*PEOPLE[2][:2], "Nur’aini", *PEOPLE[2][3:]]], ";")
            + csv([[*LAST[:2], "Nurúaini", *LAST[3:]]], ";", "cp1252"),
            LETTERS,
        ),
        no("csv of random bytes", Random(1).randbytes(9000), ""),
        no("csv with a zero byte", PLAIN.replace(b"Budi", b"Bu\0di"), NUL),
        no("csv of zeros", bytes(9000), "nol"),
        no("csv of 0 bytes", b"", "kosong"),
        no("csv of line ends", b"\r\n" * 500, "tidak berisi data"),
        no("csv of separators", b";;;;\r\n" * 50, "tidak berisi data"),
        whole("csv with returns only", PLAIN.replace(b"\r\n", b"\r")),
        whole("csv with line feeds only", PLAIN.replace(b"\r\n", b"\n")),
        one_held("csv with a row too short", ragged(PEOPLE[2][:5]), "FILE02", "WAJIB01", says="kolom"),
        one_held("csv with a row too long", ragged([*PEOPLE[2], "x"]), "FILE02", says="kolom"),
        Case(
            "csv with a separator within a name",
            FILE,
            lambda: ragged([*PEOPLE[2][:2], "Budi, S.Pd", *PEOPLE[2][3:]]),
            HELD,
            (2, 1),
            None,
            values={"nik": [NIKS[0], NIKS[2]]},
        ),
        no("csv with an open quote", PLAIN.replace(b"Budi", b'"Budi'), QUOTE),
        no(
            "csv with two open quotes, a resident between them",
            PLAIN.replace(b"Ahmad", b'"Ahmad').replace(b"Siti", b'Siti"'),
            QUOTE,
        ),
        no("csv with letters behind a quote", PLAIN.replace(b"Budi", b'"Bu"di'), QUOTE),
        Case(
            "csv with a quote within a name",
            FILE,
            lambda: PLAIN.replace(b"Budi", b'Bu"di'),
            ACCEPTED,
            (3, 0),
            values={"nama": ["Ahmad", 'Bu"di', "Siti"]},
        ),
        Case(
            "csv cut within the last row",
            FILE,
            lambda: PLAIN[:-30],
            HELD,
            (2, 1),
            None,
            values={"nama": ["Ahmad", "Budi"]},
        ),
        # The last cell may have lost letters (RT 005 became 0): its row stays, and its sender is asked to look.
        Case(
            "csv cut within the last cell",
            FILE,
            lambda: csv([[*PEOPLE[0], "Nama Panggilan"], *([*row, row[2]] for row in PEOPLE[1:])])[:-4],
            ACCEPTED,
            (3, 0),
            frozenset({"FILE03"}),
            "terpotong",
        ),
        whole("csv without its last line end", PLAIN[:-2], "FILE03", says="terpotong"),
        no("csv with a field of 3 MB", csv([*PEOPLE, [None, None, "x" * 3_000_000]]), TOO_BIG),
        no("csv with a field of 40,000 letters", PLAIN.replace(b"Budi", b"B" * 40_000), TOO_BIG),
        no("csv with 8 million columns", b"," * 8_000_000 + b"\r\n" + PLAIN, "kolom"),
        no("csv with 301 columns", csv([["x"] * 301]), "301 kolom"),
        no("csv with two million rows", PLAIN + b"x\n" * 2_000_000, TOO_BIG),
        no("csv with two million blank rows", PLAIN + b"\n" * 2_000_000 + b"x", TOO_BIG),
        no("csv with 120,000 rows of junk", csv([PEOPLE[0], *([f"x{n}"] * 8 for n in range(120_000))]), TOO_BIG),
        no("csv in one column, as from a wrong separator", csv(PEOPLE, "~"), "judul kolom"),
        one_held("csv with a number in exponent form", PLAIN.replace(BUDI["NIK"].encode(), b"6.30605E+15"), "ID01"),
        Case(
            "csv with formulas",
            FILE,
            lambda: PLAIN.replace(b"Budi", b"=cmd|'/c calc'!A0"),
            ACCEPTED,
            (3, 0),
            values={"nama": ["Ahmad", "=cmd|'/c calc'!A0", "Siti"]},
        ),
        Case(
            "csv with terminal commands",
            FILE,
            lambda: PLAIN.replace(b"Budi", b"\x1b[31mBudi\x07"),
            ACCEPTED,
            (3, 0),
            values={"nama": ["Ahmad", "[31mBudi", "Siti"]},
        ),
        no(
            "csv with a heading of a terminal command",
            PLAIN.replace(b"Nama Lengkap", b"\x1b[2J"),
            "Nama Lengkap",
            rules=frozenset({"FILE02"}),  # it comes back with its headings marked
        ),
    ]
)
