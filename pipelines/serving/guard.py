"""What stands before every page and answer: only reading, only under our own name, not too much, not too often.

Plain ASGI, so that it also sees what the pages never would, and adds its headers to every refusal and fault.
"""

import http
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.serving.hosts import Hosts
from pipelines.serving.refusals import Refused, refusal
from pipelines.serving.throttle import Window

LONGEST_QUERY = 4096  # bytes; every indicator named at once takes a quarter of it
LONGEST_HEADERS = 16384  # bytes
METHODS = ("GET", "HEAD")
SECURITY = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses what is not for this server, and puts the security headers on all that goes out."""

    def __init__(self, app: ASGIApp, hosts: Hosts, requests: Window) -> None:
        self._app, self._hosts, self._requests = app, hosts, requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":  # the server's own start and stop
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self._judge(scope)
        except Refused as refused:
            await refusal(scope, refused)(scope, receive, guarded)
        else:
            # A copy: the server itself must still know a HEAD, to leave out the body.
            await self._app({**scope, "method": "GET"}, receive, guarded)

    def _judge(self, scope: Scope) -> None:
        headers, client = Headers(scope=scope), client_of(scope)
        if not self._hosts.answers(headers.get("host", "")):
            raise Refused(http.HTTPStatus.BAD_REQUEST, "Alamat ini bukan alamat halaman ini.")
        if self._requests.full(client):
            wait = self._requests.seconds_left(client)
            raise Refused(
                http.HTTPStatus.TOO_MANY_REQUESTS,
                f"Terlalu banyak permintaan dari komputer ini. Coba lagi {wait} detik lagi.",
                {"Retry-After": str(wait)},
            )
        self._requests.add(client)
        if scope["method"] not in METHODS:
            allowed = {"Allow": ", ".join(METHODS)}
            raise Refused(http.HTTPStatus.METHOD_NOT_ALLOWED, "Halaman ini hanya untuk dibaca.", allowed)
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            raise Refused(
                http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Permintaan tidak boleh berisi data.", {"Connection": "close"}
            )
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS:
            raise Refused(http.HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Kepala permintaan terlalu panjang.")
        if len(scope["query_string"]) > LONGEST_QUERY:
            raise Refused(http.HTTPStatus.REQUEST_URI_TOO_LONG, "Permintaan terlalu panjang. Kurangi isiannya.")


def client_of(scope: Scope | dict[str, Any]) -> str:
    """The address that asks. Headers of proxies are not believed: anyone can write them."""
    client = scope.get("client")
    return client[0] if client else ""
