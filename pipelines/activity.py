"""What the office says of its statistical activity: `[kegiatan]` of `cantik.toml`, checked against the form MS-Keg."""

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from functools import cache

from pipelines.errors import OfficerError

BY_OFFICE = ("kantor", "usulan", "bps")  # who may be answered for in cantik.toml
OTHER = "Lainnya"
OTHER_KEY = "_lainnya"


@dataclass(frozen=True)
class Question:
    """One question of `schemas/forms/ms_keg.toml`, where its keys are explained."""

    blok: str
    kode: str
    nama: str
    label: str
    oleh: str
    jenis: str = "teks"
    pilihan: dict[str, str] = field(default_factory=dict)
    boleh: tuple[int, ...] = ()
    isi: str | int | None = None
    fakta: str | None = None
    lainnya: str = ""

    @property
    def codes(self) -> list[int]:
        """The codes that an answer may hold."""
        return list(self.boleh) or [int(code) for code in self.pilihan]

    @property
    def has_other(self) -> bool:
        """Whether the last choice asks for words."""
        return OTHER in self.pilihan.values()

    def told(self, answer: object, other: str = "") -> str:
        """An answer as the form shows it: a code with its words, a sum of codes with all of theirs, a text as it is."""
        if self.jenis not in ("pilihan", "gabungan") or not isinstance(answer, int):
            return str(answer)
        if self.jenis == "pilihan":
            return f"{answer} {self.pilihan[str(answer)]}"
        parts = [f"{code} {words}" for code, words in self.pilihan.items() if answer & int(code)]
        listed = "; ".join(f"{part}: {other}" if other and part.endswith(OTHER) else part for part in parts)
        return listed if len(parts) == 1 else f"{answer} = {listed}"


@cache
def questions() -> tuple[Question, ...]:
    """The form's questions in its order."""
    # Not above: every reading process imports what the program starts with, and pandas takes it a third of a second.
    from schemas.dataset import SCHEMAS

    entries = tomllib.loads((SCHEMAS / "forms" / "ms_keg.toml").read_text(encoding="utf-8"))["isian"]
    return tuple(Question(**entry | {"boleh": tuple(entry.get("boleh", ()))}) for entry in entries)


def read_activity(table: dict[str, object]) -> dict[str, object]:
    """The office's answers by the name of the question, checked. Raises OfficerError for what is wrong.

    An empty text is no answer, so an officer may keep a line that nobody has filled yet.
    """
    known = {q.nama: q for q in questions() if q.oleh in BY_OFFICE}
    others = {f"{name}{OTHER_KEY}" for name, question in known.items() if question.has_other}
    answers: dict[str, object] = {}
    for key, value in table.items():
        if key not in known and key not in others:
            raise OfficerError(
                f"cantik.toml: [kegiatan] tidak mengenal {key}. Nama isiannya ada di README dan di lembar Belum diisi."
            )
        if value not in ("", []):
            answers[key] = _words(key, value) if key in others else _checked(known[key], value)
    return answers


def _checked(question: Question, value: object) -> object:
    """The answer in its kind. Raises OfficerError with an example."""
    if question.jenis == "teks":
        return _words(question.nama, value)
    if question.jenis == "bilangan" and _is_whole(value):
        return value
    if question.jenis == "pilihan" and _is_whole(value) and value in question.codes:
        return value
    if (
        question.jenis == "gabungan"
        and isinstance(value, int)
        and _is_whole(value)
        and 0 < value <= sum(question.codes)
    ):
        return value
    if question.jenis == "tanggal" and _is_day(value):
        return value
    if question.jenis == "rentang" and isinstance(value, list) and len(value) == 2 and all(map(_is_day, value)):
        return value
    raise OfficerError(f"cantik.toml: [kegiatan] {question.nama} salah. Tulis {_example(question)}.")


def _words(key: str, value: object) -> str:
    """A text on one line."""
    if not isinstance(value, str):
        raise OfficerError(f'cantik.toml: [kegiatan] {key} salah. Tulis teks di antara tanda kutip, {key} = "...".')
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _example(question: Question) -> str:
    """How to write an answer of this kind."""
    listed = ", ".join(f"{code} {words}" for code, words in question.pilihan.items() if int(code) in question.codes)
    return {
        "bilangan": f"bilangan bulat, misalnya {question.nama} = 5",
        "pilihan": f"salah satu kode tanpa tanda kutip: {listed}",
        "gabungan": f"jumlah kode yang berlaku, tanpa tanda kutip: {listed}",
        "tanggal": f"tanggal tanpa tanda kutip, misalnya {question.nama} = 2025-10-15",
        "rentang": f"dua tanggal, misalnya {question.nama} = [2025-07-01, 2025-09-30]",
    }[question.jenis]
