"""MS-Keg: the activity, from `[kegiatan]` of cantik.toml and from what the program knows itself."""

import datetime as dt
from collections.abc import Mapping

from pipelines.activity import BY_OFFICE, OTHER_KEY, Question, questions
from pipelines.publishing.metadata.form import UNFILLED, Ask, Form, Missing, Record
from pipelines.publishing.workbook_titles import day

ASKS = (
    Ask("R", "kode", "Rincian", 9),
    Ask("T", "label", "Uraian", 36),
    Ask("J", "jawaban", "Jawaban", 50),
    Ask("P", "pilihan", "Pilihan jawaban", 44),
    Ask("A", "asal", "Diisi oleh", 14),
    Ask("K", "nama", "Nama isian", 28),
)
FROM_OFFICE, FROM_PROGRAM, PROPOSED = "Kantor", "Cantik", "Cantik (usulan)"
TOML = {
    "teks": '"..."',
    "bilangan": "5",
    "pilihan": "kode",
    "gabungan": "jumlah kode",
    "tanggal": "2025-10-15",
    "rentang": "[2025-07-01, 2025-09-30]",
}


def ms_keg(about: dict[str, str], said: Mapping[str, object], facts: Mapping[str, str | int]) -> Form:
    """The form with the office's answers, the program's, and what is missing said to be missing."""
    records, missing = [], []
    for question in questions():
        answer, origin = answered(question, said, facts)
        told = {
            "kode": question.kode,
            "label": question.label,
            "jawaban": answer,
            "pilihan": "; ".join(f"{code} {words}" for code, words in question.pilihan.items()) or "-",
            "asal": origin,
            "nama": question.nama,
        }
        records.append(Record(question.blok, told))
        if origin == UNFILLED:
            missing.append(Missing(f"MS-Keg {question.kode}", question.label, how(question)))
    return Form("MS-Keg", "Metadata Statistik Kegiatan (MS-Keg)", about, ASKS, records, "blok", missing)


def answered(question: Question, said: Mapping[str, object], facts: Mapping[str, str | int]) -> tuple[str, str]:
    """The answer as the form shows it, and whose it is; the office's own word goes before a proposal."""
    if question.oleh in BY_OFFICE and question.nama in said:
        other = str(said.get(f"{question.nama}{OTHER_KEY}", ""))
        return question.told(_dated(said[question.nama]), other), FROM_OFFICE
    if question.fakta is not None and question.fakta in facts:
        fact = facts[question.fakta]
        return question.told(fact, str(facts.get(f"{question.fakta}{OTHER_KEY}", ""))), _origin(question)
    if question.isi is not None:
        return question.told(question.isi, question.lainnya), _origin(question)
    return UNFILLED, UNFILLED


def how(question: Question) -> str:
    """The line that the office writes to answer."""
    if question.oleh == "bps":
        return f"[kegiatan] {question.nama} = {TOML['teks']} setelah BPS memberikannya"
    listed = "; ".join(f"{code} {words}" for code, words in question.pilihan.items())
    return f"[kegiatan] {question.nama} = {TOML[question.jenis]}" + (f" ({listed})" if listed else "")


def _origin(question: Question) -> str:
    return PROPOSED if question.oleh == "usulan" else FROM_PROGRAM


def _dated(answer: object) -> object:
    """Dates in words."""
    if isinstance(answer, list):
        return " s.d. ".join(day(date) for date in answer)
    return day(answer) if isinstance(answer, dt.date) else answer
