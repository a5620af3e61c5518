"""Why a file that could be read holds nothing to be used, in one sentence."""

from pipelines.intake.headings import Table
from pipelines.intake.problems import Problem
from pipelines.intake.refusals import AT_RT, TO_ADD
from pipelines.intake.workbook import Book
from schemas import datasets

NONE_KNOWN = "Tidak ada judul kolom yang dikenal. Pakai judul seperti di templat, misalnya NIK, Nomor KK, Nama Lengkap."
TOO_FEW = (
    "Judul kolom yang dikenal hanya {}, belum cukup untuk satu data pun. Pakai judul seperti di templat, misalnya NIK, "
    "Nomor KK, Nama Lengkap, atau untuk rekap Jumlah KK, Penduduk Laki-laki, Penduduk Perempuan."
)


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
    known = max((_known_labels(table) for _, table in tables), key=len, default=[])
    return TOO_FEW.format(", ".join(known)) if len(known) > 1 else NONE_KNOWN


def _known_labels(table: Table) -> list[str]:
    """The columns that a table has of the dataset of which it has most."""
    named = ([datasets()[name].columns()[c].label for c in placed] for name, placed in table.reading.columns.items())
    return max(named, key=len, default=[])
