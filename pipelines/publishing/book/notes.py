"""Notes below a table of the book: whom it covers, how it is made, what its signs mean, where it comes from."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from pipelines.publishing.book.building import Built
from pipelines.publishing.book.declared import PERIODS
from pipelines.publishing.book.reading import Book
from pipelines.publishing.numbers import as_written, number
from pipelines.publishing.workbook_layout import Row
from pipelines.publishing.workbook_notes import notes_below
from pipelines.publishing.workbook_publication import Figure

NOT_YET = "…"  # the sign of BPS publications for figures that are not available
MEANING = f"{NOT_YET}: Belum tersedia pada rilis ini; bukan nol."
STOCK, BIRTHS, DEATHS, MOVES = "jumlah_penduduk", "jumlah_kelahiran", "jumlah_kematian", "migrasi_neto"


def notes_of(book: Book, built: Built, rows: Iterable[Row]) -> list[str]:
    """The notes of a table, its source last."""
    rows = list(rows)
    table = built.table
    told = [f"Cakupan: {table.universe}", *([f"Metode: {table.method}"] if table.method else []), *table.notes]
    if table.dimension:
        told += _coverage(book, built)
    if any(entry.code in book.with_line for entry in built.entries):
        told.append(_line(book.line))
    if table.rows == PERIODS and {STOCK, BIRTHS, DEATHS, MOVES} <= set(table.codes):
        told += _balance(book, built)
    *signs, source = notes_below(rows, built.entries)
    if any(cell.value == NOT_YET for row in rows for cell in row.cells):
        signs.append(MEANING)
    return [*told, *signs, source]


def _coverage(book: Book, built: Built) -> list[str]:
    """RTs behind a table whose rows have no columns for them."""
    if len(book.areas) > 1 or not built.lines:
        return []
    reported, expected = built.lines[-1].coverage
    return [f"RT masuk / RT seharusnya: {reported} / {expected}."] if reported is not None else []


def _line(rupiah: Decimal | None) -> str:
    if rupiah is None:
        return "Garis kemiskinan periode ini belum diisi kantor, sehingga angkanya belum dihitung."
    return f"Garis kemiskinan: Rp{number(float(rupiah))} per orang per bulan (BPS)."


def _balance(book: Book, built: Built) -> list[str]:
    """Whether the stock follows from its flows: published figures of one area, all its RTs in, and nothing else."""
    if len(book.areas) > 1:
        return []
    codes = [heading.indicator for heading in built.headings]
    of = {line.label: dict(zip(codes, (value.figure for value in line.values), strict=True)) for line in built.lines}
    told = []
    for before, after in pairwise(of):
        stock = _complete(of[before][STOCK])
        now, births, deaths, moves = (_complete(of[after][code]) for code in (STOCK, BIRTHS, DEATHS, MOVES))
        if stock is None or now is None or births is None or deaths is None:
            told.append(
                f"{after}: perubahan belum dapat diperiksa karena laporan RT belum lengkap untuk satu angkanya."
            )
            continue
        parts = [f"kelahiran dikurangi kematian {_signed(births - deaths)}"]
        causes = "pindah, datang, atau koreksi daftar"
        if moves is not None:
            parts.append(f"datang dikurangi pindah {_signed(moves)}")
            causes = "koreksi daftar"
        rest = now - stock - births + deaths - (moves or 0)
        told.append(
            f"{after}: penduduk berubah {_signed(now - stock)}; {'; '.join(parts)}; "
            f"sisanya {_signed(rest)} karena {causes}."
        )
    return told


def _signed(change: float) -> str:
    """`+1.234`."""
    return as_written(f"{change:+,.0f}")


def _complete(figure: Figure | None) -> float | None:
    return figure.value if figure is not None and figure.reported == figure.expected else None
