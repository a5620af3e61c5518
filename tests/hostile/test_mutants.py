"""Good files with a few damaged bytes: always a verdict, and no row that is not the sender's."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from pipelines.errors import Unreadable
from pipelines.intake.reader import Readers
from pipelines.intake.workbook import Book, read_book
from tests.intake.taking import take_book
from tests.intake.test_bad_files import sentence_of
from tests.intake.workbooks import PEOPLE, csv, ods, packed, unpacked, xlsx

from .case import WHOLE
from .oldbooks import xls

SEED = 20250930
STEADY = packed({name: part for name, part in unpacked(xlsx(PEOPLE)).items() if not name.startswith("docProps")})
GOOD: dict[str, tuple[str, bytes, int]] = {
    "xlsx": ("data.xlsx", STEADY, 250),
    "ods": ("data.ods", ods(PEOPLE), 150),
    "xls": ("data.xls", xls(), 100),
    "csv": ("data.csv", csv(PEOPLE, ";"), 150),
}


def flip(content: bytes, rng: Random) -> bytes:
    """One to eight bytes replaced."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(content: bytes, rng: Random) -> bytes:
    return content[: rng.randrange(len(content))]


def drop(content: bytes, rng: Random) -> bytes:
    """A piece taken out, as by a bad sector."""
    at, many = rng.randrange(len(content)), rng.choice((1, 16, 512))
    return content[:at] + content[at + many :]


def double(content: bytes, rng: Random) -> bytes:
    at, many = rng.randrange(len(content)), rng.choice((1, 16, 512))
    return content[: at + many] + content[at:]


def blank(content: bytes, rng: Random) -> bytes:
    """A piece of zeros, as after a power cut."""
    at, many = rng.randrange(len(content)), rng.choice((1, 64, 512))
    return (content[:at] + bytes(many) + content[at + many :])[: len(content)]


WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (flip, flip, flip, cut, drop, double, blank)


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers() as pool:
        yield pool


@pytest.mark.parametrize("kind", GOOD)
def test_mutants(kind: str, readers: Readers, tmp_path: Path) -> None:
    file, content, many = GOOD[kind]
    rng = Random(f"{SEED} {kind}")
    mutants = [rng.choice(WAYS)(content, rng) for _ in range(many)]
    paths = []
    for number, mutant in enumerate(mutants):
        path = tmp_path / f"{number}"
        path.write_bytes(mutant)
        paths.append((path, file))
    fates = {"read": 0, "refused": 0}
    for book in readers.read(paths):
        if isinstance(book, Unreadable):
            sentence_of(book)
            fates["refused"] += 1
            continue
        fates["read"] += 1
        taken = take_book(book, file)
        rows, accepted, held = taken.total
        assert rows == accepted + held
        if kind in ("xlsx", "ods") and taken.reason is None:
            assert taken.total == (3, 3, 0)  # every part has its checksum: whole, or refused
            assert {column: taken.values(column) for column in WHOLE} == WHOLE
    assert fates["refused"] > 0
    assert fates["read"] > 0


PART_TOKENS = b'< > & " <c </c> <row t="e" t="s" <f> <v> 999999999999 -1 \xff'.split()


def test_mutants_within_the_xml() -> None:
    """Parts changed before they are packed, so that the checksums fit: what an attacker sends, not what a disk does."""
    rng = Random(SEED)
    parts = unpacked(STEADY)
    for _ in range(150):
        name = rng.choice(list(parts))
        xml = parts[name]
        at, token = rng.randrange(len(xml)), rng.choice(PART_TOKENS)
        mutant = packed({**parts, name: xml[:at] + token + xml[at + rng.choice((0, 1, len(token))) :]})
        _judge(mutant, "data.xlsx")


def _judge(content: bytes, name: str) -> None:
    try:
        book: Book | Unreadable = read_book(name, content)
    except Unreadable as reason:
        sentence_of(reason)
        return
    rows, accepted, held = take_book(book, name).total
    assert rows == accepted + held
