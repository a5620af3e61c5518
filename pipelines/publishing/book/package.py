"""`datapackage.json`: the Frictionless descriptor of the data files, with their types, keys, sizes and hashes."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pipelines.inert import inert_json
from pipelines.publishing.book.front import title_of
from pipelines.publishing.book.reading import Book
from pipelines.publishing.book.sheets import said_of
from pipelines.publishing.book.twins import NUMBER, STATUSES, TEXT, WHOLE, Field, Twin
from pipelines.publishing.workbook_titles import day, period_title

NAME = "datapackage.json"
TYPES = {TEXT: "string", WHOLE: "integer", NUMBER: "number"}
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def descriptor(book: Book, twins: Sequence[Twin], contents: dict[str, bytes]) -> str:
    """The descriptor of the files `contents`, by name; nothing in it depends on when it is written."""
    publication = book.publication
    title = f"{title_of(publication)}, {period_title(publication)}"
    told = {
        "profile": "data-package",
        "name": f"kelurahan-dalam-angka-{publication.period}".lower(),
        "title": title,
        "description": f"Tabel {title}, keadaan {day(publication.period.reference_date)}. Hanya angka yang boleh "
        "dilihat umum; angka tanpa nilai dijelaskan oleh tanda di sebelahnya.",
        "version": publication.release,
        "period": str(publication.period),
        "referenceDate": publication.period.reference_date.isoformat(),
        "keywords": ["kelurahan cantik", "statistik desa", "dalam angka"],
        "licenses": [LICENCE],
        "sources": [{"title": f"Pendataan RT {publication.where}, diolah dengan Cantik"}],
        "contributors": [{"title": publication.where, "role": "publisher"}],
        "statuses": STATUSES,
        "resources": [
            _resource(book, twin, kind, contents[f"{twin.built.table.key}.{kind}"]) for twin in twins for kind in MEDIA
        ],
    }
    return inert_json(json.dumps(told, ensure_ascii=False, indent=1)) + "\n"


def _resource(book: Book, twin: Twin, kind: str, content: bytes) -> dict[str, Any]:
    """One file. Of the twins only CSV is a table that every validator can open."""
    table, text = twin.built.table, kind == "csv"
    return {
        "name": table.key if text else f"{table.key}-{kind}",
        "type": "table" if text else "file",
        "path": f"{table.key}.{kind}",
        "title": f"Tabel {table.number}. {said_of(book, twin.built, table.title)}",
        "description": " ".join(part for part in (table.universe, table.method, *table.notes) if part),
        "format": kind,
        "mediatype": MEDIA[kind],
        **({"encoding": "utf-8"} if text else {}),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        **({"schema": _schema(twin.fields)} if text else {}),
    }


def _schema(fields: Sequence[Field]) -> dict[str, Any]:
    return {
        "fields": [_field(field) for field in fields],
        "missingValues": [""],
        "primaryKey": [field.name for field in fields if field.key],
    }


def _field(field: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if field.key or field.statuses else {}
    if field.statuses:
        limits["enum"] = list(STATUSES)
    return {
        "name": field.name,
        "type": TYPES[field.kind],
        "title": field.title,
        "description": field.description,
        **({"unit": field.unit} if field.unit else {}),
        **({"constraints": limits} if limits else {}),
    }
