"""The pages for people: rendered here, without anything from elsewhere, usable without a script."""

import datetime as dt
import hashlib
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from pipelines.capitals import capital
from pipelines.periods import parse_period
from pipelines.serving.access import Access, record_access
from pipelines.serving.answers import answer, caching, matches, unchanged
from pipelines.serving.asking import CellsAsked, known
from pipelines.serving.desk import Desk
from pipelines.serving.downloads import DownloadsAsked, offered
from pipelines.serving.front import front, indicator_page
from pipelines.serving.products import APART, FIRST, IN_PLACE, products
from pipelines.serving.refusals import Refused
from pipelines.serving.served import NotPublished, Served, confined
from pipelines.serving.table_asked import TableAsked, choices, picked
from pipelines.serving.table_files import as_csv, as_workbook
from pipelines.serving.table_seen import Seen, see
from pipelines.serving.templates import page
from pipelines.serving.tokens import Token
from pipelines.serving.words import read_out

HTML = "text/html; charset=utf-8"


def pages(desk: Desk) -> APIRouter:
    """The routes of the pages."""
    router = APIRouter()
    store, served = desk.served.published, desk.served

    @router.get("/")
    def beginning(request: Request) -> Response:
        with confined(store) as published:
            told = front(published)
        files = [file for file in products(served.reports, told.period, told.release) if file.group in FIRST]
        return _html(request, page("depan.html", told=told, files=files, capital=capital, parse_period=parse_period))

    @router.get("/indikator/{code}")
    def indicator(request: Request, code: str) -> Response:
        with confined(store) as published:
            told = indicator_page(published, code)
        return _html(request, page("indikator.html", told=told))

    @router.get("/tabel")
    def table(request: Request, asked: Annotated[TableAsked, Query()]) -> Response:
        token = desk.authorise(request, asked.tier)
        with confined(store) as published:
            there = choices(published, asked.tier)
            seen = see(published, served, there, picked(asked, there))
        fields = _fields(seen)
        if token is not None:
            _record(served, seen, token, "html")
        body = page(
            "tabel.html", seen=seen, there=there, read_out=read_out,
            query=urlencode(fields), program=_program(request, seen), liaison=asked.tier != "public",
            other=urlencode(fields | {"tier": "liaison"}),
        )  # fmt: skip
        return _html(request, body, private=asked.tier != "public")

    @router.get("/tabel.{form}")
    def table_file(request: Request, form: str, asked: Annotated[TableAsked, Query()]) -> Response:
        if form not in ("xlsx", "csv"):
            raise Refused(HTTPStatus.NOT_FOUND, "Bentuk berkas ini tidak ada. Pilih Excel (xlsx) atau CSV (csv).")
        token = desk.authorise(request, asked.tier)
        with TemporaryDirectory() as folder:
            with confined(store) as published:
                there = choices(published, asked.tier)
                seen = see(published, served, there, picked(asked, there))
            path = Path(folder) / "tabel.xlsx"
            if form == "xlsx":
                as_workbook(seen, path)
            content = path.read_bytes() if form == "xlsx" else as_csv(seen.sheet).encode()
        now = seen.picked
        _record(served, seen, token, form)
        return answer(content, form, f"{now.entry.code}-{now.level}-{now.period}", _tag(content), token is not None)

    @router.get("/unduhan")
    def downloads(request: Request, asked: Annotated[DownloadsAsked, Query()]) -> Response:
        with confined(store) as published:
            told = offered(published, served.reports, asked.periode)
        return _html(request, page("unduhan.html", told=told))

    @router.get("/berkas/{period}/{name:path}")
    def file(request: Request, period: str, name: str) -> Response:
        with confined(store) as published:
            release = known(published, "public").releases.get(period, "")
        found = {product.name: product for product in products(served.reports, period, release)} if release else {}
        if name not in found:
            raise Refused(HTTPStatus.NOT_FOUND, "Berkas ini tidak ada. Lihat daftarnya di halaman Unduhan.")
        if not found[name].sent:
            raise Refused(
                HTTPStatus.NOT_FOUND,
                "Berkas ini terlalu besar untuk diunduh di sini. Ambil per bagian lewat /api/cells.",
            )
        try:
            content = found[name].path.read_bytes()
        except (FileNotFoundError, PermissionError):  # the last on Windows, in the moment of its replacement
            raise NotPublished from None  # it is just being written anew
        # Also of a copy that still holds: a browser takes over the headers of the answer that says so.
        apart = {"Content-Security-Policy": APART} if found[name].path.suffix == ".html" else {}
        if matches(request.headers.get("if-none-match"), tag := _tag(content)):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=caching(tag, private=False) | apart)
        shown = "inline" if found[name].path.suffix in IN_PLACE else "attachment"
        headers = caching(tag, private=False) | apart
        headers["Content-Disposition"] = f'{shown}; filename="{found[name].path.name}"'
        return Response(content, headers=headers, media_type=found[name].media)

    @router.get("/cara-mengambil")
    def how(request: Request) -> Response:
        parameters = CellsAsked.model_json_schema()["properties"]
        return _html(request, page("cara.html", parameters=parameters, address=_address(request)))

    return router


def _record(served: Served, seen: Seen, token: Token | None, form: str) -> None:
    told: dict[str, object] = {**_fields(seen), "format": form}
    label, rows = token.label if token else None, len(seen.sheet.rows)
    access = Access(seen.picked.tier, label, seen.picked.release, told, rows)
    record_access(served.access_log, access, dt.datetime.now())


def _html(request: Request, body: str, private: bool = False) -> Response:
    content = body.encode()
    tag = _tag(content)
    if not private and matches(request.headers.get("if-none-match"), tag):
        return unchanged(tag, private)
    return Response(content, headers=caching(tag, private), media_type=HTML)


def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _fields(seen: Seen) -> dict[str, str]:
    """The choice as fields of the form."""
    now = seen.picked
    fields = {
        "indikator": now.entry.code, "tingkat": now.level, "periode": now.period, "rincian": now.detail,
        "wilayah": now.within, "tier": now.tier,
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value and (name, value) != ("tier", "public")}


def _program(request: Request, seen: Seen) -> str:
    """The address at which a program gets the same cells."""
    now = seen.picked
    fields = {"indicator": now.entry.code, "level": now.level, "period": now.period, "format": "csv"}
    if now.tier != "public":
        fields["tier"] = now.tier
    return f"{_address(request)}/api/cells?{urlencode(fields)}"


def _address(request: Request) -> str:
    """Where this server is, as the visitor reached it; the guard has let no other name through."""
    return f"http://{request.headers['host']}"
