"""A metadata form: its questions, its records, and the JSON that says the same as the workbook."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

UNFILLED = "belum diisi"
BASIS = "Peraturan BPS 5/2020 tentang petunjuk teknis metadata statistik"


@dataclass(frozen=True)
class Ask:
    """One question of a form: its number, a stable name for programs, its words, and how wide its answers stand."""

    kode: str
    nama: str
    label: str
    width: float = 20


@dataclass(frozen=True)
class Record:
    """One filled form (MS-Keg), or one variable or indicator; `group` is the band that it stands under."""

    group: str
    answers: dict[str, str]


@dataclass(frozen=True)
class Missing:
    """An answer that nobody has given: where, what, and how to give it."""

    where: str
    label: str
    how: str


@dataclass(frozen=True)
class Form:
    """A form with its answers. `about` identifies the activity; `lists` are the classifications that answers name."""

    code: str
    title: str
    about: dict[str, str]
    asks: Sequence[Ask]
    records: Sequence[Record]
    group: str
    missing: Sequence[Missing] = ()
    lists: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def as_json(form: Form) -> str:
    """The form as JSON. `isian` are its questions, `rekaman` its records, with one answer a question by its `nama`."""
    told: dict[str, object] = {
        "formulir": form.code,
        "judul": form.title,
        "dasar": BASIS,
        "kegiatan": form.about,
        "isian": [{"kode": ask.kode, "nama": ask.nama, "label": ask.label} for ask in form.asks],
        "rekaman": [{form.group: record.group} | record.answers for record in form.records],
        "belum_diisi": [{"pada": m.where, "isian": m.label, "cara": m.how} for m in form.missing],
    }
    if form.lists:
        told["klasifikasi"] = {
            name: [{"kode": code, "label": label} for code, label in entries] for name, entries in form.lists.items()
        }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
