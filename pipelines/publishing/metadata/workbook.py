"""A metadata form as a workbook that an office files: the form, its classifications, and what is still missing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from pipelines.publishing.metadata.form import BASIS, UNFILLED, Form, Missing, Record
from pipelines.publishing.metadata.ms_keg import PROPOSED
from pipelines.publishing.workbook_figures import Cell, text
from pipelines.publishing.workbook_file import write_sheets
from pipelines.publishing.workbook_layout import SOURCE, Column, Row, Sheet

COLLECTED = ("nomor", "nama_variabel", "konsep", "definisi", "referensi_waktu")  # what MS-Keg 3.4 asks of a variable
NUMBERED = ("MS-Var", "MS-Ind")  # forms whose questions are numbered columns
LINE = "." * 24
SIGNED = {"MS-Keg": (f"Tempat, tanggal: {LINE}   Penanggung jawab: {LINE}   NIP: {LINE}",)}
HOW_TO = (
    "Tulis jawaban di data/cantik.toml pada bagian [kegiatan], lalu jalankan cantik run; formulir ini ditulis ulang.",
    "Cantik tidak pernah mengarang isian: yang hanya diketahui kantor tetap tertulis belum diisi sampai diisi.",
)


def write_form(form: Form, sheets: Sequence[Sheet], date: dt.date, path: Path) -> None:
    """Write the form's workbook; the same answers give the same bytes."""
    running = (f"{form.title}, {form.about['judul']}", f"Rilis {form.about['rilis']}")
    write_sheets(
        path,
        sheets,
        running,
        date,
        title=running[0],
        subject=BASIS,
        author=form.about["penyelenggara"],
        comments=f"{SOURCE}. {running[1]}.",
    )


def form_sheet(form: Form, name: str = "") -> Sheet:
    """The form as one table: a band a group, a row a record."""
    numbered = form.code in NUMBERED
    columns = [
        Column(f"{ask.label} ({ask.kode})" if numbered and ask.kode else ask.label, ask.width) for ask in form.asks
    ]
    rows = _banded(
        (record.group, tuple(_cell(record.answers[ask.nama]) for ask in form.asks)) for record in form.records
    )
    return _sheet(
        form, name or form.code, form.title, columns, rows, 3 if numbered else 2, notes=SIGNED.get(form.code, ())
    )


def pages_sheet(form: Form, name: str) -> Sheet:
    """The form as it is filed: one block a record, a row a question. `name` is the question that names a record."""
    columns = [Column("Rincian", 9), Column("Uraian", 36), Column("Isian", 78)]
    rows = _banded(
        (f"{record.answers['nomor']}. {record.answers[name]}", (Cell(ask.kode, "code"), text(ask.label), cell))
        for record in form.records
        for ask in form.asks[1:]
        for cell in [_cell(record.answers[ask.nama])]
    )
    return _sheet(form, form.code, form.title, columns, rows, landscape=False)


def list_sheet(form: Form) -> Sheet:
    """Every code of every classification that the form names."""
    columns = [Column("Klasifikasi", 24), Column("Kode", 8), Column("Keterangan", 70)]
    rows = _banded(
        (name, (text(name), Cell(code, "code"), text(label)))
        for name, entries in form.lists.items()
        for code, label in entries
    )
    return _sheet(form, "Klasifikasi", "Klasifikasi Isian Variabel", columns, rows, landscape=False)


def collected_sheet(form: Form, variables: Form) -> Sheet:
    """MS-Keg 3.4: the variables collected, as MS-Var says them."""
    asks = [ask for name in COLLECTED for ask in variables.asks if ask.nama == name]
    columns = [Column(ask.label, max(ask.width, 6) * 1.3) for ask in asks]
    rows = _banded((r.group, tuple(_cell(r.answers[ask.nama]) for ask in asks)) for r in variables.records)
    return _sheet(
        form, "R.3.4", "Rincian 3.4 Variabel (Karakteristik) yang Dikumpulkan", columns, rows, landscape=False
    )


def missing_sheet(form: Form, missing: Sequence[Missing]) -> Sheet:
    """What the officer must write, and the proposals to look over."""
    columns = [Column("Pada", 26), Column("Isian", 62), Column("Cara mengisi", 62)]
    lines: list[tuple[str, tuple[Cell, ...]]] = [
        ("Belum diisi", (text(m.where), text(m.label), text(m.how))) for m in missing
    ]
    lines += [("Usulan Cantik, periksa", _proposal(r)) for r in form.records if r.answers.get("asal") == PROPOSED]
    return _sheet(form, "Belum diisi", "Yang Perlu Diisi dan Diperiksa Kantor", columns, _banded(lines), notes=HOW_TO)


def _proposal(record: Record) -> tuple[Cell, ...]:
    told = record.answers
    how = f"Bila lain, [kegiatan] {told['nama']} = ..."
    return text(f"MS-Keg {told['kode']}"), text(f"{told['label']}: {told['jawaban']}"), text(how)


def _sheet(
    form: Form,
    name: str,
    title: str,
    columns: list[Column],
    rows: list[Row],
    fixed: int = 1,
    landscape: bool = True,
    notes: Sequence[str] = (),
) -> Sheet:
    about = form.about
    told = f"Penyelenggara: {about['penyelenggara']}. Kode kegiatan: {about['kode_kegiatan']}. Rilis: {about['rilis']}."
    return Sheet(
        name=name,
        title=title,
        territory=f"{about['judul']}, {about['periode']}",
        subtitle=told,
        columns=columns,
        rows=rows,
        notes=[*notes, f"Formulir menurut {BASIS}.", f"{SOURCE}."],
        fixed=fixed,
        landscape=landscape,
    )


def _banded(lines: Iterable[tuple[str, tuple[Cell, ...]]]) -> list[Row]:
    """Rows under a band for each run of one group."""
    rows = []
    for group, members in groupby(lines, key=lambda line: line[0]):
        cells = [cells for _, cells in members]
        rows.append(Row((Cell(group, "heading"), *(Cell(None) for _ in cells[0][1:])), "band"))
        rows += [Row(cell, "prose") for cell in cells]
    return rows


def _cell(answer: str) -> Cell:
    return Cell(answer, "unfilled") if answer == UNFILLED else text(answer)
