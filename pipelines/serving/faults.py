"""Every fault as one sentence: what a client did wrong, what is not there yet, and our own, which are logged."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipelines.errors import OfficerError
from pipelines.inert import one_line
from pipelines.serving.asking import SHOWN
from pipelines.serving.desk import Desk
from pipelines.serving.refusals import Refused, refusal
from pipelines.serving.served import NotPublished

Handler = Callable[[Request, Any], Awaitable[Response]]
NOT_YET = "Belum ada terbitan yang dapat dibaca. Petugas menerbitkannya dengan: cantik run. Coba lagi sebentar lagi."
OURS = "Terjadi kesalahan pada program. Beri tahu petugas; keterangannya ada di catatan program."
WRONG = {
    "extra_forbidden": "Parameter '{name}' tidak dikenal. Daftarnya ada di /openapi.json.",
    "literal_error": "Parameter {name} tidak mengenal '{value}'. Pilih: {choices}.",
    "int_parsing": "Parameter {name} harus bilangan bulat, bukan '{value}'.",
    "greater_than_equal": "Parameter {name} paling kecil {choices}.",
    "less_than_equal": "Parameter {name} paling besar {choices}.",
    "string_too_long": "Parameter {name} terlalu panjang.",
}
SENTENCES = {404: "Halaman ini tidak ada. Mulai dari halaman depan.", 405: "Halaman ini hanya untuk dibaca."}


def wrong_call(error: dict[str, Any]) -> str:
    """One fault of validation in words."""
    context = error.get("ctx", {})
    choices = context.get("expected", context.get("ge", context.get("le", "")))
    return WRONG.get(error["type"], "Parameter {name} tidak dapat dibaca.").format(
        name=one_line(str(error["loc"][-1] if len(error["loc"]) < 3 else error["loc"][1])[:SHOWN]),
        value=one_line(str(error.get("input", ""))[:SHOWN]),
        choices=str(choices).replace("'", "").replace(" or ", ", "),
    )


def add_handlers(app: FastAPI, desk: Desk) -> None:
    """Let no fault reach a client but as its sentence."""

    async def refused(request: Request, error: Refused) -> Response:
        return refusal(request.scope, error)

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return refusal(request.scope, Refused(HTTPStatus.BAD_REQUEST, wrong_call(error.errors()[0])))

    async def by_status(request: Request, error: HTTPException) -> Response:
        sentence = SENTENCES.get(error.status_code, "Permintaan ini tidak dapat dilayani.")
        return refusal(request.scope, Refused(HTTPStatus(error.status_code), sentence))

    async def not_yet(request: Request, _: NotPublished) -> Response:
        return refusal(request.scope, Refused(HTTPStatus.SERVICE_UNAVAILABLE, NOT_YET, {"Retry-After": "5"}))

    async def ours(request: Request, error: Exception) -> Response:
        desk.fault(error)
        # The server hangs up behind a fault of ours: who is not told so would send the next question into the void.
        return refusal(request.scope, Refused(HTTPStatus.INTERNAL_SERVER_ERROR, OURS, {"Connection": "close"}))

    handlers: dict[Any, Handler] = {
        Refused: refused,
        RequestValidationError: invalid,
        HTTPException: by_status,
        NotPublished: not_yet,
        OfficerError: ours,  # its sentence is for the officer at the computer and may name a file there
        Exception: ours,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
