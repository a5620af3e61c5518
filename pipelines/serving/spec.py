"""What `/openapi.json` says of the answers, with examples of an invented kelurahan."""

from typing import Any

from pipelines.publishing.tiers import COLUMNS
from pipelines.serving.answers import MEDIA

TITLE = "Cantik: data kelurahan"
ABOUT = (
    "Angka registrasi kelurahan dari pendataan RT. Tingkat public terbuka; tingkat liaison hanya dengan token: "
    "Authorization: Bearer TOKEN, atau Basic dengan token sebagai kata sandi. Tidak ada token di alamat. Jawaban "
    "berubah hanya bila ada rilis baru; pakai ETag dan If-None-Match."
)
CELL: dict[str, object] = dict(
    zip(
        COLUMNS,
        ("2025-Q3", "rw", "63.06.05.1002-001", "RW 001", "amh", "total", 412, 420, 98.0952380952381, "persen", 118, 4,
         4, "ok", "2025-Q3-1a2b3c4d"),
        strict=True,
    )
)  # fmt: skip
MEANINGS = {
    "numerator": "Pembilang; kosong bila disembunyikan",
    "denominator": "Penyebut; kosong pada jumlah",
    "value": "Angka tanpa pembulatan",
    "households": "Banyaknya keluarga di baliknya",
    "areas_reported": "RT masuk",
    "areas_expected": "RT seharusnya",
    "status": "ok; z penyebut nol; u kurang andal; m belum dilaporkan; c, s disembunyikan",
}
NUMBERS = ("numerator", "denominator", "value", "households", "areas_reported", "areas_expected")
CELL_SCHEMA = {
    "type": "object",
    "properties": {
        name: {"type": ["number", "null"] if name in NUMBERS else "string"}
        | ({"description": MEANINGS[name]} if name in MEANINGS else {})
        for name in COLUMNS
    },
}
BYTES = {"schema": {"type": "string"}}
CELLS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Satu baris atau objek per sel, kolom seperti cantik pull.",
        "content": {
            "application/json": {"schema": {"type": "array", "items": CELL_SCHEMA}, "example": [CELL]},
        }
        | {media.partition(";")[0]: BYTES for form, media in MEDIA.items() if form != "json"},
    },
    304: {"description": "Salinan Anda masih berlaku."},
    401: {"description": "Token tidak ada, salah, atau sudah dicabut."},
}
LISTED: dict[int | str, dict[str, Any]] = {
    200: {"description": "Satu baris atau objek per isian.", "content": {"application/json": {}, "text/csv": BYTES}},
    304: {"description": "Salinan Anda masih berlaku."},
}
FAULT = {"type": "object", "properties": {"pesan": {"type": "string"}}}
FAULTS: dict[int | str, dict[str, Any]] = {
    code: {"description": said, "content": {"application/json": {"schema": FAULT}}}
    for code, said in {
        400: "Permintaan salah; pesan menyebut apa yang boleh.",
        429: "Terlalu sering; tunggu selama Retry-After detik.",
        503: "Belum ada terbitan yang dapat dibaca.",
    }.items()
}
