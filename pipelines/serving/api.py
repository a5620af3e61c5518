"""The HTTP API: what `cantik pull` gives, by address, for Power Query, R, Python and other programs."""

import datetime as dt
from contextlib import nullcontext
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

from duckdb import DuckDBPyConnection, DuckDBPyRelation
from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from pipelines.inert import one_line
from pipelines.publishing.csvout import TEXT_FORMATS
from pipelines.publishing.query import Selection, selected
from pipelines.serving.access import Access, record_access
from pipelines.serving.answers import answer, in_format, matches, tag_of, unchanged
from pipelines.serving.asking import MOST_ROWS, SHOWN, CellsAsked, known, selection
from pipelines.serving.desk import Desk
from pipelines.serving.lists import LISTS, ListName
from pipelines.serving.refusals import Refused
from pipelines.serving.served import confined
from pipelines.serving.spec import CELLS, FAULTS, LISTED


def api(desk: Desk) -> APIRouter:
    """The routes of the API."""
    router = APIRouter()
    store = desk.served.published

    @router.get("/health", summary="Apakah pelayan dan terbitannya ada", responses=FAULTS, tags=["keadaan"])
    def health() -> Response:
        with confined(store) as published:
            releases = known(published, "public").releases
        return JSONResponse({"status": "ok", "releases": releases}, headers={"Cache-Control": "no-store"})

    @router.get("/api/cells", summary="Sel indikator, seperti cantik pull", responses=CELLS | FAULTS, tags=["data"])
    def cells(request: Request, asked: Annotated[CellsAsked, Query()]) -> Response:
        _once_each(request, but="indicator")
        token = desk.authorise(request, asked.tier)
        private = token is not None
        with TemporaryDirectory() as folder, confined(store, desk.served.releases, Path(folder)) as published:
            there = known(published, asked.tier)
            wanted = selection(asked, there)
            release = wanted.release or there.releases[str(wanted.period)]
            tag = tag_of(release, asked.tier, wanted, asked.format, asked.limit, asked.offset, desk.software)
            if matches(request.headers.get("if-none-match"), tag):
                return unchanged(tag, private)
            with selected(store, wanted, lambda _: nullcontext(published)) as found:
                part, rows = _part(found, asked)
                content = in_format(part, asked.format, Path(folder), asked.tier)
        query = _recognised(wanted) | {"format": asked.format, "limit": asked.limit, "offset": asked.offset}
        label = token.label if token else None
        record_access(desk.served.access_log, Access(asked.tier, label, release, query, rows), dt.datetime.now())
        return answer(content, asked.format, f"indikator-{wanted.period}", tag, private)

    def listing(name: ListName) -> None:
        about, read = LISTS[name]

        @router.get(f"/api/{name}", name=name, summary=about, responses=LISTED | FAULTS, tags=["data"])
        def listed(request: Request, format: Literal["json", "csv"] = "json") -> Response:
            _once_each(request, known={"format"})
            with confined(store) as published:
                tag = tag_of("daftar", "public", name, format, *_releases(published), desk.software)
                if matches(request.headers.get("if-none-match"), tag):
                    return unchanged(tag, private=False)
                content = TEXT_FORMATS[format](read(published)).encode()
            return answer(content, format, name, tag, private=False)

    for name in LISTS:
        listing(name)
    return router


def _part(found: DuckDBPyRelation, asked: CellsAsked) -> tuple[DuckDBPyRelation, int]:
    """The rows that are asked of all that were found, and how many. Raises Refused where they are too many."""
    rows = max(0, len(found) - asked.offset)
    if asked.limit is None and rows > MOST_ROWS:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            f"Jawabannya {rows} baris, paling banyak {MOST_ROWS} sekali ambil. Persempit dengan indicator, level, atau "
            "area, atau ambil sebagian demi sebagian dengan limit dan offset.",
        )
    if asked.limit is None and not asked.offset:
        return found, rows
    limit = asked.limit or MOST_ROWS
    return found.limit(limit, asked.offset), min(rows, limit)


def _recognised(wanted: Selection) -> dict[str, object]:
    return {name: value for name, value in vars(wanted).items() if value and name != "tier"}


def _releases(published: DuckDBPyConnection) -> list[str]:
    return list(known(published, "public").releases.values())


def _once_each(request: Request, but: str = "", known: set[str] | None = None) -> None:
    """Raises Refused for a parameter that is given twice, of which one would be silently ignored, or not known."""
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if known is not None and name not in known:
            listed = ", ".join(sorted(known))
            raise Refused(
                HTTPStatus.BAD_REQUEST, f"Parameter '{one_line(name[:SHOWN])}' tidak dikenal. Yang ada: {listed}."
            )
        if name != but and names.count(name) > 1:
            raise Refused(HTTPStatus.BAD_REQUEST, f"Parameter '{one_line(name[:SHOWN])}' ditulis lebih dari sekali.")
