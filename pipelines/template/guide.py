"""The first sheet: what a ketua RT has to know, and where the RT stood, on one page."""

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from pipelines.periods import Period
from pipelines.publishing.workbook_titles import day
from pipelines.template.accepted import Accepted
from pipelines.template.choices import registers
from pipelines.template.looks import Looks
from pipelines.template.recipient import Recipient
from pipelines.template.wording import LISTS, period_title, unit

NUMBER, WORDS, FIGURE = 0, 1, 2  # columns
A4, MARGIN, CHARACTERS_A_LINE, LINE_HEIGHT = 9, 0.5, 96, 16
MOVEMENTS = (("Lahir", "+"), ("Datang", "+"), ("Meninggal", "-"), ("Pindah", "-"))


def write_guide(sheet: Worksheet, to: Recipient, period: Period, accepted: Accepted, looks: Looks) -> None:
    """Write the guide; with earlier data it says what to correct and opens the population balance."""
    sheet.hide_gridlines(2)
    sheet.set_column(NUMBER, NUMBER, 5)
    sheet.set_column(WORDS, WORDS, 78)
    sheet.set_column(FIGURE, FIGURE, 14)
    row = _titles(sheet, to, period, looks)
    if accepted.period:
        row = _section(sheet, row, "Berkas ini sudah terisi", list(_corrections(accepted, accepted.period)), looks)
    if accepted.residents is not None and accepted.period:
        row = _balance(sheet, row, accepted.residents, accepted.period, period, looks)
    row = _section(sheet, row, "Cara mengisi", list(_steps(period)), looks)
    _section(sheet, row, "Sesudah selesai", list(_closing(to)), looks)
    sheet.protect("", {"select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True})
    sheet.set_paper(A4)
    sheet.set_margins(MARGIN, MARGIN, MARGIN, MARGIN)
    sheet.fit_to_pages(1, 0)


def _titles(sheet: Worksheet, to: Recipient, period: Period, looks: Looks) -> int:
    lines = (
        (f"Petunjuk untuk Ketua {to.name}", "title", 32),
        (to.kelurahan, "place", 22),
        (f"{period_title(period)}, keadaan pada {day(period.reference_date)}", "place", 22),
    )
    for row, (text, look, height) in enumerate(lines):
        sheet.set_row(row, height)
        sheet.write_string(row, NUMBER, text, looks.named(look))
    for column in (NUMBER, WORDS, FIGURE):
        sheet.write_blank(len(lines), column, None, looks.named("rule"))
    sheet.set_row(len(lines), 8)
    return len(lines) + 1


def _corrections(accepted: Accepted, last: Period) -> Iterator[str]:
    yield f"Isinya data {last.title} yang sudah diterima kelurahan. Perbaiki yang berubah saja."
    yield "Yang meninggal atau pindah: jangan dihapus; ubah Status Dasar menjadi Mati atau Pindah."
    yield "Bayi yang lahir dan warga yang datang: tambahkan di baris kosong di bawah."
    yield "Periksa juga sheet lain: sekolah, pekerjaan, pengeluaran, dan bantuan bisa sudah berubah."
    if accepted.held:
        yield (
            f"{accepted.held} baris pada {last.title} belum diterima karena ada yang salah, jadi tidak ada di sini. "
            "Tulis lagi dengan benar; tanyakan baris yang mana kepada kelurahan."
        )


def _balance(sheet: Worksheet, row: int, residents: int, last: Period, period: Period, looks: Looks) -> int:
    """The opening population, four cells to fill in, and the closing population as their sum."""
    row = _heading(sheet, row, f"Neraca penduduk {period.title}", looks)
    first = row
    named = looks.named
    sheet.write_string(row, WORDS, f"Penduduk awal ({day(last.reference_date)})", named("plain"))
    sheet.write_number(row, FIGURE, residents, named("count"))
    for word, sign in MOVEMENTS:
        row += 1
        sheet.write_string(row, WORDS, f"{'Ditambah' if sign == '+' else 'Dikurangi'} {word.lower()}", named("plain"))
        sheet.write_blank(row, FIGURE, None, named("count_open"))
        sentence = {"error_title": word, "error_message": "Tulis banyaknya orang, angkanya saja."}
        sheet.data_validation(
            row, FIGURE, row, FIGURE, {"validate": "integer", "criteria": ">=", "value": 0} | sentence
        )
    row += 1
    cells = [f"C{first + 1}", *(f"{sign}C{first + 2 + at}" for at, (_, sign) in enumerate(MOVEMENTS))]
    sheet.write_string(row, WORDS, f"Penduduk akhir ({day(period.reference_date)})", named("plain"))
    sheet.write_formula(row, FIGURE, f"={''.join(cells)}", named("sum"), residents)
    for line in range(first, row + 1):
        sheet.set_row(line, 20)
    note = "Penduduk akhir harus sama dengan banyaknya warga yang hidup dan tinggal di RT ini pada sheet Penduduk."
    sheet.write_string(row + 1, WORDS, note, named("note"))
    return row + 3


def _steps(period: Period) -> Iterator[str]:
    for dataset in registers():
        yield f"Sheet {dataset.about().title}: {unit(dataset)}."
    yield f"Yang ditulis adalah keadaan pada {day(period.reference_date)}. Yang lahir sesudahnya dilaporkan nanti."
    yield "Judul biru tua bertanda * wajib diisi. Kolom lain boleh kosong bila belum diketahui."
    yield "NIK dan Nomor KK: 16 angka tanpa spasi atau titik. Bila NIK belum terbit, tulis 0."
    yield "Sel NIK dan Nomor KK sudah berbentuk teks supaya angkanya tidak rusak. Jangan diubah."
    yield "Tanggal: hari-bulan-tahun, misalnya 31-12-1990. Lihat lagi hasilnya, hari harus di depan."
    yield f"Kolom berdaftar: klik selnya, klik panah kecil, lalu pilih. Lihat juga sheet {LISTS}."
    yield "Arahkan penunjuk ke judul kolom untuk membaca penjelasannya."
    yield "Nomor RT dan RW sudah tertulis di atas tabel. Nomor itu dan judul kolom jangan diubah."
    yield "Sel kuning pada baris yang sudah diisi berarti masih ada yang wajib diisi."


def _closing(to: Recipient) -> Iterator[str]:
    yield f"Simpan tetap sebagai .xlsx, lalu kirim ke kantor {to.kelurahan}."
    yield "Berkas ini memuat data pribadi warga. Kirim hanya ke kelurahan, jangan dibagikan di grup."


def _heading(sheet: Worksheet, row: int, text: str, looks: Looks) -> int:
    sheet.set_row(row, 26)
    sheet.write_string(row, NUMBER, text, looks.named("section"))
    return row + 1


def _section(sheet: Worksheet, row: int, title: str, sentences: list[str], looks: Looks) -> int:
    """Numbered sentences under a heading; returns the row for what follows."""
    row = _heading(sheet, row, title, looks)
    for number, sentence in enumerate(sentences, start=1):
        lines = -(-len(sentence) // CHARACTERS_A_LINE)
        sheet.set_row(row, LINE_HEIGHT * lines + 5)
        sheet.write_number(row, NUMBER, number, looks.named("number"))
        sheet.merge_range(row, WORDS, row, FIGURE, sentence, looks.named("prose"))
        row += 1
    return row + 1
