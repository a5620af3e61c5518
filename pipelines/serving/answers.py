"""A selection of cells as the bytes of an answer: the same that `cantik pull` writes."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from duckdb import DuckDBPyRelation
from starlette.responses import Response

from pipelines.publishing.csvout import TEXT_FORMATS, text_of, write_parquet
from pipelines.publishing.sheet import write_cells

Writer = Callable[[DuckDBPyRelation, Path], None]
FILES: dict[str, Writer] = {"xlsx": write_cells, "parquet": write_parquet}
MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "sdmx-csv": "application/vnd.sdmx.data+csv; charset=utf-8; version=2.0.0",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
SUFFIXES = {"sdmx-csv": "sdmx.csv"}


def in_format(cells: DuckDBPyRelation, form: str, scratch: Path, tier: str = "public") -> bytes:
    """The cells of a tier in a format; those that are files are made in the folder `scratch`."""
    if form in TEXT_FORMATS:
        return text_of(cells, form, tier).encode()
    path = scratch / f"tabel.{form}"
    FILES[form](cells, path)
    return path.read_bytes()


def tag_of(release: str, tier: str, *parts: object) -> str:
    """An entity tag: the release and tier in clear, all else that decides the bytes as a hash."""
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
    return f'"{release}.{tier}.{digest}"'


def matches(header: str | None, tag: str) -> bool:
    """Whether the client's `If-None-Match` names this tag."""
    listed = {part.strip().removeprefix("W/") for part in (header or "").split(",")}
    return tag in listed or "*" in listed


def caching(tag: str, private: bool) -> dict[str, str]:
    """Headers: a public answer may be kept and is asked after each time, a private one is never kept."""
    control = "private, no-store" if private else "public, no-cache"
    return {"ETag": tag, "Cache-Control": control, "Vary": "Authorization"}


def unchanged(tag: str, private: bool) -> Response:
    """That the client's copy still holds."""
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=caching(tag, private))


def answer(content: bytes, form: str, name: str, tag: str, private: bool) -> Response:
    """The bytes with what they are; what a browser cannot show it saves as `name`."""
    shown = "inline" if form == "json" else "attachment"
    disposition = f'{shown}; filename="{name}.{SUFFIXES.get(form, form)}"'
    headers = caching(tag, private) | {"Content-Disposition": disposition}
    return Response(content, headers=headers, media_type=MEDIA[form])
