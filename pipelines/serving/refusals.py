"""What is refused, and how it is said: one sentence, as JSON to programs and as a page to people."""

from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from pipelines.serving.templates import page

TITLES = {
    HTTPStatus.BAD_REQUEST: "Permintaan tidak dapat dibaca",
    HTTPStatus.UNAUTHORIZED: "Perlu token",
    HTTPStatus.NOT_FOUND: "Tidak ditemukan",
    HTTPStatus.TOO_MANY_REQUESTS: "Tunggu sebentar",
    HTTPStatus.SERVICE_UNAVAILABLE: "Belum tersedia",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Terjadi kesalahan",
}
FOR_PROGRAMS = ("/api/", "/health", "/openapi.json")


@dataclass
class Refused(Exception):
    """A request that is not answered; `sentence` says why and what to do, in Bahasa Indonesia."""

    status: HTTPStatus
    sentence: str
    headers: dict[str, str] = field(default_factory=dict)


def refusal(scope: Scope, refused: Refused) -> Response:
    """The answer to a refused request; nobody may keep it."""
    headers = {"Cache-Control": "no-store", "Vary": "Authorization"} | refused.headers
    if scope["path"].startswith(FOR_PROGRAMS):
        return JSONResponse({"pesan": refused.sentence}, refused.status, headers)
    title = TITLES.get(refused.status, "Tidak dapat dilayani")
    body = page("salah.html", title=title, sentence=refused.sentence)
    return Response(body, refused.status, headers, "text/html; charset=utf-8")
