"""Lists that look like the register of residents and are not: of the dead, of recipients, of pupils.

What betrays them is declared in `schemas/lists.toml`. Read as a register, each would take the place of a whole RT.
The same for recaps: men and women below `REKAP KEMATIAN` are not those who live there.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipelines.intake.cells import column_letters, shown
from pipelines.intake.headings import Table
from pipelines.intake.offers import is_telling
from pipelines.intake.parsing import is_blank, read_whole
from pipelines.intake.problems import Problem, problem
from pipelines.intake.staged import Part
from pipelines.intake.texts import SheetText
from pipelines.intake.vocabulary import PARTS
from pipelines.intake.words import plain, readings, tidy
from schemas import datasets
from schemas.dataset import SCHEMAS

REGISTER = "penduduk"
RECAP, PUPILS = "rekap_penduduk", "rekap_pendidikan"
BEFORE_A_LIST = r"((daftar|data|buku|rekap|rekapitulasi|laporan|register)( nama(-nama)?| jumlah)?|jumlah) *"
BY_TITLE = 'Di atas tabel tertulis "{}": ini {}, bukan seluruh warga RT, jadi tidak dibaca sebagai data {}. '
BY_HEADING = "Semua baris mengisi kolom {}: ini {}, bukan seluruh warga RT, jadi tidak dibaca sebagai data {}. "
BY_NAME = (
    "Lembar ini bernama '{}', seperti {}, dan lembar lain memuat warga, jadi tidak dibaca sebagai data Penduduk. "
    "Bila isinya warga yang belum tertulis di lembar lain, ganti nama lembarnya."
)
ASKED_BY_NAME = (
    "Lembar ini bernama '{}', seperti {}. Semua barisnya dihitung sebagai warga RT ini; bila bukan seluruh warga, "
    "jangan dikirim sebagai data Penduduk."
)
HEADS = (
    "Jumlah anggota keluarga seluruhnya {} orang, tetapi hanya {} orang yang tertulis, satu tiap keluarga: ini daftar "
    "kepala keluarga, jadi tidak dibaca sebagai data Penduduk. Tulis semua anggota keluarga, satu baris satu orang."
)
FEWEST_FAMILIES = 3  # that tell a list of heads from a register
OTHER_REGISTERS = ("kesejahteraan", "pendidikan", "ketenagakerjaan")
SOME_ONLY = (
    'Di atas tabel tertulis "{}", seperti {}. Data {} harus memuat semua, bukan sebagian saja: angkanya tidak mewakili '
    "RT ini bila ada yang tidak ditulis."
)
IF_ALL = "Bila memang seluruh warga, {}."
COMPLETED = (
    '"{}" menyebut pendidikan yang ditamatkan, sedangkan Rekap Pendidikan menghitung yang masih sekolah, jadi tidak '
    "dibaca. Bila memang yang masih sekolah, tulis Sekolah SD, Sekolah SMP, dan seterusnya."
)
VILLAGES = (
    "Kolom {} menyebut lebih dari satu desa atau kelurahan ({}). Semua baris dihitung sebagai warga kelurahan ini; "
    "bila bukan, pisahkan per kelurahan."
)
NEVER = "(?!)"
NOT_LETTERS = re.compile(r"[\W\d_]+")
VILLAGE_WORD = re.compile(r"(desa|kelurahan|kel)\b\.?", re.IGNORECASE)


@dataclass(frozen=True)
class _Partial:
    """One kind of list: its name, how a title of it begins, and headings that betray it where all rows fill them."""

    name: str
    title: re.Pattern[str]
    sheet: re.Pattern[str]  # how a sheet of it is called
    headings: frozenset[str]


@dataclass(frozen=True)
class _Left:
    """What tells that somebody is gone: a filled column, or the first words of a remark."""

    headings: frozenset[str]
    remarks: frozenset[str]
    words: re.Pattern[str]


@dataclass(frozen=True)
class _Declared:
    """All of `schemas/lists.toml`."""

    left: _Left
    partial: tuple[_Partial, ...]
    villages: frozenset[str]
    completed: re.Pattern[str]


@cache
def _declared() -> _Declared:
    entries = tomllib.loads((SCHEMAS / "lists.toml").read_text(encoding="utf-8"))
    left, partial = entries["left"], entries["partial"]
    return _Declared(
        _Left(_plain(left["headings"]), _plain(left["remarks"]), re.compile(left["words"], re.IGNORECASE)),
        tuple(
            _Partial(
                entry["name"],
                re.compile(rf"{BEFORE_A_LIST}({'|'.join(entry['titles'])})\b", re.IGNORECASE),
                re.compile(rf"({BEFORE_A_LIST})?({'|'.join(entry['names']) or NEVER})\b", re.IGNORECASE),
                _plain(entry["headings"]),
            )
            for entry in partial
        ),
        _plain(entries["villages"]),
        re.compile(entries["completed"]["words"], re.IGNORECASE),
    )


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, words))


def why_partial(part: Part) -> str | None:
    """Why the rows of a sheet are not what its headings say, None where nothing says so."""
    name = part.sheet.dataset
    if name == REGISTER:
        return _by_title(part) or _by_heading(part) or _heads_alone(part)
    if name == RECAP and plain(_heading(part, "penduduk_laki_laki")) in PARTS:
        return _by_title(part)  # men and women of whom, only the title says
    if name == PUPILS:
        own = (_heading(part, column) for column in part.sheet.columns if column not in ("rt", "rw", "dusun"))
        texts = (*_titles(part.sheet.texts, part.table), *own)
        said = next((text for text in texts if _declared().completed.search(text)), None)
        return COMPLETED.format(said) if said else None
    return None


def named_otherwise(parts: list[Part]) -> list[tuple[Part, str, bool]]:
    """The sheets of residents whose names say that they are lists of some, why, and whether they are not read.

    Beside a sheet of all residents they would count its people twice, or the dead; alone, the sender is only asked.
    """
    register = [part for part in parts if part.sheet.dataset == REGISTER]
    named = [(part, kind) for part in register if (kind := _kind_of_sheet(part.sheet.name))]
    beside = len(named) < len(register)
    why = BY_NAME if beside else ASKED_BY_NAME
    return [(part, why.format(part.sheet.name, kind), beside) for part, kind in named]


def _kind_of_sheet(name: str) -> str | None:
    words = NOT_LETTERS.sub(" ", name).strip()
    return next((kind.name for kind in _declared().partial if kind.sheet.match(words)), None)


def worth_asking(part: Part) -> list[str]:
    """What the officer should look at: rows of several villages, or of some families or people only."""
    found = [_several_villages(part)]
    if part.sheet.dataset in OTHER_REGISTERS and (said := _title_of_list(part)):
        found.append(SOME_ONLY.format(*said, datasets()[part.sheet.dataset].about().title))
    return [note for note in found if note]


def _by_title(part: Part) -> str | None:
    said = _title_of_list(part)
    title = datasets()[part.sheet.dataset].about().title
    return BY_TITLE.format(*said, title) + IF_ALL.format("ganti judulnya") if said else None


def _title_of_list(part: Part) -> tuple[str, str] | None:
    """The line above the table that makes it a list of some, and the kind of list."""
    for text in _titles(part.sheet.texts, part.table):
        for kind in _declared().partial:
            if kind.title.match(text):
                return text, kind.name
    return None


def _by_heading(part: Part) -> str | None:
    rows = part.rows.at.tolist()
    for place, words, heading in _unread(part):
        for kind in _declared().partial:
            if rows and words & kind.headings and not any(is_blank(part.texts(place)[row]) for row in rows):
                title = datasets()[part.sheet.dataset].about().title
                return BY_HEADING.format(heading, kind.name, title) + IF_ALL.format(f"hapus kolom {heading}")
    return None


def _heads_alone(part: Part) -> str | None:
    """Whether each row is a family of several members, of whom one stands there."""
    members = part.table.reading.columns.get("kesejahteraan", {}).get("jumlah_anggota")
    rows, place = part.rows.at.tolist(), part.sheet.columns["no_kk"]
    if members is None or len(rows) < FEWEST_FAMILIES or place >= part.sheet.width:
        return None
    cards = part.texts(place)
    if len({cards[row] for row in rows}) < len(rows):
        return None
    counts = [read_whole(part.texts(members)[row]) for row in rows]
    stated = sum(count for count in counts if isinstance(count, int))
    return HEADS.format(stated, len(rows)) if stated >= 2 * len(rows) else None


def _heading(part: Part, column: str) -> str:
    place = part.sheet.columns[column]
    return tidy(part.table.reading.texts[place][0]) if place < len(part.table.reading.texts) else ""


def _several_villages(part: Part) -> str | None:
    """The sheet's column of villages, where it names more than one: whose rows are counted here all the same."""
    for place, words, heading in _unread(part):
        if words & _declared().villages:
            texts = [tidy(shown(part.texts(place)[row])) for row in part.rows.at.tolist()]
            named = {plain(VILLAGE_WORD.sub("", text)): text for text in texts if text and is_telling(text)}
            if len(named) > 1:
                return VILLAGES.format(heading, ", ".join(sorted(named.values())[:3]))
    return None


