"""Why a file that could be read holds nothing to be used, in one sentence."""

from pipelines.intake.cells import column_letters, shown
from pipelines.intake.headings import ROWS_SEARCHED, Table
from pipelines.intake.problems import Problem
from pipelines.intake.refusals import AT_RT, TO_ADD
from pipelines.intake.texts import SheetText
from pipelines.intake.vocabulary import is_known
from pipelines.intake.words import tidy
from pipelines.intake.workbook import Book
from schemas import datasets

NONE_KNOWN = "Tidak ada judul kolom yang dikenal. Pakai judul seperti di templat, misalnya NIK, Nomor KK, Nama Lengkap."
TOO_FEW = (
    "Judul kolom yang dikenal hanya {}, belum cukup untuk satu data pun. Pakai judul seperti di templat, misalnya NIK, "
    "Nomor KK, Nama Lengkap, atau untuk rekap Jumlah KK, Penduduk Laki-laki, Penduduk Perempuan."
)
LYING = (
    "Tabel di sheet '{}' melintang: judulnya ({}) berdiri ke bawah di kolom {}, padahal harus di atas kolom, satu "
    "baris untuk tiap RT. Salin tabelnya, lalu Tempel Khusus dengan pilihan Ubah Urutan (Transpose)."
)
FEWEST_LYING = 3  # headings one below another that are no row's answers


def why_nothing(book: Book, refused: list[Problem], tables: list[tuple[str, Table]]) -> str:
    """The sheet that lacks least, else what the book as a whole lacks."""
    if refused:
        # Of several sheets the one that lacks least is worth mending first.
        least = (AT_RT, TO_ADD, "")
        first = min(refused, key=lambda fault: next(at for at, word in enumerate(least) if word in fault.message))
        return f"Sheet '{first.sheet}': {first.message}"
    if not any(sheet.height for sheet in book.sheets):
        return "Berkas tidak berisi data. Isi tabelnya, lalu kirim ulang."
    if all(sheet.hidden for sheet in book.sheets if sheet.height):
        return "Semua sheet tersembunyi. Tampilkan sheet yang berisi data, lalu kirim ulang."
    for sheet in book.sheets:
        if not sheet.hidden and (lying := _lying(sheet)):
            return LYING.format(sheet.name, *lying)
    known = max((_known_labels(table) for _, table in tables), key=len, default=[])
    return TOO_FEW.format(", ".join(known)) if len(known) > 1 else NONE_KNOWN


def _known_labels(table: Table) -> list[str]:
    """The columns that a table has of the dataset of which it has most."""
    named = ([datasets()[name].columns()[c].label for c in placed] for name, placed in table.reading.columns.items())
    return max(named, key=len, default=[])


def _lying(sheet: SheetText) -> tuple[str, str] | None:
    """The headings that stand one below another in one of the first columns, and its letter."""
    for place, texts in enumerate(sheet.columns[:3]):
        words = [tidy(shown(texts[row])) for row in range(min(sheet.height, ROWS_SEARCHED))]
        known = [word for word in words if word and words.count(word) == 1 and is_known(word, None)]
        if len(known) >= FEWEST_LYING:
            return ", ".join(known[:3]), column_letters(place)
    return None
