"""An office's own layout: the mapping that an officer confirmed, written as one more layout file."""

import json
import re
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.intake.layouts import Layouts
from pipelines.intake.offers import Offer
from pipelines.intake.words import plain
from schemas import datasets

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,40}")
MARKS = 3  # headings that betray a new layout, where fewer had to be mapped
HEAD = """\
# Tata letak buatan kantor ini. Kiri: judul kolom di berkas. Kanan: nama kolom Cantik; "" berarti tidak dibaca.
# Bila ada yang salah, perbaiki bagian kanan, simpan, lalu jalankan lagi cantik check. Bila tidak dipakai, hapus saja.
# Nama kolom Cantik: {columns}
# Kode yang berbeda dapat diartikan dengan bagian seperti ini (kiri kode di berkas, kanan kode Cantik):
# [codes.status_perkawinan]
# 1 = "2"
"""


def new_layout_path(folder: Path, name: str, layouts: Layouts) -> Path:
    """Where a layout of that name goes. Raises OfficerError for a name that cannot be one or is taken."""
    if not NAME.fullmatch(name):
        raise OfficerError(f"Nama tata letak '{name}' tidak dapat dipakai. Pakai huruf dan angka, misalnya posyandu.")
    path = folder / f"{name}.toml"
    if path.exists() or plain(name) in map(plain, layouts.by_name):
        raise OfficerError(f"Tata letak bernama '{name}' sudah ada. Pakai nama lain.")
    return path


def to_map(offers: list[Offer]) -> Offer:
    """The sheet whose headings want a mapping, one that was refused first. Raises OfficerError where none does."""
    wanting = [offer for offer in offers if offer.unknown]
    if not wanting:
        raise OfficerError("Tidak ada judul kolom yang perlu diartikan. Tidak ada yang disimpan.")
    return max(wanting, key=lambda o: (o.refused, any(column for _, column in o.unknown), len(o.known)))


def layout_text(name: str, offer: Offer, chosen: dict[str, str | None]) -> str:
    """The TOML of a mapping: each unknown heading with our column, or "" where it is not read."""
    mapped = [heading for heading, column in chosen.items() if column]
    others = [heading for heading, _ in (*offer.unknown, *offer.known) if heading not in mapped]
    few = max(0, MARKS - len(mapped) - len(offer.marks))
    marks = {plain(mark): mark for mark in (*sorted(offer.marks), *mapped, *others[:few])}
    lines = [
        HEAD.format(columns=", ".join(datasets()[offer.dataset].columns())),
        f"name = {_quoted(name)}",
        *([f"based_on = {_quoted(offer.layout.name)}"] if offer.layout else []),
        f"recognise = [{', '.join(map(_quoted, marks.values()))}]",
        "",
        "[columns]",
    ]
    for heading, column in chosen.items():
        says = offer.label(column) if column else "tidak dibaca"
        lines.append(f"{_quoted(heading)} = {_quoted(column or '')} # {says}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
