"""Headings that may not be taken at their word: one above several columns of numbers, a count beside a family's number.

Each would be read without a fault and wrong: men of one age for all men, a family's answer for the count of its RT.
"""

from pipelines.intake.cells import column_letters, shown
from pipelines.intake.headings import Table
from pipelines.intake.parsing import is_blank
from pipelines.intake.problems import Problem
from pipelines.intake.refusing import refused_at
from pipelines.intake.sheets import identities
from pipelines.intake.texts import SheetText
from schemas import datasets
from schemas.kinds import Amount, Place, Whole

SEVERAL = (
    "Judul {} berdiri di atas beberapa kolom angka ({} sampai {}), jadi tidak jelas mana yang dimaksud. Tulis judul "
    "sendiri di atas tiap kolom; yang berisi jumlah seluruhnya diberi judul {}."
)
PLACES = (
    "Judul {} berdiri di atas beberapa kolom angka ({} sampai {}), jadi tidak jelas mana RT dan mana RW. Tulis RT dan "
    "RW di atas kolomnya masing-masing."
)
LISTED = (
    "Tiap baris menyebut {}, jadi ini daftar keluarga atau orang, bukan hitungan tiap RT: tidak dibaca sebagai data "
    "{}. Tulis satu baris untuk tiap RT, atau lengkapi judulnya seperti di templat; bila memang satu RT satu baris, "
    "hapus kolom {}."
)
IDENTITIES = ("nik", "no_kk")
Columns = dict[str, dict[str, int]]  # dataset -> column -> place


def group_of(sheet: SheetText, table: Table, columns: Columns) -> Problem | None:
    """The first heading of a number that stands above several columns of them; only one of these can be meant."""
    if table.reading.layout:
        return None
    for name, placed in columns.items():
        for column, place in placed.items():
            spec = datasets()[name].columns()[column]
            if isinstance(spec.kind, Amount | Whole | Place) and (last := _last_below(sheet, table, place)) > place:
                letters = column_letters(place), column_letters(last)
                sentence = PLACES if isinstance(spec.kind, Place) else SEVERAL
                return refused_at(sheet, table, sentence.format(spec.label, *letters, spec.label), place)
    return None


def _last_below(sheet: SheetText, table: Table, place: int) -> int:
    """The last of the columns with numbers that a heading stands above; its own where it is of one column."""
    texts, rows = table.reading.texts, range(table.first_row, sheet.height)
    lines = range(table.heading_row, table.first_row)
    merged = max(
        (right for (top, left), (_, right) in sheet.merged if left == place and top in lines),
        default=place,
    )
    last = further = place
    while further + 1 < len(texts) and not any(way.strip() for way in texts[further + 1]):
        further += 1
        headed = further <= merged or any(any(way.strip() for way in ways) for ways in texts[further + 1 :])
        parted = _is_word(sheet, table, place) and _is_word(sheet, table, further)
        if (headed or parted) and any(_is_number(sheet.columns[further][row]) for row in rows):
            last = further
    stands = last > place and any(_is_number(sheet.columns[place][row]) for row in rows)
    return last if stands else place


def _is_word(sheet: SheetText, table: Table, place: int) -> bool:
    """Whether the cell below the headings holds a word: what may be their lower line."""
    cell = sheet.columns[place][table.first_row] if table.first_row < sheet.height else ""
    return not is_blank(cell) and not _is_number(cell)


def _is_number(text: str) -> bool:
    return shown(text).strip().replace(".", "").isdigit()


def listed_instead(sheet: SheetText, table: Table, columns: Columns) -> Problem | None:
    """Why what looks like counts of an RT is none: its rows bear the numbers of families or people."""
    if any(datasets()[name].about().register is None for name in columns):
        return None
    for placed in table.reading.columns.values():
        for key in IDENTITIES:
            place = placed.get(key, len(sheet.columns))
            if place < len(sheet.columns) and identities(sheet.columns[place])[table.first_row :].any():
                label = "NIK" if key == "nik" else "Nomor KK"
                title = datasets()[next(iter(columns))].about().title
                return refused_at(sheet, table, LISTED.format(label, title, label), place)
    return None