def gone(part: Part) -> list[Problem]:
    """The rows of a register that say that somebody died or moved away, where no Status Dasar says it."""
    if part.sheet.dataset != REGISTER or "status_dasar" in part.sheet.columns:
        return []
    left = _declared().left
    found = []
    for place, words, heading in _unread(part):
        telling = bool(words & left.headings)
        if not telling and not words & left.remarks:
            continue
        texts = part.texts(place)
        for row in part.rows.at.tolist():
            text = tidy(shown(texts[row]))
            if not is_blank(text) and (telling or left.words.match(text)):
                cell = f"{column_letters(place)}{row + 1}"
                at = {"sheet": part.sheet.name, "row": row + 1, "cell": cell}
                found.append(problem("LIFE01", **at, label=heading, value=text))
    return found


def _titles(sheet: SheetText, table: Table) -> list[str]:
    """The lines above the headings, each as one text."""
    lines = (" ".join(tidy(shown(cell)) for cell in row if cell.strip()) for row in sheet.rows(table.heading_row))
    return [line for line in lines if line]


def _unread(part: Part) -> list[tuple[int, frozenset[str], str]]:
    """Place, plain words and heading of each column that no dataset has."""
    reading = part.table.reading
    used = {place for placed in reading.columns.values() for place in placed.values()}
    return [
        (place, frozenset(word for way in ways for word in readings(way)), tidy(ways[0]))
        for place, ways in enumerate(reading.texts)
        if place not in used and ways[0].strip()
    ]
