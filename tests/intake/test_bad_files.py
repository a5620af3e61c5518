"""Whatever lies in the inbox ends in a verdict: one line in Bahasa Indonesia, quickly, without a crash."""

import os
import re
import time
import zipfile
from pathlib import Path
from random import Random

import pytest

from pipelines.errors import Unreadable
from pipelines.intake.reader import read_all
from pipelines.intake.workbook import Book, read_book

from .taking import take, take_book
from .workbooks import (
    PEOPLE,
    SHEET,
    changed,
    csv,
    ods,
    packed,
    patched,
    saved,
    unpacked,
    workbook,
    xlsx,
)

SECONDS = 20  # for one file on a slow machine; the reader's own limit is 60
GOOD = xlsx(PEOPLE)
ENGLISH = re.compile(r"\b(error|exception|traceback|invalid|failed|cannot|file|not|zip file|bad|the)\b", re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sentence_of(reason: object) -> str:
    """The reason of a refusal, which must be a line that a head of RT can act on."""
    said = str(reason)
    assert re.match(r"[A-Z]", said), said
    assert said.endswith("."), said
    assert "\n" not in said
    assert len(said) < 250
    assert not ENGLISH.search(said), said
    return said


def locked() -> bytes:
    """The compound file into which Excel wraps a workbook with a password."""
    header = OLE + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", "EncryptedPackage"))
    return header.ljust(512, b"\0") + entries.ljust(512, b"\0") + Random(1).randbytes(4096)


def truncated(content: bytes) -> bytes:
    """What a broken copy leaves."""
    return content[: len(content) * 2 // 3]


def flipped(content: bytes) -> bytes:
    """The package with one byte of its sheet damaged, so that its checksum does not fit."""
    at = content.index(SHEET.encode()) + 200
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


HTML = b"<html><head><meta charset='utf-8'></head><body><table><tr><td>NIK</td></tr></table></body></html>"
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "0 bytes": ("a.xlsx", b"", "kosong"),
    "0 bytes, csv": ("a.csv", b"", "kosong"),
    "zeros": ("a.xlsx", bytes(9000), "nol"),
    "zeros, csv": ("a.csv", bytes(9000), "nol"),
    "truncated": ("a.xlsx", truncated(GOOD), "terpotong"),
    "truncated, zeros after": ("a.xlsx", truncated(GOOD) + bytes(len(GOOD) // 3), "terpotong"),
    "damaged byte": ("a.xlsx", flipped(GOOD), "rusak"),
    "truncated ods": ("a.ods", truncated(ods(PEOPLE)), "terpotong"),
    "random bytes": ("a.xlsx", Random(1).randbytes(20_000), "bukan workbook"),
    "random bytes, xls": ("a.xls", OLE + Random(2).randbytes(20_000), "rusak"),
    "random bytes, zip": ("a.xlsx", b"PK\x03\x04" + Random(3).randbytes(20_000), "rusak"),
    "random bytes, csv": ("a.csv", Random(4).randbytes(20_000), "CSV"),
    "HTML named .xls": ("a.xls", HTML, "halaman web"),
    "HTML with a blank before": ("a.xls", b"\xef\xbb\xbf\r\n " + HTML.upper(), "halaman web"),
    "XML 2003 named .xls": ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "halaman web"),
    "text named .xlsx": ("a.xlsx", csv(PEOPLE, "\t"), "bukan workbook"),
    "PDF named .xlsx": ("a.xlsx", b"%PDF-1.7\n" + Random(5).randbytes(3000), "bukan workbook"),
    "zip that is no workbook": ("a.xlsx", packed({"RT 005.xlsx": GOOD}), "arsip"),
    "zip without the sheet": (
        "a.xlsx",
        packed({name: part for name, part in unpacked(GOOD).items() if name != SHEET}),
        "rusak",
    ),
    "Word document": ("a.xlsx", packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), ""),
    "with a password": ("a.xlsx", locked(), "kata sandi"),
    "with a password, xls": ("a.xls", locked(), "kata sandi"),
    "another kind": ("a.pdf", b"%PDF-1.7", ".pdf"),
    "no extension": ("Makefile", b"all:", "tanpa akhiran"),
    "NUL within": ("a.csv", csv(PEOPLE).replace(b"Budi", b"Bu\0di"), "karakter nol"),
    "unbalanced quote": ("a.csv", csv(PEOPLE).replace(b"Budi", b'"Budi'), "kutip"),
    "text after a quote": ("a.csv", csv(PEOPLE).replace(b"Budi", b'"Bu"di'), "kutip"),
    "mixed encodings": ("a.csv", csv([["ú"]], encoding="cp1252") + csv([["ú"]]), "Huruf"),
    "400 columns": ("a.csv", csv([["x"] * 400]), "400 kolom"),
    "5 MB in one csv cell": ("a.csv", csv([*PEOPLE, [None, None, "x" * 5_000_000]]), ""),
    "blank csv": ("a.csv", b"\r\n;;;\r\n", "tidak"),
    "blank workbook": ("a.xlsx", xlsx([[]]), "tidak berisi data"),
    "too many sheets": ("a.xlsx", saved(workbook({f"S{number}": [] for number in range(201)})), "jauh lebih besar"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_sentence(name: str) -> None:
    file, content, word = REFUSED[name]
    started = time.monotonic()
    taken = take(content, file)
    assert time.monotonic() - started < SECONDS
    assert taken.counts == {}
    assert word in sentence_of(taken.reason)


def lying(content: bytes) -> bytes:
    """The package, its directory saying that the sheet has 10 bytes."""
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET.encode()))
    return content[: entry + 24] + (10).to_bytes(4, "little") + content[entry + 28 :]


def test_lying_size_cuts_nothing() -> None:
    """Refused, or read to its end; never as much as the directory says."""
    taken = take(lying(GOOD))
    assert taken.total == (3, 3, 0) if taken.reason is None else sentence_of(taken.reason)


def bomb(path: Path) -> None:
    """Half a gigabyte of blanks in a file of half a megabyte."""
    parts = unpacked(GOOD)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name in parts.keys() - {SHEET}:
            package.writestr(name, parts[name])
        with package.open(SHEET, "w") as part:
            part.write(parts[SHEET])
            for _ in range(520):
                part.write(b" " * 2**20)


FAR_ROW = b'<row r="99999999"><c r="A99999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Book | Unreadable, bytes]]:
    """What the reading processes make of files that could kill a process, and what they write on the screen."""
    home = tmp_path_factory.mktemp("hostile")
    files = {
        "two corners": changed([["NIK"]], {"XFD1048576": "x"}),
        "row 99,999,999": patched(GOOD, SHEET, b"</sheetData>", FAR_ROW),
        "5 MB cell": patched(GOOD, SHEET, b"Ahmad", b"A" * 5_000_000),
        "stray space": changed(PEOPLE, {"A1048576": " "}),
        "good": GOOD,
    }
    for name, content in files.items():
        (home / f"{name}.xlsx").write_bytes(content)
    bomb(home / "bomb.xlsx")
    (home / "lying bomb.xlsx").write_bytes(lying((home / "bomb.xlsx").read_bytes()))
    paths = sorted(home.glob("*.xlsx"))
    before, screen = os.dup(2), home / "screen.txt"
    with screen.open("wb") as shown:
        os.dup2(shown.fileno(), 2)
        try:
            books = list(read_all(paths))
        finally:
            os.dup2(before, 2)
            os.close(before)
    return {path.stem: (book, screen.read_bytes()) for path, book in zip(paths, books, strict=True)}


@pytest.mark.parametrize("name", ["two corners", "row 99,999,999", "5 MB cell", "bomb"])
def test_hostile_workbook_is_refused(hostile: dict[str, tuple[Book | Unreadable, bytes]], name: str) -> None:
    book, _ = hostile[name]
    assert isinstance(book, Unreadable)
    assert "jauh lebih besar" in sentence_of(book)


def test_bomb_that_lies_about_its_size(hostile: dict[str, tuple[Book | Unreadable, bytes]]) -> None:
    """What hides from the sum of the sizes meets the limits of the reading process; nobody is lost on the way."""
    book, _ = hostile["lying bomb"]
    assert take_book(book).names == ["Ahmad", "Budi", "Siti"] if isinstance(book, Book) else sentence_of(book)


@pytest.mark.parametrize("name", ["good", "stray space"])
def test_good_workbook_between_hostile_ones(hostile: dict[str, tuple[Book | Unreadable, bytes]], name: str) -> None:
    """Also one whose last possible row holds a blank, a common slip of the hand."""
    book, _ = hostile[name]
    assert isinstance(book, Book)
    assert take_book(book).names == ["Ahmad", "Budi", "Siti"]


def test_dying_reader_is_silent(hostile: dict[str, tuple[Book | Unreadable, bytes]]) -> None:
    assert hostile["good"][1] == b""


def test_ragged_rows_are_held_with_their_number() -> None:
    """Fewer or more cells than the others: nobody can know which one is missing."""
    rows = [*PEOPLE[:2], PEOPLE[2][:4], [*PEOPLE[3], "x"]]
    taken = take(csv(rows), "data.csv")
    assert taken.total == (3, 1, 2)
    assert [p.row for p in taken.problems if p.rule == "FILE02"] == [3, 4]


def test_csv_cut_in_the_middle_of_a_line() -> None:
    taken = take(csv(PEOPLE)[:-30], "data.csv")
    assert taken.total == (3, 2, 1)


def test_stray_quotes_do_not_swallow_a_resident() -> None:
    content = csv(PEOPLE).replace(b"Budi", b'"Budi').replace(b"Siti", b'Siti"')
    taken = take(content, "data.csv")
    assert taken.reason is not None or taken.total[0] == 3 or taken.total[2] > 0


def test_long_csv_cell_is_not_called_a_quote() -> None:
    assert "kutip" not in str(take(*reversed(REFUSED["5 MB in one csv cell"][:2])).reason)


def test_every_byte_mutant_ends_in_a_verdict() -> None:
    """Packages with damaged bytes are read or refused; nothing else leaves the reader."""
    rng = Random(7)
    # The properties hold the time of writing; without them the mutants are the same each time.
    steady = packed({name: part for name, part in unpacked(GOOD).items() if not name.startswith("docProps")})
    for _ in range(300):
        content = bytearray(rng.choice((steady, steady, csv(PEOPLE, ";"))))
        for _ in range(rng.choice((1, 2, 8))):
            content[rng.randrange(len(content))] = rng.randrange(256)
        verdict("a.xlsx" if content[:1] == b"P" else "a.csv", bytes(content))


def verdict(name: str, content: bytes) -> None:
    """Read, or refused with a sentence."""
    try:
        read_book(name, content)
    except Unreadable as reason:
        sentence_of(reason)


BROKEN = {
    "entity in the list of sheets": ("xl/workbook.xml", b"<sheets>", b"<sheets>&nbsp;"),
    "entity in the relationships": ("xl/_rels/workbook.xml.rels", b"<Relationship ", b"&nbsp;<Relationship "),
    "unknown prefix in the list of sheets": ("xl/workbook.xml", b"<sheets>", b"<sheets><q:r/>"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_xml_beside_a_formula_ends_in_a_verdict(name: str) -> None:
    verdict("a.xlsx", patched(changed(PEOPLE, {"C3": "=A1"}), *BROKEN[name]))


def test_member_name_that_is_no_text_ends_in_a_verdict() -> None:
    content = packed({**unpacked(GOOD), "xl/é.xml": b"<a/>"}).replace("xl/é.xml".encode(), b"xl/\xff\xfe.xml")
    verdict("a.xlsx", content)


def test_entities_are_never_expanded() -> None:
    """A document type in any part is an attack or a mistake, and never reaches a cell."""
    bomb_head = b'<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;">]><worksheet'
    content = patched(patched(GOOD, SHEET, b"<worksheet", bomb_head), SHEET, b"Ahmad", b"&c;")
    taken = take(content)
    assert "lollollol" not in taken.names if taken.reason is None else sentence_of(taken.reason)
